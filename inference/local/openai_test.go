//go:build cgo

package local

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/testdata/models/openai"
)

// published writes the trained tiny model of openai/privacy-filter's
// architecture as that is published.
func published(t testing.TB, variants ...string) (dir string) {
	t.Helper()
	m, err := openai.Tiny()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := m.Write(dir, 2<<20, variants...); err != nil {
		t.Fatal(err)
	}
	return dir
}

const personal = "My name is Harriet Blackwood and you can call me on +1 628 555 0147 or write to harriet@example.com."

// TestEveryPublishedVariantFindsPeople loads each variant as a user would.
func TestEveryPublishedVariantFindsPeople(t *testing.T) {
	variants := []string{"fp32", "fp16", "int8", "q4", "q4f16"}
	dir := published(t, variants...)
	for _, variant := range variants {
		t.Run(variant, func(t *testing.T) {
			s := openModel(t, Options{Model: dir, Variant: variant, Threads: 1})
			got := found(t, s, personal)[0]
			for _, want := range []string{"Harriet Blackwood=private_person", "+1 628 555 0147=private_phone"} {
				if !slices.Contains(got, want) {
					t.Errorf("%s is not among %v", want, got)
				}
			}
		})
	}
}

// TestPublishedGraphsAreChosen: on a CPU int8 before fp32 before q4.
func TestPublishedGraphsAreChosen(t *testing.T) {
	dir := published(t, "fp32", "q4", "int8")
	for _, want := range []string{"onnx/model_quantized.onnx", "onnx/model.onnx", "onnx/model_q4.onnx"} {
		d, err := Describe(Options{Model: dir})
		if err != nil {
			t.Fatal(err)
		}
		if d.Graph != want {
			t.Fatalf("%s was chosen, not %s", d.Graph, want)
		}
		if err := os.Remove(filepath.Join(dir, want)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWindowsGiveTheSpansOfOnePass runs a text whole and cut into windows of
// several legal sizes: the halo is the whole receptive field, so nothing may
// change.
func TestWindowsGiveTheSpansOfOnePass(t *testing.T) {
	dir := published(t, "fp32")
	var text strings.Builder
	for i := range 56 {
		text.WriteString(personal)
		text.WriteString(strings.Repeat(" Nothing to see here but words.", i%7))
		text.WriteString("\n")
	}
	whole := windowed(t, dir, 4096, text.String())
	if len(whole) < 112 {
		t.Fatalf("%d spans in a text with 168", len(whole))
	}
	for _, window := range []int{2400, 3000} {
		if got := windowed(t, dir, window, text.String()); !reflect.DeepEqual(got, whole) {
			t.Errorf("windows of %d tokens: %d spans, and not the %d of one pass", window, len(got), len(whole))
		}
	}
}

// windowed detects with windows of another size than the configuration's.
func windowed(t *testing.T, dir string, window int, text string) []string {
	t.Helper()
	o := Options{Model: dir, Threads: 1}
	p, err := prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	p.files.Config.Geometry.Window = window
	s, err := p.start(context.Background(), o, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}()
	return found(t, s, text)[0]
}

// TestBrokenPublishedModels: one clear sentence each, and nothing half loaded.
func TestBrokenPublishedModels(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(dir string) error
		want  string
	}{
		{"missing shard", func(dir string) error {
			return os.Remove(filepath.Join(dir, "onnx", "model.onnx_data_1"))
		}, "model.onnx_data_1"},
		{"truncated shard", func(dir string) error {
			return os.Truncate(filepath.Join(dir, "onnx", "model.onnx_data_1"), 100)
		}, "model.onnx_data_1"},
		{"truncated graph", func(dir string) error {
			return os.Truncate(filepath.Join(dir, "onnx", "model.onnx"), 1000)
		}, "not an ONNX graph"},
		{"no configuration", func(dir string) error {
			return os.Remove(filepath.Join(dir, "config.json"))
		}, "config.json is missing"},
		{"wrong label map", func(dir string) error {
			return replace(filepath.Join(dir, "config.json"), `"B-secret"`, `"B-private_url"`)
		}, "label"},
		{"calibration with an extra key", func(dir string) error {
			return replace(filepath.Join(dir, "viterbi_calibration.json"), `"biases": {`, `"biases": { "transition_bias_more": 1,`)
		}, "viterbi_calibration.json"},
		{"tokenizer of another model", func(dir string) error {
			return replace(filepath.Join(dir, "config.json"), `"vocab_size": 4160`, `"vocab_size": 300`)
		}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := published(t, "fp32")
			if err := c.spoil(dir); err != nil {
				t.Fatal(err)
			}
			s, err := Open(context.Background(), Options{Model: dir, Threads: 1})
			if err == nil {
				t.Fatal(errors.Join(errors.New("it was opened"), s.Close()))
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
		})
	}
}

func replace(path, old, with string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed := strings.Replace(string(raw), old, with, 1)
	if changed == string(raw) {
		return errors.New("there is nothing to replace")
	}
	return os.WriteFile(path, []byte(changed), 0o600)
}
