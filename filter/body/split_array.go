package body

// Elements splits one JSON array that is written element by element, as
// Gemini does. A unit is an element with what stands before it.
type Elements struct {
	seen     int // how far has been looked
	start    int // where the element begins
	from     int // where that began which Next has found
	depth    int // of brackets, within the array
	inArray  bool
	inString bool
	escaped  bool // the next character of a string is
	inScalar bool
}

// Next finds the end of an element.
func (s *Elements) Next(text []byte, last bool) int {
	for ; s.seen < len(text); s.seen++ {
		c := text[s.seen]
		switch {
		case s.inString:
			if s.inside(c) && s.depth == 0 {
				return s.end(s.seen + 1)
			}
		case s.inScalar && (c == ',' || c == ']' || c == '}' || c == ' ' || c == '\t' || c == '\r' || c == '\n'):
			return s.end(s.seen)
		case s.inScalar:
		case c == '"':
			s.open()
			s.inString = true
		case c == '{', c == '[':
			if !s.inArray && c == '[' {
				s.inArray = true
				continue
			}
			s.open()
			s.depth++
		case (c == '}' || c == ']') && s.depth > 0:
			if s.depth--; s.depth == 0 {
				return s.end(s.seen + 1)
			}
		case s.depth > 0, c == ',', c == ']', c == ' ', c == '\t', c == '\r', c == '\n':
		default:
			s.open()
			s.inScalar = true
		}
	}
	if last {
		if s.depth == 0 && !s.inString && !s.inScalar {
			s.start = len(text)
		}
		return s.end(len(text))
	}
	return 0
}

// open begins an element, unless one is open.
func (s *Elements) open() {
	if s.depth == 0 {
		s.start = s.seen
	}
}

// inside reads a character of a string and reports whether it ends it.
func (s *Elements) inside(c byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
	case c == '\\':
		s.escaped = true
	case c == '"':
		s.inString = false
		return true
	}
	return false
}

func (s *Elements) end(n int) int {
	*s = Elements{from: s.start, inArray: s.inArray}
	return n
}

// Read reads an element.
func (s *Elements) Read(raw []byte, o Options) *Unit { return ReadUnit(raw, s.from, len(raw), o) }
