package filter

import (
	"bytes"
	"encoding/xml"
	"html"
	"strings"

	xhtml "golang.org/x/net/html"
	"golang.org/x/text/encoding/charmap"
)

// markupCarriers send a text in a place of a document that markup has for it.
var markupCarriers = []carrier{
	xmlCarrier("an element of XML", "application/xml", `<?xml version="1.0"?><r><a>1</a><note>`, `</note></r>`),
	xmlCarrier("SOAP", "application/soap+xml", `<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body><note>`, `</note></s:Body></s:Envelope>`),
	xmlCarrier("RSS", "application/rss+xml", `<rss version="2.0"><channel><item><title>a</title><note>`, `</note></item></channel></rss>`),
	xmlCarrier("SVG", "image/svg+xml", `<svg xmlns="http://www.w3.org/2000/svg"><text x="1" y="2"><note>`, `</note></text></svg>`),
	xmlCarrier("XML without label", "", `<?xml version="1.0"?><note>`, `</note>`),
	{
		"an attribute of XML", "text/xml", func(s string) []byte { return []byte(`<r id="1" note="` + xmlText(s) + `"/>`) },
		func(b []byte) string {
			var r struct {
				Note string `xml:"note,attr"`
			}
			if err := xml.Unmarshal(b, &r); err != nil {
				return "not XML: " + err.Error()
			}
			return r.Note
		},
	},
	{
		"CDATA", "text/xml", func(s string) []byte { return []byte("<r><note><![CDATA[" + s + "]]></note></r>") }, note,
	},
	{
		"XML in Latin-1", "application/xml", func(s string) []byte {
			b, _ := charmap.ISO8859_1.NewEncoder().Bytes([]byte(`<?xml version="1.0" encoding="iso-8859-1"?><r><note>` + xmlText(s) + "</note></r>"))
			return b
		}, func(b []byte) string {
			b, _ = charmap.ISO8859_1.NewDecoder().Bytes(b)
			return note(bytes.Replace(b, []byte("iso-8859-1"), []byte("utf-8"), 1))
		},
	},
	htmlCarrier("a paragraph", "<!DOCTYPE html><html><body><h1>1</h1><p id=here>", "</p></body></html>", html.EscapeString, nil),
	htmlCarrier("an attribute", `<!DOCTYPE html><img id=here alt="`, `">`, html.EscapeString, func(n *xhtml.Node) string {
		for _, a := range n.Attr {
			if a.Key == "alt" {
				return a.Val
			}
		}
		return ""
	}),
	htmlCarrier("a text area", "<!DOCTYPE html><textarea id=here>x ", "</textarea>", html.EscapeString, func(n *xhtml.Node) string { return inner(n)[2:] }),
	htmlCarrier("JSON in a script", `<!DOCTYPE html><script id=here type="application/json">`, "</script>",
		func(s string) string { return nested(s, 1) }, func(n *xhtml.Node) string { return unnested(inner(n), 1) }),
	htmlCarrier("bold letters", "<!DOCTYPE html><p id=here>", "</p>", func(s string) string {
		return strings.ReplaceAll(html.EscapeString(s), "e", "<b>e</b>")
	}, nil),
}

func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

// note is the text of the element "note" of whatever document.
func note(b []byte) string {
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if err != nil {
			return "not XML: " + err.Error()
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "note" {
			var text string
			if err := d.DecodeElement(&text, &start); err != nil {
				return "not XML: " + err.Error()
			}
			return text
		}
	}
}

func xmlCarrier(name, contentType, before, after string) carrier {
	return carrier{name, contentType, func(s string) []byte { return []byte(before + xmlText(s) + after) }, note}
}

func htmlCarrier(name, before, after string, wrap func(string) string, unwrap func(*xhtml.Node) string) carrier {
	if unwrap == nil {
		unwrap = inner
	}
	return carrier{
		name + " of HTML", "text/html; charset=utf-8",
		func(s string) []byte { return []byte(before + wrap(s) + after) },
		func(b []byte) string {
			root, err := xhtml.Parse(bytes.NewReader(b))
			if err != nil {
				return "not HTML"
			}
			for n := range root.Descendants() {
				for _, a := range n.Attr {
					if a.Key == "id" && a.Val == "here" {
						return unwrap(n)
					}
				}
			}
			return "not there"
		},
	}
}

// inner is the text in a node, without what is only markup.
func inner(n *xhtml.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == xhtml.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}
