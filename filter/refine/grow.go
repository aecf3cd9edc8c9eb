package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// grow widens spans to the ends of words: a model may stop within one, and its
// tokenizer may have dropped the marks of scripts that put them on letters.
// Names take their initials with them.
func (r *refinement) grow() {
	for i, s := range r.model {
		low, high := 0, len(r.text)
		if i > 0 {
			low = r.model[i-1].End
		}
		if i+1 < len(r.model) {
			high = r.model[i+1].Start
		}
		s.Start = max(low, r.leftEnd(s))
		s.End = min(high, r.rightEnd(s))
		r.keep(s)
	}
	r.swap()
}

func (r *refinement) leftEnd(s pii.Span) int {
	start := s.Start
	if c, _ := after(r.text, start); wordRune(c) && spaced(c) {
		start = wordStart(r.text, start)
	}
	if s.Category == pii.PrivatePerson {
		start = r.initialsBefore(start)
	}
	return start
}

func (r *refinement) rightEnd(s pii.Span) int {
	end := s.End
	if c, _ := before(r.text, end); wordRune(c) && spaced(c) {
		end = wordEnd(r.text, end)
	}
	for {
		c, size := after(r.text, end)
		if !unicode.IsMark(c) {
			break
		}
		end += size
	}
	if s.Category == pii.PrivatePerson {
		end = r.initialAfter(r.hyphenAfter(end))
	}
	return end
}

// initialsBefore takes "P. K. " before a name, four initials at most.
func (r *refinement) initialsBefore(start int) int {
	for range 4 {
		head := r.text[:start]
		rest, ok := strings.CutSuffix(head, ". ")
		if !ok {
			rest, ok = strings.CutSuffix(head, ".")
		}
		c, size := before(rest, len(rest))
		if !ok || !unicode.IsUpper(c) {
			return start
		}
		if b, _ := before(rest, len(rest)-size); wordRune(b) {
			return start
		}
		start = len(rest) - size
	}
	return start
}

// initialAfter takes " J" or " J." behind a name.
func (r *refinement) initialAfter(end int) int {
	rest, ok := strings.CutPrefix(r.text[end:], " ")
	c, size := after(rest, 0)
	if !ok || !unicode.IsUpper(c) || c == 'I' || c == 'A' {
		return end
	}
	b, _ := after(rest, size)
	switch {
	case b == '.':
		if next, _ := after(rest, size+1); wordRune(next) {
			return end
		}
		return end + 1 + size + 1
	case wordRune(b), b == '-', b == '\'', b == '’', b == '&', b == '/':
		return end
	}
	return end + 1 + size
}

// hyphenAfter takes the second half of "Anne-Marie".
func (r *refinement) hyphenAfter(end int) int {
	rest, ok := strings.CutPrefix(r.text[end:], "-")
	if c, _ := utf8.DecodeRuneInString(rest); ok && unicode.IsUpper(c) {
		if last, _ := before(r.text, end); unicode.IsLetter(last) {
			return wordEnd(r.text, end+1)
		}
	}
	return end
}
