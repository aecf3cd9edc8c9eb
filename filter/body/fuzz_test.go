package body

import (
	"bytes"
	"reflect"
	"slices"
	"testing"
)

// FuzzSplice: without edits a body is itself, and a slot that is replaced
// reads as what it was replaced by, while its neighbours read as before.
func FuzzSplice(f *testing.F) {
	for _, in := range []string{
		`{"a":"b","c":["\u0064",123]}`, `{"a":"{\"b\":\"c\"}"}`, "{\"a\":1}\n{bad\n", "a=b%20c&d=e+f", "text \\u0041 %41",
		"\xff\xfea\x00b\x00", "\xef\xbb\xbf[\"a\"]", `["\ud83d\ude00"]`, "caf\xe9", "[[[[", `"\"\\u0041\""`,
	} {
		f.Add([]byte(in), "application/json", uint16(0))
		f.Add([]byte(in), "text/plain; charset=shift_jis", uint16(1))
		f.Add([]byte(in), "application/x-www-form-urlencoded", uint16(2))
	}
	f.Fuzz(func(t *testing.T, raw []byte, contentType string, pick uint16) {
		h := NewHint([]string{contentType}, "")
		doc, err := Parse(raw, h, Options{})
		if err != nil || !doc.Inspected() {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		if len(doc.Slots) == 0 {
			return
		}
		slot := int32(int(pick) % len(doc.Slots))
		text := doc.AppendText(nil, slot)
		mask := []byte("MASK")
		if doc.Slots[slot].Kind == Number {
			mask = []byte("1111")
		}
		out := doc.Splice([]Edit{{Slot: slot, Start: 0, End: len(text), Text: mask}})
		again, err := Parse(out, h, Options{})
		if err != nil || again.Format != doc.Format || len(again.Slots) != len(doc.Slots) || !sameLayers(doc, again) {
			return // what stood there decided how the body was read
		}
		for i := range doc.Slots {
			want := doc.AppendText(nil, int32(i))
			if int32(i) == slot {
				want = mask
			}
			if got := again.AppendText(nil, int32(i)); !bytes.Equal(got, want) {
				t.Fatalf("%q became %q: slot %d is %q, want %q", raw, out, i, got, want)
			}
		}
	})
}

// sameLayers reports whether two documents were read through the same
// charset and escapes.
func sameLayers(a, b *Document) bool {
	return slices.EqualFunc(a.layers, b.layers, func(x, y layer) bool {
		return reflect.TypeOf(x.escape) == reflect.TypeOf(y.escape)
	})
}
