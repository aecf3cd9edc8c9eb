package remote

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
)

// entry is one of the maps in a list of metadata or of an answer.
func entry(m map[string]any, list string, i int) map[string]any {
	return m[list].([]any)[i].(map[string]any)
}

// A server that serves something else is refused before it gets any text, with
// a sentence of ours.
func TestServersOfSomethingElseAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, protocol, want string
		metadata             func(m map[string]any)
	}{
		{"another model", KServe, "does not describe the model", func(m map[string]any) { m["name"] = canary }},
		{"an input that nobody fills", KServe, "nobody here can fill", func(m map[string]any) { entry(m, "inputs", 1)["name"] = canary }},
		{"ids of 32 bits", KServe, "not INT64", func(m map[string]any) { entry(m, "inputs", 0)["datatype"] = "INT32" }},
		{"an input of fixed size", KServe, "of any size", func(m map[string]any) { entry(m, "inputs", 0)["shape"] = []int{-1, 128} }},
		{"an input of one dimension", KServe, "of any size", func(m map[string]any) { entry(m, "inputs", 0)["shape"] = []int{-1} }},
		{"no ids", KServe, "no input input_ids", func(m map[string]any) { m["inputs"] = m["inputs"].([]any)[1:] }},
		{"an input twice", KServe, "input twice", func(m map[string]any) {
			m["inputs"] = append(m["inputs"].([]any), m["inputs"].([]any)[0])
		}},
		{"no inputs", KServe, "no input input_ids", func(m map[string]any) { m["inputs"] = nil }},
		{"other classes", KServe, "number of classes", func(m map[string]any) { entry(m, "outputs", 0)["shape"] = []int{-1, -1, 9} }},
		{"logits of a sentence", KServe, "of any size", func(m map[string]any) { entry(m, "outputs", 0)["shape"] = []int{-1, 33} }},
		{"labels and no logits", KServe, "neither FP32 nor FP16", func(m map[string]any) { entry(m, "outputs", 0)["datatype"] = "BYTES" }},
		{"no logits", KServe, "no output logits", func(m map[string]any) { entry(m, "outputs", 0)["name"] = canary }},
		{"logits twice", KServe, "output twice", func(m map[string]any) {
			m["outputs"] = append(m["outputs"].([]any), m["outputs"].([]any)[0])
		}},
		{"another model", VLLM, "knows no such model", func(m map[string]any) { m["id"] = canary }},
		{"short rows only", VLLM, "max_model_len", func(m map[string]any) { m["max_model_len"] = 128 }},
	} {
		t.Run(c.protocol+", "+c.name, func(t *testing.T) {
			s, url := serve(t, c.protocol, served())
			s.Set(remotetest.Faults{Metadata: c.metadata})
			_, err := Open(t.Context(), Options{Protocol: c.protocol, URLs: []string{url}, Model: modelName}, contract)
			silent[*ContractError](t, err, c.want)
			if n, _ := s.Asked(); n > 0 {
				t.Error("it was asked")
			}
		})
	}
}

