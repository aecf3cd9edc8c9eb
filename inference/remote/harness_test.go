package remote

import (
	"context"
	"errors"
	"io"
	"log"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
)

const (
	modelName  = "privacy-filter"
	labels     = 33
	vocabulary = 1000
	canary     = "harriet.blackwood@canary.example" // what servers quote
)

var contract = Contract{Labels: labels, Vocabulary: vocabulary, MaxTokens: 512}

// arithmetic is an engine whose every logit depends on its token, its place,
// its class and its features, and is exact in half precision.
type arithmetic struct{}

func (arithmetic) Run(_ context.Context, b *inference.Batch, logits []float32) error {
	for i, id := range b.IDs {
		extra := int64(0)
		for k := range b.Columns {
			extra += b.Features[i*b.Columns+k] * int64(k+1)
		}
		for k := range b.Labels {
			n := (id*7 + int64(k)*13 + int64(i%b.Cols)*5 + extra) % 97
			logits[i*b.Labels+k] = float32(n)/8 - 6
		}
	}
	return nil
}

func (arithmetic) Name() string { return "arithmetic" }
func (arithmetic) Close() error { return nil }

func served() remotetest.Model {
	return remotetest.Model{Name: modelName, Labels: labels, Engine: arithmetic{}}
}

// serve starts a server of a protocol.
func serve(t testing.TB, protocol string, m remotetest.Model) (*remotetest.Server, string) {
	t.Helper()
	s, handler := remotetest.KServe(m)
	if protocol == VLLM {
		s, handler = remotetest.VLLM(m)
	}
	return s, listen(t, handler)
}

func listen(t testing.TB, handler http.Handler) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func mustOpen(t testing.TB, o Options, c Contract) *Engine {
	t.Helper()
	e, err := Open(t.Context(), o, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return e
}

// opened is an engine that asks one server of KServe.
func opened(t testing.TB) (*Engine, *remotetest.Server) {
	t.Helper()
	s, url := serve(t, KServe, served())
	return mustOpen(t, Options{Protocol: KServe, URLs: []string{url}, Model: modelName}, contract), s
}

// randomBatch has rows of different length.
func randomBatch(seed uint64, rows, cols, columns int) *inference.Batch {
	rng := rand.New(rand.NewPCG(seed, 1))
	b := &inference.Batch{Rows: rows, Cols: cols, Labels: labels, Columns: columns}
	for r := range rows {
		length := 1 + rng.IntN(cols)
		if r == 0 {
			length = cols
		}
		for c := range cols {
			if c < length {
				b.IDs, b.Mask = append(b.IDs, rng.Int64N(vocabulary)), append(b.Mask, 1)
			} else {
				b.IDs, b.Mask = append(b.IDs, 999), append(b.Mask, 0)
			}
			for range columns {
				b.Features = append(b.Features, rng.Int64N(50))
			}
		}
	}
	return b
}

func run(t testing.TB, e *Engine, b *inference.Batch) ([]float32, error) {
	t.Helper()
	logits := make([]float32, len(b.IDs)*b.Labels)
	err := e.Run(t.Context(), b, logits)
	return logits, err
}

// sameAsHere compares the logits of tokens with those of the engine itself.
func sameAsHere(t testing.TB, b *inference.Batch, got []float32) {
	t.Helper()
	want := make([]float32, len(got))
	_ = arithmetic{}.Run(t.Context(), b, want)
	for i := range want {
		if b.Mask[i/b.Labels] == 1 && got[i] != want[i] {
			t.Fatalf("token %d, class %d: got %v, want %v", i/b.Labels, i%b.Labels, got[i], want[i])
		}
	}
}

// silent wants an error of a type, that quotes no server.
func silent[T error](t testing.TB, err error, want string) {
	t.Helper()
	var kind T
	switch {
	case err == nil:
		t.Fatal("there is no error")
	case !errors.As(err, &kind):
		t.Errorf("got a %T: %v", err, err)
	case !strings.Contains(err.Error(), want):
		t.Errorf("got %q, want %q", err, want)
	case strings.Contains(err.Error(), "canary"), strings.Contains(err.Error(), "\n"):
		t.Errorf("the error quotes the server: %q", err)
	}
}

// clock is a time that moves when it is told to.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}

func discard() *log.Logger { return log.New(io.Discard, "", 0) }
