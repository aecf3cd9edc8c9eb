package rules

// Dates in digits only.

// yearFirst reads 1971-03-04, 1971. március 4., 1971年3月4日.
func (s *scan) yearFirst(i, next int) (day, bool) {
	if next >= len(s.text) || !dateNext.has(s.text[next]) {
		return day{}, false
	}
	y := s.digitsValue(i, 4)
	if !livingYear(y) {
		return day{}, false
	}
	mark := s.text[next]
	if mark >= 0xE0 {
		return s.eastern(i, next)
	}
	if mark != '-' && mark != '/' && mark != '.' && mark != ' ' {
		return day{}, false
	}
	m := s.pastMark(next, mark)
	if n := s.digitCount(m, 3); n >= 1 && n <= 2 {
		d := m + n
		if d >= len(s.text) || s.text[d] != mark || mark == ' ' {
			return day{}, false
		}
		month := s.digitsValue(m, n)
		d = s.pastMark(d, mark)
		if n = s.digitCount(d, 3); n < 1 || n > 2 || !validDay(y, month, s.digitsValue(d, n)) {
			return day{}, false
		}
		return s.dayUntil(i, d+n), true
	}
	end := s.monthAt(m)
	if end < 0 {
		return day{}, false
	}
	d := s.skipDateMarks(end)
	if n := s.digitCount(d, 3); n >= 1 && n <= 2 && s.dayNumber(d, n) {
		end = d + n
		if s.at(end) == '.' {
			end++
		}
		return day{i, end, true, false}, true
	}
	return day{}, false
}

// dayUntil is a date whose end a time of day may follow.
func (s *scan) dayUntil(start, end int) day {
	c := s.at(end)
	timed := (c == 'T' || c == 't' || c == ' ') && s.digitCount(end+1, 3) == 2 && s.at(end+3) == ':'
	return day{start, end, true, timed}
}

// pastMark returns the offset after the mark at i, and the blank behind it
// where the mark is a dot: "13. 3. 1965".
func (s *scan) pastMark(i int, mark byte) int {
	i++
	if mark == '.' && s.at(i) == ' ' {
		i++
	}
	return i
}

// skipDateMarks returns the offset after dots, commas and blanks, three at most.
func (s *scan) skipDateMarks(i int) int {
	for n := 0; n < 3 && (s.at(i) == ' ' || s.at(i) == '.' || s.at(i) == ',' || s.at(i) == '-' || s.at(i) == '/'); n++ {
		i++
	}
	return i
}

func (s *scan) dayNumber(i, n int) bool {
	v := s.digitsValue(i, n)
	return v >= 1 && v <= 31
}

// dayFirst reads 4.3.1971, 04/03/71, 03-04-1971 and 04-Mar-1971; which of the
// first two is the day does not matter here.
func (s *scan) dayFirst(i, next int) (day, bool) {
	mark := s.text[next]
	m := s.pastMark(next, mark)
	n := s.digitCount(m, 3)
	if n < 1 || n > 2 {
		return day{}, false
	}
	y := m + n
	if y >= len(s.text) || s.text[y] != mark {
		return day{}, false
	}
	a, b := s.digitsValue(i, next-i), s.digitsValue(m, n)
	y = s.pastMark(y, mark)
	n = s.digitCount(y, 5)
	if n != 4 && (n != 2 || mark == '.' && y > 0 && s.text[y-1] == ' ') {
		return day{}, false
	}
	year := s.digitsValue(y, n)
	if n == 4 && !livingYear(year) || !validDay(year, b, a) && !validDay(year, a, b) {
		return day{}, false
	}
	if c := s.at(y + n); (c == '.' || c == '-' || c == '/') && isDigit(s.at(y+n+1)) {
		return day{}, false // a version, an address, a path
	}
	return s.dayUntil(i, y+n), true
}

// compactDate reads 19710304 and 04031971.
func (s *scan) compactDate(i int) (day, bool) {
	year, month, date := s.digitsValue(i, 4), s.digitsValue(i+4, 2), s.digitsValue(i+6, 2)
	if livingYear(year) && validDay(year, month, date) {
		return day{i, i + 8, true, false}, true
	}
	date, month, year = s.digitsValue(i, 2), s.digitsValue(i+2, 2), s.digitsValue(i+4, 4)
	return day{i, i + 8, true, false}, livingYear(year) && (validDay(year, month, date) || validDay(year, date, month))
}