// What is no logits is noticed before it counts.
func TestAnswersThatAreNoneAreErrors(t *testing.T) {
	output := func(change func(o map[string]any)) func(map[string]any) {
		return func(h map[string]any) { change(entry(h, "outputs", 0)) }
	}
	number := func(v float32) func([]byte) []byte {
		return func(raw []byte) []byte {
			binary.LittleEndian.PutUint32(raw[40:], math.Float32bits(v))
			return raw
		}
	}
	for _, c := range []struct {
		name, protocol, want string
		faults               remotetest.Faults
	}{
		{"cut off", KServe, "cut off", remotetest.Faults{Data: func(raw []byte) []byte { return raw[:len(raw)-4] }}},
		{"longer", KServe, "goes on behind", remotetest.Faults{Data: func(raw []byte) []byte { return append(raw, canary...) }}},
		{"without numbers", KServe, "cut off", remotetest.Faults{Data: func([]byte) []byte { return nil }}},
		{"another shape of the same size", KServe, "another shape", remotetest.Faults{Head: output(func(o map[string]any) { o["shape"] = []int{3, 2, labels} })}},
		{"another size", KServe, "another size", remotetest.Faults{Head: output(func(o map[string]any) { o["parameters"] = map[string]int{"binary_data_size": 4} })}},
		{"no size", KServe, "another size", remotetest.Faults{Head: output(func(o map[string]any) { delete(o, "parameters") })}},
		{"another type", KServe, "another type", remotetest.Faults{Head: output(func(o map[string]any) { o["datatype"] = "FP64" })}},
		{"another name", KServe, "not one tensor", remotetest.Faults{Head: output(func(o map[string]any) { o["name"] = canary })}},
		{"two tensors", KServe, "not one tensor", remotetest.Faults{Head: func(h map[string]any) {
			h["outputs"] = append(h["outputs"].([]any), h["outputs"].([]any)[0])
		}}},
		{"another model's", KServe, "another model", remotetest.Faults{Head: func(h map[string]any) { h["model_name"] = canary }}},
		{"an error with status 200", KServe, "not one tensor", remotetest.Faults{Head: func(h map[string]any) {
			clear(h)
			h["error"] = canary
		}}},
		{"numbers as JSON", KServe, "no binary tensors", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			h.Del("Inference-Header-Content-Length")
			return body
		}}},
		{"a head longer than the answer", KServe, "shorter than its head", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			h.Set("Inference-Header-Content-Length", "100000")
			return body
		}}},
		{"a head of negative length", KServe, "shorter than its head", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			h.Set("Inference-Header-Content-Length", "-1")
			return body
		}}},
		{"a page of HTML", KServe, "not that of the protocol", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			h.Set("Inference-Header-Content-Length", "20")
			return []byte("<html>" + canary + strings.Repeat(" ", 100))
		}}},
		{"without end", KServe, "longer than it can be", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			return append(body, make([]byte, 1<<20)...)
		}}},
		{"NaN", KServe, "NaN or infinite", remotetest.Faults{Data: number(float32(math.NaN()))}},
		{"infinite", KServe, "NaN or infinite", remotetest.Faults{Data: number(float32(math.Inf(-1)))}},
		{"a row cut off", VLLM, "another length", remotetest.Faults{Data: func(raw []byte) []byte { return raw[:len(raw)-4] }}},
		{"a row with special tokens", VLLM, "another length", remotetest.Faults{Data: func(raw []byte) []byte { return append(raw, raw[:4*labels]...) }}},
		{"rows of the same index", VLLM, "told apart", remotetest.Faults{Head: func(row map[string]any) { row["index"] = 0 }}},
		{"rows without index", VLLM, "told apart", remotetest.Faults{Head: func(row map[string]any) { delete(row, "index") }}},
		{"rows of no index", VLLM, "told apart", remotetest.Faults{Head: func(row map[string]any) { row["index"] = -1 }}},
		{"no base64", VLLM, "not that of the protocol", remotetest.Faults{Head: func(row map[string]any) { row["data"] = canary }}},
		{"numbers as JSON", VLLM, "not that of the protocol", remotetest.Faults{Head: func(row map[string]any) { row["data"] = [][]float64{{1.5, 2}} }}},
		{"no rows", VLLM, "number of rows", remotetest.Faults{Tail: func(http.Header, []byte) []byte { return []byte(`{"data":[],"` + canary + `":1}`) }}},
		{"a page of HTML", VLLM, "not that of the protocol", remotetest.Faults{Tail: func(http.Header, []byte) []byte { return []byte("<html>" + canary) }}},
		{"without end", VLLM, "longer than it can be", remotetest.Faults{Tail: func(_ http.Header, body []byte) []byte { return append(body, make([]byte, 1<<20)...) }}},
		{"NaN", VLLM, "NaN or infinite", remotetest.Faults{Data: number(float32(math.NaN()))}},
	} {
		t.Run(c.protocol+", "+c.name, func(t *testing.T) {
			s, url := serve(t, c.protocol, served())
			o := Options{Protocol: c.protocol, URLs: []string{url}, Model: modelName}
			e := mustOpen(t, o, contract)
			s.Set(c.faults)
			_, err := run(t, e, randomBatch(1, 2, 3, 0))
			silent[*ContractError](t, err, c.want)
			// A server found out is not asked again before it has proven itself.
			_, err = run(t, e, randomBatch(1, 2, 3, 0))
			if !errors.Is(err, ErrNoServer) {
				t.Errorf("and then: %v", err)
			}
			// Neither does it get in.
			_, err = Open(t.Context(), o, contract)
			silent[*ContractError](t, err, "")
		})
	}
}

