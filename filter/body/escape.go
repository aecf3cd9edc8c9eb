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
	// unit reads the first unit of raw, which is not empty. It returns how
	// many raw bytes the unit takes and its text, which is raw[:n] itself
	// when the unit is literal: then any byte of it maps to itself.
	unit(raw []byte, buf *[utf8.UTFMax]byte) (n int, text []byte, literal bool)
	// appendEscaped appends text as it is written in the carrier. replaced
	// is what stood there before.
	appendEscaped(dst, text, replaced []byte) []byte
}

// escapeID is a slot's escape, one byte instead of an interface.
type escapeID uint8

const (
	plain escapeID = iota
	jsonString
	looseJSON
	formValue
	percent
)

var escapes = [...]escape{
	plain:      plainEscape{},
	jsonString: jsonEscape{},
	looseJSON:  jsonEscape{},
	formValue:  formEscape{},
	percent:    percentEscape{},
}

// literalMax bounds a literal unit, so that locating many spans in one long
// run without escapes does not search the run to its end each time.
const literalMax = 1024

// appendDecoded appends the text that raw stands for.
func appendDecoded(dst, raw []byte, e escape) []byte {
	var buf [utf8.UTFMax]byte
	for len(raw) > 0 {
		n, text, _ := e.unit(raw, &buf)
		dst = append(dst, text...)
		raw = raw[n:]
	}
	return dst
}

// plainEscape: the bytes are the text.
type plainEscape struct{}

func (plainEscape) unit(raw []byte, _ *[utf8.UTFMax]byte) (int, []byte, bool) {
	return len(raw), raw, true
}

func (plainEscape) appendEscaped(dst, text, _ []byte) []byte { return append(dst, text...) }

// jsonEscape: the inside of a JSON string (RFC 8259, section 7). Escapes
// that JSON does not know are literal, so that it reads broken JSON too.
type jsonEscape struct{}

func (jsonEscape) unit(raw []byte, buf *[utf8.UTFMax]byte) (int, []byte, bool) {
	if raw[0] != '\\' {
		raw = raw[:min(len(raw), literalMax)]
		if i := bytes.IndexByte(raw, '\\'); i >= 0 {
			return i, raw[:i], true
		}
		return len(raw), raw, true
	}
	if len(raw) < 2 {
		return 1, raw[:1], true
	}
	switch c := raw[1]; c {
	case '"', '\\', '/':
		buf[0] = c
	case 'b':
		buf[0] = '\b'
	case 'f':
		buf[0] = '\f'
	case 'n':
		buf[0] = '\n'
	case 'r':
		buf[0] = '\r'
	case 't':
		buf[0] = '\t'
	case 'u':
		return unicodeUnit(raw, buf)
	default:
		return 1, raw[:1], true
	}
	return 2, buf[:1], false
}

// unicodeUnit reads \uXXXX or a surrogate pair. A lone surrogate has no
// UTF-8 form and reads as U+FFFD; its raw bytes stay as they are.
func unicodeUnit(raw []byte, buf *[utf8.UTFMax]byte) (int, []byte, bool) {
	r, ok := hex4(raw)
	if !ok {
		return 1, raw[:1], true
	}
	n := 6
	if utf16.IsSurrogate(r) {
		low, ok := hex4(raw[6:])
		if pair := utf16.DecodeRune(r, low); ok && pair != utf8.RuneError {
			r, n = pair, 12
		} else {
			r = utf8.RuneError
		}
	}
	return n, buf[:utf8.EncodeRune(buf[:], r)], false
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

func (formEscape) unit(raw []byte, buf *[utf8.UTFMax]byte) (int, []byte, bool) {
	if raw[0] == '+' {
		buf[0] = ' '
		return 1, buf[:1], false
	}
	return percentUnit(raw, buf, "%+")
}

func (formEscape) appendEscaped(dst, text, _ []byte) []byte {
	return appendPercent(dst, text, '+')
}

// percentEscape: percent-encoding found in something that is not declared
// as a form, where '+' may be a plain plus.
type percentEscape struct{}

func (percentEscape) unit(raw []byte, buf *[utf8.UTFMax]byte) (int, []byte, bool) {
	return percentUnit(raw, buf, "%")
}

// appendEscaped encodes only where the old value was encoded: elsewhere the
// text around it is not percent-encoded at all.
func (percentEscape) appendEscaped(dst, text, replaced []byte) []byte {
	if bytes.IndexByte(replaced, '%') < 0 {
		return append(dst, text...)
	}
	return appendPercent(dst, text, 0)
}

func percentUnit(raw []byte, buf *[utf8.UTFMax]byte, special string) (int, []byte, bool) {
	if raw[0] == '%' {
		if c, ok := hex2(raw); ok {
			buf[0] = c
			return 3, buf[:1], false
		}
		return 1, raw[:1], true
	}
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexAny(raw, special); i >= 0 {
		return i, raw[:i], true
	}
	return len(raw), raw, true
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
