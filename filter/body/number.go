package body

import (
	"bytes"
	"strconv"
)

// Bounds of numbers written with a fraction or exponent that may be somebody's
// identifier, in digits.
const (
	minInteger = 7
	maxInteger = 24
)

// number emits a JSON number. An integer written as a float (41e15, or 4111.0
// as pandas writes a column with gaps) is read as the digits it stands for.
func (b *builder) number(layer int32, start, end int, at place) {
	raw := b.doc.layers[layer].text[start:end]
	if end-start > minInteger && b.doc.layers[layer].depth < maxDepth {
		if e, ok := readFloat(raw); ok {
			layer = b.push(layer, start, end, e)
			start, end = 0, len(b.doc.layers[layer].text)
		}
	}
	b.slot(layer, start, end, plain, Number, at)
}

// floatEscape: an integer as a JSON number with fraction or exponent. It reads
// one number only, the one it was made for.
type floatEscape struct {
	text []byte // the whole number as written
	last int    // offset of the last digit of the integer; what follows is scale
	pad  int    // zeros that the exponent adds
}

// readFloat recognises such a number; raw is valid by JSON's grammar.
func readFloat(raw []byte) (floatEscape, bool) {
	mantissa, exponent := raw, 0
	if i := bytes.IndexAny(raw, "eE"); i >= 0 {
		mantissa = raw[:i]
		var err error
		if exponent, err = strconv.Atoi(string(raw[i+1:])); err != nil {
			return floatEscape{}, false // beyond any identifier
		}
	} else if bytes.IndexByte(raw, '.') < 0 {
		return floatEscape{}, false
	}
	if whole := bytes.IndexByte(mantissa, '.'); whole >= 0 {
		exponent -= len(mantissa) - whole - 1
	}
	e := floatEscape{text: raw, last: len(mantissa) - 1, pad: max(0, exponent)}
	for ; exponent < 0; exponent++ { // only zeros may be shifted out
		if e.last > 0 && mantissa[e.last] == '.' {
			e.last--
		}
		if e.last <= 0 || mantissa[e.last] != '0' {
			return floatEscape{}, false
		}
		e.last--
	}
	if mantissa[e.last] == '.' {
		e.last--
	}
	digits := e.pad
	for _, c := range mantissa[:e.last+1] {
		if digits > 0 && c == '0' || '0' < c && c <= '9' {
			digits++
		}
	}
	return e, e.pad <= maxPad && minInteger <= digits && digits <= maxInteger
}

// maxPad is how many zeros fit into a unit behind its digit.
const maxPad = 3

func (e floatEscape) unit(raw []byte) unit {
	at := len(e.text) - len(raw)
	if at > e.last || raw[0] == '-' {
		return literal(1)
	}
	n := 0
	// The zeros and the point before the first other digit say nothing.
	for lead := at == 0 || at == 1 && e.text[0] == '-'; n < e.last-at && (raw[n] == '.' || lead && raw[n] == '0'); {
		n++
	}
	u := decodedByte(n+1, raw[n])
	if at+n == e.last {
		u.raw = len(raw)
		for range e.pad {
			u.decoded[u.text] = '0'
			u.text++
		}
	}
	return u
}

func (floatEscape) appendEscaped(dst, text, _ []byte) []byte { return append(dst, text...) }
