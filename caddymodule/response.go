package caddymodule

import (
	"bufio"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// mode is what a responseWriter does with what is written to it.
type mode uint8

const (
	waiting   mode = iota // no status yet
	sniffing              // the first bytes are held back: they decide
	buffering             // the whole body is held back
	passing               // status and bytes go straight on: nothing to inspect
	bodyless              // the status is out and no body may follow
	stopped               // nothing of this response may pass
	hijacked              // the connection belongs to someone else
)

// errStopped is what a handler gets for writing on after its response was
// stopped, so that it does not fetch the rest of a body nobody will see.
var errStopped = errors.New("privacy filter: response stopped")

// responseWriter holds a response back until the filter has seen all of it.
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
	base    http.Header // the header before the next handler ran
	head    http.Header // the header when the status was written

	mode   mode
	status int
	length int64         // of the body as announced, or -1
	buf    []byte        // what is held back
	reason *filter.Error // why, when stopped

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
		w.inner.WriteHeader(status)
		return
	}
	w.status = status
	w.length = announcedLength(w.Header())
	switch {
	case status == http.StatusSwitchingProtocols,
		w.connect && status >= 200 && status <= 299:
		if !w.tunnels {
			w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "protocol switch"})
			return
		}
		w.pass(formatUpgrade)
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
	switch f := h.fateByHeader(w.Header()); {
	case f == fateRefuse:
		w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "stream"})
		return
	case f == fatePass:
		w.pass(formatStream)
		return
	case f == fateSniff:
		w.mode = sniffing
	case w.length > h.maxBody:
		w.stop(&filter.Error{Reason: filter.ReasonTooLarge})
		return
	default:
		w.mode = buffering
	}
	w.head = maps.Clone(w.Header())
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
	if w.isHead && w.status != http.StatusNotModified && !h.Monitor && !h.mayPassUnread(w.Header()) {
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
	w.mode = stopped
	w.reason = reason
	clear(w.buf)
	w.buf = nil
}

// Write takes body bytes. They are kept, passed or refused, by mode.
func (w *responseWriter) Write(p []byte) (int, error) {
	if w.mode == waiting {
		w.WriteHeader(http.StatusOK)
	}
	if w.mode == sniffing || w.mode == buffering {
		return w.collect(p)
	}
	return w.forward(p)
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
	case w.mode == sniffing && total >= sniffBytes:
		// Decide by exactly the first bytes, whatever pieces they come
		// in: the outcome must not depend on the network (I3).
		missing := max(sniffBytes-len(w.buf), 0)
		n, err := w.keep(p[:missing])
		if err != nil || w.mode != sniffing {
			return n, err
		}
		w.decide()
		n, err = w.Write(p[missing:])
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
		w.stop(&filter.Error{Reason: filter.ReasonOverload, Detail: "memory budget is spent"})
		return w.forward(p)
	}
	w.buf = append(w.buf, p...)
	return len(p), nil
}

// decide ends sniffing.
func (w *responseWriter) decide() {
	switch f, format := w.x.handler.sniff(w.head, w.buf); {
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
	if w.length >= 0 {
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

// writerOnly hides ReadFrom from io.Copy, which would call itself.
type writerOnly struct{ io.Writer }

// ReadFrom keeps sendfile for what passes unread; everything else goes
// through Write.
func (w *responseWriter) ReadFrom(src io.Reader) (int64, error) {
	if w.mode == passing {
		if rf, ok := w.inner.(io.ReaderFrom); ok {
			return rf.ReadFrom(src)
		}
	}
	return io.Copy(writerOnly{w}, src)
}

// FlushError flushes what may have left already. Held-back bytes stay held.
// Like net/http's, a flush before anything was written sends the status.
func (w *responseWriter) FlushError() error {
	if w.mode == waiting {
		w.WriteHeader(http.StatusOK)
	}
	if w.mode == sniffing && w.x.handler.flushesUnread(w.head, w.buf) {
		w.decide()
	}
	if w.mode != passing && w.mode != bodyless {
		return nil
	}
	return http.NewResponseController(w.inner).Flush()
}

// Hijack hands over the connection of a tunnel that the policy lets through.
func (w *responseWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if !w.tunnels || w.mode != waiting && w.mode != passing {
		if w.mode == waiting {
			w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "protocol switch"})
		}
		return nil, nil, http.ErrNotSupported
	}
	conn, rw, err := http.NewResponseController(w.inner).Hijack()
	if err == nil {
		if w.mode == waiting {
			w.x.handler.passed(response, formatUpgrade)
			w.x.endLease()
		}
		w.mode = hijacked
	}
	return conn, rw, err
}

// Push passes server pushes on; a pushed request comes through the server,
// and so through the filter, on its own.
func (w *responseWriter) Push(target string, opts *http.PushOptions) error {
	if pusher, ok := w.inner.(http.Pusher); ok {
		return pusher.Push(target, opts)
	}
	return http.ErrNotSupported
}

// announcedLength is the Content-Length of h, or -1.
func announcedLength(h http.Header) int64 {
	if n, err := strconv.ParseInt(h.Get("Content-Length"), 10, 63); err == nil && n >= 0 {
		return n
	}
	return -1
}

// Interface guards
var (
	_ http.ResponseWriter = (*responseWriter)(nil)
	_ http.Hijacker       = (*responseWriter)(nil)
	_ http.Pusher         = (*responseWriter)(nil)
	_ io.ReaderFrom       = (*responseWriter)(nil)
)
