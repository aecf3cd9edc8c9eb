package body

import "bytes"

const notYAML Format = ""

// maxFlow bounds brackets within brackets of YAML and TOML. Deeper lines are
// read as text.
const maxFlow = 256

// yaml reads layer's text from offset from on as YAML (1.2), any number of
// documents. Keys name what is below them, as in JSON. A line that makes no
// sense is text, and if most make none nothing is emitted and the answer is
// notYAML.
//
// The scanner is ours because those of the field tell where a scalar begins
// and not where it ends, or stop at what templates put between its lines; the
// tests hold it against one of them.
func (b *builder) yaml(layer int32, from int, at place) Format {
	if hasBareCR(b.doc.layers[layer].text[from:]) {
		return notYAML // a line break to some
	}
	at.key = None
	s := yamlScanner{root: at}
	s.start(b, layer, from, at)
	s.stack = append(s.stack, yamlFrame{col: -1, value: at})
	if !s.read(s.line, s.restart) {
		return notYAML
	}
	return YAML
}

type yamlScanner struct {
	lineScanner
	root  place
	stack []yamlFrame
	asked int // slots before what follows "? "
}

// yamlFrame is a mapping or a list that stands in lines.
type yamlFrame struct {
	col   int // where its keys or dashes stand; -1 for a document
	list  bool
	index int   // elements so far
	above place // of the list itself
	value place // of the value that comes next
}

// restart forgets what the lines so far were in.
func (s *yamlScanner) restart() {
	s.stack = append(s.stack[:0], yamlFrame{col: -1, value: s.root})
}

func (s *yamlScanner) top() *yamlFrame { return &s.stack[len(s.stack)-1] }

// line reads from the beginning of a line on, as far as its value goes.
func (s *yamlScanner) line() bool {
	begin := s.pos
	for s.pos < len(s.text) && s.text[s.pos] == ' ' {
		s.pos++
	}
	if s.ended() {
		return true
	}
	if s.pos == begin {
		switch {
		case s.text[s.pos] == '%':
			s.note(s.pos)
			return true
		case isMarker(s.text[s.pos:]):
			s.restart()
			s.pos += len("---")
			if s.ended() {
				return true
			}
			return s.node(None, s.top().value)
		}
	}
	return s.block(begin)
}

// block reads dashes, then a key with its value or a value alone.
func (s *yamlScanner) block(begin int) bool {
	for {
		col := s.pos - begin
		c := s.text[s.pos]
		if c != '-' && c != '?' && c != ':' || !blankAt(s.text, s.pos+1) {
			return s.node(int32(col), place{})
		}
		switch c {
		case '-':
			s.element(col)
		case '?':
			s.mapping(col)
			s.top().value.key = None
			s.asked = len(s.b.doc.Slots)
		case ':':
			s.mapping(col)
			s.top().value.key = None
			if len(s.b.doc.Slots) == s.asked+1 {
				s.top().value.key = int32(s.asked)
			}
		}
		s.pos++
		if s.ended() {
			return true
		}
	}
}

// element makes what follows an element of the list whose dashes stand there.
func (s *yamlScanner) element(col int) {
	for len(s.stack) > 1 && s.top().col > col {
		s.stack = s.stack[:len(s.stack)-1]
	}
	if t := s.top(); !t.list || t.col != col {
		s.stack = append(s.stack, yamlFrame{col: col, list: true, above: t.value})
	}
	t := s.top()
	t.value = t.above
	t.value.state = s.b.skip.element(t.above.state, t.index)
	t.index++
}

// mapping makes what follows a member of the mapping whose keys stand there.
func (s *yamlScanner) mapping(col int) {
	for t := s.top(); len(s.stack) > 1 && (t.col > col || t.col == col && t.list); t = s.top() {
		s.stack = s.stack[:len(s.stack)-1]
	}
	if t := s.top(); t.col < col {
		at := t.value
		if t.list {
			at.key = None // an element is not named by the list's key
		}
		at.group = s.b.group(at.group, at.key)
		s.stack = append(s.stack, yamlFrame{col: col, above: at})
	}
}

