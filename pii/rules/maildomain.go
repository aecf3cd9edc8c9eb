package rules

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// domain returns the end of the domain name or address literal at i, or -1.
func (s *scan) domain(i int) int {
	if s.at(i) == '[' {
		return s.domainLiteral(i)
	}
	const label = alnum | dash | high
	end, labels, lastLabel := i, 0, i
	for end < len(s.text) && end-i <= maxDomain {
		j := end
		for j < len(s.text) && j-i <= maxDomain && label.has(s.text[j]) && !(unspaced(s.text[j]) && j > end && s.text[j-1] < 0x80) {
			j++
		}
		s.work += j - end + 1
		if j == end || s.text[end] == '-' {
			break
		}
		labels++
		lastLabel, end = end, j
		next := s.dotIn(j)
		if next == 0 || !(alnum | high).has(s.at(j+next)) {
			break
		}
		end = j + next
	}
	for end > lastLabel && !(alnum | high).has(s.text[end-1]) {
		end--
	}
	if labels < 2 || end <= lastLabel {
		return -1
	}
	return s.cutToSuffix(i, end)
}

// dotIn returns the length of what parts two labels at i: a dot, or " dot "
// and "[.]" as people disguise it; 0 where nothing does.
func (s *scan) dotIn(i int) int {
	if s.at(i) == '.' {
		return 1 + s.wrapAt(i)
	}
	j := i
	if s.at(j) == ' ' {
		j++
	}
	closing := closingMark(s.at(j))
	if closing == 0 && j == i {
		return 0
	}
	if closing != 0 {
		if j++; s.at(j) == ' ' {
			j++
		}
	}
	word := 0
	if s.at(j) == '.' {
		word = 1
	}
	for _, dot := range dotWords {
		if foldEqual(s.text, j, dot) {
			word = len(dot)
		}
	}
	if word == 0 {
		return 0
	}
	if j += word; s.at(j) == ' ' {
		j++
	} else if closing == 0 {
		return 0
	}
	if closing != 0 {
		if s.at(j) != closing {
			return 0
		}
		if j++; s.at(j) == ' ' && s.at(i) == ' ' {
			j++
		}
	}
	return j - i
}

// closingMark is the bracket that closes c, or 0.
func closingMark(c byte) byte {
	switch c {
	case '(':
		return ')'
	case '[':
		return ']'
	case '{':
		return '}'
	case '<':
		return '>'
	}
	return 0
}

// wrapAt returns the length of the line end behind the dot at i, if an address
// goes on in the next line: what stands before is no whole domain name.
func (s *scan) wrapAt(i int) int {
	k := i + 1
	if s.at(k) == '\r' {
		k++
	}
	if s.at(k) != '\n' || !lower.has(s.at(k+1)) {
		return 0
	}
	from := i
	for from > 0 && i-from < 64 && (alnum | dash).has(s.text[from-1]) {
		from--
	}
	s.work += i - from
	if topLevel(s.text[from:i]) {
		return 0
	}
	return k - i
}

// domainLiteral reads "[192.0.2.1]" or "[IPv6:…]" (RFC 5321 §4.1.3).
func (s *scan) domainLiteral(i int) int {
	for j := i + 1; j < len(s.text) && j-i < 60; j++ {
		s.work++
		c := s.text[j]
		if c == ']' {
			if j-i < 8 {
				return -1
			}
			return j + 1
		}
		if !(alnum | colon | dot).has(c) {
			return -1
		}
	}
	return -1
}

// cutToSuffix returns the end of the longest name in [i, end) that ends in a
// known top-level domain, so that "a@b.com.Then" ends before ".Then" and
// "logo@2x.png" is none.
func (s *scan) cutToSuffix(i, end int) int {
	for end > i {
		last := end
		for last > i && (alnum | dash | high).has(s.text[last-1]) {
			last--
		}
		if last == i {
			return -1
		}
		if topLevel(s.text[last:end]) {
			return end
		}
		for end = last; end > i && !(alnum | dash | high).has(s.text[end-1]); {
			end--
		}
		for _, dot := range dotWords {
			if cut := end - len(dot) - 1; cut > i && s.text[cut] == ' ' && foldEqual(s.text, cut+1, dot) {
				end = cut
			}
		}
	}
	return -1
}

// privateTLDs are names that are no public top-level domain but end real
// addresses: RFC 2606, 6761, 6762, ICANN's .internal, and habits.
var privateTLDs = map[string]bool{
	"local": true, "internal": true, "intranet": true, "corp": true, "home": true, "lan": true,
	"private": true, "localdomain": true, "localhost": true, "test": true, "example": true,
	"invalid": true, "onion": true, "int": true, "arpa": true, "alt": true,
}

// imageTypes end names such as "logo@2x.png", the commonest of those that are
// no addresses.
var imageTypes = newSet(`png jpg jpeg gif svg webp css js`)

func topLevel(label string) bool {
	if len(label) < 2 {
		return false
	}
	for i := 0; i < len(label); i++ {
		if label[i] >= 0x80 {
			return true // international names: the list has them in Punycode
		}
	}
	if isDigit(label[0]) || imageTypes.has(label) {
		return false
	}
	name := strings.ToLower(label)
	if strings.HasPrefix(name, "xn--") || privateTLDs[name] {
		return true
	}
	// An unlisted name comes back as itself, too, but not as ICANN's.
	_, icann := publicsuffix.PublicSuffix(name)
	return icann
}
