package remote

import (
	"context"
	"encoding/json"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// vllm is a server that speaks vLLM's pooling interface. Rows are sent as lists
// of ids without padding.
type vllm struct {
	endpoint *endpoint
	model    string
}

// describeVLLM asks whether the server is well and knows the model. How many
// classes that has, only the probe tells.
func describeVLLM(ctx context.Context, e *endpoint, model string, c Contract) (session, error) {
	if _, err := e.get(ctx, "/health"); err != nil {
		return nil, missing(e, err)
	}
	raw, err := e.get(ctx, "/v1/models")
	if err != nil {
		return nil, missing(e, err)
	}
	var list struct {
		Data []struct {
			ID      string
			Longest int `json:"max_model_len"`
		}
	}
	if json.Unmarshal(raw, &list) != nil {
		return nil, e.broken("it does not say which models it serves")
	}
	for _, m := range list.Data {
		if m.ID != model {
			continue
		}
		if m.Longest > 0 && m.Longest < c.MaxTokens {
			return nil, e.broken("its max_model_len is shorter than the windows of the model")
		}
		return &vllm{e, model}, nil
	}
	return nil, e.broken("it knows no such model")
}

// pooling is the body of POST /pooling.
type pooling struct {
	Model      string    `json:"model"`
	Input      [][]int64 `json:"input"`
	Task       string    `json:"task"`
	Activation bool      `json:"use_activation"`
	Specials   bool      `json:"add_special_tokens"`
	Encoding   string    `json:"encoding_format"`
	Type       string    `json:"embed_dtype"`
	Endianness string    `json:"endianness"`
}

// pooled is its answer.
type pooled struct {
	Data []struct {
		Index *int
		Data  []byte // base64
	}
}

// Sizes of an answer, in bytes.
const (
	bytesOfLogit = 4
	rowOverhead  = 256 // JSON around a row
)

// infer implements session.
func (s *vllm) infer(ctx context.Context, b *inference.Batch, logits []float32) error {
	rows := lengths(b)
	if rows == nil {
		return ErrShape
	}
	ask := pooling{
		Model: s.model, Task: "token_classify", Encoding: "base64", Type: "float32", Endianness: "little",
		Input: make([][]int64, b.Rows),
	}
	limit := maxJSON
	for r, n := range rows {
		ask.Input[r] = b.IDs[r*b.Cols:][:n]
		limit += rowOverhead + (n*b.Labels*bytesOfLogit+2)/3*4
	}
	body, err := json.Marshal(ask)
	if err != nil {
		return ErrShape
	}
	_, raw, err := s.endpoint.do(ctx, request{
		method: http.MethodPost, path: "/pooling", body: body, limit: limit,
		header: http.Header{"Content-Type": {"application/json"}},
	})
	if err != nil {
		return err
	}
	return s.decode(raw, rows, b, logits)
}

func (s *vllm) decode(raw []byte, rows []int, b *inference.Batch, logits []float32) error {
	var answer pooled
	if json.Unmarshal(raw, &answer) != nil {
		return s.endpoint.broken("the answer is not that of the protocol")
	}
	if len(answer.Data) != b.Rows {
		return s.endpoint.broken("the answer has another number of rows than the question")
	}
	seen := make([]bool, b.Rows)
	for _, row := range answer.Data {
		if row.Index == nil || *row.Index < 0 || *row.Index >= b.Rows || seen[*row.Index] {
			return s.endpoint.broken("the answer's rows cannot be told apart")
		}
		r := *row.Index
		seen[r] = true
		if len(row.Data) != rows[r]*b.Labels*bytesOfLogit {
			return s.endpoint.broken("a row of the answer has another length than that of the question: another tokenizer, or another number of classes")
		}
		readFloat32(logits[r*b.Cols*b.Labels:][:rows[r]*b.Labels], row.Data)
	}
	if !settle(b, logits) {
		return s.endpoint.broken("it answered with NaN or infinite logits")
	}
	return nil
}
