package inference

import "context"

// job is one window on its way through the queue. Its submitter owns it,
// except while the queue's owner goroutine runs it.
type job struct {
	ctx      context.Context
	ids      []int64 // the row, special tokens included
	features []int64 // of the row, columns a token; empty if the model has none
	from     int     // first row of logits that is wanted
	rows     int     // how many are

	// Results, readable after done was received from. logits is rows ×
	// classes and shares no memory with the engine or with other jobs.
	logits []float32
	err    error
	done   chan struct{} // holds one; sent to once for every submit

	state      jobState // guarded by queue.mu
	prev, next *job     // guarded by queue.mu, while pending
}

type jobState uint8

const (
	idle jobState = iota
	pending
	running
	abandoned // while it ran; its result is dropped
)

// jobList is a FIFO from whose middle jobs can leave.
type jobList struct {
	head, tail *job
	len        int
}

func (l *jobList) push(j *job) {
	j.prev, j.next = l.tail, nil
	if l.tail == nil {
		l.head = j
	} else {
		l.tail.next = j
	}
	l.tail = j
	l.len++
}

func (l *jobList) remove(j *job) {
	if j.prev == nil {
		l.head = j.next
	} else {
		j.prev.next = j.next
	}
	if j.next == nil {
		l.tail = j.prev
	} else {
		j.next.prev = j.prev
	}
	j.prev, j.next = nil, nil
	l.len--
}
