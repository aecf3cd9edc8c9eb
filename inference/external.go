package inference

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// Field numbers of onnx.proto3 that lead from a model to the files its
// weights lie in. Weights may be initializers of the graph or tensors in
// attributes of its nodes; sub-graphs in attributes hold both again.
const (
	modelGraph       = 7
	graphNode        = 1
	graphInitializer = 5
	nodeAttribute    = 5
	attributeTensor  = 5
	attributeGraph   = 6
	attributeTensors = 10
	attributeGraphs  = 11
	tensorExternal   = 13
	entryKey         = 1
	entryValue       = 2
)

const (
	maxGraphDepth    = 32
	maxExternalFiles = 256
	maxLocation      = 255 // bytes of a file name, on every common file system
)

// toEnd is the size of the outermost message, which ends with the file.
const toEnd = -1

var errGraph = errors.New("not an ONNX graph, or a damaged one")

// externalData reads an ONNX protobuf as a stream and returns, for each file
// its weights lie in, how many bytes of it they need. A graph with weights
// inside may have 2 GiB, so nothing is held but the entries themselves.
func externalData(r io.Reader) (map[string]int64, error) {
	s := &graphScanner{r: bufio.NewReaderSize(r, 1<<16), needs: make(map[string]int64)}
	sawGraph := false
	err := s.message(toEnd, func(field protowire.Number, size int64) (bool, error) {
		if field != modelGraph {
			return false, nil
		}
		sawGraph = true
		return true, s.graph(size, 0)
	})
	if err != nil {
		return nil, err
	}
	if !sawGraph {
		return nil, errGraph
	}
	return s.needs, nil
}

type graphScanner struct {
	r     *bufio.Reader
	needs map[string]int64
}

func (s *graphScanner) graph(size int64, depth int) error {
	if depth > maxGraphDepth {
		return errGraph
	}
	return s.message(size, func(field protowire.Number, size int64) (bool, error) {
		switch field {
		case graphNode:
			return true, s.node(size, depth)
		case graphInitializer:
			return true, s.tensor(size)
		}
		return false, nil
	})
}

func (s *graphScanner) node(size int64, depth int) error {
	return s.message(size, func(field protowire.Number, size int64) (bool, error) {
		if field != nodeAttribute {
			return false, nil
		}
		return true, s.attribute(size, depth)
	})
}

func (s *graphScanner) attribute(size int64, depth int) error {
	return s.message(size, func(field protowire.Number, size int64) (bool, error) {
		switch field {
		case attributeTensor, attributeTensors:
			return true, s.tensor(size)
		case attributeGraph, attributeGraphs:
			return true, s.graph(size, depth+1)
		}
		return false, nil
	})
}

// tensor notes where the content of a tensor lies when that is another file.
func (s *graphScanner) tensor(size int64) error {
	var location string
	var offset, length int64
	err := s.message(size, func(field protowire.Number, size int64) (bool, error) {
		if field != tensorExternal {
			return false, nil
		}
		key, value, err := s.entry(size)
		if err != nil {
			return true, err
		}
		switch key {
		case "location":
			location = value
		case "offset":
			offset, err = strconv.ParseInt(value, 10, 64)
		case "length":
			length, err = strconv.ParseInt(value, 10, 64)
		}
		if err != nil || offset < 0 || length < 0 || offset > math.MaxInt64-length {
			return true, errGraph
		}
		return true, nil
	})
	if err != nil || location == "" {
		return err
	}
	s.needs[location] = max(s.needs[location], offset+length)
	if len(s.needs) > maxExternalFiles {
		return errGraph
	}
	return nil
}

func (s *graphScanner) entry(size int64) (key, value string, err error) {
	err = s.message(size, func(field protowire.Number, size int64) (bool, error) {
		if field != entryKey && field != entryValue {
			return false, nil
		}
		if size > maxLocation {
			return true, errGraph
		}
		raw := make([]byte, size)
		if _, err := io.ReadFull(s.r, raw); err != nil {
			return true, errGraph
		}
		if field == entryKey {
			key = string(raw)
		} else {
			value = string(raw)
		}
		return true, nil
	})
	return key, value, err
}

// message walks the fields of a message of size bytes. visit gets each
// length-delimited field and either reads it whole and says so, or leaves it
// to be skipped.
func (s *graphScanner) message(size int64, visit func(protowire.Number, int64) (bool, error)) error {
	left := size
	if size == toEnd {
		left = math.MaxInt64
	}
	for left > 0 {
		key, n, err := s.varint()
		if size == toEnd && errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errGraph
		}
		field, kind := protowire.DecodeTag(key)
		if field < 1 {
			return errGraph
		}
		used, err := s.field(field, kind, left-n, visit)
		if err != nil {
			return err
		}
		if left -= n + used; left < 0 {
			return errGraph
		}
	}
	return nil
}

// field consumes one field and returns its size in bytes.
func (s *graphScanner) field(field protowire.Number, kind protowire.Type, left int64, visit func(protowire.Number, int64) (bool, error)) (int64, error) {
	switch kind {
	case protowire.VarintType:
		_, n, err := s.varint()
		if err != nil {
			return 0, errGraph
		}
		return n, nil
	case protowire.Fixed32Type:
		return 4, s.skip(4)
	case protowire.Fixed64Type:
		return 8, s.skip(8)
	case protowire.BytesType:
		length, n, err := s.varint()
		if err != nil || n > left || length > uint64(left-n) {
			return 0, errGraph
		}
		read, err := visit(field, int64(length))
		if err == nil && !read {
			err = s.skip(int64(length))
		}
		return n + int64(length), err
	default: // groups do not occur in ONNX
		return 0, errGraph
	}
}

func (s *graphScanner) varint() (value uint64, bytes int64, err error) {
	counter := countingReader{s.r, 0}
	value, err = binary.ReadUvarint(&counter)
	return value, counter.n, err
}

func (s *graphScanner) skip(n int64) error {
	if _, err := io.CopyN(io.Discard, s.r, n); err != nil {
		return errGraph
	}
	return nil
}

type countingReader struct {
	r *bufio.Reader
	n int64
}

func (c *countingReader) ReadByte() (byte, error) {
	b, err := c.r.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err
}
