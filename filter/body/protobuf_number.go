package body

import (
	"math"
	"strconv"

	"google.golang.org/protobuf/encoding/protowire"
)

// protoNumber emits a number that is long enough to be somebody's. The slot is
// what it is in decimal, and the layer of it the whole field: under a policy
// that writes strings in place of numbers, it becomes another one.
func (b *builder) protoNumber(layer int32, start, end int, kind protoKind, at place) {
	if b.doc.layers[layer].depth >= maxDepth || b.skip.skipped(at.state) {
		return
	}
	raw := b.doc.layers[layer].text[start:end]
	_, _, n := protowire.ConsumeTag(raw)
	var digits []byte
	if kind == protoInteger {
		v, _ := protowire.ConsumeVarint(raw[n:])
		digits = strconv.AppendInt(nil, int64(v), 10)
	} else {
		v, _ := protowire.ConsumeFixed64(raw[n:])
		digits = appendWhole(nil, math.Float64frombits(v))
	}
	if len(digits) < minInteger {
		return
	}
	inner := b.pushText(layer, start, end, whole{protoNumberEscape{kind}, len(digits)}, digits)
	b.slot(inner, 0, len(digits), plain, Number, at)
}

// appendWhole appends a number without fraction; nothing for another one.
func appendWhole(dst []byte, v float64) []byte {
	const exact = 1 << 53
	if v != math.Trunc(v) || math.Abs(v) > 1e3*exact || math.Signbit(v) && v == 0 {
		return dst
	}
	return strconv.AppendFloat(dst, v, 'f', -1, 64)
}

// protoNumberEscape: a field of opentelemetry's AnyValue that is a number.
type protoNumberEscape struct{ kind protoKind }

func (e protoNumberEscape) recode(dst, text, _ []byte) []byte {
	if e.kind == protoInteger {
		if v, err := strconv.ParseInt(string(text), 10, 64); err == nil {
			dst = protowire.AppendTag(dst, anyValueInt, protowire.VarintType)
			return protowire.AppendVarint(dst, uint64(v))
		}
	} else if v, err := strconv.ParseFloat(string(text), 64); err == nil {
		dst = protowire.AppendTag(dst, anyValueDouble, protowire.Fixed64Type)
		return protowire.AppendFixed64(dst, math.Float64bits(v))
	}
	dst = protowire.AppendTag(dst, anyValueString, protowire.BytesType)
	return protowire.AppendBytes(dst, unquote(text))
}

// unquote is what a replacement says that was written as a JSON string.
func unquote(text []byte) []byte {
	if len(text) >= 2 && text[0] == '"' && text[len(text)-1] == '"' {
		return appendDecoded(nil, text[1:len(text)-1], escapes[jsonString])
	}
	return text
}
