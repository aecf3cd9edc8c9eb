package caddymodule

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// How large the first buffer of a body is, in bytes: one that fits where the
// length is known and modest, else small.
const (
	firstChunkKnown   = 64 << 10
	firstChunkUnknown = 4 << 10
)

// bodyReader collects a request body within the cap, the budget and the time
// that the handler allows.
type bodyReader struct {
	x      *exchange
	body   io.Reader
	length int64 // announced, or -1
	rc     *http.ResponseController
	start  time.Time
	buf    []byte
}

func (x *exchange) newBodyReader(w http.ResponseWriter, r *http.Request) *bodyReader {
	return &bodyReader{
		x:      x,
		body:   r.Body,
		length: r.ContentLength,
		rc:     http.NewResponseController(w),
		start:  time.Now(),
	}
}

// upTo reads until the buffer holds n bytes or the body ends; done says that
// it ended, which also fills in the trailers. The size of the buffer follows
// what has arrived: an announced length is not believed until it is there.
func (b *bodyReader) upTo(n int64) (done bool, stopped *filter.Error) {
	for int64(len(b.buf)) < n {
		if len(b.buf) == cap(b.buf) && !b.grow(n) {
			return false, errBudget
		}
		if !b.arm() {
			return false, &filter.Error{Reason: filter.ReasonTimeout, Detail: "body arrives too slowly"}
		}
		room := b.buf[len(b.buf):min(int64(cap(b.buf)), n)]
		got, err := b.body.Read(room)
		b.buf = b.buf[:len(b.buf)+got]
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			b.disarm()
			return true, nil
		default:
			return false, readFailure(err)
		}
	}
	return false, nil
}

// arm limits the next read, and says whether there is time for one. Monitor
// waits like Caddy itself. So does a writer that has no deadlines; Caddy's
// all have.
func (b *bodyReader) arm() bool {
	if b.x.handler.Monitor {
		return true
	}
	deadline := readDeadline(b.start, b.x.handler.deadline, len(b.buf))
	_ = b.rc.SetReadDeadline(deadline)
	return time.Now().Before(deadline)
}

// disarm removes the limit when the body goes on without us: one that
// outlives the body would cancel the request later on (caddy#8103). A body
// that is refused keeps it, because net/http reads on before it answers.
func (b *bodyReader) disarm() { _ = b.rc.SetReadDeadline(time.Time{}) }

// grow doubles the buffer, up to n bytes, if the budget has room for it.
func (b *bodyReader) grow(n int64) bool {
	first := int64(firstChunkUnknown)
	if b.length >= 0 {
		first = min(b.length+1, firstChunkKnown) // one more, to see the end
	}
	size := min(max(2*int64(cap(b.buf)), first), n)
	if !b.x.memory.Grow(size - int64(cap(b.buf))) {
		return false
	}
	grown := make([]byte, len(b.buf), size)
	copy(grown, b.buf)
	clear(b.buf)
	b.buf = grown
	return true
}

// readFailure names why a body could not be read. The error itself is left
// behind: it may be of any reader before us.
func readFailure(err error) *filter.Error {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge): // the request_body directive
		return &filter.Error{Reason: filter.ReasonTooLarge}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &filter.Error{Reason: filter.ReasonTimeout, Detail: "body arrives too slowly"}
	default:
		return &filter.Error{Reason: reasonAborted}
	}
}
