package body

import (
	"bytes"
	"errors"
)

// maxDepth bounds how many layers lie on top of each other. JSON in strings
// to depth 4 may need a layer of charset and of form below; a deeper value is
// inspected as it is written.
const maxDepth = 12

// builder collects the slots of one document.
type builder struct {
	doc  Document
	skip *walker

	picture func([]byte) bool // tells one by its first bytes; nil: none are looked for
	logs    bool              // see Options.Logs
	err     error             // why the body must not pass; nil so far

	parts, nesting int // of multipart: parts so far, and how deep we are
	markups        int // how deep we are in markup within markup
	marks          marks
	decoded        int64 // bytes that compressed stretches may still unpack to
	room           int64 // bytes that layers may still take, those given up again among them
	done           <-chan struct{}
	slots          uint // emitted so far, those given up again among them
}

// Bounds of what all layers of a body may take, in bytes. Honest bodies stay
// far below: a layer is not longer than what it lies on, and few lie on it.
// Without bounds, encodings that turn out to be none at each depth would be
// read twice at the next.
const (
	roomPerByte = 12
	roomAtLeast = 1 << 20
)

// give makes room for layers on so many bytes more.
func (b *builder) give(bytes int) { b.room += roomPerByte * int64(bytes) }

// take takes room for a layer, and stops the body if there is none.
func (b *builder) take(bytes int) {
	const overhead = 64
	if b.room -= int64(bytes) + overhead; b.room < 0 {
		b.fail(ErrExpands)
	}
	b.wait()
}

// wait stops the body if nobody waits for it. A format reads on then, but emits
// nothing and decodes nothing more.
func (b *builder) wait() {
	select {
	case <-b.done:
		b.fail(ErrStopped)
	default:
	}
}

// fail stops the body. The first reason stays.
func (b *builder) fail(err error) {
	if b.err == nil {
		b.err = err
	}
}

// place says where a slot stands.
type place struct {
	group  int32
	key    int32
	state  stateID
	schema *schema // of its protocol; nil where that says nothing
}

// mark is a point to go back to when a format turns out not to fit.
type mark struct{ slots, groups, layers, lengths, sums, doubts, unread, nesting, entries int }

func (b *builder) mark() mark {
	d := &b.doc
	return mark{len(d.Slots), len(d.Groups), len(d.layers), len(d.lengths), len(d.sums), len(d.doubts), d.Unread, b.nesting, len(d.entries)}
}

func (b *builder) reset(m mark) {
	b.doc.Slots = b.doc.Slots[:m.slots]
	b.doc.Groups = b.doc.Groups[:m.groups]
	b.doc.layers = b.doc.layers[:m.layers]
	b.doc.lengths = b.doc.lengths[:m.lengths]
	b.doc.sums = b.doc.sums[:m.sums]
	b.doc.doubts = b.doc.doubts[:m.doubts]
	b.doc.entries = b.doc.entries[:m.entries]
	b.doc.Unread, b.nesting = m.unread, m.nesting
}

// retract goes back to before a reading that failed where another way is left.
// That there was no room or no time for it stays: what it holds is not known.
func (b *builder) retract(m mark, before error) {
	b.reset(m)
	if !errors.Is(b.err, ErrExpands) && !errors.Is(b.err, ErrStopped) {
		b.err = before
	}
}

func (b *builder) group(parent, key int32) int32 {
	b.doc.Groups = append(b.doc.Groups, Group{Parent: parent, Key: key})
	return int32(len(b.doc.Groups) - 1)
}

// slotsPerWait is after how many slots is looked whether anybody waits.
const slotsPerWait = 1 << 10

func (b *builder) slot(layer int32, start, end int, e escapeID, k Kind, at place) int32 {
	if b.slots++; b.slots%slotsPerWait == 0 {
		b.wait()
	}
	b.doc.Slots = append(b.doc.Slots, Slot{
		start: uint32(start), end: uint32(end), layer: layer,
		Group: at.group, Key: at.key, Kind: k, escape: e,
	})
	return int32(len(b.doc.Slots) - 1)
}

