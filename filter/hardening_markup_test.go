package filter

import (
	"strings"
	"testing"
)

// Somebody writes an address in whatever place markup has for it.
func TestAttacksInMarkup(t *testing.T) {
	for _, tt := range []struct{ name, contentType, in, want string }{
		{"text", "application/xml", `<a>lena@example.com</a>`, `<a>&lt;PRIVATE_EMAIL&gt;</a>`},
		{"an element that says what it holds", "application/xml", `<a><password>hunter22</password></a>`, `<a><password>&lt;SECRET&gt;</password></a>`},
		{"an attribute that says what it holds", "application/xml", `<a password="hunter22"/>`, `<a password="&lt;SECRET&gt;"/>`},
		{"a name and a value", "application/xml", `<a name="password" value="hunter22"/>`, `<a name="password" value="&lt;SECRET&gt;"/>`},
		{"references", "application/xml", `<a>len&#x61;&#64;example&#46;com</a>`, `<a>&lt;PRIVATE_EMAIL&gt;</a>`},
		{"references of HTML", "text/html", `<p>lena&commat;example&period;com`, `<p>&lt;PRIVATE_EMAIL&gt;`},
		{"references twice", "text/html", `<p>lena&amp;#64;example.com`, `<p>&amp;lt;PRIVATE_EMAIL&amp;gt;`},
		{"CDATA", "application/xml", `<a><![CDATA[lena@example.com]]></a>`, `<a><![CDATA[<PRIVATE_EMAIL>]]></a>`},
		{"a comment", "application/xml", `<a/><!-- lena@example.com -->`, `<a/><!-- (PRIVATE_EMAIL) -->`},
		{"an instruction", "application/xml", `<?x lena@example.com?><a/>`, `<?x (PRIVATE_EMAIL)?><a/>`},
		{"a declaration that is none", "application/xml", `<?xml version="1.0" note="lena@example.com"?><a/>`, `<?xml version="1.0" note="(PRIVATE_EMAIL)"?><a/>`},
		{"a document type", "application/xml", `<!DOCTYPE a SYSTEM "http://lena:hunter22@example.com/"><a/>`, ""},
		{"a default of an attribute", "application/xml", `<!DOCTYPE a [<!ATTLIST a b CDATA "lena@example.com">]><a/>`, `<!DOCTYPE a [<!ATTLIST a b CDATA "(PRIVATE_EMAIL)">]><a/>`},
		{"no XML", "application/xml", `<a>len&#97;@example.com`, `<a>&lt;PRIVATE_EMAIL&gt;`},
		{"JSON as XML", "application/xml", `{"a":"len\u0061@example.com"}`, `{"a":"<PRIVATE_EMAIL>"}`},
		{"JSON in XML", "application/xml", `<a>{"b":"len\u0061@example.com"}</a>`, `<a>{"b":"&lt;PRIVATE_EMAIL&gt;"}</a>`},
		{"JSON in an attribute", "text/html", `<p data-a='{"b":"lena@example.com"}'>`, `<p data-a='{"b":"&lt;PRIVATE_EMAIL&gt;"}'>`},
		{"an attribute of machines", "text/html", `<p class="lena@example.com" id=lena@example.com>`, `<p class="&lt;PRIVATE_EMAIL&gt;" id=&lt;PRIVATE_EMAIL&gt;>`},
		{"an attribute without end", "text/html", `<p title="lena@example.com`, `<p title="&lt;PRIVATE_EMAIL&gt;`},
		{"a link", "text/html", `<a href="mailto:lena%40example.com">x</a>`, `<a href="mailto:%3CPRIVATE_EMAIL%3E">x</a>`},
		{"a link of a script", "text/html", `<a onclick="f('lena@example.com')">`, `<a onclick="f('&lt;PRIVATE_EMAIL&gt;')">`},
		{"an attribute of an end tag", "text/html", `<p></p title="lena@example.com">`, `<p></p title="&lt;PRIVATE_EMAIL&gt;">`},
		{"bold letters", "text/html", `<p>lena<b>@</b>exam<wbr>ple.com`, `<p>&lt;PRIVATE_EMAIL&gt;<b></b><wbr>`},
		{"a title", "text/html", `<title>lena&#64;example.com</title>`, `<title>&lt;PRIVATE_EMAIL&gt;</title>`},
		{"a text area", "text/html", `<textarea><!--lena@example.com</textarea>`, `<textarea><!--&lt;PRIVATE_EMAIL&gt;</textarea>`},
		{"a comment of HTML", "text/html", `<!--lena@example.com>-->`, `<!--(PRIVATE_EMAIL)>-->`},
		{"what is almost a comment", "text/html", `<!x lena@example.com>`, `<!x (PRIVATE_EMAIL)>`},
		{"an end tag that is none", "text/html", `</ lena@example.com>`, `</ (PRIVATE_EMAIL)>`},
		{"data in a script", "text/html", `<script type="application/json">{"a":"lena\u0040example.com"}</script>`, `<script type="application/json">{"a":"<PRIVATE_EMAIL>"}</script>`},
		{"linked data", "text/html", `<script type=application/ld+json>{"a":"lena@example.com"}</script>`, `<script type=application/ld+json>{"a":"<PRIVATE_EMAIL>"}</script>`},
		{"data in a script without type", "text/html", `<script>{"a":"lena@example.com"}</script>`, `<script>{"a":"<PRIVATE_EMAIL>"}</script>`},
		{"a template", "text/html", `<script type=text/template>lena@example.com</script>`, `<script type=text/template><PRIVATE_EMAIL></script>`},
		{"a script that closes itself", "text/html", `<script/>{"a":"lena@example.com"}</script>`, `<script/>{"a":"<PRIVATE_EMAIL>"}</script>`},
		{"without scripts", "text/html", `<noscript><p title="lena@example.com">lena@example.com</noscript>`, `<noscript><p title="&lt;PRIVATE_EMAIL&gt;">&lt;PRIVATE_EMAIL&gt;</noscript>`},
		{"frames in frames", "text/html", strings.Repeat("<noscript><iframe><noframes>", 40) + "lena@example.com", strings.Repeat("<noscript><iframe><noframes>", 40) + "&lt;PRIVATE_EMAIL&gt;"},
		{"HTML as text", "text/plain", `<!DOCTYPE html><p>lena&#64;example.com`, `<!DOCTYPE html><p>&lt;PRIVATE_EMAIL&gt;`},
		{"HTML without label", "", `<html><p>lena&commat;example.com</html>`, `<html><p>&lt;PRIVATE_EMAIL&gt;</html>`},
		{"an event stream's label", "application/xml", "<a>lena@example.com</a>\n", "<a>&lt;PRIVATE_EMAIL&gt;</a>\n"},
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(tt.in), ContentType: []string{tt.contentType}})
		switch {
		case err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.want == "" && strings.Contains(string(r.Body), "hunter22"), tt.want != "" && string(r.Body) != tt.want:
			t.Errorf("%s:\ngot  %q\nwant %q", tt.name, r.Body, tt.want)
		}
	}
}

