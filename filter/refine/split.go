package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// split cuts spans where one value ends and the next begins. Parts that say
// nothing are left out later, by trim and reject.
func (r *refinement) split() {
	for _, s := range r.model {
		start := s.Start
		for at := s.Start; at < s.End; {
			if n := r.breakAt(s, at); n > 0 {
				r.keepPart(s, start, at)
				at += n
				start = at
				continue
			}
			_, size := utf8.DecodeRuneInString(r.text[at:])
			at += size
		}
		r.keepPart(s, start, s.End)
	}
	r.swap()
}

// between reports whether the mark at an offset stands between two digits, as
// in "50,000".
func between(text string, at int) bool {
	return at > 0 && at+1 < len(text) && text[at-1]-'0' <= 9 && text[at+1]-'0' <= 9
}

// keepPart keeps a part of a span. Of a number that was cut, a part of one or
// two characters is the number of a line, or the beginning of a word; of an
// address, a short number is that of another column.
func (r *refinement) keepPart(s pii.Span, start, end int) {
	whole := start == s.Start && end == s.End
	if !whole && s.Category != pii.PrivatePerson && s.Category != pii.PrivateAddress {
		part := strings.TrimSpace(r.text[start:end])
		if len(part) < 3 || s.Category == pii.PrivateEmail && strings.IndexByte(part, '@') < 0 || s.Category == pii.Secret && plainWord(part) {
			return
		}
	}
	if !whole && s.Category == pii.PrivateAddress && end-start < 4 && allDigits(strings.TrimSpace(r.text[start:end])) {
		return
	}
	s.Start, s.End = start, end
	r.keep(s)
}

// breakAt is the length of what parts two values at an offset, or 0.
func (r *refinement) breakAt(s pii.Span, at int) int {
	rest := r.text[at:s.End]
	c := rest[0]
	switch s.Category {
	case pii.PrivatePerson:
		switch {
		case c == '\n' || c == '\r' || c == '\t' || c == ';' || c == '|' || c == '/':
			return 1
		case c == ',' && len(rest) > 1 && rest[1] != ' ':
			return 1
		case strings.HasPrefix(rest, "  "):
			return len(rest) - len(strings.TrimLeft(rest, " "))
		case strings.HasPrefix(rest, " - "), strings.HasPrefix(rest, " & "), strings.HasPrefix(rest, " + "):
			return 3
		case strings.HasPrefix(rest, " – "), strings.HasPrefix(rest, " — "):
			return len(" – ")
		case strings.HasPrefix(rest, ". ") && r.sentenceEnds(s.Start, at):
			return 2
		}
	case pii.PrivateAddress:
		if c == '\t' || c == ';' || c == '|' || c == ',' && len(rest) > 1 && !unicode.IsSpace(rune(rest[1])) && !between(r.text, at) {
			return 1
		}
	case pii.PrivatePhone, pii.AccountNumber, pii.PrivateDate, pii.PrivateEmail, pii.PrivateURL:
		if c == '\n' || c == '\r' || c == '\t' || c == ';' {
			return 1
		}
	case pii.Secret:
		if c == '\n' && plainWord(firstWord(rest[1:])) {
			return 1
		}
	}
	return 0
}

// sentenceEnds reports whether the dot at an offset ends a sentence: the word
// before is neither an initial nor a title.
func (r *refinement) sentenceEnds(from, dot int) bool {
	start := max(from, wordStart(r.text, dot))
	word := r.text[start:dot]
	return utf8.RuneCountInString(word) > 1 && !titles[strings.ToLower(word)] && !abbreviations[strings.ToLower(word)]
}

// plainWord reports whether a text is letters of one case.
func plainWord(text string) bool {
	if text == "" {
		return false
	}
	for i, r := range text {
		if !unicode.IsLetter(r) || i > 0 && unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
