package gradio

import (
	"context"
	"sync"
	"time"
)

// message is one event of a stream.
type message map[string]any

// session is a stream of the events of one caller's calls. Events wait in it
// until somebody reads them: clients open the stream after the call.
type session struct {
	owner string

	mu      sync.Mutex
	waiting []message       // guarded by mu
	pending map[string]*job // guarded by mu
	changed chan struct{}   // closed at each change; guarded by mu
	closed  bool            // no more calls join it; guarded by mu
	reader  func()          // ends the reader that a newer one replaces; guarded by mu
	idle    *time.Timer     // ends the session that nobody reads; guarded by mu
}

func newSession(owner string) *session {
	return &session{owner: owner, pending: make(map[string]*job), changed: make(chan struct{})}
}

// change wakes the reader. s.mu is held.
func (s *session) change() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// join adds a call, unless the stream is just being closed.
func (s *session) join(j *job) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.pending[j.id] = j
	s.change()
	return true
}

// send puts an event of a pending call into the stream; last ends the call. It
// reports whether the call was still pending: each ends once.
func (s *session) send(j *job, m message, last bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending[j.id] == nil {
		return false
	}
	m["event_id"] = j.id
	s.waiting = append(s.waiting, m)
	if last {
		delete(s.pending, j.id)
	}
	s.change()
	return true
}

// drop forgets a call that never came into the queue.
func (s *session) drop(j *job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.pending, j.id)
}

// job finds a pending call.
func (s *session) job(id string) *job {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending[id]
}

// jobs are the pending calls.
func (s *session) jobs() (all []*job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, j := range s.pending {
		all = append(all, j)
	}
	return all
}

// attach makes the caller the reader; the one before it ends.
func (s *session) attach(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.reader != nil {
		s.reader()
	}
	s.reader = func() { cancel(errReplaced) }
	if s.idle != nil {
		s.idle.Stop()
	}
	return ctx, func() { cancel(nil) }
}

// watched reports whether somebody reads the stream already.
func (s *session) watched() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reader != nil
}

// next waits for events. None and no error mean that nothing is pending and
// nothing came for a while, and that the session is closed: a call that comes
// while this is told would find nobody who listens (the client believes the
// stream open until it reads the end).
func (s *session) next(ctx context.Context, linger, beat time.Duration) ([]message, error) {
	var lingering <-chan time.Time
	heart := time.NewTimer(beat)
	defer heart.Stop()
	beating := heart.C
	for {
		s.mu.Lock()
		if events := s.waiting; len(events) > 0 {
			s.waiting = nil
			s.mu.Unlock()
			return events, nil
		}
		changed, done := s.changed, len(s.pending) == 0
		s.mu.Unlock()
		switch {
		case !done:
			lingering, beating = nil, heart.C
		case lingering == nil:
			lingering, beating = time.After(linger), nil
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-changed:
		case <-beating:
			return []message{{"msg": "heartbeat", "event_id": nil}}, nil
		case <-lingering:
			s.mu.Lock()
			s.closed = len(s.pending) == 0 && len(s.waiting) == 0
			closed := s.closed
			s.mu.Unlock()
			if closed {
				return nil, nil
			}
			lingering = nil
		}
	}
}
