package body

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/snappy"
	logspb "go.opentelemetry.io/proto/otlp/collector/logs/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// Messages are written by hand in these tests, field by field.
type fields []byte

func (f fields) len(number protowire.Number, value string) fields {
	return protowire.AppendString(protowire.AppendTag(f, number, protowire.BytesType), value)
}

func (f fields) in(number protowire.Number, inner fields) fields { return f.len(number, string(inner)) }

func (f fields) num(number protowire.Number, v uint64) fields {
	return protowire.AppendVarint(protowire.AppendTag(f, number, protowire.VarintType), v)
}

func (f fields) raw(raw string) fields { return append(f, raw...) }

// logOf is a request with one log record.
func logOf(inner fields) []byte {
	return fields{}.in(1, fields{}.in(2, fields{}.in(2, inner)))
}

// attribute is a record with one attribute.
func attribute(value fields) []byte {
	return logOf(fields{}.in(6, fields{}.len(1, "k").in(2, value)))
}

var logsHint = Hint{Types: []string{"application/x-protobuf"}, Path: "/v1/logs"}

func parseHint(raw []byte, h Hint) (*Document, error) { return Parse(raw, h, Options{}) }

func TestProtobufSlots(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []byte
		want []string
	}{
		{"body", logOf(fields{}.in(5, fields{}.len(1, "hello"))), []string{"v:hello"}},
		{"attribute", attribute(fields{}.len(1, "x")), []string{"k:k", "v:k=x"}},
		{"value before its key", logOf(fields{}.in(6, fields{}.in(2, fields{}.len(1, "x")).len(1, "k"))), []string{"v:k=x", "k:k"}},
		{"two keys", logOf(fields{}.in(6, fields{}.len(1, "a").in(2, fields{}.len(1, "x")).len(1, "b"))), []string{"k:a", "v:b=x", "k:b"}},
		{"two values", attribute(fields{}.len(1, "x").len(1, "y")), []string{"k:k", "v:k=x", "v:k=y"}},
		{"list", attribute(fields{}.in(5, fields{}.in(1, fields{}.len(1, "x")).in(1, fields{}.len(1, "y")))), []string{"k:k", "v:k=x", "v:k=y"}},
		{"map", attribute(fields{}.in(6, fields{}.in(1, fields{}.len(1, "a").in(2, fields{}.len(1, "x"))))), []string{"k:k", "k:a", "v:a=x"}},
		{"JSON in a string", attribute(fields{}.len(1, `{"a":"x"}`)), []string{"k:k", "k:a", "v:a=x"}},
		{"JSON in bytes", attribute(fields{}.len(7, `{"a":"x"}`)), []string{"k:k", "k:a", "v:a=x"}},
		{"text in bytes", attribute(fields{}.len(7, "hello")), []string{"k:k", "v:k=hello"}},
		{"UTF-16 in bytes", attribute(fields{}.len(7, "h\x00e\x00l\x00l\x00o\x00")), []string{"k:k", "v:k=hello"}},
		{"bytes", attribute(fields{}.len(7, "\x00\x01\xff")), []string{"k:k"}},
		{"a long number", attribute(fields{}.num(3, 4111111111111111)), []string{"k:k", "n:k=4111111111111111"}},
		{"a negative number", attribute(fields{}.num(3, ^uint64(0)-41111110)), []string{"k:k", "n:k=-41111111"}},
		{"a short number", attribute(fields{}.num(3, 411111)), []string{"k:k"}},
		{"an id that is none", logOf(fields{}.len(9, "hello")), []string{"v:hello"}},
		{"a level", logOf(fields{}.len(3, "INFO")), []string{"k:INFO"}},
		{"unknown text", logOf(fields{}.len(99, "Elena")), []string{"v:Elena"}},
		{"an unknown message", logOf(fields{}.in(99, fields{}.num(1, 1).len(2, "x"))), []string{"v:x"}},
		{"an unknown number", logOf(fields{}.num(99, 7)), nil},
		{"a padded length", slices.Concat([]byte{0x0a, 0x8d, 0x80, 0x00, 0x12, 0x0b, 0x12, 0x09, 0x2a, 0x07, 0x0a, 0x05}, []byte("hello")), []string{"v:hello"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parseHint(tt.in, logsHint)
			if err != nil || doc.Format != Protobuf {
				t.Fatalf("%x: %v %v", tt.in, doc, err)
			}
			if got := texts(doc); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if out := doc.Splice(nil); !bytes.Equal(out, tt.in) {
				t.Errorf("%x became %x without an edit", tt.in, out)
			}
		})
	}
}

