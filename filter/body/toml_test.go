package body

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"pgregory.net/rapid"
)

func TestTOMLSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"keys", "name = \"Lena M.\"\npassword='hunter2 x'\n", []string{"k:name", "v:name=Lena M.", "k:password", "v:password=hunter2 x"}},
		{"tables", "a = \"x\"\n[b]\nc = \"y\"\n[ d . \"e f\" ] # note\ng = \"z\"\n[[h]]\ni = \"w\"\n", []string{"k:a", "v:a=x", "k:b", "k:c", "v:c=y", "k:d", "k:e f", "v:note", "k:g", "v:g=z", "k:h", "k:i", "v:i=w"}},
		{"dotted keys", "a.\"b.c\".'d' = \"x\"", []string{"k:a", "k:b.c", "k:d", "v:d=x"}},
		{"escapes", `a = "x \"y\" \x41\u00e9\U0001F600\e"`, []string{"k:a", "v:a=x \"y\" Aé😀\x1b"}},
		{"strings over lines", "a = \"\"\"\nx\\\n   y\n\"z\"\"\"\"\nb = '''\nu\\'v''''\n", []string{"k:a", "v:a=xy\n\"z\"", "k:b", "v:b=u\\'v'"}},
		{"constants, numbers and dates", "a = true\nb = 1234\nc = 12\nd = 1979-05-27 07:32:00Z\ne = 0xFFFF\nf = 1_000\ng = -1.5", []string{"k:a", "k:b", "n:b=1234", "k:c", "k:d", "v:d=1979-05-27 07:32:00Z", "k:e", "v:e=0xFFFF", "k:f", "v:f=1_000", "k:g", "n:g=-1.5"}},
		{"arrays", "a = [\"x\", # note\n  \"y\",\n  [1234]]\n", []string{"k:a", "v:a=x", "v:note", "v:a=y", "n:a=1234"}},
		{"inline tables", "a = { b = \"x\", c.d = [{e = \"y\"}] }\n", []string{"k:a", "k:b", "v:b=x", "k:c", "k:d", "k:e", "v:e=y"}},
		{"JSON in it", `a = '{"b":"x"}'`, []string{"k:a", "k:b", "v:b=x"}},
		{"line ends of Windows", "a = \"x\"\r\n[b]\r\nc = 2001-01-01\r\n", []string{"k:a", "v:a=x", "k:b", "k:c", "v:c=2001-01-01"}},
		{"a line that makes no sense", "a = \"b\"\nc = d e, f\ng\nh = \"i\"\n", []string{"k:a", "v:a=b", "v:c = d e, f", "v:g", "k:h", "v:h=i"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), "application/toml")
			if got := texts(doc); doc.Format != TOML || !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
	doc := parse(t, []byte("a.id = \"xy\"\n[[b]]\nid = \"uv\"\nc = \"z\"\n"), "application/toml", "$.a.id", "$.b[*].id")
	if got := texts(doc); !slices.Equal(got, []string{"k:a", "k:b", "k:c", "v:c=z"}) {
		t.Errorf("with a path skipped: %q", got)
	}
}

