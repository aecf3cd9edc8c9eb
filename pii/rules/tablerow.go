package rules

// Rows of a table.

// afterLine returns the beginning of the line after the line end at i.
func (s *scan) afterLine(i int) int {
	if s.at(i) == '\r' {
		i++
	}
	if s.at(i) == '\n' {
		i++
	}
	return i
}

// row reads a row at i and emits what its columns promise. It returns the
// offset after the row, or -1 where there is none of as many cells.
func (s *scan) row(t *table, i int) int {
	var cells [maxColumns]run
	n := 0
	for {
		from, to, end := s.cell(t, i)
		if end < 0 || n == t.n {
			return -1
		}
		cells[n] = run{from, to}
		n++
		if s.at(end) != t.mark {
			i = end
			break
		}
		i = end + 1
	}
	if n != t.n {
		return -1
	}
	for k := range t.columns[:n] {
		if c := cells[k]; c.start < c.end && t.columns[k].personal() {
			s.judgeCell(t.columns[k], c.start, c.end)
		}
	}
	return i
}

// cell reads the cell at i: where it begins and ends, without blanks and
// quotes, and the offset of what ends it. end is -1 if it is too long.
func (s *scan) cell(t *table, i int) (from, to, end int) {
	for s.at(i) == ' ' {
		i++
	}
	from = i
	if c := s.at(i); c == '"' || c == '\'' || c == '`' {
		for k := i + 1; k < len(s.text) && k-i < maxCell; k++ {
			if s.text[k] != c {
				continue
			}
			if s.at(k+1) == c { // a quote is doubled inside
				k++
				continue
			}
			after := k + 1
			for s.at(after) == ' ' {
				after++
			}
			if s.cellEnds(t, after) {
				s.work += after - i
				return i + 1, k, after
			}
		}
	}
	for end = i; end < len(s.text) && end-i < maxCell && !s.cellEnds(t, end); end++ {
	}
	s.work += end - i + 1
	if !s.cellEnds(t, end) {
		return 0, 0, -1
	}
	for to = end; to > from && (space | lineEnd).has(s.text[to-1]); to-- {
	}
	return from, to, end
}

// cellEnds reports whether a cell ends at i.
func (s *scan) cellEnds(t *table, i int) bool {
	if i >= len(s.text) {
		return true
	}
	c := s.text[i]
	return c == t.mark || c == '\n' || c == '\r' && s.at(i+1) == '\n' || t.closing != 0 && c == t.closing
}
