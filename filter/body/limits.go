package body

import "slices"

// measure takes note of how long the entries are once cuts are made.
func (d *Document) measure(cuts []cut) {
	d.sizes = d.sizes[:0]
	if d.limits.Entry == 0 {
		return
	}
	next := 0
	for _, e := range d.entries {
		size := e.end - e.start
		for ; next < len(cuts) && cuts[next].start < e.end; next++ {
			if cuts[next].start >= e.start {
				size += len(cuts[next].text) - (cuts[next].end - cuts[next].start)
			}
		}
		d.sizes = append(d.sizes, size)
	}
}

// Outgrown looks at what the last Splice returned. If the receiver takes it, or
// would have taken the body as little, the answer is nil; otherwise it says
// which edits must become shorter.
func (d *Document) Outgrown(spliced []byte) func(Edit) bool {
	if l := d.limits.Body; l > 0 && len(spliced) > l && len(spliced) > len(d.layers[0].text) {
		return func(Edit) bool { return true }
	}
	var over []stretch
	for i, size := range d.sizes {
		if e := d.entries[i]; size > d.limits.Entry && size > e.end-e.start {
			over = append(over, e)
		}
	}
	if over == nil {
		return nil
	}
	return func(e Edit) bool {
		at := d.offset(e.Slot)
		_, in := slices.BinarySearchFunc(over, at, func(s stretch, at int) int {
			switch {
			case s.end <= at:
				return -1
			case s.start > at:
				return 1
			}
			return 0
		})
		return in
	}
}

// offset is where in the body a slot begins, or the value that it is in.
func (d *Document) offset(slot int32) int {
	s := &d.Slots[slot]
	at, layer := s.start, s.layer
	for d.layers[layer].parent != None {
		at, layer = d.layers[layer].start, d.layers[layer].parent
	}
	return int(at)
}
