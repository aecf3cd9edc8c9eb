package inference_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// pair is a fast model that doubts some words, and one that reads again.
type pair struct {
	first, second *inferencetest.Model
	options       inference.Options
}

// newPair returns models that find the phrases of their scripts. The first one
// thinks any class as good as another where it meets one of the doubted words.
func newPair(tb testing.TB, first, second map[pii.Category][]string, doubted ...string) *pair {
	tb.Helper()
	p := &pair{inferencetest.NewModel(first), inferencetest.NewModel(second), inference.Options{}}
	unsure := make(map[int64]bool)
	for _, word := range doubted {
		tokens, err := p.first.Tokenizer.Encode(nil, word)
		if err != nil {
			tb.Fatal(err)
		}
		unsure[tokens[0].ID] = true
	}
	p.first.Engine.Touch = func(b *inference.Batch, logits []float32) {
		for i, id := range b.IDs {
			if unsure[id] {
				clear(logits[i*b.Labels:][:b.Labels])
			}
		}
	}
	o := p.second.Options()
	o.CacheBytes = -1
	reader, err := inference.NewService(o)
	if err != nil {
		tb.Fatal(err)
	}
	p.options = p.first.Options()
	p.options.CacheBytes = -1
	p.options.Second = &inference.Second{
		Service: reader, Context: 2,
		Doubts: map[string]inference.Doubt{inference.PointDefault: {Outside: 0.1, Inside: 0.4}},
	}
	return p
}

func TestSecondReader(t *testing.T) {
	first := map[pii.Category][]string{
		pii.PrivatePerson: {"Ada", "Will Rose", "x Grace", "Alan"}, pii.Secret: {"hunter2"},
	}
	second := map[pii.Category][]string{
		pii.PrivatePerson: {"Bob", "maybe Eve", "a maybe"}, pii.PrivateAddress: {"maybe Ada", "Rose maybe"},
	}
	s := inferencetest.Service(t, newPair(t, first, second, "maybe", "perhaps").options)
	for _, test := range []struct{ says, text, want string }{
		{"nothing is doubted: the second one is not asked", "Ada met Bob", "private_person:Ada"},
		{"the doubted word is one", "they say a maybe came", "private_person:a maybe"},
		{"the doubted word is none", "it may perhaps rain", ""},
		{"what is near, but not doubted, is the first one's", "Ada a perhaps Bob", "private_person:Ada"},
		{"what is far is the first one's", "Ada saw the old house where maybe Eve lived with hunter2", "private_person:Ada, private_person:maybe Eve, secret:hunter2"},
		{"a span beside the doubt is doubted with it", "with Will Rose maybe too", "private_address:Rose maybe"},
		{"the second one's span reaches into a sure one", "so maybe Ada", "private_address:maybe Ada"},
		{"context ends within the text", "maybe", ""},
		{"several places", "maybe Eve one two three four five six maybe Eve", "private_person:maybe Eve, private_person:maybe Eve"},
		{"places whose contexts meet", "maybe Eve one two maybe Eve", "private_person:maybe Eve, private_person:maybe Eve"},
		{"behind bytes that are no text", "\x00\xff maybe Eve \xe4", "private_person:maybe Eve"},
		{"in a text of several windows", strings.Repeat("word ", 300) + "maybe Eve" + strings.Repeat(" word", 200) + " Alan", "private_person:maybe Eve, private_person:Alan"},
	} {
		spans, err := s.Detect(t.Context(), segments(test.text))
		if err != nil || found(test.text, spans[0]) != test.want {
			t.Errorf("%s: got %q, %v", test.says, found(test.text, spans[0]), err)
		}
	}
}

