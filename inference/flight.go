package inference

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// flights lets identical texts that are in work at the same time share one
// detection.
type flights struct {
	mu    sync.Mutex
	byKey map[cacheKey]*flight // guarded by mu
}

type flight struct {
	done  chan struct{} // closed when spans and err are final
	spans []pii.Span
	err   error
}

// do runs detect for a text unless another caller is doing so, and then waits
// for that one's spans. A failure is never shared: the leader's deadline or
// its overload is not the waiter's. A waiter whose leader's context ended
// lines up again; one whose leader failed otherwise detects on its own, since
// a line of waiters that try one after the other would be slow to fail.
func (f *flights) do(ctx context.Context, key cacheKey, detect func() ([]pii.Span, error)) ([]pii.Span, error) {
	for {
		mine, other := f.join(key)
		if mine != nil {
			return f.lead(key, mine, detect)
		}
		select {
		case <-other.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		switch {
		case other.err == nil:
			return slices.Clone(other.spans), nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !errors.Is(other.err, context.Canceled) && !errors.Is(other.err, context.DeadlineExceeded):
			return detect()
		}
	}
}

// join returns a new flight to lead, or the one there is.
func (f *flights) join(key cacheKey) (mine, other *flight) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if other := f.byKey[key]; other != nil {
		return nil, other
	}
	if f.byKey == nil {
		f.byKey = make(map[cacheKey]*flight)
	}
	mine = &flight{done: make(chan struct{}), err: pii.ErrDetector}
	f.byKey[key] = mine
	return mine, nil
}

// lead detects and lands the flight even if detect panics, for which err was
// preset.
func (f *flights) lead(key cacheKey, mine *flight, detect func() ([]pii.Span, error)) ([]pii.Span, error) {
	defer func() {
		f.mu.Lock()
		delete(f.byKey, key)
		f.mu.Unlock()
		close(mine.done)
	}()
	mine.spans, mine.err = detect()
	return slices.Clone(mine.spans), mine.err
}
