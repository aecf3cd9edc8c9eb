package ocr

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"io"
	"strconv"
	"strings"
)

// errHOCR says that the engine's answer could not be read.
var errHOCR = errors.New("reading the engine's answer")

// parseHOCR reads Tesseract's hOCR with character boxes (hocr-spec 1.2): areas,
// lines, words, and in each word a span for every character.
func parseHOCR(raw []byte) (*Page, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict, d.Entity = false, xml.HTMLEntity
	p := hocrParser{page: new(Page)}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return p.page, nil
		}
		if err != nil {
			return nil, errHOCR // the decoder's own words may quote
		}
		switch t := token.(type) {
		case xml.StartElement:
			p.start(t)
		case xml.CharData:
			p.text(t)
		case xml.EndElement:
			p.depth--
			if p.inChar > p.depth {
				p.inChar = 0
			}
		}
	}
}

type hocrParser struct {
	page   *Page
	depth  int
	inChar int // depth of the open character; 0: none
}

func (p *hocrParser) start(e xml.StartElement) {
	p.depth++
	class, title := attribute(e, "class"), attribute(e, "title")
	switch class {
	case "ocr_carea":
		p.page.Blocks = append(p.page.Blocks, Block{})
	case "ocr_line", "ocr_header", "ocr_textfloat", "ocr_caption":
		if len(p.page.Blocks) == 0 {
			p.page.Blocks = append(p.page.Blocks, Block{})
		}
		b := &p.page.Blocks[len(p.page.Blocks)-1]
		b.Lines = append(b.Lines, Line{Box: box(title, "bbox")})
	case "ocrx_word":
		if l := p.line(); l != nil {
			l.Words = append(l.Words, Word{Box: box(title, "bbox"), Confidence: number(title, "x_wconf")})
		}
	case "ocrx_cinfo":
		if w := p.word(); w != nil {
			w.Chars = append(w.Chars, Char{Box: box(title, "x_bboxes")})
			p.inChar = p.depth
		}
	}
}

func (p *hocrParser) text(t xml.CharData) {
	if p.inChar == 0 {
		return
	}
	w := p.word()
	c := &w.Chars[len(w.Chars)-1]
	c.Text += string(t)
}

func (p *hocrParser) line() *Line {
	if len(p.page.Blocks) == 0 {
		return nil
	}
	lines := p.page.Blocks[len(p.page.Blocks)-1].Lines
	if len(lines) == 0 {
		return nil
	}
	return &lines[len(lines)-1]
}

func (p *hocrParser) word() *Word {
	l := p.line()
	if l == nil || len(l.Words) == 0 {
		return nil
	}
	return &l.Words[len(l.Words)-1]
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// property finds "name value…" among the properties of a title.
func property(title, name string) []string {
	for part := range strings.SplitSeq(title, ";") {
		if fields := strings.Fields(part); len(fields) > 1 && fields[0] == name {
			return fields[1:]
		}
	}
	return nil
}

func box(title, name string) (r image.Rectangle) {
	if values := property(title, name); len(values) == 4 {
		_, err := fmt.Sscan(strings.Join(values, " "), &r.Min.X, &r.Min.Y, &r.Max.X, &r.Max.Y)
		if err != nil {
			return image.Rectangle{}
		}
	}
	return r
}

func number(title, name string) float64 {
	values := property(title, name)
	if len(values) == 0 {
		return 0
	}
	n, err := strconv.ParseFloat(values[0], 64)
	if err != nil {
		return 0
	}
	return n
}
