package remote

import (
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// tensor is the head of a tensor, whose numbers follow the JSON.
type tensor struct {
	Name       string     `json:"name"`
	Datatype   string     `json:"datatype,omitempty"`
	Shape      []int      `json:"shape,omitempty"`
	Parameters parameters `json:"parameters"`
}

type parameters struct {
	Size   *int `json:"binary_data_size,omitempty"` // bytes
	Binary bool `json:"binary_data,omitempty"`
}

const bytesOfID = 8

// encode lays a request out, and says how long its JSON is.
func (s *kserve) encode(b *inference.Batch) (body []byte, header int, err error) {
	in := struct {
		Inputs  []tensor `json:"inputs"`
		Outputs []tensor `json:"outputs"`
	}{Outputs: []tensor{{Name: outputLogits, Parameters: parameters{Binary: true}}}}
	data := make([][]int64, len(s.inputs))
	size := 0
	for i, name := range s.inputs {
		shape, cells := []int{b.Rows, b.Cols}, len(b.IDs)
		switch name {
		case inputIDs:
			data[i] = b.IDs
		case inputMask:
			data[i] = b.Mask
		case s.feature:
			data[i], cells = b.Features, len(b.Features)
			shape = Contract{Columns: b.Columns}.featureShape(b.Rows, b.Cols)
		}
		bytes := bytesOfID * cells
		size += bytes
		in.Inputs = append(in.Inputs, tensor{name, "INT64", shape, parameters{Size: &bytes}})
	}
	head, err := json.Marshal(in)
	if err != nil {
		return nil, 0, ErrShape
	}
	body = append(make([]byte, 0, len(head)+size), head...)
	for i, t := range in.Inputs {
		if data[i] == nil { // token_type_ids
			body = append(body, make([]byte, *t.Parameters.Size)...)
		}
		for _, v := range data[i] {
			body = binary.LittleEndian.AppendUint64(body, uint64(v))
		}
	}
	return body, len(head), nil
}

// decode reads an answer. Whatever does not fit to the byte is none.
func (s *kserve) decode(header string, raw []byte, b *inference.Batch, logits []float32) error {
	length, err := strconv.Atoi(header)
	if err != nil {
		return s.endpoint.broken("the answer holds no binary tensors")
	}
	if length < 0 || length > len(raw) || length > maxJSON {
		return s.endpoint.broken("the answer is shorter than its head")
	}
	var head struct {
		Model   string `json:"model_name"`
		Outputs []tensor
	}
	if json.Unmarshal(raw[:length], &head) != nil {
		return s.endpoint.broken("the answer is not that of the protocol")
	}
	data := raw[length:]
	want := "FP32"
	if s.half {
		want = "FP16"
	}
	switch {
	case head.Model != "" && head.Model != s.model:
		return s.endpoint.broken("another model answered")
	case len(head.Outputs) != 1, head.Outputs[0].Name != outputLogits:
		return s.endpoint.broken("the answer is not one tensor of logits")
	case head.Outputs[0].Datatype != want:
		return s.endpoint.broken("the logits are of another type than was announced")
	case !slices.Equal(head.Outputs[0].Shape, []int{b.Rows, b.Cols, b.Labels}):
		return s.endpoint.broken("the logits have another shape than the question")
	case head.Outputs[0].Parameters.Size == nil, *head.Outputs[0].Parameters.Size != len(logits)*s.width():
		return s.endpoint.broken("the logits have another size than their shape")
	case len(data) != len(logits)*s.width():
		return s.endpoint.broken("the answer is cut off, or goes on behind the logits")
	}
	if s.half {
		readFloat16(logits, data)
	} else {
		readFloat32(logits, data)
	}
	if !settle(b, logits) {
		return s.endpoint.broken("it answered with NaN or infinite logits")
	}
	return nil
}