// push decodes a range of a layer into a layer of its own.
func (b *builder) push(parent int32, start, end int, e escape) int32 {
	p := &b.doc.layers[parent]
	raw := p.text[start:end]
	text := raw
	if e != escapes[plain] {
		text = appendDecoded(make([]byte, 0, len(raw)), raw, e)
	}
	b.take(len(raw))
	b.doc.layers = append(b.doc.layers, layer{
		text: text, parent: parent, depth: p.depth + 1,
		start: uint32(start), end: uint32(end), escape: e,
	})
	return int32(len(b.doc.layers) - 1)
}

// value emits the range of a value as a slot, or, if what it says is itself
// written in a format or an escape, the slots of that.
func (b *builder) value(layer int32, start, end int, e escapeID, k Kind, at place) {
	if start == end || b.err != nil || b.skip.skipped(at.state) {
		return
	}
	l := &b.doc.layers[layer]
	raw := l.text[start:end]
	asWritten := e == plain || e == jsonString && bytes.IndexByte(raw, '\\') < 0
	code := b.may64(raw)
	if l.depth < maxDepth && (mayNest(raw, e) || k == Value && b.holdsGraphQL(raw, at) || code && !asWritten || e == jsonString && bytes.Contains(raw, []byte(`\/`))) {
		m := b.mark()
		if b.nested(b.push(layer, start, end, escapes[e]), k, at) {
			return
		}
		b.reset(m)
	}
	if code && asWritten && b.base64(layer, start, end, e, k, at) {
		return
	}
	b.slot(layer, start, end, e, k, at)
}

// key emits the key or name that leads to a place, through escapes but not
// as JSON, and returns its slot: None if it is empty or skipped.
func (b *builder) key(layer int32, start, end int, e escapeID, at place) int32 {
	before := len(b.doc.Slots)
	at.key = None
	b.value(layer, start, end, e, Key, at)
	if len(b.doc.Slots) == before {
		return None
	}
	return int32(before)
}

// minName is the length, in bytes, from which a name with a digit in it may be
// somebody's number.
const minName = 8

// name emits a name of markup. It cannot be replaced, since it is written
// twice and must be a name: one that holds a value is a doubt.
func (b *builder) name(layer int32, start, end int, at place) int32 {
	raw := b.doc.layers[layer].text[start:end]
	if b.skip.skipped(at.state) {
		return None
	}
	if len(raw) >= minName && bytes.ContainsAny(raw, "0123456789@") {
		b.doc.doubts = append(append(b.doc.doubts, raw...), '\n')
	}
	at.key = None
	return b.slot(layer, start, end, plain, Name, at)
}

// literal emits a JSON string without escapes, the commonest value of all.
func (b *builder) literal(layer int32, start, end int, at place) {
	raw := b.doc.layers[layer].text[start:end]
	if startsJSON(raw) || encoded(raw) || b.may64(raw) || b.holdsGraphQL(raw, at) {
		b.value(layer, start, end, jsonString, Value, at)
	} else if start < end && !b.skip.skipped(at.state) {
		b.slot(layer, start, end, jsonString, Value, at)
		b.doc.Slots[len(b.doc.Slots)-1].literal = true
	}
}

// nested looks through the text of a fresh layer: JSON, broken or quoted
// JSON, percent-encoding. It reports false if the text is just text.
func (b *builder) nested(layer int32, k Kind, at place) bool {
	text := b.doc.layers[layer].text
	if softWrapped(text) {
		b.value(layer, 0, len(text), quotedLoose, k, at)
		return true
	}
	if k != Line {
		at.schema = nil // a string of JSON is no part of what is around it
	}
	if (k == Value || k == Line) && startsJSON(text) && b.json(layer, 0, at, nestedJSON) != notJSON {
		return true
	}
	if k == Value && b.holdsGraphQL(text, at) && b.graphql(layer, 0, at) != notGraphQL {
		return true
	}
	switch {
	case hasJSONEscape(text):
		b.value(layer, 0, len(text), looseJSON, k, at)
	case hasPercent(text):
		b.value(layer, 0, len(text), percent, k, at)
	case hasReference(text):
		b.value(layer, 0, len(text), entity, k, at)
	case hasQuoted(text):
		b.value(layer, 0, len(text), quotedLoose, k, at)
	default:
		return b.base64(layer, 0, len(text), plain, k, at)
	}
	return true
}

