package openai

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

func TestMain(m *testing.M) {
	if err := onnxtest.SetLibrary(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// golden is what transformers' class answers for one row.
type golden struct {
	IDs  []int64              `json:"ids"`
	Rows map[string][]float32 `json:"rows"` // logits of some tokens
}

func readGolden(t *testing.T) (rows []golden) {
	t.Helper()
	raw, err := tinyFiles.ReadFile("tiny/golden.json")
	if err == nil {
		err = json.Unmarshal(raw, &rows)
	}
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func tiny(t testing.TB) *Model {
	t.Helper()
	m, err := Tiny()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestGraphsComputeWhatTransformersDoes runs every variant against the logits
// of the torch class on the same weights: fp32 within 1e-4, and the others as
// near as their rounding lets them.
func TestGraphsComputeWhatTransformersDoes(t *testing.T) {
	m, dir := tiny(t), t.TempDir()
	for _, c := range []struct {
		variant string
		most    float64 // |Δ| of a logit
		agree   float64 // share of tokens with the same class
	}{
		{"fp32", 1e-4, 1},
		{"fp16", 0.1, 0.99},
		{"int8", 0.5, 0.98},
		{"q4", 2, 0.97},
		{"q4f16", 2, 0.97},
	} {
		t.Run(c.variant, func(t *testing.T) {
			if err := m.Write(dir, 400_000, c.variant); err != nil {
				t.Fatal(err)
			}
			files, err := inference.ReadModelDir(dir, c.variant)
			if err != nil {
				t.Fatal(err)
			}
			if len(files.External) < 2 {
				t.Errorf("the weights lie in %d file, and should lie in several", len(files.External))
			}
			e, err := onnx.Open(onnx.Model{Path: filepath.Join(dir, files.ONNX)}, len(m.Labels), onnx.Options{Threads: 1})
			if err != nil {
				t.Fatal(err)
			}
			defer e.Close()
			most, same, all := 0.0, 0, 0
			for _, row := range readGolden(t) {
				logits := run(t, e, row.IDs, len(m.Labels))
				for at, want := range row.Rows {
					i, _ := strconv.Atoi(at)
					got := logits[i*len(want):][:len(want)]
					for c := range want {
						most = max(most, math.Abs(float64(got[c]-want[c])))
					}
					if all++; best(got) == best(want) {
						same++
					}
				}
			}
			t.Logf("most |Δ| %.2g, the same class for %d of %d tokens", most, same, all)
			if most > c.most || math.IsNaN(most) || float64(same) < c.agree*float64(all) {
				t.Errorf("most |Δ| is %.3g, the class that of torch for %d of %d tokens", most, same, all)
			}
		})
	}
}

func run(t testing.TB, e *onnx.Engine, ids []int64, labels int) []float32 {
	t.Helper()
	mask := make([]int64, len(ids))
	for i := range mask {
		mask[i] = 1
	}
	logits := make([]float32, len(ids)*labels)
	b := &inference.Batch{Rows: 1, Cols: len(ids), Labels: labels, IDs: ids, Mask: mask}
	if err := e.Run(t.Context(), b, logits); err != nil {
		t.Fatal(err)
	}
	return logits
}

func best(logits []float32) int {
	at := 0
	for i, v := range logits {
		if v > logits[at] {
			at = i
		}
	}
	return at
}

// TestRotationsAreThoseOfYaRN checks the values that the reference gives for
// the published shape.
func TestRotationsAreThoseOfYaRN(t *testing.T) {
	c := Config{HeadDim: 64, Rope: Rope{Theta: 150000, Factor: 32, Fast: 32, Slow: 1, Original: 4096}}
	inverse, scale := c.frequencies()
	if math.Abs(scale-1.3465736) > 1e-6 {
		t.Errorf("scale %v", scale)
	}
	for i, want := range map[int]float64{0: 1, 1: .68904431, 4: .225418, 8: .050813275, 9: .031705696, 17: .00012931870, 18: 3.8308812e-5, 31: 3.0235114e-7} {
		if math.Abs(inverse[i]-want) > 1e-5*want {
			t.Errorf("frequency %d is %v, want %v", i, inverse[i], want)
		}
	}
}
