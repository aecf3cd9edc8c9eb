package remotetest

import (
	"encoding/json"
	"io"
	"math"
	"net/http"
	"strconv"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// KServe returns a server of KServe v2 with binary tensors.
func KServe(m Model) (*Server, http.Handler) {
	s := &Server{Model: m}
	mux := http.NewServeMux()
	ok := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }
	mux.HandleFunc("GET /v2/health/live", ok)
	mux.HandleFunc("GET /v2/health/ready", ok)
	mux.HandleFunc("GET /v2/models/"+m.Name+"/ready", ok)
	mux.HandleFunc("GET /v2/models/"+m.Name, s.metadata)
	mux.HandleFunc("POST /v2/models/"+m.Name+"/infer", s.kserve)
	return s, s.guard(mux)
}

// guard lets faults answer first.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if f := s.now(); f.Before == nil || !f.Before(w, r) {
			next.ServeHTTP(w, r)
		}
	})
}

func (s *Server) metadata(w http.ResponseWriter, _ *http.Request) {
	input := func(name string, shape ...int) map[string]any {
		return map[string]any{"name": name, "datatype": "INT64", "shape": shape}
	}
	var inputs []any
	if s.Columns == 0 || s.Feature == "" {
		inputs = append(inputs, input("input_ids", -1, -1), input("attention_mask", -1, -1))
	} else {
		inputs = append(inputs, input("input_ids", -1, -1), input("attention_mask", -1, -1), input(s.Feature, -1, -1, s.Columns))
	}
	if s.Types {
		inputs = append(inputs, input("token_type_ids", -1, -1))
	}
	m := map[string]any{
		"name": s.Name, "versions": []string{"1"}, "platform": "onnxruntime_onnx", "inputs": inputs,
		"outputs": []any{map[string]any{"name": "logits", "datatype": s.datatype(), "shape": []int{-1, -1, s.Labels}}},
	}
	if f := s.now(); f.Metadata != nil {
		f.Metadata(m)
	}
	_ = json.NewEncoder(w).Encode(m)
}

func (s *Server) datatype() string {
	if s.Half {
		return "FP16"
	}
	return "FP32"
}

// kserve answers an inference request, and takes nothing that is not as the
// extension says.
func (s *Server) kserve(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	length, errLength := strconv.Atoi(r.Header.Get("Inference-Header-Content-Length"))
	if err != nil || errLength != nil || length < 0 || length > len(body) {
		refuse(w, http.StatusBadRequest, string(body))
		return
	}
	b, ok := s.batch(body[:length], body[length:])
	if !ok {
		refuse(w, http.StatusBadRequest, string(body[:length]))
		return
	}
	s.count(len(b.IDs))
	logits, err := s.infer(r, b)
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	s.answer(w, b, logits)
}

func (s *Server) batch(head, data []byte) (*inference.Batch, bool) {
	var in struct {
		Inputs []struct {
			Name, Datatype string
			Shape          []int
			Parameters     struct {
				Size int `json:"binary_data_size"`
			}
		}
		Outputs []struct {
			Name       string
			Parameters struct {
				Binary bool `json:"binary_data"`
			}
		}
	}
	if json.Unmarshal(head, &in) != nil || len(in.Outputs) != 1 || in.Outputs[0].Name != "logits" || !in.Outputs[0].Parameters.Binary {
		return nil, false
	}
	b := &inference.Batch{Labels: s.Labels, Columns: s.Columns}
	for _, t := range in.Inputs {
		cells := 1
		for _, n := range t.Shape {
			cells *= n
		}
		if t.Datatype != "INT64" || t.Parameters.Size != 8*cells || t.Parameters.Size > len(data) || len(t.Shape) < 2 {
			return nil, false
		}
		b.Rows, b.Cols = t.Shape[0], t.Shape[1]
		values := ints(data[:t.Parameters.Size])
		data = data[t.Parameters.Size:]
		switch t.Name {
		case "input_ids":
			b.IDs = values
		case "attention_mask":
			b.Mask = values
		case s.Feature:
			b.Features = values
		case "token_type_ids":
		default:
			return nil, false
		}
	}
	return b, len(data) == 0 && len(b.IDs) == b.Rows*b.Cols
}

func (s *Server) answer(w http.ResponseWriter, b *inference.Batch, logits []float32) {
	raw := floats(logits)
	if s.Half {
		raw = halves(logits)
	}
	f := s.now()
	size := len(raw)
	if f.Data != nil {
		raw = f.Data(raw)
	}
	head := map[string]any{
		"model_name": s.Name, "model_version": "1",
		"outputs": []any{map[string]any{
			"name": "logits", "datatype": s.datatype(), "shape": []int{b.Rows, b.Cols, b.Labels},
			"parameters": map[string]any{"binary_data_size": size},
		}},
	}
	if f.Head != nil {
		f.Head(head)
	}
	text, _ := json.Marshal(head)
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Inference-Header-Content-Length", strconv.Itoa(len(text)))
	write(w, f, append(text, raw...))
}

// halves encodes as float16, rounding to nearest; what is too small is zero.
func halves(values []float32) []byte {
	out := make([]byte, 0, 2*len(values))
	for _, v := range values {
		h := half(v)
		out = append(out, byte(h), byte(h>>8))
	}
	return out
}

func half(v float32) uint16 {
	sign := uint16(0)
	if math.Signbit(float64(v)) {
		sign, v = 0x8000, -v
	}
	switch {
	case v != v:
		return sign | 0x7e00
	case v >= 65520:
		return sign | 0x7c00
	case v < 1.0/(1<<14):
		return sign | uint16(math.RoundToEven(float64(v)*(1<<24)))
	}
	fraction, exponent := math.Frexp(float64(v)) // [0.5, 1) × 2^exponent
	rounded := uint16(math.RoundToEven(fraction * 2048))
	return sign | (uint16(exponent+14)<<10 + rounded - 1024)
}
