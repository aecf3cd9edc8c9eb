package caddymodule

import (
	"cmp"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// Write takes body bytes. They are kept, passed or refused, by mode.
func (w *responseWriter) Write(p []byte) (int, error) {
	if w.mode == waiting {
		w.WriteHeader(http.StatusOK)
	}
	switch w.mode {
	case sniffing, buffering:
		return w.collect(p)
	case streaming:
		return w.writeStream(p)
	case tunnelling:
		return w.writeTunnel(p)
	default:
		return w.forward(p)
	}
}

// forward writes p where nothing is held back.
func (w *responseWriter) forward(p []byte) (int, error) {
	switch {
	case w.sendErr != nil:
		return 0, w.sendErr
	case w.mode == passing:
		return w.inner.Write(p)
	case w.mode == bodyless && w.isHead:
		return len(p), nil // net/http would throw it away as well
	case w.mode == bodyless:
		return 0, http.ErrBodyNotAllowed
	case w.mode == hijacked:
		return 0, http.ErrHijacked
	}
	return 0, errStopped
}

// collect appends p to what is held back.
func (w *responseWriter) collect(p []byte) (int, error) {
	total := int64(len(w.buf)) + int64(len(p))
	switch {
	case w.length >= 0 && total > w.length:
		return 0, http.ErrContentLength // as net/http does
	case w.mayStream:
		n, err := w.keep(p)
		if err == nil && w.mode != passing {
			w.settleStream()
		}
		if w.mode == stopped || w.mode == broken {
			return 0, errStopped
		}
		return n, cmp.Or(err, w.sendErr)
	case w.mode == sniffing && total >= sniffBytes:
		// Decide by exactly the first bytes, whatever pieces they come
		// in: the outcome must not depend on the network (I3).
		missing := max(sniffBytes-len(w.buf), 0)
		if _, err := w.keep(p[:missing]); err != nil {
			return 0, err
		}
		if w.mode == sniffing {
			w.decide()
		}
		n, err := w.Write(p[missing:])
		return missing + n, err
	case w.mode == buffering && total > w.x.handler.maxBody:
		w.stop(&filter.Error{Reason: filter.ReasonTooLarge})
		return w.forward(p)
	}
	return w.keep(p)
}

// keep holds p back, or stops the response if the budget is spent.
func (w *responseWriter) keep(p []byte) (int, error) {
	if !w.grow(len(p)) {
		w.stop(errBudget)
		return w.forward(p)
	}
	w.buf = append(w.buf, p...)
	return len(p), nil
}

// decide ends sniffing.
func (w *responseWriter) decide() {
	switch f, format := w.x.sniff(response, w.head, w.buf[:min(len(w.buf), sniffBytes)]); {
	case f == fatePass:
		w.pass(format)
	case f == fateRefuse:
		w.stop(errUnreadable)
	case w.length > w.x.handler.maxBody:
		w.stop(&filter.Error{Reason: filter.ReasonTooLarge})
	default:
		w.mode = buffering
	}
}

// grow makes room for n more bytes, within the byte budget of the process.
func (w *responseWriter) grow(n int) bool {
	need := len(w.buf) + n
	if need <= cap(w.buf) {
		return true
	}
	size := max(2*cap(w.buf), need, firstChunkUnknown)
	switch {
	case w.mode == sniffing && !w.mayStream && need <= sniffBytes:
		size = sniffBytes // most of what is sniffed passes, and needs no more
	case w.length >= 0:
		size = max(min(size, int(w.length)), need, min(int(w.length), firstChunkKnown))
	}
	if !w.x.memory.Grow(int64(size - cap(w.buf))) {
		return false
	}
	grown := make([]byte, len(w.buf), size)
	copy(grown, w.buf)
	clear(w.buf)
	w.buf = grown
	return true
}
