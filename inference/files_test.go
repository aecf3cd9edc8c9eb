package inference_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"google.golang.org/protobuf/encoding/protowire"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// field appends a length-delimited protobuf field.
func field(dst []byte, number protowire.Number, parts ...[]byte) []byte {
	dst = protowire.AppendTag(dst, number, protowire.BytesType)
	return protowire.AppendBytes(dst, slices.Concat(parts...))
}

// external is a TensorProto whose content lies in another file.
func external(location string, offset, length int) []byte {
	entry := func(key, value string) []byte {
		return field(nil, 13, field(nil, 1, []byte(key)), field(nil, 2, []byte(value)))
	}
	tensor := protowire.AppendVarint(protowire.AppendTag(nil, 2, protowire.VarintType), 1) // data_type
	tensor = field(tensor, 8, []byte("weight"))
	return slices.Concat(tensor, entry("location", location), entry("offset", strconv.Itoa(offset)), entry("length", strconv.Itoa(length)))
}

// graph is a ModelProto with the tensors as initializers, beside one whose
// content is inside.
func graph(tensors ...[]byte) []byte {
	model := protowire.AppendVarint(protowire.AppendTag(nil, 1, protowire.VarintType), 8) // ir_version
	inner := field(nil, 5, field(nil, 9, make([]byte, 100_000)))
	for _, tensor := range tensors {
		inner = field(inner, 5, tensor)
	}
	model = field(model, 7, inner)
	return field(model, 8, []byte{0x10, 18}) // opset_import
}

// inNode puts a tensor into an attribute of a node in a sub-graph.
func inNode(tensor []byte) []byte {
	node := func(attribute []byte) []byte { return field(nil, 1, field(nil, 5, attribute)) }
	sub := node(field(nil, 5, tensor))
	return field(nil, 7, node(field(nil, 6, sub)))
}

type files = fstest.MapFS

func file(content []byte) *fstest.MapFile { return &fstest.MapFile{Data: content} }

// published is a directory laid out as openai/privacy-filter is.
func published() files {
	return files{
		"README.md":                  file([]byte("# privacy-filter")),
		"config.json":                file(privacyFilter(nil)),
		"tokenizer.json":             file([]byte("{}")),
		"onnx/model.onnx":            file(graph(external("model.onnx_data", 0, 50), external("model.onnx_data_1", 10, 20))),
		"onnx/model.onnx_data":       file(make([]byte, 50)),
		"onnx/model.onnx_data_1":     file(make([]byte, 30)),
		"onnx/model_q4.onnx":         file(graph(external("model_q4.onnx_data", 0, 5))),
		"onnx/model_q4.onnx_data":    file(make([]byte, 5)),
		"onnx/model_quantized.onnx":  file(graph()),
		"onnx/decoder/ignored.onnx":  file(nil),
		"original/config.json":       file([]byte("{}")),
		"viterbi_calibration.json":   file([]byte(`{"operating_points":{"default":{"biases":{"transition_bias_background_stay":-1,"transition_bias_background_to_start":0,"transition_bias_inside_to_continue":0,"transition_bias_inside_to_end":0,"transition_bias_end_to_background":0,"transition_bias_end_to_start":0}}}}`)),
		"onnx/model_mixed.onnx":      file(slices.Concat(graph(), inNode(external("model_mixed.onnx_data", 0, 4)))),
		"onnx/model_mixed.onnx_data": file(make([]byte, 4)),
	}
}

// manifest lists files as they are.
func manifest(dir files, names ...string) *fstest.MapFile {
	var entries []map[string]any
	for _, name := range names {
		sum := sha256.Sum256(dir[name].Data)
		entries = append(entries, map[string]any{"path": name, "bytes": len(dir[name].Data), "sha256": hex.EncodeToString(sum[:])})
	}
	raw, _ := json.Marshal(map[string]any{"files": entries, "source": "a test"})
	return file(raw)
}

func TestReadModel(t *testing.T) {
	for _, test := range []struct {
		variant, onnx string
		external      []string
	}{
		{"auto", "onnx/model_quantized.onnx", nil},
		{"", "onnx/model_quantized.onnx", nil},
		{"int8", "onnx/model_quantized.onnx", nil},
		{"quantized", "onnx/model_quantized.onnx", nil},
		{"fp32", "onnx/model.onnx", []string{"onnx/model.onnx_data", "onnx/model.onnx_data_1"}},
		{"model", "onnx/model.onnx", []string{"onnx/model.onnx_data", "onnx/model.onnx_data_1"}},
		{"q4", "onnx/model_q4.onnx", []string{"onnx/model_q4.onnx_data"}},
		{"model_q4", "onnx/model_q4.onnx", []string{"onnx/model_q4.onnx_data"}},
		{"mixed", "onnx/model_mixed.onnx", []string{"onnx/model_mixed.onnx_data"}},
	} {
		m, err := inference.ReadModelFS(published(), test.variant)
		if err != nil {
			t.Errorf("%q: %v", test.variant, err)
			continue
		}
		if m.ONNX != test.onnx || !slices.Equal(m.External, test.external) {
			t.Errorf("%q: got %s with %v", test.variant, m.ONNX, m.External)
		}
		if m.Config.Labels.Classes() != 33 || m.Biases.BackgroundStay != -1 || string(m.Tokenizer) != "{}" || m.ONNXPath() != "" {
			t.Errorf("%q: got %+v", test.variant, m)
		}
	}
}

