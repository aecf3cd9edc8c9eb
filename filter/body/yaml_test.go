package body

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"
)

func TestYAMLSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"a mapping", "name: Lena M.\npassword: hunter2 x\n", []string{"k:name", "v:name=Lena M.", "k:password", "v:password=hunter2 x"}},
		{"mappings in mappings", "a:\n  b: x\n  c:\n    d: y\ne: z", []string{"k:a", "k:b", "v:b=x", "k:c", "k:d", "v:d=y", "k:e", "v:e=z"}},
		{"lists", "a:\n- x\n- y\nb:\n  - c: z\n    d: w\n  - - v\n", []string{"k:a", "v:a=x", "v:a=y", "k:b", "k:c", "v:c=z", "k:d", "v:d=w", "v:b=v"}},
		{"quotes", `"a b": "x \"y\" \x41é\e"` + "\n'c': 'it''s'\n", []string{"k:a b", "v:a b=x \"y\" Aé\x1b", "k:c", "v:c=it's"}},
		{"quotes over lines", "a: \"x\n  y\\\n  z\n\n  w\"\nb: 'u\n  v'\n", []string{"k:a", "v:a=x yz\nw", "k:b", "v:b=u v"}},
		{"plain over lines", "a: x y\n  z # note\nb:\n  u\n\n  v\nc: 1\n", []string{"k:a", "v:a=x y z", "v:note", "k:b", "v:b=u\nv", "k:c"}},
		{"block scalars", "a: |\n  x\n   y\n\n  z\nb: >-\n  u\n  v\nc: |2\n    w\n", []string{"k:a", "v:a=x\n y\n\nz", "k:b", "v:b=u v", "k:c", "v:c=  w"}},
		{"a block scalar in a list", "- |\n  x\n- a: |+\n    y\n\n  b: z\n", []string{"v:x", "k:a", "v:a=y", "k:b", "v:b=z"}},
		{"flow", "a: {b: x, \"c\":y, d: [u, v]}\ne: [f: w,\n  g]\n", []string{"k:a", "k:b", "v:b=x", "k:c", "v:c=y", "k:d", "v:d=u", "v:d=v", "k:e", "k:f", "v:f=w", "v:e=g"}},
		{"constants and numbers", "a: true\nb: 1234\nc: 12\nd: ~\ne: null\nf: 0171 1234\ng: [1234, 1.5]", []string{"k:a", "k:b", "n:b=1234", "k:c", "k:d", "k:e", "k:f", "v:f=0171 1234", "k:g", "n:g=1234", "n:g=1.5"}},
		{"anchors, tags and aliases", "a: &x !!str y\nb: *x\n&k c: !t\n  d: z\n", []string{"k:a", "k:x", "k:!str", "v:a=y", "k:b", "k:x", "k:k", "k:c", "k:t", "k:d", "v:d=z"}},
		{"comments", "# one\na: b # two\n  # three\nc: d#e\n", []string{"v:one", "k:a", "v:a=b", "v:two", "v:three", "k:c", "v:c=d#e"}},
		{"documents", "%YAML 1.2\n---\na: b\n...\n--- x y\n--- |\n z\n", []string{"v:%YAML 1.2", "k:a", "v:a=b", "v:x y", "v:z"}},
		{"keys that are asked for", "? a b\n: x\n? - c\n: y\n", []string{"v:a b", "v:a b=x", "v:c", "v:c=y"}},
		{"JSON in it", `a: '{"b":"x"}'`, []string{"k:a", "k:b", "v:b=x"}},
		{"base64 in it", "a: !!binary |\n  " + wrap64(strings.Repeat("a letter to ", 12)+canary, 64, "\n  "), []string{"k:a", "k:!binary", "v:a=" + strings.Repeat("a letter to ", 12) + canary}},
		{"line ends of Windows", "a: x\r\nb: |\r\n  y\r\n  z\r\nc:\r\n- w\r\n", []string{"k:a", "v:a=x", "k:b", "v:b=y\nz", "k:c", "v:c=w"}},
		{"a template", "{{- if .Values.x }}\na: {{ .Values.y | quote }}\nb: x-{{ z }}\n{{- end }}\n", []string{"v:- if .Values.x", "k:a", "v:.Values.y | quote", "k:b", "v:b=x-{{ z }}", "v:- end"}},
		{"a line that makes no sense", "a: b\nc: d: e\nf: \"g\nh: i\n", []string{"k:a", "v:a=b", "v:c: d: e", "v:f: \"g", "k:h", "v:h=i"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), "application/yaml")
			if got := texts(doc); doc.Format != YAML || !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
	for _, in := range []string{"a: b\rc: d\n", strings.Repeat("a: b: c\n", 9)} {
		if doc := parse(t, []byte(in), "text/yaml"); doc.Format != Text {
			t.Errorf("%.20q was read as %s", in, doc.Format)
		}
	}
	doc := parse(t, []byte("a:\n- id: xy\n  b: z\nc: {id: uv, d: w}\n"), "application/x-yaml", "$..id")
	if got := texts(doc); !slices.Equal(got, []string{"k:a", "k:b", "v:b=z", "k:c", "k:d", "v:d=w"}) {
		t.Errorf("with a path skipped: %q", got)
	}
}

