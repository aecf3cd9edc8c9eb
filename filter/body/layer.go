package body

import "slices"

// layer is a text that slots and further layers lie in. The first layer is
// the body itself; any other is what a range of its parent decodes to: UTF-16
// as UTF-8, the inside of a JSON string that holds JSON, and so on.
type layer struct {
	text       []byte
	parent     int32  // None for the body itself
	depth      int32  // number of layers below
	start, end uint32 // the range of the parent's text
	escape     escape // how text is written in that range
	at         cursor // walks the range while splicing
}

// Edit replaces a stretch of a slot's decoded text.
type Edit struct {
	Slot       int32
	Start, End int    // byte offsets into the decoded text
	Text       []byte // the replacement: text, or JSON for a Number
}

// inOrder sorts edits into the order of the body and takes every cursor back
// to the start.
func (d *Document) inOrder(edits []Edit) {
	slices.SortFunc(edits, func(a, b Edit) int {
		if a.Slot != b.Slot {
			return int(a.Slot - b.Slot)
		}
		return a.Start - b.Start
	})
	for i := range d.layers {
		d.layers[i].at = cursor{}
	}
}

// Locate visits stretches of slots, in the order of the body, with the range
// of the body in which each is written. It sorts the edits; their Text is not
// looked at.
//
// Slots are in body order and so are the edits, therefore every cursor only
// moves forward and a whole document is walked once.
func (d *Document) Locate(edits []Edit, visit func(e Edit, start, end int)) {
	d.inOrder(edits)
	var at cursor
	for i, e := range edits {
		if i == 0 || edits[i-1].Slot != e.Slot {
			at = cursor{}
		}
		s := &d.Slots[e.Slot]
		start, end := at.locate(d.raw(s), escapes[s.escape], e.Start, e.End)
		start, end = start+int(s.start), end+int(s.start)
		for l := &d.layers[s.layer]; l.parent != None; l = &d.layers[l.parent] {
			start, end = l.at.locate(d.layers[l.parent].text[l.start:l.end], l.escape, start, end)
			start, end = start+int(l.start), end+int(l.start)
		}
		visit(e, start, end)
	}
}

// cursor is a position in a range, in raw and in decoded bytes.
type cursor struct{ raw, text int }

// locate turns a range of decoded text into a range of raw, outward where it
// cuts a unit. The cursor stays at the start, ready for later ranges; a
// range before it starts the walk anew.
func (c *cursor) locate(raw []byte, e escape, textStart, textEnd int) (start, end int) {
	if textStart < c.text {
		*c = cursor{}
	}
	start = c.seek(raw, e, textStart, false)
	// What is written without saying anything, such as a line break that
	// folds, stays in front.
	for textStart < textEnd && c.text == textStart && c.raw < len(raw) {
		u := e.unit(raw[c.raw:])
		if u.text > 0 {
			break
		}
		c.raw += u.raw
		start = c.raw
	}
	ahead := *c
	return start, ahead.seek(raw, e, textEnd, true)
}

// seek moves to the unit that holds text offset target and returns the raw
// offset of target, rounded up to the unit's end if up and down otherwise.
func (c *cursor) seek(raw []byte, e escape, target int, up bool) int {
	for c.raw < len(raw) && c.text < target {
		u := e.unit(raw[c.raw:])
		if c.text+u.text > target {
			switch {
			case u.literal:
				c.raw += target - c.text
				c.text = target
				return c.raw
			case up:
				return c.raw + u.raw
			}
			return c.raw
		}
		c.raw += u.raw
		c.text += u.text
	}
	return c.raw
}
