package body

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// jsonEscape: the inside of a JSON string (RFC 8259, section 7). Escapes
// that JSON does not know are literal.
type jsonEscape struct{}

func (jsonEscape) unit(raw []byte) unit {
	if raw[0] != '\\' {
		raw = raw[:min(len(raw), literalMax)]
		if i := bytes.IndexByte(raw, '\\'); i >= 0 {
			return literal(i)
		}
		return literal(len(raw))
	}
	if len(raw) < 2 {
		return literal(1)
	}
	switch c := raw[1]; c {
	case '"', '\\', '/':
		return decodedByte(2, c)
	case 'b':
		return decodedByte(2, '\b')
	case 'f':
		return decodedByte(2, '\f')
	case 'n':
		return decodedByte(2, '\n')
	case 'r':
		return decodedByte(2, '\r')
	case 't':
		return decodedByte(2, '\t')
	case 'u':
		return unicodeUnit(raw)
	}
	return literal(1)
}

// looseEscape: what lenient readers know besides: \xHH and \u{H…} of JSON5,
// YAML and program text, \UXXXXXXXX of Python, a backslash before punctuation
// (JSON5, Markdown) or a line's end.
type looseEscape struct{ jsonEscape }

func (looseEscape) unit(raw []byte) unit {
	if r, n := looseRune(raw); n > 0 {
		return decodedRune(n, r)
	}
	if len(raw) > 1 && raw[0] == '\\' {
		switch c := raw[1]; {
		case c == '\n':
			return unit{raw: 2}
		case punctuation(c):
			return decodedByte(2, c)
		}
	}
	return jsonEscape{}.unit(raw)
}

// punctuation reports whether c is one of ASCII's marks.
func punctuation(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}

// looseRune reads an escape that only lenient readers know, at the start of
// raw; n is 0 if there is none.
func looseRune(raw []byte) (r rune, n int) {
	if len(raw) < 4 || raw[0] != '\\' {
		return 0, 0
	}
	switch raw[1] {
	case 'x':
		return hexRune(raw, 2, 4)
	case 'U':
		return hexRune(raw, 2, 10)
	case 'u':
		if end := bytes.IndexByte(raw[:min(len(raw), 10)], '}'); raw[2] == '{' && end > 3 {
			r, n = hexRune(raw, 3, end)
			return r, min(n, 1) * (n + 1)
		}
	}
	return 0, 0
}

// hexRune reads raw[start:end], all of it hex digits; n is end, or 0.
func hexRune(raw []byte, start, end int) (r rune, n int) {
	if end > len(raw) {
		return 0, 0
	}
	for _, c := range raw[start:end] {
		d := unhex(c)
		if d < 0 {
			return 0, 0
		}
		r = r<<4 | rune(d)
	}
	if r < 0 || r > utf8.MaxRune {
		return 0, 0
	}
	return r, end
}

// unicodeUnit reads \uXXXX or a surrogate pair. A lone surrogate has no
// UTF-8 form and reads as U+FFFD; its raw bytes stay as they are.
func unicodeUnit(raw []byte) unit {
	r, ok := hex4(raw)
	if !ok {
		return literal(1)
	}
	if !utf16.IsSurrogate(r) {
		return decodedRune(6, r)
	}
	low, ok := hex4(raw[6:])
	if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
		return decodedRune(12, pair)
	}
	return decodedRune(6, utf8.RuneError)
}

// hex4 reads the code unit of a \uXXXX at the start of raw.
func hex4(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range raw[2:6] {
		d := unhex(c)
		if d < 0 {
			return 0, false
		}
		r = r<<4 | rune(d)
	}
	return r, true
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

const hexDigits = "0123456789ABCDEF"

func (jsonEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		switch {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c == '\n':
			dst = append(dst, '\\', 'n')
		case c < 0x20:
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
