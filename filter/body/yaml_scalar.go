package body

import "bytes"

// yamlToken is a scalar.
type yamlToken struct {
	start, end int // of its content
	next       int // what stands behind it, and behind blanks
	escape     escapeID
}

// scalar finds the scalar at the position. Only as a key it must end in its
// line; a plain one goes on in lines that stand further in.
func (s *yamlScanner) scalar(asKey bool) (yamlToken, bool) {
	t, ok := s.quoted()
	if !ok {
		return t, false
	}
	if t.escape == yamlPlain {
		if bytes.IndexByte([]byte("[]{}|>"), s.text[s.pos]) >= 0 {
			return t, false
		}
		end, key := s.plainLine(s.pos)
		if key != asKey {
			return t, false
		}
		if !asKey {
			end = s.plainLines(end)
		}
		t.start, t.end, t.next = s.pos, end, end
		if t.end == t.start {
			return t, false
		}
	} else if asKey && bytes.IndexByte(s.text[t.start:t.end], '\n') >= 0 {
		return t, false
	}
	t.next = s.skipBlanks(t.next)
	return t, true
}

// quoted finds the scalar in quotes at the position; escape is yamlPlain if
// there is none.
func (s *yamlScanner) quoted() (t yamlToken, ok bool) {
	t.escape = yamlPlain
	if s.pos == len(s.text) {
		return t, true
	}
	end := 0
	switch s.text[s.pos] {
	case '"':
		t.escape, end = yamlDouble, closingQuote(s.text, s.pos+1, '"')
	case '\'':
		t.escape, end = yamlSingle, closingApostrophe(s.text, s.pos+1)
	default:
		return t, true
	}
	if end < 0 {
		s.fail(len(s.text))
		return t, false
	}
	t.start, t.end, t.next = s.pos+1, end, end+1
	return t, true
}

// closingQuote is where a string ends in which a backslash escapes; -1 if it
// does not.
func closingQuote(text []byte, at int, quote byte) int {
	for at < len(text) {
		i := bytes.IndexAny(text[at:], `\`+string(rune(quote)))
		if i < 0 {
			return -1
		}
		at += i
		if text[at] == quote {
			return at
		}
		at += 2
	}
	return -1
}

// closingApostrophe is where a string ends in which two of them are one.
func closingApostrophe(text []byte, at int) int {
	for {
		i := bytes.IndexByte(text[at:], '\'')
		if i < 0 {
			return -1
		}
		at += i
		if at+1 == len(text) || text[at+1] != '\'' {
			return at
		}
		at += 2
	}
}

// plainLine is where a plain scalar ends in its line, and whether it is a key.
func (s *yamlScanner) plainLine(at int) (end int, key bool) {
	start, eol := at, s.endOfLine(at)
	for ; at < eol; at++ {
		switch s.text[at] {
		case ':':
			if blankAt(s.text, at+1) {
				return start + len(bytes.TrimRight(s.text[start:at], " \t")), true
			}
		case '#':
			if at > start && (s.text[at-1] == ' ' || s.text[at-1] == '\t') {
				return start + len(bytes.TrimRight(s.text[start:at], " \t")), false
			}
		}
	}
	return start + len(bytes.TrimRight(s.text[start:eol], " \t\r")), false
}

// plainLines is where a plain scalar ends that may go on behind end.
func (s *yamlScanner) plainLines(end int) int {
	for {
		if at := s.skipBlanks(end); at < len(s.text) && s.text[at] != '\n' && s.text[at] != '\r' {
			return end // a comment
		}
		at := end
		var line int
		for { // over empty lines
			if line = s.endOfLine(at) + 1; line >= len(s.text) {
				return end
			}
			if at = s.skipBlanks(line); at == len(s.text) || s.text[at] != '\n' && s.text[at] != '\r' {
				break
			}
		}
		if at == len(s.text) || at-line <= s.top().col || s.text[at] == '#' || at == line && isMarker(s.text[at:]) {
			return end
		}
		next, key := s.plainLine(at)
		if key {
			return end
		}
		end = next
	}
}

// literal reads a block scalar: its header, and the lines that stand further
// in than what it is in.
func (s *yamlScanner) literal(at place) bool {
	folded := s.text[s.pos] == '>'
	s.pos++
	deeper := 0
	for n := 0; n < 2 && s.pos < len(s.text); n++ {
		if c := s.text[s.pos]; c == '+' || c == '-' {
			s.pos++
		} else if '1' <= c && c <= '9' {
			deeper = int(c - '0')
			s.pos++
		}
	}
	if s.pos < len(s.text) && !blankAt(s.text, s.pos) || !s.ended() {
		return false
	}
	outer := s.top().col
	indent := 0
	if deeper > 0 {
		indent = max(outer, 0) + deeper
	}
	first, end := -1, s.pos
	for line := s.pos; line < len(s.text); {
		eol := s.endOfLine(line)
		at := line
		for at < eol && s.text[at] == ' ' {
			at++
		}
		if len(bytes.TrimSpace(s.text[at:eol])) > 0 {
			if first < 0 && deeper == 0 {
				indent = at - line
			}
			if at-line < indent || indent <= outer || at == line && isMarker(s.text[at:]) {
				break
			}
			if first < 0 {
				first = line + indent
			}
			end = line + len(bytes.TrimRight(s.text[line:eol], "\r"))
		}
		line = eol + 1
		s.pos = min(line, len(s.text))
	}
	if first >= 0 {
		inner := s.b.push(s.layer, first, end, yamlBlock{indent, folded})
		s.b.value(inner, 0, len(s.b.doc.layers[inner].text), plain, Value, at)
	}
	return true
}
