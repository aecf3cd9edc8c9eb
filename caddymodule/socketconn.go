package caddymodule

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// isWebSocket says whether the client asks for a WebSocket: by an upgrade
// (RFC 6455) or by an extended CONNECT (RFC 8441, RFC 9220).
func isWebSocket(r *http.Request) bool {
	if isExtendedConnect(r) {
		return r.Header.Get(":protocol") == "websocket" || r.Proto == "websocket"
	}
	return strings.EqualFold(upgradeOffer(r), "websocket")
}

// extensionsField is compared without regard to case: Caddy's proxy writes it
// as RFC 6455 does, which is not how net/http does.
const extensionsField = "Sec-WebSocket-Extensions"

// declineExtensions takes back the client's offer of extensions, so that none
// is agreed on: compressed frames are read by nobody here.
func declineExtensions(h http.Header) {
	for name := range h {
		if strings.EqualFold(name, extensionsField) {
			delete(h, name)
		}
	}
}

func hasExtensions(h http.Header) bool {
	for name, values := range h {
		if strings.EqualFold(name, extensionsField) && len(values) > 0 {
			return true
		}
	}
	return false
}

// openSocket prepares for a WebSocket that the client asks for. If it does
// not get one, the response is like any other.
func (w *responseWriter) openSocket() {
	w.socket = w.x.newSocket(w.r)
	if !w.x.handler.Monitor {
		declineExtensions(w.r.Header)
	}
	if w.connect {
		w.r.Body = newSocketBody(w.socket, w.inner, w.r)
	}
}

// switchProtocol decides about a response that ends HTTP on this connection.
func (w *responseWriter) switchProtocol() {
	h := w.Header()
	switch {
	case w.socket != nil && !hasExtensions(h) &&
		(w.connect || httpguts.HeaderValuesContainsToken(h["Upgrade"], "websocket")):
		w.mode = tunnelling
		w.socket.begun, w.socket.dst = true, flushing{w.inner}
		w.inner.WriteHeader(w.status)
	case w.tunnels:
		w.pass(formatUpgrade)
	default:
		w.stop(&filter.Error{Reason: filter.ReasonUnsupported, Detail: "protocol switch"})
	}
}

// writeTunnel sends frames of the upstream to the client of an extended
// CONNECT. In HTTP/1.1 the connection is hijacked before.
func (w *responseWriter) writeTunnel(p []byte) (int, error) {
	if !w.connect {
		return 0, errStopped
	}
	return w.socket.Write(p)
}

// flushTunnel flushes what has been sent to the client of an extended CONNECT,
// and the header before there is anything.
func (w *responseWriter) flushTunnel() error {
	w.socket.writing.Lock()
	defer w.socket.writing.Unlock()
	return http.NewResponseController(w.inner).Flush()
}

// flushing sends at once what is written to it.
type flushing struct{ http.ResponseWriter }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.ResponseWriter.Write(p)
	if err == nil {
		err = http.NewResponseController(f.ResponseWriter).Flush()
	}
	return n, err
}

// socketConn is a hijacked connection that is masked.
type socketConn struct {
	net.Conn
	socket *socket
}

// newSocketConn puts the socket in front of what Hijack has returned. Nothing
// that was buffered may slip past it in either direction.
func newSocketConn(s *socket, conn net.Conn, rw *bufio.ReadWriter) (net.Conn, *bufio.ReadWriter, error) {
	if err := rw.Flush(); err != nil { // the status and header
		_ = conn.Close()
		s.end()
		return nil, nil, err
	}
	s.src, s.dst = rw.Reader, conn
	s.interrupt = func() { _ = conn.SetReadDeadline(time.Unix(1, 0)) }
	c := &socketConn{conn, s}
	return c, bufio.NewReadWriter(bufio.NewReader(c), bufio.NewWriter(c)), nil
}

// Read and Write go through the socket.
func (c *socketConn) Read(p []byte) (int, error)  { return c.socket.Read(p) }
func (c *socketConn) Write(p []byte) (int, error) { return c.socket.Write(p) }

// errNoHalfClose is for connections that end as a whole only.
var errNoHalfClose = errors.New("connection has no write half to close")

// CloseWrite passes the end of what the upstream sends.
func (c *socketConn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errNoHalfClose
}

// lingerTime is how long a client that we have sent a close frame may take to
// read it. Closing at once would reset the connection if bytes of the client
// are still on their way, and a reset discards what was sent (RFC 1122,
// section 4.2.2.13).
const lingerTime = 500 * time.Millisecond

// Close ends the connection.
func (c *socketConn) Close() error {
	if c.socket.stoppedWith() != 0 && c.CloseWrite() == nil {
		_ = c.Conn.SetReadDeadline(time.Now().Add(lingerTime))
		_, _ = io.Copy(io.Discard, c.Conn)
	}
	err := c.Conn.Close()
	c.socket.end()
	return err
}

// socketBody is the client's side of an extended CONNECT.
type socketBody struct {
	io.Closer
	socket *socket
}

// newSocketBody puts the socket in front of the body of r.
func newSocketBody(s *socket, w http.ResponseWriter, r *http.Request) io.ReadCloser {
	s.src = r.Body
	rc := http.NewResponseController(w)
	s.interrupt = func() { _ = rc.SetReadDeadline(time.Unix(1, 0)) }
	return &socketBody{r.Body, s}
}

// Read goes through the socket.
func (b *socketBody) Read(p []byte) (int, error) { return b.socket.Read(p) }

// Close ends the client's side. The server ends the other one.
func (b *socketBody) Close() error {
	err := b.Closer.Close()
	b.socket.end()
	return err
}
