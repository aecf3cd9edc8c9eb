package body

import "bytes"

// flow reads what stands in brackets, from the opening one to behind the
// closing one.
func (s *yamlScanner) flow(at place, inList bool, depth int) bool {
	list := s.text[s.pos] == '['
	closing := byte('}')
	if list {
		closing = ']'
	} else {
		if inList {
			at.key = None
		}
		at.group = s.b.group(at.group, at.key)
		at.key = None
	}
	if depth == maxFlow {
		s.fail(s.pos)
		return false
	}
	s.pos++
	element := func(index int) place {
		next := at
		if list {
			next.state = s.b.skip.element(at.state, index)
		}
		return next
	}
	next, index := element(0), 0
	for s.flowSpace() {
		switch c := s.text[s.pos]; {
		case c == closing:
			s.pos++
			return true
		case c == ',':
			s.pos++
			index++
			next = element(index)
		case c == ']' || c == '}':
			s.fail(s.pos)
			return false
		case c == '[' || c == '{':
			if !s.flow(next, list, depth+1) {
				return false
			}
		case c == '&' || c == '!' || c == '*':
			s.word(" \t\r\n,[]{}")
		case c == ':' || c == '?' && blankAt(s.text, s.pos+1):
			s.pos++
		default:
			if !s.flowScalar(&next) {
				return false
			}
		}
	}
	s.fail(len(s.text))
	return false
}

// flowScalar reads a scalar in brackets: a key, which makes at the place of
// its value, or a value.
func (s *yamlScanner) flowScalar(at *place) bool {
	t, ok := s.quoted()
	if !ok {
		return false
	}
	if t.escape == yamlPlain {
		t.escape, t.start, t.end = yamlFlow, s.pos, s.flowPlain(s.pos)
		if t.next = t.end; t.start == t.end {
			s.fail(s.pos)
			return false
		}
	}
	t.next = s.skipBlanks(t.next)
	s.pos = t.next
	if s.pos == len(s.text) || s.text[s.pos] != ':' {
		s.emit(t, *at)
		return true
	}
	at.key = None
	if s.b.skip.active() {
		at.state = s.b.skip.member(at.state, appendDecoded(nil, s.text[t.start:t.end], escapes[t.escape]))
	}
	at.key = s.b.key(s.layer, t.start, t.end, t.escape, *at)
	s.pos++
	return true
}

// flowPlain is where a plain scalar in brackets ends.
func (s *yamlScanner) flowPlain(start int) int {
	end := start
	for at := start; at < len(s.text); at++ {
		switch c := s.text[at]; c {
		case ',', '[', ']', '{', '}':
			return end
		case ':':
			if blankAt(s.text, at+1) || bytes.IndexByte([]byte(",[]{}"), s.text[at+1]) >= 0 {
				return end
			}
		case '#':
			if at > start && blankAt(s.text, at-1) {
				return end
			}
		case ' ', '\t', '\r', '\n':
			if c == '\n' && isMarker(s.text[at+1:]) {
				return end
			}
			continue
		}
		end = at + 1
	}
	return end
}

// flowSpace skips white space and comments, and reports whether anything
// follows.
func (s *yamlScanner) flowSpace() bool {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case '#':
			if s.pos > 0 && !blankAt(s.text, s.pos-1) {
				return true
			}
			s.note(s.pos + 1)
		case '\n':
			s.pos++
			if isMarker(s.text[s.pos:]) {
				return false
			}
		case ' ', '\t', '\r':
			s.pos++
		default:
			return true
		}
	}
	return false
}
