//go:build cgo

package onnx

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"

	ort "github.com/yalue/onnxruntime_go"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Engine is one session. It implements inference.Engine.
type Engine struct {
	session *ort.DynamicAdvancedSession
	inputs  []string // in feeding order
	labels  int
	device  Device
	zeros   []int64  // token_type_ids, grown to the largest batch seen
	signals *signals // to restore after the first run; see signals_linux.go
	once    sync.Once
}

var _ inference.Engine = (*Engine)(nil)

// What Run can fail with. The library's own words are not passed on: they
// quote ids, which are text.
var (
	ErrShape = errors.New("onnx: the batch does not have the shape it claims")
	ErrRun   = errors.New("onnx: the run failed")
)

// MaxTokens bounds Rows × Cols of a batch; logits of that size are 1 GiB at
// 256 classes. Callers batch far below it; it keeps an arithmetic mistake
// from becoming an allocation.
const MaxTokens = 1 << 20

// Run implements inference.Engine. When ctx ends, the run stops at the next
// operator (50 to 90 ms in a large batch) with ctx's error.
func (e *Engine) Run(ctx context.Context, b *inference.Batch, logits []float32) error {
	if err := e.check(b, logits); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	shape := ort.NewShape(int64(b.Rows), int64(b.Cols))
	var t tensors
	defer t.free()
	for _, name := range e.inputs {
		t.input(shape, e.feed(name, b))
	}
	t.output(ort.NewShape(int64(b.Rows), int64(b.Cols), int64(e.labels)), logits)
	if t.err != nil {
		return ErrRun
	}
	err := e.run(ctx, &t)
	// CUDA installs signal handlers of its own in the first run.
	e.once.Do(e.signals.restore)
	return err
}

func (e *Engine) run(ctx context.Context, t *tensors) error {
	options, err := ort.NewRunOptions()
	if err != nil {
		return ErrRun
	}
	defer options.Destroy()
	terminated := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(terminated)
		_ = options.Terminate()
	})
	err = e.session.RunWithOptions(t.in, t.out, options)
	if !stop() {
		<-terminated // it uses options, which are about to go
		return ctx.Err()
	}
	if err != nil {
		return ErrRun
	}
	return nil
}

func (e *Engine) check(b *inference.Batch, logits []float32) error {
	switch {
	case b.Rows <= 0, b.Cols <= 0, b.Rows > MaxTokens/b.Cols:
	case len(b.IDs) != b.Rows*b.Cols, len(b.Mask) != len(b.IDs):
	case b.Labels != e.labels, len(logits) != len(b.IDs)*e.labels:
	default:
		return nil
	}
	return ErrShape
}

func (e *Engine) feed(name string, b *inference.Batch) []int64 {
	switch name {
	case inputIDs:
		return b.IDs
	case inputMask:
		return b.Mask
	default:
		if len(e.zeros) < len(b.IDs) {
			e.zeros = make([]int64, len(b.IDs))
		}
		return e.zeros[:len(b.IDs)]
	}
}

// Name implements inference.Engine: "onnx/cpu", "onnx/cuda:0".
func (e *Engine) Name() string { return "onnx/" + e.device.String() }

// Close implements inference.Engine.
func (e *Engine) Close() error {
	if err := e.session.Destroy(); err != nil {
		return fmt.Errorf("closing the session: %w", err)
	}
	return nil
}

// tensors are the values of one run. They wrap Go slices whose address the
// library keeps beyond the call that made the tensor, so these are pinned
// until free.
type tensors struct {
	in, out []ort.Value
	pins    runtime.Pinner
	err     error
}

func (t *tensors) input(shape ort.Shape, data []int64) {
	t.pins.Pin(&data[0])
	v, err := ort.NewTensor(shape, data)
	if err != nil {
		t.err = err
		return
	}
	t.in = append(t.in, v)
}

// output lends logits to the run, preallocated: the library then refuses a
// graph whose result has another shape.
func (t *tensors) output(shape ort.Shape, logits []float32) {
	t.pins.Pin(&logits[0])
	v, err := ort.NewTensor(shape, logits)
	if err != nil {
		t.err = err
		return
	}
	t.out = append(t.out, v)
}

func (t *tensors) free() {
	for _, v := range t.in {
		_ = v.Destroy()
	}
	for _, v := range t.out {
		_ = v.Destroy()
	}
	t.pins.Unpin()
}
