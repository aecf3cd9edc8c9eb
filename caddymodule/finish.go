package caddymodule

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"strconv"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// respond runs the next handler and answers with what may pass of its
// response.
func (w *responseWriter) respond(next caddyhttp.Handler) (err error) {
	defer w.endStream()
	defer func() {
		w.abandonStream() // unless it has come to its end
		if w.socket != nil && w.mode != hijacked {
			w.socket.end()
		}
		// A proxy whose writes fail can only abort the connection. When it
		// was us who refused them, the client still gets its answer;
		// whatever else panics goes on as it came (I10).
		if w.mode != stopped {
			return
		}
		if p := recover(); p != nil {
			if abort, ok := p.(error); !ok || !errors.Is(abort, http.ErrAbortHandler) {
				panic(p)
			}
			err = w.refuse()
		}
	}()
	err = next.ServeHTTP(w, w.r)
	switch {
	case w.mode == stopped:
		return w.refuse()
	case w.mode == broken, err != nil && w.committed:
		panic(http.ErrAbortHandler)
	case err != nil:
		return w.abandon(err)
	case w.mode == sniffing, w.mode == buffering:
		return w.finish()
	case w.mode == streaming:
		return w.finishStream()
	}
	return nil
}

// abandon leaves the answer to Caddy's error handling, with the header as if
// the response that was held back had never begun.
func (w *responseWriter) abandon(err error) error {
	if w.mode == sniffing || w.mode == buffering || w.mode == streaming {
		setHeader(w.Header(), w.base)
	}
	return err
}

// refuse answers in place of a stopped response. Nothing of it is left: its
// header may name what its body holds.
func (w *responseWriter) refuse() error {
	setHeader(w.Header(), w.base)
	return w.x.handler.refuse(w.inner, w.r, response, w.reason)
}

// finish inspects the response that was held back and sends the outcome.
func (w *responseWriter) finish() error {
	if w.length > int64(len(w.buf)) {
		// Less than announced: it was cut off. Our own length would make
		// it look whole.
		panic(http.ErrAbortHandler)
	}
	trailers := takeTrailers(w.head, w.Header())
	body, changed := w.buf, false
	if len(body) > 0 {
		res, stopped := w.x.judge(w.r.Context(), response, w.head, body)
		if stopped != nil {
			w.stop(stopped)
			return w.refuse()
		}
		body, changed = res.Body, res.Changed
	}
	trailersChanged := false
	for _, said := range []http.Header{trailers, earlyTrailers(w.head, w.base)} {
		masked, stopped := w.x.filterTrailers(w.r.Context(), said)
		if stopped != nil {
			w.stop(stopped)
			return w.refuse()
		}
		trailersChanged = trailersChanged || masked
	}
	w.send(body, trailers, changed || trailersChanged)
	return nil
}

// send writes the response below us. Its errors are the connection's: the
// client has gone, and there is nobody to tell.
func (w *responseWriter) send(body []byte, trailers http.Header, changed bool) {
	h := w.Header()
	setHeader(h, w.head)
	delete(h, "Incremental") // it was not: the body was collected
	if !w.x.handler.Monitor {
		delete(h, "Accept-Ranges") // see askForWholeBodies
	}
	if changed {
		dropValidators(h)
		dropValidators(trailers)
	}
	switch {
	case len(trailers) > 0, len(h["Trailer"]) > 0:
		delete(h, "Content-Length") // HTTP/1.1 sends trailers only after chunks
	case len(body) > 0:
		h["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	w.mode = passing
	w.inner.WriteHeader(w.status)
	if len(body) > 0 {
		if _, err := w.inner.Write(body); err != nil {
			return
		}
	}
	if len(trailers) > 0 {
		// Short bodies would be sent with a length after all.
		_ = http.NewResponseController(w.inner).Flush()
		maps.Copy(h, trailers)
	}
}

// filterTrailers masks the values of trailers in place: they are part of the
// message, and a sender may put there what it does not put into the body.
func (x *exchange) filterTrailers(ctx context.Context, trailers http.Header) (changed bool, stopped *filter.Error) {
	for name, values := range trailers {
		for i, value := range values {
			if value == "" {
				continue
			}
			message, back := trailerMessage(name, value)
			res, stopped := x.inspect(ctx, message)
			switch {
			case stopped != nil && x.handler.opens(stopped.Reason):
				continue
			case stopped != nil:
				return false, stopped
			case res.Changed:
				values[i] = back(res.Body)
				changed = true
			}
			x.handler.metrics.spans(res.Report)
		}
	}
	return changed, nil
}
