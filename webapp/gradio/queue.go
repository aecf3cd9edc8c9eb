package gradio

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// job is one call in the queue.
type job struct {
	id       string
	endpoint *Endpoint
	call     *Call
	session  *session
	refused  error // an argument's; told as the result
	uploads  []string
	known    time.Time // when the client surely knows of it; its end is not told before
	ctx      context.Context
	cancel   context.CancelFunc
}

// queue runs calls in their order, some at a time. Nothing runs while it is
// empty: a call starts the goroutine that runs it.
type queue struct {
	size, workers int
	run           func(*job)

	mu      sync.Mutex
	waiting []*job // guarded by mu
	running int    // guarded by mu
	closed  bool   // guarded by mu
	all     sync.WaitGroup
}

var errFull = errors.New("Queue is full.") //nolint:staticcheck // Gradio's words

// add puts a call into the queue.
func (q *queue) add(j *job) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || len(q.waiting) >= q.size {
		return errFull
	}
	q.waiting = append(q.waiting, j)
	q.tell()
	if q.running < q.workers {
		q.running++
		q.all.Go(q.work)
	}
	return nil
}

// tell says to all who wait where they are. q.mu is held.
func (q *queue) tell() {
	for i, j := range q.waiting {
		j.session.send(j, message{"msg": "estimation", "rank": i, "queue_size": len(q.waiting), "rank_eta": nil}, false)
	}
}

func (q *queue) work() {
	for {
		q.mu.Lock()
		if len(q.waiting) == 0 {
			q.running--
			q.mu.Unlock()
			return
		}
		j := q.waiting[0]
		q.waiting = q.waiting[1:]
		q.tell()
		q.mu.Unlock()
		q.run(j)
	}
}

// leave takes a call out that has not begun.
func (q *queue) leave(j *job) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if i := slices.Index(q.waiting, j); i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
		q.tell()
	}
}

// status is how many wait.
func (q *queue) status() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// close ends what waits and waits for what runs.
func (q *queue) close() {
	q.mu.Lock()
	q.closed = true
	waiting := q.waiting
	q.waiting = nil
	q.mu.Unlock()
	for _, j := range waiting {
		j.cancel()
	}
	q.all.Wait()
}

// execute runs one call and tells its end.
func (s *Server) execute(j *job) {
	defer j.cancel()
	defer s.discard(j)
	if !j.session.send(j, message{"msg": "process_starts", "eta": nil}, false) {
		return // cancelled while it waited
	}
	start := time.Now()
	out, err := s.result(j)
	took := time.Since(start).Seconds()
	if err == nil {
		j.end(completed(true, map[string]any{
			"data": []any{out}, "is_generating": false, "duration": took, "average_duration": took,
			"render_config": nil, "changed_state_ids": []any{},
		}))
		return
	}
	var shown Failure
	if !errors.As(err, &shown) {
		shown = errUnknown
	}
	// unexpected_error would be right, but the Python client dies of it.
	j.end(completed(false, map[string]any{
		"error": string(shown), "visible": true, "duration": 10, "title": "Error",
	}))
}

// end tells the end of a call, as soon as it may be told.
func (j *job) end(m message) {
	if early := time.Until(j.known); early > 0 {
		time.AfterFunc(early, func() { j.session.send(j, m, true) })
		return
	}
	j.session.send(j, m, true)
}

func completed(ok bool, output map[string]any) message {
	return message{
		"msg": "process_completed", "success": ok, "output": output,
		"title": nil, "used_cache": nil, "cache_duration": nil, "avg_time": nil,
	}
}

// result calls the function. A panic is its failure, and says nothing: its
// value may quote.
func (s *Server) result(j *job) (out any, err error) {
	defer func() {
		if recover() != nil {
			out, err = nil, errUnknown
		}
	}()
	if j.refused != nil {
		return nil, j.refused
	}
	out, err = j.endpoint.Run(j.ctx, j.call)
	if f, ok := out.(*File); ok && err == nil {
		return s.offer(j, f)
	}
	return out, err
}

// discard forgets what was uploaded for a call.
func (s *Server) discard(j *job) {
	for _, key := range j.uploads {
		s.files.remove(key)
	}
}

// abandon ends a call for its caller at once, and for the function soon.
func (s *Server) abandon(j *job) {
	s.queue.leave(j)
	j.session.send(j, completed(true, map[string]any{}), true)
	j.cancel()
	s.discard(j)
}
