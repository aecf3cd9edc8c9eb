package filter

import (
	"bytes"
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/lane"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// laneDetector finds what a piece of a lane holds.
type laneDetector struct{ s *Stream }

// Find asks the detectors about a text that goes on before and behind.
func (d *laneDetector) Find(ctx context.Context, text []byte, from int, cheap bool) (lane.Answer, error) {
	// A NUL is no text, and what is written in UTF-16 would be read as nothing.
	if bytes.IndexByte(text[from:], 0) >= 0 {
		return lane.Answer{}, errCharset()
	}
	s := d.s
	doc, err := body.ParseText(text)
	if err != nil {
		return lane.Answer{}, bodyError(ctx, err)
	}
	return s.find(ctx, doc, from, cheap)
}

// find asks the detectors about a document and applies the policy to what they
// find behind from.
func (s *Stream) find(ctx context.Context, doc *body.Document, from int, cheap bool) (lane.Answer, error) {
	t := cut(doc, cutting{allKeys: s.f.opts.Policy.Keys, logs: s.f.logs()})
	if cheap {
		t.onlyRules()
	} else {
		s.report.Segments += len(t.segments)
	}
	spans, err := s.f.detect(ctx, s.model, t)
	if err != nil {
		return lane.Answer{}, err
	}
	return s.answer(doc, t.slotSpans(spans), from)
}

// answer applies the policy to what was found behind from.
func (s *Stream) answer(doc *body.Document, found []slotSpan, from int) (a lane.Answer, err error) {
	places := make([]body.Edit, len(found))
	for i, span := range found {
		places[i] = body.Edit{Slot: span.slot, Start: span.Start, End: span.End}
	}
	var edits []body.Edit
	var text []byte
	i := 0
	doc.Locate(places, func(_ body.Edit, start, end int) {
		span := found[i]
		i++
		if end <= from {
			return
		}
		text = doc.AppendText(text[:0], span.slot)
		from, to := wholeRunes(text, span.Start, span.End)
		action := s.f.verdict(text, from, to, span.Category)
		switch action.Kind {
		case mask.Block:
			err = errBlocked()
		case mask.Keep:
		default:
			edits = s.f.edit(edits, doc, span, text, from, to, action)
		}
		a.Seen = append(a.Seen, lane.Seen{Start: start, End: end, Category: span.Category, Masked: action.Kind != mask.Keep})
	})
	if err != nil {
		return lane.Answer{}, err
	}
	cuts, ok := doc.Cuts(edits)
	if !ok {
		return lane.Answer{}, errUnwritable()
	}
	for _, c := range cuts {
		a.Edits = append(a.Edits, lane.Found{Start: c.Start, End: c.End, Text: c.Text})
	}
	return a, nil
}

// Take counts what has been decided.
func (d *laneDetector) Take(f lane.Seen) { d.s.count(f.Category, f.Masked) }

func (s *Stream) count(c pii.Category, masked bool) {
	r := &s.report
	if r.Found == nil {
		r.Found, r.Masked = make(map[pii.Category]int), make(map[pii.Category]int)
	}
	r.Found[c]++
	if masked {
		r.Masked[c]++
		r.Outcome = OutcomeMasked
	} else if r.Outcome == OutcomeClean {
		r.Outcome = OutcomeKept
	}
}
