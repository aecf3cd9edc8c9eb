package body

import "bytes"

// A Splitter cuts a stream into units, each of which is read by itself. All
// units together are the stream, byte by byte, and where they are cut depends
// on the bytes alone. One splitter belongs to one stream.
type Splitter interface {
	// Next reports how long the first unit of text is, in bytes, or 0 if more
	// of it must come. It is given the same text again, grown, until it has
	// found an end, and then what follows that. last: nothing follows text.
	Next(text []byte, last bool) int
	// Read reads the unit that Next has found.
	Read(raw []byte, o Options) *Unit
}

// Events splits a text/event-stream (HTML, section 9.2): a unit is an event
// with the blank line that ends it, or a blank line too many.
//
// A blank line of "\r" may be that of "\r\n". Behind lines that end in "\r\n"
// its "\n" is waited for, behind others it would be a blank line of its own:
// so no event is held back for a byte that need not come.
type Events struct {
	line  int  // where the line begins that is being looked at
	seen  int  // how far it has been looked at
	crlf  bool // the line before ended in "\r\n"
	later bool // the first event has been read
}

// Next finds the blank line behind an event.
func (s *Events) Next(text []byte, last bool) int {
	for {
		end := s.seen + lineLen(text[s.seen:])
		if s.seen = end; end == len(text) {
			break
		}
		blank, n := end == s.line, lineEndLen(text[end:])
		if blank && !s.crlf {
			n = 1
		} else if text[end] == '\r' && end+1 == len(text) && !last {
			return 0
		}
		s.line, s.seen = end+n, end+n
		if blank {
			return s.end(end + n)
		}
		s.crlf = n == 2
	}
	if last {
		return s.end(len(text))
	}
	return 0
}

func (s *Events) end(n int) int {
	s.line, s.seen = 0, 0
	return n
}

// Read reads an event. Only the first may begin with a byte order mark.
func (s *Events) Read(raw []byte, o Options) *Unit {
	from := 0
	if !s.later {
		from = skipBOM(raw)
	}
	s.later = true
	return readEvent(raw, from, o)
}

// Lines splits what comes line by line: NDJSON, and JSON text sequences
// (RFC 7464), whose records end in a line end too.
type Lines struct {
	seen  int
	later bool // the first line has been read
}

// Next finds the end of a line.
func (s *Lines) Next(text []byte, last bool) int {
	i := bytes.IndexByte(text[s.seen:], '\n')
	n := s.seen + i + 1
	if i < 0 {
		if s.seen = len(text); !last {
			return 0
		}
		n = len(text)
	}
	s.seen = 0
	return n
}

// Read reads a line.
func (s *Lines) Read(raw []byte, o Options) *Unit {
	start, end := 0, len(raw)
	if !s.later {
		start = skipBOM(raw)
	}
	s.later = true
	for start < end && (raw[start] == 0x1E || raw[start] == ' ') {
		start++
	}
	for end > start && (raw[end-1] == '\n' || raw[end-1] == '\r') {
		end--
	}
	return ReadUnit(raw, start, end, o)
}
