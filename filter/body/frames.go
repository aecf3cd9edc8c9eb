package body

import (
	"encoding/binary"
	"hash/crc32"
	"strings"
)

// Frames splits application/vnd.amazon.eventstream (Smithy's "Amazon Event
// Stream" specification): each unit is a message with its lengths and
// checksums.
type Frames struct{}

// Parts of a frame, in bytes: its lengths and their checksum, and what it is
// long without headers and payload.
const (
	framePrelude = 12
	frameLeast   = framePrelude + sumSize
)

// Next finds the end of a frame by its length. One that is too short for a
// frame is given to Read, which says so.
func (*Frames) Next(text []byte, last bool) int {
	if len(text) >= 4 {
		switch n := uint64(binary.BigEndian.Uint32(text)); {
		case n < frameLeast:
			return len(text)
		case n <= uint64(len(text)):
			return int(n)
		}
	}
	if last {
		return len(text)
	}
	return 0
}

// Frame is what lies around the payload of a unit.
type Frame struct {
	// Doc holds what is to be looked at outside of the payload. One slot of it
	// is the payload, in the form in which it travels.
	Doc     *Document
	Payload int32
	encode  recoding // of the payload, if that is encoded; nil otherwise
	raw     []byte
	form    []byte // the payload as it travels
}

// Read reads a frame. One that is broken is a unit that says so.
func (*Frames) Read(raw []byte, o Options) *Unit {
	u := &Unit{opts: o}
	b := newBuilder(raw, Options{})
	f := &frameReader{b: b, raw: raw, at: place{group: b.group(None, None), key: None}}
	if !f.read() || b.err != nil {
		u.Broken = true
		return u
	}
	u.Event, u.Raw = f.event, raw[f.payload.start:f.payload.end]
	u.Frame = &Frame{raw: raw, Doc: &b.doc, Payload: f.slot, form: u.Raw, encode: f.encode}
	if f.encode != nil {
		u.Raw = f.decoded
	}
	u.Unread = !isText(u.Raw)
	u.payload = extent{0, uint32(len(u.Raw))}
	if !u.Unread {
		u.read()
	}
	return u
}

// Write returns the frame with edits of what lies around its payload and, if
// that has changed, with another payload; nil if it can no longer be written.
func (f *Frame) Write(payload []byte, changed bool, around []Edit) []byte {
	if !changed {
		return f.Doc.Splice(around)
	}
	if f.encode != nil {
		payload = f.encode.recode(nil, payload, f.form)
	}
	return f.Doc.Splice(append([]Edit{{Slot: f.Payload, Start: 0, End: len(f.form), Text: payload}}, around...))
}

// Raw is the frame as it came.
func (f *Frame) Raw() []byte { return f.raw }

// frameReader reads one frame.
type frameReader struct {
	b       *builder
	raw     []byte
	at      place
	event   string
	payload stretch
	slot    int32 // of the payload
	encode  recoding
	decoded []byte
}

func (f *frameReader) read() bool {
	raw := f.raw
	if len(raw) < frameLeast || uint64(binary.BigEndian.Uint32(raw)) != uint64(len(raw)) {
		return false
	}
	headers, end := uint64(binary.BigEndian.Uint32(raw[4:])), len(raw)-sumSize
	if headers > uint64(end-framePrelude) || !sumIs(raw, framePrelude-sumSize) || !sumIs(raw, end) {
		return false
	}
	f.payload = stretch{framePrelude + int(headers), end}
	for pos := framePrelude; pos < f.payload.start; {
		n := f.header(pos)
		if n < 0 {
			return false
		}
		pos = n
	}
	behind := f.payload.start
	f.around()
	b := f.b
	b.length(0, fixed32, 4, 8, framePrelude, behind)
	b.length(0, fixed32, 0, 4, 0, len(raw))
	b.sum(0, 0, framePrelude-sumSize)
	b.sum(0, 0, end)
	return true
}

func sumIs(raw []byte, at int) bool {
	return crc32.ChecksumIEEE(raw[:at]) == binary.BigEndian.Uint32(raw[at:])
}

// Types of headers.
const (
	headerFalse, headerBytes, headerString, headerTime, headerUUID = 1, 6, 7, 8, 9
)

// headerSizes are the sizes of what has no length of its own: true, false, and
// integers of 1, 2, 4 and 8 bytes.
var headerSizes = []int{0, 0, 1, 2, 4, 8}

