package body

import (
	"slices"
	"strconv"
)

// recoder is an escape of which a part cannot be replaced by itself: base64
// shifts all that follows. A layer of it is spliced as text and written anew.
type recoder interface {
	recode(dst, text, replaced []byte) []byte
}

// Splice returns the body with the edits written in. Edits of one slot must
// not overlap. Every byte that no edit covers is copied as it is, but for what
// must agree with them: the rest of a base64 value, and the lengths that a
// body gives for stretches of itself.
func (d *Document) Splice(edits []Edit) []byte {
	d.inOrder(edits)
	s := splicer{doc: d}
	var at cursor
	for i, e := range edits {
		if i == 0 || edits[i-1].Slot != e.Slot {
			at = cursor{}
		}
		slot := &d.Slots[e.Slot]
		raw, esc := d.raw(slot), escapes[slot.escape]
		start, end := at.locate(raw, esc, e.Start, e.End)
		text := esc.appendEscaped(nil, e.Text, raw[start:end])
		s.put(slot.layer, start+int(slot.start), end+int(slot.start), text)
	}
	for len(s.open) > 0 {
		s.close()
	}
	cuts := d.fixLengths(s.cuts)
	body := d.layers[0].text
	out := make([]byte, 0, len(body)+len(body)/8+64)
	done := 0
	for _, c := range cuts {
		out = append(append(out, body[done:c.start]...), c.text...)
		done = c.end
	}
	return append(out, body[done:]...)
}

// cut replaces a range of a text.
type cut struct {
	start, end int
	text       []byte
}

// splicer carries edits down through the layers. Slots are in body order and
// so are the edits: a layer that is written anew is open until the first edit
// outside of it comes.
type splicer struct {
	doc  *Document
	cuts []cut    // of the body
	open []opened // the innermost last
}

// opened is a layer that is being written anew.
type opened struct {
	layer int32
	cuts  []cut
}

// put replaces a range of a layer's text.
func (s *splicer) put(layer int32, start, end int, text []byte) {
	for {
		l := &s.doc.layers[layer]
		if l.parent == None {
			break
		}
		if _, anew := l.escape.(recoder); anew {
			break
		}
		raw := s.doc.layers[l.parent].text[l.start:l.end]
		start, end = l.at.locate(raw, l.escape, start, end)
		text = l.escape.appendEscaped(nil, text, raw[start:end])
		start, end = start+int(l.start), end+int(l.start)
		layer = l.parent
	}
	*s.target(layer) = add(*s.target(layer), start, end, text)
}

// add appends a cut. Cuts that meet inside of one escape unit share it.
func add(cuts []cut, start, end int, text []byte) []cut {
	if n := len(cuts); n > 0 && start < cuts[n-1].end {
		start = cuts[n-1].end
	}
	if end < start {
		return cuts
	}
	return append(cuts, cut{start, end, text})
}

// target is where the cuts of a layer are gathered. Open layers that do not
// contain it are written first.
func (s *splicer) target(layer int32) *[]cut {
	for len(s.open) > 0 && !s.contains(s.open[len(s.open)-1].layer, layer) {
		s.close()
	}
	if s.doc.layers[layer].parent == None {
		return &s.cuts
	}
	if n := len(s.open); n == 0 || s.open[n-1].layer != layer {
		s.open = append(s.open, opened{layer: layer})
	}
	return &s.open[len(s.open)-1].cuts
}

func (s *splicer) contains(outer, inner int32) bool {
	for ; inner != None; inner = s.doc.layers[inner].parent {
		if inner == outer {
			return true
		}
	}
	return false
}

// close writes the innermost open layer into the one below.
func (s *splicer) close() {
	o := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	l := &s.doc.layers[o.layer]
	var text []byte
	done := 0
	for _, c := range o.cuts {
		text = append(append(text, l.text[done:c.start]...), c.text...)
		done = c.end
	}
	text = append(text, l.text[done:]...)
	raw := s.doc.layers[l.parent].text[l.start:l.end]
	anew := l.escape.(recoder) //nolint:forcetypeassert // no other layer is opened
	s.put(l.parent, int(l.start), int(l.end), anew.recode(nil, text, raw))
}

// length is a number in the body that says how long another stretch of it is,
// in bytes.
type length struct {
	start, end int // the digits
	from, to   int // what they count
}

// fixLengths makes the lengths agree with the cuts. Those of inner stretches
// come before those of the outer ones that contain them.
func (d *Document) fixLengths(cuts []cut) []cut {
	if len(d.lengths) == 0 || len(cuts) == 0 {
		return cuts
	}
	var fixes []cut
	for _, n := range d.lengths {
		grown := 0
		first, _ := slices.BinarySearchFunc(cuts, n.from, func(c cut, at int) int { return c.start - at })
		for _, c := range cuts[first:] {
			if c.start >= n.to {
				break
			}
			grown += len(c.text) - (c.end - c.start)
		}
		for i := len(fixes) - 1; i >= 0 && fixes[i].start >= n.from; i-- {
			grown += len(fixes[i].text) - (fixes[i].end - fixes[i].start)
		}
		if grown != 0 {
			text := strconv.AppendInt(nil, int64(n.to-n.from+grown), 10)
			fixes = append(fixes, cut{n.start, n.end, text})
		}
	}
	cuts = append(cuts, fixes...)
	slices.SortFunc(cuts, func(a, b cut) int { return a.start - b.start })
	return cuts
}
