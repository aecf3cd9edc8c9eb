package body

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
	"strconv"
)

// length is a number in a layer's text that says how long another stretch of
// it is, in bytes. Where values are written with their length in front, it is
// the head of one; where a length is told apart (a part's Content-Length), it
// is that.
type length struct {
	layer      int32 // the body, or a layer that is written anew
	form       lengthForm
	start, end uint32 // the number
	from, to   uint32 // what it counts
}

// sum is a checksum in a layer's text: of what stands before it, from a point
// on.
type sum struct {
	layer    int32
	from, at uint32
}

// sumSize is the size of a checksum in bytes: CRC-32 of IEEE 802.3, the most
// significant byte first.
const sumSize = 4

// lengthForm is how a length is written.
type lengthForm uint8

const (
	decimal  lengthForm = iota // digits
	varint                     // of protobuf
	fixed8                     // one byte
	fixed16                    // two bytes, the most significant first
	fixed32                    // four
	msgHead                    // the head of a string of MessagePack, with its type
	cborHead                   // the head of one of CBOR, with a tag in front of it
)

// put writes the length n in place of old, in its width where it fits. It
// reports false for a length that the form cannot say.
func (f lengthForm) put(dst []byte, n uint64, old []byte) ([]byte, bool) {
	switch f {
	case varint:
		return putVarint(dst, n, len(old)), n <= math.MaxInt32
	case fixed8:
		return append(dst, byte(n)), n <= math.MaxUint8
	case fixed16:
		return binary.BigEndian.AppendUint16(dst, uint16(n)), n <= math.MaxUint16
	case fixed32:
		return binary.BigEndian.AppendUint32(dst, uint32(n)), n <= math.MaxInt32
	case msgHead:
		return putMsgHead(dst, n, old), n <= math.MaxUint32
	case cborHead:
		return putCBORLength(dst, n, old), true
	}
	return strconv.AppendUint(dst, n, 10), true
}

// putVarint writes a varint of at least width bytes: some writers leave room
// for a length before they know it.
func putVarint(dst []byte, n uint64, width int) []byte {
	for ; n >= 0x80 || width > 1; width-- {
		dst = append(dst, byte(n)|0x80)
		n >>= 7
	}
	return append(dst, byte(n))
}

// length takes note of a length. What it counts may be read in layers that are
// written as they stand; through any other escape the number of bytes says
// nothing about the text.
func (b *builder) length(layer int32, form lengthForm, start, end, from, to int) {
	layer, shift := b.ground(layer)
	b.doc.lengths = append(b.doc.lengths, length{
		layer, form, uint32(start + shift), uint32(end + shift), uint32(from + shift), uint32(to + shift),
	})
}

// sum takes note of a checksum.
func (b *builder) sum(layer int32, from, at int) {
	layer, shift := b.ground(layer)
	b.doc.sums = append(b.doc.sums, sum{layer, uint32(from + shift), uint32(at + shift)})
}

// ground is the layer that a layer's text is part of, byte for byte, and where
// it begins there.
func (b *builder) ground(layer int32) (ground int32, shift int) {
	for {
		l := &b.doc.layers[layer]
		if _, anew := l.escape.(recoder); anew || l.parent == None {
			return layer, shift
		}
		if l.escape != escapes[plain] {
			b.fail(ErrAmbiguous)
			return layer, shift
		}
		shift += int(l.start)
		layer = l.parent
	}
}

// assemble writes a layer's text with the cuts made, and with lengths and
// checksums that agree with them. It reports false if one of them cannot.
func (d *Document) assemble(layer int32, cuts []cut) ([]byte, bool) {
	cuts, ok := d.fixLengths(layer, cuts)
	if layer == 0 {
		d.measure(cuts)
	}
	out := apply(d.layers[layer].text, cuts)
	d.fixSums(layer, cuts, out)
	return out, ok
}

// fixLengths makes the lengths agree with the cuts, which they are added to.
// Those of inner stretches come before those of the outer ones that contain
// them: a number that gets longer itself makes these greater.
func (d *Document) fixLengths(layer int32, cuts []cut) ([]cut, bool) {
	lengths := ofLayer(d.lengths, layer, func(l length) int32 { return l.layer })
	if len(lengths) == 0 || len(cuts) == 0 {
		return cuts, true
	}
	text := d.layers[layer].text
	var fixes []cut
	all := true
	for _, n := range lengths {
		grown := 0
		first, _ := slices.BinarySearchFunc(cuts, int(n.from), func(c cut, at int) int { return c.start - at })
		for _, c := range cuts[first:] {
			if c.start >= int(n.to) {
				break
			}
			grown += len(c.text) - (c.end - c.start)
		}
		for i := len(fixes) - 1; i >= 0 && fixes[i].start >= int(n.from); i-- {
			grown += len(fixes[i].text) - (fixes[i].end - fixes[i].start)
		}
		if grown != 0 {
			number, ok := n.form.put(nil, uint64(int(n.to-n.from)+grown), text[n.start:n.end])
			all = all && ok
			fixes = append(fixes, cut{int(n.start), int(n.end), number})
		}
	}
	cuts = append(cuts, fixes...)
	slices.SortStableFunc(cuts, func(a, b cut) int { return a.start - b.start })
	return cuts, all
}

// fixSums writes the checksums of a text that was put together. One may cover
// another, which then stands before it.
func (d *Document) fixSums(layer int32, cuts []cut, out []byte) {
	sums := ofLayer(d.sums, layer, func(s sum) int32 { return s.layer })
	if len(sums) == 0 || len(cuts) == 0 {
		return
	}
	grown := make([]int, 1, len(cuts)+1) // by the cuts before each, and by all
	for i, c := range cuts {
		grown = append(grown, grown[i]+len(c.text)-(c.end-c.start))
	}
	moved := func(at uint32) int {
		before, _ := slices.BinarySearchFunc(cuts, int(at), func(c cut, at int) int { return c.end - at - 1 })
		return int(at) + grown[before]
	}
	for _, s := range sums {
		at := moved(s.at)
		binary.BigEndian.PutUint32(out[at:], crc32.ChecksumIEEE(out[moved(s.from):at]))
	}
}

// ofLayer selects what belongs to a layer, of a list that is sorted by layer.
func ofLayer[T any](all []T, layer int32, of func(T) int32) []T {
	search := func(layer int32) int {
		i, _ := slices.BinarySearchFunc(all, layer, func(e T, layer int32) int { return int(of(e) - layer) })
		return i
	}
	return all[search(layer):search(layer+1)]
}

// byLayer sorts lengths and checksums by layer, and leaves them in their order
// within one. Most bodies have one layer with lengths at most.
func (d *Document) byLayer() {
	byLayer := func(a, b length) int { return int(a.layer - b.layer) }
	if !slices.IsSortedFunc(d.lengths, byLayer) {
		slices.SortStableFunc(d.lengths, byLayer)
	}
	slices.SortStableFunc(d.sums, func(a, b sum) int { return int(a.layer - b.layer) })
}
