//go:build cgo

package onnx

import (
	"context"
	"errors"
	"fmt"
	"sync"

	ort "github.com/yalue/onnxruntime_go"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Engine is one session. It implements inference.Engine.
type Engine struct {
	session  *ort.DynamicAdvancedSession
	inputs   []string // in feeding order
	features Input    // what one of them holds, if any
	labels   int
	device   Device
	rowwise  int      // rows that run at a time, each alone; 0: whole batches
	zeros    []int64  // token_type_ids, grown to the largest batch seen
	signals  *signals // to restore after the first run; see signals_linux.go
	once     sync.Once
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
	if len(e.zeros) < len(b.IDs) {
		e.zeros = make([]int64, len(b.IDs))
	}
	options, err := ort.NewRunOptions()
	if err != nil {
		return ErrRun
	}
	defer func() { _ = options.Destroy() }()
	terminated := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(terminated)
		_ = options.Terminate()
	})
	if e.rowwise > 0 {
		err = e.runRows(options, b, logits)
	} else {
		err = e.infer(options, rectangle{b.Rows, b.Cols, b.IDs, b.Mask, b.Features}, logits)
	}
	if !stop() {
		<-terminated // it uses options, which are about to go
		err = ctx.Err()
	}
	// CUDA installs signal handlers of its own in the first run.
	e.once.Do(e.signals.restore)
	return err
}

func (e *Engine) check(b *inference.Batch, logits []float32) error {
	switch {
	case b.Rows <= 0, b.Cols <= 0, b.Rows > MaxTokens/b.Cols:
	case len(b.IDs) != b.Rows*b.Cols, len(b.Mask) != len(b.IDs):
	case b.Columns != e.features.Columns, len(b.Features) != len(b.IDs)*b.Columns:
	case b.Labels != e.labels, len(logits) != len(b.IDs)*e.labels:
	default:
		return nil
	}
	return ErrShape
}

// rectangle is what one call of the library is fed.
type rectangle struct {
	rows, cols          int
	ids, mask, features []int64
}

// infer is one call of the library.
func (e *Engine) infer(options *ort.RunOptions, in rectangle, logits []float32) error {
	shape := ort.NewShape(int64(in.rows), int64(in.cols))
	var t tensors
	defer t.free()
	for _, name := range e.inputs {
		switch name {
		case inputIDs:
			t.input(shape, in.ids)
		case inputMask:
			t.input(shape, in.mask)
		case inputTypes:
			t.input(shape, e.zeros)
		case e.features.Name:
			t.input(e.features.shape(in.rows, in.cols), in.features)
		}
	}
	t.output(ort.NewShape(int64(in.rows), int64(in.cols), int64(e.labels)), logits)
	if t.err != nil {
		return ErrRun
	}
	if err := e.session.RunWithOptions(t.in, t.out, options); err != nil {
		return ErrRun
	}
	return nil
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
