package caddymodule

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// exchange is what one request and its response hold while they pass: the
// lease on the model (I6) and their share of the process's byte budget (I5).
// It belongs to the goroutine that serves the request.
type exchange struct {
	handler *Handler
	path    string              // of the URL that was asked for
	model   pii.Detector        // nil if the policy asks no model
	release func()              // gives the lease back; nil if none is held
	memory  *filter.Reservation // of the budget
	rewrote bool                // the URL or the header of the request

	noting sync.Mutex
	noted  map[direction]noted // what placeholders say; guarded by noting
}

// errBudget stops a body that finds no memory left.
var errBudget = &filter.Error{Reason: filter.ReasonOverload, Detail: "memory budget is spent"}

// begin takes the lease that the whole exchange keeps: a reload that swaps
// the model must not stop a response whose request has already passed.
func (h *Handler) begin(r *http.Request) (*exchange, *filter.Error) {
	x := &exchange{handler: h, path: r.URL.Path, memory: h.app.budget.Reserve()}
	if h.RulesOnly {
		return x, nil
	}
	ctx, cancel := context.WithTimeout(r.Context(), h.deadline)
	defer cancel()
	model, release, err := h.model.acquire(ctx, h.OperatingPoint)
	if err != nil {
		return nil, stopReason(err)
	}
	x.model, x.release = model, release
	return x, nil
}

// end gives everything back. It may be called twice.
func (x *exchange) end() {
	x.endLease()
	x.memory.Release()
}

// endLease gives the model back, early if nothing is left to inspect: a
// stream that passes unread must not keep an old model in memory.
func (x *exchange) endLease() {
	if x.release != nil {
		x.release()
		x.release = nil
	}
}

// inspect runs one body through the filter, which recovers from panics itself.
// Whatever goes wrong comes back as a reason to stop the body.
func (x *exchange) inspect(ctx context.Context, m filter.Message) (filter.Result, *filter.Error) {
	ctx, cancel := context.WithTimeout(ctx, x.handler.deadline)
	defer cancel()
	res, err := x.handler.filter.Process(ctx, x.model, m)
	if err != nil {
		return filter.Result{}, stopReason(err)
	}
	return res, nil
}

// stopReason finds the reason in an error of the filter or of a detector. The
// text of the error is left behind: only the closed set travels on.
func stopReason(err error) *filter.Error {
	var stopped *filter.Error
	switch {
	case errors.As(err, &stopped):
		return stopped
	case errors.Is(err, context.DeadlineExceeded):
		return &filter.Error{Reason: filter.ReasonTimeout}
	case errors.Is(err, context.Canceled):
		return &filter.Error{Reason: reasonAborted}
	case errors.Is(err, pii.ErrOverload), errors.Is(err, pii.ErrNotReady):
		return &filter.Error{Reason: filter.ReasonOverload}
	default:
		return &filter.Error{Reason: filter.ReasonDetector}
	}
}

// opens says whether a body passes that was stopped for this reason. Monitor
// changes nothing at all; on_error open is for when the filter failed, and not
// the body.
func (h *Handler) opens(reason filter.Reason) bool {
	if h.Monitor {
		return true
	}
	return h.OnError == onErrorOpen &&
		(reason == filter.ReasonDetector || reason == filter.ReasonOverload || reason == filter.ReasonTimeout)
}

// message describes a body to the filter.
func (x *exchange) message(d direction, h http.Header, body []byte) filter.Message {
	return filter.Message{
		ReadCode:        readsCode(d),
		Path:            x.path,
		Answer:          d == response,
		MessageEncoding: messageEncoding(h),
		Body:            body,
		ContentType:     h["Content-Type"],
		ContentEncoding: h["Content-Encoding"],
	}
}

// minBytesPerSecond is the slowest sender that is waited for: a body may take
// the deadline plus its length at this rate, so that a client that trickles
// cannot hold memory for long (I5), and a slow line still gets through.
const minBytesPerSecond = 8 << 10

// readDeadline says until when the next byte is waited for, n bytes into a
// body that began at start.
func readDeadline(start time.Time, grace time.Duration, n int) time.Time {
	return start.Add(grace + time.Duration(n)*time.Second/minBytesPerSecond)
}
