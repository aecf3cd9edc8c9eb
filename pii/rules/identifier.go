package rules

// hexByte reports whether two hexadecimal digits, not both letters, stand at
// i as a word: a dump of bytes, not a sentence.
func (s *scan) hexByte(i int) bool {
	a, b := s.at(i), s.at(i+1)
	return hexDigit.has(a) && hexDigit.has(b) && (isDigit(a) || isDigit(b)) && !alnum.has(s.at(i-1)) && !alnum.has(s.at(i+2))
}

// insideUUID reports whether [start, end) stands in a UUID.
func (s *scan) insideUUID(start, end int) bool {
	const reach = 40
	idByte := alnum | dash | wordMark
	from, to := start, end
	for from > 0 && start-from < reach && idByte.has(s.text[from-1]) {
		from--
	}
	for to < len(s.text) && to-end < reach && idByte.has(s.text[to]) {
		to++
	}
	s.work += to - from
	return hasUUID(s.text[from:to])
}

// hasUUID looks for the 8-4-4-4-12 form of RFC 9562 in a short token.
func hasUUID(token string) bool {
	for i := 0; i+36 <= len(token); i++ {
		if isUUID(token[i : i+36]) {
			return true
		}
	}
	return false
}

func isUUID(t string) bool {
	if len(t) != 36 {
		return false
	}
	for i := 0; i < len(t); i++ {
		if i == 8 || i == 13 || i == 18 || i == 23 {
			if t[i] != '-' {
				return false
			}
		} else if !hexDigit.has(t[i]) {
			return false
		}
	}
	return true
}
