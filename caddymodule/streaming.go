package caddymodule

import (
	"cmp"
	"maps"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// begin starts to mask a response piece by piece. Status and header wait for
// the first byte that may leave, or for a flush: until then a failure has an
// answer of its own. A client that waits for the header of an event stream
// gets it with the first flush, as from Caddy without the filter.
func (w *responseWriter) begin() {
	prefix, _ := decodedPrefix(w.head, w.buf)
	s, stopped := w.x.newBodyStream(response, w.head, prefix, streamSink{w})
	if stopped != nil {
		w.stop(stopped)
		return
	}
	held := w.buf
	w.stream, w.mode, w.buf = s, streaming, nil
	if len(held) > 0 {
		_, _ = w.writeStream(held) // what fails shows at the next write
		clear(held)
	}
}

// settleStream decides by what is held back whether the response is read piece
// by piece.
func (w *responseWriter) settleStream() {
	h := w.x.handler
	switch w.x.streaming(response, w.head, w.length, w.buf) {
	case filter.NeedHead:
		if len(w.buf) < smallBody {
			return
		}
	case filter.AsStream:
		if f, _ := w.x.sniff(response, w.head, w.buf[:min(len(w.buf), sniffBytes)]); f == fateRead || isCoded(w.head) {
			w.mayStream = false
			w.begin()
			return
		}
	case filter.AsWhole:
	}
	w.mayStream = false
	if w.mode == sniffing && len(w.buf) >= sniffBytes {
		w.decide()
	}
	if w.mode == buffering && max(w.length, int64(len(w.buf))) > h.maxBody {
		w.stop(&filter.Error{Reason: filter.ReasonTooLarge})
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
	if reason := w.stream.write(w.r.Context(), p); reason != nil {
		w.breakOff(reason)
		return 0, cmp.Or(w.sendErr, errStopped)
	}
	return len(p), nil
}

// streamSink takes what may leave.
type streamSink struct{ w *responseWriter }

func (s streamSink) Write(p []byte) (n int, err error) {
	if s.w.ending && !s.w.committed {
		s.w.buf = append(s.w.buf, p...)
		return len(p), nil
	}
	s.w.commit(true)
	n, s.w.sendErr = s.w.inner.Write(p)
	return n, s.w.sendErr
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
	w.keepTrailers()
	setHeader(h, w.head)
	if !w.x.handler.Monitor {
		delete(h, "Accept-Ranges") // see askForWholeBodies
		if mayChange {
			delete(h, "Content-Length")
			dropValidators(h)
		}
	}
	w.inner.WriteHeader(w.status)
}

// keepTrailers takes the trailers that the handler has set so far out of the
// header. A writer below us may send the header later than we think, as encode
// does, and would send them with it.
func (w *responseWriter) keepTrailers() {
	h := w.Header()
	for name, values := range takeTrailers(w.head, h) {
		if w.trailers == nil {
			w.trailers = make(http.Header)
		}
		w.trailers[name] = values
		delete(h, name)
	}
}

// flushStream sends whatever may leave, and the header at the least.
func (w *responseWriter) flushStream() error {
	w.commit(true)
	if reason := w.stream.flush(); reason != nil {
		w.breakOff(reason)
		return cmp.Or(w.sendErr, errStopped)
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
	w.keepTrailers()
	trailersChanged, reason := w.x.filterTrailers(ctx, w.trailers)
	if reason == nil {
		// If nothing is out before the end, it is known what has changed
		// before anything is.
		w.ending = true
		reason = w.stream.close(ctx)
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
	if len(w.buf) > 0 {
		_, w.sendErr = w.inner.Write(w.buf)
	}
	if len(w.trailers) > 0 {
		w.sendTrailers(changed)
	}
	return nil
}

// sendTrailers sends what is left of the handler's trailers.
func (w *responseWriter) sendTrailers(changed bool) {
	// Short bodies would be sent with a length after all.
	_ = http.NewResponseController(w.inner).Flush()
	if changed {
		dropValidators(w.trailers)
	}
	maps.Copy(w.Header(), w.trailers)
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
