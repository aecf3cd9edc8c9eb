package body

import (
	"math"
	"strconv"
)

// maxPackDepth bounds lists and maps in each other. Real messages are far from
// it, and most readers stop earlier.
const maxPackDepth = 512

// packKind says what an item of a packed format is.
type packKind uint8

const (
	packOther  packKind = iota // nothing to read: true, null, a time
	packNumber                 // an integer, or a number without fraction
	packText                   // text
	packBytes                  // bytes, which may be text
	packList
	packMap
	packTag   // what says something about the next item
	packBreak // the end of what said no size
)

// packItem is what the head of an item says.
type packItem struct {
	kind    packKind
	body    int     // offset of what is behind the head
	size    int     // bytes of text, elements, pairs; -1: until a break
	integer uint64  // of a number, without its sign
	minus   bool    // it is negative
	float   float64 // of a number that is not an integer
	packed  bool    // of bytes: they are an item themselves
}

// packFormat is one way of packing what JSON writes: MessagePack or CBOR.
type packFormat interface {
	// head reads the head of the item at an offset.
	head(text []byte, at int) (packItem, bool)
	// putInteger and putFloat write a number in place of old, in its width
	// where it fits.
	putInteger(dst []byte, v uint64, minus bool, old []byte) []byte
	putFloat(dst []byte, v float64, old []byte) []byte
	// putText writes a string in place of something else.
	putText(dst, text []byte) []byte
	// form is how the heads of strings are written.
	form() lengthForm
}

// packReader reads a sequence of items. A length that lies, an item that ends
// early or a head that nobody knows stops it.
type packReader struct {
	b     *builder
	f     packFormat
	layer int32
	text  []byte
	pos   int
	end   int
	depth int
	// strange is set with a failure that is not the sender's: it is nested
	// deeper than anybody reads.
	strange bool
}

// packSequence reads a layer as items, one behind another. Text is what it
// seems, and not a row of small numbers: then it is not read here.
func (b *builder) packSequence(f packFormat, layer int32, at place) verdict {
	text := b.doc.layers[layer].text
	p := packReader{b: b, f: f, layer: layer, text: text, end: len(text)}
	items, strings := 0, 0
	for p.pos < p.end {
		it, ok := f.head(text, p.pos)
		if !ok {
			return broken
		}
		if it.kind == packNumber && it.body-p.pos == 1 {
			return unread
		}
		if it.kind == packText {
			strings++
		}
		if items++; !p.item(at, Value) {
			if p.strange {
				return unread
			}
			return broken
		}
	}
	if isText(text) && (items > 1 || strings == 0) {
		return unread
	}
	return read
}

// next reads the head of the item at the position, which stays.
func (p *packReader) next() (packItem, bool) {
	if p.pos >= p.end {
		return packItem{}, false
	}
	it, ok := p.f.head(p.text[:p.end], p.pos)
	return it, ok && it.size <= p.end-it.body // an element takes a byte at least
}

// item reads the item at the position, with everything in it.
func (p *packReader) item(at place, kind Kind) bool {
	it, ok := p.next()
	if !ok || it.kind == packBreak {
		return false
	}
	start := p.pos
	p.pos = it.body
	switch it.kind {
	case packNumber:
		p.number(start, it, at)
	case packText, packBytes:
		if it.size < 0 {
			return p.chunks(start, it.kind, at, kind)
		}
		p.pos += it.size
		return p.str(p.layer, it.body, p.pos, it, at, kind, func() {
			p.b.length(p.layer, p.f.form(), start, it.body, it.body, it.body+it.size)
		})
	case packTag, packList, packMap:
		if p.depth == maxPackDepth {
			p.strange = true
			return false
		}
		p.depth++
		switch it.kind {
		case packTag:
			ok = p.item(at, kind)
		case packList:
			ok = p.list(it, at)
		default:
			ok = p.pairs(it, at)
		}
		p.depth--
		return ok
	}
	return true
}

// str reads a string of either kind. What has a length of its own takes note of
// that behind what is in it.
func (p *packReader) str(layer int32, start, end int, it packItem, at place, kind Kind, measured func()) bool {
	if start == end {
		return true
	}
	switch {
	case it.kind == packBytes && p.inner(layer, start, end, it.packed, at):
	case it.kind == packBytes:
		p.b.blob(layer, start, end, at)
	case kind == Key:
		p.b.key(layer, start, end, plain, at)
	default:
		p.b.value(layer, start, end, plain, Value, at)
	}
	measured()
	return true
}

