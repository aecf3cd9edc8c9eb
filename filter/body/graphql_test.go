package body

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/graphql-go/graphql/language/ast"
	"github.com/graphql-go/graphql/language/parser"
	"github.com/graphql-go/graphql/language/visitor"
	"pgregory.net/rapid"
)

func TestGraphQLSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"arguments", `{ user(email: "x", id: 1234) { name } }`, []string{":email", "v:{ user(email:", "v:email=x", ":id", "v:, id:", "n:id=1234", "v:) { name } }"}},
		{"objects and lists", `mutation { add(in: {name: "x", tags: ["y", "z"]}) }`, []string{":in", ":name", "v:mutation { add(in: {name:", "v:name=x", ":tags", "v:, tags: [", "v:tags=y", "v:tags=z"}},
		{"aliases and defaults", `query Q($a: String = "x") { b: user(c: $a) }`, []string{":a", "v:query Q($a: String =", "v:x", ":b", ":c", "v:) { b: user(c: $a) }"}},
		{"escapes", `{ f(a: "\"x\" \u0041\/") }`, []string{":a", "v:{ f(a:", "v:a=\"x\" A/"}},
		{"a block string", "{ f(a: \"\"\"x \"y\"\n \\\"\"\" z\"\"\") }", []string{":a", "v:{ f(a:", "v:a=x \"y\"\n \"\"\" z"}},
		{"comments", "# one\nquery { a # two\n}", []string{"v:one", "v:query { a", "v:two"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parse(t, []byte(tt.in), "application/graphql")
			if got := texts(doc); doc.Format != GraphQL || !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
			in, err := json.Marshal(map[string]any{"query": tt.in, "variables": map[string]any{"z": "w"}})
			if err != nil {
				t.Fatal(err)
			}
			doc = parse(t, in, "application/json")
			got := texts(doc)
			for i := range got {
				got[i] = strings.Replace(got[i], "v:query=", "v:", 1)
			}
			if !slices.Equal(got, slices.Concat([]string{"k:query"}, tt.want, []string{"k:variables", "k:z", "v:z=w"})) {
				t.Errorf("in JSON: %q", got)
			}
		})
	}
	for _, in := range []string{"{", "{ a(b: \"x) }", "{ a }}", "select * from a", "query 'x'", "", "1"} {
		if doc := parse(t, []byte(in), "application/graphql"); doc.Format == GraphQL {
			t.Errorf("%q was read as GraphQL", in)
		}
	}
	question := `query about "x", she said`
	if got := texts(parse(t, []byte(`{"query":`+strconv.Quote(question)+`}`), "")); !slices.Equal(got, []string{"k:query", "v:query=" + question}) {
		t.Errorf("a question: %q", got)
	}
}

// literals lists the values that the parser of the field finds.
func literals(t interface{ Fatalf(string, ...any) }, source string) (out []string) {
	doc, err := parser.Parse(parser.ParseParams{Source: source})
	if err != nil {
		t.Fatalf("%q: %v", source, err)
	}
	visitor.Visit(doc, &visitor.VisitorOptions{Enter: func(p visitor.VisitFuncParams) (string, any) {
		switch n := p.Node.(type) {
		case *ast.StringValue:
			out = append(out, n.Value)
		case *ast.Name:
			out = append(out, "name "+n.Value)
		case *ast.IntValue:
			out = append(out, n.Value)
		}
		return visitor.ActionNoChange, nil
	}}, nil)
	return out
}

// What a parser of the field reads in a masked query is what it read before,
// but for what is masked.
func TestSplicedGraphQLIsGraphQL(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := func() string {
			s := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{canary, canary, " ", "é", "x", `"`, "\\", "#", "}", "😀", "%41", "123"}), 0, 6).Draw(t, "text"), "")
			if rapid.Bool().Draw(t, "block") {
				return `"""` + "\n" + strings.ReplaceAll(strings.TrimRight(s, `"\ `), `"""`, `\"""`) + "\n" + `"""`
			}
			return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s[:0]) + strconv.QuoteToGraphic(s)
		}
		raw := "# of " + canary + "\nquery Q($v: String = " + value() + ") {\n  a: user(mail: " + value() + ", in: {b: [" + value() + ", 12345], c: $v}) { id, name }\n}\n"
		raw = strings.ReplaceAll(raw, "\\x", "\\u00")
		before := literals(t, raw)
		in := []byte(raw)
		inJSON := rapid.Bool().Draw(t, "JSON")
		if inJSON {
			in, _ = json.Marshal(map[string]string{"query": raw})
		}
		doc, err := Parse(in, NewHint([]string{map[bool]string{true: "application/json", false: "application/graphql"}[inJSON]}, ""), Options{})
		if err != nil || doc.Format != GraphQL && !inJSON {
			t.Fatalf("%q: %v, %v", raw, doc, err)
		}
		const mask = "<X>"
		out := maskWith(doc, mask)
		if bytes.Contains(out, []byte(canary)) || !bytes.Equal(doc.Splice(nil), in) {
			t.Fatalf("%q became %q", in, out)
		}
		if inJSON {
			var read struct{ Query string }
			if err := json.Unmarshal(out, &read); err != nil {
				t.Fatalf("%q became %q: %v", in, out, err)
			}
			out = []byte(read.Query)
		}
		for i, after := range literals(t, string(out)) {
			if want := strings.ReplaceAll(before[i], canary, mask); after != want {
				t.Fatalf("%q became %q: %q, want %q", raw, out, after, want)
			}
		}
	})
}

func FuzzGraphQL(f *testing.F) {
	for _, in := range []string{
		`{ a(b: "lena@example.com") }`, "query { a(b: \"\"\"lena@example.com\"\"\", c: [1234, 1.5e3]) # lena@example.com\n}", `{`, `{ a(b: "x\"") }`, "...", `"""\""""""{}`,
	} {
		f.Add([]byte(in))
	}
	h := NewHint([]string{"application/graphql"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != GraphQL {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		out := maskWith(doc, "<X>")
		if again, err := Parse(out, h, Options{}); err != nil || again.Format != GraphQL || bytes.Contains(raw, []byte(canary)) && bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
	})
}