func TestAutoTakesWhatThereIs(t *testing.T) {
	dir := published()
	for _, want := range []string{"onnx/model_quantized.onnx", "onnx/model.onnx", "onnx/model_q4.onnx"} {
		m, err := inference.ReadModelFS(dir, "auto")
		if err != nil || m.ONNX != want {
			t.Errorf("got %v, %v, want %s", m, err, want)
		}
		delete(dir, want)
	}
	_, err := inference.ReadModelFS(dir, "auto")
	if err == nil || !strings.Contains(err.Error(), "onnx/model_mixed.onnx") {
		t.Errorf("the error does not say what there is: %v", err)
	}
}

func TestGraphsMayLieAtTheRoot(t *testing.T) {
	dir := published()
	root := files{"config.json": dir["config.json"], "tokenizer.json": dir["tokenizer.json"], "model.onnx": dir["onnx/model.onnx"], "model.onnx_data": dir["onnx/model.onnx_data"], "model.onnx_data_1": dir["onnx/model.onnx_data_1"]}
	m, err := inference.ReadModelFS(root, "auto")
	if err != nil {
		t.Fatal(err)
	}
	if m.ONNX != "model.onnx" || !slices.Equal(m.External, []string{"model.onnx_data", "model.onnx_data_1"}) {
		t.Errorf("got %s with %v", m.ONNX, m.External)
	}
	if m.Biases != (inference.Biases{}) {
		t.Errorf("without a calibration file: %+v", m.Biases)
	}
}

