package body

import (
	"bytes"
	"unicode/utf8"
)

const notCSV Format = ""

// csv reads layer's text from offset from on as a table (RFC 4180, with any of
// the usual separators). Each row is a record, and the first row names its
// values. It is read like the others all the same: not every table has a
// header. If quotes do not close, nothing is emitted and the answer is notCSV.
func (b *builder) csv(layer int32, from int, at place) Format {
	m := b.mark()
	text := b.doc.layers[layer].text
	s := csvScanner{b: b, layer: layer, text: text, pos: from, comma: separator(text[from:])}
	s.ends = string(rune(s.comma)) + "\n"
	at.key = None
	for row := 0; s.pos < len(text); row++ {
		record := at
		record.group = b.group(at.group, None)
		record.state = b.skip.element(at.state, row)
		if !s.row(row, record) {
			b.reset(m)
			return notCSV
		}
	}
	return CSV
}

type csvScanner struct {
	b     *builder
	layer int32
	text  []byte
	pos   int
	comma byte
	ends  string   // what a bare cell ends with
	head  []int32  // the slots of the first row; None where a cell is empty
	names [][]byte // what they say, if there are paths to follow
}

// separator is the one that the first line holds most of.
func separator(text []byte) byte {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	best, most := byte(','), 0
	for _, c := range []byte(",;\t|") {
		if n := bytes.Count(line, []byte{c}); n > most {
			best, most = c, n
		}
	}
	return best
}

// row reads cells up to the end of the record.
func (s *csvScanner) row(row int, at place) bool {
	for column := 0; ; column++ {
		cell := at
		if row > 0 && column < len(s.head) {
			cell.key = s.head[column]
			if s.b.skip.active() {
				cell.state = s.b.skip.member(at.state, s.names[column])
			}
		}
		before := len(s.b.doc.Slots)
		start := s.pos
		if !s.cell(cell) {
			return false
		}
		if row == 0 {
			s.name(before, start)
		}
		switch {
		case s.pos == len(s.text):
			return true
		case s.text[s.pos] == s.comma:
			s.pos++
		default:
			s.pos += len(lineBreak(s.text[s.pos:]))
			return true
		}
	}
}

// name takes a cell of the first row as the name of its column.
func (s *csvScanner) name(before, start int) {
	slot := None
	if len(s.b.doc.Slots) > before {
		slot = int32(before)
	}
	s.head = append(s.head, slot)
	if s.b.skip.active() {
		s.names = append(s.names, bytes.Trim(s.text[start:s.pos], `" `))
	}
}

// cell reads one cell. The position is behind it: at a separator, a line break
// or the end.
func (s *csvScanner) cell(at place) bool {
	if s.pos == len(s.text) || s.text[s.pos] != '"' {
		n := bytes.IndexAny(s.text[s.pos:], s.ends)
		end := s.pos + n
		if n < 0 {
			end = len(s.text)
		}
		if end > s.pos && s.text[end-1] == '\r' && (end == len(s.text) || s.text[end] == '\n') {
			end--
		}
		s.b.value(s.layer, s.pos, end, csvBare, Value, at)
		s.pos = end
		if end < len(s.text) && s.text[end] == '\r' && end+1 == len(s.text) {
			s.pos++
		}
		return true
	}
	start := s.pos + 1
	for s.pos = start; ; {
		n := bytes.IndexByte(s.text[s.pos:], '"')
		if n < 0 {
			return false
		}
		s.pos += n + 1
		if s.pos == len(s.text) || s.text[s.pos] != '"' {
			break
		}
		s.pos++
	}
	s.b.value(s.layer, start, s.pos-1, csvQuoted, Value, at)
	return s.pos == len(s.text) || s.text[s.pos] == s.comma || len(lineBreak(s.text[s.pos:])) > 0
}

// csvQuotedEscape: the inside of a quoted cell.
type csvQuotedEscape struct{}

func (csvQuotedEscape) unit(raw []byte) unit {
	if raw[0] == '"' && len(raw) > 1 && raw[1] == '"' {
		return decodedByte(2, '"')
	}
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexByte(raw[1:], '"'); i >= 0 {
		return literal(i + 1)
	}
	return literal(len(raw))
}

func (csvQuotedEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, bytes.ReplaceAll(text, []byte(`"`), []byte(`""`))...)
}

// csvBareEscape: a cell without quotes. What would end it or make it a quoted
// one becomes a blank.
type csvBareEscape struct{ plainEscape }

func (csvBareEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		if c < utf8.RuneSelf && bytes.IndexByte([]byte("\",;\t|\r\n"), c) >= 0 {
			c = ' '
		}
		dst = append(dst, c)
	}
	return dst
}