// Placeholders that would mean something to YAML.
func TestYAMLPlaceholders(t *testing.T) {
	for _, mask := range []string{"<X>", "[X]", "{x}", "%X", "@X", "X: y", "X #y", "", "- x", "'x'", `"`, "*X*", "X:", "!x", "a, b", "|", "x\ny"} {
		for _, in := range []string{
			"a: " + canary, "a: x " + canary + "\nb: c", "a: [x, " + canary + "]", "a: {" + canary + ": " + canary + "}", canary + ": x",
			"a: '" + canary + "'", `a: "` + canary + `"`, "a: |\n  " + canary + " x\n", "- " + canary, canary, "a: x\n  y " + canary + "\n  z", "? " + canary + "\n: x", "a: x # " + canary,
		} {
			var before, after any
			if err := yaml.Unmarshal([]byte(in), &before); err != nil {
				t.Fatalf("%q: %v", in, err)
			}
			out := maskWith(parse(t, []byte(in), "application/yaml"), mask)
			if err := yaml.Unmarshal(out, &after); err != nil {
				t.Errorf("%q became %q: %v", in, out, err)
				continue
			}
			want := strings.ReplaceAll(flat(before), canary, strings.ReplaceAll(mask, "\n", " "))
			if got := flat(after); squeezed(got) != squeezed(want) && !strings.HasPrefix(in, "a: |") {
				t.Errorf("%q became %q: %q, want %q", in, out, got, want)
			}
		}
	}
}

// maskWith replaces the canary by a text wherever a slot shows it.
func maskWith(doc *Document, mask string) []byte {
	var edits []Edit
	for i := range doc.Slots {
		text := doc.AppendText(nil, int32(i))
		for at := 0; ; {
			n := bytes.Index(text[at:], []byte(canary))
			if n < 0 {
				break
			}
			edits = append(edits, Edit{Slot: int32(i), Start: at + n, End: at + n + len(canary), Text: []byte(mask)})
			at += n + len(canary)
		}
	}
	return doc.Splice(edits)
}

// squeezed is a text with its white space as single blanks.
func squeezed(s string) string { return strings.Join(strings.Fields(s), " ") }

// flat writes a value that a parser read, strings as they are.
func flat(v any) string { return fmt.Sprintf("%v", v) }

// drawYAML draws a node of a tree with every style of scalars.
func drawYAML(t *rapid.T, depth int) *yaml.Node {
	text := func() *yaml.Node {
		n := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str"}
		n.Value = strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
			canary, canary, " ", "é", "x", "\n", `"`, "'", ": ", " #", ",", "[", "}", "\\", "\t", "😀", "- ", "%41", "&amp;", "123", "true", "and so on and on and on",
		}), 0, 8).Draw(t, "text"), "")
		n.Style = rapid.SampledFrom([]yaml.Style{0, yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle, yaml.LiteralStyle, yaml.FoldedStyle}).Draw(t, "style")
		if rapid.IntRange(0, 4).Draw(t, "comment") == 0 {
			n.LineComment = "# of " + canary
		}
		return n
	}
	kind := rapid.IntRange(0, 4).Draw(t, "kind")
	if depth == 0 || kind < 2 {
		return text()
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	if kind > 2 {
		n.Kind = yaml.MappingNode
	}
	if rapid.IntRange(0, 2).Draw(t, "flow") == 0 {
		n.Style = yaml.FlowStyle
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "children") {
		if n.Kind == yaml.MappingNode {
			key := text()
			key.LineComment, key.Value = "", fmt.Sprintf("%d %s", i, key.Value)
			n.Content = append(n.Content, key)
		}
		n.Content = append(n.Content, drawYAML(t, depth-1))
	}
	return n
}

