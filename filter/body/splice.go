package body

// recoder is an escape of which a part cannot be replaced by itself: base64
// shifts all that follows. A layer of it is spliced as text and written anew.
type recoder interface {
	recode(dst, text, replaced []byte) []byte
}

// finisher is an escape whose range is looked at as a whole once a part of it
// was replaced: a scalar without quotes may need some then.
type finisher interface {
	finish(dst, written []byte) []byte
}

// Splice returns the body with the edits written in. Edits of one slot must
// not overlap. Every byte that no edit covers is copied as it is, but for what
// must agree with them: the rest of a base64 value, and the lengths and
// checksums that a body gives for stretches of itself. It returns nil if one of
// them cannot say what has become of its stretch: the value is too long.
func (d *Document) Splice(edits []Edit) []byte {
	cuts, ok := d.cuts(edits)
	if !ok {
		return nil
	}
	out, ok := d.assemble(0, cuts)
	if !ok {
		return nil
	}
	return out
}

// cuts carries edits down to the body. It reports false if a length or
// checksum on the way cannot agree with them.
func (d *Document) cuts(edits []Edit) ([]cut, bool) {
	d.inOrder(edits)
	d.byLayer()
	s := splicer{doc: d}
	for start := 0; start < len(edits); {
		end := start + 1
		for end < len(edits) && edits[end].Slot == edits[start].Slot {
			end++
		}
		s.slot(edits[start:end])
		start = end
	}
	for len(s.open) > 0 {
		s.close()
	}
	return s.cuts, !s.failed
}

// cut replaces a range of a text.
type cut struct {
	start, end int
	text       []byte
}

// apply returns a text with the cuts written in.
func apply(text []byte, cuts []cut) []byte {
	out := make([]byte, 0, len(text)+len(text)/8+64)
	done := 0
	for _, c := range cuts {
		out = append(append(out, text[done:c.start]...), c.text...)
		done = c.end
	}
	return append(out, text[done:]...)
}

// splicer carries edits down through the layers. Slots are in body order and
// so are the edits: a layer that is written anew is open until the first edit
// outside of it comes.
type splicer struct {
	doc    *Document
	cuts   []cut    // of the body
	open   []opened // the innermost last
	failed bool     // a length or checksum cannot agree any more
}

// opened is a layer that is being written anew.
type opened struct {
	layer int32
	cuts  []cut
}

// slot puts the edits of one slot.
func (s *splicer) slot(edits []Edit) {
	slot := &s.doc.Slots[edits[0].Slot]
	raw, esc := s.doc.raw(slot), escapes[slot.escape]
	whole, isWhole := esc.(finisher)
	var at cursor
	var cuts []cut
	for _, e := range edits {
		start, end := at.locate(raw, esc, e.Start, e.End)
		text := esc.appendEscaped(nil, e.Text, raw[start:end])
		if isWhole {
			cuts = add(cuts, start, end, text)
		} else {
			s.put(slot.layer, start+int(slot.start), end+int(slot.start), text)
		}
	}
	if isWhole {
		s.put(slot.layer, int(slot.start), int(slot.end), whole.finish(nil, apply(raw, cuts)))
	}
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
		if _, whole := l.escape.(finisher); whole {
			break // with offsets of what is written, not of what it says
		}
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
	raw := s.doc.layers[l.parent].text[l.start:l.end]
	var text []byte
	switch e := l.escape.(type) {
	case recoder:
		inner, ok := s.doc.assemble(o.layer, o.cuts)
		s.failed = s.failed || !ok
		text = e.recode(nil, inner, raw)
	case finisher:
		text = e.finish(nil, apply(raw, o.cuts))
	}
	s.put(l.parent, int(l.start), int(l.end), text)
}