// node reads what stands from the position to the end of its line or beyond.
// It may be a key if it stands in a column, and is a value of the place given
// if col is None.
func (s *yamlScanner) node(col int32, at place) bool {
	if s.properties() {
		return true
	}
	if col != None {
		if key, ok := s.scalar(true); ok && key.next < len(s.text) && s.text[key.next] == ':' {
			return s.member(int(col), key)
		}
		for len(s.stack) > 1 && s.top().col >= int(col) {
			s.stack = s.stack[:len(s.stack)-1]
		}
		at = s.top().value
	}
	switch s.text[s.pos] {
	case '[', '{':
		return s.flow(at, s.top().list, 0) && s.ended()
	case '|', '>':
		return s.literal(at)
	}
	value, ok := s.scalar(false)
	if !ok {
		return false
	}
	s.emit(value, at)
	s.pos = value.next
	return s.ended()
}

// member reads a key with what stands behind it.
func (s *yamlScanner) member(col int, key yamlToken) bool {
	s.mapping(col)
	t := s.top()
	at := t.above
	at.key = None
	if s.b.skip.active() {
		at.state = s.b.skip.member(at.state, appendDecoded(nil, s.text[key.start:key.end], escapes[key.escape]))
	}
	at.key = s.b.key(s.layer, key.start, key.end, key.escape, at)
	t.value = at
	s.pos = key.next + 1
	if s.pos < len(s.text) && !blankAt(s.text, s.pos) {
		return false
	}
	return s.ended() || s.node(None, at)
}

// properties reads anchors, tags and aliases, and reports whether the line
// ends behind them.
func (s *yamlScanner) properties() bool {
	for s.pos < len(s.text) && bytes.IndexByte([]byte("&!*"), s.text[s.pos]) >= 0 {
		s.word(" \t\r\n")
		if s.ended() {
			return true
		}
	}
	return false
}

// word emits an anchor, a tag or an alias.
func (s *yamlScanner) word(ends string) {
	end := len(s.text)
	if i := bytes.IndexAny(s.text[s.pos:], ends); i >= 0 {
		end = s.pos + i
	}
	s.b.value(s.layer, s.pos+1, end, yamlWord, Key, s.notes)
	s.pos = end
}

// emit emits a scalar as a value. What is a number, true, false or null to
// JSON is that here.
func (s *yamlScanner) emit(v yamlToken, at place) {
	raw := s.text[v.start:v.end]
	switch v.escape {
	case yamlPlain, yamlFlow:
		if isConstant(raw) {
			return
		}
		if isNumber(raw) {
			if len(raw) > 2 && !s.b.skip.skipped(at.state) {
				s.b.number(s.layer, v.start, v.end, at)
			}
			return
		}
	}
	s.b.value(s.layer, v.start, v.end, v.escape, Value, at)
}

// isConstant reports whether a scalar is one of the words that are no text.
func isConstant(raw []byte) bool {
	switch string(raw) {
	case "true", "false", "null", "~":
		return true
	}
	return false
}

// isNumber reports whether raw is a number by JSON's grammar.
func isNumber(raw []byte) bool {
	if len(raw) == 0 || raw[0] != '-' && raw[0]-'0' > 9 {
		return false
	}
	s := jsonScanner{text: raw}
	return s.number() && s.pos == len(raw)
}

// isMarker recognises the lines that keep documents apart.
func isMarker(line []byte) bool {
	return (bytes.HasPrefix(line, []byte("---")) || bytes.HasPrefix(line, []byte("..."))) && blankAt(line, len("---"))
}

// blankAt reports whether white space or the end is at an offset.
func blankAt(text []byte, at int) bool {
	return at >= len(text) || text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r'
}
