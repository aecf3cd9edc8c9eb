package onnx

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

// classifier declares the inputs and the output of a published model.
func classifier() *onnxtest.Builder {
	b := new(onnxtest.Builder)
	b.Input(inputIDs, onnxtest.Int64, -1, -1)
	b.Input(inputMask, onnxtest.Int64, -1, -1)
	b.Output(outputLogits, onnxtest.Float32, -1, -1, 33)
	return b
}

func read(t *testing.T, data []byte) *Graph {
	t.Helper()
	g, err := ReadGraph(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestReadGraphFindsEverything(t *testing.T) {
	b := classifier()
	b.External("table", "model.onnx_data", "0", "528", 4, 33)
	b.External("more", "model.onnx_data_1", "0", "4", 1)
	b.Floats("weights", make([]float32, 1000), 1000)
	b.Input("weights", onnxtest.Float32, 1000) // an input with a default is not required
	b.Node("", "Gather", []string{"table", inputIDs}, []string{"logits"})
	b.Node("com.microsoft", "QMoE", nil, nil, onnxtest.Attribute{Name: "block_size", Value: 32})
	b.Node("com.microsoft", "QMoE", nil, nil)
	g := read(t, b.Bytes())

	if got := g.inputNames(Input{}); !slices.Equal(got, []string{inputIDs, inputMask}) || len(g.Inputs) != 2 {
		t.Errorf("inputs %v", g.Inputs)
	}
	if g.Operators["Gather"] != 1 || g.Operators["com.microsoft.QMoE"] != 2 {
		t.Errorf("operators %v", g.Operators)
	}
	if !slices.Equal(g.External, []string{"model.onnx_data", "model.onnx_data_1"}) {
		t.Errorf("external data %v", g.External)
	}
	if g.Opsets[""] != 17 {
		t.Errorf("opsets %v", g.Opsets)
	}
	want := Value{Name: outputLogits, Type: Float32, Dims: []int64{-1, -1, 33}}
	if len(g.Outputs) != 1 || g.Outputs[0].Name != want.Name || !slices.Equal(g.Outputs[0].Dims, want.Dims) {
		t.Errorf("outputs %v", g.Outputs)
	}
	if err := g.Fits(33, Input{}); err != nil {
		t.Error(err)
	}
}

// What a stranger's folder may hold instead of a token classifier.
func TestFitsRefusesInWords(t *testing.T) {
	tests := []struct {
		name  string
		build func(b *onnxtest.Builder)
		want  string
	}{
		{"an encoder without a head", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, -1, -1)
			b.Output("last_hidden_state", onnxtest.Float32, -1, -1, 384)
		}, `no output "logits"`},
		{"an image model", func(b *onnxtest.Builder) {
			b.Input("pixel_values", onnxtest.Float32, -1, 3, 224, 224)
			b.Output(outputLogits, onnxtest.Float32, -1, 1000)
		}, `no input "input_ids"`},
		{"an input nobody can fill", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, -1, -1)
			b.Input("bbox", onnxtest.Int64, -1, -1, 4)
			b.Output(outputLogits, onnxtest.Float32, -1, -1, 33)
		}, `"bbox"`},
		{"half precision out", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, -1, -1)
			b.Output(outputLogits, onnxtest.Float16, -1, -1, 33)
		}, "float16, not float32"},
		{"float ids", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Float32, -1, -1)
			b.Output(outputLogits, onnxtest.Float32, -1, -1, 33)
		}, "float32, not int64"},
		{"a fixed length", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, 1, 128)
			b.Output(outputLogits, onnxtest.Float32, 1, 128, 33)
		}, "fixed size"},
		{"another label set", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, -1, -1)
			b.Output(outputLogits, onnxtest.Float32, -1, -1, 217)
		}, "217 classes, the configuration 33"},
		{"sequence classification", func(b *onnxtest.Builder) {
			b.Input(inputIDs, onnxtest.Int64, -1, -1)
			b.Output(outputLogits, onnxtest.Float32, -1, 33)
		}, "2 dimensions, not 3"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := new(onnxtest.Builder)
			test.build(b)
			err := read(t, b.Bytes()).Fits(33, Input{})
			var refusal *ContractError
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a refusal with %q", err, test.want)
			}
		})
	}
}