func TestSecondReaderSeesDoubtsAlone(t *testing.T) {
	p := newPair(t, script, script, "maybe")
	s := inferencetest.Service(t, p.options)
	detect := func(text string) {
		t.Helper()
		if _, err := s.Detect(t.Context(), segments(text)); err != nil {
			t.Fatal(err)
		}
	}
	detect(strings.Repeat("Ada wrote a long letter. ", 100))
	if got := p.second.Tokenizer.Encoded(); got != 0 {
		t.Fatalf("a text without doubts was read again, %d times", got)
	}
	detect("one two three four maybe five six seven eight")
	// Two words on each side, and the special tokens.
	if got := p.second.Engine.Runs(); !slices.Equal(got, []inferencetest.Shape{{Rows: 1, Cols: 7}}) {
		t.Errorf("the second reader was shown %v", got)
	}
	stats := s.Stats()
	if stats.ReadAgain != 1 || stats.AgainBytes != int64(len("three four maybe five six")) || stats.CacheMisses != 2 {
		t.Errorf("counted %+v", stats)
	}
}

// Whatever is doubted and whatever the second reader says: what the first one
// is sure of stays covered, what comes out is in order, and neighbours in a call
// do not matter (I4).
func TestSecondReaderProperties(t *testing.T) {
	words := []string{"Ada", "Bob", "maybe", "perhaps", "word", "Lovelace", "hunter2", "x"}
	first := map[pii.Category][]string{pii.PrivatePerson: {"Ada Lovelace", "Ada"}, pii.Secret: {"hunter2"}}
	second := map[pii.Category][]string{pii.PrivatePerson: {"maybe Ada", "Bob"}, pii.PrivateAddress: {"x perhaps", "word maybe word"}}
	p := newPair(t, first, second, "maybe", "perhaps")
	s := inferencetest.Service(t, p.options)
	alone := inferencetest.NewModel(first).Service(t)
	rapid.Check(t, func(t *rapid.T) {
		texts := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 80).Draw(t, "words"), " ")
		}), 1, 4).Draw(t, "texts")
		together, err := s.Detect(context.Background(), segments(texts...))
		if err != nil {
			t.Fatal(err)
		}
		sure, err := alone.Detect(context.Background(), segments(texts...))
		if err != nil {
			t.Fatal(err)
		}
		for i, text := range texts {
			single, err := s.Detect(context.Background(), segments(text))
			if err != nil || !reflect.DeepEqual(single[0], together[i]) {
				t.Fatalf("%q: alone %v, %v; together %v", text, single, err, together[i])
			}
			end, covered := 0, make([]bool, len(text))
			for _, span := range together[i] {
				if span.Start < end || span.End <= span.Start || span.End > len(text) {
					t.Fatalf("%q: span %v after %d", text, span, end)
				}
				end = span.End
				for at := span.Start; at < span.End; at++ {
					covered[at] = true
				}
			}
			for _, span := range sure[i] {
				if near(text, span) {
					continue // beside a doubted word it may be none
				}
				if slices.Contains(covered[span.Start:span.End], false) {
					t.Fatalf("%q: %v is lost in %v", text, span, together[i])
				}
			}
		}
	})
}

// near says whether only other spans lie between a span and a doubted word.
func near(text string, span pii.Span) bool {
	found := func(word string) bool { return word == "Ada" || word == "Lovelace" || word == "hunter2" }
	doubted := func(words []string) bool {
		for _, word := range words {
			if !found(word) {
				return word == "maybe" || word == "perhaps"
			}
		}
		return false
	}
	before := strings.Fields(text[:span.Start])
	slices.Reverse(before)
	return doubted(before) || doubted(strings.Fields(text[span.End:]))
}

func TestSecondReaderFails(t *testing.T) {
	broken := errors.New("broken, and it quotes Ada")
	for _, which := range []string{"first", "second"} {
		p := newPair(t, script, script, "maybe")
		s := inferencetest.Service(t, p.options)
		engine := map[string]*inferencetest.Engine{"first": p.first.Engine, "second": p.second.Engine}[which]
		engine.Hook = func(context.Context, *inference.Batch) error { return broken }
		spans, err := s.Detect(t.Context(), segments("Ada and maybe others"))
		if !errors.Is(err, pii.ErrDetector) || spans != nil || strings.Contains(err.Error(), "Ada") {
			t.Errorf("%s: got %v, %v", which, spans, err)
		}
		if got := s.Stats(); got.QueuedJobs+got.QueuedTokens != 0 || got.Failed != 1 {
			t.Errorf("%s: left behind: %+v", which, got)
		}
	}
}

func TestSecondReaderHasADeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPair(t, script, script, "maybe")
		gate := inferencetest.NewGate()
		p.second.Engine.Hook = gate.Wait
		s := inferencetest.Service(t, p.options)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Detect(ctx, segments("Ada and maybe others")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		synctest.Wait()
		if got := s.Stats(); got.QueuedJobs+got.QueuedWindows != 0 || got.Cancelled != 1 {
			t.Errorf("left behind: %+v", got)
		}
		gate.Open()
	})
}

// Both models go when the last lease ends, each once (I6).
func TestSecondReaderIsClosed(t *testing.T) {
	p := newPair(t, script, script, "maybe")
	s := inferencetest.Service(t, p.options)
	release, ok := s.Acquire()
	if !ok {
		t.Fatal("no lease")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if spans, err := s.Detect(t.Context(), segments("maybe Ada")); err != nil || len(spans) != 1 {
		t.Errorf("under a lease: %v, %v", spans, err)
	}
	if p.first.Engine.Closed()+p.second.Engine.Closed() != 0 {
		t.Error("closed under a lease")
	}
	release()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]*inferencetest.Model{"first": p.first, "second": p.second} {
		if m.Engine.Closed() != 1 || m.Tokenizer.Closed() != 1 {
			t.Errorf("%s: closed %d and %d times", name, m.Engine.Closed(), m.Tokenizer.Closed())
		}
	}
}

// A point asks both models, and doubts as it says.
func TestSecondReaderAtAPoint(t *testing.T) {
	p := newPair(t, nil, script, "Ada")
	p.options.Points = map[string]inference.Biases{"trusting": {}, "other": {}}
	p.options.Second.Doubts["trusting"] = inference.Doubt{Outside: 1, Inside: 1}
	s := inferencetest.Service(t, p.options)
	for name, want := range map[string]string{"trusting": "", "other": "private_person:Ada", inference.PointDefault: "private_person:Ada"} {
		d, ok := s.At(name)
		if !ok {
			t.Fatal(name)
		}
		const text = "this is Ada again"
		spans, err := d.Detect(t.Context(), segments(text))
		if err != nil || found(text, spans[0]) != want {
			t.Errorf("%s: got %v, %v", name, spans, err)
		}
	}
}

// A huge text and small ones share both queues, and all get their answer.
func TestSecondReaderUnderLoad(t *testing.T) {
	p := newPair(t, script, script, "maybe")
	p.options.MaxBatchTokens, p.options.QueueTokens, p.options.CacheBytes = 128, 2000, 0
	s := inferencetest.Service(t, p.options)
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for range 200 {
		texts = append(texts, strings.Repeat("word ", random.IntN(200))+strings.Repeat("maybe word ", random.IntN(5))+"Ada")
	}
	spans, err := s.Detect(t.Context(), segments(texts...))
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if found(text, spans[i]) != "private_person:Ada" {
			t.Errorf("%d bytes: %v", len(text), spans[i])
		}
	}
}

func TestSecondReaderIsChecked(t *testing.T) {
	inner := newPair(t, nil, nil)
	s := inferencetest.Service(t, inner.options)
	good := map[string]inference.Doubt{inference.PointDefault: {}}
	for name, second := range map[string]*inference.Second{
		"none":        {Doubts: good},
		"no doubts":   {Service: inner.options.Second.Service},
		"negative":    {Service: inner.options.Second.Service, Doubts: good, Context: -1},
		"more than 1": {Service: inner.options.Second.Service, Doubts: map[string]inference.Doubt{inference.PointDefault: {Outside: 1.5}}},
		"a chain":     {Service: s, Doubts: good},
	} {
		o := inferencetest.NewModel(nil).Options()
		o.Second = second
		if _, err := inference.NewService(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
