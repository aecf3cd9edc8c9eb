package caddymodule

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// bodyStream masks one body that arrives piece by piece: its coding comes off,
// its units are masked, its coding goes on again, and what is decided is
// written to the next writer at once.
//
// It belongs to one goroutine at a time, and must be ended.
type bodyStream struct {
	x       *exchange
	d       direction
	masker  *filter.Stream // nil once nothing is inspected any more
	decoder *coding.Decoder
	encoder *coding.Encoder     // nil until something leaves
	send    *sender             // what may leave goes here
	memory  *filter.Reservation // what the codings take
	arrived int64               // bytes, as transferred
	plain   int64               // bytes without the coding
	took    time.Duration       // in the filter
	settled bool                // it has been counted
	ended   bool
}

// sender remembers that nobody takes anything any more.
type sender struct {
	io.Writer
	err error
}

func (s *sender) Write(p []byte) (n int, err error) {
	if s.err == nil {
		n, s.err = s.Writer.Write(p)
	}
	return n, s.err
}

// newBodyStream prepares to mask the body that head describes, and that begins
// like prefix when its codings are off.
func (x *exchange) newBodyStream(d direction, head http.Header, prefix []byte, to io.Writer) (*bodyStream, *filter.Error) {
	h := x.handler
	decoder, err := coding.NewDecoder(head["Content-Encoding"], coding.Limits{MaxOutput: h.maxBody})
	if err != nil {
		return nil, streamFailure(err)
	}
	m := x.streamMessage(d, head, prefix)
	m.Budget, m.MaxHeld = h.app.budget, h.maxBody
	masker, err := h.filter.NewStream(x.model, m)
	if err != nil {
		decoder.Stop()
		return nil, stopReason(err)
	}
	s := &bodyStream{x: x, d: d, masker: masker, decoder: decoder, send: &sender{Writer: to}, memory: h.app.budget.Reserve()}
	if !s.memory.Grow(coding.StreamMemory(head["Content-Encoding"])) {
		s.end()
		return nil, errBudget
	}
	return s, nil
}

// write takes the next bytes of the body. After an error nothing leaves.
func (s *bodyStream) write(ctx context.Context, p []byte) *filter.Error {
	s.arrived += int64(len(p))
	stopped := s.step(func() error {
		if s.tooLong(s.arrived) {
			return errStreamTooLong
		}
		return s.decoder.Write(p, func(plain []byte) error { return s.mask(ctx, plain, false) })
	})
	if stopped == nil && s.x.handler.Monitor {
		_, _ = s.send.Write(p) // as it came
		return s.gone()
	}
	return stopped
}

// close takes the end of the body.
func (s *bodyStream) close(ctx context.Context) *filter.Error {
	return s.step(func() error {
		if err := s.decoder.Close(func(plain []byte) error { return s.mask(ctx, plain, false) }); err != nil {
			return err
		}
		if err := s.mask(ctx, nil, true); err != nil || s.encoder == nil {
			return err
		}
		return s.encoder.Close()
	})
}

// flush sends what a coding still holds of what may leave.
func (s *bodyStream) flush() *filter.Error {
	if s.encoder == nil {
		return nil
	}
	return s.step(s.encoder.Flush)
}

// step runs a part of the above. Under monitor nobody but the metrics learns
// what would have become of the body.
func (s *bodyStream) step(run func() error) (stopped *filter.Error) {
	start := time.Now()
	monitor := s.x.handler.Monitor
	defer func() {
		s.took += time.Since(start)
		if v := recover(); v != nil { // the value may hold text (I7)
			stopped = &filter.Error{Reason: filter.ReasonDetector, Detail: "recovered from a panic: " + typeName(v)}
		}
		if monitor && stopped != nil {
			s.open(stopped)
			stopped = nil
		}
	}()
	if monitor && s.masker == nil {
		return nil
	}
	if err := run(); err != nil {
		if gone := s.gone(); gone != nil {
			return gone
		}
		return streamFailure(err)
	}
	return nil
}

