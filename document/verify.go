package document

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// residue is what must not be left. Placeholders do not count: <secret> may
// stand for a password that was "secret".
type residue struct {
	values
	placeholders *strings.Replacer
}

// verify reads a new document as somebody else would, with none of the code
// that wrote it, and looks for every value: in texts, joined as they stand in
// paragraphs and each for itself, in attributes, and in names of parts.
func (v *residue) verify(data []byte) error {
	if len(v.values) == 0 {
		return nil
	}
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return ErrResidue
	}
	for _, f := range r.File {
		content, err := contentOf(f)
		if err != nil {
			return ErrResidue
		}
		if v.remain(f.Name) {
			return ErrResidue
		}
		switch head := bytes.TrimLeft(content, "\ufeff \t\r\n"); {
		case bytes.HasPrefix(head, []byte("<")):
			err = v.verifyXML(content)
		case bytes.HasPrefix(head, []byte("PK\x03\x04")):
			err = v.verify(content)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func contentOf(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

// remain reports whether any value stands in a text.
func (v *residue) remain(text string) (found bool) {
	v.in(fold(v.placeholders.Replace(text)), func(int, int, pii.Category) { found = true })
	return found
}

func (v *residue) verifyXML(data []byte) error {
	var joined, apart, attributes strings.Builder
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return ErrResidue
		}
		switch t := t.(type) {
		case xml.CharData:
			joined.Write(t)
			apart.Write(t)
			apart.WriteByte('\n')
		case xml.EndElement:
			switch t.Name.Local {
			case "p", "si", "is", "tab", "br", "cr":
				joined.WriteByte('\n')
			}
		case xml.Comment, xml.Directive:
			return ErrResidue // there should be none
		case xml.StartElement:
			for _, a := range t.Attr {
				attributes.WriteString(attributeText(a.Value))
			}
		}
	}
	if v.remain(joined.String()) || v.remain(apart.String()) || v.remain(attributes.String()) {
		return ErrResidue
	}
	return nil
}

// attributeText is an attribute as it is, and as a link says it.
func attributeText(v string) string {
	if enumeration(v) || standard(v) {
		return ""
	}
	if plain, err := url.PathUnescape(v); err == nil && plain != v {
		return v + "\n" + plain + "\n"
	}
	return v + "\n"
}
