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

// Encoders break lines where no more characters fit (RFC 2045, section 6.7).
const (
	fullQuoted  = 76
	shortQuoted = fullQuoted - 5 // where an encoded character did not fit
)

// hasQuoted reports whether text shows what only quoted-printable has: a word
// or a full line that goes on, an encoded equals sign or letter of another
// script, or an at sign within a word.
func hasQuoted(text []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(text[at:], '=')
		if at += i; i < 0 || at+1 == len(text) {
			return false
		}
		rest := text[at:]
		before := at > 0 && isAlnum(text[at-1])
		if c, ok := quotedByte(rest); ok && meantQuoted(rest, c) {
			next := rest[3:]
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
		} else if nl := len(lineBreak(rest[1:])); nl > 0 && len(rest) > 1+nl && (before && isAlnum(rest[1+nl]) || isFullLine(text, at)) {
			return true
		}
	}
}

// isFullLine reports whether a line that ends with the equals sign at an offset
// is as long as encoders make them, and none of base64.
func isFullLine(text []byte, at int) bool {
	from := max(0, at-fullQuoted)
	start := bytes.LastIndexByte(text[from:at], '\n')
	if start < 0 && from > 0 {
		return false
	}
	line := text[from+start+1 : at]
	return shortQuoted <= len(line)+1 && len(line)+1 <= fullQuoted && bytes.ContainsFunc(line, func(r rune) bool { return r > 0x7F || !isBase64[r] })
}

// softWrapped reports whether full lines of text go on in the next ones: then
// it is quoted-printable before it is anything else, since a line may end
// within what it says.
func softWrapped(text []byte) bool {
	for at := 0; ; at++ {
		i := bytes.IndexByte(text[at:], '=')
		if at += i; i < 0 || at+1 == len(text) {
			return false
		}
		if len(lineBreak(text[at+1:])) > 0 && isFullLine(text, at) {
			return true
		}
	}
}
