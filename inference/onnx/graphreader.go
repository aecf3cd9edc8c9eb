package onnx

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
)

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
