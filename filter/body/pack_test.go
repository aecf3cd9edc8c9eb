package body

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"github.com/vmihailenco/msgpack/v5"
	"pgregory.net/rapid"
)

var (
	msgHint  = Hint{Types: []string{"application/msgpack"}}
	cborHint = Hint{Types: []string{"application/cbor"}}
)

func TestPackedSlots(t *testing.T) {
	for _, tt := range []struct {
		name string
		h    Hint
		in   string
		want []string
	}{
		{"a map", msgHint, "\x81\xa1a\xa1b", []string{"k:a", "v:a=b"}},
		{"a list", msgHint, "\x81\xa1a\x92\xa1b\xa1c", []string{"k:a", "v:a=b", "v:a=c"}},
		{"a map in a list", msgHint, "\x81\xa1a\x91\x81\xa1b\xa1c", []string{"k:a", "k:b", "v:b=c"}},
		{"strings of all sizes", msgHint, "\x93\xd9\x01a\xda\x00\x01b\xdb\x00\x00\x00\x01c", []string{"v:a", "v:b", "v:c"}},
		{"maps and lists of all sizes", msgHint, "\xdc\x00\x01\xdd\x00\x00\x00\x01\xde\x00\x01\xa1a\xdf\x00\x00\x00\x01\xa1b\xa1c", []string{"k:a", "k:b", "v:b=c"}},
		{"text in bytes", msgHint, "\x91\xc4\x05hello", []string{"v:hello"}},
		{"JSON in bytes", msgHint, "\x91\xc4\x09{\"a\":\"b\"}", []string{"k:a", "v:a=b"}},
		{"JSON in a string", msgHint, "\x91\xa9{\"a\":\"b\"}", []string{"k:a", "v:a=b"}},
		{"text in UTF-16 in bytes", msgHint, "\x91\xc4\x0ah\x00e\x00l\x00l\x00o\x00", []string{"v:hello"}},
		{"bytes", msgHint, "\x93\xc4\x02\x00\xff\xc4\x08\x00\x01\x00\x02\x00\x03\x00\x04\xc4\x03\xffab", nil},
		{"an extension", msgHint, "\x91\xc7\x05\x01hello", []string{"v:hello"}},
		{"a short extension", msgHint, "\x91\xd6\x01hell", []string{"v:hell"}},
		{"a time", msgHint, "\x92\xd6\xff\x00\x00\x00\x00\xd7\xff\x00\x00\x00\x00\x00\x00\x00\x00", nil},
		{"numbers", msgHint, "\x96\x05\xcc\xff\xce\x00\x0f\x42\x40\xcf\x00\x0e\x9b\x08\xa5\x68\xf1\xc7\xd2\xff\x67\x69\x80\xe0", []string{"n:1000000", "n:4111111111111111", "n:-10000000"}},
		{"a number in floating point", msgHint, "\x92\xcb\x43\x0d\x36\x0c\xc6\x8a\xc3\x8e\xcb\x3f\xf8\x00\x00\x00\x00\x00\x00", nil},
		{"a number as a key", msgHint, "\x81\xce\x00\x0f\x42\x40\xa1b", []string{"n:1000000", "v:b"}},
		{"constants", msgHint, "\x93\xc0\xc2\xc3", nil},
		{"several", msgHint, "\x81\xa1a\xa1b\x81\xa1a\xa1c", []string{"k:a", "v:a=b", "k:a", "v:a=c"}},

		{"a map", cborHint, "\xa1\x61a\x61b", []string{"k:a", "v:a=b"}},
		{"a list", cborHint, "\x82\x61b\x61c", []string{"v:b", "v:c"}},
		{"strings of all sizes", cborHint, "\x84\x78\x01a\x79\x00\x01b\x7a\x00\x00\x00\x01c\x7b\x00\x00\x00\x00\x00\x00\x00\x01d", []string{"v:a", "v:b", "v:c", "v:d"}},
		{"without sizes", cborHint, "\x9f\xbf\x61a\x61b\xff\x9f\xff\xff", []string{"k:a", "v:a=b"}},
		{"text in pieces", cborHint, "\xbf\x7f\x61a\x61b\xff\x7f\x62he\x60\x63llo\xff\xff", []string{"k:ab", "v:ab=hello"}},
		{"bytes in pieces", cborHint, "\x9f\x5f\x42he\x43llo\xff\xff", []string{"v:hello"}},
		{"nothing in pieces", cborHint, "\x82\x7f\xff\x5f\xff", nil},
		{"tags", cborHint, "\xd9\xd9\xf7\x81\xc0\x61a", []string{"v:a"}},
		{"CBOR in bytes", cborHint, "\x81\xd8\x18\x45\xa1\x61a\x61b", []string{"k:a", "v:a=b"}},
		{"what is called CBOR", cborHint, "\x81\xd8\x18\x45hello", []string{"v:hello"}},
		{"numbers", cborHint, "\x84\x05\x1a\x00\x0f\x42\x40\x1b\x00\x0e\x9b\x08\xa5\x68\xf1\xc7\x3a\x00\x98\x96\x7f", []string{"n:1000000", "n:4111111111111111", "n:-10000000"}},
		{"a number in floating point", cborHint, "\x83\xfa\x4b\x18\x96\x80\xf9\x3c\x00\xfb\x7f\xf0\x00\x00\x00\x00\x00\x00", []string{"n:10000000"}},
		{"constants", cborHint, "\x84\xf4\xf5\xf6\xf8\xff", nil},
		{"text alone", cborHint, "\x65hello", []string{"v:hello"}},
	} {
		t.Run(tt.h.Types[0]+" "+tt.name, func(t *testing.T) {
			doc, err := parseHint([]byte(tt.in), tt.h)
			if err != nil || doc.Format != MessagePack && doc.Format != CBOR {
				t.Fatalf("%v %v", doc, err)
			}
			if got := texts(doc); !slices.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if out := doc.Splice(nil); string(out) != tt.in {
				t.Errorf("became %x without an edit", out)
			}
		})
	}
}

