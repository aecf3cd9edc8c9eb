package rules

// daysIn holds the days of the months, February at its longest.
var daysIn = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// validDay reports whether there is a day d of month m in year y; of y only
// the last two digits need be known.
func validDay(y, m, d int) bool {
	if m < 1 || m > 12 || d < 1 || d > daysIn[m] {
		return false
	}
	return m != 2 || d < 29 || y%4 == 0
}

// yymmdd reads a date at i, year first with two digits.
func (c *code) yymmdd(i int) bool {
	return validDay(c.number(i, i+2), c.number(i+2, i+4), c.number(i+4, i+6))
}

// ddmmyy reads a date at i, day first, the year with two digits.
func (c *code) ddmmyy(i int) bool {
	return validDay(c.number(i+4, i+6), c.number(i+2, i+4), c.number(i, i+2))
}

// yyyymmdd reads the date of birth of somebody who may be alive at i.
func (c *code) yyyymmdd(i int) bool {
	y := c.number(i, i+4)
	return y >= 1880 && y <= 2060 && validDay(y, c.number(i+4, i+6), c.number(i+6, i+8))
}
