package document

import (
	"bytes"
	"path"
	"strings"

	"github.com/caddyprivacy/privacyfilter/ocr"
)

// open reads a package (ECMA-376-2), and those that lie in it, and drops what
// nobody needs and nobody can read.
func (b *budget) open(data []byte, depth int) (*archive, error) {
	if depth > deepest {
		return nil, ErrTooLarge
	}
	a, err := b.unzip(data)
	if err != nil {
		return nil, err
	}
	for _, p := range a.parts {
		if strings.HasSuffix(p.name, ".rels") {
			if p.xml, err = parseXML(p.data, b.Depth); err != nil {
				return nil, err
			}
		}
	}
	a.dropUnread()
	for _, p := range a.parts {
		if !p.dropped && p.xml == nil {
			if err := b.read(p, depth); err != nil {
				return nil, err
			}
		}
	}
	a.dropOverrides()
	return a, nil
}

// read tells by its content what a part is. What is none of these may hold
// anything.
func (b *budget) read(p *part, depth int) (err error) {
	switch head := bytes.TrimLeft(p.data, "\ufeff \t\r\n"); {
	case len(p.data) == 0:
	case bytes.HasPrefix(head, []byte("<")):
		switch path.Ext(p.name) {
		case ".xml", ".vml":
		default:
			return ErrPart // a page or a drawing, which say more than their text
		}
		if p.xml, err = parseXML(p.data, b.Depth); err == nil {
			p.xml.dropUnread()
		}
	case ocr.Sniff(p.data) != "":
		p.picture = true
	case bytes.HasPrefix(p.data, []byte("PK")):
		p.nested, err = b.open(p.data, depth+1)
	default:
		return ErrPart
	}
	return err
}

// unread are the types of relationships whose parts are dropped: pictures of
// the first page, fonts, settings of printers, and signatures, which name
// people and would not hold any more.
var unread = []string{"/metadata/thumbnail", "/font", "/printerSettings", "/digital-signature/origin", "/digital-signature/signature"}

// dropUnread drops such parts and the relationships that lead to them.
func (a *archive) dropUnread() {
	for _, p := range a.parts {
		if p.xml == nil {
			continue
		}
		base := path.Dir(path.Dir(p.name)) // of word/_rels/document.xml.rels: word
		for i := range p.xml.tokens {
			t := &p.xml.tokens[i]
			if t.kind != startToken || t.name.Local != "Relationship" || !hasSuffix(t.attr("Type"), unread) {
				continue
			}
			target := t.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = "/" + path.Join(base, target)
			}
			if gone := a.find(strings.TrimPrefix(path.Clean(target), "/")); gone != nil {
				gone.dropped = true
			}
			p.xml.drop(i)
		}
	}
	for _, p := range a.parts {
		if strings.HasPrefix(p.name, "_xmlsignatures/") || strings.HasPrefix(p.name, "docProps/thumbnail.") {
			p.dropped = true
		}
	}
}

func hasSuffix(s string, any []string) bool {
	for _, suffix := range any {
		if strings.HasSuffix(s, suffix) {
			return true
		}
	}
	return false
}

// dropOverrides takes out what the list of content types says about parts that
// are not there any more.
func (a *archive) dropOverrides() {
	types := a.find("[Content_Types].xml")
	if types.xml == nil {
		return
	}
	for i := range types.xml.tokens {
		t := &types.xml.tokens[i]
		if t.kind != startToken || t.name.Local != "Override" {
			continue
		}
		if p := a.find(strings.TrimPrefix(t.attr("PartName"), "/")); p != nil && p.dropped {
			types.xml.drop(i)
		}
	}
}

// dropUnread drops deletions that are only tracked, data that is no text, and
// what points to parts that were dropped.
func (p *xmlPart) dropUnread() {
	for i := 0; i < len(p.tokens); i++ {
		t := &p.tokens[i]
		if t.kind != startToken || t.name.Space != "w" {
			continue
		}
		switch t.name.Local {
		case "del", "moveFrom", "fldData", "binData", "printerSettings", "embedRegular", "embedBold", "embedItalic", "embedBoldItalic":
			i = p.drop(i) - 1
		}
	}
}

// keepBlanks says of an element of text that blanks at its edges count, if
// there are any now (xml:space, XML 1.0 §2.10).
func keepBlanks(t *token, text string) {
	if !inline(t.name.Local) || strings.TrimSpace(text) == text {
		return
	}
	for i := range t.attrs {
		if a := &t.attrs[i]; a.Name.Local == "space" {
			a.Value, t.changed = "preserve", true
			return
		}
	}
	t.attrs = append(t.attrs, attribute("xml", "space", "preserve"))
	t.changed = true
}
