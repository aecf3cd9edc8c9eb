package filter

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"github.com/klauspost/compress/snappy"
	"google.golang.org/protobuf/encoding/protowire"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// wire writes protobuf field by field, as a sender who means no good would.
type wire []byte

func (w wire) len(number protowire.Number, value string) wire {
	return protowire.AppendString(protowire.AppendTag(w, number, protowire.BytesType), value)
}

func (w wire) num(number protowire.Number, v uint64) wire {
	return protowire.AppendVarint(protowire.AppendTag(w, number, protowire.VarintType), v)
}

// recordOf is a request with one log record.
func recordOf(inner wire) string {
	return string(wire{}.len(1, string(wire{}.len(2, string(wire{}.len(2, string(inner)))))))
}

func attributeOf(value wire) string {
	return recordOf(wire{}.len(6, string(wire{}.len(1, "k").len(2, string(value)))))
}

// hardBinary are bodies in which somebody hides lena@example.com.
var hardBinary = []struct {
	name string
	m    Message
	want string // "" if it must be stopped
}{
	{"a string of a record", otlp(recordOf(wire{}.len(5, string(wire{}.len(1, "lena@example.com"))))), recordOf(wire{}.len(5, string(wire{}.len(1, "<PRIVATE_EMAIL>"))))},
	{"a name of an attribute", otlp(recordOf(wire{}.len(6, string(wire{}.len(1, "lena@example.com"))))), recordOf(wire{}.len(6, string(wire{}.len(1, "<PRIVATE_EMAIL>"))))},
	{"a level that is none", otlp(recordOf(wire{}.len(3, "lena@example.com"))), recordOf(wire{}.len(3, "<PRIVATE_EMAIL>"))},
	{"the first of two strings", otlp(attributeOf(wire{}.len(1, "lena@example.com").len(1, "x"))), attributeOf(wire{}.len(1, "<PRIVATE_EMAIL>").len(1, "x"))},
	{"the last of two strings", otlp(attributeOf(wire{}.len(1, "x").len(1, "lena@example.com"))), attributeOf(wire{}.len(1, "x").len(1, "<PRIVATE_EMAIL>"))},
	{"a password behind its value", otlp(recordOf(wire{}.len(6, string(wire{}.len(2, string(wire{}.len(1, "hunter22"))).len(1, "password"))))), recordOf(wire{}.len(6, string(wire{}.len(2, string(wire{}.len(1, "<SECRET>"))).len(1, "password"))))},
	{"text in bytes", otlp(attributeOf(wire{}.len(7, "lena@example.com"))), attributeOf(wire{}.len(7, "<PRIVATE_EMAIL>"))},
	{"text between bytes", otlp(attributeOf(wire{}.len(7, "\x00\x01lena@example.com\xff\x00"))), ""},
	{"an id that is an address", otlp(recordOf(wire{}.len(9, "lena@example.com"))), ""},
	{"an id of another length", otlp(recordOf(wire{}.len(9, "to lena@example.com"))), recordOf(wire{}.len(9, "to <PRIVATE_EMAIL>"))},
	{"a field of a later version", otlp(recordOf(wire{}.len(77, "lena@example.com"))), recordOf(wire{}.len(77, "<PRIVATE_EMAIL>"))},
	{"a message of a later version", otlp(recordOf(wire{}.len(77, string(wire{}.num(1, 5).len(2, "lena@example.com"))))), recordOf(wire{}.len(77, string(wire{}.num(1, 5).len(2, "<PRIVATE_EMAIL>"))))},
	{"bytes of a later version", otlp(recordOf(wire{}.len(77, "\x00\xfflena@example.com"))), ""},
	{"text where a time is", otlp(recordOf(wire{}.len(1, "lena@example.com"))), ""},
	{"text in a group", otlp(recordOf(append(wire{}, "\x2b\x0a\x10lena@example.com\x2c"...))), ""},
	{"text behind the message", otlp(recordOf(nil) + "lena@example.com"), ""},
	{"a length of the message that lies", otlp("\x0a\x7f\x12\x14\x12\x12\x2a\x10lena@example.com"), ""},
	{"a card as a number", otlp(attributeOf(wire{}.num(3, 4111111111111111))), attributeOf(wire{}.num(3, 1111111111111111))},
	{"escapes in a string", otlp(attributeOf(wire{}.len(1, `{"a":"\u006cena@example.com"}`))), attributeOf(wire{}.len(1, `{"a":"<PRIVATE_EMAIL>"}`))},
	{"base64 in a string", otlp(attributeOf(wire{}.len(1, "bGVuYUBleGFtcGxlLmNvbQ=="))), attributeOf(wire{}.len(1, "PFBSSVZBVEVfRU1BSUw+"))},
	{"JSON under the label", otlp(`{"a":"\u006cena@example.com"}`), `{"a":"<PRIVATE_EMAIL>"}`},
	{"text under the label", otlp("write to lena@example.com"), ""},
	{"protobuf that nobody knows", Message{Body: []byte(recordOf(wire{}.len(5, "lena@example.com"))), ContentType: []string{protobufType}, Path: "/x"}, ""},
	{"labels for Loki", loki(`{app="x", user="lena@example.com"}`), string(snappy.Encode(nil, wire{}.len(1, string(wire{}.len(1, `{app="x", user="<PRIVATE_EMAIL>"}`)))))},
	{"labels in escapes", loki(`{user="\u006cena\x40example.com"}`), string(snappy.Encode(nil, wire{}.len(1, string(wire{}.len(1, `{user="<PRIVATE_EMAIL>"}`)))))},
	{"no block at all", Message{Body: wire{}.len(1, string(wire{}.len(1, "lena@example.com"))), ContentType: []string{protobufType}, Path: "/loki/api/v1/push"}, ""},

	{"a message of gRPC", grpcMessage(grpcFrame("", []byte(recordOf(wire{}.len(3, "lena@example.com")))), ""), string(grpcFrame("", []byte(recordOf(wire{}.len(3, "<PRIVATE_EMAIL>")))))},
	{"the second of gRPC", grpcMessage(append(grpcFrame("", nil), grpcFrame("", []byte(recordOf(wire{}.len(3, "lena@example.com"))))...), ""), string(append(grpcFrame("", nil), grpcFrame("", []byte(recordOf(wire{}.len(3, "<PRIVATE_EMAIL>"))))...))},
	{"a coding that nobody named", grpcMessage(grpcFrame("gzip", []byte(recordOf(wire{}.len(3, "lena@example.com")))), ""), ""},
	{"a flag that nobody knows", grpcMessage(append([]byte{2}, grpcFrame("", []byte(recordOf(wire{}.len(3, "lena@example.com"))))[1:]...), ""), ""},
	{"text behind gRPC", grpcMessage(append(grpcFrame("", nil), "lena@example.com"...), ""), ""},

	{"a string of MessagePack", msgPack("\x81\xa1a\xb0lena@example.com"), "\x81\xa1a\xaf<PRIVATE_EMAIL>"},
	{"a key of MessagePack", msgPack("\x81\xb0lena@example.com\x01"), "\x81\xaf<PRIVATE_EMAIL>\x01"},
	{"the first of two keys", msgPack("\x82\xa1a\xb0lena@example.com\xa1a\x01"), "\x82\xa1a\xaf<PRIVATE_EMAIL>\xa1a\x01"},
	{"a key that explains", msgPack("\x81\xa8password\xa8hunter22"), "\x81\xa8password\xa8<SECRET>"},
	{"bytes of MessagePack", msgPack("\x91\xc4\x10lena@example.com"), "\x91\xc4\x0f<PRIVATE_EMAIL>"},
	{"an extension of MessagePack", msgPack("\x91\xd8\x05lena@example.com"), "\x91\xc7\x0f\x05<PRIVATE_EMAIL>"},
	{"a card in MessagePack", msgPack("\x91\xcf" + big(4111111111111111)), "\x91\xcf" + big(1111111111111111)},
	{"text between bytes of MessagePack", msgPack("\x91\xc4\x13\x00\x01lena@example.com\xff"), ""},
	{"text as MessagePack", msgPack("lena@example.com"), ""},
	{"text behind MessagePack", msgPack("\x81\xa1a\x01lena@example.com"), ""},
	{"JSON as MessagePack", msgPack(`{"a":"\u006cena@example.com"}`), `{"a":"<PRIVATE_EMAIL>"}`},

	{"a string of CBOR", inCBOR("\xa1\x61a\x70lena@example.com"), "\xa1\x61a\x6f<PRIVATE_EMAIL>"},
	{"a key of CBOR", inCBOR("\xa1\x70lena@example.com\x01"), "\xa1\x6f<PRIVATE_EMAIL>\x01"},
	{"a string in pieces", inCBOR("\x81\x7f\x68lena@exa\x68mple.com\xff"), "\x81\x7f\x6f<PRIVATE_EMAIL>\xff"},
	{"bytes in pieces", inCBOR("\x81\x5f\x48lena@exa\x48mple.com\xff"), "\x81\x5f\x4f<PRIVATE_EMAIL>\xff"},
	{"behind a tag", inCBOR("\xc1\xd9\xd9\xf7\x81\x70lena@example.com"), "\xc1\xd9\xd9\xf7\x81\x6f<PRIVATE_EMAIL>"},
	{"CBOR in bytes", inCBOR("\x81\xd8\x18\x51\x70lena@example.com"), "\x81\xd8\x18\x50\x6f<PRIVATE_EMAIL>"},
	{"CBOR in bytes that are not called so", inCBOR("\x81\x52\x81\x70lena@example.com"), "\x81\x51\x81\x6f<PRIVATE_EMAIL>"},
	{"MessagePack in bytes", msgPack("\x91\xc4\x12\x91\xb0lena@example.com"), "\x91\xc4\x11\x91\xaf<PRIVATE_EMAIL>"},
	{"a card in CBOR", inCBOR("\x81\x1b" + big(4111111111111111)), "\x81\x1b" + big(1111111111111111)},
	{"text behind CBOR", inCBOR("\xa1\x61a\x01lena@example.com"), ""},
	{"text as CBOR", inCBOR("lena@example.com"), ""},
	{"a string that lies", inCBOR("\x81\x78\x7flena@example.com"), ""},
}

