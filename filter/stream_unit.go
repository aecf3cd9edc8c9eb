package filter

import (
	"bytes"
	"context"
	"slices"
	"sort"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// held is a unit that waits until all text in it is decided.
type held struct {
	unit   *body.Unit
	size   int         // of the unit as it came, in bytes
	around []body.Edit // of the frame around the payload
	cuts   []body.Cut  // of what is decided by itself
	doc    *body.Document
	parts  []part
	waits  int        // the first of the parts that was not decided when last looked at
	echoes []body.Cut // made if any of the parts is masked
	ping   bool       // it does not wait
}

// heldMemory is what a unit that waits takes beside its bytes, in bytes: a
// stream of blank lines is one of units.
const heldMemory = 512

// part is a slot that holds a stretch of a lane.
type part struct {
	lane       *openLane
	slot       int32
	start, end int64 // in the lane
}

// unit reads one unit and puts it at the end of the queue. Comments do not
// wait: they keep the connection alive.
func (s *Stream) unit(ctx context.Context, raw []byte, out [][]byte) ([][]byte, error) {
	u := s.split.Read(raw, body.Options{Skip: s.f.skip, MaxDecoded: s.f.opts.Policy.MaxBody, Logs: s.f.logs() && !s.events(), Done: ctx.Done()})
	h := &held{unit: u, size: len(raw) + heldMemory}
	if err := s.frame(ctx, h); err != nil {
		return nil, err
	}
	if bytes.IndexByte(u.Raw, 0) >= 0 && !u.Unread {
		return nil, errCharset()
	}
	if u.Err != nil {
		return nil, bodyError(ctx, u.Err)
	}
	if u.Fields != nil {
		if err := s.inspect(ctx, h, u.Fields, nil); err != nil {
			return nil, err
		}
	}
	h.ping = u.Empty() && s.report.Format == formatSSE && len(bytes.Trim(raw, "\r\n")) > 0
	if !u.Empty() && !u.Unread {
		if err := s.payload(ctx, h); err != nil {
			return nil, err
		}
	}
	if h.ping {
		return h.appendTo(out)
	}
	s.queue = append(s.queue, h)
	if s.size += h.size; s.size > s.most {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "too much of a stream waits for the end of a sentence"}
	}
	return s.drain(out)
}

// payload takes a payload apart: strings that are parts of longer texts go to
// their lanes, those that repeat such a text are masked as it was, and the rest
// is decided at once.
func (s *Stream) payload(ctx context.Context, h *held) error {
	u := h.unit
	if s.strict && u.Record == nil {
		return &Error{Reason: ReasonUnsupported, Detail: "the elements of a list are not what their label says"}
	}
	p, ok := s.plan(u)
	if !ok {
		return &Error{Reason: ReasonUnsupported, Detail: "readers disagree about what a part of a text is"}
	}
	h.ping = p.ping
	switch {
	case p.whole != "":
		return s.wholePayload(ctx, h, planned{key: p.whole, pauses: true, complete: p.ended})
	case p.page:
		return s.page(ctx, h)
	}
	p.parts = slices.DeleteFunc(p.parts, func(t planned) bool { return u.Skipped(t.node) || len(u.Record.Value(t.node)) == 0 })
	marks := make([]int32, 0, len(p.parts))
	for _, t := range p.parts {
		taken, err := s.take(ctx, t, u.Record.Value(t.node))
		if err != nil {
			return err
		}
		h.parts = append(h.parts, taken)
		marks = append(marks, t.node)
	}
	if err := s.endLanes(ctx, p.ends); err != nil {
		return err
	}
	repeats := s.repeats(u, &p)
	for _, r := range repeats {
		marks = append(marks, r.node)
	}
	slices.Sort(marks)
	var slots []int32
	var err error
	if h.doc, slots, err = u.Payload(marks); err != nil {
		return bodyError(ctx, err)
	}
	at := func(node int32) int32 {
		i, _ := slices.BinarySearch(marks, node)
		return slots[i]
	}
	for i := range h.parts {
		h.parts[i].slot = at(p.parts[i].node)
	}
	for _, r := range repeats {
		if err := h.repeat(r.lane, at(r.node)); err != nil {
			return err
		}
	}
	for _, node := range slices.Concat(p.alone, p.echoes, p.traces) {
		slots = u.SlotsOf(h.doc, node, slots)
	}
	h.tokens(&p, s.report.Outcome == OutcomeMasked)
	return s.inspect(ctx, h, h.doc, slots)
}

// wholePayload makes a payload a part of a lane as it stands.
func (s *Stream) wholePayload(ctx context.Context, h *held, t planned) error {
	if h.doc = h.unit.Whole(); len(h.doc.Slots) == 0 {
		return nil
	}
	taken, err := s.take(ctx, t, h.doc.AppendText(nil, 0))
	h.parts = append(h.parts, taken)
	return err
}

