package remote

import (
	"net/http"
	"slices"
	"sync"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
)

// Logits arrive as the server's engine made them, whatever the protocol, the
// type, the inputs, and however a batch is divided.
func TestAnswersAreThoseOfTheServersEngine(t *testing.T) {
	withFeatures := contract
	withFeatures.Feature, withFeatures.Columns = "shape_ids", 3
	for _, c := range []struct {
		name, protocol string
		contract       Contract
		model          func(*remotetest.Model)
	}{
		{"kserve", KServe, contract, func(*remotetest.Model) {}},
		{"kserve in half precision", KServe, contract, func(m *remotetest.Model) { m.Half = true }},
		{"kserve with token types", KServe, contract, func(m *remotetest.Model) { m.Types = true }},
		{"kserve with features", KServe, withFeatures, func(m *remotetest.Model) { m.Feature, m.Columns = "shape_ids", 3 }},
		{"vllm", VLLM, contract, func(*remotetest.Model) {}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := served()
			c.model(&m)
			first, urlFirst := serve(t, c.protocol, m)
			second, urlSecond := serve(t, c.protocol, m)
			for _, maxRows := range []int{0, 1, 3} {
				e := mustOpen(t, Options{
					Protocol: c.protocol, URLs: []string{urlFirst, urlSecond}, Model: modelName, MaxRows: maxRows,
				}, c.contract)
				if e.Name() != c.protocol {
					t.Errorf("it is named %s", e.Name())
				}
				for seed, size := range [][2]int{{1, 1}, {1, 300}, {7, 20}, {64, 5}, {40, 200}} {
					b := randomBatch(uint64(seed), size[0], size[1], c.contract.Columns)
					got, err := run(t, e, b)
					if err != nil {
						t.Fatal(err)
					}
					sameAsHere(t, b, got)
				}
			}
			one, _ := first.Asked()
			two, _ := second.Asked()
			if one < 10 || two < 10 {
				t.Errorf("the servers were asked %d and %d times", one, two)
			}
		})
	}
}

// A server works on no more requests than it is meant to.
func TestRequestsInFlightAreBounded(t *testing.T) {
	const inFlight = 2
	s, url := serve(t, KServe, served())
	e := mustOpen(t, Options{Protocol: KServe, URLs: []string{url}, Model: modelName, InFlight: inFlight, MaxRows: 1}, contract)
	var mu sync.Mutex
	now, most := 0, 0
	both := make(chan struct{})
	s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		now++
		if most = max(most, now); now == inFlight {
			select {
			case <-both:
			default:
				close(both)
			}
		}
		mu.Unlock()
		<-both // nobody goes on before there were two
		mu.Lock()
		now--
		mu.Unlock()
		return false
	}})
	b := randomBatch(1, 20, 10, 0)
	got, err := run(t, e, b)
	if err != nil {
		t.Fatal(err)
	}
	sameAsHere(t, b, got)
	if most != inFlight {
		t.Errorf("%d requests at once, want %d", most, inFlight)
	}
}

// The header for authentication goes with every request, and nothing else of
// the environment does.
func TestHeaderIsSent(t *testing.T) {
	t.Setenv("HTTP_PROXY", "http://127.0.0.1:1")
	s, handler := remotetest.KServe(served())
	var mu sync.Mutex
	var seen []string
	s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r.Header.Get("Authorization"))
		if r.Header.Get("Idempotency-Key") != "" {
			t.Error("a key is sent")
		}
		return false
	}})
	e := mustOpen(t, Options{
		Protocol: KServe, URLs: []string{listen(t, handler) + "/"}, Model: modelName,
		Header: http.Header{"authorization": {"Bearer secret"}},
	}, contract)
	if _, err := run(t, e, randomBatch(1, 2, 3, 0)); err != nil {
		t.Fatal(err)
	}
	if len(seen) != 6 || slices.ContainsFunc(seen, func(v string) bool { return v != "Bearer secret" }) {
		t.Errorf("the server saw %q", seen)
	}
}

func TestBatchesThatLieAreRefused(t *testing.T) {
	e, s := opened(t)
	before, _ := s.Asked()
	b := randomBatch(1, 2, 3, 0)
	logits := make([]float32, len(b.IDs)*labels)
	short := *b
	short.Mask = short.Mask[:5]
	other := *b
	other.Labels = 5
	if e.Run(t.Context(), &short, logits) == nil || e.Run(t.Context(), &other, logits) == nil || e.Run(t.Context(), b, logits[1:]) == nil {
		t.Error("a batch was taken that is none")
	}
	if after, _ := s.Asked(); after != before {
		t.Error("it was sent")
	}
}

func TestHalfPrecision(t *testing.T) {
	for _, c := range []struct {
		half uint16
		want float32
	}{
		{0x0000, 0},
		{0x3c00, 1},
		{0xc000, -2},
		{0x7bff, 65504},
		{0x0001, 1.0 / (1 << 24)},
		{0x03ff, 1023.0 / (1 << 24)},
		{0x0400, 1.0 / (1 << 14)},
		{0x3555, 0.333251953125},
		{0x8001, -1.0 / (1 << 24)},
	} {
		if got := fromHalf(c.half); got != c.want {
			t.Errorf("%04x: got %v, want %v", c.half, got, c.want)
		}
	}
	for _, odd := range []uint16{0x7c00, 0xfc00, 0x7e00} {
		if finite([]float32{1, fromHalf(odd)}) {
			t.Errorf("%04x is finite", odd)
		}
	}
}