func otlp(body string) Message {
	return Message{Body: []byte(body), ContentType: []string{protobufType}, Path: "/v1/logs"}
}

func loki(labels string) Message {
	return Message{Body: snappy.Encode(nil, wire{}.len(1, string(wire{}.len(1, labels)))), ContentType: []string{protobufType}, Path: "/loki/api/v1/push"}
}

func grpcMessage(body []byte, encoding string) Message {
	return Message{Body: body, ContentType: []string{"application/grpc"}, Path: grpcLogs, MessageEncoding: encoding}
}

func msgPack(body string) Message {
	return Message{Body: []byte(body), ContentType: []string{"application/x-msgpack"}}
}

func inCBOR(body string) Message {
	return Message{Body: []byte(body), ContentType: []string{"application/cbor"}}
}

func big(v uint64) string { return string(binary.BigEndian.AppendUint64(nil, v)) }

// Somebody hides an address where formats with lengths have a place for it. It
// comes out masked, in a body that its readers still read, or not at all.
func TestAttacksInBinary(t *testing.T) {
	for _, tt := range hardBinary {
		t.Run(tt.name, func(t *testing.T) {
			r, err := hardened(t, Policy{}).Process(t.Context(), nil, tt.m)
			if tt.want == "" {
				if e := new(Error); !errors.As(err, &e) || e.Reason != ReasonUnsupported {
					t.Errorf("it passes as %q, %v", r.Body, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := string(r.Body); got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
		})
	}
}

// Agents name the block of Snappy as a content coding, or do not: it is the
// same block.
func TestSnappyByAnyName(t *testing.T) {
	m := loki(`{user="lena@example.com"}`)
	m.ContentEncoding = []string{"snappy"}
	r, err := hardened(t, Policy{}).Process(t.Context(), nil, m)
	if err != nil || !r.Changed {
		t.Fatalf("%q, %v", r.Body, err)
	}
	if plain, err := snappy.Decode(nil, r.Body); err != nil || !bytes.Contains(plain, []byte("<PRIVATE_EMAIL>")) {
		t.Errorf("%q, %v", plain, err)
	}
	for _, m := range []Message{
		{Body: m.Body, ContentType: []string{"application/json"}, ContentEncoding: []string{"snappy"}, Path: m.Path},
		{Body: m.Body, ContentType: m.ContentType, ContentEncoding: []string{"snappy", "snappy"}, Path: m.Path},
	} {
		if _, err := hardened(t, Policy{}).Process(t.Context(), nil, m); err == nil {
			t.Errorf("%v passes as %v", m.ContentEncoding, m.ContentType)
		}
	}
}

// What is packed within a message unpacks to no more than a body may be.
func TestAttackBombsInBinary(t *testing.T) {
	long := strings.Repeat("lena@example.com ", 100_000)
	zipped, err := coding.Encode([]byte(recordOf(wire{}.len(3, long))), []string{"gzip"})
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]Message{
		"gRPC":                          grpcMessage(append(binary.BigEndian.AppendUint32([]byte{1}, uint32(len(zipped))), zipped...), "gzip"),
		"Loki":                          loki(long),
		"a block that says it is great": {Body: []byte("\xff\xff\xff\xff\x0f\x00"), ContentType: []string{protobufType}, Path: "/loki/api/v1/push"},
		"a deep message":                otlp(attributeOf(deepValue(5_000))),
		"a deep unknown message":        otlp(recordOf(deepUnknown(5_000))),
		"deep MessagePack":              msgPack(strings.Repeat("\x91", 1<<19) + "\x01"),
		"wide MessagePack":              msgPack("\xdd\xff\xff\xff\xff"),
		"deep CBOR":                     inCBOR(strings.Repeat("\x9f", 1<<19)),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := hardened(t, Policy{MaxBody: 1 << 20}).Process(t.Context(), nil, m)
			if e := new(Error); !errors.As(err, &e) {
				t.Errorf("%d bytes pass, %v", len(r.Body), err)
			}
		})
	}
}

// deepValue is a list in a list in …, and deepUnknown a message in a message.
func deepValue(depth int) wire {
	v := wire{}.len(1, "lena@example.com")
	for range depth {
		v = wire{}.len(5, string(wire{}.len(1, string(v))))
	}
	return v
}

func deepUnknown(depth int) wire {
	v := wire{}.num(1, 1).len(2, "lena@example.com")
	for range depth {
		v = wire{}.num(1, 1).len(77, string(v))
	}
	return v
}
