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