func TestProtobufNotRead(t *testing.T) {
	deep := fields{}.len(1, "x")
	for range maxProtoDepth {
		deep = fields{}.in(5, fields{}.in(1, deep))
	}
	good := logOf(fields{}.in(5, fields{}.len(1, "hello")))
	for _, tt := range []struct {
		name string
		in   []byte
		err  error // nil: unsupported
	}{
		{"cut off", good[:len(good)-1], ErrAmbiguous},
		{"bytes behind", append(slices.Clone(good), 0), ErrAmbiguous},
		{"half a tag behind", append(slices.Clone(good), 0x80), ErrAmbiguous},
		{"a length that lies", append(slices.Clone(good), 0x0a, 0x7f, 'x'), ErrAmbiguous},
		{"a huge length", append(slices.Clone(good), 0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f), ErrAmbiguous},
		{"a length of ten bytes", append(slices.Clone(good), 0x0a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0), ErrAmbiguous},
		{"a tag of ten bytes", append(slices.Clone(good), 0x8a, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0, 0), ErrAmbiguous},
		{"field zero", append(slices.Clone(good), 0x02, 0), ErrAmbiguous},
		{"the end of a group", append(slices.Clone(good), 0x0c), ErrAmbiguous},
		{"letters", []byte("hello, world"), ErrAmbiguous},
		{"a group", logOf(fields{}.raw("\x2b\x0a\x10lena@example.com\x2c")), nil},
		{"a number where text is", logOf(fields{}.num(5, 1)), nil},
		{"text where a number is", logOf(fields{}.len(2, "hello")), nil},
		{"a list of texts where a time is", logOf(fields{}.len(1, "12345678")), nil},
		{"deep", attribute(deep), nil},
		{"an unknown field that is neither", logOf(fields{}.len(99, "\xff\x00lena@example.com")), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parseHint(tt.in, logsHint)
			if !errors.Is(err, tt.err) || err == nil && doc.Format != Unsupported {
				t.Errorf("%x: %v %v, want %v", tt.in, doc, err, tt.err)
			}
		})
	}
}

