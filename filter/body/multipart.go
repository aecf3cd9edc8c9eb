package body

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

const notMultipart Format = ""

// Bounds of multipart bodies.
const (
	maxMultipart = 3      // multipart in multipart in …
	maxParts     = 10_000 // of one body
)

// multipart reads a body of parts (RFC 2046, section 5.1; RFC 7578). It is
// strict: readers take a doubtful boundary differently, and what one takes for
// a picture is a letter to another. What is before and behind the parts is
// text. It reports notMultipart for what has no parts at all.
func (b *builder) multipart(layer int32, h Hint, at place) Format {
	text := b.doc.layers[layer].text
	d := h.boundary
	if d.value == "" || d.bad {
		if bytes.Contains(text, []byte("--")) {
			b.fail(ErrAmbiguous)
			return Multipart
		}
		return notMultipart
	}
	if !bytes.Contains(text, []byte("--"+d.value)) && (d.short == d.value || !bytes.Contains(text, []byte("--"+d.short))) {
		return notMultipart
	}
	parts, ok := splitParts(text, d)
	if !ok || b.parts+len(parts) > maxParts || b.nesting == maxMultipart {
		b.fail(ErrAmbiguous)
		return Multipart
	}
	b.parts += len(parts)
	b.nesting++
	b.text(layer, 0, parts[0].start, at)
	heads, ok := readHeads(text, parts[1:len(parts)-1])
	if !ok {
		b.fail(ErrAmbiguous)
		return Multipart
	}
	if c := formCharset(text, heads); c != "" {
		h.Charsets = []string{c}
	} else {
		h.Charsets = nil
	}
	at.group = b.group(at.group, at.key)
	for i := range heads {
		b.part(layer, &heads[i], h, at)
	}
	at.key = None
	b.text(layer, parts[len(parts)-1].start, len(text), at)
	b.nesting--
	return Multipart
}

// stretch is a range of a text.
type stretch struct{ start, end int }

// splitParts finds the parts. The first and last stretch are the preamble, of
// which start is where it ends, and the epilogue.
func splitParts(text []byte, d boundary) (parts []stretch, ok bool) {
	delimiter := []byte("--" + d.value)
	if d.short != d.value && bytes.Count(text, []byte("--"+d.short)) != bytes.Count(text, delimiter) {
		return nil, false
	}
	newline := "" // how all of them end: with CRLF or with LF
	from, closed := 0, false
	for {
		i := bytes.Index(text[from:], delimiter)
		if i < 0 {
			break
		}
		start := from + i
		before, ok := precedes(text, start)
		if !ok || closed {
			return nil, false
		}
		end := start + len(delimiter)
		if closed = bytes.HasPrefix(text[end:], []byte("--")); closed {
			end += 2
		}
		for end < len(text) && (text[end] == ' ' || text[end] == '\t') {
			end++
		}
		after := string(lineBreak(text[end:]))
		for _, nl := range []string{before, after} {
			if newline == "" {
				newline = nl
			} else if nl != "" && nl != newline {
				return nil, false
			}
		}
		if after == "" && (!closed || end < len(text)) {
			return nil, false
		}
		if n := len(parts); n == 0 {
			parts = append(parts, stretch{start, start})
		} else if parts[n-1].end = start - len(before); parts[n-1].end < parts[n-1].start {
			return nil, false
		}
		from = end + len(after)
		parts = append(parts, stretch{from, len(text)})
	}
	return parts, closed
}

// precedes is the line break before a delimiter; "" at the start of the text.
func precedes(text []byte, at int) (newline string, ok bool) {
	switch {
	case at == 0:
		return "", true
	case text[at-1] != '\n':
		return "", false
	case at > 1 && text[at-2] == '\r':
		return "\r\n", true
	}
	return "\n", true
}

// formCharset is what the field "_charset_" of a form says (RFC 7578,
// section 4.6).
func formCharset(text []byte, heads []partHead) string {
	for i := range heads {
		p := &heads[i]
		if p.name != nil && string(text[p.name.valueStart:p.name.valueEnd]) == "_charset_" {
			return strings.ToLower(string(bytes.TrimSpace(text[p.body.start:p.body.end])))
		}
	}
	return ""
}

// part reads one part: its header, and its body by its own type.
func (b *builder) part(layer int32, p *partHead, h Hint, at place) {
	text := b.doc.layers[layer].text
	if p.name != nil && b.skip.active() {
		at.state = b.skip.member(at.state, text[p.name.valueStart:p.name.valueEnd])
	}
	key := b.partHeader(layer, p, at)
	if p.body.start < p.body.end {
		if h.isMixed() {
			at.group = b.group(at.group, at.key)
		}
		at.key = key
		b.partBody(layer, p, h, at)
	}
	if p.length != nil {
		b.partLength(layer, p)
	}
}

func (b *builder) partBody(layer int32, p *partHead, h Hint, at place) {
	hint := NewHint(p.types, "")
	hint.ReadCode = h.ReadCode
	if len(p.types) == 0 && !p.file {
		hint.Types = []string{"text/plain"} // RFC 2046, section 5.2
	}
	if len(hint.Charsets) == 0 {
		hint.Charsets = h.Charsets
	}
	inner, ok := b.transfer(layer, p)
	if !ok {
		b.fail(ErrAmbiguous)
		return
	}
	if b.entity(inner, hint, at) == Unsupported {
		b.doc.Unread++
	}
}

// isMixed reports whether the parts of a message are not the fields of a form.
func (h Hint) isMixed() bool {
	return !slices.Contains(h.Types, "multipart/form-data")
}

// transfer puts a layer on the body of a part, through its transfer encoding.
func (b *builder) transfer(layer int32, p *partHead) (inner int32, ok bool) {
	raw := b.doc.layers[layer].text[p.body.start:p.body.end]
	var e escape
	switch p.transfer {
	case "", "7bit", "8bit", "binary":
		e = escapes[plain]
	case "base64":
		base64, ok := readBase64(raw)
		if !ok {
			return 0, false
		}
		b.doc.doubts = append(append(b.doc.doubts, raw...), '\n')
		e = base64
	case "quoted-printable":
		if !readQuotedPrintable(raw) {
			return 0, false
		}
		b.doc.doubts = appendNumbers(b.doc.doubts, raw)
		e = quotedPrintable{}
	default:
		return 0, false
	}
	return b.push(layer, p.body.start, p.body.end, e), true
}

// appendNumbers appends the numbers that quoted-printable takes apart: what is
// "=40" and "00…" to us is one number to a reader who decodes nothing.
func appendNumbers(dst, raw []byte) []byte {
	for {
		i := bytes.IndexByte(raw, '=')
		if i < 0 {
			return dst
		}
		raw = raw[i+1:]
		if n := len(raw) - len(bytes.TrimLeft(raw, "0123456789 .-/")); n >= minInteger {
			dst = append(append(dst, raw[:n]...), '\n')
		}
	}
}

// partLength takes note of a part's Content-Length, which must change with it.
func (b *builder) partLength(layer int32, p *partHead) {
	text := b.doc.layers[layer].text
	if string(text[p.length.start:p.length.end]) != strconv.Itoa(p.body.end-p.body.start) {
		b.fail(ErrAmbiguous)
		return
	}
	b.length(layer, decimal, p.length.start, p.length.end, p.body.start, p.body.end)
}
