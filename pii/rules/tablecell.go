package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// What the cells of a column are.

// judgeCell emits the cell [from, to) if it can be what its column promises.
func (s *scan) judgeCell(c column, from, to int) {
	v := value{from: from, end: to, line: to, quoted: true}
	text := s.text[from:to]
	switch {
	case c.field == birthField:
		s.cellDate(from, to)
	case c.field == phoneField:
		if phoneCell(text) {
			s.emitNumber(from, to, pii.PrivatePhone, 0.8)
		}
	case c.field == placeLine:
		if placeLike(text) {
			s.emit(from, to, pii.PrivateAddress, 0.75)
		}
	case c.field != noField:
		s.judgeField(c.field, from, v)
	case c.secret == passwordKey:
		if s.passwordLike(v, true) {
			s.emit(from, to, pii.Secret, 0.8)
		}
	case c.secret == tokenKey || c.secret == secretWordKey:
		if s.tokenLike(v) {
			s.emit(from, to, pii.Secret, 0.8)
		}
	case c.account:
		if accountCell(text) {
			s.emitNumber(from, to, pii.AccountNumber, 0.75)
		}
	}
}

// cellDate emits the date in [from, to).
func (s *scan) cellDate(from, to int) {
	i := from
	for i < to && !isDigit(s.text[i]) {
		i++
	}
	if i == to {
		return
	}
	if d, ok := s.readDate(i, s.digitCount(i, maxDigits)); ok && d.start >= from && d.start-from < 8 && d.end <= to && (d.end == to || d.timed) {
		s.emit(d.start, d.end, pii.PrivateDate, 0.9)
		s.dateEnd = max(s.dateEnd, d.end)
		s.taken = max(s.taken, d.end)
	}
}

// phoneCell reports whether text can be a telephone number.
func phoneCell(text string) bool {
	digits := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if isDigit(c) {
			digits++
		} else if strings.IndexByte("+()-./ x", c) < 0 {
			return false
		}
	}
	return digits >= minPhone && digits <= maxPhone+2
}

// accountCell reports whether text can be the number of a person's document or
// account.
func accountCell(text string) bool {
	if len(text) > 40 {
		return false
	}
	digits, letters := 0, 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case isDigit(c):
			digits++
		case alpha.has(c):
			letters++
		case strings.IndexByte("-/. ", c) < 0:
			return false
		}
	}
	return digits >= 4 && letters <= 8 && text[:2] != "0x" && digits+letters <= 24
}
