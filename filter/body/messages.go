package body

import (
	"encoding/binary"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// Messages splits gRPC messages of JSON: each unit is one with its flag and
// length.
type Messages struct {
	Encoding string // Grpc-Encoding, of those that are compressed
	Limit    int64  // bytes that one of them may unpack to
}

// Next finds the end of a message by its length.
func (*Messages) Next(text []byte, last bool) int {
	if len(text) >= grpcHead {
		if n := grpcHead + uint64(binary.BigEndian.Uint32(text[1:])); n <= uint64(len(text)) {
			return int(n)
		}
	}
	if last {
		return len(text)
	}
	return 0
}

// Read reads a message. One that is broken, or no JSON, is a unit that says so.
func (m *Messages) Read(raw []byte, o Options) *Unit {
	u := &Unit{opts: o, Broken: true}
	if len(raw) < grpcHead || uint64(binary.BigEndian.Uint32(raw[1:])) != uint64(len(raw)-grpcHead) || raw[0] > grpcCompressed {
		return u
	}
	form := raw[grpcHead:]
	u.Raw = form
	var encode recoding
	if raw[0] == grpcCompressed {
		text, chain, err := decodeMessage(form, m.Encoding, m.Limit)
		if err != nil {
			return u
		}
		u.Raw, encode = text, codedBlock(chain)
	}
	b := newBuilder(raw, Options{})
	slot := b.slot(0, grpcHead, len(raw), plain, Value, place{group: b.group(None, None), key: None})
	b.length(0, fixed32, 1, grpcHead, grpcHead, len(raw))
	u.Frame = &Frame{raw: raw, Doc: &b.doc, Payload: slot, form: form, encode: encode}
	u.payload = extent{0, uint32(len(u.Raw))}
	u.read()
	u.Broken = u.Record == nil && len(u.Raw) > 0
	return u
}

// decodeMessage takes its coding off a message.
func decodeMessage(raw []byte, name string, limit int64) (text []byte, chain []string, err error) {
	switch name {
	case "gzip", "deflate", "zstd":
		return coding.Decode(raw, []string{name}, coding.Limits{MaxOutput: max(limit, 1)})
	}
	return nil, nil, coding.ErrUnknown
}
