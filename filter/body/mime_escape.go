package body

import (
	"bytes"
	"encoding/base64"

	"golang.org/x/text/encoding/charmap"
)

// headerEscape: the value of a header of a part. A line break before white
// space only folds it (RFC 5322, section 2.2.3).
type headerEscape struct{}

func (headerEscape) unit(raw []byte) unit {
	if n := folded(raw); n > 0 {
		return unit{raw: n}
	}
	if i := bytes.IndexAny(raw[1:], "\r\n"); i >= 0 {
		return literal(i + 1)
	}
	return literal(len(raw))
}

func folded(raw []byte) int {
	n := len(lineBreak(raw))
	if n > 0 && n < len(raw) && (raw[n] == ' ' || raw[n] == '\t') {
		return n
	}
	return 0
}

// lineBreak is the line break that raw begins with, if it does.
func lineBreak(raw []byte) []byte {
	switch {
	case bytes.HasPrefix(raw, []byte("\r\n")):
		return raw[:2]
	case bytes.HasPrefix(raw, []byte("\n")):
		return raw[:1]
	}
	return nil
}

func (headerEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		if c < ' ' || c == 0x7F {
			c = ' '
		}
		dst = append(dst, c)
	}
	return dst
}

// quotedEscape: the inside of a quoted parameter. Only quotes and backslashes
// are escaped: anything else behind a backslash is a path of Windows.
type quotedEscape struct{ headerEscape }

func (quotedEscape) unit(raw []byte) unit {
	if raw[0] == '\\' && len(raw) > 1 && (raw[1] == '"' || raw[1] == '\\') {
		return decodedByte(2, raw[1])
	}
	if n := folded(raw); n > 0 {
		return unit{raw: n}
	}
	if i := bytes.IndexAny(raw[1:], "\\\r\n"); i >= 0 {
		return literal(i + 1)
	}
	return literal(len(raw))
}

func (e quotedEscape) appendEscaped(dst, text, replaced []byte) []byte {
	for _, c := range text {
		if c == '"' || c == '\\' {
			dst = append(dst, '\\')
		}
		dst = e.headerEscape.appendEscaped(dst, []byte{c}, replaced)
	}
	return dst
}

// tokenEscape: a parameter without quotes. It is written anew as a whole,
// because a replacement may need them.
type tokenEscape struct{ plainEscape }

func (tokenEscape) recode(dst, text, _ []byte) []byte {
	for _, c := range text {
		if !isToken(c) {
			dst = append(dst, '"')
			dst = quotedEscape{}.appendEscaped(dst, text, nil)
			return append(dst, '"')
		}
	}
	return append(dst, text...)
}

// extValueEscape: the encoded part of "filename*=UTF-8”…" (RFC 8187).
type extValueEscape struct{ percentEscape }

