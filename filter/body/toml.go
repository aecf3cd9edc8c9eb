package body

import (
	"bytes"
	"unicode/utf8"
)

const notTOML Format = ""

// toml reads layer's text from offset from on as TOML (1.1). Keys and the
// headers of tables name what is below them, as in JSON. A line that makes no
// sense is text, and if most make none nothing is emitted and the answer is
// notTOML.
func (b *builder) toml(layer int32, from int, at place) Format {
	if hasBareCR(b.doc.layers[layer].text[from:]) {
		return notTOML
	}
	at.key = None
	s := tomlScanner{root: at, table: at}
	s.start(b, layer, from, at)
	if !s.read(s.line, func() {}) {
		return notTOML
	}
	return TOML
}

type tomlScanner struct {
	lineScanner
	root     place
	table    place          // of what stands below the last header
	elements map[string]int // of arrays of tables, by header; only to follow paths
}

// line reads a header, or a key with its value.
func (s *tomlScanner) line() bool {
	if s.ended() {
		return true
	}
	if s.text[s.pos] == '[' {
		return s.header()
	}
	return s.pair(s.table, 0) && s.ended()
}

// header reads [a.b] or [[a.b]].
func (s *tomlScanner) header() bool {
	start, brackets := s.pos, []byte("]")
	if s.pos++; s.pos < len(s.text) && s.text[s.pos] == '[' {
		brackets = []byte("]]")
		s.pos++
	}
	at, ok := s.keys(s.root)
	if !ok || !bytes.HasPrefix(s.text[s.pos:], brackets) {
		return false
	}
	if len(brackets) == 2 {
		at.key = None // an element is not named by the list's key
		if s.b.skip.active() {
			name := string(s.text[start:s.pos])
			if s.elements == nil {
				s.elements = make(map[string]int)
			}
			at.state = s.b.skip.element(at.state, s.elements[name])
			s.elements[name]++
		}
	}
	s.pos += len(brackets)
	table := place{group: s.b.group(at.group, at.key), key: None, state: at.state}
	if !s.ended() {
		return false
	}
	s.table = table
	return true
}

// keys reads keys with dots between them, and returns the place of what they
// lead to. A value that stands in several of them cannot be replaced, and is a
// doubt.
func (s *tomlScanner) keys(at place) (place, bool) {
	first, whole := s.pos, false
	for parts := 1; ; parts++ {
		s.pos = s.skipBlanks(s.pos)
		start, end, e, ok := s.key()
		if !ok {
			return at, false
		}
		if s.b.skip.active() {
			at.state = s.b.skip.member(at.state, appendDecoded(nil, s.text[start:end], escapes[e]))
		}
		at.key = s.b.key(s.layer, start, end, e, at)
		whole = whole || isWhole(s.text[start:end]) // found where it stands
		s.pos = s.skipBlanks(s.pos)
		if s.pos == len(s.text) || s.text[s.pos] != '.' {
			if raw := s.text[first:s.pos]; parts > 1 && !whole && isWhole(raw) {
				s.b.doc.doubts = append(append(s.b.doc.doubts, raw...), '\n')
			}
			return at, true
		}
		s.pos++
		at.group = s.b.group(at.group, at.key)
	}
}

// key finds one key, and goes behind it.
func (s *tomlScanner) key() (start, end int, e escapeID, ok bool) {
	start = s.pos
	if s.pos < len(s.text) && (s.text[s.pos] == '"' || s.text[s.pos] == '\'') {
		if start, end, e, ok = s.quoted(); ok && bytes.IndexByte(s.text[start:end], '\n') >= 0 {
			ok = false
		}
		return start, end, e, ok
	}
	for s.pos < len(s.text) && isTOMLKey(s.text[s.pos]) {
		s.pos++
	}
	return start, s.pos, tomlKey, s.pos > start
}

// isTOMLKey reports whether a key without quotes may hold c.
func isTOMLKey(c byte) bool { return isAlnum(c) || c == '-' || c == '_' || c >= utf8.RuneSelf }

// pair reads "key = value".
func (s *tomlScanner) pair(at place, depth int) bool {
	at, ok := s.keys(at)
	if !ok || s.pos == len(s.text) || s.text[s.pos] != '=' {
		return false
	}
	s.pos = s.skipBlanks(s.pos + 1)
	return s.value(at, false, depth)
}

