package remote

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
)

const probeTimeout = 10 * time.Second

// session is a server that was found to serve the model, and how.
type session interface {
	// infer fills logits (Rows × Cols × Labels) for tokens, and zeros for
	// padding.
	infer(ctx context.Context, b *inference.Batch, logits []float32) error
}

// endpoint is one server.
type endpoint struct {
	name   string // for errors
	base   string // of its URLs
	header http.Header
	client *http.Client
	slots  chan struct{} // holds one for every request in flight
	check  func(ctx context.Context, e *endpoint) (session, error)
	now    func() time.Time

	mu      sync.Mutex
	session session       // nil unless proven; guarded by mu
	breaker breaker       // guarded by mu
	probe   chan struct{} // closed when the probe that runs has ended, or nil; guarded by mu
	load    int           // requests in flight or waiting for a slot; guarded by mu
}

// run asks the server, once there is a slot. The caller has added to its load.
func (e *endpoint) run(ctx context.Context, s session, timeout time.Duration, b *inference.Batch, logits []float32) error {
	defer func() {
		e.mu.Lock()
		e.load--
		e.mu.Unlock()
	}()
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.slots }()
	inner, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	err := s.infer(inner, b, logits)
	if ctx.Err() != nil {
		return ctx.Err() // nobody wants it any more: that says nothing of the server
	}
	e.note(err)
	return err
}

// note counts a result. A server whose breaker opens has to prove itself again:
// what comes up in its place may serve another model.
func (e *endpoint) note(err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if err == nil {
		e.breaker.succeed()
		return
	}
	if e.breaker.fail(err, e.now()) {
		e.session = nil
	}
}

// prove asks the server what it serves.
func (e *endpoint) prove(ctx context.Context) error {
	inner, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	s, err := e.check(inner, e)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err != nil {
		e.breaker.open = true // whatever is unproven stays unused
		e.breaker.fail(err, e.now())
		return err
	}
	e.session = s
	e.breaker.succeed()
	return nil
}