// inner reads bytes that are an item themselves: that are said to be, or begin
// like a list or map, as no text does.
func (p *packReader) inner(layer int32, start, end int, said bool, at place) bool {
	m := p.b.mark()
	q := packReader{b: p.b, f: p.f, layer: layer, text: p.b.doc.layers[layer].text, pos: start, end: end, depth: p.depth + 1}
	it, ok := q.next()
	if !ok || p.depth == maxPackDepth || !said && it.kind != packList && it.kind != packMap || !said && isText(q.text[start:end]) {
		return false
	}
	if q.item(at, Value) && q.pos == end {
		return true
	}
	p.b.reset(m)
	return false
}

// ended reports whether a list or map has no more: by its size, or by a break.
func (p *packReader) ended(it packItem, count int) (ended, ok bool) {
	if it.size >= 0 {
		return count == it.size, true
	}
	next, ok := p.next()
	if ok && next.kind == packBreak {
		p.pos = next.body
		return true, true
	}
	return false, ok
}

func (p *packReader) list(it packItem, at place) bool {
	for i := 0; ; i++ {
		ended, ok := p.ended(it, i)
		if ended || !ok {
			return ok
		}
		inner := at
		inner.state = p.b.skip.element(at.state, i)
		if next, ok := p.next(); ok && next.kind == packMap {
			inner.key = None // as in JSON, a list's key does not name its maps
		}
		if !p.item(inner, Value) {
			return false
		}
	}
}

func (p *packReader) pairs(it packItem, at place) bool {
	at.group = p.b.group(at.group, at.key)
	at.key = None
	for i := 0; ; i++ {
		ended, ok := p.ended(it, i)
		if ended || !ok {
			return ok
		}
		inner := at
		if p.b.skip.active() {
			inner.state = p.b.skip.member(at.state, p.keyText())
		}
		before := len(p.b.doc.Slots)
		if !p.item(inner, Key) {
			return false
		}
		if len(p.b.doc.Slots) > before && p.b.doc.Slots[before].Kind == Key {
			inner.key = int32(before)
		}
		if !p.item(inner, Value) {
			return false
		}
	}
}

// keyText is what the key at the position is called in a path.
func (p *packReader) keyText() []byte {
	it, ok := p.next()
	switch {
	case !ok || it.size < 0:
		return nil
	case it.kind == packText, it.kind == packBytes:
		return p.text[it.body : it.body+it.size]
	case it.kind == packNumber:
		return it.digits(nil)
	}
	return nil
}

// digits appends a number in decimal; nothing if it has a fraction.
func (it *packItem) digits(dst []byte) []byte {
	if it.float != 0 {
		return appendWhole(dst, it.float)
	}
	if it.minus {
		dst = append(dst, '-')
	}
	return strconv.AppendUint(dst, it.integer, 10)
}

// number emits a number that is long enough to be somebody's.
func (p *packReader) number(start int, it packItem, at place) {
	const short = 1e6 // the least number of minInteger digits
	if it.integer < short && math.Abs(it.float) < short || p.b.doc.layers[p.layer].depth >= maxDepth || p.b.skip.skipped(at.state) {
		return
	}
	digits := it.digits(nil)
	if len(digits) < minInteger {
		return
	}
	inner := p.b.pushText(p.layer, start, it.body, whole{packNumberEscape{p.f, it.float != 0}, len(digits)}, digits)
	p.b.slot(inner, 0, len(digits), plain, Number, at)
}

// packNumberEscape: a number of a packed format, written anew as a whole. Where
// a string takes its place, it becomes one.
type packNumberEscape struct {
	f       packFormat
	isFloat bool
}

func (e packNumberEscape) recode(dst, text, old []byte) []byte {
	if e.isFloat {
		if v, err := strconv.ParseFloat(string(text), 64); err == nil {
			return e.f.putFloat(dst, v, old)
		}
	}
	digits, minus := text, len(text) > 0 && text[0] == '-'
	if minus {
		digits = text[1:]
	}
	if v, err := strconv.ParseUint(string(digits), 10, 64); err == nil {
		return e.f.putInteger(dst, v, minus, old)
	}
	return e.f.putText(dst, unquote(text))
}
