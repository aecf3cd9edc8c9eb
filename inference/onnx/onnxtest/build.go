// Package onnxtest writes small .onnx files and finds the native libraries,
// for tests. Nothing in the product imports it.
package onnxtest

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"google.golang.org/protobuf/encoding/protowire"
)

// Element types (TensorProto.DataType).
const (
	Float32 = 1
	Uint8   = 2
	Int64   = 7
	Bool    = 9
	Float16 = 10
)

// Builder collects the parts of a ModelProto. The zero value is an empty
// graph of opset 17.
type Builder struct {
	nodes, initializers, inputs, outputs [][]byte
	domains                              []string // beside ai.onnx
}

// Input declares a graph input. A dimension of -1 is free.
func (b *Builder) Input(name string, elem int, dims ...int64) {
	b.inputs = append(b.inputs, valueInfo(name, elem, dims))
}

// Output declares a graph output. A dimension of -1 is free.
func (b *Builder) Output(name string, elem int, dims ...int64) {
	b.outputs = append(b.outputs, valueInfo(name, elem, dims))
}

// Floats adds a float32 initializer that the file holds itself.
func (b *Builder) Floats(name string, data []float32, dims ...int64) {
	t := tensorHead(name, Float32, dims)
	t = protowire.AppendTag(t, 9, protowire.BytesType) // raw_data
	b.initializers = append(b.initializers, protowire.AppendBytes(t, FloatBytes(data)))
}

// Ints adds an int64 initializer that the file holds itself.
func (b *Builder) Ints(name string, data []int64, dims ...int64) {
	raw := make([]byte, 0, 8*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint64(raw, uint64(v))
	}
	t := tensorHead(name, Int64, dims)
	t = protowire.AppendTag(t, 9, protowire.BytesType)
	b.initializers = append(b.initializers, protowire.AppendBytes(t, raw))
}

// External adds a float32 initializer whose bytes are in another file.
func (b *Builder) External(name, location, offset, length string, dims ...int64) {
	b.ExternalTensor(name, Float32, location, offset, length, dims...)
}

// ExternalTensor is External for any element type. Offset and length are
// decimal numbers, or whatever a broken file has in their place.
func (b *Builder) ExternalTensor(name string, elem int, location, offset, length string, dims ...int64) {
	t := tensorHead(name, elem, dims)
	for _, kv := range [][2]string{{"location", location}, {"offset", offset}, {"length", length}} {
		entry := appendString(appendString(nil, 1, kv[0]), 2, kv[1])
		t = protowire.AppendTag(t, 13, protowire.BytesType) // external_data
		t = protowire.AppendBytes(t, entry)
	}
	t = appendVarint(t, 14, 1) // data_location = EXTERNAL
	b.initializers = append(b.initializers, t)
}

// Attribute is an attribute of a node: an int, an int64, a float32, a string,
// or several int64.
type Attribute struct {
	Name  string
	Value any
}

// Node adds an operator; domain "" is ai.onnx.
func (b *Builder) Node(domain, op string, inputs, outputs []string, attributes ...Attribute) {
	var n []byte
	for _, name := range inputs {
		n = appendString(n, 1, name)
	}
	for _, name := range outputs {
		n = appendString(n, 2, name)
	}
	n = appendString(n, 4, op)
	for _, a := range attributes {
		n = protowire.AppendBytes(protowire.AppendTag(n, 5, protowire.BytesType), a.bytes())
	}
	if domain != "" {
		n = appendString(n, 7, domain)
		if !slices.Contains(b.domains, domain) {
			b.domains = append(b.domains, domain)
		}
	}
	b.nodes = append(b.nodes, n)
}

// bytes is the AttributeProto.
func (a Attribute) bytes() []byte {
	const isFloat, isInt, isString, areInts = 1, 2, 3, 7
	out := appendString(nil, 1, a.Name)
	switch v := a.Value.(type) {
	case nil:
		return appendVarint(appendVarint(out, 3, 0), 20, isInt)
	case int:
		return appendVarint(appendVarint(out, 3, uint64(v)), 20, isInt)
	case int64:
		return appendVarint(appendVarint(out, 3, uint64(v)), 20, isInt)
	case float32:
		out = protowire.AppendFixed32(protowire.AppendTag(out, 2, protowire.Fixed32Type), math.Float32bits(v))
		return appendVarint(out, 20, isFloat)
	case string:
		return appendVarint(appendString(out, 4, v), 20, isString)
	case []int64:
		for _, n := range v {
			out = appendVarint(out, 8, uint64(n))
		}
		return appendVarint(out, 20, areInts)
	}
	panic(fmt.Sprintf("onnxtest: no attribute is a %T", a.Value))
}

// Bytes returns the ModelProto.
func (b *Builder) Bytes() []byte {
	g := appendAll(nil, 1, b.nodes)
	g = appendString(g, 2, "fixture")
	g = appendAll(g, 5, b.initializers)
	g = appendAll(g, 11, b.inputs)
	g = appendAll(g, 12, b.outputs)

	m := appendVarint(nil, 1, 8) // ir_version
	m = appendString(m, 2, "onnxtest")
	m = protowire.AppendBytes(protowire.AppendTag(m, 7, protowire.BytesType), g)
	m = protowire.AppendBytes(protowire.AppendTag(m, 8, protowire.BytesType), appendVarint(nil, 2, 17))
	for _, domain := range b.domains {
		opset := appendVarint(appendString(nil, 1, domain), 2, 1)
		m = protowire.AppendBytes(protowire.AppendTag(m, 8, protowire.BytesType), opset)
	}
	return m
}

// FloatBytes is the raw form of a float32 tensor.
func FloatBytes(data []float32) []byte {
	raw := make([]byte, 0, 4*len(data))
	for _, v := range data {
		raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(v))
	}
	return raw
}

func tensorHead(name string, elem int, dims []int64) []byte {
	var t []byte
	for _, d := range dims {
		t = appendVarint(t, 1, uint64(d))
	}
	t = appendVarint(t, 2, uint64(elem))
	return appendString(t, 8, name)
}

func valueInfo(name string, elem int, dims []int64) []byte {
	var shape []byte
	for i, d := range dims {
		var dim []byte
		if d >= 0 {
			dim = appendVarint(dim, 1, uint64(d))
		} else {
			dim = appendString(dim, 2, fmt.Sprintf("free_%d", i))
		}
		shape = protowire.AppendBytes(protowire.AppendTag(shape, 1, protowire.BytesType), dim)
	}
	tensor := appendVarint(nil, 1, uint64(elem))
	tensor = protowire.AppendBytes(protowire.AppendTag(tensor, 2, protowire.BytesType), shape)
	typ := protowire.AppendBytes(protowire.AppendTag(nil, 1, protowire.BytesType), tensor)
	v := appendString(nil, 1, name)
	return protowire.AppendBytes(protowire.AppendTag(v, 2, protowire.BytesType), typ)
}

func appendAll(dst []byte, number protowire.Number, parts [][]byte) []byte {
	for _, p := range parts {
		dst = protowire.AppendBytes(protowire.AppendTag(dst, number, protowire.BytesType), p)
	}
	return dst
}

func appendString(dst []byte, number protowire.Number, s string) []byte {
	return protowire.AppendString(protowire.AppendTag(dst, number, protowire.BytesType), s)
}

func appendVarint(dst []byte, number protowire.Number, v uint64) []byte {
	return protowire.AppendVarint(protowire.AppendTag(dst, number, protowire.VarintType), v)
}
