package filter

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/lane"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Bounds of one stream. What is over one of them stops the stream: nothing is
// released because there was no room to look at it.
const (
	maxUnit  = 4 << 20 // bytes of an event, line or element
	maxHeld  = 8 << 20 // bytes of units that wait for their text to be decided
	maxLanes = 1 << 10 // texts that are open at once
	maxJSON  = 1 << 20 // bytes of a JSON text that comes in parts
)

// Stream masks a body that arrives piece by piece. It belongs to one goroutine
// at a time and starts none. Close must be called in the end.
type Stream struct {
	f      *Filter
	model  pii.Detector
	memory *Reservation
	report Report
	err    error // why nothing more may leave

	clean    cleanTexts
	split    body.Splitter // nil: one text
	readCode bool          // scripts and style sheets in events are text
	strict   bool          // every unit must be JSON
	buf      []byte        // of the unit that has not ended
	queue    []*held
	size     int // bytes of the queue
	most     int // of them, and of a unit
	lanes    map[string]*openLane
	seed     maphash.Seed         // of the texts of lanes
	ended    map[uint64]*openLane // by their texts
	counter  *int                 // the last number that came by itself
	text     *plainText           // without units
	closed   bool
	failed   undecided // when err came
}

// Formats that only streams have, as reports name them.
const (
	formatSSE    = "sse"
	formatFrames = "eventstream"
)

// NewStream begins a body of a kind that Streams has agreed to. model may be
// nil only if the policy says RulesOnly.
func (f *Filter) NewStream(model pii.Detector, m StreamMessage) (*Stream, error) {
	if model == nil && !f.opts.Policy.RulesOnly {
		return nil, failure(context.Background(), pii.ErrNotReady)
	}
	budget := f.opts.Budget
	if m.Budget != nil {
		budget = m.Budget
	}
	s := &Stream{
		f: f, model: model, memory: budget.Reserve(), lanes: make(map[string]*openLane),
		seed: maphash.MakeSeed(), ended: make(map[uint64]*openLane), most: maxHeld, clean: make(cleanTexts), readCode: m.ReadCode,
	}
	if m.MaxHeld > 0 {
		s.most = int(min(m.MaxHeld, maxHeld))
	}
	s.report.Outcome = OutcomeClean
	switch kind := m.kind(); kind {
	case eventStream:
		s.split, s.report.Format = new(body.Events), formatSSE
	case lineStream:
		s.split, s.report.Format = new(body.Lines), string(body.NDJSON)
	case arrayStream:
		s.split, s.strict, s.report.Format = new(body.Elements), true, string(body.JSON)
	case messageStream:
		s.split = &body.Messages{Encoding: m.MessageEncoding, Limit: f.opts.Policy.MaxBody}
		s.strict, s.report.Format = true, string(body.GRPC)
	case frameStream:
		s.split, s.report.Format = new(body.Frames), formatFrames
	case realtimeStream:
		s.split, s.report.Format = realtime{}, formatRealtime
	case textStream:
		s.report.Format = string(body.Text)
		s.text = &plainText{lane: lane.New(&laneDetector{s})}
	default:
		return nil, &Error{Reason: ReasonUnsupported, Detail: "nobody here reads this type as a stream"}
	}
	return s, nil
}

// Write takes the next bytes of the body and returns what may leave: one slice
// for each event, line, element or stretch of text, to be flushed one by one.
// An error is a *Error or wraps context.Canceled; after it nothing may leave,
// and every call answers with it.
func (s *Stream) Write(ctx context.Context, p []byte) (out [][]byte, err error) {
	return s.run(ctx, p, false)
}

// Close ends the body and returns the rest of it. Only the first call does
// anything.
func (s *Stream) Close(ctx context.Context) (out [][]byte, err error) {
	defer s.memory.Release()
	if s.closed {
		return nil, s.err
	}
	s.closed = true
	return s.run(ctx, nil, true)
}

// Stop ends a body of which nothing more is wanted. What was held back is gone.
func (s *Stream) Stop() {
	s.memory.Release()
	s.closed = true
	if s.err == nil {
		s.err = fmt.Errorf("filtering: %w", context.Canceled)
	}
	s.buf, s.queue, s.lanes, s.ended, s.text, s.failed = nil, nil, nil, nil, nil, undecided{}
}

// Report counts what has been found so far.
func (s *Stream) Report() Report {
	r := s.report
	r.Found, r.Masked = maps.Clone(r.Found), maps.Clone(r.Masked)
	return r
}

// run reads on. A stream that has failed stays failed.
func (s *Stream) run(ctx context.Context, p []byte, last bool) (out [][]byte, err error) {
	if s.err != nil {
		return nil, s.err
	}
	var rest []byte
	defer func() {
		// A panic value may hold text; its type does not (I7).
		if v := recover(); v != nil {
			err = &Error{Reason: ReasonDetector, Detail: fmt.Sprintf("recovered from a panic: %T", v)}
		}
		if err != nil {
			s.failed = undecided{out, s.queue, s.text, rest}
			out, s.err = nil, err
			s.buf, s.queue, s.lanes, s.ended, s.text = nil, nil, nil, nil, nil
			s.memory.Release()
		}
	}()
	if s.text != nil {
		return s.runText(ctx, p, last)
	}
	s.buf = append(s.buf, p...)
	rest = s.buf
	if err := ctx.Err(); err != nil {
		return nil, failure(ctx, err)
	}
	if !s.memory.GrowTo(int64(2 * (cap(s.buf) + s.size))) {
		return nil, errMemory()
	}
	for len(rest) > 0 {
		n := s.split.Next(rest, last)
		if n == 0 {
			break
		}
		more, err := s.unit(ctx, rest[:n:n], out)
		if err != nil {
			return out, err
		}
		out, rest = more, rest[n:]
	}
	if s.buf = rest; len(rest) > min(maxUnit, s.most) {
		return out, &Error{Reason: ReasonTooLarge, Detail: "an event of a stream is over the limit"}
	}
	if last {
		return s.finish(ctx, out)
	}
	return out, nil
}

// finish decides what is left.
func (s *Stream) finish(ctx context.Context, out [][]byte) ([][]byte, error) {
	for _, key := range slices.Sorted(maps.Keys(s.lanes)) {
		if err := s.lanes[key].End(ctx); err != nil {
			return out, laneError(ctx, err)
		}
	}
	return s.drain(out)
}

// laneError makes an error of a lane one of the closed set.
func laneError(ctx context.Context, err error) error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, lane.ErrTooLong):
		return &Error{Reason: ReasonTooLarge, Detail: "text that cannot be cut is over the limit"}
	}
	return failure(ctx, err)
}