// drawTOML draws a document with every style of values.
func drawTOML(t *rapid.T) string {
	text := func() string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			canary, canary, " ", "é", "x", "\n", `"`, "'", " = ", " #", ",", "[", "}", "\\", "\t", "😀", "%41", "&amp;", "123", `""`, "and so on",
		}), 0, 8).Draw(t, "text"), "")
	}
	basic := func(s string) string {
		return strings.NewReplacer(`\x`, `\u00`, `\a`, `\u0007`, `\v`, `\u000b`).Replace(strconv.Quote(s))
	}
	var value func(depth int) string
	value = func(depth int) string {
		s := text()
		switch kind := rapid.IntRange(0, 7).Draw(t, "kind"); {
		case kind == 0 && !strings.ContainsAny(s, "'\n"):
			return "'" + s + "'"
		case kind == 1 && !strings.Contains(s, "'"):
			return "'''\n" + s + "'''"
		case kind == 2:
			return `"""` + "\n" + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `\` + "\n   x" + `"""`
		case kind == 3:
			return rapid.SampledFrom([]string{"true", "1234", "-1.5", "1979-05-27", "07:32:00", "0xFF", "inf"}).Draw(t, "bare")
		case kind == 4 && depth > 0:
			return "[" + value(depth-1) + ", # of " + canary + "\n" + value(depth-1) + "]"
		case kind == 5 && depth > 0:
			return "{ " + basic(s) + " = " + value(0) + " }"
		}
		return basic(s)
	}
	var b strings.Builder
	for i := range rapid.IntRange(1, 5).Draw(t, "pairs") {
		switch rapid.IntRange(0, 3).Draw(t, "line") {
		case 0:
			fmt.Fprintf(&b, "[t%d.%s]\n", i, basic(text()))
		case 1:
			fmt.Fprintf(&b, "# of %s\n", canary)
		}
		fmt.Fprintf(&b, "k%d.%s = %s # %s\n", i, basic(text()), value(2), canary)
	}
	return b.String()
}

// What a parser of the field reads in a masked document is what it read before,
// but for what is masked.
func TestSplicedTOMLIsTOML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := drawTOML(t)
		var before, after map[string]any
		if _, err := toml.Decode(raw, &before); err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		doc, err := Parse([]byte(raw), NewHint([]string{"application/toml"}, ""), Options{})
		if err != nil || doc.Format != TOML {
			t.Fatalf("%q: %v, %v", raw, doc, err)
		}
		if out := doc.Splice(nil); string(out) != raw {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		const mask = "MA/SK"
		out := maskWith(doc, mask)
		if bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw, out)
		}
		if _, err := toml.Decode(string(out), &after); err != nil {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
		if want := replaced(before, mask); !reflect.DeepEqual(after, want) && flat(after) != flat(want) {
			t.Fatalf("%q became %q:\n%v, want\n%v", raw, out, after, want)
		}
	})
}

// replaced is a tree with the canary replaced in all of its strings.
func replaced(v any, mask string) any {
	switch v := v.(type) {
	case string:
		return strings.ReplaceAll(v, canary, mask)
	case []any:
		for i := range v {
			v[i] = replaced(v[i], mask)
		}
	case []map[string]any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = replaced(v[i], mask)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, value := range v {
			out[strings.ReplaceAll(key, canary, mask)] = replaced(value, mask)
		}
		return out
	}
	return v
}

// What is no string becomes one, and placeholders stay within their quotes.
func TestTOMLPlaceholders(t *testing.T) {
	for _, mask := range []string{"<X>", "[X]", "'x'", `"`, `\`, "", "x\ny", `"""`, "'''", "#x"} {
		for _, in := range []string{
			"a = '" + canary + "'", `a = "` + canary + `"`, `a = """` + canary + `"""`, "a = '''x " + canary + "'''", `"` + canary + `" = 1`, "# " + canary + "\na = 1",
		} {
			out := maskWith(parse(t, []byte(in), "application/toml"), mask)
			var after map[string]any
			if _, err := toml.Decode(string(out), &after); err != nil || len(after) != 1 {
				t.Errorf("%q became %q: %v", in, out, err)
			}
		}
		in := "a = 1979-05-27\nb-1 = [1_000, 2]\n"
		doc := parse(t, []byte(in), "application/toml")
		var edits []Edit
		for i := range doc.Slots {
			edits = append(edits, Edit{Slot: int32(i), Start: 0, End: 1, Text: []byte(mask)})
		}
		var after map[string]any
		if _, err := toml.Decode(string(doc.Splice(edits)), &after); err != nil {
			t.Errorf("%q became %q: %v", in, doc.Splice(edits), err)
		}
	}
}

func FuzzTOML(f *testing.F) {
	for _, in := range []string{
		"a = \"lena@example.com\"\n", "[a.'lena@example.com']\nb = '''\nlena@example.com'''\n", "a = [1979-05-27, # lena@example.com\n{b = \"\"\"x\\\n y\"\"\"}]", "lena = 1\n[[x]]\n", "a = \"", "[", "= b",
	} {
		f.Add([]byte(in))
	}
	h := NewHint([]string{"application/toml"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != TOML {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		if utf8.Valid(raw) && !bytes.Contains(raw, []byte("\uFEFF")) {
			checkCovered(t, doc, raw, yamlSyntax)
		}
		out := maskWith(doc, "MASK")
		if bytes.Contains(raw, []byte(canary)) && bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw, out)
		}
		var before, after any
		if _, err := toml.Decode(string(raw), &before); err != nil || bytes.Contains(raw, []byte("MASK")) {
			return
		}
		if _, err := toml.Decode(string(out), &after); err != nil {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
	})
}
