package refine

import (
	"strings"
	"unicode"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// initials gives a name the initial behind it, which a model takes for the
// beginning of something else.
func (r *refinement) initials() {
	for i, s := range r.model {
		if s.Category == pii.PrivatePerson {
			high := len(r.text)
			if i+1 < len(r.model) {
				high = r.model[i+1].Start
			}
			s.End = min(high, r.initialBehind(s.End))
		}
		r.keep(s)
	}
	r.swap()
}

// initialBehind is the end of " J" or " J." behind an offset, or the offset.
func (r *refinement) initialBehind(end int) int {
	rest, ok := strings.CutPrefix(r.text[end:], " ")
	c, size := after(rest, 0)
	if !ok || !unicode.IsUpper(c) || c == 'I' || c == 'A' { // words of their own
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
