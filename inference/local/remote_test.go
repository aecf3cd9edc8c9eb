//go:build cgo

package local

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference/remote"
	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/testdata/models/fixture"
)

// elsewhere serves a model of a directory by a protocol, and returns the
// options of a Service that has only what lies beside the graph.
func elsewhere(t testing.TB, protocol string, o Options) (Options, *remotetest.Server) {
	t.Helper()
	p, err := prepare(o)
	if err != nil {
		t.Fatal(err)
	}
	engine, err := p.open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	m := remotetest.Model{
		Name: "privacy-filter", Labels: p.files.Config.Labels.Classes(), Engine: engine,
		Feature: p.input.Name, Columns: p.input.Columns,
	}
	s, handler := remotetest.KServe(m)
	if protocol == remote.VLLM {
		s, handler = remotetest.VLLM(m)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(func() {
		server.Close()
		if err := errors.Join(engine.Close(), p.tokenizer.Close()); err != nil {
			t.Error(err)
		}
	})
	return Options{
		Model: withoutGraph(t, o.Model), CacheBytes: -1,
		Remote: &remote.Options{Protocol: protocol, URLs: []string{server.URL}, Model: m.Name},
	}, s
}

// withoutGraph copies what lies beside the graphs of a model directory.
func withoutGraph(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{"config.json", "tokenizer.json", "viterbi_calibration.json"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// The trained tiny model finds the same whether its graph runs here or on a
// server: the graph is the same, and so are tokenizer, windows and decoder.
func TestRemoteFindsWhatLocalFinds(t *testing.T) {
	here := Options{Model: published(t, "fp32"), Threads: 1, CacheBytes: -1}
	texts := append(variedTexts(), personal, strings.Repeat(personal+"\n", 100))
	want := found(t, openModel(t, here), texts...)
	total := 0
	for _, spans := range want {
		total += len(spans)
	}
	if total < 100 {
		t.Fatalf("%d spans prove nothing", total)
	}
	for _, protocol := range []string{remote.KServe, remote.VLLM} {
		t.Run(protocol, func(t *testing.T) {
			o, server := elsewhere(t, protocol, here)
			if err := Check(o); err != nil {
				t.Fatal(err)
			}
			if n, _ := server.Asked(); n > 0 {
				t.Error("a check of the configuration asks servers")
			}
			s := openModel(t, o)
			if got := found(t, s, texts...); !reflect.DeepEqual(got, want) {
				for i := range texts {
					if !slices.Equal(got[i], want[i]) {
						t.Errorf("text %d: %q there, %q here", i, got[i], want[i])
					}
				}
			}
			if got := s.Stats().Engine; got != protocol {
				t.Errorf("the engine is %s", got)
			}
		})
	}
}

// A model with [CLS] and [SEP] and token types.
func TestRemoteBERT(t *testing.T) {
	o, _ := elsewhere(t, remote.KServe, Options{Model: filepath.Join(committed, fixture.BERT), Threads: 1})
	got := found(t, openModel(t, o), "some words, Elena Markovic said.")[0]
	if !slices.Contains(got, "Elena Markovic=private_person") {
		t.Errorf("found %q", got)
	}
}

// While the servers fail, texts are not clean: they are errors, which name
// neither the text nor what servers said of it.
func TestRemoteFailuresAreErrors(t *testing.T) {
	o, server := elsewhere(t, remote.KServe, Options{Model: published(t, "fp32"), Threads: 1})
	s := openModel(t, o)
	server.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		http.Error(w, personal, http.StatusInternalServerError)
		return true
	}})
	for range 5 {
		spans, err := s.Detect(t.Context(), []pii.Segment{{Text: personal}})
		if !errors.Is(err, pii.ErrDetector) || spans != nil {
			t.Fatalf("got %v, %v", spans, err)
		}
		if strings.Contains(err.Error(), "Harriet") {
			t.Error("the error quotes the server")
		}
	}
}

// A model that finds nothing does not get to serve, and neither does one
// without its own files.
func TestRemoteModelsThatCannotBe(t *testing.T) {
	o, server := elsewhere(t, remote.KServe, Options{Model: published(t, "fp32"), Threads: 1})
	server.Set(remotetest.Faults{Data: func(raw []byte) []byte {
		clear(raw)
		for i := 3; i < len(raw); i += 4 * 33 {
			raw[i], raw[i-1] = 0x41, 0x40 // 12 for O, 0 for all others
		}
		raw[4+3] = 0xbf // a negative number, or these were probabilities
		return raw
	}})
	if s, err := Open(t.Context(), o); err == nil || !strings.Contains(err.Error(), "self-test") {
		t.Errorf("got %v, %v", s, err)
	}
	o.Model = Embedded
	if err := Check(o); !errors.Is(err, errRemoteEmbedded) {
		t.Errorf("got %v", err)
	}
	o.Model = t.TempDir()
	if err := Check(o); err == nil || !strings.Contains(err.Error(), "config.json is missing") {
		t.Errorf("got %v", err)
	}
}

func TestRemoteEnginesHaveKeysOfTheirOwn(t *testing.T) {
	o := Options{Model: filepath.Join(committed, fixture.BERT)}
	keys := map[string]bool{Key(o): true}
	for _, r := range []remote.Options{
		{Protocol: remote.KServe, Model: "m", URLs: []string{"https://a"}},
		{Protocol: remote.VLLM, Model: "m", URLs: []string{"https://a"}},
		{Protocol: remote.KServe, Model: "n", URLs: []string{"https://a"}},
		{Protocol: remote.KServe, Model: "m", URLs: []string{"https://a", "https://b"}},
		{Protocol: remote.KServe, Model: "m", URLs: []string{"https://a"}, InFlight: 3},
		{Protocol: remote.KServe, Model: "m", URLs: []string{"https://a"}, Header: http.Header{"Authorization": {"x"}}},
		{Protocol: remote.KServe, Model: "m", URLs: []string{"https://a"}, Header: http.Header{"Authorization": {"y"}}},
	} {
		o.Remote = &r
		keys[Key(o)] = true
	}
	if len(keys) != 8 {
		t.Errorf("%d keys", len(keys))
	}
}
