package inference

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// queue feeds one engine from many callers. Windows wait in order of arrival;
// one owner goroutine forms a batch from what is waiting, runs it, hands every
// caller a copy of its rows, and forms the next from what came in meanwhile.
// There is no timer: an idle engine starts at once, a busy one collects.
//
// One owner is also the fastest way: on a CPU, five concurrent Runs take
// longer than the same rows one after the other, and one batch less than
// either (engine.md §2).
type queue struct {
	engine  Engine
	former  former
	shape   rowShape
	onError func(error) // told the engine's errors; may be nil
	onStop  func()

	mu        sync.Mutex
	pending   jobList            // guarded by mu
	closed    bool               // guarded by mu
	live      int                // members of the running batch not abandoned; guarded by mu
	cancelRun context.CancelFunc // of the running batch, or nil; guarded by mu

	wake    chan struct{} // holds one; sent to when there may be work or an end
	stopped chan struct{} // closed when the owner goroutine has ended

	buffers buffers // the owner goroutine's
	count   counters
}

type counters struct {
	batches, rows, tokens, padding, cancelled, failed atomic.Int64
}

// start starts the owner goroutine; stop ends it.
func (q *queue) start() {
	q.wake = make(chan struct{}, 1)
	q.stopped = make(chan struct{})
	go q.own()
}

// submit puts a job in line. Its result is sent to job.done, unless the job
// is abandoned.
func (q *queue) submit(j *job) error {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return pii.ErrNotReady
	}
	j.state = pending
	q.pending.push(j)
	q.mu.Unlock()
	q.signal()
	return nil
}

// abandon takes a job back whose result nobody wants any more. It reports
// whether the job is free for other use; if not, the owner goroutine still
// holds it. A run is cancelled once all of its members were abandoned.
func (q *queue) abandon(j *job) (free bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch j.state {
	case pending:
		q.pending.remove(j)
		j.state = idle
		q.count.cancelled.Add(1)
		return true
	case running:
		j.state = abandoned
		q.count.cancelled.Add(1)
		if q.live--; q.live == 0 && q.cancelRun != nil {
			q.cancelRun()
		}
		return false
	default: // its result lies in done, or was taken
		select {
		case <-j.done:
		default:
		}
		return true
	}
}

// stop fails what waits, cancels what runs, and lets the owner goroutine end,
// whose last act is onStop; stopped is closed after that.
func (q *queue) stop() {
	q.mu.Lock()
	q.closed = true
	if q.cancelRun != nil {
		q.cancelRun()
	}
	q.mu.Unlock()
	q.signal()
}

func (q *queue) signal() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

func (q *queue) waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.pending.len
}

// own is the owner goroutine.
func (q *queue) own() {
	defer close(q.stopped)
	defer q.onStop()
	for range q.wake {
		for {
			batch, closed := q.take()
			if closed {
				return
			}
			if len(batch) == 0 {
				break
			}
			q.run(batch)
			clear(batch)
		}
	}
}

// take moves the next batch from pending to running. Windows whose caller is
// gone or whose deadline has passed leave before they cost anything.
func (q *queue) take() (batch []*job, closed bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		for q.pending.head != nil {
			q.drop(q.pending.head, pii.ErrNotReady)
		}
		return nil, true
	}
	candidates := q.former.candidates[:0]
	for j := q.pending.head; j != nil && len(candidates) < lookahead; {
		next := j.next
		if err := j.ctx.Err(); err != nil {
			q.count.cancelled.Add(1)
			q.drop(j, err)
		} else {
			candidates = append(candidates, j)
		}
		j = next
	}
	q.former.candidates = candidates
	batch = q.former.form(candidates)
	clear(candidates) // the scratch must not keep contexts of requests alive
	for _, j := range batch {
		q.pending.remove(j)
		j.state = running
	}
	q.live = len(batch)
	return batch, false
}

// drop takes a job out of line and answers it with an error.
func (q *queue) drop(j *job, err error) {
	q.pending.remove(j)
	q.answer(j, err)
}

// answer gives a job back to its submitter. The caller holds mu.
func (q *queue) answer(j *job, err error) {
	if j.state != abandoned {
		j.state = idle
		j.err = err
		j.done <- struct{}{}
	}
}

// run runs a batch and answers its members. If the engine fails, each member
// gets one run alone, so that a poisonous row fails nobody but its own text.
func (q *queue) run(batch []*job) {
	err := q.infer(batch)
	if err == nil {
		q.finish(batch, nil)
		return
	}
	for i := range batch {
		alone := batch[i : i+1]
		if !q.wanted(alone[0]) {
			continue
		}
		if err := q.infer(alone); err != nil {
			q.count.failed.Add(1)
			q.finish(alone, err)
			continue
		}
		q.finish(alone, nil)
	}
}

// wanted says whether a member is worth a retry: somebody waits for it, and
// still has time.
func (q *queue) wanted(j *job) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if j.state != running {
		return false
	}
	if err := j.ctx.Err(); err != nil {
		q.count.cancelled.Add(1)
		q.live--
		q.answer(j, err)
		return false
	}
	return true
}

func (q *queue) finish(batch []*job, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, j := range batch {
		if j.state == running {
			q.live--
		}
		q.answer(j, err)
	}
}

// infer packs a batch, runs it and scatters the rows into its jobs.
func (q *queue) infer(batch []*job) (err error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if !q.begin(cancel) {
		return pii.ErrNotReady
	}
	defer q.begin(nil)
	defer func() {
		if v := recover(); v != nil {
			q.report(fmt.Errorf("engine panicked with a %T", v))
			err = fmt.Errorf("%w: the engine panicked with a %T", pii.ErrDetector, v)
		}
	}()
	b, logits, tokens := q.buffers.pack(batch, q.shape)
	q.count.batches.Add(1)
	q.count.rows.Add(int64(b.Rows))
	q.count.tokens.Add(int64(tokens))
	q.count.padding.Add(int64(b.Rows*b.Cols - tokens))
	if err := q.engine.Run(ctx, b, logits); err != nil {
		q.report(err)
		return fmt.Errorf("%w: the engine failed with a %T", pii.ErrDetector, err)
	}
	scatter(batch, b, logits)
	return nil
}

// begin notes how to cancel the run that starts, or, with nil, that it ended.
func (q *queue) begin(cancel context.CancelFunc) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.cancelRun = cancel
	return !q.closed
}

func (q *queue) report(err error) {
	if q.onError != nil {
		q.onError(err)
	}
}
