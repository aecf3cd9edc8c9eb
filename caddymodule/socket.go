package caddymodule

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"sync"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// errSocketStopped is what both ends of a stopped WebSocket get, so that
// whoever copies between them lets go of it.
var errSocketStopped = errors.New("privacy filter: connection stopped")

// socket masks a WebSocket connection. A proxy reads from it what the client
// sends, and writes to it what the client gets; each in a goroutine of its own.
type socket struct {
	handler *Handler
	cancel  context.CancelFunc
	lease   lease
	begun   bool       // the client has got what it asked for
	up      socketHalf // what is read
	down    socketHalf // what is written

	src       io.Reader // the client
	dst       io.Writer // the client
	interrupt func()    // ends a read that waits

	pending bytes.Buffer // decided, and not read yet
	readErr error        // what follows it
	scratch []byte       // for reading

	writing sync.Mutex // held while something is decided for and sent to the client

	mu     sync.Mutex // guards the rest
	closed uint16     // with this code, by us; 0: not
}

// newSocket takes over the exchange's lease: the connection may outlive the
// handler that it is handed to (I6).
func (x *exchange) newSocket(r *http.Request) *socket {
	h := x.handler
	// A hijacked connection is no longer watched by the server: its own end
	// is what takes its work out of the queue.
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.Context()))
	s := &socket{handler: h, cancel: cancel, interrupt: func() {}}
	release := x.release
	x.release = nil
	s.up.begin(ctx, x, s, request, h.Request != modeOff)
	s.down.begin(ctx, x, s, response, h.Response != modeOff)
	s.lease.release = func() {
		s.up.end()
		s.down.end()
		if release != nil {
			release()
		}
	}
	return s
}

// Read returns frames of the client, masked.
func (s *socket) Read(p []byte) (int, error) {
	if s.scratch == nil {
		s.scratch = make([]byte, socketChunk)
	}
	for s.pending.Len() == 0 {
		if s.readErr != nil {
			return 0, s.readErr
		}
		n, err := s.src.Read(s.scratch)
		s.receive(s.scratch[:n], err)
	}
	return s.pending.Read(p)
}

// socketChunk is how much of a connection is read at once, in bytes.
const socketChunk = 16 << 10

// receive decides what becomes of bytes of the client.
func (s *socket) receive(raw []byte, err error) {
	out, stopped := s.up.write(raw)
	s.pending.Write(out)
	if stopped != nil {
		s.stop(codeOf(stopped))
	}
	switch code := s.stoppedWith(); {
	case code != 0:
		s.pending.Write(s.up.pipe.Close(code))
		s.readErr = errSocketStopped
	case err != nil:
		s.readErr = err
	}
}

// Write sends frames to the client, masked. When they are stopped the reading
// side ends the connection, behind the close frame that the other end is owed;
// so that what is still written until then is dropped without an error.
func (s *socket) Write(p []byte) (int, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.stoppedWith() != 0 {
		return len(p), nil
	}
	out, stopped := s.down.write(p)
	if len(out) > 0 {
		if _, err := s.dst.Write(out); err != nil {
			return 0, err
		}
	}
	if stopped != nil {
		s.stopLocked(codeOf(stopped))
		s.interrupt()
	}
	return len(p), nil
}

// stop ends the connection at the client. If something is being sent there,
// nothing may come in between, and the end shows in the connection alone.
func (s *socket) stop(code uint16) {
	if s.writing.TryLock() {
		defer s.writing.Unlock()
		s.stopLocked(code)
		return
	}
	s.markStopped(code)
}

// stopLocked is stop for whoever holds writing.
func (s *socket) stopLocked(code uint16) {
	if !s.markStopped(code) {
		return
	}
	if closing := s.down.pipe.Close(code); len(closing) > 0 {
		_, _ = s.dst.Write(closing) // a client that has gone needs none
	}
}

func (s *socket) markStopped(code uint16) (first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first = s.closed == 0
	if first {
		s.closed = code
	}
	return first
}

func (s *socket) stoppedWith() uint16 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.closed
}

// end counts and lets go of everything, when nothing is being decided any
// more. It may be called twice.
func (s *socket) end() {
	s.cancel()
	s.lease.close()
}

// lease is a lease that several goroutines use. It is given back when it is
// closed and the last of them has left.
type lease struct {
	mu      sync.Mutex
	users   int
	closed  bool
	release func()
}

// enter says whether the lease may be used until leave.
func (l *lease) enter() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return false
	}
	l.users++
	return true
}

func (l *lease) leave() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.users--
	l.finish()
}

func (l *lease) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	l.finish()
}

func (l *lease) finish() {
	if l.closed && l.users == 0 && l.release != nil {
		l.release()
		l.release = nil
	}
}

// errGone stops what is still written to a connection that has ended.
var errGone = &filter.Error{Reason: reasonAborted}