func TestPackedNotRead(t *testing.T) {
	for _, tt := range []struct {
		name string
		h    Hint
		in   string
		err  error // nil: unsupported
	}{
		{"cut off", msgHint, "\x81\xa1a\xa2b", ErrAmbiguous},
		{"a value missing", msgHint, "\x81\xa1a", ErrAmbiguous},
		{"a huge list", msgHint, "\xdd\xff\xff\xff\xff\xa1a", ErrAmbiguous},
		{"a huge string", msgHint, "\xdb\xff\xff\xff\xffa", ErrAmbiguous},
		{"a byte that is never used", msgHint, "\x91\xc1", ErrAmbiguous},
		{"half a head", msgHint, "\x91\xa1a\xdb\x00", ErrAmbiguous},
		{"half an extension", msgHint, "\x91\xc7\x01", ErrAmbiguous},
		{"half a time", msgHint, "\x91\xd6\xff\x00", ErrAmbiguous},
		{"text", msgHint, "write to lena@example.com", nil},
		{"text behind", msgHint, "\x81\xa1a\xa1blena@example.com", nil},
		{"deep", msgHint, strings.Repeat("\x91", maxPackDepth+1) + "\xa1a", nil},

		{"cut off", cborHint, "\xa1\x61a\x62b", ErrAmbiguous},
		{"a value missing", cborHint, "\xa1\x61a", ErrAmbiguous},
		{"a value missing before a break", cborHint, "\xbf\x61a\xff", ErrAmbiguous},
		{"a break too many", cborHint, "\x81\x61a\xff", ErrAmbiguous},
		{"no break", cborHint, "\x9f\x61a", ErrAmbiguous},
		{"a huge list", cborHint, "\x9b\xff\xff\xff\xff\xff\xff\xff\xff\x61a", ErrAmbiguous},
		{"a huge string", cborHint, "\x7b\x00\x00\x00\x01\x00\x00\x00\x00a", ErrAmbiguous},
		{"a reserved head", cborHint, "\x81\x7cabc", ErrAmbiguous},
		{"pieces of another kind", cborHint, "\x7f\x61a\x41b\xff", ErrAmbiguous},
		{"pieces in pieces", cborHint, "\x7f\x61a\x7f\x61b\xff\xff", ErrAmbiguous},
		{"a tag of nothing", cborHint, "\xc0", ErrAmbiguous},
		{"a simple value in two bytes", cborHint, "\x81\xf8\x14", ErrAmbiguous},
		{"text", cborHint, "a letter to Elena and lena@example.com", ErrAmbiguous},
		{"deep", cborHint, strings.Repeat("\x81", maxPackDepth+1) + "\x61a", nil},
		{"deep in tags", cborHint, strings.Repeat("\xc1", 100_000) + "\x61a", nil},
	} {
		t.Run(tt.h.Types[0]+" "+tt.name, func(t *testing.T) {
			if doc, err := parseHint([]byte(tt.in), tt.h); !errors.Is(err, tt.err) || err == nil && doc.Inspected() {
				t.Errorf("%v %v, want %v", doc, err, tt.err)
			}
		})
	}
}

