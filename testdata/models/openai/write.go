package openai

import (
	"bufio"
	"embed"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

// Variant is one of the published ways to store the weights.
type Variant struct {
	Name string // as a user writes it
	stem string // of the files
	bits int    // of quantised weights; 0 for none
	half bool   // activations in float16
}

// Variants are the published ones.
var Variants = []Variant{
	{Name: "fp32", stem: "model"},
	{Name: "fp16", stem: "model_fp16", half: true},
	{Name: "int8", stem: "model_quantized", bits: 8},
	{Name: "q4", stem: "model_q4", bits: 4},
	{Name: "q4f16", stem: "model_q4f16", bits: 4, half: true},
}

func (v Variant) expertAttributes() []onnxtest.Attribute {
	if v.bits == 0 {
		return nil
	}
	return []onnxtest.Attribute{attr("expert_weight_bits", v.bits), attr("block_size", blockSize)}
}

// tinyFiles hold the trained tiny model, without graphs.
//
//go:embed tiny
var tinyFiles embed.FS

// shards are the files beside a graph that hold its weights.
type shards struct {
	dir, stem string
	most      int64 // bytes in one file
	file      *os.File
	out       *bufio.Writer
	at        int64 // bytes in the current file
	count     int
	known     map[string]bool
	err       error
}

// once reports whether name was asked for before.
func (s *shards) once(name string) bool {
	known := s.known[name]
	s.known[name] = true
	return known
}

// add stores data, and returns where.
func (s *shards) add(data []byte) (location string, offset int64) {
	const alignment = 4096 // of a page, so that a file can be mapped
	if s.file == nil || s.at > 0 && s.at+int64(len(data)) > s.most {
		s.close()
		s.count, s.at = s.count+1, 0
		if s.file, s.err = os.Create(filepath.Join(s.dir, s.location())); s.err != nil {
			return "", 0
		}
		s.out = bufio.NewWriterSize(s.file, 1<<20)
	}
	if gap := -s.at & (alignment - 1); gap > 0 {
		s.write(make([]byte, gap))
	}
	offset = s.at
	s.write(data)
	return s.location(), offset
}

func (s *shards) write(data []byte) {
	n, err := s.out.Write(data)
	s.at += int64(n)
	if s.err == nil {
		s.err = err
	}
}

// location is the current file's name: model.onnx_data, model.onnx_data_1, …
func (s *shards) location() string {
	name := s.stem + ".onnx_data"
	if s.count > 1 {
		name += "_" + strconv.Itoa(s.count-1)
	}
	return name
}

func (s *shards) close() {
	if s.file == nil {
		return
	}
	if err := s.out.Flush(); s.err == nil {
		s.err = err
	}
	if err := s.file.Close(); s.err == nil {
		s.err = err
	}
	s.file = nil
}

// external stores numbers in the variant's type.
func (g *graph) external(name string, data []float32, dims ...int64) {
	elem, raw := onnxtest.Float32, []byte(nil)
	if g.variant.half {
		elem, raw = onnxtest.Float16, halves(data)
	} else {
		raw = onnxtest.FloatBytes(data)
	}
	g.put(name, elem, raw, dims)
}

// bytes stores packed weights.
func (g *graph) bytes(name string, data []byte, dims ...int64) {
	g.put(name, onnxtest.Uint8, data, dims)
}

func (g *graph) put(name string, elem int, raw []byte, dims []int64) {
	location, offset := g.store.add(raw)
	g.ExternalTensor(name, elem, location, strconv.FormatInt(offset, 10), strconv.Itoa(len(raw)), dims...)
}

// Model is a configuration with its weights.
type Model struct {
	Config
	Weights
	files map[string][]byte // what goes beside the graphs
}

// Tiny reads the trained tiny model.
func Tiny() (*Model, error) {
	m := &Model{files: map[string][]byte{}}
	var err error
	for _, name := range []string{"config.json", "tokenizer.json", "tokenizer_config.json", "viterbi_calibration.json", "model.safetensors"} {
		if m.files[name], err = tinyFiles.ReadFile("tiny/" + name); err != nil {
			return nil, fmt.Errorf("reading the tiny model: %w", err)
		}
	}
	if m.Config, err = parseConfig(m.files["config.json"]); err != nil {
		return nil, err
	}
	m.Weights, err = parseWeights(m.files["model.safetensors"])
	return m, err
}

// Random makes a model of another size out of the tiny one: its vocabulary
// and labels, and weights that are noise of the spread that keeps activations
// near one.
func (m *Model) Random(shape Config, seed uint64) *Model {
	shape.Vocabulary, shape.Labels, shape.Rope = m.Vocabulary, m.Labels, m.Rope
	shape.Epsilon, shape.Alpha, shape.Limit = m.Epsilon, m.Alpha, m.Limit
	rng := rand.New(rand.NewPCG(seed, 0))
	w := Weights{}
	add := func(name string, spread float32, dims ...int64) {
		n := int64(1)
		for _, d := range dims {
			n *= d
		}
		data := make([]float32, n)
		for i := range data {
			data[i] = float32(rng.NormFloat64()) * spread
		}
		w[name] = Tensor{dims, data}
	}
	h, i, e := int64(shape.Hidden), int64(shape.Intermediate), int64(shape.Experts)
	q, kv := int64(shape.Heads*shape.HeadDim), int64(shape.KVHeads*shape.HeadDim)
	linear := func(name string, rows, columns int64) {
		add(name+".weight", 0.04, rows, columns)
		add(name+".bias", 0.02, rows)
	}
	norm := func(name string) {
		w[name+".weight"] = Tensor{[]int64{h}, ones(shape.Hidden)}
	}
	add("model.embed_tokens.weight", 1, int64(shape.Vocabulary), h)
	for layer := range shape.Layers {
		p := fmt.Sprintf("model.layers.%d.", layer)
		norm(p + "input_layernorm")
		norm(p + "post_attention_layernorm")
		linear(p+"self_attn.q_proj", q, h)
		linear(p+"self_attn.k_proj", kv, h)
		linear(p+"self_attn.v_proj", kv, h)
		linear(p+"self_attn.o_proj", h, q)
		add(p+"self_attn.sinks", 0.5, int64(shape.Heads))
		linear(p+"mlp.router", e, h)
		add(p+"mlp.experts.gate_up_proj", 0.04, e, h, 2*i)
		add(p+"mlp.experts.gate_up_proj_bias", 0.02, e, 2*i)
		add(p+"mlp.experts.down_proj", 0.04, e, i, h)
		add(p+"mlp.experts.down_proj_bias", 0.02, e, h)
	}
	norm("model.norm")
	linear("score", int64(len(shape.Labels)), h)
	out := &Model{Config: shape, Weights: w, files: map[string][]byte{}}
	for name, data := range m.files {
		if name != "model.safetensors" {
			out.files[name] = data
		}
	}
	out.files["config.json"] = resized(m.files["config.json"], shape)
	return out
}

// resized is config.json with other sizes.
func resized(raw []byte, shape Config) []byte {
	var all, sizes map[string]any
	encoded, _ := json.Marshal(shape)
	if json.Unmarshal(raw, &all) != nil || json.Unmarshal(encoded, &sizes) != nil {
		return raw
	}
	for name, value := range sizes {
		if _, isNumber := value.(float64); isNumber {
			all[name] = value
		}
	}
	out, _ := json.MarshalIndent(all, "", " ")
	return out
}

func ones(n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = 1
	}
	return out
}

// Write writes the model directory with graphs of the variants, whose weights
// lie in files of at most shard bytes.
func (m *Model) Write(dir string, shard int64, variants ...string) error {
	if err := os.MkdirAll(filepath.Join(dir, "onnx"), 0o755); err != nil {
		return fmt.Errorf("making the model directory: %w", err)
	}
	for name, data := range m.files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
	}
	for _, name := range variants {
		if err := m.writeGraph(filepath.Join(dir, "onnx"), shard, name); err != nil {
			return fmt.Errorf("writing %s: %w", name, err)
		}
	}
	return nil
}

func (m *Model) writeGraph(dir string, shard int64, name string) error {
	for _, v := range Variants {
		if v.Name != name {
			continue
		}
		store := &shards{dir: dir, stem: v.stem, most: shard, known: map[string]bool{}}
		g := &graph{Config: m.Config, weights: m.Weights, variant: v, store: store}
		data := g.write()
		store.close()
		if store.err != nil {
			return store.err
		}
		return os.WriteFile(filepath.Join(dir, v.stem+".onnx"), data, 0o644)
	}
	return fmt.Errorf("no variant is called %q", name)
}
