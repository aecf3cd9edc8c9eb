package openai

import "fmt"

// experts routes every token to the best TopK of the experts, each a clamped
// SwiGLU. The operators want gate and up interleaved; the checkpoint has one
// behind the other.
func (g *graph) experts(prefix, x string) string {
	flat := g.op("Reshape", x, g.ints(-1, int64(g.Hidden)))
	router := g.dense(prefix+"router", flat, g.Experts, g.Hidden)
	in, out := g.firsts(prefix), g.seconds(prefix)
	biasIn, biasOut := prefix+"experts.gate_up_proj_bias", prefix+"experts.down_proj_bias"
	g.external(biasIn, interleaved(g.weights[biasIn].Data, g.Intermediate), int64(g.Experts), int64(2*g.Intermediate))
	g.keep(biasOut)
	attributes := append(g.variant.expertAttributes(),
		attr("k", g.TopK), attr("activation_type", "swiglu"), attr("swiglu_fusion", 1), attr("normalize_routing_weights", 1),
		attr("activation_alpha", float32(g.Alpha)), attr("activation_beta", float32(1)), attr("swiglu_limit", float32(g.Limit)))
	var mixed string
	if bits := g.variant.bits; bits > 0 {
		fc1, scales1 := g.packedExperts(prefix+"fc1", in, 2*g.Intermediate, g.Hidden)
		fc2, scales2 := g.packedExperts(prefix+"fc2", out, g.Hidden, g.Intermediate)
		mixed = g.node(microsoft, "QMoE", []string{flat, router, fc1, scales1, biasIn, fc2, scales2, biasOut}, attributes...)
	} else {
		g.external(prefix+"fc1", in, int64(g.Experts), int64(2*g.Intermediate), int64(g.Hidden))
		g.external(prefix+"fc2", out, int64(g.Experts), int64(g.Hidden), int64(g.Intermediate))
		mixed = g.node(microsoft, "MoE", []string{flat, router, prefix + "fc1", biasIn, prefix + "fc2", biasOut}, attributes...)
	}
	return g.op("Reshape", mixed, g.op("Shape", x))
}

// firsts is [experts, 2 × intermediate, hidden], gate and up in turn.
func (g *graph) firsts(prefix string) []float32 {
	w := g.weights[prefix+"experts.gate_up_proj"].Data // [experts, hidden, 2 × intermediate]
	return transposed(w, g.Experts, g.Hidden, 2*g.Intermediate, func(column int) int {
		if column < g.Intermediate {
			return 2 * column
		}
		return 2*(column-g.Intermediate) + 1
	})
}

// seconds is [experts, hidden, intermediate].
func (g *graph) seconds(prefix string) []float32 {
	w := g.weights[prefix+"experts.down_proj"].Data // [experts, intermediate, hidden]
	return transposed(w, g.Experts, g.Intermediate, g.Hidden, func(column int) int { return column })
}

// transposed turns each of n matrices; column c becomes row place(c).
func transposed(w []float32, n, rows, columns int, place func(int) int) []float32 {
	out := make([]float32, len(w))
	for m := range n {
		matrix, target := w[m*rows*columns:], out[m*rows*columns:]
		for r := range rows {
			for c := range columns {
				target[place(c)*rows+r] = matrix[r*columns+c]
			}
		}
	}
	return out
}

// interleaved takes rows of gates and ups.
func interleaved(biases []float32, half int) []float32 {
	out := make([]float32, 0, len(biases))
	for start := 0; start < len(biases); start += 2 * half {
		for i := range half {
			out = append(out, biases[start+i], biases[start+half+i])
		}
	}
	return out
}

// packedExperts stores quantised experts of rows × columns.
func (g *graph) packedExperts(name string, w []float32, rows, columns int) (data, scales string) {
	q := quantise(w, columns, g.variant.bits)
	data, scales = name+".packed", name+".scales"
	g.bytes(data, q.data, int64(g.Experts), int64(rows), int64(columns*g.variant.bits/8))
	g.external(scales, q.scales, int64(g.Experts), int64(rows), int64(columns/blockSize))
	return data, scales
}

// linear is a projection with a bias, in the variant's way of storing it.
func (g *graph) linear(name, x string, rows, columns int) string {
	bits := g.variant.bits
	if bits == 0 {
		return g.dense(name, x, rows, columns)
	}
	q := quantise(g.weights[name+".weight"].Data, columns, bits)
	blocks := int64(columns / blockSize)
	g.bytes(name+".packed", q.data, int64(rows), blocks, int64(blockSize*bits/8))
	g.external(name+".scales", q.scales, int64(rows)*blocks)
	g.keep(name + ".bias")
	product := g.node(microsoft, "MatMulNBits", []string{x, name + ".packed", name + ".scales"},
		attr("K", columns), attr("N", rows), attr("bits", bits), attr("block_size", blockSize))
	return g.op("Add", product, name+".bias")
}

// dense is a projection with weights as they are.
func (g *graph) dense(name, x string, rows, columns int) string {
	turned := transposed(g.weights[name+".weight"].Data, 1, rows, columns, func(column int) int { return column })
	g.external(name+".turned", turned, int64(columns), int64(rows))
	g.keep(name + ".bias")
	return g.op("Add", g.op("MatMul", x, name+".turned"), name+".bias")
}

// embedding looks tokens up.
func (g *graph) embedding() string {
	const name = "model.embed_tokens.weight"
	bits := g.variant.bits
	if bits == 0 {
		g.keep(name)
		return g.op("Gather", name, "input_ids")
	}
	q := quantise(g.weights[name].Data, g.Hidden, bits)
	g.bytes(name+".packed", q.data, int64(g.Vocabulary), int64(g.Hidden*bits/8))
	g.external(name+".scales", q.scales, int64(g.Vocabulary), int64(g.Hidden/blockSize))
	return g.node(microsoft, "GatherBlockQuantized", []string{name + ".packed", "input_ids", name + ".scales"},
		attr("bits", bits), attr("block_size", blockSize), attr("gather_axis", 0), attr("quantize_axis", 1))
}

// keep stores a weight as it is, under its own name.
func (g *graph) keep(name string) {
	w, ok := g.weights[name]
	if !ok {
		panic(fmt.Sprintf("openai: the checkpoint has no %s", name))
	}
	g.external(name, w.Data, w.Shape...)
}
