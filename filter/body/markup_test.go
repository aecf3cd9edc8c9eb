package body

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// shown lists the slots of a document as "key=text", but for names.
func shown(doc *Document) (out []string) {
	for i, s := range doc.Slots {
		if s.Kind == Name {
			continue
		}
		line := string(doc.AppendText(nil, int32(i)))
		if s.Key != None {
			line = string(doc.AppendText(nil, s.Key)) + "=" + line
		}
		out = append(out, line)
	}
	return out
}

func TestXMLSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"elements", `<a><b>x</b> <c>y &amp; z</c></a>`, []string{"b=x", "c=y & z"}},
		{"attributes", `<a b="x" c = 'y&#64;z'/>`, []string{"b=x", "c=y@z"}},
		{"CDATA", `<a><![CDATA[x & <y>]]></a>`, []string{"a=x & <y>"}},
		{"comment", "<!-- x --><a/><!-- y -->", []string{"x", "y"}},
		{"instruction", `<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet href="x"?><a/>`, []string{`xml-stylesheet href="x"`}},
		{"type", `<!DOCTYPE a PUBLIC "-//x//y>" "z" [<!ELEMENT a (b)>]><a/>`, []string{`a PUBLIC "-//x//y>" "z" [<!ELEMENT a (b)>]`}},
		{"namespace entity", `<!DOCTYPE svg [<!ENTITY ns "http://www.w3.org/2000/svg">]><svg xmlns="&ns;">x</svg>`, []string{`svg [<!ENTITY ns "http://www.w3.org/2000/svg">]`, "xmlns=&ns;", "svg=x"}},
		{"mixed", `<p>x <b>y</b> z</p>`, []string{"p=x", "b=y", "p=z"}},
		{"JSON in XML", `<a>{"b":"x"}</a>`, []string{"b", "b=x"}},
		{"JSON in an attribute", `<a b="{&quot;c&quot;:&quot;x&quot;}"/>`, []string{"c", "c=x"}},
		{"declared Latin-1", "<?xml version='1.0' encoding='iso-8859-1'?><a>Zo\xeb</a>", []string{"a=Zoë"}},
	} {
		doc := parse(t, []byte(tt.in), "application/xml")
		if got := shown(doc); doc.Format != XML || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", tt.name, doc.Format, got, tt.want)
		}
		if got := doc.Splice(nil); string(got) != tt.in {
			t.Errorf("%s: without edits the body became %q", tt.name, got)
		}
	}
}

func TestMalformedXMLIsText(t *testing.T) {
	for _, in := range []string{
		"<a>x</b>", "<a>x", "x", "<a/><b/>", "<a b=c/>", "<a b=\"x/>", "<a b=\"<\"/>", "<a><![CDATA[x</a>", "<!-- x", "<?x", "<!DOCTYPE a [", "</a>", "< a/>", "<a/>x", "<a b='x'c='y'/>", "<",
	} {
		if doc := parse(t, []byte(in), "application/xml"); doc.Format != Text {
			t.Errorf("%s was read as %s", in, doc.Format)
		}
	}
}

func TestXMLEntitiesAreRefused(t *testing.T) {
	for _, in := range []string{
		`<!DOCTYPE a [<!ENTITY x "lena">]><a/>`, `<!DOCTYPE a [<!ENTITY x SYSTEM "http://a/b">]><a/>`, `<!DOCTYPE a [<!ENTITY % x "y">]><a/>`,
		`<!DOCTYPE a [<!ENTITY x "http://a/b">]><a>y&x;</a>`, `<!DOCTYPE a [<!ENTITY x "http://a/b">]><a b="y&x;"/>`, `<!DOCTYPE a [<!ENTITY x "http://a&b;">]><a/>`,
	} {
		if doc, err := Parse([]byte(in), NewHint([]string{"text/xml"}, ""), Options{}); !errors.Is(err, ErrAmbiguous) {
			t.Errorf("%s: %+v, %v", in, doc, err)
		}
	}
}

func TestHTMLSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"paragraphs", "<!DOCTYPE html><p>x<p>y", []string{"<!DOCTYPE html>", "x", "y"}},
		{"tags that do not show", "<p>lena@<b>example</b><!-- -->.c<wbr>om", []string{"lena@example.com"}},
		{"tags that show", "<td>x</td><td>y</td>", []string{"x", "y"}},
		{"references", "<p>&lt;&eacute;&euml x&amp;&commat;&#x40;&nosuch;", []string{"<éë x&@@&nosuch;"}},
		{"attributes", `<a href="x&amp;y" TITLE='z' alt=w hidden class="c">t</a>`, []string{"href=x&y", "TITLE=z", "alt=w", "class=c", "t"}},
		{"named values", `<meta name="author" content="x"><input name=dob value=y>`, []string{"name=author", "author=x", "name=dob", "dob=y"}},
		{"script", `<script>var a = "x"</script>y`, []string{"y"}},
		{"data in a script", `<script type="application/ld+json">{"a":"</b>"}</script>`, []string{"type=application/ld+json", "a", "a=</b>"}},
		{"broken data in a script", `<script type="application/json">{"a":"x",}</script>`, []string{"type=application/json", `{"a":"x",}`}},
		{"a template in a script", `<script type="text/x-template"><p>x</script>`, []string{"type=text/x-template", "<p>x"}},
		{"a text area", "<textarea><b>x&amp;</textarea>y", []string{"<b>x&", "y"}},
		{"noscript", `<noscript><img alt="x">y</noscript>`, []string{"alt=x", "y"}},
		{"comment", "<!-- x --><p>y</p><? z ?>", []string{"<!-- x -->", "y", "<? z ?>"}},
		{"a tag without an end", "x <a title=\"y", []string{`x <a title="y`}},
		{"less than", "a < b & c", []string{"a < b & c"}},
		{"declared charset", "<meta charset=koi8-r><p>\xf0", []string{"charset=koi8-r", "П"}},
	} {
		doc := parse(t, []byte(tt.in), "text/html")
		if got := shown(doc); doc.Format != HTML || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", tt.name, doc.Format, got, tt.want)
		}
		if got := doc.Splice(nil); string(got) != tt.in {
			t.Errorf("%s: without edits the body became %q", tt.name, got)
		}
	}
}

func TestTagsStayBesideTheMask(t *testing.T) {
	for in, want := range map[string]string{
		"<p>a <b>lena@<i>example</i>.com</b> b": "<p>a <b>MA/SK&gt;<i></i></b> b",
		"<p>lena&commat;example.com</p>":        "<p>MA/SK&gt;</p>",
		"<p title=lena@example.com>":            "<p title=MA/SK&gt;>",
		"<!-- lena@example.com -->":             "<!-- MA/SK) -->",
	} {
		if got := string(maskAll(parse(t, []byte(in), "text/html"))); got != want {
			t.Errorf("%s became %s, want %s", in, got, want)
		}
	}
}

// anyMarkup draws well-formed XML that is sound HTML as well.
func anyMarkup(t *rapid.T, depth int) string {
	text := func() string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "\n", "&amp;", "&#64;", "&lt;", "le&#110;a@example.com", "{", "😀", "'", "%41"}), 0, 5).Draw(t, "text"), "")
	}
	switch kind := rapid.IntRange(0, 5).Draw(t, "kind"); {
	case depth == 0 || kind == 0:
		return text()
	case kind == 1:
		return "<!-- " + strings.ReplaceAll(text(), "&", "") + " -->"
	default:
		name := rapid.SampledFrom([]string{"div", "b", "td", "span", "section"}).Draw(t, "name")
		var b strings.Builder
		b.WriteString("<" + name)
		if rapid.Bool().Draw(t, "attribute") {
			fmt.Fprintf(&b, " %s=\"%s\"", rapid.SampledFrom([]string{"title", "class", "data-a"}).Draw(t, "attr"), text())
		}
		b.WriteString(">")
		for range rapid.IntRange(0, 3).Draw(t, "children") {
			b.WriteString(anyMarkup(t, depth-1))
		}
		return b.String() + "</" + name + ">"
	}
}

