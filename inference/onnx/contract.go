package onnx

import (
	"fmt"
	"slices"
	"strings"
)

// The names of a token classifier's inputs and output, as Hugging Face
// exports them (and openai/privacy-filter publishes them).
const (
	inputIDs       = "input_ids"
	inputMask      = "attention_mask"
	inputTypes     = "token_type_ids" // BERT's sentence number: one text, so zero
	outputLogits   = "logits"
	rankIDs        = 2 // [batch, tokens]
	rankFeatures   = 3 // [batch, tokens, columns]
	rankLogits     = 3 // [batch, tokens, classes]
	contribDomain  = "com.microsoft."
	cudaMissingOps = "com.microsoft.QMoE"
)

// ContractError says why a graph is not a token classifier that this package
// can run. Its text names inputs, types and sizes of the model, nothing else.
type ContractError struct{ Reason string }

// Error returns the reason as a sentence.
func (e *ContractError) Error() string {
	return "the model's graph does not fit: " + e.Reason
}

func refuse(format string, args ...any) error {
	return &ContractError{Reason: fmt.Sprintf(format, args...)}
}

// Fits checks that the graph takes what an Engine feeds and returns what it
// reads: int64 input_ids [batch, tokens], the optional attention_mask and
// token_type_ids of the same type, features if there are any, which then may
// stand alone, and float32 logits [batch, tokens, labels]. The error is a
// *ContractError.
func (g *Graph) Fits(labels int, features Input) error {
	needed := inputIDs
	if features.Columns > 0 {
		needed = features.Name
	}
	if !g.reads(needed) {
		return refuse("it has no input %q", needed)
	}
	for _, in := range g.Inputs {
		if err := in.fitsInput(features); err != nil {
			return err
		}
	}
	at := slices.IndexFunc(g.Outputs, func(v Value) bool { return v.Name == outputLogits })
	if at < 0 {
		return refuse("it has no output %q", outputLogits)
	}
	return g.Outputs[at].fitsLogits(labels)
}

func (g *Graph) reads(input string) bool {
	return slices.ContainsFunc(g.Inputs, func(v Value) bool { return v.Name == input })
}

func (v Value) fitsInput(features Input) error {
	rank := rankIDs
	switch name := v.Name; {
	case name == inputIDs, name == inputMask, name == inputTypes:
	case features.Columns > 0 && name == features.Name:
		rank = len(features.shape(1, 1))
	default:
		return refuse("it needs an input %q, which nobody here can fill", v.Name)
	}
	switch {
	case v.Type != Int64:
		return refuse("input %q is %s, not int64", v.Name, v.Type)
	case len(v.Dims) != rank:
		return refuse("input %q has %d dimensions, not %d", v.Name, len(v.Dims), rank)
	case rank == rankFeatures && v.Dims[2] >= 0 && v.Dims[2] != int64(features.Columns):
		return refuse("input %q has %d features a token, the configuration %d", v.Name, v.Dims[2], features.Columns)
	case v.Dims[0] >= 0 || v.Dims[1] >= 0:
		return refuse("input %q has a fixed size; batch and length must be free", v.Name)
	}
	return nil
}

func (v Value) fitsLogits(labels int) error {
	switch {
	case v.Type != Float32:
		return refuse("output %q is %s, not float32", v.Name, v.Type)
	case len(v.Dims) != rankLogits:
		return refuse("output %q has %d dimensions, not %d", v.Name, len(v.Dims), rankLogits)
	case v.Dims[2] >= 0 && v.Dims[2] != int64(labels):
		return refuse("output %q has %d classes, the configuration %d", v.Name, v.Dims[2], labels)
	case v.Dims[0] >= 0 || v.Dims[1] >= 0:
		return refuse("output %q has a fixed size; batch and length must be free", v.Name)
	}
	return nil
}

// inputNames returns the inputs in the order in which Engine feeds them.
func (g *Graph) inputNames(features Input) []string {
	var names []string
	for _, name := range []string{inputIDs, inputMask, inputTypes, features.Name} {
		if g.reads(name) {
			names = append(names, name)
		}
	}
	return names
}

// shape is that of the features of a rectangle of tokens.
func (in Input) shape(rows, cols int) []int64 {
	if in.Columns == 1 {
		return []int64{int64(rows), int64(cols)}
	}
	return []int64{int64(rows), int64(cols), int64(in.Columns)}
}

// RunsOn says whether the graph's operators have kernels on the device. CUDA
// has none for QMoE with the published block size of 32: ONNX Runtime would
// put those nodes on the CPU without a word, 97 % of the work
// (microsoft/onnxruntime#29035), so it is refused here. The error is a
// *ContractError.
func (g *Graph) RunsOn(d Device) error {
	if d.CUDA && g.Operators[cudaMissingOps] > 0 {
		return refuse("it uses %s, which has no CUDA kernel for this layout; use the fp16 or fp32 variant on a GPU, or device cpu",
			strings.TrimPrefix(cudaMissingOps, contribDomain))
	}
	return nil
}
