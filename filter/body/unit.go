package body

import (
	"bytes"
	"unicode/utf8"
)

// Unit is one event, line or element of a stream: a payload, and for an event
// the lines around it.
type Unit struct {
	Raw []byte
	// Event is the name of an event; "" if it has none.
	Event string
	// Record is the payload's tree if it is one JSON value.
	Record *Record
	// Fields are the lines of an event that are not its data, or nil if they
	// hold nothing that anybody could look for.
	Fields *Document
	// Frame is what lies around the payload where that has lengths and
	// checksums; then Raw is the payload alone, decoded. nil elsewhere.
	Frame *Frame
	// Broken: this is no frame. Unread: its payload is nothing that anybody
	// here reads.
	Broken, Unread bool

	// Err says why the fields must not pass; nil in general.
	Err error

	opts    Options
	payload extent
	lines   bool // the payload is written in several lines of data
}

// Empty reports whether the unit has no payload: a comment, a blank line.
func (u *Unit) Empty() bool { return u.payload.start == u.payload.end }

// ReadUnit reads a unit whose payload is raw[start:end].
func ReadUnit(raw []byte, start, end int, o Options) *Unit {
	u := &Unit{Raw: raw, opts: o, payload: extent{uint32(start), uint32(end)}}
	u.read()
	return u
}

// read tells whether the payload is JSON.
func (u *Unit) read() {
	if text := u.Text(); startsJSON(text) || len(bytes.TrimSpace(text)) > 0 && bytes.IndexByte([]byte("-0123456789tfn"), bytes.TrimSpace(text)[0]) >= 0 {
		u.Record = readRecord(text)
	}
}

// Text is the payload without what separates its lines.
func (u *Unit) Text() []byte {
	raw := u.Raw[u.payload.start:u.payload.end]
	if u.lines {
		return appendDecoded(nil, raw, dataLines{})
	}
	return raw
}

// Payload makes the document of the payload. Nodes of strings that are parts
// of longer texts are slots as a whole; slots says which, None if it is empty
// or skipped. lanes are in ascending order. The error is ErrAmbiguous, ErrCharset
// or nil.
func (u *Unit) Payload(lanes []int32) (doc *Document, slots []int32, err error) {
	b, layer := u.builder()
	if u.Record != nil && len(lanes) > 0 {
		b.marks = marks{layer: layer, starts: make([]uint32, len(lanes)), slots: make([]int32, len(lanes))}
		for i, node := range lanes {
			b.marks.starts[i] = u.Record.Nodes[node].value.start
			b.marks.slots[i] = None
		}
	}
	at := place{group: b.group(None, None), key: None}
	if b.logs {
		at.schema = record
	}
	if b.doc.Format = b.json(layer, 0, at, labelledJSON); b.doc.Format == notJSON {
		b.doc.Format = b.lines(layer, 0, at)
	}
	return &b.doc, b.marks.slots, b.err
}

// Whole makes a document of which the payload is the only slot.
func (u *Unit) Whole() *Document {
	b, layer := u.builder()
	b.doc.Format = Text
	at := place{group: b.group(None, None), key: None}
	if text := b.doc.layers[layer].text; !b.skip.skipped(at.state) {
		b.slot(layer, 0, len(text), plain, Value, at)
	}
	return &b.doc
}

// IsMarkup reports whether the payload is a page, or a piece of one: it begins
// and ends with a tag, and something in it is closed.
func (u *Unit) IsMarkup() bool {
	text := u.Text()
	return looksLikeMarkup(text, classNone) && utf8.Valid(text) && !hasControls(text)
}

// Page makes a document of the payload as of a body without a label. readCode
// is as in Hint. The error is one of Parse.
func (u *Unit) Page(readCode bool) (*Document, error) {
	b, layer := u.builder()
	at := place{group: b.group(None, None), key: None}
	readable := utf8.Valid(b.doc.layers[layer].text)
	b.doc.Format = b.read(layer, 0, Hint{ReadCode: readCode}, readable, at)
	return &b.doc, b.err
}

// builder is ready to read the payload, which is a layer.
func (u *Unit) builder() (*builder, int32) {
	b := newBuilder(u.Raw, u.opts)
	var e escape = plainEscape{}
	if u.lines {
		e = dataLines{}
	}
	return b, b.push(0, int(u.payload.start), int(u.payload.end), e)
}

// Skipped reports whether a node is left alone by the options.
func (u *Unit) Skipped(node int32) bool {
	w := newWalker(u.opts.Skip)
	if !w.active() {
		return false
	}
	return w.skipped(u.walk(w, node))
}

func (u *Unit) walk(w *walker, node int32) stateID {
	n := &u.Record.Nodes[node]
	switch {
	case n.Parent == None:
		return stateID(0)
	case u.Record.Nodes[n.Parent].Kind == ObjectNode:
		return w.member(u.walk(w, n.Parent), u.Record.Key(node))
	}
	return w.element(u.walk(w, n.Parent), int(n.Index))
}

// SlotsOf appends the slots of a payload's document that lie in a node.
func (u *Unit) SlotsOf(doc *Document, node int32, dst []int32) []int32 {
	in := u.Record.Nodes[node].value
	for i := range doc.Slots {
		s := &doc.Slots[i]
		start, l := s.start, s.layer
		for l != payloadLayer {
			start, l = doc.layers[l].start, doc.layers[l].parent
		}
		if in.start <= start && start < in.end {
			dst = append(dst, int32(i))
		}
	}
	return dst
}

// Replace makes the cut that writes something else for a whole node that is
// not a string.
func (u *Unit) Replace(node int32, text string) Cut {
	in := u.Record.Nodes[node].value
	start, end := int(in.start), int(in.end)
	if u.lines {
		var at cursor
		start, end = at.locate(u.Raw[u.payload.start:u.payload.end], dataLines{}, start, end)
	}
	return Cut{start + int(u.payload.start), end + int(u.payload.start), []byte(text)}
}

// payloadLayer is that of the payload in its document.
const payloadLayer = 1