// page decides a payload that is a body of a format of its own.
func (s *Stream) page(ctx context.Context, h *held) (err error) {
	if h.doc, err = h.unit.Page(s.readCode); err != nil {
		return bodyError(ctx, err)
	}
	if !h.doc.Inspected() || h.doc.Unread > 0 && s.f.opts.Policy.Unsupported != UnsupportedPass {
		return &Error{Reason: ReasonUnsupported, Detail: "nobody here can read a part of it"}
	}
	s.report.Unread += h.doc.Unread
	return s.inspect(ctx, h, h.doc, nil)
}

// take gives a part to its lane.
func (s *Stream) take(ctx context.Context, t planned, text []byte) (part, error) {
	l, err := s.open(t.key, t.fragment)
	if err != nil {
		return part{}, err
	}
	start := l.Len()
	if err := l.Append(ctx, text); err != nil {
		return part{}, laneError(ctx, err)
	}
	if t.complete {
		if err := l.End(ctx); err != nil {
			return part{}, laneError(ctx, err)
		}
	}
	if pausing, ok := l.growingText.(interface {
		Pause(ctx context.Context, part int) error
	}); ok && t.pauses && !t.complete {
		l.seen.add(text)
		if err := pausing.Pause(ctx, len(text)); err != nil {
			return part{}, laneError(ctx, err)
		}
	}
	_, _ = l.hash.Write(text) // it never fails
	return part{lane: l, start: start, end: l.Len()}, nil
}

// tokens removes what repeats text as tokens, of which no rule would find what
// they spell together: at once if that is known to be masked or not known to
// be of this unit, or with the unit.
func (h *held) tokens(p *plan, masked bool) {
	for _, node := range p.echoes {
		cut := h.unit.Replace(node, "null")
		if len(h.parts) == 0 {
			h.cuts = append(h.cuts, cut)
		} else {
			h.echoes = append(h.echoes, cut)
		}
	}
	for _, node := range p.traces {
		if masked {
			h.cuts = append(h.cuts, h.unit.Replace(node, "[]"))
		}
	}
}

// inspect decides what stands in a document by itself.
func (s *Stream) inspect(ctx context.Context, h *held, doc *body.Document, lanes []int32) error {
	edits, err := s.judge(ctx, doc, lanes)
	if err != nil || len(edits) == 0 {
		return err
	}
	cuts, ok := doc.Cuts(edits)
	if !ok {
		return errUnwritable()
	}
	h.cuts = append(h.cuts, cuts...)
	return nil
}

// judge decides what stands in a document, but for the slots that are parts of
// lanes.
func (s *Stream) judge(ctx context.Context, doc *body.Document, lanes []int32) ([]body.Edit, error) {
	if err := s.f.doubt(ctx, doc); err != nil {
		return nil, err
	}
	lanes = slices.DeleteFunc(lanes, func(slot int32) bool { return slot == body.None })
	slices.Sort(lanes)
	lanes = slices.Compact(lanes)
	t := cut(doc, cutting{allKeys: s.f.opts.Policy.Keys, logs: s.f.logs(), without: lanes})
	if len(t.segments) == 0 {
		return nil, nil
	}
	t.exempt(func(slot int32) bool { return isProtocol(doc, slot) })
	s.report.Segments += len(t.segments)
	if s.clean.holds(t) {
		return nil, nil
	}
	spans, err := s.f.detect(ctx, s.model, t)
	if err != nil {
		return nil, failure(ctx, err)
	}
	if count(spans) == 0 {
		s.clean.add(t)
	}
	var r Report
	edits, err := s.f.decide(doc, t.slotSpans(spans), &r)
	if err != nil {
		return nil, err
	}
	s.add(r)
	return edits, nil
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

// drain releases the units at the head of the queue that wait for nothing.
func (s *Stream) drain(out [][]byte) ([][]byte, error) {
	var err error
	for len(s.queue) > 0 && s.queue[0].ready() {
		h := s.queue[0]
		s.queue[0], s.queue = nil, s.queue[1:]
		s.size -= h.size
		if out, err = h.appendTo(out); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// ready reports whether all text of the unit is decided. What is decided stays
// so: each part is waited for once, however many units come behind.
func (h *held) ready() bool {
	for ; h.waits < len(h.parts); h.waits++ {
		if p := h.parts[h.waits]; p.lane.Decided() < p.end {
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
		p.lane.used(p.start)
	}
	if len(edits) == 0 && len(h.cuts) == 0 {
		return h.framed(out, h.unit.Raw, false)
	}
	cuts := h.echoes
	if len(edits) > 0 {
		written, ok := h.doc.Cuts(edits)
		if !ok {
			return nil, errUnwritable()
		}
		cuts = append(cuts, written...)
	} else {
		cuts = nil
	}
	return h.framed(out, body.SpliceAll(h.unit.Raw, h.cuts, cuts), true)
}

// edits carries the edits of a lane into the slot. One that began in a unit
// before has been written there; here its rest goes.
func (p part) edits(out []body.Edit) []body.Edit {
	all := p.lane.Edits()
	first := sort.Search(len(all), func(i int) bool { return all[i].End > p.start })
	for _, e := range all[first:] {
		if e.Start >= p.end || p.slot == body.None {
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
