package e2e

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// upstream is what stands behind the filter: it records every request as it
// arrived and answers it with the handler registered for its path.
type upstream struct {
	addr string
	next atomic.Int64

	mu       sync.Mutex
	handlers map[string]http.HandlerFunc
	seen     map[string][]*arrival
	raw      bytes.Buffer // every body byte that ever arrived, for canaries
}

// arrival is one request as the upstream got it.
type arrival struct {
	Method           string
	URI              string
	Proto            string
	Header           http.Header
	Trailer          http.Header
	ContentLength    int64
	TransferEncoding []string
	Body             []byte
	BodyErr          error // what reading the body ended with, other than io.EOF
}

func newUpstream() (*upstream, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	u := &upstream{
		addr:     l.Addr().String(),
		handlers: make(map[string]http.HandlerFunc),
		seen:     make(map[string][]*arrival),
	}
	srv := &http.Server{Handler: u}
	srv.Protocols = new(http.Protocols)
	srv.Protocols.SetHTTP1(true)
	srv.Protocols.SetUnencryptedHTTP2(true)
	go srv.Serve(l)
	return u, nil
}

// handle registers a handler under a fresh path and returns the path. A nil
// handler answers 204. The handler finds the request's body already read and
// recorded, unless the path was registered with handleRaw.
func (u *upstream) handle(h http.HandlerFunc) string {
	if h == nil {
		h = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	}
	return u.handleRaw(func(w http.ResponseWriter, r *http.Request) {
		u.record(r)
		h(w, r)
	})
}

// handleRaw registers a handler that decides itself when to call record.
func (u *upstream) handleRaw(h http.HandlerFunc) string { return u.handleBelow("", h) }

// handleBelow is handleRaw for what is told by the end of its path.
func (u *upstream) handleBelow(end string, h http.HandlerFunc) string {
	path := "/case/" + strconv.FormatInt(u.next.Add(1), 10) + end
	u.mu.Lock()
	defer u.mu.Unlock()
	u.handlers[path] = h
	return path
}

func (u *upstream) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u.mu.Lock()
	h := u.handlers[r.URL.Path]
	u.mu.Unlock()
	if h == nil {
		http.Error(w, "no such case", http.StatusTeapot)
		return
	}
	h(w, r)
}

// record reads the request to its end and remembers it.
func (u *upstream) record(r *http.Request) *arrival {
	body, err := io.ReadAll(r.Body)
	a := &arrival{
		Method: r.Method, URI: r.RequestURI, Proto: r.Proto,
		Header: r.Header.Clone(), Trailer: r.Trailer.Clone(),
		ContentLength: r.ContentLength, TransferEncoding: r.TransferEncoding,
		Body: body, BodyErr: err,
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	u.seen[r.URL.Path] = append(u.seen[r.URL.Path], a)
	u.raw.Write(body)
	return a
}

// arrivals returns what arrived for a path so far.
func (u *upstream) arrivals(path string) []*arrival {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.seen[path]
}

// only returns the single request that arrived for a path.
func (u *upstream) only(t testing.TB, path string) *arrival {
	t.Helper()
	got := u.arrivals(path)
	if len(got) != 1 {
		t.Fatalf("upstream saw %d requests for %s, want 1", len(got), path)
	}
	return got[0]
}

// everything is all the body bytes the upstream ever received.
func (u *upstream) everything() string {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.raw.String()
}
