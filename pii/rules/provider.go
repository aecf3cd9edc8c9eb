package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// provider judges the credential whose prefix stands at start.
func (s *scan) provider(p *provider, start int) {
	if s.wordBefore(start) {
		return
	}
	from := start + len(p.prefix)
	end := s.bodyEnd(p, from)
	if s.credible(p, from, end) && !s.amidBase64(start) {
		s.emit(start, end, pii.Secret, 0.95)
	}
}

// amidBase64 reports whether what stands before i is a longer text in base64,
// in which any prefix comes up by accident.
func (s *scan) amidBase64(i int) bool {
	const reach = 32
	if i < reach || !plusSlash.has(s.text[i-1]) {
		return false
	}
	before := s.text[i-reach : i]
	for k := range len(before) {
		if !(alnum | plusSlash).has(before[k]) {
			return false
		}
	}
	digits, uppers, lowers := census(before)
	s.work += reach
	return digits > 0 && uppers > 2 && lowers > 2
}

// bodyEnd returns the end of the credential's body, which begins at from.
func (s *scan) bodyEnd(p *provider, from int) int {
	limit := min(len(s.text), from+p.max+1)
	end := from
	for end < limit && p.body.has(s.text[end]) {
		end++
	}
	s.work += end - from + 1
	if end == limit && p.max == long {
		// Longer than anything documented: take it in whole.
		end = s.endOf(runToken, token|dot, end)
	}
	for end > from && p.body.has('.') && s.text[end-1] == '.' {
		end--
	}
	return end
}

// credible judges a body: length, digits, and that it is no filler.
func (s *scan) credible(p *provider, from, end int) bool {
	if end-from < p.min || p.max != long && end-from > p.max || s.wordAt(end) {
		return false
	}
	head := s.text[from:min(end, from+long)]
	digits := 0
	for k := 0; k < len(head); k++ {
		if isDigit(head[k]) {
			digits++
		}
	}
	return digits >= p.digits && !filler(head) && !strings.HasSuffix(head, "EXAMPLE")
}

// filler reports whether t repeats so few characters that it can only stand
// for something: "xxxxxxxx", "........", "********".
func filler(t string) bool {
	var seen [4]uint64
	kinds := 0
	for i := 0; i < len(t); i++ {
		c := lowerByte(t[i])
		if bit := uint64(1) << (c & 63); seen[c>>6]&bit == 0 {
			seen[c>>6] |= bit
			kinds++
		}
	}
	return kinds <= 2
}