// What a graph may read beside ids, or instead of them.
func TestFitsWithFeatures(t *testing.T) {
	hashes, shapes := Input{"feature_ids", 11}, Input{"shape_ids", 1}
	graph := func(name string, dims ...int64) *Graph {
		b := new(onnxtest.Builder)
		b.Input(name, onnxtest.Int64, dims...)
		b.Input(inputMask, onnxtest.Int64, -1, -1)
		b.Output(outputLogits, onnxtest.Float32, -1, -1, 33)
		return read(t, b.Bytes())
	}
	tests := []struct {
		name     string
		graph    *Graph
		features Input
		want     string // "" if it fits
	}{
		{"features alone", graph("feature_ids", -1, -1, 11), hashes, ""},
		{"of any number", graph("feature_ids", -1, -1, -1), hashes, ""},
		{"one a token", graph("shape_ids", -1, -1), shapes, ""},
		{"of another number", graph("feature_ids", -1, -1, 10), hashes, "10 features a token, the configuration 11"},
		{"one that is a column", graph("shape_ids", -1, -1, 1), shapes, "3 dimensions, not 2"},
		{"a fixed length", graph("feature_ids", -1, 128, 11), hashes, "fixed size"},
		{"features that it does not read", graph(inputIDs, -1, -1), hashes, `no input "feature_ids"`},
		{"features that nobody has", graph("feature_ids", -1, -1, 11), Input{}, `no input "input_ids"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.graph.Fits(33, test.features)
			if test.want == "" && err != nil || test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestQuantisedExpertsAreRefusedOnCUDA(t *testing.T) {
	b := classifier()
	b.Node("com.microsoft", "QMoE", nil, nil)
	g := read(t, b.Bytes())
	if err := g.RunsOn(Device{}); err != nil {
		t.Error(err)
	}
	if err := g.RunsOn(Device{CUDA: true}); err == nil || !strings.Contains(err.Error(), "QMoE") {
		t.Errorf("got %v", err)
	}
}

// A model file must not make the session read outside its folder.
func TestExternalDataStaysInTheFolder(t *testing.T) {
	for _, location := range []string{"../secrets", "/etc/passwd", "a/../../b", ""} {
		b := classifier()
		b.External("table", location, "0", "4", 1)
		data := b.Bytes()
		if _, err := ReadGraph(bytes.NewReader(data), int64(len(data))); !errors.Is(err, ErrNotONNX) {
			t.Errorf("%q: got %v", location, err)
		}
	}
}

func TestReadGraphRefusesOtherFiles(t *testing.T) {
	whole := classifier().Bytes()
	for name, data := range map[string][]byte{
		"empty":      {},
		"text":       []byte("<!DOCTYPE html><p>not found"),
		"cut short":  whole[:len(whole)/2],
		"git lfs":    []byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"),
		"zero bytes": make([]byte, 100),
	} {
		if _, err := ReadGraph(bytes.NewReader(data), int64(len(data))); !errors.Is(err, ErrNotONNX) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzReadGraph(f *testing.F) {
	b := classifier()
	b.External("table", "model.onnx_data", "0", "528", 4, 33)
	b.Node("", "Gather", []string{"table", inputIDs}, []string{"logits"}, onnxtest.Attribute{Name: "axis"})
	f.Add(b.Bytes())
	f.Add([]byte{0x3a, 0x02, 0x0a, 0x00})
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := ReadGraph(bytes.NewReader(data), int64(len(data)))
		if err == nil {
			_ = g.Fits(33, Input{})
		}
	})
}

func TestParseDevice(t *testing.T) {
	for in, want := range map[string]Device{
		"": {}, "auto": {}, "cpu": {},
		"cuda": {CUDA: true}, "cuda:3": {CUDA: true, Index: 3},
	} {
		if got, err := ParseDevice(in); err != nil || got != want {
			t.Errorf("%q: %v, %v", in, got, err)
		}
	}
	for _, in := range []string{"gpu", "cuda:", "cuda:-1", "cuda:x", "cpu:0", "CUDA"} {
		if _, err := ParseDevice(in); err == nil {
			t.Errorf("%q is accepted", in)
		}
	}
}
