package body

import (
	"encoding/binary"
	"errors"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/htmlindex"
)

func wide(s string, order binary.ByteOrder, bom bool) []byte {
	out := utf16Escape{order}.appendEscaped(nil, []byte(s), nil)
	if bom {
		var mark [2]byte
		order.PutUint16(mark[:], 0xFEFF)
		out = append(mark[:], out...)
	}
	return out
}

func legacy(t *testing.T, label, s string) []byte {
	t.Helper()
	enc, err := htmlindex.Get(label)
	if err != nil {
		t.Fatal(err)
	}
	out, err := enc.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestCharsets(t *testing.T) {
	le, be := binary.LittleEndian, binary.BigEndian
	utf32le := utf32Escape{le}.appendEscaped(nil, []byte("Zoë <x@y.zz>"), nil)
	for _, tt := range []struct {
		name, contentType string
		raw               []byte
		want              string
	}{
		{"UTF-8", "text/plain", []byte("Zoë"), "Zoë"},
		{"UTF-8 with BOM", "text/plain", []byte("\xEF\xBB\xBFZoë"), "Zoë"},
		{"UTF-8 called Latin-1", "text/plain; charset=iso-8859-1", []byte("Zoë"), "Zoë"},
		{"UTF-8 called UTF-16", "text/plain; charset=utf-16", []byte("Zoe is here"), "Zoe is here"},
		{"UTF-8 of an unknown label", "text/plain; charset=klingon", []byte("Zoë"), "Zoë"},
		{"UTF-16 little", "text/plain", wide("Zoë 李 😀", le, true), "Zoë 李 😀"},
		{"UTF-16 big", "text/plain", wide("Zoë 李 😀", be, true), "Zoë 李 😀"},
		{"UTF-16 by label", "text/plain; charset=utf-16le", wide("Zoë 李 😀", le, false), "Zoë 李 😀"},
		{"UTF-16 big by label", `text/plain; charset="UTF-16BE"`, wide("Zoë 李", be, false), "Zoë 李"},
		{"UTF-16 without label", "", wide("Zoë is here", le, false), "Zoë is here"},
		{"UTF-16 big without label", "application/octet-stream", wide("Zoë", be, false), "Zoë"},
		{"UTF-32 without label", "", utf32le, "Zoë <x@y.zz>"},
		{"Latin-1", "text/plain; charset=iso-8859-1", []byte("Zo\xeb"), "Zoë"},
		{"Latin-1 without label", "", []byte("Zo\xeb"), "Zoë"},
		{"Latin-1 called UTF-8", "text/plain; charset=utf-8", []byte("Zo\xeb"), "Zoë"},
		{"windows-1252", "text/plain; charset=windows-1252", []byte("\x80 Zo\xeb"), "€ Zoë"},
		{"KOI8-R", "text/plain; charset=koi8-r", legacy(t, "koi8-r", "Пётр"), "Пётр"},
		{"Shift_JIS", "text/plain; charset=shift_jis", legacy(t, "shift_jis", "表 a 山田ｶ"), "表 a 山田ｶ"},
		{"EUC-KR", "text/plain; charset=euc-kr", legacy(t, "euc-kr", "김 a"), "김 a"},
		{"GB18030", "text/plain; charset=gb18030", legacy(t, "gb18030", "李小龍 a 😀"), "李小龍 a 😀"},
		{"Big5", "text/plain; charset=big5", legacy(t, "big5", "李小龍"), "李小龍"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, tt.raw, tt.contentType)
			if doc.Format != Text || len(doc.Slots) != 1 {
				t.Fatalf("%s with %d slots", doc.Format, len(doc.Slots))
			}
			if got := string(doc.AppendText(nil, 0)); got != tt.want {
				t.Fatalf("got %q, want %q", got, tt.want)
			}
			// Every rune can be replaced, and nothing else moves.
			for at, r := range tt.want {
				end := at + len(string(r))
				out := doc.Splice([]Edit{{Slot: 0, Start: at, End: end, Text: []byte("<X>")}})
				again, err := Parse(out, NewHint([]string{tt.contentType}, ""), Options{})
				if err != nil || len(again.Slots) != 1 {
					t.Fatalf("replacing %q: %v", r, err)
				}
				want := tt.want[:at] + "<X>" + tt.want[end:]
				// Without its one odd letter Latin-1 is ASCII, and UTF-16 may
				// hold one wide letter less; the text is the same.
				if got := string(again.AppendText(nil, 0)); got != want {
					t.Fatalf("replacing %q: got %q, want %q", r, got, want)
				}
			}
		})
	}
}

func TestCharsetsThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct {
		name, contentType string
		raw               []byte
	}{
		{"UTF-7", "text/plain; charset=utf-7", []byte("lena+AEA-example.com")},
		{"ISO-2022-JP", "text/plain; charset=iso-2022-jp", []byte("\x1b$B;3ED\x1b(B")},
		{"HZ", "text/plain; charset=hz-gb-2312", []byte("~{<:Ky~}")},
		{"an unknown label", "text/plain; charset=klingon", []byte("Zo\xeb")},
	} {
		doc, err := Parse(tt.raw, NewHint([]string{tt.contentType}, ""), Options{})
		if !errors.Is(err, ErrCharset) {
			t.Errorf("%s: document %+v, error %v", tt.name, doc, err)
		}
	}
}

func TestLoneSurrogatesStay(t *testing.T) {
	raw := binary.LittleEndian.AppendUint16([]byte{0xFF, 0xFE}, 0xD800)
	for _, u := range utf16.Encode([]rune("ab")) {
		raw = binary.LittleEndian.AppendUint16(raw, u)
	}
	raw = append(raw, 'x') // and half a unit
	doc := parse(t, raw, "text/plain")
	out := doc.Splice([]Edit{{Slot: 0, Start: 3, End: 4, Text: []byte("<>")}})
	if want := "\xFF\xFE\x00\xD8<\x00>\x00b\x00x"; string(out) != want {
		t.Errorf("got %q, want %q", out, want)
	}
}
