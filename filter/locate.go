package filter

import (
	"slices"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// located carries spans from slots to the body, for those who want to know
// where something is rather than have it masked. Spans come sorted by slot,
// apart from each other, and stay in that order.
func located(doc *body.Document, found []slotSpan) []pii.Span {
	edits := make([]body.Edit, len(found))
	for i, s := range found {
		edits[i] = body.Edit{Slot: s.slot, Start: s.Start, End: s.End}
	}
	out := make([]pii.Span, 0, len(found))
	doc.Locate(edits, func(_ body.Edit, start, end int) {
		span := found[len(out)].Span
		span.Start, span.End = start, end
		out = append(out, span)
	})
	slices.SortStableFunc(out, func(a, b pii.Span) int { return a.Start - b.Start })
	return out
}
