package caddymodule

import (
	"bytes"
	"io"
	"net/http"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// hasBody says whether a request brings a body. r.Body is no witness: Caddy
// wraps it even where there is none, and reading that would arm a timeout.
func hasBody(r *http.Request) bool {
	return r.ContentLength != 0 || len(r.TransferEncoding) > 0
}

// filterRequest replaces the body of r, in place, by what may pass. In place,
// because placeholders such as {http.request.body} read the original request:
// the raw body must not stay reachable through it.
func (x *exchange) filterRequest(w http.ResponseWriter, r *http.Request) *filter.Error {
	if !hasBody(r) || isExtendedConnect(r) {
		return nil
	}
	reader := x.newBodyReader(w, r)
	unread, stopped := x.readRequest(reader, r)
	if stopped != nil {
		// What did not arrive in time may never arrive: nothing is gained
		// by letting it pass, except for monitor, which does not stop.
		h := x.handler
		if !h.Monitor && (!h.opens(stopped.Reason) || stopped.Reason == filter.ReasonTimeout) {
			return stopped
		}
		h.opened(request, stopped)
		unread = true
	}
	if unread {
		reader.disarm()
		if len(reader.buf) > 0 {
			r.Body = prefixed(reader.buf, r.Body)
			delete(r.Header, "Expect") // the client has been told
		}
		return nil
	}
	_ = r.Body.Close() // read to its end; nothing else can close it now
	return x.replaceBody(r, reader.buf)
}

// readRequest collects the body, up to the cap, unless its beginning says
// that it passes unread.
func (x *exchange) readRequest(reader *bodyReader, r *http.Request) (unread bool, stopped *filter.Error) {
	h := x.handler
	if r.ContentLength > h.maxBody && !x.mayPassUnread(request, r.Header) {
		return false, &filter.Error{Reason: filter.ReasonTooLarge}
	}
	if h.maySniff(r.Header, r.ContentLength) {
		done, stopped := reader.upTo(sniffLength(r.Header))
		if done || stopped != nil {
			return false, stopped
		}
		switch f, format := x.sniff(request, r.Header, reader.buf); f {
		case fatePass:
			h.passed(request, format)
			return true, nil
		case fateRefuse:
			return false, errUnreadable
		case fateRead, fateSniff:
		}
	}
	done, stopped := reader.upTo(h.maxBody + 1)
	if stopped == nil && (!done || int64(len(reader.buf)) > h.maxBody) {
		stopped = &filter.Error{Reason: filter.ReasonTooLarge}
	}
	return false, stopped
}

// replaceBody inspects the whole body and installs the outcome.
func (x *exchange) replaceBody(r *http.Request, body []byte) *filter.Error {
	changed := false
	if len(body) > 0 {
		res, stopped := x.judge(r.Context(), request, r.Header, body)
		if stopped != nil {
			return stopped
		}
		body, changed = res.Body, res.Changed
	}
	trailersChanged, stopped := x.filterTrailers(r.Context(), r.Trailer)
	if stopped != nil {
		return stopped
	}
	if changed || trailersChanged {
		dropValidators(r.Header)
		dropValidators(r.Trailer)
	}
	setBody(r, body)
	return nil
}

// setBody gives r a body that is complete: nothing waits for more of it, it
// can be sent again on a stale connection, and its length is known.
func setBody(r *http.Request, body []byte) {
	r.ContentLength = int64(len(body))
	r.TransferEncoding = nil
	r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	r.Body, _ = r.GetBody()
	if len(body) > 0 || len(r.Header["Content-Length"]) > 0 {
		r.Header["Content-Length"] = []string{strconv.Itoa(len(body))}
	}
	// The client has been told to continue when its body was read; asking
	// the upstream again would wait for an answer that nobody needs.
	delete(r.Header, "Expect")
	// A message that was collected cannot be forwarded incrementally
	// (RFC 10036): do not promise it.
	delete(r.Header, "Incremental")
}

// prefixed is a body of which some bytes have been read already.
func prefixed(read []byte, rest io.ReadCloser) io.ReadCloser {
	return struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(read), rest), rest}
}
