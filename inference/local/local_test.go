//go:build cgo

package local

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/testdata/models/fixture"
)

func TestMain(m *testing.M) {
	if err := onnxtest.SetLibrary(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

// committed is where the fixture models lie in the repository.
const committed = "../../testdata/models"

func openModel(t testing.TB, o Options) *inference.Service {
	t.Helper()
	s, err := Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// found spells spans as "text=category".
func found(t testing.TB, s *inference.Service, texts ...string) [][]string {
	t.Helper()
	segments := make([]pii.Segment, len(texts))
	for i, text := range texts {
		segments[i].Text = text
	}
	spans, err := s.Detect(context.Background(), segments)
	if err != nil {
		t.Fatal(err)
	}
	out := make([][]string, len(texts))
	for i, list := range spans {
		for _, span := range list {
			out[i] = append(out[i], texts[i][span.Start:span.End]+"="+string(span.Category))
		}
	}
	return out
}

func TestCommittedFixturesAreUpToDate(t *testing.T) {
	files, err := fixture.Files()
	if err != nil {
		t.Fatal(err)
	}
	for name, file := range files {
		data, err := os.ReadFile(filepath.Join(committed, filepath.FromSlash(name)))
		if err != nil || string(data) != string(file.Data) {
			t.Errorf("testdata/models/%s is out of date: go run ./testdata/models/generate (%v)", name, err)
		}
	}
}

func TestModelsFindWhatTheyShould(t *testing.T) {
	tests := []struct {
		model, text string
		want        []string
	}{
		{
			fixture.PrivacyFilter, "Hi, this is Elena Markovic, call me on +1 628 219 4407",
			[]string{"Elena Markovic=private_person", "1 628 219 4407=private_phone"},
		},
		{fixture.PrivacyFilter, "write to elena@example.org now", []string{"elena@example.org=private_email"}},
		{fixture.PrivacyFilter, "日本 Jörg Ødegård 😀", []string{"Jörg Ødegård=private_person"}},
		{fixture.PrivacyFilter, "nothing here <|endoftext|> Anna", []string{"Anna=private_person"}},
		{fixture.PrivacyFilter, "a\x00b Elena Markovic\xff", []string{"Elena Markovic=private_person"}},
		{fixture.PrivacyFilter, "", nil},
		{fixture.BERT, "Hi, this is ELENA Markovic [SEP] x", []string{"ELENA Markovic=private_person"}},
		{fixture.BERT, "Zoe\u0308 M\u00fcller\u200b, tel. 12", []string{"Zoe\u0308 M\u00fcller\u200b=private_person", "12=private_phone"}},
		{fixture.BERT, "İ 張偉 Anna\x00Müller", []string{"Anna\x00=private_person"}},
		{fixture.BERT, "\u200b", nil},
	}
	services := map[string]*inference.Service{}
	for _, model := range []string{fixture.PrivacyFilter, fixture.BERT} {
		services[model] = openModel(t, Options{Model: filepath.Join(committed, model)})
	}
	for _, test := range tests {
		t.Run(test.model+" "+test.text, func(t *testing.T) {
			if got := found(t, services[test.model], test.text)[0]; !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Long texts go through several windows, and rows of padding and of special
// tokens must not be decoded: they shout "secret" in these models.
func TestLongTextsAndMixedBatches(t *testing.T) {
	for _, model := range []string{fixture.PrivacyFilter, fixture.BERT} {
		t.Run(model, func(t *testing.T) {
			s := openModel(t, Options{Model: filepath.Join(committed, model), CacheBytes: -1})
			const each = 2000
			texts := []string{
				strings.Repeat("some words of no use. Elena Markovic said so. ", each),
				"Anna", strings.Repeat("x ", 300) + "Jörg Müller", "no one",
			}
			got := found(t, s, texts...)
			if len(got[0]) != each {
				t.Errorf("%d of %d names found in the long text", len(got[0]), each)
			}
			for _, f := range got[0] {
				if f != "Elena Markovic=private_person" {
					t.Fatalf("found %q", f)
				}
			}
			if want := [][]string{{"Anna=private_person"}, {"Jörg Müller=private_person"}, nil}; !reflect.DeepEqual(got[1:], want) {
				t.Errorf("got %q, want %q", got[1:], want)
			}
		})
	}
}

func TestOpenReportsWhatIsWrong(t *testing.T) {
	tests := []struct {
		name   string
		change func(t *testing.T, dir string, o *Options)
		want   string
	}{
		{"no directory", func(_ *testing.T, dir string, o *Options) { o.Model = dir + "x" }, "no such file"},
		{"no configuration", remove("config.json"), "config.json is missing"},
		{"no tokenizer", remove("tokenizer.json"), "tokenizer.json is missing"},
		{"no external data", remove("onnx/model.onnx_data"), "model.onnx_data is missing"},
		{"no graph", remove("onnx/model.onnx"), ".onnx"},
		{"another variant", func(_ *testing.T, _ string, o *Options) { o.Variant = "q4" }, "model_q4.onnx"},
		{"a wrong device", func(_ *testing.T, _ string, o *Options) { o.Device = "tpu" }, `unknown device "tpu"`},
		{"negative threads", func(_ *testing.T, _ string, o *Options) { o.Threads = -1 }, "threads"},
		{"a million threads", func(_ *testing.T, _ string, o *Options) { o.Threads = 1e6 }, "threads"},
		{"a tokenizer of a larger model", func(t *testing.T, dir string, o *Options) {
			larger, err := os.ReadFile(filepath.Join(committed, fixture.PrivacyFilter, "config.json"))
			if err != nil {
				t.Fatal(err)
			}
			smaller := strings.Replace(string(larger), `"vocab_size": 280`, `"vocab_size": 279`, 1)
			if smaller == string(larger) {
				t.Fatal("the configuration has another vocab_size")
			}
			write("config.json", func(*testing.T) []byte { return []byte(smaller) })(t, dir, o)
		}, "the tokenizer knows 280 ids, the model 279"},
		{"a graph with other labels", write("onnx/model.onnx", func(*testing.T) []byte {
			b := new(onnxtest.Builder)
			b.Input("input_ids", onnxtest.Int64, -1, -1)
			b.Output("logits", onnxtest.Float32, -1, -1, 35)
			return b.Bytes()
		}), "35 classes, the configuration 33"},
		{"a tokenizer of another kind", write("tokenizer.json", func(*testing.T) []byte {
			return []byte(`{"model":{}}`)
		}), "tokenizer"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := copyModel(t, fixture.PrivacyFilter)
			o := Options{Model: dir}
			test.change(t, dir, &o)
			for name, err := range map[string]error{"Check": Check(o), "Open": openError(t, o)} {
				if err == nil || !strings.Contains(err.Error(), test.want) {
					t.Errorf("%s: got %v, want %q", name, err, test.want)
				}
			}
		})
	}
}

// On a GPU the quantised graph, which a CPU prefers, has no kernels.
func TestAutoDependsOnTheDevice(t *testing.T) {
	dir := copyModel(t, fixture.PrivacyFilter)
	graph := func(device onnx.Device) string {
		t.Helper()
		files, err := readFiles(Options{Model: dir, Variant: "auto"}, device)
		if err != nil {
			t.Fatal(err)
		}
		return files.ONNX
	}
	gpu := onnx.Device{CUDA: true}
	if got := graph(gpu); got != "onnx/model.onnx" {
		t.Errorf("without another: %s", got)
	}
	for _, variant := range []string{"model_fp16", "model_quantized"} {
		if err := os.Link(filepath.Join(dir, "onnx", "model.onnx"), filepath.Join(dir, "onnx", variant+".onnx")); err != nil {
			t.Fatal(err)
		}
	}
	if cpu, gpu := graph(onnx.Device{}), graph(gpu); cpu != "onnx/model_quantized.onnx" || gpu != "onnx/model_fp16.onnx" {
		t.Errorf("cpu %s, gpu %s", cpu, gpu)
	}
}

func openError(t *testing.T, o Options) error {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err == nil {
		_ = s.Close()
	}
	return err
}

func copyModel(t *testing.T, model string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(committed, model))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func remove(name string) func(*testing.T, string, *Options) {
	return func(t *testing.T, dir string, _ *Options) {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Fatal(err)
		}
	}
}

func write(name string, data func(*testing.T) []byte) func(*testing.T, string, *Options) {
	return func(t *testing.T, dir string, _ *Options) {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), data(t), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A changed byte in a model with a manifest is noticed before it is used.
func TestManifestIsChecked(t *testing.T) {
	dir := copyModel(t, fixture.BERT)
	path := filepath.Join(dir, "onnx", "model.onnx")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Check(Options{Model: dir}); err == nil || !strings.Contains(err.Error(), "sha256") {
		t.Errorf("got %v", err)
	}
}

// Whoever may write the model decides what is masked.
func TestWorldWritableModelsAreRefused(t *testing.T) {
	for _, name := range []string{"config.json", "onnx/model.onnx_data", "onnx", "."} {
		t.Run(name, func(t *testing.T) {
			dir := copyModel(t, fixture.PrivacyFilter)
			path := filepath.Join(dir, filepath.FromSlash(name))
			info, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, info.Mode().Perm()|0o002); err != nil {
				t.Fatal(err)
			}
			if err := Check(Options{Model: dir}); err == nil || !strings.Contains(err.Error(), "every user") {
				t.Errorf("got %v", err)
			}
		})
	}
	t.Run("the target of a link", func(t *testing.T) {
		dir, blobs := copyModel(t, fixture.PrivacyFilter), t.TempDir()
		path, blob := filepath.Join(dir, "config.json"), filepath.Join(blobs, "blob")
		if err := errors.Join(os.Rename(path, blob), os.Symlink(blob, path), Check(Options{Model: dir})); err != nil {
			t.Fatal(err) // links as such are fine: a Hugging Face cache
		}
		if err := os.Chmod(blobs, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := Check(Options{Model: dir}); err == nil {
			t.Error("accepted")
		}
	})
}

// A model that finds nothing where it must is not started.
func TestBlindModelsAreRefused(t *testing.T) {
	dir := copyModel(t, fixture.PrivacyFilter)
	path := filepath.Join(dir, "onnx", "model.onnx_data")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, make([]byte, info.Size()), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := openError(t, Options{Model: dir}); !errors.Is(err, pii.ErrDetector) {
		t.Errorf("got %v", err)
	}
}

func TestOpenStopsWhenTheContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, Options{Model: filepath.Join(committed, fixture.BERT)}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestKeyTellsApartWhatOpenWouldLoad(t *testing.T) {
	dir := copyModel(t, fixture.BERT)
	base := Options{Model: dir}
	key := Key(base)
	same := map[string]Options{
		"again":         base,
		"auto is cpu":   {Model: dir, Device: "auto"},
		"a longer path": {Model: filepath.Join(dir, "onnx", "..")},
		"a callback":    {Model: dir, OnEngineError: func(error) {}},
	}
	for name, o := range same {
		if Key(o) != key {
			t.Errorf("%s: another key", name)
		}
	}
	others := map[string]Options{
		"embedded": {}, "variant": {Model: dir, Variant: "fp32"}, "device": {Model: dir, Device: "cuda"},
		"threads": {Model: dir, Threads: 1}, "batch": {Model: dir, MaxBatchTokens: 1},
		"queue": {Model: dir, QueueTokens: 1}, "texts": {Model: dir, QueueJobs: 1}, "fast": {Model: EmbeddedFast}, "full": {Model: EmbeddedFull},
		"cache":  {Model: dir, CacheBytes: -1},
		"biases": {Model: dir, Biases: &inference.Biases{}}, "missing": {Model: dir + "x"},
	}
	seen := map[string]string{key: "base"}
	for name, o := range others {
		if twin, twice := seen[Key(o)]; twice {
			t.Errorf("%s has the key of %s", name, twin)
		}
		seen[Key(o)] = name
	}
	if Key(Options{}) != Key(Options{Model: Embedded}) {
		t.Error("the default model is not the embedded one")
	}
	path := filepath.Join(dir, "viterbi_calibration.json")
	if err := os.WriteFile(path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if Key(base) == key {
		t.Error("a changed file does not change the key")
	}
}
