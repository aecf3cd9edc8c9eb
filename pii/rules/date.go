package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// Dates says which dates are personal.
type Dates uint8

// The choices for Options.Dates.
const (
	BirthDates Dates = iota // those that words or names of fields tell to be dates of birth; the default
	AllDates                // every date that names a day
)

// A date of birth is a day that may be the birthday of somebody alive.
const (
	firstYear = 1880
	lastYear  = 2060
	// Thai calendars count from the death of the Buddha.
	buddhist = 543
)

// day is a date that stands in the text.
type day struct {
	start, end int
	whole      bool // it has a year
	timed      bool // a time of day follows
}

// date looks for a date at the first of size digits. It reports whether it
// found a personal one.
func (s *scan) date(i, size int) bool {
	if i < s.dateEnd || size > 2 && size != 4 && size != 8 {
		return false
	}
	d, ok := s.readDate(i, size)
	if !ok || s.wordBefore(d.start) || s.wordAt(d.end) && !d.timed {
		return false
	}
	score := float32(0.9)
	switch {
	case s.Dates == AllDates && d.whole:
		score = 0.8
	case !s.bornBefore(d) && !s.bornAfter(d), s.insideUUID(d.start, d.end):
		s.dateEnd = d.end
		return false
	case !d.whole:
		score = 0.7
	}
	s.emit(d.start, d.end, pii.PrivateDate, score)
	s.dateEnd = d.end
	s.taken = max(s.taken, d.end)
	return true
}

// readDate reads a date of any writing that begins with the size digits at i.
func (s *scan) readDate(i, size int) (day, bool) {
	next := i + size
	switch {
	case size == 4 && s.text[i] <= '2':
		return s.yearFirst(i, next)
	case size == 8:
		return s.compactDate(i)
	case size > 2:
		return day{}, false
	case next == len(s.text) || !dateNext.has(s.text[next]):
		return s.monthFirst(i, next)
	}
	switch c := s.text[next]; {
	case c == '/' || c == '-' || c == '.':
		if d, ok := s.dayFirst(i, next); ok {
			return d, true
		}
	case c >= 0xE0 && s.eraYear(i, next) >= 0:
		return s.eastern(s.eraYear(i, next), next)
	case c >= 0xE0:
		if d, ok := s.easternDay(i, next); ok {
			return d, true
		}
	}
	if d, ok := s.namedMonth(i, next); ok {
		return d, true
	}
	return s.monthFirst(i, next)
}

// dateNext may follow the number of a day or a month.
const dateNext = alpha | high | dash | dot | plusSlash | space

// digitCount counts the digits at i, most at the most.
func (s *scan) digitCount(i, most int) int {
	n := 0
	for n < most && i+n < len(s.text) && isDigit(s.text[i+n]) {
		n++
	}
	return n
}

// digitsValue reads the n digits at i.
func (s *scan) digitsValue(i, n int) (v int) {
	for _, c := range []byte(s.text[i : i+n]) {
		v = v*10 + int(c-'0')
	}
	return v
}

// livingYear reports whether somebody alive may have been born in y.
func livingYear(y int) bool {
	return y >= firstYear && y <= lastYear || y >= firstYear+buddhist && y <= lastYear+buddhist
}

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
