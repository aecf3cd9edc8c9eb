//go:build cgo

package onnx

import (
	"runtime"

	ort "github.com/yalue/onnxruntime_go"
)

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