// What a parser of the field reads in a masked document is what it read before,
// but for what is masked; and every scalar that it reads is a slot.
func TestSplicedYAMLIsYAML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		root := drawYAML(t, 3)
		if root.Kind == yaml.ScalarNode {
			root = &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{root}}
		}
		var raw bytes.Buffer
		enc := yaml.NewEncoder(&raw)
		enc.SetIndent(rapid.IntRange(2, 5).Draw(t, "indent"))
		var before, after yaml.Node
		if err := enc.Encode(root); err != nil || yaml.Unmarshal(raw.Bytes(), &before) != nil {
			t.Skip("the encoder's own trouble")
		}
		doc, err := Parse(raw.Bytes(), NewHint([]string{"application/yaml"}, ""), Options{})
		if err != nil || doc.Format != YAML && doc.Format != JSON {
			t.Fatalf("%q: %v, %v", raw.Bytes(), doc, err)
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw.Bytes()) {
			t.Fatalf("%q became %q without an edit", raw.Bytes(), out)
		}
		const mask = "MASK"
		out := maskWith(doc, mask)
		if bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw.Bytes(), out)
		}
		if err := yaml.Unmarshal(out, &after); err != nil {
			t.Fatalf("%q became %q: %v", raw.Bytes(), out, err)
		}
		sameYAML(t, &before, &after, mask)
	})
}

func sameYAML(t *rapid.T, a, b *yaml.Node, mask string) {
	if want := strings.ReplaceAll(a.Value, canary, mask); a.Kind != b.Kind || b.Value != want || len(a.Content) != len(b.Content) {
		t.Fatalf("%q became %q, want %q", a.Value, b.Value, want)
	}
	for i := range a.Content {
		sameYAML(t, a.Content[i], b.Content[i], mask)
	}
}

// checkCovered fails if a letter or digit of a text body lies in no slot and
// syntax does not account for it.
func checkCovered(t interface {
	Helper()
	Fatalf(string, ...any)
}, doc *Document, raw []byte, syntax func(outside string) bool,
) {
	t.Helper()
	covered := make([]bool, len(raw))
	var all []Edit
	for i := range doc.Slots {
		all = append(all, Edit{Slot: int32(i), Start: 0, End: len(doc.AppendText(nil, int32(i)))})
	}
	doc.Locate(all, func(_ Edit, start, end int) {
		for i := start; i < end; i++ {
			covered[i] = true
		}
	})
	var outside strings.Builder
	for i, c := range raw {
		if covered[i] {
			c = ' '
		}
		outside.WriteByte(c)
	}
	for word := range strings.FieldsFuncSeq(outside.String(), func(r rune) bool { return r < 0x80 && !isAlnum(byte(r)) && r != '~' && r != '.' }) {
		if !syntax(word) {
			t.Fatalf("%q of %q is in no slot", word, raw)
		}
	}
}

// yamlSyntax are words that are no text.
func yamlSyntax(word string) bool {
	return isConstant([]byte(word)) || strings.Trim(word, ".~") == "" || len(word) <= 2 && word[0]-'0' <= 9
}

func FuzzYAML(f *testing.F) {
	for _, in := range []string{
		"a: lena@example.com\n", "- x\n- &a lena@example.com\n- *a\n", "a: |\n  lena@example.com\n", "a: {b: lena@example.com, c: [d]}\n", "a: \"x\\\n  y\"\nb: 'z'\n",
		"? a\n: b\n", "---\na: b\n...\n%T\n", "{{ x }}\n", "a: b: c\n", ">\n\tx", "a:\n  b:\n c: d", "- - - x\n", "[[[", "a: >1\n\n   lena@example.com", "\"a\" : 'b\n\n\nc'", "a: !x &y\n  z",
	} {
		f.Add([]byte(in))
	}
	h := NewHint([]string{"application/yaml"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != YAML {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		if utf8.Valid(raw) && !bytes.Contains(raw, []byte("\uFEFF")) {
			checkCovered(t, doc, raw, yamlSyntax)
		}
		if out := maskWith(doc, "MASK"); bytes.Contains(raw, []byte(canary)) && bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw, out)
		}
		var before, after any
		if valid := yaml.Unmarshal(raw, &before); valid != nil {
			return
		}
		if err := yaml.Unmarshal(maskWith(doc, "MASK"), &after); err != nil {
			t.Fatalf("%q became %q: %v", raw, maskWith(doc, "MASK"), err)
		}
	})
}
