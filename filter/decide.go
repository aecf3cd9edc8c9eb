package filter

import (
	"bytes"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// decide applies the policy to what was found, counts it, and returns the
// edits. Spans come sorted by slot.
func (f *Filter) decide(doc *body.Document, found []slotSpan, r *Report) ([]body.Edit, error) {
	r.Outcome = OutcomeClean
	if len(found) == 0 {
		return nil, nil
	}
	r.Outcome = OutcomeKept
	r.Found, r.Masked = make(map[pii.Category]int), make(map[pii.Category]int)
	var edits []body.Edit
	var text []byte
	blocked := false
	for i, s := range found {
		if i == 0 || s.slot != found[i-1].slot {
			text = doc.AppendText(text[:0], s.slot)
		}
		if doc.Slots[s.slot].Kind == body.Ident && isNumber(text[s.Start:s.End]) {
			continue
		}
		r.Found[s.Category]++
		start, end := wholeRunes(text, s.Start, s.End)
		switch action := f.verdict(text, start, end, s.Category); action.Kind {
		case mask.Keep:
		case mask.Block:
			blocked = true
		default:
			r.Masked[s.Category]++
			edits = f.edit(edits, doc, s, text, start, end, action)
		}
	}
	if blocked {
		return nil, errBlocked()
	}
	if len(edits) > 0 {
		r.Outcome = OutcomeMasked
	}
	return edits, nil
}

// verdict is what becomes of one value.
func (f *Filter) verdict(text []byte, start, end int, c pii.Category) mask.Action {
	action := f.action(c)
	if f.opts.Policy.Monitor || f.allowed(text[start:end]) || f.masker.IsPlaceholder(text, start, end) {
		action.Kind = mask.Keep
	}
	return action
}

func errBlocked() *Error {
	return &Error{Reason: ReasonBlocked, Detail: "the body holds what the policy blocks"}
}

// edit appends the replacement of one span.
func (f *Filter) edit(edits []body.Edit, doc *body.Document, s slotSpan, text []byte, start, end int, a mask.Action) []body.Edit {
	e := body.Edit{Slot: s.slot, Start: start, End: end}
	switch {
	case doc.Slots[s.slot].Kind == body.Integer:
		e.Text = f.masker.AppendNumber(nil, string(text), start, end, s.Category, a, mask.NumbersDigits)
	case doc.Slots[s.slot].Kind != body.Number:
		e.Text = f.masker.AppendText(nil, string(text[start:end]), s.Category, a)
	case f.numbers == mask.NumbersString:
		if n := len(edits); n > 0 && edits[n-1].Slot == s.slot {
			return edits // the number is already gone as a whole
		}
		e.Start, e.End = 0, len(text)
		e.Text = f.masker.AppendNumber(nil, string(text), start, end, s.Category, a, f.numbers)
	default:
		e.Text = f.masker.AppendNumber(nil, string(text), start, end, s.Category, a, f.numbers)
	}
	return append(edits, e)
}

// isNumber reports whether what was found is digits and what stands between
// them. Within an id that is a number, and about one in ten passes for a card.
func isNumber(text []byte) bool {
	return len(bytes.Trim(text, "0123456789 -._/")) == 0 && bytes.Count(text, []byte(".")) != 3
}

func (f *Filter) allowed(value []byte) bool {
	if len(f.allow) == 0 {
		return false
	}
	_, ok := f.allow[fold(string(value))]
	return ok
}

// wholeRunes widens a range to whole runes. Detectors answer in runes of
// their segment already; a value cut out of a segment may not be.
func wholeRunes(text []byte, start, end int) (int, int) {
	if last := runeStart(text, end); last < end {
		_, size := utf8.DecodeRune(text[last:])
		end = last + size
	}
	return runeStart(text, start), end
}
