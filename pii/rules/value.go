package rules

import "strings"

// value is what stands after a key.
type value struct {
	from, end int  // the value itself, without quotes
	line      int  // the end of the quoted text, or of the line
	quoted    bool // it stood in quotes
}

// value reads the value at from.
func (s *scan) value(from int) value {
	mark := from
	if s.at(mark) == '\\' {
		mark++
	}
	if quote.has(s.at(mark)) {
		if end := s.closingQuote(mark, mark > from); end >= 0 {
			return value{mark + 1, end, end, true}
		}
		from = mark + 1
	}
	line := min(s.endUntil(runValue, lineEnd, from), from+maxValue)
	line = s.runeBefore(line)
	end := from
	for end < line && !(space | quote).has(s.text[end]) {
		end++
	}
	s.work += end - from + 1
	// Another pair may follow without a space: "a=1;b=2", "a=1&b=2".
	for k := from; k < end; k++ {
		if c := s.text[k]; (c == ';' || c == '&' || c == ',') && s.pairAt(k+1, end) {
			end = k
		}
	}
	return value{from, s.trimValue(from, end), s.trimValue(from, line), false}
}

// closingQuote returns the offset of the end of the quoted text whose quote
// stands at mark, or -1; escaped quotes (\") close at the next escaped one.
func (s *scan) closingQuote(mark int, escaped bool) int {
	for j := mark + 1; j < len(s.text) && j-mark <= maxValue; j++ {
		s.work++
		switch c := s.text[j]; {
		case lineEnd.has(c):
			return -1
		case c == '\\' && escaped && s.at(j+1) == s.text[mark]:
			return j
		case c == '\\' && !escaped:
			j++
		case c == s.text[mark]:
			return j
		}
	}
	return -1
}

// runeBefore moves an offset that may stand inside a character back to its
// beginning.
func (s *scan) runeBefore(i int) int {
	for i > 0 && i < len(s.text) && s.text[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// pairAt reports whether a key and '=' stand at i, before end.
func (s *scan) pairAt(i, end int) bool {
	j := i
	for j < end && j-i < 32 && (base64URL | dot).has(s.text[j]) {
		j++
	}
	s.work += j - i
	return j > i && j < end && s.text[j] == '=' || j == end && j == i
}

// trimValue takes the punctuation of a sentence or a list off an unquoted value.
func (s *scan) trimValue(from, end int) int {
	for end > from && strings.IndexByte(" \t,;.)]}>\\", s.text[end-1]) >= 0 {
		end--
	}
	return end
}