// header reads the header at an offset and returns where the next one begins;
// -1 if there is none.
func (f *frameReader) header(pos int) int {
	raw, end := f.raw, f.payload.start
	name := pos + 1
	start := name + int(raw[pos])
	if start == name || start >= end {
		return -1
	}
	at := f.at
	at.key = f.b.key(0, name, start, plain, f.at)
	f.b.length(0, fixed8, pos, name, name, start)
	kind := int(raw[start])
	start++
	switch {
	case kind < len(headerSizes):
		start += headerSizes[kind]
	case kind == headerTime:
		start += 8
	case kind == headerUUID:
		start += 16
	case kind == headerBytes, kind == headerString:
		if start+2 > end {
			return -1
		}
		from := start + 2
		to := from + int(binary.BigEndian.Uint16(raw[start:]))
		if to > end {
			return -1
		}
		f.value(kind, string(raw[name:name+int(raw[pos])]), from, to, at)
		f.b.length(0, fixed16, start, from, from, to)
		start = to
	default:
		return -1
	}
	if start > end {
		return -1
	}
	return start
}

// value reads a header that is a string or bytes. What the protocol tells
// itself stays: the names of events, and types.
func (f *frameReader) value(kind int, name string, from, to int, at place) {
	text := f.raw[from:to]
	switch {
	case kind == headerBytes:
		f.b.blob(0, from, to, at)
	case strings.HasPrefix(name, ":") && name != ":exception-message" && name != ":error-message" && isProtocolWord(text):
		if name == ":event-type" || name == ":exception-type" {
			f.event = string(text)
		}
	default:
		f.b.value(0, from, to, plain, Value, at)
	}
}

// isProtocolWord reports whether text is a word of a protocol: the name of an
// event, a media type.
func isProtocolWord(text []byte) bool {
	for _, c := range text {
		if (c|0x20 < 'a' || c|0x20 > 'z') && strings.IndexByte("-/.+_;=0123456789", c) < 0 {
			return false
		}
	}
	digits := 0
	for _, c := range text {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return len(text) <= 64 && digits < minSuspect
}

// around emits the payload as one slot: or, where Bedrock wraps an event of a
// model, {"bytes": base64, "p": padding}, that of the base64 and what stands
// around it.
func (f *frameReader) around() {
	b, p := f.b, f.payload
	if p.start == p.end {
		f.slot = b.slot(0, p.start, p.end, plain, Value, f.at)
		return
	}
	r := readRecord(f.raw[p.start:p.end])
	if r == nil || r.Nodes[0].Kind != ObjectNode || len(r.Nodes) > maxWrapped || f.wrapped(r) == None {
		f.slot = b.slot(0, p.start, p.end, plain, Value, f.at)
		return
	}
	inner := f.wrapped(r)
	for i := range r.Nodes {
		n := &r.Nodes[i]
		start, end := p.start+int(n.value.start), p.start+int(n.value.end)
		switch at := f.at; {
		case int32(i) == inner:
			f.slot = b.slot(0, start, end, plain, Value, at)
		case i > 0 && !IsPadding(f.raw[start:end]):
			at.key = b.key(0, p.start+int(n.key.start), p.start+int(n.key.end), jsonString, at)
			if n.Kind == StringNode {
				b.value(0, start, end, jsonString, Value, at)
			} else {
				b.value(0, start, end, plain, Value, at)
			}
		}
	}
	n := &r.Nodes[inner]
	p.start, p.end = p.start+int(n.value.start), p.start+int(n.value.end)
	code, _ := readBase64(f.raw[p.start:p.end])
	f.payload, f.encode = p, code
	f.decoded = appendDecoded(nil, f.raw[p.start:p.end], code)
}

// maxWrapped is how many values such an object has at most, with itself.
const maxWrapped = 4

// wrapped is the node of the base64, if there is one that says text; None
// otherwise, also if there are several.
func (f *frameReader) wrapped(r *Record) (node int32) {
	node = None
	for i := range r.Nodes {
		n := &r.Nodes[i]
		if i > 0 && n.Kind <= ArrayNode {
			return None
		}
		if i == 0 || string(r.Key(int32(i))) != "bytes" {
			continue
		}
		raw := r.text[n.value.start:n.value.end]
		code, ok := readBase64(raw)
		if node != None || n.Kind != StringNode || !ok || len(raw) == 0 || !isText(appendDecoded(nil, raw, code)) {
			return None
		}
		node = int32(i)
	}
	return node
}

// IsPadding recognises the padding of Bedrock's events, the beginning of one
// long word.
func IsPadding(text []byte) bool {
	const all = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	return strings.HasPrefix(all, string(text))
}
