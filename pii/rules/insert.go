package rules

// insert looks at the columns and rows of an SQL statement: "INSERT INTO t
// (name, email) VALUES ('…', '…'), (…)". The bracket before the columns stands
// at i.
func (s *scan) insert(i int) {
	if s.at(i) != '(' || !s.intoBefore(i) {
		return
	}
	t := table{mark: ',', closing: ')'}
	end := s.header(&t, i+1, min(len(s.text), i+maxNames))
	if s.at(end) != ')' || !t.name(s.text[i+1:end]) {
		return
	}
	end = s.skipBlank(end + 1)
	if !foldEqual(s.text, end, "values") {
		return
	}
	for end = s.skipBlank(end + len("values")); s.at(end) == '('; {
		if end = s.row(&t, end+1); s.at(end) != ')' {
			return
		}
		if end = s.skipBlank(end + 1); s.at(end) != ',' {
			return
		}
		end = s.skipBlank(end + 1)
	}
}

// intoBefore reports whether "into", a table's name and blanks stand before i.
func (s *scan) intoBefore(i int) bool {
	const longest = 80
	k := i
	for k > 0 && s.text[k-1] == ' ' && i-k < 4 {
		k--
	}
	name := k
	for k > 0 && i-k < longest && ((alnum | wordMark | dot | quote | high).has(s.text[k-1]) || s.text[k-1] == '[' || s.text[k-1] == ']') {
		k--
	}
	s.work += i - k
	return k < name && s.at(k-1) == ' ' && foldEqual(s.text, k-5, "into") && !s.wordBefore(k-5)
}

// skipBlank returns the offset after the blanks and line ends at i.
func (s *scan) skipBlank(i int) int {
	for n := 0; n < 16 && (space | lineEnd).has(s.at(i)); n++ {
		i++
	}
	return i
}
