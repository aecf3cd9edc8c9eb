package caddymodule

import (
	"errors"
	"maps"
	"net/http"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// mode is what a responseWriter does with what is written to it.
type mode uint8

const (
	waiting    mode = iota // no status yet
	sniffing               // the first bytes are held back: they decide
	buffering              // the whole body is held back
	streaming              // what is decided leaves, the rest is held back
	passing                // status and bytes go straight on: nothing to inspect
	bodyless               // the status is out and no body may follow
	stopped                // nothing of this response may pass
	broken                 // a part has passed, and nothing more may
	tunnelling             // HTTP has ended, and messages are masked
	hijacked               // the connection belongs to someone else
)

// errStopped is what a handler gets for writing on after its response was
// stopped, so that it does not fetch the rest of a body nobody will see.
var errStopped = errors.New("privacy filter: response stopped")

// responseWriter holds a response back until the filter has seen all of it,
// or, where bodies are read as streams, as much as decides what comes first.
//
// The header map is the one of the writer below (trailers need that,
// caddy#3236). Because status and header go out late, the map is remembered
// when the status is written: what a handler adds afterwards is a trailer,
// and would otherwise come out as a header too.
type responseWriter struct {
	inner   http.ResponseWriter
	x       *exchange
	r       *http.Request
	isHead  bool        // asked here: handlers after us may rewrite the method
	connect bool        // an extended CONNECT, whose 2xx starts a tunnel
	tunnels bool        // the client asked to leave HTTP and the policy lets it
	socket  *socket     // the client asked for a WebSocket
	unread  bool        // only a WebSocket of this response is read
	base    http.Header // the header before the next handler ran
	head    http.Header // the header when the status was written

	mode   mode
	status int
	length int64         // of the body as announced, or -1
	buf    []byte        // what is held back
	reason *filter.Error // why, when stopped

	stream    *bodyStream // when streaming
	mayStream bool        // its first bytes decide whether it is one
	committed bool        // status and header of the stream are out
	ending    bool        // all of it has been written
	trailers  http.Header // of the stream, as far as they are known

	sendErr error // of writing what was held back: the client has gone
}

func (x *exchange) newResponseWriter(w http.ResponseWriter, r *http.Request, tunnels bool) *responseWriter {
	return &responseWriter{
		inner:   w,
		x:       x,
		r:       r,
		isHead:  r.Method == http.MethodHead,
		connect: isExtendedConnect(r),
		tunnels: tunnels,
		base:    maps.Clone(w.Header()),
		length:  -1,
	}
}

// Header returns the header map that all writers of this response share.
func (w *responseWriter) Header() http.Header { return w.inner.Header() }

// Unwrap serves http.ResponseController, for deadlines and full duplex.
// Flush and Hijack, which could let bytes slip past, are methods of our own.
func (w *responseWriter) Unwrap() http.ResponseWriter { return w.inner }

// WriteHeader decides what becomes of the response. Informational responses
// (1xx) pass at once and decide nothing: the final status is yet to come.
func (w *responseWriter) WriteHeader(status int) {
	if w.mode != waiting {
		return
	}
	if status >= 100 && status <= 199 && status != http.StatusSwitchingProtocols {
		// One that may not pass is left out: the final answer says why.
		if stopped := w.filterHeader(); stopped == nil {
			w.inner.WriteHeader(status)
		}
		return
	}
	w.status = status
	if stopped := w.filterHeader(); stopped != nil {
		w.stop(stopped)
		return
	}
	w.length = announcedLength(w.Header())
	switch {
	case status == http.StatusSwitchingProtocols,
		w.connect && status >= 200 && status <= 299:
		w.switchProtocol()
	case w.unread:
		w.letGo()
	case status == http.StatusPartialContent, status == http.StatusIMUsed:
		// We asked for none: a part cannot be inspected (RFC 9110 §15.3.7).
		w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "partial content"})
	case w.isHead, status == http.StatusNoContent, status == http.StatusNotModified:
		w.passHead()
	default:
		w.hold()
	}
}

// hold starts to hold the body back, unless its header settles the matter.
func (w *responseWriter) hold() {
	h := w.x.handler
	w.head = maps.Clone(w.Header())
	switch w.x.streaming(response, w.head, w.length, nil) {
	case filter.AsStream:
		w.begin()
		return
	case filter.NeedHead:
		w.mayStream = true
	case filter.AsWhole:
	}
	switch f := w.x.fateByHeader(w.head); {
	case f == fateRefuse:
		w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "stream"})
	case f == fatePass:
		w.pass(formatStream)
	case f == fateSniff:
		w.mode = sniffing
	case w.length > h.maxBody && !w.mayStream:
		w.stop(&filter.Error{Reason: filter.ReasonTooLarge})
	default:
		w.mode = buffering
	}
}

// pass lets the response through unread, as the policy says.
func (w *responseWriter) pass(format string) {
	w.x.handler.passed(response, format)
	w.letGo()
}

// letGo sends on what was held back, and whatever follows.
func (w *responseWriter) letGo() {
	w.mode = passing
	w.x.endLease()
	if w.head != nil {
		setHeader(w.Header(), w.head)
	}
	w.inner.WriteHeader(w.status)
	if len(w.buf) > 0 {
		_, w.sendErr = w.inner.Write(w.buf)
		w.buf = nil
	}
}

// passHead lets a header without body through. A HEAD answers for a GET that
// we would inspect, so whatever depends on its body goes; RFC 9110 §9.3.2
// allows to omit it. A 304 stays as it is: the client can hold the validator
// it answers to only because an unchanged body came with it.
func (w *responseWriter) passHead() {
	h := w.x.handler
	if w.isHead && w.status != http.StatusNotModified && !h.Monitor && !w.x.mayPassUnread(response, w.Header()) {
		dropValidators(w.Header())
		delete(w.Header(), "Content-Length")
	}
	w.mode = bodyless
	w.inner.WriteHeader(w.status)
}

// stop makes sure that nothing of this response passes, unless the site lets
// bodies pass that are stopped for this reason.
func (w *responseWriter) stop(reason *filter.Error) {
	if w.x.handler.opens(reason.Reason) {
		w.x.handler.opened(response, reason)
		w.letGo()
		return
	}
	w.halt(reason)
}

// halt makes sure that nothing of this response passes.
func (w *responseWriter) halt(reason *filter.Error) {
	w.mode = stopped
	w.reason = reason
	clear(w.buf)
	w.buf = nil
}

// announcedLength is the Content-Length of h, or -1.
func announcedLength(h http.Header) int64 {
	if n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 63); err == nil && n >= 0 {
		return n
	}
	return -1
}
