package body

import (
	"errors"
	"slices"
	"strings"

	"github.com/klauspost/compress/snappy"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

const notPacked Format = ""

// packing is a binary format that is told by its label alone: its bytes may
// look like anything.
type packing uint8

const (
	packedUnknown packing = iota
	packedProto
	packedGRPC     // messages of protobuf
	packedGRPCJSON // messages of JSON
	packedStatus   // one message: google.rpc.Status
	packedMsgPack
	packedCBOR
)

// StatusDetails is the type of what gRPC's trailer Grpc-Status-Details-Bin says,
// its base64 taken off: google.rpc.Status.
const StatusDetails = "application/x-grpc-status-details"

func packingOf(t string) packing {
	switch t {
	case "application/x-protobuf", "application/protobuf", "application/vnd.google.protobuf":
		return packedProto
	case "application/grpc", "application/grpc+proto":
		return packedGRPC
	case "application/grpc+json":
		return packedGRPCJSON
	case StatusDetails:
		return packedStatus
	case "application/msgpack", "application/x-msgpack", "application/vnd.msgpack":
		return packedMsgPack
	case "application/cbor", "application/cbor-seq":
		return packedCBOR
	}
	switch {
	case strings.HasSuffix(t, "+msgpack"):
		return packedMsgPack
	case strings.HasSuffix(t, "+cbor"), strings.HasSuffix(t, "+cbor-seq"):
		return packedCBOR
	}
	return packedUnknown
}

// packing is what all labels of a body agree on.
func (h Hint) packing() packing {
	if len(h.Types) == 0 {
		return packedUnknown
	}
	p := packingOf(h.Types[0])
	for _, t := range h.Types[1:] {
		if packingOf(t) != p {
			return packedUnknown
		}
	}
	return p
}

// verdict is what became of a body of a binary format.
type verdict uint8

const (
	unread verdict = iota // of a kind that nobody here knows, or of a strange shape
	broken                // not what its label says, and whoever reads it reads it in a way of his own
	read
)

// packed reads a layer by its label. It emits nothing if it cannot.
func (b *builder) packed(layer int32, h Hint, at place) (Format, verdict) {
	m := b.mark()
	format, v := notPacked, unread
	switch end := len(b.doc.layers[layer].text); h.packing() {
	case packedProto:
		format, v = Protobuf, b.protobuf(layer, h, at)
	case packedStatus:
		format, v = Protobuf, b.oneOf([]*protoMessage{otlpMessages["Answer"]}, layer, 0, end, at)
	case packedMsgPack:
		format, v = MessagePack, b.packSequence(msgFormat{}, layer, at)
	case packedCBOR:
		format, v = CBOR, b.packSequence(cborFormat{}, layer, at)
	case packedGRPC, packedGRPCJSON:
		format, v = GRPC, b.grpc(layer, end, h, at)
	}
	if v != read {
		b.reset(m)
		return notPacked, v
	}
	return format, read
}

// protobuf reads a body of one message, by the schema that its path names.
func (b *builder) protobuf(layer int32, h Hint, at place) verdict {
	of := h.messages()
	if len(of) == 0 {
		return unread
	}
	if h.NamesSnappy() {
		var v verdict
		if layer, v = b.snappy(layer); v != read {
			return v
		}
	}
	text, before := b.doc.layers[layer].text, len(b.doc.Slots)
	v := b.oneOf(of, layer, 0, len(text), at)
	if v == read && !h.NamesSnappy() && len(b.doc.Slots)-before > 1 && isText(text) {
		b.doubt(text) // which it is to a receiver that goes by the content
	}
	return v
}

// oneOf reads a range of a layer as a message of the first kind that fits.
func (b *builder) oneOf(of []*protoMessage, layer int32, start, end int, at place) verdict {
	v := broken
	for _, t := range of {
		m := b.mark()
		p := protoReader{b: b, layer: layer, text: b.doc.layers[layer].text}
		if p.message(t, start, end, at) {
			return read
		}
		if p.strange {
			v = unread
		}
		b.reset(m)
	}
	return v
}

// messages is what the messages may be that come and go at the hint's path.
func (h Hint) messages() []*protoMessage {
	path := strings.TrimSuffix(h.Path, "/")
	if h.Answer {
		if path == logsCall || path == tracesCall || path == metricsCall || ofSuffix(path, "/v1/logs", "/v1/traces", "/v1/metrics") {
			return []*protoMessage{otlpMessages["Answer"]}
		}
		return nil
	}
	switch {
	case path == logsCall, ofSuffix(path, "/v1/logs"):
		return []*protoMessage{otlpMessages["Logs"]}
	case path == tracesCall, ofSuffix(path, "/v1/traces"):
		return []*protoMessage{otlpMessages["Traces"]}
	case path == metricsCall, ofSuffix(path, "/v1/metrics"):
		return []*protoMessage{otlpMessages["Metrics"]}
	case ofSuffix(path, "/loki/api/v1/push"):
		return []*protoMessage{pushMessages["Loki"]}
	case ofSuffix(path, "/api/v1/push", "/api/prom/push"): // of both, from older versions on
		return []*protoMessage{pushMessages["Prometheus"], pushMessages["Loki"]}
	case ofSuffix(path, "/api/v1/write", "/api/v1/receive"):
		return []*protoMessage{pushMessages["Prometheus"]}
	}
	return nil
}

func ofSuffix(path string, suffixes ...string) bool {
	return slices.ContainsFunc(suffixes, func(s string) bool { return strings.HasSuffix(path, s) })
}

// NamesSnappy reports whether a body with this hint is a block of Snappy by its
// protocol, whether or not Content-Encoding says so, too (grafana/loki#3407).
func (h Hint) NamesSnappy() bool {
	path := strings.TrimSuffix(h.Path, "/")
	return !h.Answer && h.packing() == packedProto &&
		ofSuffix(path, "/api/v1/push", "/api/prom/push", "/api/v1/write", "/api/v1/receive")
}

// defaultDecoded is Options.MaxDecoded where it is 0, in bytes.
const defaultDecoded = 10 << 20

// snappy puts a layer on one that is a block of Snappy.
func (b *builder) snappy(layer int32) (int32, verdict) {
	raw := b.doc.layers[layer].text
	size, err := snappy.DecodedLen(raw)
	if err != nil || int64(size) > b.decoded {
		return layer, broken
	}
	text, err := snappy.Decode(nil, raw)
	if err != nil {
		return layer, broken
	}
	b.decoded -= int64(size)
	b.give(size)
	return b.pushText(layer, 0, len(raw), whole{snappyBlock{}, size}, text), read
}

type snappyBlock struct{}

func (snappyBlock) recode(dst, text, _ []byte) []byte {
	return append(dst, snappy.Encode(nil, text)...)
}

// unpacked puts a layer on a range of another that is compressed by a coding.
func (b *builder) unpacked(layer int32, start, end int, name string) (int32, verdict) {
	text, chain, err := decodeMessage(b.doc.layers[layer].text[start:end], name, b.decoded)
	switch {
	case errors.Is(err, coding.ErrUnknown):
		return layer, unread
	case errors.Is(err, coding.ErrTooLarge), errors.Is(err, coding.ErrBomb):
		b.fail(ErrExpands)
		return layer, broken
	case err != nil:
		return layer, broken
	}
	b.decoded -= int64(len(text))
	b.give(len(text))
	return b.pushText(layer, start, end, whole{codedBlock(chain), len(text)}, text), read
}

// codedBlock is a chain of codings, as coding.Decode returned it.
type codedBlock []string

func (c codedBlock) recode(dst, text, replaced []byte) []byte {
	out, err := coding.Encode(text, c)
	if err != nil { // they were known when they were decoded
		return append(dst, replaced[:0]...)
	}
	return append(dst, out...)
}
