package body

import (
	"slices"
	"unicode/utf8"
)

// Cut replaces a range of the body.
type Cut struct {
	Start, End int // byte offsets into the body
	Text       []byte
}

// Cuts are what Splice would write where, for those who write it themselves. It
// reports false where Splice returns nil.
func (d *Document) Cuts(edits []Edit) ([]Cut, bool) {
	found, ok := d.cuts(edits)
	if !ok || len(d.lengths) > 0 {
		return nil, false
	}
	out := make([]Cut, len(found))
	for i, c := range found {
		out[i] = Cut{c.start, c.end, c.text}
	}
	return out, true
}

// SpliceAll writes the edits of several documents into the one body that they
// share. Where an edit lies within one of another document, it goes with it.
func SpliceAll(body []byte, lists ...[]Cut) []byte {
	var all []Cut
	for _, list := range lists {
		all = append(all, list...)
	}
	slices.SortStableFunc(all, func(a, b Cut) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		return b.End - a.End
	})
	out := make([]byte, 0, len(body)+len(body)/8+64)
	done := 0
	for _, c := range all {
		if c.End <= done && c.Start < done {
			continue
		}
		start := max(c.Start, done)
		out = append(append(out, body[done:start]...), c.Text...)
		done = max(done, c.End)
	}
	return append(out, body[done:]...)
}

// ParseText reads a text that goes on before and behind: no format is told by
// how it begins, but escapes within it are read. The error is as of Parse.
func ParseText(text []byte) (*Document, error) {
	b := newBuilder(text, Options{})
	b.doc.Format = Text
	at := place{group: b.group(None, None), key: None}
	layer, from := int32(0), 0
	if !utf8.Valid(text) {
		if l, start, ok, err := b.guess(0, classText); ok && err == nil {
			layer, from = l, start
		}
	}
	b.text(layer, from, len(b.doc.layers[layer].text), at)
	return &b.doc, b.err
}
