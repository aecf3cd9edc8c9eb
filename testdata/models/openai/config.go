// Package openai writes model directories of openai/privacy-filter's
// architecture as it is published: the same files, names, dtypes, operators and
// contract, with other weights. The tiny one beside this file was trained on our own
// generated text (training/openai); one of the published width is made of
// random numbers, on demand.
//
// The graphs are ours, written from the weights of a model.safetensors. That
// they compute what transformers' class computes is shown by golden.json, which
// that class wrote.
package openai

import (
	"encoding/json"
	"fmt"
	"math"
)

// Config is the part of config.json that shapes the graph.
type Config struct {
	Layers       int  `json:"num_hidden_layers"`
	Hidden       int  `json:"hidden_size"`
	Intermediate int  `json:"intermediate_size"`
	Heads        int  `json:"num_attention_heads"`
	KVHeads      int  `json:"num_key_value_heads"`
	HeadDim      int  `json:"head_dim"`
	Experts      int  `json:"num_local_experts"`
	TopK         int  `json:"num_experts_per_tok"`
	Vocabulary   int  `json:"vocab_size"`
	Window       int  `json:"sliding_window"` // tokens to each side
	Positions    int  `json:"max_position_embeddings"`
	Rope         Rope `json:"rope_parameters"`

	Epsilon float64           `json:"rms_norm_eps"`
	Alpha   float64           `json:"swiglu_alpha"`
	Limit   float64           `json:"swiglu_limit"`
	Labels  map[string]string `json:"id2label"`
}

// Rope are the parameters of YaRN (arXiv 2309.00071) without truncation of
// its ramp.
type Rope struct {
	Theta    float64 `json:"rope_theta"`
	Factor   float64 `json:"factor"`
	Fast     float64 `json:"beta_fast"`
	Slow     float64 `json:"beta_slow"`
	Original float64 `json:"original_max_position_embeddings"`
}

func parseConfig(raw []byte) (c Config, err error) {
	if err := json.Unmarshal(raw, &c); err != nil {
		return Config{}, fmt.Errorf("reading the configuration: %w", err)
	}
	return c, nil
}

// frequencies are the inverse frequencies of each pair of a head, and the
// factor of its cosines and sines.
func (c Config) frequencies() (inverse []float64, scale float64) {
	r, dim := c.Rope, float64(c.HeadDim)
	correction := func(rotations float64) float64 {
		return dim * math.Log(r.Original/(rotations*2*math.Pi)) / (2 * math.Log(r.Theta))
	}
	low := max(correction(r.Fast), 0)
	high := min(correction(r.Slow), dim-1)
	inverse = make([]float64, c.HeadDim/2)
	for i := range inverse {
		plain := math.Pow(r.Theta, -2*float64(i)/dim)
		ramp := min(max((float64(i)-low)/(high-low), 0), 1)
		inverse[i] = plain/r.Factor*ramp + plain*(1-ramp)
	}
	return inverse, 0.1*math.Log(r.Factor) + 1
}

// rotations are the tables of cosines and sines, a row a position.
func (c Config) rotations() (cos, sin []float32) {
	inverse, scale := c.frequencies()
	cos = make([]float32, 0, c.Positions*len(inverse))
	sin = make([]float32, 0, c.Positions*len(inverse))
	for position := range c.Positions {
		for _, f := range inverse {
			// The angle in float32, as the torch class has it.
			angle := float64(float32(position) * float32(f))
			cos = append(cos, float32(math.Cos(angle)*scale))
			sin = append(sin, float32(math.Sin(angle)*scale))
		}
	}
	return cos, sin
}