// anyPacked draws a value that both formats can write.
func anyPacked(t *rapid.T, depth int) any {
	text := rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "😀", "{", `"`, strings.Repeat("long ", 60)}), 0, 4)
	switch kind := rapid.IntRange(0, 9).Draw(t, "kind"); {
	case kind == 0:
		return rapid.Int64().Draw(t, "int")
	case kind == 1:
		return rapid.Float64().Draw(t, "float")
	case kind == 2:
		return rapid.Bool().Draw(t, "bool")
	case kind == 3:
		return []byte(strings.Join(text.Draw(t, "bytes"), ""))
	case kind == 4 && depth > 0:
		list := make([]any, rapid.IntRange(0, 3).Draw(t, "size"))
		for i := range list {
			list[i] = anyPacked(t, depth-1)
		}
		return list
	case kind <= 6 && depth > 0:
		m := make(map[string]any)
		for range rapid.IntRange(0, 3).Draw(t, "size") {
			m["k"+strings.Join(text.Draw(t, "key"), "")] = anyPacked(t, depth-1)
		}
		return m
	}
	return strings.Join(text.Draw(t, "text"), "")
}

// packedText is a value as it is compared, with the canary masked.
func packedText(v any) string {
	return strings.ReplaceAll(fmt.Sprintf("%#v", bytesAsText(v)), canary, masked)
}

