package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Bounds of tables: columns, and bytes of a line of names and of a cell.
const (
	maxColumns = 64
	maxNames   = 2048
	maxCell    = 512
)

// column is what the name at the top of a column promises of the cells below.
type column struct {
	field   fieldKind
	secret  keyKind
	account bool
}

// personal reports whether anything is looked for in the column.
func (c column) personal() bool {
	return c.field != noField && c.field != mailbox || c.secret != noKey || c.account
}

// table is the shape of rows.
type table struct {
	columns [maxColumns]column
	n       int
	mark    byte // parts cells
	closing byte // ends a row beside the line's end: ')' of SQL, or 0
}

// line looks for a table at the beginning of the text and behind line ends.
func (s *scan) line(i int) {
	if i == 0 {
		s.table(0)
	}
	if s.at(i) == '\n' {
		s.table(i + 1)
	}
}

// table looks for a line of column names at i, with at least one row of as
// many cells below: then the names are the context of the cells.
func (s *scan) table(i int) {
	if i < s.tableEnd || i >= len(s.text) {
		return
	}
	mark := s.cellMark(i)
	if mark == 0 {
		return
	}
	t := table{mark: mark}
	end := s.header(&t, i, min(len(s.text), i+maxNames))
	if end < 0 || !t.name(s.text[i:end]) {
		return
	}
	for row := s.afterLine(end); row < len(s.text); {
		end = s.row(&t, row)
		if end < 0 {
			break
		}
		row = s.afterLine(end)
		s.tableEnd = row
	}
}

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

// cellMark returns what parts the cells of the line at i if its first cell can
// be the name of a column.
func (s *scan) cellMark(i int) byte {
	const longest = 40
	const name = alnum | high | wordMark | dash | dot | space | quote
	if c := s.text[i]; !(alpha | high | quote | wordMark).has(c) && c != '|' && c != '#' {
		return 0
	}
	for k := i; k < len(s.text) && k-i < longest; k++ {
		switch c := s.text[k]; {
		case c == ',' || c == ';' || c == '\t' || c == '|' && (k > i || s.at(k+1) == ' '):
			s.work += k - i
			return c
		case !name.has(c) && c != '(' && c != ')' && c != '/' && c != '#':
			s.work += k - i
			return 0
		}
	}
	s.work += longest
	return 0
}

// header reads the names of columns at i and returns the offset after them, or
// -1 where something else stands.
func (s *scan) header(t *table, i, limit int) int {
	for i < limit {
		from, to, end := s.cell(t, i)
		if end < 0 || to-from > maxField || t.n == maxColumns {
			return -1
		}
		name := s.text[from:to]
		for k := 0; k < len(name); k++ {
			if c := name[k]; !(alnum | high | wordMark | dash | dot | space).has(c) && strings.IndexByte("()/#'&:", c) < 0 {
				return -1
			}
		}
		if to > from {
			t.columns[t.n] = s.column(from, to)
		}
		t.n++
		if s.at(end) != t.mark {
			if t.n < 2 {
				return -1
			}
			return end
		}
		i = end + 1
	}
	return -1
}

// column tells what the name in [from, to) promises.
func (s *scan) column(from, to int) (c column) {
	var key fieldKey
	key.fill(s.text[from:to])
	c.field = key.kind()
	if c.field == noField {
		c.secret, _ = s.keyKind(to)
		h := idWords.hear(s.text[from:to])
		c.account = h.end >= 0 && h.last != (topicSet{}) && !h.last.has(aboutOther) && s.blankUntil(from+h.end, to)
	}
	return c
}

// blankUntil reports whether there are only marks in [from, to).
func (s *scan) blankUntil(from, to int) bool {
	for ; from < to; from++ {
		if (alnum | high).has(s.text[from]) {
			return false
		}
	}
	return true
}

// name makes what only the names together tell, and reports whether there is
// anything to look for.
func (t *table) name(header string) bool {
	var has [mailbox + 1]bool
	for _, c := range t.columns[:t.n] {
		has[c.field] = true
	}
	person := has[namePart] || has[fullName]
	some := false
	for k := range t.columns[:t.n] {
		c := &t.columns[k]
		switch c.field {
		case bareName:
			if !person && !recordWords.in(header) {
				c.field = noField
			} else {
				c.field = fullName
			}
		case partOfName:
			c.field = namePart
		case placeLine:
			if !person && !has[streetLine] && !has[postal] && !has[bareName] && !has[partOfName] {
				c.field = noField
			}
		}
		some = some || c.personal()
	}
	return some
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
