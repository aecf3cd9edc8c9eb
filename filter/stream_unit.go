package filter

import (
	"bytes"
	"context"
	"slices"
	"sort"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/lane"
)

// held is a unit that waits until all text in it is decided.
type held struct {
	unit  *body.Unit
	cuts  []body.Cut // of what is decided by itself
	doc   *body.Document
	parts []part
}

// part is a slot that holds a stretch of a lane.
type part struct {
	lane       *lane.Lane
	slot       int32
	start, end int64 // in the lane
}

// unit reads one unit and puts it at the end of the queue. Comments do not
// wait: they keep the connection alive.
func (s *Stream) unit(ctx context.Context, raw []byte, out [][]byte) ([][]byte, error) {
	if bytes.IndexByte(raw, 0) >= 0 {
		return nil, errCharset()
	}
	u := s.split.Read(raw, body.Options{Skip: s.f.skip})
	h := &held{unit: u}
	if u.Fields != nil {
		if err := s.inspect(ctx, h, u.Fields, nil); err != nil {
			return nil, err
		}
	}
	if !u.Empty() {
		if err := s.payload(ctx, h); err != nil {
			return nil, err
		}
	} else if len(bytes.Trim(raw, "\r\n")) > 0 {
		return h.appendTo(out)
	}
	s.queue = append(s.queue, h)
	if s.size += len(raw); s.size > maxHeld {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "too much of a stream waits for the end of a sentence"}
	}
	return s.drain(out)
}

// payload takes a payload apart: strings that are parts of longer texts go to
// their lanes, the rest is decided at once.
func (s *Stream) payload(ctx context.Context, h *held) error {
	if s.strict && h.unit.Record == nil {
		return &Error{Reason: ReasonUnsupported, Detail: "the elements of a list are not what their label says"}
	}
	plan := s.plan(h.unit)
	var slots []int32
	if plan.whole {
		h.doc, slots = h.unit.Whole(), []int32{0}
	} else {
		h.doc, slots = h.unit.Payload(plan.nodes)
	}
	if len(h.doc.Slots) == 0 {
		slots = nil
	}
	if err := s.inspect(ctx, h, h.doc, slots); err != nil {
		return err
	}
	for i, slot := range slots {
		if slot == body.None {
			continue
		}
		l, err := s.open(plan.keys[i], plan.fragment[i])
		if err != nil {
			return err
		}
		start := l.Len()
		if err := l.Append(ctx, h.doc.AppendText(nil, slot)); err != nil {
			return laneError(ctx, err)
		}
		h.parts = append(h.parts, part{l, slot, start, l.Len()})
	}
	return s.endLanes(ctx, plan.ends)
}

// inspect decides what stands in a document by itself.
func (s *Stream) inspect(ctx context.Context, h *held, doc *body.Document, lanes []int32) error {
	if err := s.f.doubt(ctx, doc); err != nil {
		return err
	}
	lanes = slices.DeleteFunc(slices.Clone(lanes), func(slot int32) bool { return slot == body.None })
	t := cut(doc, cutting{allKeys: s.f.opts.Policy.Keys, logs: s.f.logs(), without: lanes})
	if len(t.segments) == 0 {
		return nil
	}
	t.exempt(func(slot int32) bool { return isProtocol(doc, slot) })
	s.report.Segments += len(t.segments)
	spans, err := s.f.detect(ctx, s.model, t)
	if err != nil {
		return failure(ctx, err)
	}
	var r Report
	edits, err := s.f.decide(doc, t.slotSpans(spans), &r)
	if err != nil {
		return err
	}
	s.add(r)
	if len(edits) == 0 {
		return nil
	}
	cuts, ok := doc.Cuts(edits)
	if !ok {
		return errUnwritable()
	}
	h.cuts = append(h.cuts, cuts...)
	return nil
}

func errUnwritable() *Error {
	return &Error{Reason: ReasonUnsupported, Detail: "what replaces a value cannot be written where it stands"}
}

// add counts what was found in a document.
func (s *Stream) add(r Report) {
	for category, n := range r.Found {
		for i := range n {
			s.count(category, i < r.Masked[category])
		}
	}
}

// open is the lane of a key.
func (s *Stream) open(key string, fragment bool) (*lane.Lane, error) {
	if l, ok := s.lanes[key]; ok {
		return l, nil
	}
	if len(s.lanes) == maxLanes {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "a stream holds too many texts at once"}
	}
	l := lane.New(&laneDetector{s: s, fragment: fragment})
	s.lanes[key] = l
	return l, nil
}

// endLanes decides the rest of lanes that end.
func (s *Stream) endLanes(ctx context.Context, ends func(key string) bool) error {
	if ends == nil {
		return nil
	}
	var keys []string
	for key := range s.lanes {
		if ends(key) {
			keys = append(keys, key)
		}
	}
	sort.Strings(keys) // the order in which errors and counts come
	for _, key := range keys {
		if err := s.lanes[key].End(ctx); err != nil {
			return laneError(ctx, err)
		}
		delete(s.lanes, key)
	}
	return nil
}

// drain releases the units at the head of the queue that wait for nothing.
func (s *Stream) drain(out [][]byte) ([][]byte, error) {
	var err error
	for len(s.queue) > 0 && s.queue[0].ready() {
		h := s.queue[0]
		s.queue[0], s.queue = nil, s.queue[1:]
		s.size -= len(h.unit.Raw)
		if out, err = h.appendTo(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (h *held) ready() bool {
	for _, p := range h.parts {
		if p.lane.Decided() < p.end {
			return false
		}
	}
	return true
}

// appendTo appends the unit as it leaves.
func (h *held) appendTo(out [][]byte) ([][]byte, error) {
	var edits []body.Edit
	for _, p := range h.parts {
		edits = p.edits(edits)
	}
	if len(edits) == 0 && len(h.cuts) == 0 {
		return append(out, h.unit.Raw), nil
	}
	var cuts []body.Cut
	if len(edits) > 0 {
		var ok bool
		if cuts, ok = h.doc.Cuts(edits); !ok {
			return nil, errUnwritable()
		}
	}
	return append(out, body.SpliceAll(h.unit.Raw, h.cuts, cuts)), nil
}

// edits carries the edits of a lane into the slot. One that began in a unit
// before has been written there; here its rest goes.
func (p part) edits(out []body.Edit) []body.Edit {
	all := p.lane.Edits()
	first := sort.Search(len(all), func(i int) bool { return all[i].End > p.start })
	for _, e := range all[first:] {
		if e.Start >= p.end {
			break
		}
		edit := body.Edit{Slot: p.slot, Start: int(max(e.Start, p.start) - p.start), End: int(min(e.End, p.end) - p.start)}
		if e.Start >= p.start {
			edit.Text = e.Text
		}
		out = append(out, edit)
	}
	return out
}
