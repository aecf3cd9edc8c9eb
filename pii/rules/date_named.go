package rules

// Dates with the name of a month.

// ordinals follow the number of a day.
var ordinals = []string{"st", "nd", "rd", "th", "er", "re", "de", "eme", "ème", "e", "er.", "ª", "º", "°", "η", "ης", "-го", "-е", "го"}

// ordinalBegins is the cheap question before them.
var ordinalBegins = func() (t [256]bool) {
	for _, o := range ordinals {
		t[o[0]], t[o[0]&^0x20] = true, true
	}
	return t
}()

// namedMonth reads 4 March 1971, 4. März 1971, 3 de março de 1944, 4th of
// March, 1971, 04-Mar-71; the day stands at i.
func (s *scan) namedMonth(i, next int) (day, bool) {
	if !s.beforeName(next) || !s.dayNumber(i, next-i) {
		return day{}, false
	}
	m := next
	if ordinalBegins[s.text[m]] {
		for _, o := range ordinals {
			if foldEqual(s.text, m, o) && !alpha.has(s.at(m+len(o))) {
				m += len(o)
				break
			}
		}
	}
	m = s.skipDateMarks(m)
	if c := lowerByte(s.at(m)); c == 'd' || c == 'o' || c == 'a' {
		for _, of := range []string{"de ", "of ", "d'", "di ", "d’", "a "} {
			if foldEqual(s.text, m, of) {
				m += len(of)
				break
			}
		}
	}
	if m >= len(s.text) || !(alpha | high).has(s.text[m]) {
		return day{}, false
	}
	end := s.monthAt(m)
	if end < 0 {
		return day{}, false
	}
	y := s.skipDateMarks(end)
	if !isDigit(s.at(y)) {
		for _, of := range []string{"de ", "del ", "of ", "do ", "พ.ศ. "} {
			if foldEqual(s.text, y, of) {
				y += len(of)
				break
			}
		}
	}
	if c := s.at(y); c == '\'' {
		y++
	}
	n := s.digitCount(y, 5)
	switch {
	case n == 4 && livingYear(s.digitsValue(y, 4)) || n == 2 && y > end && s.shortYear(y):
		return s.yearMark(i, y+n), true
	case n == 0:
		return day{i, end, false, false}, true
	}
	return day{}, false
}

// beforeName is the cheap question before namedMonth: can a word follow the
// number that ends at i?
func (s *scan) beforeName(i int) bool {
	const letter = alpha | high
	for n := 0; n < 2 && i+1 < len(s.text); n++ {
		c := s.text[i]
		if letter.has(c) {
			return true
		}
		if c != ' ' && c != '.' && c != '-' && c != '/' {
			return false
		}
		i++
	}
	return letter.has(s.at(i))
}

// shortYear reports whether the two digits at i can be a year and no hour.
func (s *scan) shortYear(i int) bool {
	end := i + 2
	if s.at(end) == ' ' {
		end++
	}
	return s.at(end) != ':' && !foldEqual(s.text, end, "am") && !foldEqual(s.text, end, "pm") && !foldEqual(s.text, end, "uhr") && !s.wordAt(i+2)
}

// yearMark is a date with what is written behind its year: "3 marca 1999 r.".
func (s *scan) yearMark(start, end int) day {
	if foldEqual(s.text, end, " r.") && !alpha.has(s.at(end+3)) {
		end += 3
	}
	return day{start, end, true, false}
}

// monthFirst reads March 4th, 1971; the day stands at i.
func (s *scan) monthFirst(i, next int) (day, bool) {
	if i < 3 || s.text[i-1] != ' ' && s.text[i-1] != '-' && s.text[i-1] != '.' || !(alpha | high | dot).has(s.text[i-2]) {
		return day{}, false
	}
	m := i
	for m > 0 && i-m < 2 && (s.text[m-1] == ' ' || s.text[m-1] == '.' || s.text[m-1] == '-') {
		m--
	}
	if m == i || m == 0 || !alpha.has(s.text[m-1]) && s.text[m-1] < 0x80 || !s.dayNumber(i, next-i) {
		return day{}, false
	}
	if m = s.monthBefore(m); m < 0 {
		return day{}, false
	}
	end := next
	for _, o := range ordinals[:4] {
		if foldEqual(s.text, end, o) && !alpha.has(s.at(end+2)) {
			end += 2
		}
	}
	y := s.skipDateMarks(end)
	if s.at(y) == '\'' {
		y++
	}
	switch n := s.digitCount(y, 5); {
	case n == 4 && y > end && livingYear(s.digitsValue(y, 4)), n == 2 && y > end && s.shortYear(y):
		return day{m, y + n, true, false}, true
	case n == 0:
		return day{m, end, false, false}, true
	}
	return day{}, false
}
