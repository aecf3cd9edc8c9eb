package filter

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sort"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/refine"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Spans finds spans in plain texts, by rules and model as the policy says,
// in byte offsets of each text. Nothing is masked and no list applies. It
// fails as Process does.
func (f *Filter) Spans(ctx context.Context, model pii.Detector, texts []string) (found [][]pii.Span, err error) {
	segments := make([]pii.Segment, len(texts))
	for i, text := range texts {
		segments[i].Text = text
	}
	found, err = f.union(ctx, model, segments, func() (m forModel) {
		for i, text := range texts {
			m.add(i, text)
		}
		return m
	})
	if err != nil {
		return nil, failure(ctx, err)
	}
	return found, nil
}

// detect asks the detectors about all segments.
func (f *Filter) detect(ctx context.Context, model pii.Detector, t *segmentation) ([][]pii.Span, error) {
	if len(t.segments) == 0 {
		return nil, nil
	}
	return f.union(ctx, model, t.forRules(), t.forModel)
}

// union asks the detectors and leaves alone what the policy protects.
func (f *Filter) union(ctx context.Context, model pii.Detector, all []pii.Segment, parts func() forModel) ([][]pii.Span, error) {
	found, err := f.ask(ctx, model, all, parts)
	for i := range found {
		found[i] = f.protect.Spans(all[i].Text, found[i])
	}
	return found, err
}

// ask runs rules and model at the same time and merges what they found, in
// offsets of the texts that the rules are given. The model's parts are asked
// for only if the policy asks the model.
func (f *Filter) ask(ctx context.Context, model pii.Detector, all []pii.Segment, parts func() forModel) ([][]pii.Span, error) {
	if f.opts.Policy.RulesOnly {
		return ask(ctx, f.opts.Rules, all)
	}
	m := parts()
	for i, part := range m.parts {
		m.parts[i].Text = f.protect.ForModel(part.Text)
	}
	if len(m.parts) == 0 {
		return ask(ctx, f.opts.Rules, all)
	}
	if model == nil {
		return nil, pii.ErrDetector
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var byModel [][]pii.Span
	done := make(chan error, 1)
	go func() {
		var err error
		byModel, err = ask(ctx, model, m.parts)
		done <- err
	}()
	found, err := ask(ctx, f.opts.Rules, all)
	if err != nil {
		cancel(err) // let the model leave its queue
		<-done      //nolint:errcheck // the error of the rules came first
		return nil, err
	}
	if err := <-done; err != nil {
		return nil, err
	}
	m.merge(found, byModel, all, refine.All&^f.opts.Without)
	return found, nil
}

// ask calls one detector and checks its answer, because a wrong one would
// let text pass or cut runes. A nil detector finds nothing.
func ask(ctx context.Context, d pii.Detector, segments []pii.Segment) (found [][]pii.Span, err error) {
	defer func() {
		if v := recover(); v != nil {
			found, err = nil, fmt.Errorf("%w: recovered from a panic: %T", pii.ErrDetector, v)
		}
	}()
	if d == nil {
		return make([][]pii.Span, len(segments)), nil
	}
	found, err = d.Detect(ctx, segments)
	if err != nil {
		return nil, err
	}
	if len(found) != len(segments) {
		return nil, fmt.Errorf("%w: answers for %d of %d segments", pii.ErrDetector, len(found), len(segments))
	}
	for i, spans := range found {
		for _, s := range spans {
			if s.Start < 0 || s.End <= s.Start || s.End > len(segments[i].Text) {
				return nil, fmt.Errorf("%w: span outside its segment", pii.ErrDetector)
			}
		}
	}
	return found, nil
}

// doubt asks the rules about what a reader finds who ignores the charset that
// the body was read in. If there is anything, the body says two things, and
// only one of them would be masked.
func (f *Filter) doubt(ctx context.Context, doc *body.Document) error {
	text := doc.OtherReading()
	if text == "" {
		return nil
	}
	found, err := ask(ctx, f.opts.Rules, []pii.Segment{{Text: text}})
	switch {
	case err != nil:
		return failure(ctx, err)
	case len(found[0]) > 0:
		return errCharset()
	}
	return nil
}

// slotSpan is a span in the decoded text of a slot.
type slotSpan struct {
	slot int32
	pii.Span
}

// slotSpans carries spans from segments to slots. A span is clipped to what
// may be masked: one that covers two values becomes two. Spans of one slot
// come out sorted and apart, whichever segments they were seen in.
func (t *segmentation) slotSpans(found [][]pii.Span) []slotSpan {
	out := make([]slotSpan, 0, count(found))
	for i, spans := range found {
		s := &t.segments[i]
		pieces := t.pieces[s.pieceStart:s.pieceEnd]
		for _, span := range spans {
			first := sort.Search(len(pieces), func(p int) bool { return int(pieces[p].end) > span.Start })
			for _, p := range pieces[first:] {
				start, end := int(p.start), int(p.end)
				if start >= span.End {
					break
				}
				clipped := span
				clipped.Start = max(span.Start, start) - start + int(p.offset)
				clipped.End = min(span.End, end) - start + int(p.offset)
				out = append(out, slotSpan{p.slot, clipped})
			}
		}
	}
	return apart(out)
}

// spanMemory is what one span takes on its way from a detector to an edit, in
// bytes.
const spanMemory = 320

func count(found [][]pii.Span) (spans int) {
	for i := range found {
		spans += len(found[i])
	}
	return spans
}

// apart sorts spans by slot and joins those of one slot that overlap, in place.
func apart(spans []slotSpan) []slotSpan {
	bySlot := func(a, b slotSpan) int { return cmp.Compare(a.slot, b.slot) }
	if !slices.IsSortedFunc(spans, bySlot) {
		slices.SortStableFunc(spans, bySlot)
	}
	out := spans[:0]
	var one []pii.Span
	for start := 0; start < len(spans); {
		slot, end, ordered := spans[start].slot, start+1, true
		for ; end < len(spans) && spans[end].slot == slot; end++ {
			ordered = ordered && spans[end].Start >= spans[end-1].End
		}
		if ordered {
			out = append(out, spans[start:end]...)
		} else {
			one = one[:0]
			for _, s := range spans[start:end] {
				one = append(one, s.Span)
			}
			for _, s := range pii.Join(one) {
				out = append(out, slotSpan{slot, s})
			}
		}
		start = end
	}
	return out
}
