package body

import "slices"

// chunks reads a string that is written in pieces, as one text: a value that
// goes over their ends is found, and the string is then written in one piece.
func (p *packReader) chunks(start int, kind packKind, at place, as Kind) bool {
	e := chunkEscape{f: p.f, raw: nil}
	var text []byte
	for {
		it, ok := p.next()
		if !ok {
			return false
		}
		if it.kind == packBreak {
			p.pos = it.body
			break
		}
		if it.kind != kind || it.size < 0 { // no strings in pieces within pieces
			return false
		}
		end := it.body + it.size
		if it.size > 0 {
			e.pieces = append(e.pieces, stretch{it.body - start, end - start})
		}
		text = append(text, p.text[it.body:end]...)
		p.pos = end
	}
	if len(text) == 0 {
		return true
	}
	if p.b.doc.layers[p.layer].depth >= maxDepth {
		p.strange = true
		return false
	}
	e.raw = p.text[start:p.pos]
	inner := p.b.pushText(p.layer, start, p.pos, e, text)
	return p.str(inner, 0, len(text), packItem{kind: kind}, at, as, func() {})
}

// chunkEscape: a string in pieces. It reads one string only, the one it was
// made for.
type chunkEscape struct {
	f      packFormat
	raw    []byte
	pieces []stretch // of text, none empty
}

func (e chunkEscape) unit(raw []byte) unit {
	at := len(e.raw) - len(raw)
	i, _ := slices.BinarySearchFunc(e.pieces, at, func(s stretch, at int) int { return s.end - at - 1 })
	switch {
	case i == len(e.pieces):
		return unit{raw: len(raw)}
	case at < e.pieces[i].start:
		return unit{raw: e.pieces[i].start - at}
	}
	return literal(e.pieces[i].end - at)
}

func (chunkEscape) appendEscaped(dst, text, _ []byte) []byte { return append(dst, text...) }

func (e chunkEscape) recode(dst, text, old []byte) []byte {
	dst = append(dst, old[0])
	dst = putCBORHead(dst, old[0]&^cborInfo, uint64(len(text)), 1)
	return append(append(dst, text...), cborBreak)
}