// xmlTokens is what encoding/xml finds.
func xmlTokens(t interface{ Fatalf(string, ...any) }, raw []byte) (out []string) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		switch token := token.(type) {
		case xml.CharData:
			out = append(out, "text "+string(token))
		case xml.Comment:
			out = append(out, "comment "+string(token))
		default:
			out = append(out, fmt.Sprintf("%q", token))
		}
	}
}

func TestSplicedXMLIsXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := []byte("<r>" + anyMarkup(t, 4) + "</r>")
		doc, err := Parse(in, NewHint([]string{"application/xml"}, ""), Options{})
		if err != nil || doc.Format != XML {
			t.Fatalf("%s: %v, %v", in, doc, err)
		}
		out := maskAll(doc)
		before, after := xmlTokens(t, in), xmlTokens(t, out)
		for i := range before {
			mask := masked
			if strings.HasPrefix(before[i], "comment") {
				mask = "MA/SK)"
			}
			before[i] = strings.ReplaceAll(before[i], canary, mask)
		}
		if !slices.Equal(before, after) {
			t.Fatalf("%s became %s\n%q\n%q", in, out, before, after)
		}
	})
}

// htmlNodes is what a browser's parser finds: attributes and comments, and all
// the text as one.
func htmlNodes(raw []byte) (nodes []string) {
	root, err := html.Parse(bytes.NewReader(raw))
	if err != nil {
		return []string{"no HTML"}
	}
	var text strings.Builder
	for n := range root.Descendants() {
		switch n.Type {
		case html.TextNode:
			text.WriteString(n.Data)
		case html.CommentNode:
			nodes = append(nodes, strings.ReplaceAll(n.Data, canary, "MA/SK)"))
		case html.ElementNode:
			text.WriteString("\x00")
			nodes = append(nodes, fmt.Sprintf("%s %v", n.Data, n.Attr))
		}
	}
	return append(nodes, text.String())
}

func TestSplicedHTMLIsHTML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := []byte("<!DOCTYPE html><body>" + anyMarkup(t, 4))
		doc, err := Parse(in, NewHint([]string{"text/html"}, ""), Options{})
		if err != nil || doc.Format != HTML {
			t.Fatalf("%s: %v, %v", in, doc, err)
		}
		if out := doc.Splice(nil); !bytes.Equal(in, out) {
			t.Fatalf("%s became %s without an edit", in, out)
		}
		out := maskAll(doc)
		before, after := htmlNodes(in), htmlNodes(out)
		for i := range before {
			before[i] = strings.ReplaceAll(before[i], canary, masked)
		}
		if !slices.Equal(before, after) {
			t.Fatalf("%s became %s\n%q\n%q", in, out, before, after)
		}
	})
}

func FuzzMarkup(f *testing.F) {
	for _, in := range []string{
		"<a b='lena@example.com'>x</a>", "<p>lena@<b>example.com</b>", "<a><![CDATA[lena@example.com]]></a>", "<!-- lena@example.com --><a/>", "<script>{\"a\":\"lena@example.com\"}</script>",
		"<?xml version='1.0'?><!DOCTYPE a [<!ELEMENT a ANY>]><a>&#64;</a>", "<title>&lt;lena@example.com", "<p title=lena@example.com/>", "<noscript><iframe><p>lena@example.com", "<a &lt;=\"x\">",
	} {
		for _, contentType := range []string{"text/html", "application/xml"} {
			f.Add([]byte(in), contentType)
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, contentType string) {
		h := NewHint([]string{contentType}, "")
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != HTML && doc.Format != XML {
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
			if text := again.AppendText(nil, int32(i)); again.Slots[i].Kind != Name && bytes.Contains(text, []byte(canary)) {
				t.Fatalf("%q became %q: slot %d is still %q", raw, out, i, text)
			}
		}
	})
}