// Nothing but its path tells what a message of protobuf is.
func TestProtobufByPath(t *testing.T) {
	raw := logOf(fields{}.in(5, fields{}.len(1, "hello")))
	answer := fields{}.in(1, fields{}.num(1, 3).len(2, "hello"))
	failed := fields{}.num(1, 3).len(2, "hello")
	block := snappy.Encode(nil, fields{}.in(1, fields{}.len(1, `{a="x"}`).in(2, fields{}.in(1, fields{}.num(1, 9)).len(2, "hello"))))
	prom := snappy.Encode(nil, fields{}.in(1, fields{}.in(1, fields{}.len(1, "job").len(2, "hello"))))
	for _, tt := range []struct {
		name string
		in   []byte
		h    Hint
		want Format
	}{
		{"logs", raw, logsHint, Protobuf},
		{"below a prefix", raw, Hint{Types: logsHint.Types, Path: "/otlp/v1/logs/"}, Protobuf},
		{"elsewhere", raw, Hint{Types: logsHint.Types, Path: "/v1/things"}, Unsupported},
		{"without a label", raw, Hint{Path: "/v1/logs"}, Unsupported},
		{"with two labels", raw, Hint{Types: []string{"application/x-protobuf", "application/cbor"}, Path: "/v1/logs"}, Unsupported},
		{"an answer", answer, Hint{Types: logsHint.Types, Path: "/v1/logs", Answer: true}, Protobuf},
		{"an error", failed, Hint{Types: logsHint.Types, Path: "/v1/traces", Answer: true}, Protobuf},
		{"an answer elsewhere", failed, Hint{Types: logsHint.Types, Path: "/x", Answer: true}, Unsupported},
		{"Loki", block, Hint{Types: logsHint.Types, Path: "/loki/api/v1/push"}, Protobuf},
		{"Loki, as it was once", block, Hint{Types: logsHint.Types, Path: "/api/prom/push"}, Protobuf},
		{"Prometheus", prom, Hint{Types: logsHint.Types, Path: "/api/v1/write"}, Protobuf},
		{"Mimir", prom, Hint{Types: logsHint.Types, Path: "/api/v1/push"}, Protobuf},
		{"JSON by its content", []byte(`{"a":"hello"}`), logsHint, JSON},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parseHint(tt.in, tt.h)
			if err != nil || doc.Format != tt.want {
				t.Fatalf("%v, %v", doc, err)
			}
			if doc.Inspected() && !slices.ContainsFunc(texts(doc), func(s string) bool { return strings.HasSuffix(s, "hello") }) {
				t.Errorf("slots %q", texts(doc))
			}
		})
	}
	for _, in := range [][]byte{raw, block[:len(block)-1], append(slices.Clone(block), 'x'), {0xff, 0xff, 0xff, 0xff, 0x0f}} {
		if doc, err := parseHint(in, Hint{Types: logsHint.Types, Path: "/loki/api/v1/push"}); !errors.Is(err, ErrAmbiguous) {
			t.Errorf("%x as a block: %v, %v", in, doc, err)
		}
	}
}

func TestLokiLabels(t *testing.T) {
	for in, want := range map[string][]string{
		`{}`:                       {},
		`{app="x", user_name="y"}`: {"k:app", "v:app=x", "k:user_name", "v:user_name=y"},
		`{ a="b\"c\x40", }`:        {"k:a", `v:a=b"c@`},
		`{a="b"} x`:                {`v:{a="b"} x`},
		`{a="b`:                    {`v:{a="b`},
		`{a=b}`:                    {`v:{a=b}`},
		`hello`:                    {"v:hello"},
	} {
		raw := snappy.Encode(nil, fields{}.in(1, fields{}.len(1, in)))
		doc, err := parseHint(raw, Hint{Types: logsHint.Types, Path: "/loki/api/v1/push"})
		if err != nil {
			t.Fatal(err)
		}
		if got := texts(doc); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", in, got, want)
		}
	}
}

// Whatever the bytes, nothing panics; what is read comes out as it came, and,
// masked, as the same message with other texts.
func FuzzProtobuf(f *testing.F) {
	f.Add(logOf(fields{}.num(1, 1).in(5, fields{}.len(1, "write to lena@example.com"))))
	f.Add(attribute(fields{}.in(6, fields{}.in(1, fields{}.len(1, "lena@example.com").in(2, fields{}.num(3, 4111111111111111))))))
	f.Add(logOf(fields{}.in(99, fields{}.len(1, "lena@example.com"))))
	f.Add(attribute(fields{}.len(7, `{"a":"lena@example.com"}`)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := parseHint(raw, logsHint)
		if err != nil || doc.Format != Protobuf {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%x became %x without an edit", raw, out)
		}
		out := maskAll(doc)
		var before, after logspb.ExportLogsServiceRequest
		if proto.Unmarshal(raw, &before) != nil {
			return // invalid UTF-8 in a string
		}
		if err := proto.Unmarshal(out, &after); err != nil {
			t.Fatalf("%x became %x: %v", raw, out, err)
		}
		if !bytes.Contains(raw, []byte(canary)) {
			if !bytes.Equal(out, raw) {
				t.Fatalf("%x became %x", raw, out)
			}
			return
		}
		if text := protojson.Format(&after); strings.Contains(text, canary) {
			t.Fatalf("%x became %s", raw, text)
		}
	})
}
