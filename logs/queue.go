package logs

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Bounds of a batch. It is one body to the filter, whose parts go to the model
// together.
const (
	batchEntries = 256
	batchBytes   = 256 << 10
)

// patience is how long a full queue waits for the batch that is inspected
// before that is given up.
const patience = 250 * time.Millisecond

// admission is what became of an entry at the door of the queue.
type admission uint8

const (
	queued  admission = iota
	refused           // full, and the policy is to drop
	over              // closed
)

// queue holds copies of entries in order, bounded in number and in bytes.
type queue struct {
	maxEntries, maxBytes int
	full                 Full

	mu      sync.Mutex
	room    sync.Cond // there is room, or no more waiting for it
	work    sync.Cond // there is an entry, or the end
	entries [][]byte
	bytes   int
	closed  bool

	redact  int                // so many of the entries are to be redacted: there is no time for them
	hurried bool               // since the batch was taken that is inspected
	grace   time.Duration      // that it still has then
	cancel  context.CancelFunc // gives it up; nil if there is none
	giveUp  *time.Timer        // that will call cancel, or nil
}

func newQueue(maxEntries, maxBytes int, full Full) *queue {
	q := &queue{maxEntries: maxEntries, maxBytes: maxBytes, full: full}
	q.room.L, q.work.L = &q.mu, &q.mu
	return q
}

// put copies an entry into the queue, as the policy says if there is no room.
func (q *queue) put(entry []byte) admission {
	q.mu.Lock()
	defer q.mu.Unlock()
	for !q.closed && !q.fits(len(entry)) {
		switch q.full {
		case FullDrop:
			return refused
		case FullRedact:
			q.hurryLocked(patience)
		case FullBlock:
		}
		q.room.Wait()
	}
	if q.closed {
		return over
	}
	q.entries = append(q.entries, slices.Clone(entry))
	q.bytes += len(entry)
	q.work.Signal()
	return queued
}

// fits reports whether there is room. An entry larger than the whole queue
// passes alone.
func (q *queue) fits(bytes int) bool {
	return len(q.entries) == 0 || len(q.entries) < q.maxEntries && q.bytes+bytes <= q.maxBytes
}

// take waits for entries and takes a batch, all of whose entries are to be
// redacted or none. It reports false at the end.
func (q *queue) take() (batch [][]byte, redact, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.entries) == 0 && !q.closed {
		q.work.Wait()
	}
	if len(q.entries) == 0 {
		return nil, false, false
	}
	n, bytes := 0, 0
	limit := len(q.entries)
	if redact = q.redact > 0; redact {
		limit = min(limit, q.redact)
	}
	for n < limit && n < batchEntries && (n == 0 || bytes+len(q.entries[n]) <= batchBytes) {
		bytes += len(q.entries[n])
		n++
	}
	batch = slices.Clone(q.entries[:n])
	q.entries = slices.Delete(q.entries, 0, n)
	q.bytes -= bytes
	q.redact = max(0, q.redact-n)
	q.hurried = false
	q.room.Broadcast()
	return batch, redact, true
}

// working says what to cancel to give up the batch that was taken; nil when it
// is done.
func (q *queue) working(cancel context.CancelFunc) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cancel = cancel
	if q.giveUp != nil {
		q.giveUp.Stop()
		q.giveUp = nil
	}
	q.press()
}

// hurry has all that waits redacted, and the batch that is inspected if it
// takes longer than grace.
func (q *queue) hurry(grace time.Duration) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.hurryLocked(grace)
}

func (q *queue) hurryLocked(grace time.Duration) {
	q.redact = len(q.entries)
	if !q.hurried || grace < q.grace {
		q.hurried, q.grace = true, grace
		q.press()
	}
}

// press sees to it that the batch is given up in time, if there is one.
func (q *queue) press() {
	switch {
	case !q.hurried || q.cancel == nil:
	case q.grace == 0:
		q.cancel()
	default:
		q.giveUp = time.AfterFunc(q.grace, q.cancel)
	}
}

// end closes the queue. It reports false if it was closed.
func (q *queue) end() bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	q.closed = true
	q.work.Broadcast()
	q.room.Broadcast()
	return true
}
