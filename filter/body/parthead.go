package body

import (
	"bytes"
	"strings"
)

// partHead is the header of one part, as ranges of the text it was read from.
type partHead struct {
	fields   []field
	body     stretch
	types    []string // its Content-Type values
	transfer string   // Content-Transfer-Encoding, lower case
	name     *param   // of Content-Disposition; nil if there is none
	file     bool     // it has a file name
	length   *stretch // the digits of Content-Length
}

// field is one line of a header.
type field struct {
	nameStart, nameEnd   int
	valueStart, valueEnd int
	head                 int  // the end of the value in front of the parameters
	listed               bool // the value is a list of parameters, and not text
	params               []param
}

// readHeads reads the headers of all parts. It reports false for what readers
// disagree about.
func readHeads(text []byte, parts []stretch) (heads []partHead, ok bool) {
	heads = make([]partHead, len(parts))
	for i, part := range parts {
		if !heads[i].read(text, part) {
			return nil, false
		}
	}
	return heads, true
}

func (p *partHead) read(text []byte, part stretch) bool {
	at := part.start
	newline := "" // how lines end: the first one says it
	for {
		i := bytes.IndexByte(text[at:part.end], '\n')
		if i < 0 {
			return false // a header without an end
		}
		end := at + i
		nl := "\n"
		if end > at && text[end-1] == '\r' {
			nl = "\r\n"
			end--
		}
		if newline == "" {
			newline = nl
		}
		if nl != newline || hasControls(text[at:end]) || bytes.ContainsAny(text[at:end], "\r\f\x1b\x1e") {
			return false
		}
		line := stretch{at, end}
		at = end + len(nl)
		if line.start == line.end {
			break
		}
		if c := text[line.start]; c == ' ' || c == '\t' {
			if len(p.fields) == 0 {
				return false
			}
			p.fields[len(p.fields)-1].valueEnd = line.end
		} else if !p.line(text, line) {
			return false
		}
	}
	// Between delimiters, lines of the header end as those do.
	p.body = stretch{at, part.end}
	for i := range p.fields {
		if !p.understand(text, &p.fields[i]) {
			return false
		}
	}
	return bytes.HasPrefix(text[part.end:], []byte(newline))
}

// line takes "name: value" into the fields.
func (p *partHead) line(text []byte, line stretch) bool {
	colon := bytes.IndexByte(text[line.start:line.end], ':')
	if colon <= 0 {
		return false
	}
	f := field{nameStart: line.start, nameEnd: line.start + colon, valueEnd: line.end}
	for _, c := range text[f.nameStart:f.nameEnd] {
		if !isToken(c) {
			return false
		}
	}
	f.valueStart = skipSpace(text, f.nameEnd+1, line.end)
	p.fields = append(p.fields, f)
	return true
}

// understand takes from a field what reading the part depends on.
func (p *partHead) understand(text []byte, f *field) bool {
	f.valueEnd = max(f.valueStart, trimSpace(text, f.valueStart, f.valueEnd))
	value := text[f.valueStart:f.valueEnd]
	switch strings.ToLower(string(text[f.nameStart:f.nameEnd])) {
	case "content-disposition":
		return p.disposition(text, f)
	case "content-type":
		p.types = append(p.types, string(appendDecoded(nil, value, headerEscape{})))
		if head, list, ok := params(text, f.valueStart, f.valueEnd); ok && plainType(string(text[f.valueStart:head])) {
			f.head, f.params, f.listed = head, list, true
		}
	case "content-transfer-encoding":
		transfer := strings.ToLower(string(value))
		if p.transfer != "" && p.transfer != transfer {
			return false
		}
		p.transfer = transfer
		f.valueEnd = f.valueStart // of a closed set
	case "content-encoding":
		return strings.EqualFold(string(value), "identity") // few readers know it in a part
	case "content-length":
		if p.length != nil || len(value) == 0 || len(value) > 10 {
			return false
		}
		p.length = &stretch{f.valueStart, f.valueEnd}
		f.valueEnd = f.valueStart
	}
	return true
}

