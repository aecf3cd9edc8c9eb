package body

import "bytes"

// looseQuoted: quoted-printable found in a value that is not declared so. A
// letter or digit is never encoded, and "=40" before another digit is the end
// of a name and a number.
type looseQuoted struct{ quotedPrintable }

func (looseQuoted) unit(raw []byte) unit {
	if raw[0] != '=' {
		return quotedPrintable{}.unit(raw)
	}
	if c, ok := quotedByte(raw); ok && meantQuoted(raw, c) {
		return decodedByte(3, c)
	}
	if len(raw) > 1 && len(lineBreak(raw[1:])) > 0 {
		return unit{raw: 1 + len(lineBreak(raw[1:]))}
	}
	return literal(1)
}

func meantQuoted(raw []byte, c byte) bool {
	number := raw[1] <= '9' && raw[2] <= '9' && len(raw) > 3 && '0' <= raw[3] && raw[3] <= '9'
	lower := raw[1] >= 'a' || raw[2] >= 'a'
	return !isAlnum(c) && !number && !lower
}

// appendEscaped encodes only where the old value was encoded.
func (e looseQuoted) appendEscaped(dst, text, replaced []byte) []byte {
	if bytes.IndexByte(replaced, '=') < 0 {
		return append(dst, text...)
	}
	return e.quotedPrintable.appendEscaped(dst, text, replaced)
}

// hasQuoted reports whether text shows what only quoted-printable has: a line
// that goes on, an encoded equals sign or letter of another script, or an at
// sign within a word.
func hasQuoted(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '=')
		if i < 0 || i+1 == len(text) {
			return false
		}
		before := i > 0 && isAlnum(text[i-1])
		text = text[i:]
		if c, ok := quotedByte(text); ok && meantQuoted(text, c) {
			next := text[3:]
			switch {
			case c == '=':
				return true
			case c >= 0xC2 && len(next) > 2 && next[0] == '=':
				if d, ok := quotedByte(next); ok && 0x80 <= d && d < 0xC0 {
					return true
				}
			case c == '@' && before && len(next) > 0 && isAlnum(next[0]):
				return true
			}
		} else if nl := len(lineBreak(text[1:])); nl > 0 && before && len(text) > 1+nl && isAlnum(text[1+nl]) {
			return true
		}
		text = text[1:]
	}
}