// bytesAsText writes bytes as text, so that what is in them is seen.
func bytesAsText(v any) any {
	switch v := v.(type) {
	case []byte:
		return "bytes " + string(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = bytesAsText(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any)
		for key, value := range v {
			out[key] = bytesAsText(value)
		}
		return out
	case map[any]any:
		out := make(map[string]any)
		for key, value := range v {
			out[fmt.Sprint(key)] = bytesAsText(value)
		}
		return out
	}
	return v
}

// What an independent reader finds in a masked body is what it found in the
// body, but for the value that was masked.
func TestSplicedPacksArePacks(t *testing.T) {
	for _, format := range []struct {
		h     Hint
		write func(any) ([]byte, error)
		read  func([]byte) (any, error)
	}{
		{msgHint, msgpack.Marshal, func(b []byte) (v any, err error) { return v, msgpack.Unmarshal(b, &v) }},
		{cborHint, cbor.Marshal, func(b []byte) (v any, err error) { return v, cbor.Unmarshal(b, &v) }},
	} {
		t.Run(format.h.Types[0], rapid.MakeCheck(func(t *rapid.T) {
			raw, err := format.write(map[string]any{"a": anyPacked(t, 3), "b": anyPacked(t, 3)})
			if err != nil {
				t.Fatal(err)
			}
			before, err := format.read(raw)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := parseHint(raw, format.h)
			if err != nil || !doc.Inspected() {
				t.Fatalf("%x: %v %v", raw, doc, err)
			}
			if out := doc.Splice(nil); !bytes.Equal(out, raw) {
				t.Fatalf("%x became %x without an edit", raw, out)
			}
			out := maskAll(doc)
			after, err := format.read(out)
			if err != nil {
				t.Fatalf("%x became %x: %v", raw, out, err)
			}
			if want, got := packedText(before), fmt.Sprintf("%#v", bytesAsText(after)); got != want {
				t.Fatalf("%x became %x:\ngot  %s\nwant %s", raw, out, got, want)
			}
		}))
	}
}

// A string goes on in its form where the new length fits it, and in the next
// one where it does not.
func TestPackedForms(t *testing.T) {
	for _, tt := range []struct {
		form lengthForm
		old  string
		n    uint64
		want string
	}{
		{form: msgHead, old: "\xa5", n: 31, want: "\xbf"},
		{form: msgHead, old: "\xa5", n: 32, want: "\xd9\x20"},
		{form: msgHead, old: "\xa5", n: 256, want: "\xda\x01\x00"},
		{form: msgHead, old: "\xd9\xff", n: 1, want: "\xd9\x01"},
		{form: msgHead, old: "\xda\x00\x05", n: 1 << 16, want: "\xdb\x00\x01\x00\x00"},
		{form: msgHead, old: "\xc4\x05", n: 300, want: "\xc5\x01\x2c"},
		{form: msgHead, old: "\xd6\x07", n: 8, want: "\xc7\x08\x07"},
		{form: msgHead, old: "\xd6\x07", n: 4, want: "\xd6\x07"},
		{form: msgHead, old: "\xc7\x05\x07", n: 256, want: "\xc8\x01\x00\x07"},
		{form: cborHead, old: "\x65", n: 23, want: "\x77"},
		{form: cborHead, old: "\x65", n: 24, want: "\x78\x18"},
		{form: cborHead, old: "\x58\xff", n: 1, want: "\x58\x01"},
		{form: cborHead, old: "\x58\x05", n: 256, want: "\x59\x01\x00"},
		{form: cborHead, old: "\xd8\x18\x45", n: 30, want: "\xd8\x18\x58\x1e"},
		{form: cborHead, old: "\x7b\x00\x00\x00\x00\x00\x00\x00\x05", n: 1, want: "\x7b\x00\x00\x00\x00\x00\x00\x00\x01"},
	} {
		if got, ok := tt.form.put(nil, tt.n, []byte(tt.old)); !ok || string(got) != tt.want {
			t.Errorf("%d in place of %x: %x, want %x", tt.n, tt.old, got, tt.want)
		}
	}
}

// Numbers are written in their width, or as strings where the policy says so.
func TestPackedNumbers(t *testing.T) {
	for _, tt := range []struct {
		h    Hint
		in   any
		text string
		want any
	}{
		{msgHint, uint64(4111111111111111), "1111111111111111", uint64(1111111111111111)},
		{msgHint, int64(-4111111), "-1111111", int64(-1111111)},
		{msgHint, uint32(4111111), "1111111", uint32(1111111)},
		{msgHint, 4111111111111111.0, "1111111111111111", 1111111111111111.0},
		{msgHint, float32(4111111), "1111111", float32(1111111)},
		{msgHint, uint32(4111111), `"<X>"`, "<X>"},
		{msgHint, uint32(4111111), "99999999999", uint64(99999999999)},
		{msgHint, int32(4111111), strings.Repeat("1", 20), uint64(11111111111111111111)},
		{cborHint, uint64(4111111111111111), "1111111111111111", uint64(1111111111111111)},
		{cborHint, int64(-4111111), "-1111111", int64(-1111111)},
		{cborHint, 4111111111111111.0, "1111111111111111", 1111111111111111.0},
		{cborHint, float32(4111111), "1111111", float64(1111111)},
		{cborHint, uint64(4111111), `"<X>"`, "<X>"},
		{cborHint, uint64(4111111), "99999999999", uint64(99999999999)},
	} {
		write, read := msgpack.Marshal, func(b []byte, v any) error { return msgpack.Unmarshal(b, v) }
		if tt.h.Types[0] == "application/cbor" {
			write, read = cbor.Marshal, cbor.Unmarshal
		}
		raw, err := write([]any{"a", tt.in, "b"})
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parseHint(raw, tt.h)
		if err != nil || len(doc.Slots) != 3 {
			t.Fatalf("%v: %v %v", tt.in, doc, err)
		}
		var got []any
		out := doc.Splice([]Edit{{Slot: 1, Start: 0, End: doc.RawLen(1), Text: []byte(tt.text)}})
		if err := read(out, &got); err != nil || len(got) != 3 || got[0] != "a" || got[1] != tt.want || got[2] != "b" {
			t.Errorf("%v as %s: %x is %#v, %v", tt.in, tt.text, out, got, err)
		}
	}
	for _, v := range []float64{math.NaN(), math.Inf(-1), 1e300, 4111111.5} {
		raw, err := msgpack.Marshal([]any{v})
		if err != nil {
			t.Fatal(err)
		}
		if doc := must(parseHint(raw, msgHint)); len(doc.Slots) != 0 {
			t.Errorf("%v: %q", v, texts(doc))
		}
	}
}

// What goes over the ends of pieces is one value.
func TestPiecesOfCBOR(t *testing.T) {
	raw := []byte("\xa2\x61a\x7f\x6ato lena@ex\x60\x66ample.\x69com today\xff\x61b\x61c")
	out := maskAll(must(parseHint(raw, cborHint)))
	var got map[string]string
	if err := cbor.Unmarshal(out, &got); err != nil || got["a"] != "to "+masked+" today" || got["b"] != "c" {
		t.Errorf("%x became %x: %q, %v", raw, out, got, err)
	}
}

func must(doc *Document, err error) *Document {
	if err != nil {
		panic(err)
	}
	return doc
}

func FuzzMessagePack(f *testing.F) {
	for _, in := range []any{map[string]any{"a": canary, canary: []any{1, 4111111111111111, 1.5}}, []any{[]byte(canary), canary}, canary} {
		raw, err := msgpack.Marshal(in)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		fuzzPacked(t, raw, msgHint, func(b []byte) error {
			var v any
			return msgpack.Unmarshal(b, &v)
		})
	})
}

