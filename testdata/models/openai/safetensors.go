package openai

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// Tensor is a weight, row-major.
type Tensor struct {
	Shape []int64
	Data  []float32
}

// Weights are a model's tensors by their names in the checkpoint.
type Weights map[string]Tensor

// parseWeights reads a model.safetensors: the length of a JSON header in eight
// bytes, the header, the data.
func parseWeights(raw []byte) (Weights, error) {
	if len(raw) < 8 || binary.LittleEndian.Uint64(raw) > uint64(len(raw)-8) {
		return nil, errors.New("reading weights: no header")
	}
	end := 8 + int(binary.LittleEndian.Uint64(raw))
	var header map[string]struct {
		Type    string   `json:"dtype"`
		Shape   []int64  `json:"shape"`
		Offsets [2]int64 `json:"data_offsets"`
	}
	if err := json.Unmarshal(raw[8:end], &header); err != nil {
		return nil, fmt.Errorf("reading weights: %w", err)
	}
	w := Weights{}
	for name, t := range header {
		if name == "__metadata__" {
			continue
		}
		data, err := floats(raw[end:][t.Offsets[0]:t.Offsets[1]], t.Type)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		w[name] = Tensor{t.Shape, data}
	}
	return w, nil
}

func floats(raw []byte, kind string) ([]float32, error) {
	var out []float32
	switch kind {
	case "F32":
		for ; len(raw) > 0; raw = raw[4:] {
			out = append(out, math.Float32frombits(binary.LittleEndian.Uint32(raw)))
		}
	case "BF16":
		for ; len(raw) > 0; raw = raw[2:] {
			out = append(out, math.Float32frombits(uint32(binary.LittleEndian.Uint16(raw))<<16))
		}
	default:
		return nil, fmt.Errorf("no %s is read here", kind)
	}
	return out, nil
}