// value reads a value of any kind, and goes behind it.
func (s *tomlScanner) value(at place, inList bool, depth int) bool {
	if s.pos == len(s.text) || depth == maxFlow {
		s.fail(s.pos)
		return false
	}
	switch s.text[s.pos] {
	case '"', '\'':
		start, end, e, ok := s.quoted()
		if ok {
			s.b.value(s.layer, start, end, e, Value, at)
		}
		return ok
	case '[':
		return s.array(at, depth)
	case '{':
		if inList {
			at.key = None
		}
		at.group = s.b.group(at.group, at.key)
		return s.inline(at, depth)
	}
	return s.bare(at)
}

// bare reads a number, a date, or a word.
func (s *tomlScanner) bare(at place) bool {
	start := s.pos
	if n := bytes.IndexAny(s.text[start:], ",]}#\n"); n >= 0 {
		s.pos += n
	} else {
		s.pos = len(s.text)
	}
	s.pos = trimSpace(s.text, start, s.pos)
	switch raw := s.text[start:s.pos]; {
	case len(raw) == 0:
		return false
	case isConstant(raw), isNumber(raw) && len(raw) <= 2:
	case !isNumber(raw):
		s.b.value(s.layer, start, s.pos, tomlBare, Value, at)
	case !s.b.skip.skipped(at.state):
		s.b.number(s.layer, start, s.pos, at)
	}
	return true
}

// array reads [value, …] over any number of lines.
func (s *tomlScanner) array(at place, depth int) bool {
	s.pos++
	for index := 0; s.space(); {
		switch s.text[s.pos] {
		case ']':
			s.pos++
			return true
		case ',':
			s.pos++
			index++
		default:
			next := at
			next.state = s.b.skip.element(at.state, index)
			if !s.value(next, true, depth+1) {
				return false
			}
		}
	}
	s.fail(s.pos)
	return false
}

// inline reads {key = value, …}.
func (s *tomlScanner) inline(at place, depth int) bool {
	s.pos++
	for s.space() {
		switch s.text[s.pos] {
		case '}':
			s.pos++
			return true
		case ',':
			s.pos++
		default:
			if !s.pair(at, depth+1) {
				return false
			}
		}
	}
	s.fail(s.pos)
	return false
}

// space skips white space and comments, and reports whether anything follows.
func (s *tomlScanner) space() bool {
	for s.pos = skipSpace(s.text, s.pos, len(s.text)); s.pos < len(s.text) && s.text[s.pos] == '#'; s.pos = skipSpace(s.text, s.pos, len(s.text)) {
		s.note(s.pos + 1)
	}
	return s.pos < len(s.text)
}

// quoted finds the content of a string of any kind, and goes behind it.
func (s *tomlScanner) quoted() (start, end int, e escapeID, ok bool) {
	quote := s.text[s.pos]
	if e = tomlBasic; quote == '\'' {
		e = tomlLiteral
	}
	start = s.pos + 1
	triple := bytes.Repeat([]byte{quote}, 3)
	if !bytes.HasPrefix(s.text[s.pos:], triple) {
		end = start + closingOf(s.text[start:s.endOfLine(start)], triple[:1])
		s.pos = end + 1
		return start, end, e, end >= start
	}
	if start += 2; len(lineBreak(s.text[start:])) > 0 {
		start += len(lineBreak(s.text[start:])) // says nothing
	}
	n := closingOf(s.text[start:], triple)
	if n < 0 {
		s.fail(len(s.text))
		return 0, 0, 0, false
	}
	end = start + n
	for range 2 { // quotes that belong to the text
		if end+3 < len(s.text) && s.text[end+3] == quote {
			end++
		}
	}
	s.pos = end + 3
	return start, end, e, true
}

// closingOf is where a string ends, of which backslashes escape what follows
// if it is in double quotes; -1 if it does not end.
func closingOf(text, quotes []byte) int {
	for at := 0; ; {
		n := bytes.Index(text[at:], quotes)
		if n < 0 {
			return -1
		}
		if quotes[0] == '\'' {
			return n
		}
		i := bytes.IndexByte(text[at:at+n], '\\')
		if i < 0 {
			return at + n
		}
		if at += i + 2; at > len(text) {
			return -1
		}
	}
}
