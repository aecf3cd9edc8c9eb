package inference

import (
	"context"
	"errors"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// noop is an engine that answers with zeros at no cost.
type noop struct{}

func (noop) Run(_ context.Context, _ *Batch, logits []float32) error { clear(logits); return nil }
func (noop) Name() string                                            { return "noop" }
func (noop) Close() error                                            { return nil }

func startQueue(maxTokens int) *queue {
	q := &queue{engine: noop{}, former: former{maxTokens: maxTokens, maxArea: maxTokens * areaPerToken}, shape: rowShape{classes: 33}, onStop: func() {}}
	q.start()
	return q
}

func newJob(ctx context.Context, tokens int) *job {
	return &job{ctx: ctx, ids: make([]int64, tokens), rows: tokens, done: make(chan struct{}, 1)}
}

func TestAStoppedQueueRefuses(t *testing.T) {
	q := startQueue(100)
	j := newJob(t.Context(), 5)
	if err := q.submit(j); err != nil {
		t.Fatal(err)
	}
	<-j.done
	if j.err != nil || len(j.logits) != 5*33 {
		t.Errorf("%d logits, %v", len(j.logits), j.err)
	}
	q.stop()
	<-q.stopped
	if err := q.submit(j); !errors.Is(err, pii.ErrNotReady) {
		t.Errorf("got %v", err)
	}
}

func TestAnAbandonedJobIsFreeOnceItsResultIsIn(t *testing.T) {
	q := startQueue(100)
	defer func() { q.stop(); <-q.stopped }()
	first, second := newJob(t.Context(), 5), newJob(t.Context(), 5)
	for _, j := range []*job{first, second} {
		if err := q.submit(j); err != nil {
			t.Fatal(err)
		}
	}
	<-second.done // and therefore first, which nobody received
	if !q.abandon(first) || len(first.done) != 0 {
		t.Error("a job that is done is still held, or its result was left behind")
	}
}

// BenchmarkQueue is what the queue adds to a window: the way in, the batch,
// the copy of its rows, and the way out.
func BenchmarkQueue(b *testing.B) {
	q := startQueue(2048)
	defer func() { q.stop(); <-q.stopped }()
	jobs := make([]*job, 64)
	for i := range jobs {
		jobs[i] = newJob(b.Context(), 16+i)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, j := range jobs {
			if err := q.submit(j); err != nil {
				b.Fatal(err)
			}
		}
		for _, j := range jobs {
			<-j.done
		}
	}
	windows := float64(b.N * len(jobs))
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/windows, "ns/window")
	b.ReportMetric(windows/float64(q.count.batches.Load()), "windows/batch")
}
