package body

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// utf16Escape: UTF-16. A lone surrogate or odd byte reads as U+FFFD.
type utf16Escape struct{ order binary.ByteOrder }

func (e utf16Escape) unit(raw []byte) unit {
	if len(raw) < 2 {
		return decodedRune(1, utf8.RuneError)
	}
	r := rune(e.order.Uint16(raw))
	if !utf16.IsSurrogate(r) {
		return decodedRune(2, r)
	}
	if len(raw) >= 4 {
		if pair := utf16.DecodeRune(r, rune(e.order.Uint16(raw[2:]))); pair != utf8.RuneError {
			return decodedRune(4, pair)
		}
	}
	return decodedRune(2, utf8.RuneError)
}

func (e utf16Escape) appendEscaped(dst, text, _ []byte) []byte {
	var unit [2]byte
	for _, u := range utf16.Encode([]rune(string(text))) {
		e.order.PutUint16(unit[:], u)
		dst = append(dst, unit[:]...)
	}
	return dst
}

// utf32Escape: UTF-32.
type utf32Escape struct{ order binary.ByteOrder }

func (e utf32Escape) unit(raw []byte) unit {
	if len(raw) < 4 {
		return decodedRune(len(raw), utf8.RuneError)
	}
	if u := e.order.Uint32(raw); u <= utf8.MaxRune {
		return decodedRune(4, rune(u))
	}
	return decodedRune(4, utf8.RuneError)
}

func (e utf32Escape) appendEscaped(dst, text, _ []byte) []byte {
	var unit [4]byte
	for _, r := range string(text) {
		e.order.PutUint32(unit[:], uint32(r))
		dst = append(dst, unit[:]...)
	}
	return dst
}

// charmapEscape: an encoding of one byte per character.
type charmapEscape struct{ table *charmap.Charmap }

func (e charmapEscape) unit(raw []byte) unit {
	n := 0
	for n < len(raw) && n < literalMax && raw[n] < utf8.RuneSelf && e.table.DecodeByte(raw[n]) == rune(raw[n]) {
		n++
	}
	if n > 0 {
		return literal(n)
	}
	return decodedRune(1, e.table.DecodeByte(raw[0]))
}

func (e charmapEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, r := range string(text) {
		c, ok := e.table.EncodeRune(r)
		if !ok {
			c, _ = e.table.EncodeRune('?')
		}
		dst = append(dst, c)
	}
	return dst
}

// multibyteEscape: the stateless East Asian encodings. Rare enough for a
// decoder call per character. Not for concurrent use; a document is not.
type multibyteEscape struct {
	encoding encoding.Encoding
	decoder  *encoding.Decoder
}

func (e *multibyteEscape) unit(raw []byte) unit {
	if raw[0] < utf8.RuneSelf {
		return literal(1)
	}
	if e.decoder == nil {
		e.decoder = e.encoding.NewDecoder()
	}
	raw = raw[:min(len(raw), 4)]
	var text [4 * utf8.UTFMax]byte
	for n := 1; n <= len(raw); n++ {
		e.decoder.Reset()
		written, read, err := e.decoder.Transform(text[:], raw[:n], n == len(raw))
		if err == nil && read > 0 && 0 < written && written <= utf8.UTFMax {
			u := unit{raw: read, text: written}
			copy(u.decoded[:], text[:written])
			return u
		}
	}
	return decodedRune(1, utf8.RuneError)
}

func (e *multibyteEscape) appendEscaped(dst, text, _ []byte) []byte {
	encoder := e.encoding.NewEncoder()
	for _, r := range string(text) {
		out, err := encoder.Bytes([]byte(string(r)))
		if err != nil {
			out = []byte{'?'}
		}
		dst = append(dst, out...)
	}
	return dst
}