func (extValueEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		if 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || bytes.IndexByte([]byte("!#$&+-.^_`|~"), c) >= 0 {
			dst = append(dst, c)
		} else {
			dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return dst
}

// latin1 is the other charset that RFC 5987 asked readers to know.
var latin1 = charmapEscape{charmap.ISO8859_1}

// base64Escape: base64 of either alphabet, padded or not, whole or in lines.
// It is written anew as a whole: a replacement shifts all that follows.
type base64Escape struct {
	encoding *base64.Encoding
	bare     *base64.Encoding // the same without padding
	width    int              // characters of a line; 0 if it is not wrapped
	newline  string
	end      string // line breaks behind the last line
}

// unit reads up to four characters with the line breaks among them.
func (e base64Escape) unit(raw []byte) unit {
	var quantum [4]byte
	n, got := 0, 0
	for n < len(raw) && got < len(quantum) {
		if c := raw[n]; c != '\r' && c != '\n' && c != '=' {
			quantum[got] = c
			got++
		}
		n++
	}
	for n < len(raw) && (raw[n] == '=' || raw[n] == '\r' || raw[n] == '\n') {
		n++
	}
	u := unit{raw: n}
	var out [3]byte
	u.text, _ = e.bare.Decode(out[:], quantum[:got])
	copy(u.decoded[:], out[:u.text])
	return u
}

func (base64Escape) appendEscaped(dst, _, replaced []byte) []byte { return append(dst, replaced...) }

func (e base64Escape) recode(dst, text, _ []byte) []byte {
	out := e.encoding.AppendEncode(nil, text)
	for width := e.width; width > 0 && len(out) > width; out = out[width:] {
		dst = append(append(dst, out[:width]...), e.newline...)
	}
	return append(append(dst, out...), e.end...)
}

// readBase64 recognises base64 that is written in one way only: characters of
// one alphabet, lines of one length, padding as it should be. For anything
// else decoders disagree.
func readBase64(raw []byte) (base64Escape, bool) {
	e := base64Escape{encoding: base64.StdEncoding}
	flat := bytes.TrimRight(raw, "\r\n")
	e.end = string(raw[len(flat):])
	if i := bytes.IndexByte(flat, '\n'); i >= 0 {
		e.newline = "\n"
		if i > 0 && flat[i-1] == '\r' {
			e.newline = "\r\n"
		}
		e.width = i + 1 - len(e.newline)
		flat = bytes.ReplaceAll(flat, []byte(e.newline), nil)
	}
	bare := len(flat)%4 != 0
	// Where nothing tells the alphabets apart, padding does: those who write
	// base64url leave it out.
	if bytes.ContainsAny(flat, "-_") || bare && !bytes.ContainsAny(flat, "+/") {
		e.encoding = base64.URLEncoding
	}
	if bare {
		e.encoding = e.encoding.WithPadding(base64.NoPadding)
	}
	e.bare = e.encoding.WithPadding(base64.NoPadding)
	e.encoding = e.encoding.Strict()
	text, err := e.encoding.DecodeString(string(flat))
	return e, err == nil && bytes.Equal(e.recode(nil, text, nil), raw)
}

// quotedPrintable: RFC 2045, section 6.7.
type quotedPrintable struct{}

func (quotedPrintable) unit(raw []byte) unit {
	if raw[0] != '=' {
		raw = raw[:min(len(raw), literalMax)]
		if i := bytes.IndexByte(raw, '='); i >= 0 {
			return literal(i)
		}
		return literal(len(raw))
	}
	if c, ok := quotedByte(raw); ok {
		return decodedByte(3, c)
	}
	if n := softBreak(raw); n > 0 {
		return unit{raw: n}
	}
	return literal(1)
}

func quotedByte(raw []byte) (byte, bool) {
	if len(raw) < 3 || raw[0] != '=' {
		return 0, false
	}
	hi, lo := unhex(raw[1]), unhex(raw[2])
	return byte(hi<<4 | lo), hi >= 0 && lo >= 0
}

// softBreak is the length of "=" with the end of a line behind it.
func softBreak(raw []byte) int {
	n := 1 + len(raw[1:]) - len(bytes.TrimLeft(raw[1:], " \t"))
	if n == len(raw) {
		return n
	}
	if nl := len(lineBreak(raw[n:])); nl > 0 {
		return n + nl
	}
	return 0
}

func (quotedPrintable) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		if '!' <= c && c <= '~' && c != '=' {
			dst = append(dst, c)
		} else {
			dst = append(dst, '=', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return dst
}

// readQuotedPrintable reports whether raw can be read in one way only. A
// letter or digit is never encoded by those who mean well: a reader who knows
// no quoted-printable sees a number where others see "=41" and the rest.
func readQuotedPrintable(raw []byte) bool {
	for {
		i := bytes.IndexByte(raw, '=')
		if i < 0 {
			return true
		}
		raw = raw[i:]
		if c, ok := quotedByte(raw); ok {
			if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
				return false
			}
		} else if softBreak(raw) == 0 {
			return false
		}
		raw = raw[1:]
	}
}
