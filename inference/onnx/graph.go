package onnx

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
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

type graphReader struct {
	src          io.ReaderAt
	g            *Graph
	initializers map[string]bool // of the main graph
}

func (b *graphReader) finish() (*Graph, error) {
	b.g.Inputs = slices.DeleteFunc(b.g.Inputs, func(v Value) bool { return b.initializers[v.Name] })
	slices.Sort(b.g.External)
	b.g.External = slices.Compact(b.g.External)
	for _, name := range b.g.External {
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return nil, fmt.Errorf("%w: its external data lies outside the model's folder", ErrNotONNX)
		}
	}
	return b.g, nil
}

// maxDepth bounds nested subgraphs (If, Loop, Scan).
const maxDepth = 16

// graph reads a GraphProto; depth 0 is the main graph, whose inputs and
// outputs are the model's.
func (b *graphReader) graph(s section, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("%w: subgraphs nested too deeply", ErrNotONNX)
	}
	if depth == 0 {
		b.initializers = map[string]bool{}
	}
	return b.fields(s, func(f field) error {
		switch f.number {
		case 1: // node
			return b.node(f.body, depth)
		case 5: // initializer
			name, err := b.tensor(f.body)
			if depth == 0 {
				b.initializers[name] = true
			}
			return err
		case 11, 12: // input, output
			if depth > 0 {
				return nil
			}
			v, err := b.value(f.body)
			if err != nil {
				return err
			}
			if f.number == 11 {
				b.g.Inputs = append(b.g.Inputs, v)
			} else {
				b.g.Outputs = append(b.g.Outputs, v)
			}
		}
		return nil
	})
}

func (b *graphReader) node(s section, depth int) error {
	var op, domain string
	err := b.fields(s, func(f field) (err error) {
		switch f.number {
		case 4: // op_type
			op, err = b.text(f.body)
		case 7: // domain
			domain, err = b.text(f.body)
		case 5: // attribute
			err = b.attribute(f.body, depth)
		}
		return err
	})
	if domain != "" && domain != "ai.onnx" {
		op = domain + "." + op
	}
	b.g.Operators[op]++
	return err
}

func (b *graphReader) attribute(s section, depth int) error {
	return b.fields(s, func(f field) error {
		switch f.number {
		case 5, 10: // t, tensors
			_, err := b.tensor(f.body)
			return err
		case 6, 11: // g, graphs
			return b.graph(f.body, depth+1)
		}
		return nil
	})
}

// tensor reads the name and the external location of a TensorProto.
func (b *graphReader) tensor(s section) (name string, err error) {
	err = b.fields(s, func(f field) (err error) {
		switch f.number {
		case 8: // name
			name, err = b.text(f.body)
		case 13: // external_data
			var key, value string
			if key, value, err = b.entry(f.body); key == "location" {
				b.g.External = append(b.g.External, value)
			}
		}
		return err
	})
	return name, err
}

// entry reads a StringStringEntryProto.
func (b *graphReader) entry(s section) (key, value string, err error) {
	err = b.fields(s, func(f field) (err error) {
		switch f.number {
		case 1:
			key, err = b.text(f.body)
		case 2:
			value, err = b.text(f.body)
		}
		return err
	})
	return key, value, err
}

// value reads a ValueInfoProto: name = 1, type = 2 { tensor_type = 1 {
// elem_type = 1, shape = 2 { dim = 1 { dim_value = 1 } } } }.
func (b *graphReader) value(s section) (v Value, err error) {
	dim := func(f field) error {
		size := int64(-1)
		err := b.fields(f.body, func(f field) error {
			if f.number == 1 {
				size = int64(f.varint)
			}
			return nil
		})
		v.Dims = append(v.Dims, size)
		return err
	}
	tensorType := func(f field) error {
		switch f.number {
		case 1:
			v.Type = ElementType(f.varint)
		case 2:
			return b.fields(f.body, dim)
		}
		return nil
	}
	err = b.fields(s, func(f field) (err error) {
		switch f.number {
		case 1:
			v.Name, err = b.text(f.body)
		case 2:
			err = b.fields(f.body, func(f field) error {
				if f.number == 1 {
					return b.fields(f.body, tensorType)
				}
				return nil
			})
		}
		return err
	})
	return v, err
}

func (b *graphReader) opset(s section) error {
	var domain string
	var version int64
	err := b.fields(s, func(f field) (err error) {
		switch f.number {
		case 1:
			domain, err = b.text(f.body)
		case 2:
			version = int64(f.varint)
		}
		return err
	})
	if domain == "ai.onnx" {
		domain = ""
	}
	b.g.Opsets[domain] = version
	return err
}

func (b *graphReader) function(s section) error {
	return b.fields(s, func(f field) error {
		if f.number == 7 { // node
			return b.node(f.body, 1)
		}
		return nil
	})
}

// section is a byte range of the file.
type section struct{ start, end int64 }

// field is one field of a message; varint is set for varints, body for
// length-delimited ones.
type field struct {
	number protowire.Number
	varint uint64
	body   section
}

// fields calls visit for every field of the message in s.
func (b *graphReader) fields(s section, visit func(field) error) error {
	for at := s.start; at < s.end; {
		f, next, err := b.field(at, s.end)
		if err != nil {
			return err
		}
		if err := visit(f); err != nil {
			return err
		}
		at = next
	}
	return nil
}

// headerBytes covers a tag and a length or varint, ten bytes each at most.
const headerBytes = 2 * 10

// field parses the field at offset at of a message that ends at end.
func (b *graphReader) field(at, end int64) (f field, next int64, err error) {
	var buf [headerBytes]byte
	head := buf[:min(headerBytes, end-at)]
	if _, err := b.src.ReadAt(head, at); err != nil && !errors.Is(err, io.EOF) {
		return f, 0, fmt.Errorf("reading the model file: %w", err)
	}
	number, wire, n := protowire.ConsumeTag(head)
	if n < 0 {
		return f, 0, ErrNotONNX
	}
	f.number = number
	if wire != protowire.BytesType {
		m := protowire.ConsumeFieldValue(number, wire, head[n:])
		if m < 0 || wire == protowire.StartGroupType {
			return f, 0, ErrNotONNX
		}
		if wire == protowire.VarintType {
			f.varint, _ = protowire.ConsumeVarint(head[n:])
		}
		return f, at + int64(n+m), nil
	}
	size, m := protowire.ConsumeVarint(head[n:])
	if m < 0 {
		return f, 0, ErrNotONNX
	}
	start := at + int64(n+m)
	if size > uint64(end-start) {
		return f, 0, fmt.Errorf("%w: it is cut short", ErrNotONNX)
	}
	f.body = section{start, start + int64(size)}
	return f, f.body.end, nil
}

// maxText bounds names and locations, in bytes.
const maxText = 4096

func (b *graphReader) text(s section) (string, error) {
	if s.end-s.start > maxText {
		return "", fmt.Errorf("%w: a name is longer than %d bytes", ErrNotONNX, maxText)
	}
	buf := make([]byte, s.end-s.start)
	if _, err := b.src.ReadAt(buf, s.start); err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("reading the model file: %w", err)
	}
	return string(buf), nil
}
