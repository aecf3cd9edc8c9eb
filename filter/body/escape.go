package body

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// escape is one way of writing text inside a carrier. unit is both decoder
// and offset map: whoever walks a range unit by unit knows at every step how
// many raw and how many decoded bytes lie behind, so no map is ever stored.
type escape interface {
	// unit reads the first unit of raw, which is not empty.
	unit(raw []byte) unit
	// appendEscaped appends text as it is written in the carrier. replaced
	// is what stood there before.
	appendEscaped(dst, text, replaced []byte) []byte
}

// unit is the smallest stretch of raw bytes that decodes by itself. A literal
// unit is its own text, and any byte of it maps to itself.
type unit struct {
	raw     int // bytes it takes
	text    int // bytes it decodes to
	decoded [utf8.UTFMax]byte
	literal bool
}

func literal(n int) unit { return unit{raw: n, text: n, literal: true} }

func decodedByte(n int, c byte) unit {
	return unit{raw: n, text: 1, decoded: [utf8.UTFMax]byte{c}}
}

func decodedRune(n int, r rune) unit {
	u := unit{raw: n}
	u.text = utf8.EncodeRune(u.decoded[:], r)
	return u
}

// escapeID is a slot's escape, one byte instead of an interface.
type escapeID uint8

const (
	plain escapeID = iota
	jsonString
	looseJSON
	formValue
	formPhone
	percent
	entity
)

var escapes = [...]escape{
	plain:      plainEscape{},
	jsonString: jsonEscape{},
	looseJSON:  looseEscape{},
	formValue:  formEscape{},
	formPhone:  formPhoneEscape{},
	percent:    percentEscape{},
	entity:     entityEscape{},
}

// literalMax bounds a literal unit, so that locating many spans in one long
// run without escapes does not search the run to its end each time.
const literalMax = 1024

// appendDecoded appends the text that raw stands for.
func appendDecoded(dst, raw []byte, e escape) []byte {
	for len(raw) > 0 {
		u := e.unit(raw)
		if u.literal {
			dst = append(dst, raw[:u.raw]...)
		} else {
			dst = append(dst, u.decoded[:u.text]...)
		}
		raw = raw[u.raw:]
	}
	return dst
}

// plainEscape: the bytes are the text.
type plainEscape struct{}

func (plainEscape) unit(raw []byte) unit { return literal(len(raw)) }

func (plainEscape) appendEscaped(dst, text, _ []byte) []byte { return append(dst, text...) }

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

// formEscape: a name or value of application/x-www-form-urlencoded (WHATWG
// URL, section 5). A '%' without two hex digits is literal.
type formEscape struct{}

func (formEscape) unit(raw []byte) unit {
	if raw[0] == '+' {
		return decodedByte(1, ' ')
	}
	u := percentUnit(raw, "%+")
	// No form has a blank in it. Behind one, in what only carries the label,
	// '+' begins a telephone number.
	for n := u.raw; u.literal && 0 < n && n < literalMax && n+1 < len(raw) && raw[n] == '+' && raw[n+1]-'0' <= 9 &&
		raw[n-1] == ' ' && (n == 1 || raw[n-2]-'0' > 9); n = u.raw {
		u = literal(n + 1 + percentUnit(raw[n+1:], "%+").raw)
	}
	return u
}

func (formEscape) appendEscaped(dst, text, _ []byte) []byte {
	return appendPercent(dst, text, '+')
}

// formPhoneEscape: a value of a form in which '+' stands for itself.
type formPhoneEscape struct{ formEscape }

func (formPhoneEscape) unit(raw []byte) unit { return percentUnit(raw, "%") }

// percentEscape: percent-encoding found in something that is not declared
// as a form, where '+' may be a plain plus.
type percentEscape struct{}

func (percentEscape) unit(raw []byte) unit { return percentUnit(raw, "%") }

// appendEscaped encodes only where the old value was encoded: elsewhere the
// text around it is not percent-encoded at all.
func (percentEscape) appendEscaped(dst, text, replaced []byte) []byte {
	if bytes.IndexByte(replaced, '%') < 0 {
		return append(dst, text...)
	}
	return appendPercent(dst, text, 0)
}

// percentUnit reads %XX, or the bytes before the next special one.
func percentUnit(raw []byte, special string) unit {
	if raw[0] == '%' {
		if c, ok := hex2(raw); ok {
			return decodedByte(3, c)
		}
		if r, ok := percentU(raw); ok {
			return decodedRune(6, r)
		}
		return literal(1)
	}
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexAny(raw, special); i >= 0 {
		return literal(i)
	}
	return literal(len(raw))
}

// percentU reads %uXXXX, which JavaScript's escape() writes and some servers
// still read.
func percentU(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '%' || raw[1] != 'u' {
		return 0, false
	}
	r, n := hexRune(raw, 2, 6)
	return r, n > 0
}

func hex2(raw []byte) (byte, bool) {
	if len(raw) < 3 || raw[0] != '%' {
		return 0, false
	}
	hi, lo := unhex(raw[1]), unhex(raw[2])
	if hi < 0 || lo < 0 {
		return 0, false
	}
	return byte(hi<<4 | lo), true
}

// appendPercent encodes all but the bytes that forms leave alone; space
// becomes the given byte, or %20 if that is 0.
func appendPercent(dst, text []byte, space byte) []byte {
	for _, c := range text {
		switch {
		case c == ' ' && space != 0:
			dst = append(dst, space)
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9',
			c == '*', c == '-', c == '.', c == '_':
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return dst
}
