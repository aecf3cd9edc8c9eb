package openai

import (
	"fmt"
	"math"

	"github.com/caddyprivacy/privacyfilter/inference/onnx/onnxtest"
)

const microsoft = "com.microsoft"

// attr is an attribute of a node.
func attr(name string, value any) onnxtest.Attribute {
	return onnxtest.Attribute{Name: name, Value: value}
}

// graph writes one variant of a model.
type graph struct {
	onnxtest.Builder
	Config
	weights Weights
	variant Variant
	store   *shards
	names   int
}

// node adds an operator with one output, which it returns.
func (g *graph) node(domain, op string, inputs []string, attributes ...onnxtest.Attribute) string {
	g.names++
	out := fmt.Sprintf("%s_%d", op, g.names)
	g.Node(domain, op, inputs, []string{out}, attributes...)
	return out
}

func (g *graph) op(op string, inputs ...string) string { return g.node("", op, inputs) }

// ints is a constant of integers.
func (g *graph) ints(values ...int64) string {
	name := fmt.Sprintf("ints_%v", values)
	if !g.store.once(name) {
		g.Ints(name, values, int64(len(values)))
	}
	return name
}

// number is a constant of the variant's type of activations.
func (g *graph) number(v float64) string {
	name := fmt.Sprintf("number_%g", v)
	if !g.store.once(name) {
		g.external(name, []float32{float32(v)}, 1)
	}
	return name
}

// write emits the whole model: input_ids and attention_mask to logits.
func (g *graph) write() []byte {
	g.Input("input_ids", onnxtest.Int64, -1, -1)
	g.Input("attention_mask", onnxtest.Int64, -1, -1)
	g.Output("logits", onnxtest.Float32, -1, -1, int64(len(g.Labels)))
	cos, sin := g.rotations()
	g.external("cos_cache", cos, int64(g.Positions), int64(g.HeadDim/2))
	g.external("sin_cache", sin, int64(g.Positions), int64(g.HeadDim/2))
	mask := g.mask()
	x := g.embedding()
	for layer := range g.Layers {
		prefix := fmt.Sprintf("model.layers.%d.", layer)
		x = g.op("Add", x, g.attention(prefix+"self_attn.", g.norm(prefix+"input_layernorm", x), mask))
		x = g.op("Add", x, g.experts(prefix+"mlp.", g.norm(prefix+"post_attention_layernorm", x)))
	}
	logits := g.linear("score", g.norm("model.norm", x), len(g.Labels), g.Hidden)
	g.Node("", "Cast", []string{logits}, []string{"logits"}, attr("to", onnxtest.Float32))
	return g.Bytes()
}

// mask is 0 where a token may look and very low elsewhere: [batch, 1, T, T].
func (g *graph) mask() string {
	length := g.op("Gather", g.op("Shape", "input_ids"), g.scalar(1))
	at := g.op("Range", g.scalar(0), length, g.scalar(1))
	apart := g.op("Abs", g.op("Sub", g.op("Unsqueeze", at, g.ints(1)), g.op("Unsqueeze", at, g.ints(0))))
	near := g.op("LessOrEqual", apart, g.scalar(int64(g.Window)))
	seen := g.node("", "Cast", []string{g.op("Unsqueeze", "attention_mask", g.ints(1, 2))}, attr("to", onnxtest.Bool))
	lowest := -3.4e38
	if g.variant.half {
		lowest = -65504
	}
	return g.op("Where", g.op("And", near, seen), g.number(0), g.number(lowest))
}

// scalar is a constant integer without dimensions.
func (g *graph) scalar(v int64) string {
	name := fmt.Sprintf("scalar_%d", v)
	if !g.store.once(name) {
		g.Ints(name, []int64{v})
	}
	return name
}

func (g *graph) norm(name, x string) string {
	g.keep(name + ".weight")
	return g.node("", "SimplifiedLayerNormalization", []string{x, name + ".weight"},
		attr("axis", -1), attr("epsilon", float32(g.Epsilon)), attr("stash_type", 1))
}

// attention is local, looks both ways, and has a sink a head: a logit that
// takes part in the softmax and in nothing else.
func (g *graph) attention(prefix, x, mask string) string {
	heads, kv, dim := g.Heads, g.KVHeads, g.HeadDim
	group := int64(heads / kv)
	q := g.rotated(g.linear(prefix+"q_proj", x, heads*dim, g.Hidden), heads)
	k := g.rotated(g.linear(prefix+"k_proj", x, kv*dim, g.Hidden), kv)
	v := g.split(g.linear(prefix+"v_proj", x, kv*dim, g.Hidden), kv)
	scale := g.number(math.Pow(float64(dim), -0.25))
	q, k = g.op("Mul", q, scale), g.op("Mul", k, scale)
	// [batch, kv, group, T, dim] against [batch, kv, 1, T, dim].
	q = g.op("Reshape", q, g.ints(0, int64(kv), group, -1, int64(dim)))
	k, v = g.op("Unsqueeze", k, g.ints(2)), g.op("Unsqueeze", v, g.ints(2))
	scores := g.op("MatMul", q, g.node("", "Transpose", []string{k}, attr("perm", []int64{0, 1, 2, 4, 3})))
	scores = g.op("Add", scores, g.op("Unsqueeze", mask, g.ints(1)))
	g.external(prefix+"sinks", g.weights[prefix+"sinks"].Data, 1, int64(kv), group, 1, 1)
	column := g.op("Mul", g.node("", "ReduceMax", []string{scores}, attr("axes", []int64{-1}), attr("keepdims", 1)), g.number(0))
	sinks := g.op("Add", column, prefix+"sinks")
	joined := g.node("", "Concat", []string{scores, sinks}, attr("axis", -1))
	shares := g.node("", "Softmax", []string{joined}, attr("axis", -1))
	shares = g.op("Slice", shares, g.ints(0), g.ints(-1), g.ints(4))
	out := g.node("", "Transpose", []string{g.op("Reshape", g.op("MatMul", shares, v), g.ints(0, int64(heads), -1, int64(dim)))},
		attr("perm", []int64{0, 2, 1, 3}))
	return g.linear(prefix+"o_proj", g.op("Reshape", out, g.ints(0, 0, int64(heads*dim))), g.Hidden, heads*dim)
}

// split makes [batch, heads, T, dim] of [batch, T, heads × dim].
func (g *graph) split(x string, heads int) string {
	parted := g.op("Reshape", x, g.ints(0, 0, int64(heads), int64(g.HeadDim)))
	return g.node("", "Transpose", []string{parted}, attr("perm", []int64{0, 2, 1, 3}))
}

// rotated splits and turns pairs of neighbours by their position.
func (g *graph) rotated(x string, heads int) string {
	return g.node(microsoft, "RotaryEmbedding", []string{g.split(x, heads), g.ints(0), "cos_cache", "sin_cache"},
		attr("interleaved", 1))
}
