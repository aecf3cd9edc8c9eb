package refine

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// joinNames makes one span of the parts of a name: what a blank, a hyphen or a
// particle parts.
func (r *refinement) joinNames() {
	for _, s := range r.model {
		if n := len(r.spare); n > 0 && s.Category == pii.PrivatePerson {
			last := &r.spare[n-1]
			if last.Category == s.Category && r.oneName(last.End, s.Start) {
				last.End, last.Score = s.End, max(last.Score, s.Score)
				continue
			}
		}
		r.keep(s)
	}
	r.swap()
}

// oneName reports whether what lies between two parts of a name is part of it.
func (r *refinement) oneName(end, start int) bool {
	switch gap := r.text[end:start]; gap {
	case "", " ", "-", "'", "’":
		return true
	default:
		return len(gap) > 2 && len(gap) <= 12 && gap[0] == ' ' && gap[len(gap)-1] == ' ' && particles[strings.ToLower(gap[1:len(gap)-1])]
	}
}
