package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// delivery is how a body is cut on the wire.
type delivery string

const (
	whole    delivery = "whole"            // one write, length known
	chunked  delivery = "chunked"          // a few writes, length unknown
	trickled delivery = "one byte at once" // a flush after every byte
)

var deliveries = []delivery{whole, chunked, trickled}

// pieces cuts a body for a delivery. Bodies beyond 4 KiB are trickled in 97
// byte pieces: one byte each would only measure the kernel.
func (d delivery) pieces(body []byte) [][]byte {
	size := len(body)
	switch d {
	case whole:
		return [][]byte{body}
	case chunked:
		size = len(body)/3 + 1
	case trickled:
		size = 1
		if len(body) > 4096 {
			size = 97
		}
	}
	var out [][]byte
	for len(body) > 0 {
		n := min(size, len(body))
		out = append(out, body[:n])
		body = body[n:]
	}
	return out
}

// serve writes a response body for a delivery.
func (d delivery) serve(w http.ResponseWriter, status int, body []byte) {
	if d == whole {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)))
	}
	w.WriteHeader(status)
	for _, p := range d.pieces(body) {
		w.Write(p)
		if d != whole {
			http.NewResponseController(w).Flush()
		}
	}
}

// response is what a client saw.
type response struct {
	Status           int
	Proto            string
	Header           http.Header
	Trailer          http.Header
	ContentLength    int64
	TransferEncoding []string
	Body             []byte
	BodyErr          error
}

func readResponse(resp *http.Response) *response {
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	return &response{
		Status: resp.StatusCode, Proto: resp.Proto, Header: resp.Header,
		Trailer: resp.Trailer, ContentLength: resp.ContentLength,
		TransferEncoding: resp.TransferEncoding, Body: body, BodyErr: err,
	}
}

// protocols are the HTTP versions that most tables run over; h2 is spoken with
// prior knowledge, so that no certificate stands between the test and the
// frames.
var protocols = []string{"h1", "h2"}

// send makes a request with a body in the given delivery and reads the
// answer to its end. A server may answer before it has read everything.
func send(t testing.TB, c *http.Client, method, url string, header http.Header, body []byte, d delivery) *response {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, header)
	if body != nil {
		attach(req, body, d)
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return readResponse(resp)
}

func attach(req *http.Request, body []byte, d delivery) {
	if d == whole {
		req.Body = io.NopCloser(strings.NewReader(string(body)))
		req.ContentLength = int64(len(body))
		return
	}
	pr, pw := io.Pipe()
	req.Body, req.ContentLength = pr, -1
	go func() {
		for _, p := range d.pieces(body) {
			if _, err := pw.Write(p); err != nil {
				return
			}
		}
		pw.Close()
	}()
}

// wire is a raw HTTP/1.1 connection, for what net/http will not do.
type wire struct {
	net.Conn
	r *bufio.Reader
}

func dialWire(t testing.TB, addr string) *wire {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	c.SetDeadline(time.Now().Add(patience))
	t.Cleanup(func() { c.Close() })
	return &wire{Conn: c, r: bufio.NewReader(c)}
}

// head writes a request head. Lines are joined with CRLF; Host is added.
func (w *wire) head(t testing.TB, requestLine string, lines ...string) {
	t.Helper()
	all := append([]string{requestLine + " HTTP/1.1", "Host: localhost"}, lines...)
	w.send(t, strings.Join(all, "\r\n")+"\r\n\r\n")
}

func (w *wire) send(t testing.TB, s string) {
	t.Helper()
	if _, err := io.WriteString(w.Conn, s); err != nil {
		t.Fatalf("writing to the wire: %v", err)
	}
}

// sendChunks writes a chunked body, one TCP write for every piece.
func (w *wire) sendChunks(t testing.TB, pieces [][]byte) {
	t.Helper()
	for _, p := range pieces {
		w.send(t, fmt.Sprintf("%x\r\n%s\r\n", len(p), p))
	}
	w.send(t, "0\r\n\r\n")
}

// receive reads one response, interim ones included.
func (w *wire) receive(t testing.TB, method string) *response {
	t.Helper()
	resp, err := http.ReadResponse(w.r, &http.Request{Method: method})
	if err != nil {
		t.Fatalf("reading from the wire: %v", err)
	}
	return readResponse(resp)
}

// closed reports whether the peer closes the connection without another byte.
func (w *wire) closed() error {
	b, err := w.r.ReadByte()
	switch {
	case err == nil:
		return fmt.Errorf("got byte %q, want end of connection", b)
	case errors.Is(err, io.EOF):
		return nil
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("connection stays open")
	default:
		return nil // reset
	}
}
