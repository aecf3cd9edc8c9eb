package body

import (
	"encoding/binary"
	"mime"
	"strings"
)

// The calls whose messages are known.
const (
	logsCall    = "/opentelemetry.proto.collector.logs.v1.LogsService/Export"
	tracesCall  = "/opentelemetry.proto.collector.trace.v1.TraceService/Export"
	metricsCall = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"
)

// The head of a gRPC message: a flag and its length.
const (
	grpcHead       = 5
	grpcCompressed = 1
)

// grpc reads a body of gRPC messages (gRPC over HTTP/2, "Length-Prefixed-Message").
func (b *builder) grpc(layer int32, end int, h Hint, at place) verdict {
	isJSON := h.packing() == packedGRPCJSON
	if !isJSON && len(h.messages()) == 0 {
		return unread
	}
	text := b.doc.layers[layer].text
	for pos := 0; pos < end; {
		if end-pos < grpcHead {
			return broken
		}
		start := pos + grpcHead
		size := binary.BigEndian.Uint32(text[pos+1:])
		if uint64(size) > uint64(end-start) {
			return broken
		}
		to := start + int(size)
		inner, from, until := layer, start, to
		switch text[pos] {
		case 0:
		case grpcCompressed:
			var v verdict
			if inner, v = b.unpacked(layer, start, to, h.MessageEncoding); v != read {
				return v
			}
			from, until = 0, len(b.doc.layers[inner].text)
		default:
			return broken
		}
		var v verdict
		if isJSON {
			v = b.grpcJSON(inner, from, until, at)
		} else {
			v = b.oneOf(h.messages(), inner, from, until, at)
		}
		if v != read {
			return v
		}
		b.length(layer, fixed32, pos+1, start, start, to)
		pos = to
	}
	return read
}

func (b *builder) grpcJSON(layer int32, start, end int, at place) verdict {
	if start == end {
		return read
	}
	if b.json(b.push(layer, start, end, escapes[plain]), 0, at, labelledJSON) == notJSON {
		return broken
	}
	return read
}

// ReadsGRPC reports whether the messages of a gRPC call are read, by the
// Content-Type values of one direction and the path. A call that is read has
// one message in each direction, so that nobody waits for its end in vain.
func ReadsGRPC(contentTypes []string, path string) bool {
	h := Hint{Path: path}
	for _, value := range contentTypes {
		t, _, _ := mime.ParseMediaType(value)
		h.Types = append(h.Types, strings.ToLower(t))
	}
	return h.packing() == packedGRPC && len(h.messages()) > 0
}
