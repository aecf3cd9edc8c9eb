package remote

import (
	"encoding/binary"
	"math"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// finite says whether all numbers are.
func finite(values []float32) bool {
	var zero float32
	for _, v := range values {
		zero += v - v // NaN unless v is finite
	}
	return zero == 0
}

// readFloat32 reads little-endian float32; raw has 4 bytes for each of out.
func readFloat32(out []float32, raw []byte) {
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(raw[4*i:]))
	}
}

// readFloat16 reads little-endian IEEE 754 half precision.
func readFloat16(out []float32, raw []byte) {
	for i := range out {
		out[i] = fromHalf(binary.LittleEndian.Uint16(raw[2*i:]))
	}
}

// fromHalf widens a float16: 1 bit of sign, 5 of exponent, 10 of fraction.
func fromHalf(h uint16) float32 {
	sign := uint32(h>>15) << 31
	exponent, fraction := uint32(h>>10&0x1f), uint32(h&0x3ff)
	switch exponent {
	case 0: // zero or subnormal: fraction × 2⁻²⁴, exact in float32
		v := float32(fraction) * (1.0 / (1 << 24))
		return math.Float32frombits(sign | math.Float32bits(v))
	case 0x1f:
		return math.Float32frombits(sign | 0xff<<23 | fraction<<13)
	}
	return math.Float32frombits(sign | (exponent+112)<<23 | fraction<<13)
}

// settle checks the logits of tokens and clears those of padding, which may be
// anything: attention over nothing is NaN in some graphs.
func settle(b *inference.Batch, logits []float32) bool {
	for i, m := range b.Mask {
		token := logits[i*b.Labels:][:b.Labels]
		if m == 0 {
			clear(token)
		} else if !finite(token) {
			return false
		}
	}
	return true
}

// lengths are the tokens of every row, or nil unless rows are padded on the
// right only and none is empty.
func lengths(b *inference.Batch) []int {
	out := make([]int, b.Rows)
	for r := range out {
		row := b.Mask[r*b.Cols:][:b.Cols]
		for out[r] < b.Cols && row[out[r]] == 1 {
			out[r]++
		}
		for _, m := range row[out[r]:] {
			if m != 0 {
				return nil
			}
		}
		if out[r] == 0 {
			return nil
		}
	}
	return out
}