// gone stops a body that nobody takes any more.
func (s *bodyStream) gone() *filter.Error {
	if s.send.err == nil {
		return nil
	}
	return &filter.Error{Reason: reasonAborted}
}

// mask gives plain bytes, or the end, to the filter, and sends what it gives
// out. When the filter fails and the site lets bodies pass then, what it had
// not decided leaves as it came.
func (s *bodyStream) mask(ctx context.Context, plain []byte, last bool) error {
	if s.plain += int64(len(plain)); s.tooLong(s.plain) {
		return errStreamTooLong
	}
	if s.masker == nil {
		return s.emit(plain)
	}
	h := s.x.handler
	ctx, cancel := context.WithTimeout(ctx, h.deadline) // of this piece
	defer cancel()
	read := s.masker.Write
	if last {
		read = func(ctx context.Context, _ []byte) ([][]byte, error) { return s.masker.Close(ctx) }
	}
	units, err := read(ctx, plain)
	for _, unit := range units {
		if err := s.emit(unit); err != nil {
			return err
		}
	}
	if err == nil {
		return nil
	}
	stopped := stopReason(err)
	if h.Monitor || !h.opens(stopped.Reason) {
		return stopped
	}
	undecided := s.masker.Undecided()
	s.open(stopped)
	return s.emit(undecided)
}

// errStreamTooLong stops a stream that is longer in all than the site allows.
var errStreamTooLong = &filter.Error{Reason: filter.ReasonTooLarge, Detail: "a stream is longer than max_stream"}

// tooLong reports whether a length, in bytes, is over what a stream may have.
func (s *bodyStream) tooLong(n int64) bool {
	return s.x.handler.MaxStream > 0 && n > s.x.handler.MaxStream
}

// emit puts the coding on what may leave.
func (s *bodyStream) emit(plain []byte) error {
	if s.x.handler.Monitor || len(plain) == 0 {
		return nil
	}
	if s.encoder == nil {
		var err error
		if s.encoder, err = coding.NewEncoder(s.send, s.decoder.Chain()); err != nil {
			return err
		}
	}
	_, err := s.encoder.Write(plain)
	return err
}

// open lets the rest of the body pass unread.
func (s *bodyStream) open(stopped *filter.Error) {
	if s.masker != nil {
		s.masker.Stop()
		s.masker = nil
	}
	s.settled = true
	s.x.handler.opened(s.d, stopped)
}

// changed says whether what leaves differs from what came. A body that was
// coded anew is another one, even if it decodes to the same.
func (s *bodyStream) changed() bool {
	return !s.x.handler.Monitor &&
		(len(s.decoder.Chain()) > 0 || s.masker != nil && s.masker.Report().Outcome == filter.OutcomeMasked)
}

// settle counts a body that has come to its end.
func (s *bodyStream) settle(ctx context.Context) {
	if s.settled {
		return
	}
	s.settled = true
	h, report := s.x.handler, s.masker.Report()
	h.metrics.inspected(s.d, report, string(report.Outcome))
	s.x.note(ctx, s.d, report)
	if report.Outcome == filter.OutcomeMasked {
		h.logMasked(s.d, report)
	}
}

// end lets go of everything. It may be called twice.
func (s *bodyStream) end() {
	if s.ended {
		return
	}
	s.ended = true
	s.x.handler.metrics.took(s.d, int(s.arrived), s.took)
	s.decoder.Stop()
	if s.masker != nil {
		s.masker.Stop()
	}
	if s.encoder != nil {
		s.encoder.Stop()
	}
	s.memory.Release()
}

// streamFailure is why a body is stopped on its way through the codings: the
// filter's own reason, or that of a coding.
func streamFailure(err error) *filter.Error {
	if stopped, ok := errors.AsType[*filter.Error](err); ok {
		return stopped
	}
	for _, known := range []error{coding.ErrUnknown, coding.ErrLayers, coding.ErrBomb} {
		if errors.Is(err, known) {
			return &filter.Error{Reason: filter.ReasonCoding, Detail: known.Error()}
		}
	}
	return &filter.Error{Reason: filter.ReasonCoding, Detail: coding.ErrCorrupt.Error()}
}
