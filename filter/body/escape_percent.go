package body

import (
	"bytes"
)

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
