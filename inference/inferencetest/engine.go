package inferencetest

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Engine answers with confident logits for the phrases it was taught, and for
// O elsewhere. It panics when it is used as an Engine must not be: from two
// goroutines at once, or after Close.
type Engine struct {
	labels  *inference.LabelSet
	phrases []phrase

	// Hook, if set, is called in every run with the batch before the logits
	// are written; an error fails the run. Set it before the first use.
	Hook func(ctx context.Context, b *inference.Batch) error
	// Touch, if set, may change the logits of every run. Likewise.
	Touch func(b *inference.Batch, logits []float32)

	busy   atomic.Bool
	closed atomic.Int64

	mu   sync.Mutex
	runs []Shape // guarded by mu
}

// Shape is the size of a batch.
type Shape struct{ Rows, Cols int }

type phrase struct {
	label inference.Label
	ids   []int64
}

// learn teaches a phrase; longer ones are tried first.
func (e *Engine) learn(category pii.Category, ids []int64) {
	if len(ids) == 0 {
		panic("a phrase without words")
	}
	i := slices.IndexFunc(e.labels.Labels, func(l inference.Label) bool { return l.Category == category })
	e.phrases = append(e.phrases, phrase{e.labels.Labels[i], ids})
	slices.SortFunc(e.phrases, func(a, b phrase) int {
		if n := len(b.ids) - len(a.ids); n != 0 {
			return n
		}
		return slices.Compare(a.ids, b.ids)
	})
}

// Run implements inference.Engine.
func (e *Engine) Run(ctx context.Context, b *inference.Batch, logits []float32) error {
	if !e.busy.CompareAndSwap(false, true) {
		panic("Run from two goroutines")
	}
	defer e.busy.Store(false)
	if e.closed.Load() > 0 {
		panic("Run after Close")
	}
	e.mu.Lock()
	e.runs = append(e.runs, Shape{b.Rows, b.Cols})
	e.mu.Unlock()
	if e.Hook != nil {
		if err := e.Hook(ctx, b); err != nil {
			return err
		}
	}
	for r := range b.Rows {
		e.row(b.IDs[r*b.Cols:][:b.Cols], b.Labels, logits[r*b.Cols*b.Labels:][:b.Cols*b.Labels])
	}
	if e.Touch != nil {
		e.Touch(b, logits)
	}
	return nil
}

func (e *Engine) row(ids []int64, classes int, logits []float32) {
	clear(logits)
	mark := func(t, class int) { logits[t*classes+class] = 12 }
	for t := 0; t < len(ids); {
		i := slices.IndexFunc(e.phrases, func(p phrase) bool {
			return t+len(p.ids) <= len(ids) && slices.Equal(p.ids, ids[t:t+len(p.ids)])
		})
		if i < 0 {
			mark(t, e.labels.Outside)
			t++
			continue
		}
		label, n := e.phrases[i].label, len(e.phrases[i].ids)
		for k := range n {
			switch {
			case n == 1:
				mark(t, label.Single)
			case k == 0:
				mark(t, label.Begin)
			case k == n-1:
				mark(t+k, label.End)
			default:
				mark(t+k, label.Inside)
			}
		}
		t += n
	}
}

// Name implements inference.Engine.
func (e *Engine) Name() string { return "scripted" }

// Close implements inference.Engine.
func (e *Engine) Close() error {
	if e.busy.Load() {
		panic("Close while running")
	}
	e.closed.Add(1)
	return nil
}

// Closed is how often Close was called.
func (e *Engine) Closed() int { return int(e.closed.Load()) }

// Runs returns the shapes of all batches so far, in order.
func (e *Engine) Runs() []Shape {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.runs)
}

// Gate is a Hook that holds runs until it is opened.
type Gate struct {
	entered chan struct{}
	open    chan struct{}
	once    sync.Once
}

// NewGate returns a closed gate. Install its Wait as the Hook of an engine.
func NewGate() *Gate {
	return &Gate{entered: make(chan struct{}, 1), open: make(chan struct{})}
}

// Wait blocks until the gate is opened or ctx ends, whose error it returns.
func (g *Gate) Wait(ctx context.Context, _ *inference.Batch) error {
	select {
	case g.entered <- struct{}{}:
	default:
	}
	select {
	case <-g.open:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Entered is received from once for the first run that waits at the gate.
func (g *Gate) Entered() <-chan struct{} { return g.entered }

// Open lets all runs pass, now and later. It may be called more than once.
func (g *Gate) Open() { g.once.Do(func() { close(g.open) }) }
