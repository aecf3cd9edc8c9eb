package onnx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Graph is what can be known about a model file without running it: enough
// to refuse a wrong one with a clear sentence before a session is built,
// which for the published sizes takes seconds and gigabytes.
type Graph struct {
	// Inputs are the values that a caller must feed: the graph's inputs
	// without those that have an initializer.
	Inputs []Value
	// Outputs are the values that the graph returns.
	Outputs []Value
	// Opsets maps an operator domain ("" is ai.onnx) to its version.
	Opsets map[string]int64
	// Operators counts the nodes by "domain.Operator"; operators of ai.onnx
	// carry no domain.
	Operators map[string]int
	// External lists the external-data files, relative to the model file,
	// sorted. They must lie beside it under these names.
	External []string
}

// Value is a graph input or output.
type Value struct {
	Name string
	Type ElementType
	Dims []int64 // -1 where the size is free
}

// String is such as "logits float32[?,?,33]".
func (v Value) String() string {
	dims := make([]string, len(v.Dims))
	for i, d := range v.Dims {
		if dims[i] = "?"; d >= 0 {
			dims[i] = strconv.FormatInt(d, 10)
		}
	}
	return v.Name + " " + v.Type.String() + "[" + strings.Join(dims, ",") + "]"
}

// ElementType is TensorProto.DataType.
type ElementType int32

// The element types that this package has something to say about.
const (
	Float32  ElementType = 1
	Int32    ElementType = 6
	Int64    ElementType = 7
	Float16  ElementType = 10
	Float64  ElementType = 11
	BFloat16 ElementType = 16
)

// String returns the name that Python people know the type by.
func (t ElementType) String() string {
	switch t {
	case Float32:
		return "float32"
	case Int32:
		return "int32"
	case Int64:
		return "int64"
	case Float16:
		return "float16"
	case Float64:
		return "float64"
	case BFloat16:
		return "bfloat16"
	default:
		return fmt.Sprintf("element type %d", int32(t))
	}
}

// ErrNotONNX says that a file cannot be read as an ONNX model.
var ErrNotONNX = errors.New("not an ONNX model file")

// ReadGraph reads the structure of the model of size bytes in src. Weights
// are skipped, not read. Errors wrap ErrNotONNX or come from src.
//
// Field numbers are those of onnx.proto (ModelProto, GraphProto, …).
func ReadGraph(src io.ReaderAt, size int64) (*Graph, error) {
	b := &graphReader{
		src: src,
		g:   &Graph{Opsets: map[string]int64{}, Operators: map[string]int{}},
	}
	seenGraph := false
	err := b.fields(section{0, size}, func(f field) error {
		switch f.number {
		case 7: // graph
			seenGraph = true
			return b.graph(f.body, 0)
		case 8: // opset_import
			return b.opset(f.body)
		case 25: // functions
			return b.function(f.body)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if !seenGraph {
		return nil, fmt.Errorf("%w: it holds no graph", ErrNotONNX)
	}
	return b.finish()
}