// text emits a whole stretch of a layer that no format claims.
func (b *builder) text(layer int32, start, end int, at place) {
	raw := b.doc.layers[layer].text[start:end]
	if len(bytes.TrimSpace(raw)) == 0 || b.skip.skipped(at.state) {
		return
	}
	// Broken JSON hides "\u0065lena@…" from plain eyes, not from the
	// lenient parser behind us.
	broken := startsJSON(raw) && bytes.IndexByte(raw, '\\') >= 0
	switch {
	case softWrapped(raw):
		b.value(layer, start, end, quotedLoose, Value, at)
	case broken, hasJSONEscape(raw):
		b.value(layer, start, end, looseJSON, Value, at)
	case hasPercent(raw):
		b.value(layer, start, end, percent, Value, at)
	case hasReference(raw):
		b.value(layer, start, end, entity, Value, at)
	case hasQuoted(raw):
		b.value(layer, start, end, quotedLoose, Value, at)
	default:
		if !b.base64(layer, start, end, plain, Value, at) {
			b.slot(layer, start, end, plain, Value, at)
		}
	}
}

// mayNest is the cheap question before a range is decoded: can nested find
// anything in it?
func mayNest(raw []byte, e escapeID) bool {
	if encoded(raw) {
		return true
	}
	if startsJSON(raw) {
		return true
	}
	if e != jsonString && e != looseJSON {
		return hasJSONEscape(raw)
	}
	// An escaped backslash may begin an escape of its own, and any ASCII
	// character may be written as \u00XX or \xXX.
	return bytes.IndexByte(raw, '\\') >= 0 &&
		(bytes.Contains(raw, []byte(`\\`)) || bytes.Contains(raw, []byte(`=\n`)) || bytes.Contains(raw, []byte(`=\r\n`)) || bytes.Contains(raw, []byte(`\u00`)) || e == looseJSON && hasLooseEscape(raw))
}

// startsJSON reports whether text begins like a JSON container or string,
// or like one behind an escaped line break.
func startsJSON(text []byte) bool {
	for i, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', 0x1E:
		case '{', '[', '"':
			return true
		case '\\':
			return i+1 < len(text) && (text[i+1] == '"' || text[i+1] == 'n' || text[i+1] == 'r' || text[i+1] == 't')
		default:
			return false
		}
	}
	return false
}

// hasLooseEscape reports whether text holds \xHH, \u{H…} or \UXXXXXXXX.
func hasLooseEscape(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return false
		}
		if _, n := looseRune(text[i:]); n > 0 {
			return true
		}
		text = text[i+1:]
	}
}

// hasJSONEscape reports whether text shows an escape that prose and Windows
// paths do not have: \uXXXX, \/, \", those of lenient readers, or a backslash
// before what addresses and numbers are made of (Markdown's "lena\_m\@…").
func hasJSONEscape(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 || i+1 == len(text) {
			return false
		}
		switch text[i+1] {
		case '"', '/', '@', '.', '_', '-', '+':
			return true
		case 'r', 'n': // a line that goes on, in quoted-printable
			if i > 0 && text[i-1] == '=' {
				return true
			}
		case 'u':
			if _, ok := hex4(text[i:]); ok {
				return true
			}
		}
		if _, n := looseRune(text[i:]); n > 0 {
			return true
		}
		text = text[i+1:]
	}
}

// encoded reports whether text holds percent-encoding, character references or
// quoted-printable.
func encoded(text []byte) bool {
	const short = 48 // bytes up to which one loop is quicker than two searches
	if len(text) <= short {
		for _, c := range text {
			if c == '%' || c == '&' || c == '=' {
				return hasPercent(text) || hasReference(text) || hasQuoted(text)
			}
		}
		return false
	}
	return hasPercent(text) || hasReference(text) || hasQuoted(text)
}

// hasPercent reports whether text holds %XX or %uXXXX.
func hasPercent(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '%')
		if i < 0 {
			return false
		}
		if _, ok := hex2(text[i:]); ok {
			return true
		}
		if _, ok := percentU(text[i:]); ok {
			return true
		}
		text = text[i+1:]
	}
}
