package body

import "math"

// cborFormat is CBOR (RFC 8949).
type cborFormat struct{}

// Major types of CBOR, in the upper three bits, and what is in the lower five.
const (
	cborUint, cborNegative, cborBytes, cborText = 0x00, 0x20, 0x40, 0x60
	cborArray, cborMap, cborTag, cborSimple     = 0x80, 0xA0, 0xC0, 0xE0
	cborInfo                                    = 0x1F
	cbor8, cbor64, cborIndefinite               = 24, 27, 31
	cborBreak                                   = 0xFF
)

// cborEncoded is the tag of bytes that are CBOR themselves (section 3.4.5.1).
const cborEncoded = 24

func (cborFormat) form() lengthForm { return cborHead }

func (cborFormat) head(text []byte, at int) (packItem, bool) {
	major, info := text[at]&^cborInfo, int(text[at]&cborInfo)
	at++
	v, ok := uint64(info), true
	switch {
	case info < cbor8:
	case info <= cbor64:
		size := 1 << (info - cbor8)
		v, ok = bigEndian(text, at, size)
		at += size
	case info < cborIndefinite:
		return packItem{}, false
	default: // until a break
		if major == cborSimple {
			return packItem{kind: packBreak, body: at}, true
		}
		it := packItem{body: at, size: -1}
		it.kind, ok = cborKinds[major]
		return it, ok && major != cborTag && major >= cborBytes
	}
	if !ok {
		return packItem{}, false
	}
	switch major {
	case cborUint:
		return packItem{kind: packNumber, body: at, integer: v}, true
	case cborNegative: // -1 - v
		if v == math.MaxUint64 {
			return packItem{kind: packOther, body: at}, true
		}
		return packItem{kind: packNumber, body: at, integer: v + 1, minus: true}, true
	case cborTag:
		it := packItem{kind: packTag, body: at}
		if next := at; v == cborEncoded && next < len(text) && text[next]&^cborInfo == cborBytes && text[next]&cborInfo != cborIndefinite {
			it, ok = cborFormat{}.head(text, next)
			it.packed = true
			return it, ok
		}
		return it, true
	case cborSimple:
		return cborFloat(info, v, at)
	}
	if v > math.MaxInt32 {
		return packItem{}, false
	}
	return packItem{kind: cborKinds[major], body: at, size: int(v)}, true
}

var cborKinds = map[byte]packKind{cborBytes: packBytes, cborText: packText, cborArray: packList, cborMap: packMap}

// cborFloat reads a simple value or a number in floating point.
func cborFloat(info int, v uint64, at int) (packItem, bool) {
	it := packItem{kind: packNumber, body: at}
	switch info {
	case 26:
		it.float = float64(math.Float32frombits(uint32(v)))
	case cbor64:
		it.float = math.Float64frombits(v)
	default: // one of 16 bits is shorter than a number that could be somebody's
		return packItem{kind: packOther, body: at}, info != cbor8 || v >= 32
	}
	return it, true
}

// putCBORHead writes a head of at least width bytes.
func putCBORHead(dst []byte, major byte, v uint64, width int) []byte {
	if v < cbor8 && width <= 1 {
		return append(dst, major|byte(v))
	}
	log := 0
	for log < 3 && (v>>(8<<log) > 0 || 1+1<<log < width) {
		log++
	}
	return appendBigEndian(append(dst, major|byte(cbor8+log)), v, 1<<log)
}

// putCBORLength writes the head of a string in place of old, which may have a
// tag in front.
func putCBORLength(dst []byte, n uint64, old []byte) []byte {
	at := 0
	if old[0]&^cborInfo == cborTag {
		if at = 1; old[0]&cborInfo >= cbor8 {
			at += 1 << (old[0]&cborInfo - cbor8)
		}
	}
	return putCBORHead(append(dst, old[:at]...), old[at]&^cborInfo, n, len(old)-at)
}

func (cborFormat) putText(dst, text []byte) []byte {
	return append(putCBORHead(dst, cborText, uint64(len(text)), 1), text...)
}

func (cborFormat) putFloat(dst []byte, v float64, old []byte) []byte {
	if len(old) == 5 {
		return appendBigEndian(append(dst, old[0]), uint64(math.Float32bits(float32(v))), 4)
	}
	return appendBigEndian(append(dst, cborSimple|cbor64), math.Float64bits(v), 8)
}

func (cborFormat) putInteger(dst []byte, v uint64, minus bool, old []byte) []byte {
	if minus && v > 0 {
		return putCBORHead(dst, cborNegative, v-1, len(old))
	}
	return putCBORHead(dst, cborUint, v, len(old))
}