func TestReadModelDir(t *testing.T) {
	dir := t.TempDir()
	pool := t.TempDir() // as in a Hugging Face cache, the files are links
	for name, f := range published() {
		blob := filepath.Join(pool, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(blob, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		link := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(link), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(blob, link); err != nil {
			t.Fatal(err)
		}
	}
	m, err := inference.ReadModelDir(dir, "fp32")
	if err != nil {
		t.Fatal(err)
	}
	if want := filepath.Join(dir, "onnx", "model.onnx"); m.ONNXPath() != want {
		t.Errorf("path %s, want %s", m.ONNXPath(), want)
	}
	for _, bad := range []string{filepath.Join(dir, "missing"), filepath.Join(dir, "config.json")} {
		if _, err := inference.ReadModelDir(bad, ""); err == nil {
			t.Errorf("%s passed", bad)
		}
	}
}

func TestIDTellsModelsApart(t *testing.T) {
	read := func(change func(files), variant string) string {
		dir := published()
		change(dir)
		m, err := inference.ReadModelFS(dir, variant)
		if err != nil {
			t.Fatal(err)
		}
		return m.ID
	}
	same := func(files) {}
	base := read(same, "fp32")
	if read(same, "fp32") != base {
		t.Error("the same model has two ids")
	}
	for says, other := range map[string]string{
		"variant":       read(same, "q4"),
		"calibration":   read(func(d files) { delete(d, "viterbi_calibration.json") }, "fp32"),
		"tokenizer":     read(func(d files) { d["tokenizer.json"] = file([]byte("{ }")) }, "fp32"),
		"external data": read(func(d files) { d["onnx/model.onnx_data"] = file(make([]byte, 51)) }, "fp32"),
	} {
		if other == base {
			t.Errorf("another %s has the same id", says)
		}
	}
}

func TestManifest(t *testing.T) {
	dir := published()
	used := []string{"config.json", "tokenizer.json", "viterbi_calibration.json", "onnx/model.onnx", "onnx/model.onnx_data", "onnx/model.onnx_data_1"}
	dir["manifest.json"] = manifest(dir, append(used, "README.md")...)
	if _, err := inference.ReadModelFS(dir, "fp32"); err != nil {
		t.Fatal(err)
	}
	for i, name := range used {
		dir := maps.Clone(dir)
		dir["manifest.json"] = manifest(dir, slices.Delete(slices.Clone(used), i, i+1)...)
		if _, err := inference.ReadModelFS(dir, "fp32"); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s, which is used, is not listed: %v", name, err)
		}
	}
	for says, change := range map[string]func(files){
		"a flipped bit in the weights": func(d files) { d["onnx/model.onnx_data_1"] = file(append(make([]byte, 29), 1)) },
		"a longer file":                func(d files) { d["onnx/model.onnx_data"] = file(make([]byte, 51)) },
		"another README":               func(d files) { d["README.md"] = file([]byte("# privacy-filteR")) },
		"a listed file that is gone":   func(d files) { delete(d, "README.md") },
	} {
		dir := maps.Clone(dir)
		change(dir)
		if _, err := inference.ReadModelFS(dir, "fp32"); err == nil {
			t.Errorf("%s passed", says)
		}
	}
	sum := strings.Repeat("0", 64)
	for says, raw := range map[string]string{
		"no list":             `{}`,
		"an empty list":       `{"files": []}`,
		"not JSON":            `files`,
		"a path upwards":      `{"files": [{"path": "../secret", "bytes": 1, "sha256": "` + sum + `"}]}`,
		"an absolute path":    `{"files": [{"path": "/etc/hosts", "bytes": 1, "sha256": "` + sum + `"}]}`,
		"a sneaky path":       `{"files": [{"path": "onnx/../../x", "bytes": 1, "sha256": "` + sum + `"}]}`,
		"no sha256":           `{"files": [{"path": "config.json", "bytes": 1}]}`,
		"a short sha256":      `{"files": [{"path": "config.json", "bytes": 1, "sha256": "00"}]}`,
		"no size":             `{"files": [{"path": "config.json", "sha256": "` + sum + `"}]}`,
		"a file listed twice": `{"files": [{"path": "a", "bytes": 1, "sha256": "` + sum + `"}, {"path": "a", "bytes": 1, "sha256": "` + sum + `"}]}`,
		"a repeated key":      `{"files": [{"path": "a", "path": "b", "bytes": 1, "sha256": "` + sum + `"}]}`,
	} {
		dir := maps.Clone(dir)
		dir["manifest.json"] = file([]byte(raw))
		if _, err := inference.ReadModelFS(dir, "fp32"); err == nil {
			t.Errorf("%s passed", says)
		}
	}
}

func TestReadModelRefuses(t *testing.T) {
	for _, test := range []struct {
		says    string
		change  func(files)
		variant string
		hint    string // what the error must name
	}{
		{"no config", func(d files) { delete(d, "config.json") }, "", "config.json is missing"},
		{"a bad config", func(d files) { d["config.json"] = file([]byte("{")) }, "", "config.json"},
		{"no tokenizer", func(d files) { delete(d, "tokenizer.json") }, "", "tokenizer.json is missing"},
		{"an empty tokenizer", func(d files) { d["tokenizer.json"] = file(nil) }, "", "tokenizer.json"},
		{"a bad calibration", func(d files) { d["viterbi_calibration.json"] = file([]byte("{}")) }, "", "viterbi_calibration.json"},
		{"an unknown variant", func(files) {}, "q8", "model_q8.onnx"},
		{"a variant that is a path", func(files) {}, "../model", "path"},
		{"another such variant", func(files) {}, `..\model`, "path"},
		{"a graph that is a directory", func(d files) { d["onnx/model_dir.onnx/x"] = file(nil) }, "dir", "not a file"},
		{"a missing shard", func(d files) { delete(d, "onnx/model.onnx_data_1") }, "fp32", "onnx/model.onnx_data_1 is missing"},
		{"a shard cut short", func(d files) { d["onnx/model.onnx_data_1"] = file(make([]byte, 29)) }, "fp32", "has 29 bytes"},
		{"external data elsewhere", func(d files) { d["onnx/model.onnx"] = file(graph(external("../config.json", 0, 1))) }, "fp32", "not beside it"},
		{"external data by absolute path", func(d files) { d["onnx/model.onnx"] = file(graph(external("/etc/passwd", 0, 1))) }, "fp32", "not beside it"},
		{"external data that is the directory", func(d files) { d["onnx/model.onnx"] = file(graph(external("..", 0, 1))) }, "fp32", "not beside it"},
		{"a negative offset", func(d files) { d["onnx/model.onnx"] = file(graph(external("x", -5, 1))) }, "fp32", "onnx/model.onnx"},
		{"a graph that is a text", func(d files) { d["onnx/model.onnx"] = file([]byte("version https://git-lfs.github.com/spec/v1")) }, "fp32", "not an ONNX graph"},
		{"an empty graph", func(d files) { d["onnx/model.onnx"] = file(nil) }, "fp32", "not an ONNX graph"},
		{"a graph cut short", func(d files) { d["onnx/model.onnx"].Data = d["onnx/model.onnx"].Data[:50_000] }, "fp32", "not an ONNX graph"},
	} {
		dir := published()
		test.change(dir)
		_, err := inference.ReadModelFS(dir, test.variant)
		if err == nil || !strings.Contains(err.Error(), test.hint) {
			t.Errorf("%s: %v", test.says, err)
		}
	}
	if _, err := inference.ReadModelFS(files{}, ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty directory: %v", err)
	}
}

func FuzzReadGraph(f *testing.F) {
	f.Add(graph(external("model.onnx_data", 0, 50)))
	f.Add(inNode(external("x", 1, 2)))
	side := files{
		"config.json":    file(inferencetest.ConfigJSON(nil, pii.Secret)),
		"tokenizer.json": file([]byte("{}")),
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		dir := maps.Clone(side)
		dir["model.onnx"] = file(raw)
		m, err := inference.ReadModelFS(dir, "auto")
		if err == nil && len(m.External) > 0 {
			for _, name := range m.External {
				if dir[name] == nil {
					t.Fatal("external data that is not there was accepted")
				}
			}
		}
	})
}
