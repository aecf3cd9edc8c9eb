package body

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCSVSlots(t *testing.T) {
	for _, tt := range []struct {
		name, contentType, in string
		want                  []string
	}{
		{"header", "text/csv", "a,b\r\nx,y\r\nz\r\n", []string{"v:a", "v:b", "v:a=x", "v:b=y", "v:a=z"}},
		{"quotes", "text/csv", "\"a\",b\n\"x \"\"y\"\"\nz\",\"\"\n", []string{"v:a", "v:b", "v:a=x \"y\"\nz"}},
		{"semicolons", "text/csv; charset=utf-8", "a;b\nx, y;z", []string{"v:a", "v:b", "v:a=x, y", "v:b=z"}},
		{"tabs", "text/tab-separated-values", "a\tb\n\tx", []string{"v:a", "v:b", "v:b=x"}},
		{"more cells than names", "text/csv", "a\nx,y", []string{"v:a", "v:a=x", "v:y"}},
		{"empty names", "text/csv", "a,,b\nx,y,z", []string{"v:a", "v:b", "v:a=x", "v:y", "v:b=z"}},
		{"JSON in a cell", "text/csv", "a,b\n\"{\"\"c\"\":\"\"x\"\"}\",y", []string{"v:a", "v:b", "k:c", "v:c=x", "v:b=y"}},
		{"a quote in a bare cell", "text/csv", "a,b\nx\"y,z", []string{"v:a", "v:b", "v:a=x\"y", "v:b=z"}},
	} {
		doc := parse(t, []byte(tt.in), tt.contentType)
		if got := texts(doc); doc.Format != CSV || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", tt.name, doc.Format, got, tt.want)
		}
		if got := doc.Splice(nil); string(got) != tt.in {
			t.Errorf("%s: without edits the body became %q", tt.name, got)
		}
	}
	for _, in := range []string{"a,b\n\"x,y", "a,b\n\"x\"y,z"} {
		if doc := parse(t, []byte(in), "text/csv"); doc.Format != Text {
			t.Errorf("%q was read as %s", in, doc.Format)
		}
	}
	if got := texts(parse(t, []byte("id,name\n1,x\n2,y\n"), "text/csv", "$[*].id")); slices.Contains(got, "v:id=1") || !slices.Contains(got, "v:name=y") {
		t.Errorf("with a path skipped: %q", got)
	}
}

// What encoding/csv reads in a masked table is what it read in the table.
func TestSplicedCSVIsCSV(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "\n", `"`, ",", ";", "\t", "{", "😀"}), 0, 5).Draw(t, "cell"), "")
		}), 2, 3), 1, 5).Draw(t, "rows")
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.UseCRLF = rapid.Bool().Draw(t, "CRLF")
		w.Comma = rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "comma")
		if err := w.WriteAll(append([][]string{{"a", "b", "c"}}, rows...)); err != nil {
			t.Fatal(err)
		}
		doc, err := Parse(b.Bytes(), NewHint([]string{"text/csv"}, ""), Options{})
		if err != nil || doc.Format != CSV {
			t.Fatalf("%q: %v, %v", b.Bytes(), doc, err)
		}
		if out := doc.Splice(nil); !bytes.Equal(out, b.Bytes()) {
			t.Fatalf("%q became %q without an edit", b.Bytes(), out)
		}
		read := func(raw []byte) (cells []string) {
			r := csv.NewReader(bytes.NewReader(raw))
			r.Comma, r.FieldsPerRecord = w.Comma, -1
			records, err := r.ReadAll()
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			for _, record := range records {
				cells = append(append(cells, record...), "\n")
			}
			return cells
		}
		out := maskAll(doc)
		before := read(b.Bytes())
		for i := range before {
			before[i] = strings.ReplaceAll(before[i], canary, masked)
		}
		if after := read(out); !slices.Equal(before, after) {
			t.Fatalf("%q became %q", b.Bytes(), out)
		}
	})
}

func FuzzCSV(f *testing.F) {
	for _, in := range []string{"a,b\nlena@example.com,x\n", "a;b\r\n\"lena@example.com \"\"x\"\"\";y", "\"\n", "a\tb\n\t\"\"", "\"lena@example.com\"", ",,\r", "a,b\n\"{\"\"c\"\":1}\",", "a|b\r\n|\r"} {
		f.Add([]byte(in))
	}
	h := NewHint([]string{"text/csv"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != CSV {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		out := maskAll(doc)
		again, err := Parse(out, h, Options{})
		if err != nil || again.Format != doc.Format {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
		for i := range again.Slots {
			if text := again.AppendText(nil, int32(i)); bytes.Contains(text, []byte(canary)) {
				t.Fatalf("%q became %q: slot %d is still %q", raw, out, i, text)
			}
		}
	})
}
