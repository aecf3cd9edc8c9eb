package inference

import (
	"container/list"
	"context"
	"sync"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// admission bounds what the queue holds, in tokens and in texts. A call that
// comes when there is no room is refused at once; a call that was let in
// waits for room for its further texts, so that work already done is not
// thrown away under load. Waiters are served in order and before newcomers.
type admission struct {
	maxTokens, maxTexts int

	mu      sync.Mutex
	tokens  int       // guarded by mu
	texts   int       // guarded by mu
	waiting list.List // of *waiter; guarded by mu
}

type waiter struct {
	tokens int
	room   chan struct{} // closed when let in
}

// enter lets a text of some tokens in, or says ErrOverload, or, if it may
// wait, waits. A text larger than the whole queue is let in when the queue is
// empty. Every enter without error needs a leave with the same tokens.
func (a *admission) enter(ctx context.Context, tokens int, wait bool) error {
	a.mu.Lock()
	if a.waiting.Len() == 0 && a.fits(tokens) {
		a.take(tokens)
		a.mu.Unlock()
		return nil
	}
	if !wait {
		a.mu.Unlock()
		return pii.ErrOverload
	}
	w := &waiter{tokens, make(chan struct{})}
	place := a.waiting.PushBack(w)
	a.mu.Unlock()

	select {
	case <-w.room:
		return nil
	case <-ctx.Done():
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	select {
	case <-w.room: // both happened; the room is given back
		a.give(tokens)
	default:
		a.waiting.Remove(place)
		a.serve() // who stood behind may fit
	}
	return ctx.Err()
}

func (a *admission) leave(tokens int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.give(tokens)
}

func (a *admission) held() (tokens, texts int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.tokens, a.texts
}

func (a *admission) fits(tokens int) bool {
	return a.texts == 0 || a.texts < a.maxTexts && tokens <= a.maxTokens-a.tokens
}

func (a *admission) take(tokens int) {
	a.tokens += tokens
	a.texts++
}

func (a *admission) give(tokens int) {
	a.tokens -= tokens
	a.texts--
	a.serve()
}

// serve lets waiters in, in order, while there is room.
func (a *admission) serve() {
	for first := a.waiting.Front(); first != nil; first = a.waiting.Front() {
		w := first.Value.(*waiter)
		if !a.fits(w.tokens) {
			return
		}
		a.waiting.Remove(first)
		a.take(w.tokens)
		close(w.room)
	}
}
