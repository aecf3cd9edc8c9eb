package refine

import (
	"strings"
	"unicode"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// nest lets rules say where their values end, and what they are. What a span
// of the model has beside a rule's becomes a span of its own, or none if it
// says nothing: "IBAN " before a number, "?" behind an address. Digits that
// both would call the same stay with the rule's: it may have stopped too soon.
func (r *refinement) nest() {
	next := 0
	for _, s := range r.model {
		for next < len(r.rules) && r.rules[next].End <= s.Start {
			next++
		}
		start := s.Start
		for i := next; i < len(r.rules) && r.rules[i].Start < s.End; i++ {
			rule := r.rules[i]
			r.keepRest(s, start, rule.Start, rule)
			start = rule.End
			if end := r.digitsBehind(s, rule); end > start {
				rule.Source, rule.End, start = s.Source, end, end
				r.keep(rule)
			}
		}
		if start == s.Start {
			r.keep(s)
		} else if start < s.End {
			r.keepRest(s, start, s.End, r.rules[max(0, lastBefore(r.rules, next, s.End))])
		}
	}
	r.swap()
}

// lastBefore is the last rule's span, from index next on, that begins before
// an offset.
func lastBefore(rules []pii.Span, next, end int) int {
	for next+1 < len(rules) && rules[next+1].Start < end {
		next++
	}
	return next
}

// digitsBehind is the end of the group of digits that a model's span has right
// behind a rule's of the same category, or 0.
func (r *refinement) digitsBehind(s, rule pii.Span) int {
	if s.Category != rule.Category || s.Category != pii.PrivatePhone && s.Category != pii.AccountNumber || s.End <= rule.End {
		return 0
	}
	rest := r.text[rule.End:s.End]
	digits := strings.TrimLeft(rest, " -.")
	if gap := len(rest) - len(digits); gap > 1 || !allDigits(digits) || len(digits) < 3 {
		return 0
	}
	return s.End
}

// keepRest keeps what the model found beside a rule's value, if it may be a
// value, too.
func (r *refinement) keepRest(s pii.Span, start, end int, rule pii.Span) {
	if start >= end {
		return
	}
	s.Start, s.End = start, end
	s = r.punctuation(s)
	rest := r.value(s)
	digits := strings.ContainsFunc(rest, unicode.IsDigit)
	switch {
	case s.Category == rule.Category && (!digits && len(rest) < 12 || s.Category == pii.PrivateDate):
		return
	case count(rest, wordRune) < 2, s.Category == pii.PrivateAddress && !digits && !holdsUpper(rest):
		return
	}
	r.keep(s)
}
