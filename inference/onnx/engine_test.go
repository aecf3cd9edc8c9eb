//go:build cgo

package onnx

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

func TestMain(m *testing.M) {
	if os.Getenv(silenceEnv) != "" {
		os.Exit(runSilently())
	}
	if err := onnxtest.SetLibrary(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// lookup is a model whose logits are row id of a [vocab, labels] table plus
// row type of a [2, labels] table, and 100 more in class 1 where the mask is 0.
func lookup(vocab, labels int, types bool) *onnxtest.Builder {
	b := new(onnxtest.Builder)
	b.Input(inputIDs, onnxtest.Int64, -1, -1)
	b.Input(inputMask, onnxtest.Int64, -1, -1)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, int64(labels))
	table := make([]float32, vocab*labels)
	for i := range table {
		table[i] = float32(i)
	}
	b.Floats("table", table, int64(vocab), int64(labels))
	pad := make([]float32, labels)
	pad[1] = 100
	b.Floats("pad", pad, int64(labels))
	b.Floats("one", []float32{1}, 1)
	b.Ints("last", []int64{-1}, 1)
	b.Node("", "Gather", []string{"table", inputIDs}, []string{"rows"})
	b.Node("", "Cast", []string{inputMask}, []string{"mask"}, onnxtest.Attribute{Name: "to", Value: onnxtest.Float32})
	b.Node("", "Sub", []string{"one", "mask"}, []string{"padded"})
	b.Node("", "Unsqueeze", []string{"padded", "last"}, []string{"column"})
	b.Node("", "Mul", []string{"column", "pad"}, []string{"noise"})
	if !types {
		b.Node("", "Add", []string{"rows", "noise"}, []string{outputLogits})
		return b
	}
	b.Input(inputTypes, onnxtest.Int64, -1, -1)
	second := make([]float32, 2*labels)
	for i := labels; i < 2*labels; i++ {
		second[i] = 1e6
	}
	b.Floats("types", second, 2, int64(labels))
	b.Node("", "Gather", []string{"types", inputTypes}, []string{"typerows"})
	b.Node("", "Sum", []string{"rows", "noise", "typerows"}, []string{outputLogits})
	return b
}

func open(t testing.TB, data []byte, labels int) *Engine {
	t.Helper()
	e, err := Open(Model{Data: data}, labels, Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// ones is a mask without padding.
func ones(n int) []int64 { return slices.Repeat([]int64{1}, n) }

func TestRunFillsTheLogits(t *testing.T) {
	for _, types := range []bool{false, true} {
		t.Run(fmt.Sprintf("token types %v", types), func(t *testing.T) {
			e := open(t, lookup(10, 3, types).Bytes(), 3)
			b := &inference.Batch{
				Rows: 2, Cols: 3, Labels: 3,
				IDs:  []int64{1, 2, 3, 9, 0, 0},
				Mask: []int64{1, 1, 1, 1, 0, 0},
			}
			logits := make([]float32, 2*3*3)
			if err := e.Run(t.Context(), b, logits); err != nil {
				t.Fatal(err)
			}
			want := []float32{3, 4, 5, 6, 7, 8, 9, 10, 11, 27, 28, 29, 0, 101, 2, 0, 101, 2}
			if !slices.Equal(logits, want) {
				t.Errorf("got %v, want %v", logits, want)
			}
		})
	}
}

func TestOpenFromAFolderWithExternalData(t *testing.T) {
	dir := t.TempDir()
	b := new(onnxtest.Builder)
	b.Input(inputIDs, onnxtest.Int64, -1, -1)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, 2)
	b.External("table", "model.onnx_data", "8", "24", 3, 2)
	b.Node("", "Gather", []string{"table", inputIDs}, []string{outputLogits})
	path := filepath.Join(dir, "model.onnx")
	data := onnxtest.FloatBytes([]float32{-1, -1, 0, 1, 2, 3, 4, 5})
	if err := errors.Join(
		os.WriteFile(path, b.Bytes(), 0o600),
		os.WriteFile(filepath.Join(dir, "model.onnx_data"), data, 0o600),
	); err != nil {
		t.Fatal(err)
	}
	e, err := Open(Model{Path: path}, 2, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	logits := make([]float32, 4)
	if err := e.Run(t.Context(), &inference.Batch{Rows: 1, Cols: 2, Labels: 2, IDs: []int64{2, 1}, Mask: ones(2)}, logits); err != nil {
		t.Fatal(err)
	}
	if want := []float32{4, 5, 2, 3}; !slices.Equal(logits, want) {
		t.Errorf("got %v, want %v", logits, want)
	}
	if _, err := Open(Model{Data: b.Bytes()}, 2, Options{}); err == nil {
		t.Error("a model without its weights opens from memory")
	}
	if err := os.Remove(filepath.Join(dir, "model.onnx_data")); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Model{Path: path}, 2, Options{}); err == nil {
		t.Error("a model without its weights opens")
	}
}

func TestRunRefusesBatchesThatLie(t *testing.T) {
	e := open(t, lookup(10, 3, false).Bytes(), 3)
	good := inference.Batch{Rows: 1, Cols: 2, Labels: 3, IDs: []int64{1, 2}, Mask: ones(2)}
	for name, change := range map[string]func(b *inference.Batch, logits *[]float32){
		"no rows":        func(b *inference.Batch, _ *[]float32) { b.Rows = 0 },
		"no columns":     func(b *inference.Batch, _ *[]float32) { b.Cols = 0 },
		"short ids":      func(b *inference.Batch, _ *[]float32) { b.IDs = b.IDs[:1] },
		"short mask":     func(b *inference.Batch, _ *[]float32) { b.Mask = b.Mask[:1] },
		"other labels":   func(b *inference.Batch, l *[]float32) { b.Labels = 2; *l = (*l)[:4] },
		"short logits":   func(_ *inference.Batch, l *[]float32) { *l = (*l)[:5] },
		"a huge product": func(b *inference.Batch, _ *[]float32) { b.Rows, b.Cols = 1<<40, 1<<40 },
	} {
		b, logits := good, make([]float32, 6)
		change(&b, &logits)
		if err := e.Run(t.Context(), &b, logits); !errors.Is(err, ErrShape) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// Ids are text: the library says "idx=77 must be within …" and this must not
// reach a log.
func TestRunErrorsDoNotQuoteIDs(t *testing.T) {
	e := open(t, lookup(10, 3, false).Bytes(), 3)
	b := &inference.Batch{Rows: 1, Cols: 1, Labels: 3, IDs: []int64{77777}, Mask: ones(1)}
	err := e.Run(t.Context(), b, make([]float32, 3))
	if !errors.Is(err, ErrRun) || strings.Contains(err.Error(), "77777") {
		t.Errorf("got %v", err)
	}
	// The session is still good.
	b.IDs[0] = 1
	if err := e.Run(t.Context(), b, make([]float32, 3)); err != nil {
		t.Error(err)
	}
}

// slow is a model whose run takes long, in many operators: n products of
// a [T, T] matrix with itself.
func slow(n int) []byte {
	b := new(onnxtest.Builder)
	b.Input(inputIDs, onnxtest.Int64, -1, -1)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, 1)
	b.Ints("last", []int64{-1}, 1)
	b.Ints("row", []int64{1}, 1)
	b.Node("", "Cast", []string{inputIDs}, []string{"f"}, onnxtest.Attribute{Name: "to", Value: onnxtest.Float32})
	b.Node("", "Unsqueeze", []string{"f", "last"}, []string{"col"})
	b.Node("", "Unsqueeze", []string{"f", "row"}, []string{"line"})
	b.Node("", "MatMul", []string{"col", "line"}, []string{"m0"})
	for i := range n {
		b.Node("", "MatMul", []string{fmt.Sprintf("m%d", i), fmt.Sprintf("m%d", i)}, []string{fmt.Sprintf("m%d", i+1)})
	}
	b.Node("", "MatMul", []string{fmt.Sprintf("m%d", n), "col"}, []string{outputLogits})
	return b.Bytes()
}

func TestRunStopsWhenTheContextEnds(t *testing.T) {
	const operators, size = 2000, 512 // minutes of work if it did not stop
	e := open(t, slow(operators), 1)
	b := &inference.Batch{Rows: 1, Cols: size, Labels: 1, IDs: make([]int64, size), Mask: ones(size)}
	logits := make([]float32, size)

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.Run(ctx, b, logits); !errors.Is(err, context.Canceled) {
		t.Errorf("before the run: got %v", err)
	}
	ctx, cancel = context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := e.Run(ctx, b, logits); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("during the run: got %v", err)
	}
	// The session is still good.
	b.Cols, b.IDs, b.Mask = 1, b.IDs[:1], b.Mask[:1]
	if err := e.Run(t.Context(), b, logits[:1]); err != nil {
		t.Error(err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	if _, err := Open(Model{Path: filepath.Join(t.TempDir(), "model.onnx")}, 3, Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: got %v", err)
	}
	if _, err := Open(Model{Data: lookup(10, 3, false).Bytes()}, 4, Options{}); err == nil {
		t.Error("another number of labels is accepted")
	}
	b := classifier()
	b.Node("", "NoSuchOperator", []string{inputIDs}, []string{outputLogits})
	if _, err := Open(Model{Data: b.Bytes()}, 33, Options{}); err == nil || !strings.Contains(err.Error(), "NoSuchOperator") {
		t.Errorf("an unknown operator: got %v", err)
	}
}

// The CPU library has no CUDA: what was asked for must not run elsewhere.
func TestCUDAIsNeverReplacedByTheCPU(t *testing.T) {
	_, err := Open(Model{Data: lookup(10, 3, false).Bytes()}, 3, Options{Device: Device{CUDA: true}})
	if err == nil || !strings.Contains(err.Error(), "CUDA") && !strings.Contains(err.Error(), "cuda") {
		t.Errorf("got %v", err)
	}
}

func TestOpenedSessionsAreIndependent(t *testing.T) {
	a, b := open(t, lookup(10, 3, false).Bytes(), 3), open(t, lookup(10, 2, false).Bytes(), 2)
	if a.Name() != "onnx/cpu" || Version() == "" {
		t.Errorf("name %q, version %q", a.Name(), Version())
	}
	errs := make(chan error)
	for _, e := range []*Engine{a, b} {
		go func() {
			for range 50 {
				logits := make([]float32, e.labels)
				batch := &inference.Batch{Rows: 1, Cols: 1, Labels: e.labels, IDs: []int64{1}, Mask: ones(1)}
				if err := e.Run(context.Background(), batch, logits); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
