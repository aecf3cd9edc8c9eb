package document

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// xmlPart is a part as its tokens, of which those that change are written
// anew and all others keep their bytes.
type xmlPart struct {
	data   []byte
	tokens []token
}

// token is one of a part. Its bytes are data[from:to]; those of the end of an
// element that closes itself are empty.
type token struct {
	from, to int
	kind     tokenKind
	name     xml.Name // of an element: prefix and local name
	attrs    []xml.Attr
	text     string
	parent   int // token that begins the element this one is in; -1: none
	dropped  bool
	changed  bool
}

type tokenKind uint8

const (
	startToken tokenKind = iota
	endToken
	textToken
	otherToken // the declaration
)

// parseXML reads a part. A document type could define what text says, so there
// must be none; comments and instructions go, because nobody sees what they say.
func parseXML(data []byte, depth int) (*xmlPart, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	p := &xmlPart{data: data}
	var open []int
	roots := 0
	for {
		from := int(d.InputOffset())
		raw, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, ErrFormat
		}
		t := token{from: from, to: int(d.InputOffset()), parent: -1}
		if len(open) > 0 {
			t.parent = open[len(open)-1]
		}
		switch raw := raw.(type) {
		case xml.StartElement:
			t.kind, t.name, t.attrs = startToken, raw.Name, slices.Clone(raw.Attr)
			if len(open) == 0 {
				roots++
			}
			if open = append(open, len(p.tokens)); len(open) > depth {
				return nil, ErrTooLarge
			}
		case xml.EndElement:
			if len(open) == 0 || p.tokens[t.parent].name != raw.Name {
				return nil, ErrFormat
			}
			t.kind, t.name = endToken, raw.Name
			open = open[:len(open)-1]
		case xml.CharData:
			t.kind, t.text = textToken, string(raw)
			if len(open) == 0 && strings.Trim(t.text, " \t\r\n\ufeff") != "" {
				return nil, ErrFormat
			}
		case xml.Directive:
			return nil, ErrFormat
		case xml.ProcInst:
			t.kind, t.dropped = otherToken, raw.Target != "xml"
		default:
			t.kind, t.dropped = otherToken, true
		}
		p.tokens = append(p.tokens, t)
	}
	if len(open) != 0 || roots != 1 {
		return nil, ErrFormat
	}
	return p, nil
}

// drop takes an element out, from the token that begins it on, and returns the
// token behind it.
func (p *xmlPart) drop(start int) int {
	for i := start; ; i++ {
		p.tokens[i].dropped = true
		if p.tokens[i].kind == endToken && p.tokens[i].parent == start {
			return i + 1
		}
	}
}

// attr is the value of an attribute by its local name.
func (t *token) attr(local string) string {
	for _, a := range t.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// render writes the part.
func (p *xmlPart) render() []byte {
	var out bytes.Buffer
	for i := range p.tokens {
		t := &p.tokens[i]
		switch raw := p.data[t.from:t.to]; {
		case t.dropped:
		case !t.changed:
			out.Write(raw)
		case t.kind == textToken:
			escape(&out, t.text)
		default:
			t.renderStart(&out, bytes.HasSuffix(raw, []byte("/>")))
		}
	}
	return out.Bytes()
}

func (t *token) renderStart(out *bytes.Buffer, closed bool) {
	out.WriteString("<" + qualified(t.name))
	for _, a := range t.attrs {
		out.WriteString(" " + qualified(a.Name) + `="`)
		escape(out, a.Value)
		out.WriteByte('"')
	}
	if closed {
		out.WriteByte('/')
	}
	out.WriteByte('>')
}

// escape cannot fail: what it writes to does not.
func escape(out *bytes.Buffer, s string) { _ = xml.EscapeText(out, []byte(s)) }

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}
