package filter

import (
	"bytes"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// fit splices the edits, so that what the receiver would have taken does not
// become too long by masking. If it does, every replacement that is longer
// than what it replaces gives way to asterisks, no more than there was: a log
// that the receiver refuses or cuts off helps nobody. What still does not fit
// is refused here, where the sender is told so.
func fit(doc *body.Document, edits []body.Edit) ([]byte, error) {
	out := doc.Splice(edits)
	if out == nil {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "a masked value is too long for its place"}
	}
	over := doc.Outgrown(out)
	if over == nil {
		return out, nil
	}
	var text []byte
	slot := body.None // whose text that is
	for i := range edits {
		e := &edits[i]
		if !over(*e) || len(e.Text) <= e.End-e.Start {
			continue
		}
		if slot != e.Slot { // Splice has sorted them
			slot, text = e.Slot, doc.AppendText(text[:0], e.Slot)
		}
		e.Text = hidden(doc.Slots[e.Slot].Kind, text[e.Start:e.End])
	}
	if out = doc.Splice(edits); out == nil || doc.Outgrown(out) != nil {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "the masked body is over the limit of its receiver"}
	}
	return out, nil
}

// hidden is what stands for a value where there is no room for a placeholder.
func hidden(k body.Kind, value []byte) []byte {
	if k == body.Number { // that would have been written as a string
		return bytes.Repeat([]byte("1"), len(value))
	}
	return bytes.Repeat([]byte("*"), utf8.RuneCount(value))
}
