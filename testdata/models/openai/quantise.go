package openai

import (
	"encoding/binary"
	"math"
)

// blockSize is how many weights of a row share a scale.
const blockSize = 32

// quantised is a matrix whose rows are quantised symmetrically in blocks, as
// the operators of com.microsoft expect it: unsigned, the middle is zero, and
// with four bits the lower half of a byte comes first.
type quantised struct {
	data   []byte
	scales []float32
}

// quantise takes rows of n weights.
func quantise(weights []float32, n, bits int) quantised {
	middle := float32(int(1) << (bits - 1))
	q := quantised{data: make([]byte, 0, len(weights)*bits/8), scales: make([]float32, 0, len(weights)/blockSize)}
	var half []byte
	for row := range len(weights) / n {
		for start := row * n; start < (row+1)*n; start += blockSize {
			block := weights[start : start+blockSize]
			scale := extreme(block) / -middle // the largest becomes the lowest code, which has no opposite
			q.scales = append(q.scales, scale)
			for _, w := range block {
				code := middle
				if scale != 0 {
					code = min(max(float32(math.RoundToEven(float64(w/scale)))+middle, 0), 2*middle-1)
				}
				if half = append(half, byte(code)); bits == 8 {
					q.data, half = append(q.data, half[0]), half[:0]
				} else if len(half) == 2 {
					q.data, half = append(q.data, half[0]|half[1]<<4), half[:0]
				}
			}
		}
	}
	return q
}

// extreme is the weight of the largest magnitude.
func extreme(block []float32) float32 {
	var most float32
	for _, w := range block {
		if abs(w) > abs(most) {
			most = w
		}
	}
	return most
}

func abs(w float32) float32 { return float32(math.Abs(float64(w))) }

// halves writes float16, rounded to nearest even.
func halves(data []float32) []byte {
	out := make([]byte, 0, 2*len(data))
	for _, v := range data {
		out = binary.LittleEndian.AppendUint16(out, half(v))
	}
	return out
}

func half(v float32) uint16 {
	bits := math.Float32bits(v)
	sign, exponent, fraction := uint16(bits>>16)&0x8000, int(bits>>23&0xff)-127+15, bits&0x7fffff
	switch {
	case exponent >= 31:
		return sign | 0x7c00 // and what is infinite or none; weights are neither
	case exponent <= -11:
		return sign
	case exponent <= 0:
		fraction |= 0x800000
		return sign | uint16(roundShift(fraction, uint(14-exponent)))
	}
	return sign + uint16(uint32(exponent)<<10+roundShift(fraction, 13))
}

// roundShift divides by a power of two and rounds to nearest even.
func roundShift(v uint32, by uint) uint32 {
	rest, middle := v&(1<<by-1), uint32(1)<<(by-1)
	v >>= by
	if rest > middle || rest == middle && v&1 == 1 {
		v++
	}
	return v
}
