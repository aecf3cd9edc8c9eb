package body

import "bytes"

// readEvent reads one event of a text/event-stream (HTML, section 9.2), which
// begins at an offset: the lines of its data are the payload.
func readEvent(raw []byte, from int, o Options) *Unit {
	u := &Unit{Raw: raw, opts: o}
	var fields *builder
	first := true
	for at := from; at < len(raw); {
		end := at + lineLen(raw[at:])
		name, value := eventField(raw[at:end])
		value += at
		switch {
		case name == "data" && first:
			u.payload, first = extent{uint32(value), uint32(end)}, false
		case name == "data":
			u.payload.end, u.lines = uint32(end), true
		default:
			if name == "event" {
				u.Event = string(raw[value:end])
			}
			if mayIdentify(raw[at:end]) {
				if fields == nil {
					fields = newBuilder(raw, Options{})
					fields.doc.Format = Text
					fields.group(None, None)
				}
				fields.line(at, end)
			}
		}
		at = end + lineEndLen(raw[end:])
	}
	if fields != nil {
		u.Fields, u.Err = &fields.doc, fields.err
	}
	u.read()
	return u
}

// line emits a line of an event that is not data. Its name is a part of it:
// any name may stand there, and "tel:5551234567" is one.
func (b *builder) line(start, end int) { b.text(0, start, end, place{group: 0, key: None}) }

// mayIdentify reports whether a line holds anything but a word or two: the names
// of events behind that of their field, and the pings that keep a connection
// alive. Two words of a comment may be somebody's name.
func mayIdentify(line []byte) bool {
	words, most := 0, 2
	if len(line) > 0 && line[0] == ':' {
		most = 1
	}
	for i, c := range line {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', c == '_', c == '-', c == '.':
			if i == 0 || line[i-1] == ' ' || line[i-1] == ':' {
				words++
			}
		case c == ' ', c == ':':
		default:
			return true
		}
	}
	return words > most
}

func skipBOM(raw []byte) int {
	if bytes.HasPrefix(raw, []byte("\xEF\xBB\xBF")) {
		return 3
	}
	return 0
}

// lineLen is the length of the first line without its end.
func lineLen(text []byte) int {
	for i, c := range text {
		if c == '\n' || c == '\r' {
			return i
		}
	}
	return len(text)
}

// lineEndLen is the length of the line end that text begins with.
func lineEndLen(text []byte) int {
	switch {
	case len(text) == 0 || text[0] != '\n' && text[0] != '\r':
		return 0
	case len(text) > 1 && text[0] == '\r' && text[1] == '\n':
		return 2
	}
	return 1
}

// eventField is the name of a line and where its value begins.
func eventField(line []byte) (name string, value int) {
	colon := bytes.IndexByte(line, ':')
	if colon < 0 {
		return string(line), len(line)
	}
	value = colon + 1
	if value < len(line) && line[value] == ' ' {
		value++
	}
	return string(line[:colon]), value
}

// dataLines: the data of an event that is written in several lines. From one
// to the next leads a line end with whatever lines lie between.
type dataLines struct{}

func (dataLines) unit(raw []byte) unit {
	if n := lineLen(raw[:min(len(raw), literalMax)]); n > 0 {
		return literal(n)
	}
	for at := lineEndLen(raw); ; {
		end := at + lineLen(raw[at:])
		name, value := eventField(raw[at:end])
		if name == "data" {
			return decodedByte(at+value, '\n')
		}
		if end == len(raw) {
			return unit{raw: end}
		}
		at = end + lineEndLen(raw[end:])
	}
}

func (dataLines) appendEscaped(dst, text, replaced []byte) []byte {
	end := "\n"
	if n := lineLen(replaced); n < len(replaced) {
		end = string(replaced[n : n+lineEndLen(replaced[n:])])
	}
	for {
		line, rest, more := bytes.Cut(text, []byte("\n"))
		dst = append(dst, line...)
		if !more {
			return dst
		}
		dst = append(append(dst, end...), "data: "...)
		text = rest
	}
}
