package caddymodule

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// bodyStream masks one body that arrives piece by piece: its coding comes off,
// its units are masked, and its coding goes on again. What may leave is given
// out at once, so it knows nothing of writers and flushes.
//
// It belongs to one goroutine at a time, and must be ended.
type bodyStream struct {
	x       *exchange
	d       direction
	masker  *filter.Stream // nil once nothing is inspected any more
	decoder *coding.Decoder
	encoder *coding.Encoder     // nil until something leaves
	memory  *filter.Reservation // what the codings and held-back units take
	codings int64               // bytes of it for the codings
	out     bytes.Buffer        // what may leave
	arrived int64               // bytes, as transferred
	took    time.Duration       // in the filter
	settled bool                // it has been counted
}

// newBodyStream prepares to mask the body that head describes.
func (x *exchange) newBodyStream(d direction, head http.Header) (*bodyStream, *filter.Error) {
	h := x.handler
	decoder, err := coding.NewDecoder(head["Content-Encoding"], coding.Limits{MaxOutput: h.maxBody})
	if err != nil {
		return nil, codingFailure(err)
	}
	masker, err := h.filter.NewStream(x.model, filter.StreamMessage{
		ContentType: head["Content-Type"],
		Path:        x.path,
		ReadCode:    readsCode(d),
	})
	if err != nil {
		return nil, stopReason(err)
	}
	s := &bodyStream{x: x, d: d, masker: masker, decoder: decoder, memory: h.app.budget.Reserve(), codings: coding.StreamMemory(head["Content-Encoding"])}
	if !s.memory.Grow(s.codings) {
		s.end()
		return nil, errBudget
	}
	return s, nil
}

// write takes the next bytes of the body and returns what may leave; it is
// valid until the next call. After an error nothing more may leave.
func (s *bodyStream) write(ctx context.Context, p []byte) ([]byte, *filter.Error) {
	s.arrived += int64(len(p))
	return s.step(p, func() error {
		return s.decoder.Write(p, func(plain []byte) error { return s.mask(ctx, plain) })
	})
}

// close takes the end of the body and returns the rest.
func (s *bodyStream) close(ctx context.Context) ([]byte, *filter.Error) {
	return s.step(nil, func() error {
		if err := s.decoder.Close(func(plain []byte) error { return s.mask(ctx, plain) }); err != nil {
			return err
		}
		if err := s.rest(ctx); err != nil {
			return err
		}
		if s.encoder == nil {
			return nil
		}
		return s.encoder.Close()
	})
}

// flush returns what a coding still holds of what may leave.
func (s *bodyStream) flush() ([]byte, *filter.Error) {
	if s.encoder == nil || s.x.handler.Monitor {
		return nil, nil
	}
	return s.step(nil, s.encoder.Flush)
}

// step runs one of the above. Under monitor the bytes leave as they came, and
// nobody but the metrics learns what would have become of them.
func (s *bodyStream) step(raw []byte, run func() error) (out []byte, stopped *filter.Error) {
	start := time.Now()
	s.out.Reset()
	defer func() {
		s.took += time.Since(start)
		if v := recover(); v != nil { // the value may hold text (I7)
			stopped = &filter.Error{Reason: filter.ReasonDetector, Detail: "recovered from a panic: " + typeName(v)}
		}
		if !s.x.handler.Monitor {
			return
		}
		if stopped != nil {
			s.open(stopped)
			s.decoder.Stop()
		}
		out, stopped = raw, nil
	}()
	if s.x.handler.Monitor && s.masker == nil {
		return raw, nil
	}
	if err := run(); err != nil {
		return nil, codingFailure(err)
	}
	return s.out.Bytes(), nil
}

// mask gives plain bytes to the filter and keeps what it gives out.
func (s *bodyStream) mask(ctx context.Context, plain []byte) error {
	if s.masker == nil {
		return s.emit(plain)
	}
	ctx, cancel := context.WithTimeout(ctx, s.x.handler.deadline)
	defer cancel()
	units, err := s.masker.Write(ctx, plain)
	return s.take(units, err)
}

// rest ends the filter's part.
func (s *bodyStream) rest(ctx context.Context) error {
	if s.masker == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, s.x.handler.deadline)
	defer cancel()
	units, err := s.masker.Close(ctx)
	return s.take(units, err)
}

// take keeps the units that may leave. When the filter failed and the site
// lets bodies pass then, what it had not decided leaves as it came.
func (s *bodyStream) take(units [][]byte, err error) error {
	for _, unit := range units {
		if err := s.emit(unit); err != nil {
			return err
		}
	}
	if err == nil {
		if !s.memory.GrowTo(s.codings + s.masker.Held()) {
			err = errBudget
		} else {
			return nil
		}
	}
	stopped := stopReason(err)
	if s.x.handler.Monitor || !s.x.handler.opens(stopped.Reason) {
		return stopped
	}
	undecided := s.masker.Undecided()
	s.open(stopped)
	return s.emit(undecided)
}

// emit puts the coding on what may leave.
func (s *bodyStream) emit(plain []byte) error {
	if s.x.handler.Monitor || len(plain) == 0 {
		return nil
	}
	if s.encoder == nil {
		var err error
		if s.encoder, err = coding.NewEncoder(&s.out, s.decoder.Chain()); err != nil {
			return err
		}
	}
	_, err := s.encoder.Write(plain)
	return err
}

// open lets the rest of the body pass unread.
func (s *bodyStream) open(stopped *filter.Error) {
	s.masker = nil
	s.settled = true
	s.x.handler.opened(s.d, stopped)
}

// changed says whether what has left differs from what came. A body that was
// coded anew is another one, even if it decodes to the same.
func (s *bodyStream) changed() bool {
	return len(s.decoder.Chain()) > 0 || s.masker != nil && s.masker.Report().Outcome == filter.OutcomeMasked
}

// settle counts a body that has come to its end.
func (s *bodyStream) settle(ctx context.Context) {
	h := s.x.handler
	h.metrics.took(s.d, int(s.arrived), s.took)
	if s.settled {
		return
	}
	s.settled = true
	report := s.masker.Report()
	h.metrics.inspected(s.d, report, string(report.Outcome))
	note(ctx, s.d, string(report.Outcome), report.Masked)
	if report.Outcome == filter.OutcomeMasked {
		h.logMasked(s.d, report)
	}
}

// end lets go of everything. It may be called twice.
func (s *bodyStream) end() {
	s.decoder.Stop()
	if s.encoder != nil {
		s.encoder.Stop()
	}
	s.memory.Release()
	clear(s.out.Bytes())
}

// codingFailure is why a body is stopped by an error on its way through the
// codings: the filter's own reason, or that of a coding.
func codingFailure(err error) *filter.Error {
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
