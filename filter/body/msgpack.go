package body

import (
	"encoding/binary"
	"math"
)

// msgFormat is MessagePack (its specification of 2017).
type msgFormat struct{}

// The first bytes of MessagePack.
const (
	msgFixMap, msgFixArray, msgFixStr           = 0x80, 0x90, 0xA0
	msgNever, msgTrue                           = 0xC1, 0xC3
	msgBin8, msgBin32, msgExt8, msgExt32        = 0xC4, 0xC6, 0xC7, 0xC9
	msgFloat32, msgFloat64, msgUint8, msgUint64 = 0xCA, 0xCB, 0xCC, 0xCF
	msgInt8, msgInt64, msgFixExt1, msgFixExt16  = 0xD0, 0xD3, 0xD4, 0xD8
	msgStr8, msgStr32, msgArray16, msgArray32   = 0xD9, 0xDB, 0xDC, 0xDD
	msgMap16, msgMap32, msgNegative             = 0xDE, 0xDF, 0xE0
)

// msgTimestamp is the type of an extension that is a time, in 4, 8 or 12 bytes.
const msgTimestamp = 0xFF

func (msgFormat) form() lengthForm { return msgHead }

func (msgFormat) head(text []byte, at int) (packItem, bool) {
	first, at := text[at], at+1
	// wide reads a number of 1, 2, 4 or 8 bytes behind the first.
	wide := func(log int) (uint64, bool) {
		v, ok := bigEndian(text, at, 1<<log)
		at += 1 << log
		return v, ok
	}
	sized := func(kind packKind, log int) (packItem, bool) {
		n, ok := wide(log)
		return packItem{kind: kind, body: at, size: int(n)}, ok
	}
	switch c := int(first); {
	case c < msgFixMap:
		return packItem{kind: packNumber, body: at, integer: uint64(c)}, true
	case c < msgFixArray:
		return packItem{kind: packMap, body: at, size: c & 0x0F}, true
	case c < msgFixStr:
		return packItem{kind: packList, body: at, size: c & 0x0F}, true
	case c < 0xC0:
		return packItem{kind: packText, body: at, size: c & 0x1F}, true
	case c == msgNever:
		return packItem{}, false
	case c <= msgTrue:
		return packItem{kind: packOther, body: at}, true
	case c <= msgBin32:
		return sized(packBytes, c-msgBin8)
	case c <= msgExt32:
		it, ok := sized(packBytes, c-msgExt8)
		return msgExtension(text, it, ok)
	case c == msgFloat32:
		v, ok := wide(2)
		return packItem{kind: packNumber, body: at, float: float64(math.Float32frombits(uint32(v)))}, ok
	case c == msgFloat64:
		v, ok := wide(3)
		return packItem{kind: packNumber, body: at, float: math.Float64frombits(v)}, ok
	case c <= msgUint64:
		v, ok := wide(c - msgUint8)
		return packItem{kind: packNumber, body: at, integer: v}, ok
	case c <= msgInt64:
		v, ok := wide(c - msgInt8)
		unused := 64 - 8<<(c-msgInt8)
		return signed(at, int64(v<<unused)>>unused), ok
	case c <= msgFixExt16:
		return msgExtension(text, packItem{kind: packBytes, body: at, size: 1 << (c - msgFixExt1)}, true)
	case c <= msgStr32:
		return sized(packText, c-msgStr8)
	case c <= msgArray32:
		return sized(packList, c-msgArray16+1)
	case c <= msgMap32:
		return sized(packMap, c-msgMap16+1)
	default:
		return signed(at, int64(int8(first))), true
	}
}

// msgExtension reads the type of an extension, which is part of its head.
func msgExtension(text []byte, it packItem, ok bool) (packItem, bool) {
	if !ok || it.body >= len(text) {
		return it, false
	}
	kind := text[it.body]
	if it.body++; kind == msgTimestamp && (it.size == 4 || it.size == 8 || it.size == 12) && it.size <= len(text)-it.body {
		return packItem{kind: packOther, body: it.body + it.size}, true
	}
	return it, true
}

func signed(at int, v int64) packItem {
	it := packItem{kind: packNumber, body: at, integer: uint64(v), minus: v < 0}
	if v < 0 {
		it.integer = -it.integer
	}
	return it
}

// bigEndian reads a number of so many bytes, the most significant first.
func bigEndian(text []byte, at, size int) (v uint64, ok bool) {
	if size > len(text)-at {
		return 0, false
	}
	for _, c := range text[at : at+size] {
		v = v<<8 | uint64(c)
	}
	return v, true
}

// appendBigEndian writes one.
func appendBigEndian(dst []byte, v uint64, size int) []byte {
	var wide [8]byte
	binary.BigEndian.PutUint64(wide[:], v)
	return append(dst, wide[8-size:]...)
}

// putMsgHead writes the head of a string, binary or extension of n bytes in
// the place of old: in its form where the length fits, or else in the next one
// in which it does.
func putMsgHead(dst []byte, n uint64, old []byte) []byte {
	first := int(old[0])
	var base, least int // the form of one byte, and the least of that family
	switch {
	case first < msgNever: // a short string
		if n < 0x20 {
			return append(dst, msgFixStr|byte(n))
		}
		base = msgStr8
	case first >= msgStr8:
		base, least = msgStr8, first-msgStr8
	case first <= msgBin32:
		base, least = msgBin8, first-msgBin8
	case first >= msgFixExt1:
		if n == 1<<(first-msgFixExt1) {
			return append(dst, old...)
		}
		base = msgExt8
	default:
		base, least = msgExt8, first-msgExt8
	}
	log := least
	for log < 2 && n>>(8<<log) > 0 {
		log++
	}
	dst = appendBigEndian(append(dst, byte(base+log)), n, 1<<log)
	if base == msgExt8 {
		dst = append(dst, old[len(old)-1]) // its type
	}
	return dst
}

func (msgFormat) putText(dst, text []byte) []byte {
	return append(putMsgHead(dst, uint64(len(text)), []byte{msgFixStr}), text...)
}

func (msgFormat) putFloat(dst []byte, v float64, old []byte) []byte {
	if old[0] == msgFloat32 {
		return appendBigEndian(append(dst, msgFloat32), uint64(math.Float32bits(float32(v))), 4)
	}
	return appendBigEndian(append(dst, msgFloat64), math.Float64bits(v), 8)
}

func (msgFormat) putInteger(dst []byte, v uint64, minus bool, old []byte) []byte {
	base, limit := msgUint8, uint64(math.MaxUint8)
	if minus || old[0] >= msgInt8 {
		base, limit = msgInt8, math.MaxInt8
	}
	log := max(0, len(old)-1) / 2 // 1, 2, 4, 8 bytes
	if log == 4 {
		log = 3
	}
	for log < 3 && v > limit<<(8<<log-8)|(1<<(8<<log-8)-1) {
		log++
	}
	if base == msgInt8 && log == 3 && v > math.MaxInt64 {
		base = msgUint8
	}
	if minus {
		v = -v
	}
	return appendBigEndian(append(dst, byte(base+log)), v, 1<<log)
}