func FuzzCBOR(f *testing.F) {
	for _, in := range []any{map[string]any{"a": canary, canary: []any{1, 4111111111111111, 1.5}}, []any{[]byte(canary), canary}, cbor.Tag{Number: 24, Content: []byte("\x70" + canary)}} {
		raw, err := cbor.Marshal(in)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte("\x9f\x7f\x68lena@exa\x68mple.com\xff\xff"))
	f.Fuzz(func(t *testing.T, raw []byte) { fuzzPacked(t, raw, cborHint, cbor.Wellformed) })
}

// fuzzPacked: no panic; without an edit the same bytes; with one, what the
// independent reader takes before it takes afterwards, and nothing is left.
func fuzzPacked(t *testing.T, raw []byte, h Hint, read func([]byte) error) {
	doc, err := parseHint(raw, h)
	if err != nil || doc.Format != MessagePack && doc.Format != CBOR {
		return
	}
	if out := doc.Splice(nil); !bytes.Equal(out, raw) {
		t.Fatalf("%x became %x without an edit", raw, out)
	}
	out := maskAll(doc)
	if read(raw) == nil {
		if err := read(out); err != nil {
			t.Fatalf("%x became %x: %v", raw, out, err)
		}
	}
	again, err := parseHint(out, h)
	if err != nil || again.Format != doc.Format {
		t.Fatalf("%x became %x: %v", raw, out, err)
	}
	for i := range again.Slots {
		if text := again.AppendText(nil, int32(i)); bytes.Contains(text, []byte(canary)) {
			t.Fatalf("%x became %x: slot %d is still %q", raw, out, i, text)
		}
	}
}