// disposition reads "form-data; name="…"; filename="…"". What is said twice
// readers disagree about; what is no list of parameters is text.
func (p *partHead) disposition(text []byte, f *field) bool {
	head, list, ok := params(text, f.valueStart, f.valueEnd)
	if !ok {
		p.file = true // perhaps
		return true
	}
	f.head, f.params, f.listed = head, list, true
	for i := range list {
		name := list[i].name(text)
		base, extended, _ := strings.Cut(name, "*")
		switch {
		case extended != "": // RFC 2231: a value in pieces
			return false
		case name == "name":
			if p.name != nil {
				return false
			}
			p.name = &list[i]
		case base == "filename":
			p.file = true
		}
		for j := range i {
			if list[j].name(text) == name {
				return false
			}
		}
	}
	return true
}

// plainType reports whether a media type is nothing but that: a type that is
// known, and a name of letters.
func plainType(s string) bool {
	top, sub, ok := strings.Cut(strings.ToLower(s), "/")
	switch top {
	case "text", "application", "image", "audio", "video", "multipart", "message", "font", "model":
	default:
		return false
	}
	digits := 0
	for i := range len(sub) {
		if !isToken(sub[i]) {
			return false
		}
		if '0' <= sub[i] && sub[i] <= '9' {
			digits++
		}
	}
	return ok && digits < minInteger && len(sub) <= maxBoundary
}

// partHeader emits the header of a part and returns the slot of its name, or
// None.
func (b *builder) partHeader(layer int32, p *partHead, at place) (name int32) {
	name = None
	inside := at
	if len(p.fields) > 0 {
		inside.group = b.group(at.group, None)
	}
	for i := range p.fields {
		f := &p.fields[i]
		if f.valueStart == f.valueEnd {
			continue
		}
		if !f.listed {
			inside.key = b.key(layer, f.nameStart, f.nameEnd, header, inside)
			b.headerText(layer, f.valueStart, f.valueEnd, inside)
			continue
		}
		text := b.doc.layers[layer].text
		if kind := string(text[f.valueStart:f.head]); kind != "form-data" && kind != "attachment" && kind != "inline" && !plainType(kind) {
			inside.key = None
			b.headerText(layer, f.valueStart, f.head, inside)
		}
		for _, q := range f.params {
			if p.name != nil && q == *p.name {
				name = b.param(layer, q, Key, at)
				b.doc.Groups[inside.group].Key = name
				continue
			}
			if q.name(text) == "boundary" {
				continue // part of the frame, as in the header of the message
			}
			inside.key = b.key(layer, q.nameStart, q.nameEnd, header, inside)
			b.param(layer, q, Value, inside)
		}
	}
	return name
}

// param emits the value of a parameter and returns its first slot, or None.
func (b *builder) param(layer int32, q param, k Kind, at place) int32 {
	before := len(b.doc.Slots)
	text := b.doc.layers[layer].text
	switch {
	case strings.HasSuffix(q.name(text), "*"):
		b.extValue(layer, q, at)
	case q.quoted:
		b.value(layer, q.valueStart, q.valueEnd, quoted, k, at)
	case b.skip.skipped(at.state):
	default:
		l := b.push(layer, q.valueStart, q.valueEnd, tokenEscape{})
		b.value(l, 0, len(b.doc.layers[l].text), plain, k, at)
	}
	if len(b.doc.Slots) == before {
		return None
	}
	return int32(before)
}

// extValue emits the value of a parameter as RFC 8187 has it.
func (b *builder) extValue(layer int32, q param, at place) {
	text := b.doc.layers[layer].text[q.valueStart:q.valueEnd]
	charset, rest, ok := bytes.Cut(text, []byte("'"))
	language, value, ok2 := bytes.Cut(rest, []byte("'"))
	if !ok || !ok2 || len(language) > 16 || q.quoted {
		b.fail(ErrAmbiguous)
		return
	}
	if b.skip.skipped(at.state) {
		return
	}
	l := b.push(layer, q.valueEnd-len(value), q.valueEnd, extValueEscape{})
	switch strings.ToLower(string(charset)) {
	case "utf-8":
	case "iso-8859-1":
		l = b.push(l, 0, len(b.doc.layers[l].text), latin1)
	default:
		b.fail(ErrAmbiguous)
		return
	}
	b.value(l, 0, len(b.doc.layers[l].text), plain, Value, at)
}

// headerText emits the value of a header that is text.
func (b *builder) headerText(layer int32, start, end int, at place) {
	if bytes.Contains(b.doc.layers[layer].text[start:end], []byte("=?")) {
		b.fail(ErrAmbiguous) // RFC 2047: words that some readers decode
		return
	}
	b.value(layer, start, end, header, Value, at)
}
