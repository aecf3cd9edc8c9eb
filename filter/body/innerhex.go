package body

import "bytes"

// minHex is how many hex digits may be a text; what is shorter is somebody's
// number.
const minHex = 24

// hexStart is where text in hex digits begins that a run ends with: behind 0x,
// or at its start; -1 if it is none.
func hexStart(run []byte) int {
	digits := bytes.TrimPrefix(run, []byte("0x"))
	if !isHex(digits) {
		return -1
	}
	return len(run) - len(digits)
}

// isHex reports whether a run is text in hex digits. Digits alone are a number.
func isHex(run []byte) bool {
	if len(run) < minHex || len(run)%2 != 0 || !bytes.ContainsAny(run, "abcdefABCDEF") {
		return false
	}
	for i := 0; i < len(run); i += 2 {
		hi, lo := unhex(run[i]), unhex(run[i+1])
		if hi < 0 || lo < 0 || controls[hi<<4|lo] {
			return false
		}
	}
	return isProse(appendDecoded(nil, run, hexEscape{}))
}

// hexEscape: a byte in two hex digits.
type hexEscape struct{ upper bool }

func (hexEscape) unit(raw []byte) unit {
	if len(raw) < 2 || unhex(raw[0]) < 0 || unhex(raw[1]) < 0 {
		return literal(1)
	}
	return decodedByte(2, byte(unhex(raw[0])<<4|unhex(raw[1])))
}

func (e hexEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		digits := [2]byte{hexDigits[c>>4], hexDigits[c&15]}
		if !e.upper {
			digits[0], digits[1] = lowerHex(digits[0]), lowerHex(digits[1])
		}
		dst = append(dst, digits[:]...)
	}
	return dst
}

func lowerHex(digit byte) byte {
	if digit >= 'A' {
		digit |= 0x20
	}
	return digit
}

// What compressed bytes begin with, and that in base64.
var codingMarks = []struct{ name, mark, base64 string }{
	{"gzip", "\x1f\x8b\x08", "H4sI"},
	{"zstd", "\x28\xb5\x2f\xfd", "KLUv"},
	// zlib at its three usual levels, as Sentry's first clients sent events.
	{"deflate", "\x78\x01", "eA"},
	{"deflate", "\x78\x9c", "eJ"},
	{"deflate", "\x78\xda", "eN"},
}

// codingOf is the content coding that bytes begin like; "" if none.
func codingOf(text []byte) string {
	for _, c := range codingMarks {
		if bytes.HasPrefix(text, []byte(c.mark)) {
			return c.name
		}
	}
	return ""
}

// codingOf64 is the same for a run of base64.
func codingOf64(run []byte) string {
	for _, c := range codingMarks {
		if bytes.HasPrefix(run, []byte(c.base64)) {
			return c.name
		}
	}
	return ""
}

// packed64 emits a layer that is compressed, or reports that it is not, or no
// text. What unpacks to too much does not pass.
func (b *builder) packed64(layer int32, name string, k Kind, at place) bool {
	raw := b.doc.layers[layer].text
	inner, v := b.unpacked(layer, 0, len(raw), name)
	if v != read || !isProse(b.doc.layers[inner].text) {
		return false
	}
	b.value(inner, 0, len(b.doc.layers[inner].text), plain, k, at)
	return true
}
