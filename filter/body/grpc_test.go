package body

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// frame writes one gRPC message.
func frame(flag byte, message []byte) []byte {
	return append(binary.BigEndian.AppendUint32([]byte{flag}, uint32(len(message))), message...)
}

func grpcHint(encoding string) Hint {
	return Hint{Types: []string{"application/grpc"}, Path: logsCall, MessageEncoding: encoding}
}

func TestGRPC(t *testing.T) {
	hello := logOf(fields{}.in(5, fields{}.len(1, "hello")))
	zipped, _ := coding.Encode(hello, []string{"gzip"})
	asJSON := Hint{Types: []string{"application/grpc+json"}, Path: "/any.Service/Call"}
	for _, tt := range []struct {
		name string
		in   []byte
		h    Hint
		want []string
	}{
		{"a message", frame(0, hello), grpcHint(""), []string{"v:hello"}},
		{"an empty one", frame(0, nil), grpcHint(""), nil},
		{"two", slices.Concat(frame(0, hello), frame(0, hello)), grpcHint(""), []string{"v:hello", "v:hello"}},
		{"a compressed one", frame(1, zipped), grpcHint("gzip"), []string{"v:hello"}},
		{"one of each", slices.Concat(frame(1, zipped), frame(0, hello)), grpcHint("gzip"), []string{"v:hello", "v:hello"}},
		{"JSON", slices.Concat(frame(0, []byte(`{"a":"b"}`)), frame(0, []byte(`["c"]`))), asJSON, []string{"k:a", "v:a=b", "v:c"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parseHint(tt.in, tt.h)
			if err != nil || doc.Format != GRPC {
				t.Fatalf("%v %v", doc, err)
			}
			if got := texts(doc); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if out := doc.Splice(nil); !bytes.Equal(out, tt.in) {
				t.Errorf("%x became %x without an edit", tt.in, out)
			}
		})
	}
	for _, tt := range []struct {
		name string
		in   []byte
		h    Hint
		err  error // nil: unsupported
	}{
		{"cut off", frame(0, hello)[:19], grpcHint(""), ErrAmbiguous},
		{"half a head behind", append(frame(0, hello), 0, 0), grpcHint(""), ErrAmbiguous},
		{"a length that lies", append(frame(0, hello), 0, 0xff, 0xff, 0xff, 0xff), grpcHint(""), ErrAmbiguous},
		{"an unknown flag", frame(2, hello), grpcHint(""), ErrAmbiguous},
		{"compressed without a coding", frame(1, zipped), grpcHint(""), nil},
		{"compressed by nothing", frame(1, hello), grpcHint("identity"), nil},
		{"compressed by who knows", frame(1, zipped), grpcHint("snappy"), nil},
		{"compressed by two", frame(1, zipped), grpcHint("gzip, gzip"), nil},
		{"called compressed", frame(1, hello), grpcHint("gzip"), ErrAmbiguous},
		{"text in the JSON codec", frame(0, []byte("hello")), asJSON, ErrAmbiguous},
		{"an unknown call", frame(0, hello), Hint{Types: []string{"application/grpc"}, Path: "/a.B/C"}, nil},
		{"an unknown codec", frame(0, hello), Hint{Types: []string{"application/grpc+thrift"}, Path: logsCall}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if doc, err := parseHint(tt.in, tt.h); !errors.Is(err, tt.err) || err == nil && doc.Format != Unsupported {
				t.Errorf("%v %v, want %v", doc, err, tt.err)
			}
		})
	}
}

// Compressed messages share what a body may unpack to.
func TestGRPCBomb(t *testing.T) {
	many := logOf(fields{}.in(5, fields{}.len(1, string(bytes.Repeat([]byte("spam and eggs "), 10_000)))))
	zipped, _ := coding.Encode(many, []string{"gzip"})
	one := frame(1, zipped)
	for n, want := range map[int]error{5: nil, 9: ErrExpands} {
		_, err := Parse(bytes.Repeat(one, n), grpcHint("gzip"), Options{MaxDecoded: 1 << 20})
		if !errors.Is(err, want) {
			t.Errorf("%d messages of %d bytes: %v", n, len(many), err)
		}
	}
}

func FuzzGRPC(f *testing.F) {
	message := logOf(fields{}.in(5, fields{}.len(1, canary)))
	zipped, _ := coding.Encode(message, []string{"gzip"})
	f.Add(frame(0, message), false)
	f.Add(slices.Concat(frame(0, message), frame(1, zipped)), false)
	f.Add(frame(0, []byte(`{"a":"lena@example.com"}`)), true)
	f.Fuzz(func(t *testing.T, raw []byte, isJSON bool) {
		h := grpcHint("gzip")
		if isJSON {
			h.Types = []string{"application/grpc+json"}
		}
		doc, err := parseHint(raw, h)
		if err != nil || doc.Format != GRPC {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%x became %x without an edit", raw, out)
		}
		out := maskAll(doc)
		again, err := parseHint(out, h)
		if err != nil || again.Format != GRPC {
			t.Fatalf("%x became %x: %v", raw, out, err)
		}
		for i := range again.Slots {
			if text := again.AppendText(nil, int32(i)); bytes.Contains(text, []byte(canary)) {
				t.Fatalf("%x became %x: slot %d is still %q", raw, out, i, text)
			}
		}
	})
}
