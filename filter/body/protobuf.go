package body

import (
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// maxProtoDepth bounds messages in messages. It is where most readers stop;
// real telemetry is less than half as deep.
const maxProtoDepth = 100

// protoReader reads one message with everything in it. It is strict: what a
// receiver may read in another way is refused, and what we do not know is read
// as what it can be.
type protoReader struct {
	b     *builder
	layer int32
	text  []byte
	depth int
	// strange is set with a failure that is not the sender's: the message is
	// well formed, as far as it was read, but of a shape that nobody declared.
	strange bool
	// strings counts fields of variable length: a message without any holds
	// nothing to read.
	strings int
}

// message reads the range of a message. It reports false if it cannot.
func (p *protoReader) message(m *protoMessage, start, end int, at place) bool {
	if p.depth == maxProtoDepth {
		p.strange = true
		return false
	}
	p.depth++
	defer func() { p.depth-- }()
	if !m.inline {
		at.group = p.b.group(at.group, at.key)
		at.key = None
	}
	k := protoKeyed{key: at.key, mark: p.b.mark()}
	var counts [maxProtoFields]int
	for pos := start; pos < end; {
		number, wire, n := consumeTag(p.text[pos:end])
		if n < 0 {
			return false
		}
		f := protoField{}
		if int(number) < len(m.fields) {
			f = m.fields[number]
		}
		inner := at
		inner.key = k.key
		if p.b.skip.active() {
			inner.state = p.state(at.state, &f, number, &counts)
		}
		next, ok := p.field(&f, number, wire, protoRange{pos, pos + n, end}, inner, &k)
		if !ok {
			return false
		}
		pos = next
	}
	k.apply(&p.b.doc, at)
	return true
}

// state follows the paths to leave alone, by the names of the JSON mapping.
func (p *protoReader) state(s stateID, f *protoField, number protowire.Number, counts *[maxProtoFields]int) stateID {
	name := f.name
	if name == "" {
		name = strconv.Itoa(int(number))
	}
	s = p.b.skip.member(s, []byte(name))
	if f.list && number < maxProtoFields {
		s = p.b.skip.element(s, counts[number])
		counts[number]++
	}
	return s
}

// protoRange is where a field stands: its tag, what is behind that, and the
// end of the message.
type protoRange struct{ tag, value, end int }

// field reads one field, and returns where the next one begins.
func (p *protoReader) field(f *protoField, number protowire.Number, wire protowire.Type, r protoRange, at place, k *protoKeyed) (next int, ok bool) {
	if wire == protowire.BytesType {
		return p.delimited(f, r, at, k)
	}
	n := protowire.ConsumeFieldValue(number, wire, p.text[r.value:r.end])
	if n < 0 {
		return 0, false
	}
	if wire == protowire.StartGroupType { // no schema of ours has groups
		p.strange = true
		return 0, false
	}
	next = r.value + n
	switch f.kind {
	case protoUnknown:
	case protoNumber, protoInteger, protoDouble:
		p.strange = wire != f.wire
	case protoEither:
		p.strange = wire != protowire.VarintType
	default:
		p.strange = true
	}
	if !p.strange && (f.kind == protoInteger || f.kind == protoDouble) {
		p.b.protoNumber(p.layer, r.tag, next, f.kind, at)
	}
	return next, !p.strange
}

// delimited reads a field with a length.
func (p *protoReader) delimited(f *protoField, r protoRange, at place, k *protoKeyed) (next int, ok bool) {
	size, n := consumeLength(p.text[r.value:r.end])
	if n < 0 {
		return 0, false
	}
	start := r.value + n
	end := start + size
	p.strings++
	switch f.kind {
	case protoUnknown:
		ok = p.unknown(start, end, at)
	case protoText:
		p.b.value(p.layer, start, end, plain, Value, at)
		ok = true
	case protoLabel:
		p.b.key(p.layer, start, end, plain, at)
		ok = true
	case protoLabels:
		p.b.lokiLabels(p.layer, start, end, at)
		ok = true
	case protoKey:
		k.found(p.b.key(p.layer, start, end, plain, at))
		ok = true
	case protoID:
		if ok = true; size != f.bytes {
			p.b.blob(p.layer, start, end, at)
		} else {
			p.b.doubt(p.text[start:end])
		}
	case protoBytes:
		p.b.blob(p.layer, start, end, at)
		ok = true
	case protoInner, protoEither:
		ok = p.message(f.of, start, end, at)
	case protoNumber:
		ok = f.list && p.packed(f.wire, start, end)
		p.strange = p.strange || !f.list
	default:
		p.strange = true
	}
	if ok && size > 0 {
		p.b.length(p.layer, varint, r.value, start, start, end)
	}
	return end, ok
}

// packed checks a list of numbers.
func (p *protoReader) packed(wire protowire.Type, start, end int) bool {
	for pos := start; pos < end; {
		n := protowire.ConsumeFieldValue(1, wire, p.text[pos:end])
		if n < 0 {
			return false
		}
		pos += n
	}
	p.b.doubt(p.text[start:end])
	return true
}

// unknown reads a field that nobody declared, as what it can be: a message
// with strings in it, or text. What is neither could hold anything.
func (p *protoReader) unknown(start, end int, at place) bool {
	if start == end {
		return true
	}
	raw := p.text[start:end]
	before, m, text := p.strings, p.b.mark(), isText(raw)
	if p.message(anyMessage, start, end, at) && (!text || p.strings > before) {
		if text && len(p.b.doc.Slots)-m.slots > 1 {
			p.b.doubt(raw) // a value may go over the tag between two strings
		}
		return true
	}
	p.b.reset(m)
	p.strange = !text
	if text {
		p.b.value(p.layer, start, end, plain, Value, at)
	}
	return text
}

// protoKeyed remembers the key of a message that names its value. A receiver
// goes by the last one, wherever it stands.
type protoKeyed struct {
	key  int32
	mark mark
	told bool
}

func (k *protoKeyed) found(slot int32) {
	if slot != None {
		k.key, k.told = slot, true
	}
}

// apply gives the key to the values that stand before it.
func (k *protoKeyed) apply(d *Document, at place) {
	if !k.told {
		return
	}
	for i := k.mark.slots; i < len(d.Slots); i++ {
		if s := &d.Slots[i]; s.Group == at.group && s.Kind != Key {
			s.Key = k.key
		}
	}
	for i := k.mark.groups; i < len(d.Groups); i++ {
		if g := &d.Groups[i]; g.Parent == at.group {
			g.Key = k.key
		}
	}
}

// consumeTag reads the tag of a field; n is negative if there is none. Readers
// differ over tags of more than five bytes.
func consumeTag(raw []byte) (number protowire.Number, wire protowire.Type, n int) {
	number, wire, n = protowire.ConsumeTag(raw)
	if n > maxVarint32 {
		n = -1
	}
	return number, wire, n
}

// consumeLength reads a length that fits into what follows; n is negative if
// there is none.
func consumeLength(raw []byte) (size, n int) {
	v, n := protowire.ConsumeVarint(raw)
	if n < 0 || n > maxVarint32 || v > uint64(len(raw)-n) {
		return 0, -1
	}
	return int(v), n
}

// maxVarint32 is how many bytes a varint of 32 bits takes at most.
const maxVarint32 = 5
