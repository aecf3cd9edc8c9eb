package caddymodule

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// writerOnly hides ReadFrom from io.Copy, which would call itself.
type writerOnly struct{ io.Writer }

// ReadFrom keeps sendfile for what passes unread; everything else goes
// through Write.
func (w *responseWriter) ReadFrom(src io.Reader) (n int64, err error) {
	if w.mode == waiting || w.mode == sniffing {
		n, err = io.CopyN(writerOnly{w}, src, sniffBytes) // they decide
		if err != nil {
			if errors.Is(err, io.EOF) {
				err = nil
			}
			return n, err
		}
	}
	var rest int64
	if rf, ok := w.inner.(io.ReaderFrom); ok && w.mode == passing && w.sendErr == nil {
		rest, err = rf.ReadFrom(src)
	} else {
		rest, err = io.Copy(writerOnly{w}, src)
	}
	return n + rest, err
}

// FlushError flushes what may have left already. Held-back bytes stay held.
// Like net/http's, a flush before anything was written sends the status.
func (w *responseWriter) FlushError() error {
	if w.mode == waiting {
		w.WriteHeader(http.StatusOK)
	}
	if w.mode == sniffing && w.x.flushesUnread(w.head, w.buf) {
		w.decide()
	}
	switch w.mode {
	case streaming:
		return w.flushStream()
	case tunnelling:
		return w.flushTunnel()
	case passing, bodyless:
	default:
		return nil
	}
	return http.NewResponseController(w.inner).Flush()
}

// Hijack hands over the connection of a WebSocket, masked, or of a tunnel that
// the policy lets through.
func (w *responseWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	masked := w.mode == tunnelling && !w.connect
	if !masked && (!w.tunnels || w.mode != waiting && w.mode != passing) {
		if w.mode == waiting {
			w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "protocol switch"})
		}
		return nil, nil, http.ErrNotSupported
	}
	conn, rw, err := http.NewResponseController(w.inner).Hijack()
	if err != nil {
		return conn, rw, err
	}
	if w.mode == waiting {
		w.x.handler.passed(response, formatUpgrade)
		w.x.endLease()
	}
	w.mode = hijacked
	if masked {
		return newSocketConn(w.socket, conn, rw)
	}
	if w.socket != nil {
		w.socket.end()
	}
	return conn, rw, nil
}

// Push passes server pushes on; a pushed request comes through the server,
// and so through the filter, on its own.
func (w *responseWriter) Push(target string, opts *http.PushOptions) error {
	if pusher, ok := w.inner.(http.Pusher); ok {
		return pusher.Push(target, opts)
	}
	return http.ErrNotSupported
}

// Interface guards
var (
	_ http.ResponseWriter = (*responseWriter)(nil)
	_ http.Hijacker       = (*responseWriter)(nil)
	_ http.Pusher         = (*responseWriter)(nil)
	_ io.ReaderFrom       = (*responseWriter)(nil)
)