// What a reader puts together, and what stands where nothing can be replaced,
// stops the body.
func TestAttackPiecesOfMarkup(t *testing.T) {
	for _, tt := range []struct{ name, contentType, in string }{
		{"a comment in it", "application/xml", `<a>lena@<!-- x -->example.com</a>`},
		{"CDATA in it", "application/xml", `<a>lena<![CDATA[@]]>example.com</a>`},
		{"an instruction in it", "application/xml", `<a>4111 1111 <?x?>1111 1111</a>`},
		{"a comment in HTML", "text/html", `<p>lena@<!-- x -->example.com</p>`},
		{"a tag with attributes", "text/html", `<p>lena@<b class=x>example</b>.com</p>`},
		{"an element's name", "application/xml", `<n.4111111111111111/>`},
		{"an attribute's name", "application/xml", `<a n.4111111111111111="x"/>`},
		{"an element's name in HTML", "text/html", `<lena@example.com>`},
		{"an attribute's name in HTML", "text/html", `<p lena@example.com>`},
		{"an entity", "application/xml", `<!DOCTYPE a [<!ENTITY e "lena@"><!ENTITY f "example.com">]><a>&e;&f;</a>`},
		{"UTF-7", "text/html", `<meta charset="utf-7"><p>lena+AEA-example.com`},
		{"a declared charset", "application/xml", "<?xml version='1.0' encoding='utf-7'?><a>lena+AEA-example.com</a>"},
	} {
		m := Message{Body: []byte(tt.in), ContentType: []string{tt.contentType}}
		r, err := hardened(t, Policy{Unsupported: UnsupportedPass}).Process(t.Context(), nil, m)
		if err == nil {
			t.Errorf("%s passed: %q", tt.name, r.Body)
			continue
		}
		wantReason(t, err, ReasonUnsupported)
	}
}

// Honest pages do not stop.
func TestHonestMarkup(t *testing.T) {
	for in, want := range map[string]string{
		`<p>Write to<a href="mailto:lena@example.com">lena@example.com</a>!</p>`: `<p>Write to<a href="mailto:&lt;PRIVATE_EMAIL&gt;">&lt;PRIVATE_EMAIL&gt;</a>!</p>`,
		`<p>Hello, <!-- -->you<!-- -->!</p>`:                                     `<p>Hello, <!-- -->you<!-- -->!</p>`,
		`<td>1</td><td>2</td><h1 class="h">A<small class=x>b</small></h1>`:       `<td>1</td><td>2</td><h1 class="h">A<small class=x>b</small></h1>`,
		`<style>a{color:red}</style><script>var a = 1 < 2</script>`:              `<style>a{color:red}</style><script>var a = 1 < 2</script>`,
	} {
		r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{"text/html"}})
		if err != nil || string(r.Body) != want {
			t.Errorf("%s became %s (%v)", in, r.Body, err)
		}
	}
}

// Elements without end, and all that takes long to tell from markup.
func TestAttackQuadraticMarkup(t *testing.T) {
	const size = 256 << 10
	for _, contentType := range []string{"text/html", "application/xml"} {
		for name, unit := range map[string]string{
			"elements": "<a>", "attributes": ` a="b"`, "brackets": "<", "comments": "<!--", "blank comments": "<!-- -->", "sections": "<![CDATA[", "types": "<!DOCTYPE [",
			"references": "&amp;", "almost references": "&ampampampamp", "tags": "<b>", "tags with attributes": "<b a=b>x", "quotes": `<a b="`, "scripts": "<script>", "frames": "<iframe><noscript>", "spaces": "<b   ",
		} {
			for _, head := range []string{"", "<r>", "<r "} {
				in := head + strings.Repeat(unit, size/len(unit)) + " lena@example.com"
				r, err := hardened(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(in), ContentType: []string{contentType}, ReadCode: true})
				if err == nil && strings.Contains(string(r.Body), "lena@") {
					t.Errorf("%s, %s: leaked", name, contentType)
				}
			}
		}
	}
}
