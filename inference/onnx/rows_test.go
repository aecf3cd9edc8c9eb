//go:build cgo

package onnx

import (
	"errors"
	"slices"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

// quantised looks rows up in a table and rounds them as dynamically quantised
// graphs round activations: to 256 steps of the largest value in the batch.
func quantised(table []float32, labels int) []byte {
	b := new(onnxtest.Builder)
	b.Input(inputIDs, onnxtest.Int64, -1, -1)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, int64(labels))
	b.Floats("table", table, int64(len(table)/labels), int64(labels))
	b.Node("", "Gather", []string{"table", inputIDs}, []string{"rows"})
	b.Node("", "DynamicQuantizeLinear", []string{"rows"}, []string{"q", "scale", "zero"})
	b.Node("", "DequantizeLinear", []string{"q", "scale", "zero"}, []string{outputLogits})
	return b.Bytes()
}

// I4: what is found in a text must not depend on the texts that happen to run
// beside it, nor on padding. Token 0 pads, token 3 is the loud neighbour.
func TestNeighboursDoNotChangeARow(t *testing.T) {
	const labels = 2
	e := open(t, quantised([]float32{-500, 500, 1, 2, 3, 4, -1000, 1000}, labels), labels)
	if e.rowwise == 0 {
		t.Fatal("the graph is run in whole batches")
	}
	run := func(rows, cols int, ids, mask []int64) []float32 {
		t.Helper()
		logits := slices.Repeat([]float32{7}, rows*cols*labels)
		b := &inference.Batch{Rows: rows, Cols: cols, Labels: labels, IDs: ids, Mask: mask}
		if err := e.Run(t.Context(), b, logits); err != nil {
			t.Fatal(err)
		}
		return logits
	}
	alone := run(1, 2, []int64{1, 2}, ones(2))
	batch := run(3, 3, []int64{3, 3, 3, 1, 2, 0, 0, 0, 0}, []int64{1, 1, 1, 1, 1, 0, 0, 0, 0})
	if got := batch[6:10]; !slices.Equal(got, alone) {
		t.Errorf("in a batch %v, alone %v", got, alone)
	}
	if got := batch[10:]; !slices.Equal(got, make([]float32, len(got))) {
		t.Errorf("padding has logits %v", got)
	}
	// Without that care, it would change: this is what the test is about.
	whole := make([]float32, 12)
	if err := e.infer(nil, rectangle{rows: 2, cols: 3, ids: []int64{3, 3, 3, 1, 2, 0}}, whole); err != nil {
		t.Fatal(err)
	}
	if slices.Equal(whole[6:10], alone) {
		t.Error("the graph does not mix rows; the test proves nothing")
	}
}

func TestRowsRunInParallelAndFailTogether(t *testing.T) {
	const labels, rows = 2, 64
	table := make([]float32, 10*labels)
	for i := range table {
		table[i] = float32(i / labels)
	}
	e, err := Open(Model{Data: quantised(table, labels)}, labels, Options{Threads: 4})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	b := &inference.Batch{Rows: rows, Cols: 1, Labels: labels, Mask: ones(rows)}
	for i := range rows {
		b.IDs = append(b.IDs, int64(1+i%9))
	}
	logits := make([]float32, rows*labels)
	if err := e.Run(t.Context(), b, logits); err != nil {
		t.Fatal(err)
	}
	for i, id := range b.IDs {
		// One value a row is its own maximum, so nothing is rounded.
		if got := logits[i*labels]; got != float32(id) {
			t.Fatalf("row %d: got %v, want %d", i, got, id)
		}
	}
	b.IDs[rows/2] = 77
	if err := e.Run(t.Context(), b, logits); !errors.Is(err, ErrRun) {
		t.Errorf("got %v", err)
	}
}

// A graph that adds up three features of a token. It knows no mask, so rows run
// alone even where nobody asks for it.
func TestFeaturesReachTheGraph(t *testing.T) {
	const labels, columns = 2, 3
	b := new(onnxtest.Builder)
	b.Input("feature_ids", onnxtest.Int64, -1, -1, columns)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, labels)
	b.Floats("table", []float32{0, 0, 1, 10, 2, 20, 4, 40}, 4, labels)
	b.Ints("columns", []int64{2}, 1)
	b.Node("", "Gather", []string{"table", "feature_ids"}, []string{"rows"})
	b.Node("", "ReduceSum", []string{"rows", "columns"}, []string{outputLogits}, onnxtest.Attribute{Name: "keepdims", Value: 0})
	batch := &inference.Batch{
		Rows: 2, Cols: 2, Labels: labels, IDs: make([]int64, 4), Mask: []int64{1, 1, 1, 0},
		Columns: columns, Features: []int64{1, 2, 3, 1, 1, 1, 3, 3, 0, 0, 0, 0},
	}
	for _, rowThreads := range []int{0, 1} {
		e, err := Open(Model{Data: b.Bytes()}, labels, Options{Threads: 2, RowThreads: rowThreads, Features: Input{"feature_ids", columns}})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		if e.rowwise != 2 {
			t.Errorf("%d rows at a time, want 2", e.rowwise)
		}
		logits := slices.Repeat([]float32{7}, 8)
		if err := e.Run(t.Context(), batch, logits); err != nil {
			t.Fatal(err)
		}
		if want := []float32{7, 70, 3, 30, 8, 80, 0, 0}; !slices.Equal(logits, want) {
			t.Errorf("row threads %d: got %v, want %v", rowThreads, logits, want)
		}
		short := *batch
		short.Features = short.Features[:11]
		if err := e.Run(t.Context(), &short, logits); !errors.Is(err, ErrShape) {
			t.Errorf("a feature is missing: %v", err)
		}
	}
}
