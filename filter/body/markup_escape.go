package body

import (
	"bytes"
	"html"
	"unicode/utf8"
)

// markupEscape: text and quoted attributes of XML and HTML, with character
// references. What is written can stand in any of those places.
type markupEscape struct{}

func (markupEscape) unit(raw []byte) unit {
	if raw[0] == '&' {
		if r, n := anyReference(raw); n > 0 {
			return decodedRune(n, r)
		}
		return literal(1)
	}
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexByte(raw, '&'); i >= 0 {
		return literal(i)
	}
	return literal(len(raw))
}

func (markupEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, html.EscapeString(string(text))...)
}

// longestName is that of CounterClockwiseContourIntegral, in bytes.
const longestName = 32

// anyReference reads a character reference of HTML at the start of raw, by
// number or by any of its names; n is 0 if there is none. Names of XML are
// among them.
func anyReference(raw []byte) (r rune, n int) {
	if r, n = reference(raw); n > 0 {
		return r, n
	}
	end := 1
	for end < len(raw) && end <= longestName && isAlnum(raw[end]) {
		end++
	}
	if end < len(raw) && raw[end] == ';' {
		if r, ok := named(raw[:end+1]); ok {
			return r, end + 1
		}
	}
	// Names from before HTML 4 need no semicolon; six letters at most.
	for end = min(end, 1+6); end > 2; end-- {
		if r, ok := named(raw[:end]); ok {
			return r, end
		}
	}
	return 0, 0
}

func named(reference []byte) (rune, bool) {
	text := html.UnescapeString(string(reference))
	r, n := utf8.DecodeRuneInString(text)
	return r, n == len(text) && r != '&' || text == "&" && len(reference) > 1
}

func isAlnum(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// bareEscape: an attribute of HTML without quotes.
type bareEscape struct{ markupEscape }

func (e bareEscape) appendEscaped(dst, text, replaced []byte) []byte {
	for _, c := range text {
		switch c {
		case ' ', '\t', '\n', '\r', '\f':
			dst = append(dst, "&#32;"...)
		case '=':
			dst = append(dst, "&#61;"...)
		case '`':
			dst = append(dst, "&#96;"...)
		default:
			dst = e.markupEscape.appendEscaped(dst, []byte{c}, replaced)
		}
	}
	return dst
}

// proseEscape: text of HTML with tags in it that a reader does not see, such
// as "lena@<b>example</b>.com". They keep their place beside the replacement.
type proseEscape struct{ markupEscape }

func (e proseEscape) unit(raw []byte) unit {
	if n := invisible(raw); n > 0 {
		return unit{raw: n}
	}
	if raw[0] == '<' {
		return literal(1)
	}
	u := e.markupEscape.unit(raw)
	if u.literal {
		if i := bytes.IndexByte(raw[:u.raw], '<'); i >= 0 {
			return literal(i)
		}
	}
	return u
}

func (e proseEscape) appendEscaped(dst, text, replaced []byte) []byte {
	for len(replaced) > 0 { // tags in front stay in front
		n := invisible(replaced)
		if n == 0 {
			break
		}
		dst, replaced = append(dst, replaced[:n]...), replaced[n:]
	}
	dst = e.markupEscape.appendEscaped(dst, text, nil)
	for len(replaced) > 0 {
		u := e.unit(replaced)
		if u.text == 0 {
			dst = append(dst, replaced[:u.raw]...)
		}
		replaced = replaced[u.raw:]
	}
	return dst
}

// invisible is the length of a tag without attributes or of a blank comment
// at the start of raw; 0 if there is none.
func invisible(raw []byte) int {
	if len(raw) < 3 || raw[0] != '<' {
		return 0
	}
	if rest, ok := bytes.CutPrefix(raw, []byte("<!--")); ok {
		rest = bytes.TrimLeft(rest[:min(len(rest), literalMax)], " \t\r\n")
		if bytes.HasPrefix(rest, []byte("-->")) {
			return bytes.Index(raw[len("<!--"):], []byte("-->")) + len("<!---->")
		}
		return 0
	}
	n := 1
	if raw[n] == '/' {
		n++
	}
	if n == len(raw) || !isAlnum(raw[n]) || raw[n] <= '9' {
		return 0
	}
	for n < len(raw) && n < longestName && isAlnum(raw[n]) {
		n++
	}
	for n < len(raw) && n < literalMax && (raw[n] == ' ' || raw[n] == '/' || raw[n] == '\n') {
		n++
	}
	if n < len(raw) && raw[n] == '>' {
		return n + 1
	}
	return 0
}

// cdataEscape: a CDATA section of XML.
type cdataEscape struct{ plainEscape }

func (cdataEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, bytes.ReplaceAll(text, []byte("]]>"), []byte("]]]]><![CDATA[>"))...)
}

// asideEscape: comments, processing instructions and declarations. They hold
// neither references nor what might end them.
type asideEscape struct{ plainEscape }

func (asideEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		switch c {
		case '<':
			c = '('
		case '>':
			c = ')'
		case '-', '?', '"', '\'', ']':
			c = '_'
		}
		dst = append(dst, c)
	}
	return dst
}
