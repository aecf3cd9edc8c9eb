package rules

// Machines write the same few things all day: the time of a log entry, that
// of a record, a UUID. Each has half a dozen numbers in it, none of which is
// anything. They are known at their first digit, in one step, and their
// numbers passed over.
//
// What stands around them is looked at as everywhere: a date of birth with a
// time is asked for before, and the value of a field called "secret" is judged
// from its mark on. Here stands only what no family finds anything in, whatever
// the words before it are: FuzzPrefilter and TestShortcutsLoseNothing hold it
// to that.

// stamp passes over what stands at the first digit of size at i, and reports
// whether it did.
func (s *scan) stamp(i, size int, inWord bool) bool {
	if s.full {
		return false
	}
	if size == 4 && !inWord {
		if end := s.isoTime(i); end > 0 {
			s.stampEnd = end
			return true
		}
	}
	if end := s.uuid(i, size); end > 0 {
		s.stampEnd, s.deafEnd = end, end
		return true
	}
	return false
}

// logStamp is stamp for the time in an access log: [24/Nov/2026:10:11:12 +0000].
func (s *scan) logStamp(i int) bool {
	const layout = "00/AAA/0000:00:00:00 "
	if s.full || s.Dates == AllDates || s.at(i-1) != '[' || s.at(i+2) != '/' || !s.written(i, layout) {
		return false
	}
	end := i + len(layout)
	if c := s.at(end); c != '+' && c != '-' || s.digitCount(end+1, 5) != 4 || s.at(end+5) != ']' {
		return false
	}
	s.stampEnd, s.deafEnd = end+5, end+5
	return true
}

// written reports whether digits stand at i where layout has '0', letters
// where it has 'A', and its other bytes as they are.
func (s *scan) written(i int, layout string) bool {
	if len(s.text)-i < len(layout) {
		return false
	}
	for k := 0; k < len(layout); k++ {
		switch c := s.text[i+k]; layout[k] {
		case '0':
			if !isDigit(c) {
				return false
			}
		case 'A':
			if !alpha.has(c) {
				return false
			}
		default:
			if c != layout[k] {
				return false
			}
		}
	}
	return true
}

// isoTime returns the end of a time of RFC 3339 (with a blank for its 'T', and
// without a zone) whose year stands at i, as far as its numbers need no look;
// 0 if there is none.
func (s *scan) isoTime(i int) int {
	if s.at(i+4) != '-' || s.text[i] != '2' || s.at(i+1) != '0' || !s.stampBegins(i) {
		return 0
	}
	if !s.written(i, "0000-00-00T00:00") && !s.written(i, "0000-00-00 00:00") {
		return 0
	}
	end := i + len("0000-00-00T00:00")
	if s.at(end) == ':' {
		if s.digitCount(end+1, 3) != 2 {
			return 0
		}
		end += 3
	}
	fraction := 0
	if mark := s.at(end); mark == '.' || mark == ',' {
		fraction = s.digitCount(end+1, 10)
	}
	switch after := end + 1 + fraction; {
	case fraction > 3:
		// Six digits and a letter may be something. Behind them no number goes on.
		if s.at(after) == 'Z' && s.stampEnds(after+1) {
			return end
		}
		return 0
	case fraction > 0:
		end = after
	}
	switch c := s.at(end); {
	case c == 'Z':
		end++
	case c == '+' && (s.written(end+1, "00:00") || s.written(end+1, "0000")):
		for end++; isDigit(s.at(end)) || s.at(end) == ':' && isDigit(s.at(end+1)); end++ {
		}
	}
	if !s.stampEnds(end) {
		return 0
	}
	return end
}

// stampBegins reports whether a stamp may begin at i: behind a quote, a bracket
// or a mark, and no part of a longer number.
func (s *scan) stampBegins(i int) bool {
	if i == 0 {
		return true
	}
	switch s.text[i-1] {
	case '"', '\'', '[', '=', ':', ',', '>', '|', '\t', '\n':
		return true
	case ' ':
		return s.at(i-2) != '+'
	}
	return false
}

// stampEnds reports whether a stamp may end at i, so that no number, no date
// and no word goes on behind it.
func (s *scan) stampEnds(i int) bool {
	if i == len(s.text) {
		return true
	}
	switch c := s.text[i]; c {
	case '"', '\'', ']', ',', ';', '}', '|', '<', '&', '\\':
		return true
	case ' ':
		next := s.at(i + 1)
		return next == '"' || next == '[' || upper.has(next) && !months.mayBegin(s.text, i+1) && upper.has(s.at(i+2))
	}
	return false
}

// uuid returns the end of the UUID (RFC 9562 §4) that has its first digit at
// i, or 0.
func (s *scan) uuid(i, size int) int {
	const groups = "XXXXXXXX-XXXX-XXXX-XXXX-XXXXXXXXXXXX"
	start := i
	for start > 0 && i-start < 8 && hexAlpha.has(s.text[start-1]) {
		start--
	}
	end := start + len(groups)
	if s.at(start+8) != '-' || s.at(start+13) != '-' || i+size > start+8 || end > len(s.text) || !isUUID(s.text[start:end]) {
		return 0
	}
	const part = alnum | dash | wordMark
	if start > 0 && part.has(s.text[start-1]) || end < len(s.text) && part.has(s.text[end]) {
		return 0
	}
	if groupSep.has(s.at(end)) && (groupSep | digit).has(s.at(end+1)) { // a number may go on
		return 0
	}
	return end
}
