package body

import (
	"bytes"
	"strings"
)

// param is one parameter of a header such as Content-Disposition, as ranges
// of the text it was read from. The value of a quoted one lies inside of its
// quotes.
type param struct {
	nameStart, nameEnd   int
	valueStart, valueEnd int
	quoted               bool
}

// maxParams bounds a list of parameters. Nobody sends a dozen.
const maxParams = 64

func (p param) name(text []byte) string {
	return strings.ToLower(string(text[p.nameStart:p.nameEnd]))
}

// params reads "value; name=value; name="value"" from text[start:end]. It
// returns the end of the value in front, and reports false for what is not
// written so: then nobody knows what another reader makes of it.
func params(text []byte, start, end int) (head int, list []param, ok bool) {
	head = end
	if i := bytes.IndexByte(text[start:end], ';'); i >= 0 {
		head = start + i
	}
	for at := head; ; {
		if at = skipSpace(text, at, end); at == end {
			return trimSpace(text, start, head), list, true
		}
		if text[at] != ';' {
			return 0, nil, false
		}
		if at = skipSpace(text, at+1, end); at == end {
			continue // a semicolon at the end
		}
		var p param
		if p, at, ok = readParam(text, at, end); !ok || len(list) == maxParams {
			return 0, nil, false
		}
		list = append(list, p)
	}
}

func readParam(text []byte, at, end int) (p param, next int, ok bool) {
	p.nameStart = at
	for at < end && isToken(text[at]) {
		at++
	}
	if p.nameEnd = at; p.nameEnd == p.nameStart || at == end || text[at] != '=' {
		return p, at, false
	}
	at++
	if at < end && text[at] == '"' {
		p.quoted, p.valueStart = true, at+1
		for at++; at < end && text[at] != '"'; at++ {
			if text[at] == '\\' && at+1 < end && (text[at+1] == '"' || text[at+1] == '\\') {
				at++
			}
		}
		if at >= end {
			return p, at, false
		}
		p.valueEnd = at
		return p, at + 1, true
	}
	p.valueStart = at
	for at < end && text[at] != ';' && text[at] != ' ' && text[at] != '\t' && text[at] != '"' {
		at++
	}
	p.valueEnd = at
	return p, at, p.valueEnd > p.valueStart
}

func skipSpace(text []byte, at, end int) int {
	for at < end && (text[at] == ' ' || text[at] == '\t' || text[at] == '\r' || text[at] == '\n') {
		at++
	}
	return at
}

// trimSpace is the end of text[start:end] without white space behind it.
func trimSpace(text []byte, start, end int) int {
	return start + len(bytes.TrimRight(text[start:end], " \t\r\n"))
}

// isToken reports whether a token may hold c (RFC 2045, section 5.1).
func isToken(c byte) bool {
	return ' ' < c && c < 0x7F && strings.IndexByte(`()<>@,;:\"/[]?=`, c) < 0
}

// boundary is what a message says of how its parts are kept apart.
type boundary struct {
	value string
	short string // what a reader takes who stops at the first special character
	bad   bool   // said twice, or in a way that readers disagree about
}

// maxBoundary is the length of RFC 2046, section 5.1.1, in bytes.
const maxBoundary = 70

// add reads the boundary of one Content-Type value of a multipart type.
func (d *boundary) add(contentType string) {
	text := []byte(contentType)
	_, list, ok := params(text, 0, len(text))
	if !ok {
		d.bad = true
		return
	}
	for _, p := range list {
		switch name := p.name(text); {
		case name == "boundary":
			value := string(text[p.valueStart:p.valueEnd])
			short := value
			if i := strings.IndexFunc(value, func(r rune) bool { return r > 0x7F || !isToken(byte(r)) }); i >= 0 && !p.quoted {
				short = value[:i]
			}
			if d.value != "" && d.value != value || !isBoundary(value) || short == "" || d.seen(list, text) {
				d.bad = true
			}
			d.value, d.short = value, short
		case strings.HasPrefix(name, "boundary*"): // RFC 2231: few readers know it
			d.bad = true
		}
	}
}

// seen reports whether the list names the boundary twice: readers take the
// first, the last, or none.
func (*boundary) seen(list []param, text []byte) bool {
	n := 0
	for _, p := range list {
		if p.name(text) == "boundary" {
			n++
		}
	}
	return n > 1
}

func isBoundary(s string) bool {
	if s == "" || len(s) > maxBoundary || s[len(s)-1] == ' ' {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c != ' ' && !isToken(c) && strings.IndexByte("()/:=?", c) < 0 {
			return false
		}
	}
	return true
}
