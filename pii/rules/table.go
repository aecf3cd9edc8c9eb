package rules

import "strings"

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
