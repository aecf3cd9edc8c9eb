package onnx

import (
	"errors"
	"fmt"
	"io"

	"google.golang.org/protobuf/encoding/protowire"
)

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
