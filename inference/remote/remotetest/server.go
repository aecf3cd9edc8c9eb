// Package remotetest is servers for tests of remote engines. They speak the
// protocols as these are written down, share no code with the client, and
// answer with an engine of this machine. Nothing in the product imports it.
//
// KServe is written from the Open Inference Protocol's REST binding and its
// binary tensor extension; a real Triton is asked by bench/remote. VLLM is a
// recorded contract: the schema that vLLM documents, and no vLLM was run here.
package remotetest

import (
	"encoding/binary"
	"net/http"
	"strings"
	"sync"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Model is what a server serves.
type Model struct {
	Name    string
	Labels  int
	Feature string // the name of the input for features, or ""
	Columns int    // features a token
	Types   bool   // token_type_ids are an input, too
	Half    bool   // KServe: logits are FP16

	Engine inference.Engine
}

// Faults are what a server does wrong. The zero value is nothing.
type Faults struct {
	// Before sees every request, and answers it by returning true.
	Before func(w http.ResponseWriter, r *http.Request) bool
	// Metadata may change what a KServe server says of its model, or a vLLM
	// one of its models.
	Metadata func(m map[string]any)
	// Head may change the JSON of an answer.
	Head func(head map[string]any)
	// Data may change the numbers of an answer, before they are encoded.
	Data func(raw []byte) []byte
	// Tail may change the whole body of an answer, and its headers.
	Tail func(h http.Header, body []byte) []byte
}

// Server is an http.Handler.
type Server struct {
	Model

	mu     sync.Mutex
	faults Faults // guarded by mu
	asked  int    // inferences; guarded by mu
	tokens int    // of them, with padding if that was sent; guarded by mu
	run    sync.Mutex
}

// Set makes the server do wrong from now on.
func (s *Server) Set(f Faults) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = f
}

// Asked is how many inferences were asked for, and of how many tokens.
func (s *Server) Asked() (requests, tokens int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked, s.tokens
}

func (s *Server) now() Faults {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.faults
}

func (s *Server) count(tokens int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	s.tokens += tokens
}

// infer runs a batch; the engine is for one goroutine at a time.
func (s *Server) infer(r *http.Request, b *inference.Batch) ([]float32, error) {
	s.run.Lock()
	defer s.run.Unlock()
	logits := make([]float32, b.Rows*b.Cols*b.Labels)
	return logits, s.Engine.Run(r.Context(), b, logits)
}

func write(w http.ResponseWriter, f Faults, body []byte) {
	if f.Tail != nil {
		body = f.Tail(w.Header(), body)
	}
	_, _ = w.Write(body)
}

// refuse answers as careless servers do, with what they were sent.
func refuse(w http.ResponseWriter, status int, quote string) {
	http.Error(w, `{"error": "`+strings.ReplaceAll(quote, `"`, `'`)+`"}`, status)
}

func ints(raw []byte) []int64 {
	out := make([]int64, len(raw)/8)
	for i := range out {
		out[i] = int64(binary.LittleEndian.Uint64(raw[8*i:]))
	}
	return out
}
