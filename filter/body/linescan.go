package body

import "bytes"

// lineScanner is what formats have in common that are written for people: they
// go line by line, with comments, and what makes no sense is still text.
type lineScanner struct {
	b     *builder
	layer int32
	text  []byte
	pos   int
	notes place // of comments and of lines that make no sense

	seen   int     // how far the line that makes no sense was looked at
	wasted int     // bytes looked at in vain
	line   stretch // whose end was searched last
}

func (s *lineScanner) start(b *builder, layer int32, from int, at place) {
	at.key = None
	at.group = b.group(at.group, None)
	s.b, s.layer, s.text, s.pos, s.notes = b, layer, b.doc.layers[layer].text, from, at
}

// fail takes note of how far a look ahead went that was in vain.
func (s *lineScanner) fail(at int) { s.seen = max(s.seen, at) }

// read reads line after line. restart is called when one made no sense. It
// reports false, and emits nothing, if most lines make none or if it would
// have to read everything again and again.
func (s *lineScanner) read(line func() bool, restart func()) bool {
	m := s.b.mark()
	good, bad := 0, 0
	for s.pos < len(s.text) {
		before, start := s.b.mark(), s.pos
		s.seen = 0
		if line() {
			good++
			continue
		}
		s.b.reset(before)
		restart()
		bad++
		s.wasted += max(s.seen, s.pos) - start
		s.pos = start
		if bad > good+2 || s.wasted > 2*len(s.text) {
			s.b.reset(m)
			return false
		}
		eol := s.endOfLine(start)
		s.b.text(s.layer, start, eol, s.notes)
		s.pos = min(eol+1, len(s.text))
	}
	return true
}

// endOfLine is the offset of the next line feed, or of the end. It is asked for
// each of many values in one long line, and remembers its answer.
func (s *lineScanner) endOfLine(at int) int {
	if s.line.start <= at && at <= s.line.end && s.line.end > 0 {
		return s.line.end
	}
	s.line = stretch{at, len(s.text)}
	if i := bytes.IndexByte(s.text[at:], '\n'); i >= 0 {
		s.line.end = at + i
	}
	return s.line.end
}

// skipBlanks is the offset behind blanks and tabs.
func (s *lineScanner) skipBlanks(at int) int {
	for at < len(s.text) && (s.text[at] == ' ' || s.text[at] == '\t') {
		at++
	}
	return at
}

// ended moves over blanks, and over the end of the line and a comment in front
// of it; it reports whether the line ends there.
func (s *lineScanner) ended() bool {
	at := s.skipBlanks(s.pos)
	nl := lineBreak(s.text[at:])
	switch {
	case at == len(s.text), len(nl) > 0:
		s.pos = at + len(nl)
		return true
	case s.text[at] == '#' && (at > s.pos || at == 0 || s.text[at-1] == '\n' || s.text[at-1] == ' '):
		s.note(at + 1)
		return true
	}
	s.pos = at
	return false
}

// note emits a comment that goes to the end of the line.
func (s *lineScanner) note(start int) {
	eol := s.endOfLine(start)
	end := trimSpace(s.text, start, eol)
	if start = skipSpace(s.text, start, end); start < end {
		s.b.value(s.layer, start, end, comment, Value, s.notes)
	}
	s.pos = min(eol+1, len(s.text))
}

// hasBareCR reports whether a carriage return stands without a line feed.
func hasBareCR(text []byte) bool {
	return bytes.Count(text, []byte("\r")) != bytes.Count(text, []byte("\r\n"))
}
