package remotetest

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// VLLM returns a server of vLLM's pooling interface, as it is documented.
func VLLM(m Model) (*Server, http.Handler) {
	s := &Server{Model: m}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) })
	mux.HandleFunc("GET /v1/models", func(w http.ResponseWriter, _ *http.Request) {
		model := map[string]any{"id": m.Name, "object": "model", "owned_by": "vllm", "max_model_len": 131072}
		if f := s.now(); f.Metadata != nil {
			f.Metadata(model)
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"object": "list", "data": []any{model}})
	})
	mux.HandleFunc("POST /pooling", s.pooling)
	return s, s.guard(mux)
}

func (s *Server) pooling(w http.ResponseWriter, r *http.Request) {
	var in struct {
		Model      string    `json:"model"`
		Input      [][]int64 `json:"input"`
		Task       string    `json:"task"`
		Activation *bool     `json:"use_activation"`
		Specials   *bool     `json:"add_special_tokens"`
		Encoding   string    `json:"encoding_format"`
		Type       string    `json:"embed_dtype"`
		Endianness string    `json:"endianness"`
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	switch err := decoder.Decode(&in); {
	case err != nil, r.Header.Get("Content-Type") != "application/json", len(in.Input) == 0,
		in.Task != "token_classify", in.Activation == nil || *in.Activation, in.Specials == nil || *in.Specials,
		in.Encoding != "base64", in.Type != "float32", in.Endianness != "little":
		refuse(w, http.StatusBadRequest, "the request is not as it must be")
		return
	case in.Model != s.Name:
		refuse(w, http.StatusNotFound, in.Model)
		return
	}
	var data []any
	f := s.now()
	total := 0
	for i, ids := range in.Input {
		total += len(ids)
		b := &inference.Batch{Rows: 1, Cols: len(ids), Labels: s.Labels, IDs: ids, Mask: make([]int64, len(ids))}
		for k := range b.Mask {
			b.Mask[k] = 1
		}
		logits, err := s.infer(r, b)
		if err != nil {
			refuse(w, http.StatusInternalServerError, err.Error())
			return
		}
		raw := floats(logits)
		if f.Data != nil {
			raw = f.Data(raw)
		}
		row := map[string]any{"index": i, "object": "pooling", "data": base64.StdEncoding.EncodeToString(raw)}
		if f.Head != nil {
			f.Head(row)
		}
		data = append(data, row)
	}
	s.count(total)
	answer, _ := json.Marshal(map[string]any{
		"id": "pool-1", "object": "list", "created": 0, "model": s.Name, "data": data,
		"usage": map[string]int{"prompt_tokens": total, "total_tokens": total},
	})
	w.Header().Set("Content-Type", "application/json")
	write(w, f, answer)
}

func floats(values []float32) []byte {
	out := make([]byte, 0, 4*len(values))
	for _, v := range values {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
	}
	return out
}
