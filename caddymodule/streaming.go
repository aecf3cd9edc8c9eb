package caddymodule

import (
	"maps"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// begin starts to mask a response piece by piece. Status and header wait for
// the first byte that may leave, or for a flush: until then a failure has an
// answer of its own. A client that waits for the header of an event stream
// gets it with the first flush, as from Caddy without the filter.
func (w *responseWriter) begin() {
	s, stopped := w.x.newBodyStream(response, w.head)
	if stopped != nil {
		w.stop(stopped)
		return
	}
	held := w.buf
	w.stream, w.mode, w.buf = s, streaming, nil
	if len(held) > 0 {
		_, w.sendErr = w.writeStream(held)
		clear(held)
	}
}

// writeStream masks p and sends what may leave.
func (w *responseWriter) writeStream(p []byte) (int, error) {
	switch {
	case w.sendErr != nil:
		return 0, w.sendErr
	case w.length >= 0 && w.stream.arrived+int64(len(p)) > w.length:
		return 0, http.ErrContentLength // as net/http does
	}
	out, reason := w.stream.write(w.r.Context(), p)
	if reason != nil {
		w.breakOff(reason)
		return 0, errStopped
	}
	if err := w.release(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// release sends what may leave.
func (w *responseWriter) release(out []byte) error {
	if len(out) == 0 || w.sendErr != nil {
		return w.sendErr
	}
	w.commit(true)
	_, w.sendErr = w.inner.Write(out)
	return w.sendErr
}

// commit sends status and header, once. Whether a byte of the body will
// change is mostly not known by then, so nothing may go out that vouches for
// the bytes.
func (w *responseWriter) commit(mayChange bool) {
	if w.committed {
		return
	}
	w.committed = true
	h := w.Header()
	late := takeTrailers(w.head, h)
	setHeader(h, w.head)
	if !w.x.handler.Monitor {
		delete(h, "Accept-Ranges") // see askForWholeBodies
		if mayChange {
			delete(h, "Content-Length")
			dropValidators(h)
		}
	}
	w.inner.WriteHeader(w.status)
	maps.Copy(h, late)
}

// flushStream sends whatever may leave, and the header at the least.
func (w *responseWriter) flushStream() error {
	w.commit(true)
	out, reason := w.stream.flush()
	if reason != nil {
		w.breakOff(reason)
		return errStopped
	}
	if err := w.release(out); err != nil {
		return err
	}
	return http.NewResponseController(w.inner).Flush()
}

// breakOff ends a response of which something must not pass. If nothing is
// out yet, it is stopped like any other. Otherwise the only honest end is an
// aborted connection: nobody must take a part for the whole.
func (w *responseWriter) breakOff(reason *filter.Error) {
	if w.stream.settled = true; !w.committed {
		w.halt(reason)
		return
	}
	w.mode = broken
	w.x.handler.tellStopped(w.r.Context(), response, reason, w.status)
}

// finishStream ends a response of which all has been written.
func (w *responseWriter) finishStream() error {
	if w.length > w.stream.arrived {
		w.abandonStream()
		panic(http.ErrAbortHandler) // less than announced, see finish
	}
	ctx := w.r.Context()
	out, reason := w.stream.close(ctx)
	var trailers http.Header
	trailersChanged := false
	if reason == nil {
		trailers = takeTrailers(w.head, w.Header())
		trailersChanged, reason = w.x.filterTrailers(ctx, trailers)
	}
	if reason != nil {
		w.breakOff(reason)
		if w.mode == broken {
			panic(http.ErrAbortHandler)
		}
		return w.refuse()
	}
	changed := w.stream.changed() || trailersChanged
	w.stream.settle(ctx)
	w.commit(changed)
	if w.release(out) == nil && len(trailers) > 0 {
		w.sendTrailers(trailers, changed)
	}
	return nil
}

// sendTrailers puts the masked trailers in the place of those that the
// handler has set.
func (w *responseWriter) sendTrailers(trailers http.Header, changed bool) {
	// Short bodies would be sent with a length after all.
	_ = http.NewResponseController(w.inner).Flush()
	h := w.Header()
	for name := range trailers {
		delete(h, name)
	}
	if changed {
		dropValidators(trailers)
	}
	maps.Copy(h, trailers)
}

// abandonStream counts a stream that ended before it was complete, by the
// hand of the client or of the upstream. What was held back is lost: half a
// text cannot be judged.
func (w *responseWriter) abandonStream() {
	if w.mode == streaming && !w.stream.settled {
		w.stream.settled = true
		w.x.handler.tellStopped(w.r.Context(), response, &filter.Error{Reason: reasonAborted}, w.status)
	}
}

// endStream lets go of what the stream holds. It may be called twice, and
// where there is none.
func (w *responseWriter) endStream() {
	if w.stream != nil {
		w.stream.end()
	}
}
