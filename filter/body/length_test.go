package body

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"
	"strconv"
	"testing"

	"google.golang.org/protobuf/encoding/protowire"
	"pgregory.net/rapid"
)

// inLengths writes a text in frames around frames, each with its length in
// front and a checksum behind.
func inLengths(text []byte, forms []lengthForm) []byte {
	for _, f := range forms {
		head, _ := f.put(nil, uint64(len(text)), nil)
		if f == decimal {
			head = append(head, ':')
		}
		text = append(head, text...)
		text = binary.BigEndian.AppendUint32(text, crc32.ChecksumIEEE(text))
	}
	return text
}

// outOfLengths takes the frames off again. It notes them, if it is given a
// builder, and reports false for one that is wrong.
func outOfLengths(b *builder, text []byte, forms []lengthForm) (inner []byte, ok bool) {
	from, to := 0, len(text)
	for i := len(forms) - 1; i >= 0; i-- {
		start := from
		n, head := readLength(text[from:to], forms[i])
		if to -= sumSize; head < 0 || crc32.ChecksumIEEE(text[start:to]) != binary.BigEndian.Uint32(text[to:]) {
			return nil, false
		}
		if from += head; n != to-from {
			return nil, false
		}
		end, counted, closed := start+head, from, to
		if forms[i] == decimal {
			end-- // the colon
		}
		if b != nil { // inner ones come first
			defer b.sum(0, start, closed)
			defer b.length(0, forms[i], start, end, counted, closed)
		}
	}
	if b != nil {
		b.slot(0, from, to, plain, Value, place{group: b.group(None, None), key: None})
	}
	return text[from:to], true
}

func readLength(text []byte, f lengthForm) (n, size int) {
	switch f {
	case varint:
		v, size := protowire.ConsumeVarint(text)
		return int(v), size
	case fixed16:
		return int(binary.BigEndian.Uint16(text)), 2
	case fixed32:
		return int(binary.BigEndian.Uint32(text)), 4
	}
	digits, _, _ := bytes.Cut(text, []byte(":"))
	n, _ = strconv.Atoi(string(digits))
	return n, len(digits) + 1
}

// A length that gets longer itself makes the next one greater, and every
// checksum is of what stands before it in the end.
func TestLengthsFollow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		forms := rapid.SliceOfN(rapid.SampledFrom([]lengthForm{decimal, varint, fixed16, fixed32}), 0, 6).Draw(t, "forms")
		sizes := rapid.SampledFrom([]int{0, 1, 9, 10, 100, 120, 127, 128, 200, 900, 16_000, 16_383})
		text := append(bytes.Repeat([]byte("."), sizes.Draw(t, "before")), canary...)
		raw := inLengths(text, forms)
		b := &builder{doc: Document{layers: []layer{{text: raw, parent: None, escape: escapes[plain]}}}}
		if inner, ok := outOfLengths(b, raw, forms); !ok || !bytes.Equal(inner, text) {
			t.Fatalf("%q is %q", raw, inner)
		}
		if out := b.doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		replacement := bytes.Repeat([]byte("#"), sizes.Draw(t, "replacement"))
		out := b.doc.Splice([]Edit{{Slot: 0, Start: len(text) - len(canary), End: len(text), Text: replacement}})
		want := bytes.Replace(text, []byte(canary), replacement, 1)
		if got, ok := outOfLengths(nil, out, forms); !ok || !bytes.Equal(got, want) {
			t.Fatalf("%q became %q, in which is %q", raw, out, got)
		}
	})
}

func TestLengthsKeepTheirWidth(t *testing.T) {
	for _, tt := range []struct {
		n    uint64
		old  string
		want string
	}{
		{1, "\x05", "\x01"},
		{1, "\x85\x80\x00", "\x81\x80\x00"},
		{200, "\x05", "\xc8\x01"},
		{200, "\x85\x80\x80\x80\x00", "\xc8\x81\x80\x80\x00"},
		{0, "\x85\x01", "\x80\x00"},
	} {
		got, ok := varint.put(nil, tt.n, []byte(tt.old))
		if n, size := protowire.ConsumeVarint(got); !ok || string(got) != tt.want || n != tt.n || size != len(got) {
			t.Errorf("%d in place of %x: %x, want %x", tt.n, tt.old, got, tt.want)
		}
	}
}

// What a length cannot say is no body at all, rather than one that means
// something else.
func TestLengthsThatOverflow(t *testing.T) {
	raw := inLengths([]byte(canary), []lengthForm{fixed16})
	b := &builder{doc: Document{layers: []layer{{text: raw, parent: None, escape: escapes[plain]}}}}
	outOfLengths(b, raw, []lengthForm{fixed16})
	long := bytes.Repeat([]byte("x"), math.MaxUint16)
	if out := b.doc.Splice([]Edit{{Slot: 0, Start: 0, End: 5, Text: long}}); out != nil {
		t.Fatalf("a length of %x", out[:2])
	}
}