// Probabilities decode without an error, and find other things.
func TestProbabilitiesAreNotLogits(t *testing.T) {
	for _, protocol := range []string{KServe, VLLM} {
		s, url := serve(t, protocol, served())
		s.Set(remotetest.Faults{Data: func(raw []byte) []byte {
			for i := 0; i < len(raw); i += 4 {
				v := math.Float32frombits(binary.LittleEndian.Uint32(raw[i:]))
				binary.LittleEndian.PutUint32(raw[i:], math.Float32bits(float32(1/(1+math.Exp(-float64(v))))))
			}
			return raw
		}})
		_, err := Open(t.Context(), Options{Protocol: protocol, URLs: []string{url}, Model: modelName}, contract)
		silent[*ContractError](t, err, "probabilities")
	}
}

// Padding may be anything.
func TestPaddingMayBeNaN(t *testing.T) {
	e, s := opened(t)
	b := randomBatch(1, 1, 4, 0)
	b.Mask[3] = 0
	s.Set(remotetest.Faults{Data: func(raw []byte) []byte {
		binary.LittleEndian.PutUint32(raw[4*3*labels:], math.Float32bits(float32(math.NaN())))
		return raw
	}})
	got, err := run(t, e, b)
	if err != nil {
		t.Fatal(err)
	}
	sameAsHere(t, b, got)
	if got[3*labels] != 0 {
		t.Error("what padding answered is passed on")
	}
}

// Statuses are told by their number; what servers say with them is not.
func TestStatusesAreErrors(t *testing.T) {
	for _, status := range []int{204, 301, 307, 400, 401, 404, 413, 429, 500, 503} {
		e, s := opened(t)
		s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
			w.Header().Set("Location", "/v2/models/"+modelName+"/infer?"+canary)
			w.WriteHeader(status)
			if status != 204 {
				_, _ = w.Write([]byte(canary))
			}
			return true
		}})
		before, _ := s.Asked()
		_, err := run(t, e, randomBatch(1, 1, 3, 0))
		silent[*StatusError](t, err, "status")
		if after, _ := s.Asked(); after != before {
			t.Errorf("%d: it was asked again", status)
		}
	}
}

// Somebody waits no longer than he wants to, and no longer than a request may
// take.
func TestSlowServers(t *testing.T) {
	s, url := serve(t, KServe, served())
	e := mustOpen(t, Options{Protocol: KServe, URLs: []string{url}, Model: modelName, Timeout: 100 * time.Millisecond}, contract)
	patient := mustOpen(t, Options{Protocol: KServe, URLs: []string{url}, Model: modelName}, contract)
	asked := make(chan struct{}, 1)
	s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		select {
		case asked <- struct{}{}:
		default:
		}
		// A server learns that a client has left when it has read the request.
		_, _ = http.MaxBytesReader(w, r.Body, 1<<20).Read(make([]byte, 1<<16))
		<-r.Context().Done()
		return true
	}})
	_, err := run(t, e, randomBatch(1, 1, 3, 0))
	silent[*ConnectionError](t, err, "no answer came in time")
	select {
	case <-asked:
	default: // the server is slower yet
	}

	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-asked; cancel() }()
	b := randomBatch(1, 1, 3, 0)
	if err := patient.Run(ctx, b, make([]float32, len(b.IDs)*labels)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	s.Set(remotetest.Faults{})
	if _, err := run(t, patient, b); err != nil {
		t.Errorf("a caller that left counts against the server: %v", err)
	}
}

// Whatever a server sends, the answer is an error of ours or logits.
func FuzzKServeAnswer(f *testing.F) {
	f.Add("10", []byte(`{"outputs":[{"name":"logits","datatype":"FP32","shape":[1,2,3],"parameters":{"binary_data_size":24}}]}`))
	f.Add("0", []byte{})
	f.Fuzz(func(t *testing.T, header string, raw []byte) {
		s := &kserve{endpoint: &endpoint{name: "server"}, model: modelName}
		b := randomBatch(1, 1, 2, 0)
		logits := make([]float32, len(b.IDs)*labels)
		if err := s.decode(header, raw, b, logits); err == nil && !finite(logits) {
			t.Error("logits that are none")
		}
	})
}

func FuzzVLLMAnswer(f *testing.F) {
	good, _ := json.Marshal(map[string]any{"data": []any{map[string]any{"index": 0, "data": make([]byte, 2*labels*4)}}})
	f.Add(good)
	f.Add([]byte(`{"data":[{"index":0,"data":"AAAA"}]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := &vllm{&endpoint{name: "server"}, modelName}
		b := randomBatch(1, 1, 2, 0)
		logits := make([]float32, len(b.IDs)*labels)
		if err := s.decode(raw, lengths(b), b, logits); err == nil && !finite(logits) {
			t.Error("logits that are none")
		}
	})
}
