// Package logs masks log entries on their way to where they are written. An
// entry is masked as a body is, or written with every string redacted; it is
// never written raw, and never lost without being counted.
//
// What may come in: the queue, batches, their order, what is done when there
// is no room, no time or no model. What must never: loggers (writing a log
// must not write a log), Caddy, detection and formats (filter), and errors
// that hold text of an entry.
package logs

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Outcome is what happened to an entry. The set is closed: it labels metrics.
type Outcome string

// The outcomes. Every entry has exactly one, and every entry that is not
// Dropped or Lost has been written.
const (
	Masked    Outcome = "masked"
	Unchanged Outcome = "unchanged"
	Redacted  Outcome = "redacted" // every string of it was replaced
	Dropped   Outcome = "dropped"  // the queue was full, and the policy is to drop
	Lost      Outcome = "lost"     // the writer below failed
)

// Full is what happens to an entry that finds the queue full.
type Full string

// The policies. FullRedact is the default: nothing is lost, nobody waits for
// the detector, and nothing passes that it has not seen.
const (
	FullRedact Full = "redact" // what waits is written with every string redacted
	FullBlock  Full = "block"  // whoever writes the log waits
	FullDrop   Full = "drop"   // the entry is dropped, and counted
)

// Defaults of Options.
const (
	DefaultQueue    = 8192
	DefaultDeadline = 10 * time.Second
	DefaultDrain    = 5 * time.Second
)

// bytesPerEntry makes the queue's bound in bytes of its bound in entries.
const bytesPerEntry = 4 << 10

// Model is where the detector comes from, which may take a while.
type Model interface {
	// Acquire waits for the model and leases it. It fails with pii.ErrNotReady
	// when ctx ends first, and with another error of pii if there is no model.
	Acquire(ctx context.Context) (pii.Detector, func(), error)
	// Close gives the model back. It may be called while Acquire waits.
	Close() error
}

// Counter is told what happens. It must not log.
type Counter interface {
	Entries(outcome Outcome, n int)
	Inspected(report filter.Report)
}

// Options configure a Writer.
type Options struct {
	Filter   *filter.Filter
	Model    Model // nil: the filter's policy asks for none
	To       io.WriteCloser
	Counter  Counter
	Full     Full
	Queue    int           // entries that may wait; 0: DefaultQueue
	Deadline time.Duration // that a batch may take; 0: DefaultDeadline
	Drain    time.Duration // that Close waits for what is queued; 0: DefaultDrain
}

// Writer masks what is written to it and writes it on, in order, in a goroutine
// of its own. It is safe for concurrent use. One Write is one entry.
type Writer struct {
	o     Options
	queue *queue
	done  chan struct{} // closed when everything that was queued is written

	late sync.Mutex // of entries that come after Close

	mu     sync.Mutex
	failed error // of the writer below, to be told to whoever writes next
}

// New starts a writer. It must be closed.
func New(o Options) (*Writer, error) {
	switch {
	case o.Filter == nil || o.To == nil || o.Counter == nil:
		return nil, errors.New("logs: want a filter, a writer and a counter")
	case o.Full == "":
		o.Full = FullRedact
	case o.Full != FullRedact && o.Full != FullBlock && o.Full != FullDrop:
		return nil, errors.New("logs: full: want redact, block or drop")
	}
	if o.Queue == 0 {
		o.Queue = DefaultQueue
	}
	if o.Deadline == 0 {
		o.Deadline = DefaultDeadline
	}
	if o.Drain == 0 {
		o.Drain = DefaultDrain
	}
	w := &Writer{o: o, queue: newQueue(o.Queue, o.Queue*bytesPerEntry, o.Full), done: make(chan struct{})}
	go w.run()
	return w, nil
}

// Write takes one entry; it may be changed when Write has returned. The error,
// if there is one, is that of an earlier entry.
func (w *Writer) Write(entry []byte) (int, error) {
	switch w.queue.put(entry) {
	case queued:
	case refused:
		w.o.Counter.Entries(Dropped, 1)
	case over:
		w.writeLate(entry)
	}
	return len(entry), w.lastError()
}

// writeLate writes an entry that comes after Close, as those of requests do
// that a reload has outlived. The model may be gone by then.
func (w *Writer) writeLate(entry []byte) {
	<-w.done
	w.late.Lock()
	defer w.late.Unlock()
	w.forward(redact(entry), Redacted)
}

// Close writes what is queued and closes the writer below. What is not
// inspected when the time to drain is over is redacted.
func (w *Writer) Close() error {
	if !w.queue.end() {
		return os.ErrClosed
	}
	timer := time.NewTimer(w.o.Drain)
	defer timer.Stop()
	select {
	case <-w.done:
	case <-timer.C:
		w.queue.hurry(0)
		timer.Reset(w.o.Drain)
		select {
		case <-w.done:
		case <-timer.C: // the writer below hangs: closing it is all that is left
		}
	}
	err := w.o.To.Close()
	if w.o.Model != nil {
		err = errors.Join(err, w.o.Model.Close())
	}
	return err
}

// run writes batch after batch until the queue is closed and empty. No timer
// forms them: while one is inspected, the next gathers.
func (w *Writer) run() {
	defer close(w.done)
	for {
		batch, redactAll, ok := w.queue.take()
		if !ok {
			return
		}
		if redactAll {
			w.redactAll(batch)
			continue
		}
		w.inspect(batch)
	}
}

// inspect masks a batch and writes it on.
func (w *Writer) inspect(batch [][]byte) {
	ctx, cancel := context.WithCancel(context.Background())
	w.queue.working(cancel)
	out, outcomes := w.mask(ctx, batch)
	w.queue.working(nil)
	cancel()
	for i := range out {
		w.forward(out[i], outcomes[i])
	}
}

func (w *Writer) redactAll(batch [][]byte) {
	for _, entry := range batch {
		w.forward(redact(entry), Redacted)
	}
}

// forward writes one entry, which one Write must stay: the writer below may
// send it as a datagram or turn the file over in front of it.
func (w *Writer) forward(entry []byte, outcome Outcome) {
	if _, err := w.o.To.Write(entry); err != nil {
		outcome = Lost
		w.mu.Lock()
		w.failed = err
		w.mu.Unlock()
	}
	w.o.Counter.Entries(outcome, 1)
}

func (w *Writer) lastError() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.failed
	w.failed = nil
	return err
}

// Interface guard
var _ io.WriteCloser = (*Writer)(nil)
