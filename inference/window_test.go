package inference_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// local is an engine whose logits depend on the ids up to reach tokens away,
// on all of them, and on nothing else: what privacy-filter's attention
// amounts to.
type local struct {
	inference.Engine
	reach int
}

func (e local) Run(_ context.Context, b *inference.Batch, logits []float32) error {
	for r := range b.Rows {
		ids, mask := b.IDs[r*b.Cols:][:b.Cols], b.Mask[r*b.Cols:][:b.Cols]
		for t := range ids {
			random := rand.New(rand.NewPCG(1, e.hash(ids, mask, t)))
			for c := range b.Labels {
				logits[(r*b.Cols+t)*b.Labels+c] = float32(random.NormFloat64())
			}
		}
	}
	return nil
}

func (e local) hash(ids, mask []int64, t int) uint64 {
	h := uint64(14695981039346656037)
	for d := -e.reach; d <= e.reach; d++ {
		value := uint64(1)
		if i := t + d; i >= 0 && i < len(ids) && mask[i] == 1 && ids[i] > 2 { // no special tokens
			value = uint64(ids[i])
		}
		h = (h ^ value) * 1099511628211
	}
	return h
}

func TestWindowedEqualsWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	var texts []string
	for range 12 {
		var words []string
		for range 1 + random.IntN(700) {
			words = append(words, string(rune('a'+random.IntN(26))))
		}
		texts = append(texts, strings.Join(words, " "))
	}
	detect := func(window, halo, reach int) [][]pii.Span {
		m := inferencetest.NewModel(nil)
		// Ids are given in order of appearance, and texts are tokenized
		// concurrently: meet all words before.
		if _, err := m.Tokenizer.Encode(nil, "a b c d e f g h i j k l m n o p q r s t u v w x y z"); err != nil {
			t.Fatal(err)
		}
		config := *m.Config
		config.MaxPositions = 2000
		config.Geometry = inference.Geometry{Window: window, Halo: halo}
		o := m.Options()
		o.Config, o.Engine = &config, local{m.Engine, reach}
		spans, err := inferencetest.Service(t, o).Detect(t.Context(), segments(texts...))
		if err != nil {
			t.Fatal(err)
		}
		return spans
	}
	equal := func(a, b [][]pii.Span) bool { return slices.EqualFunc(a, b, slices.Equal[[]pii.Span]) }
	whole := detect(1900, 0, 6)
	if !equal(detect(20, 6, 6), whole) || !equal(detect(64, 16, 6), whole) {
		t.Error("windows with a sufficient halo change the result")
	}
	if equal(detect(20, 4, 6), whole) {
		t.Error("a halo that is too small goes unnoticed: the comparison proves nothing")
	}
}

// Many callers that come, share, repeat, give up and run into a small queue:
// every answer that is given is right, and nothing is left behind.
func TestUnderLoad(t *testing.T) {
	m := inferencetest.NewModel(script)
	o := m.Options()
	o.MaxBatchTokens, o.QueueTokens, o.QueueJobs, o.CacheBytes = 128, 2000, 20, 4000
	s := inferencetest.Service(t, o)
	var group sync.WaitGroup
	for worker := range uint64(16) {
		group.Go(func() {
			random := rand.New(rand.NewPCG(9, worker))
			for range 60 {
				ctx, cancel := context.WithTimeout(t.Context(), time.Duration(random.IntN(20))*time.Millisecond)
				if random.IntN(2) == 0 {
					ctx = t.Context()
				}
				var texts []string
				for range 1 + random.IntN(6) {
					texts = append(texts, strings.Repeat("word ", random.IntN(150))+"Ada")
				}
				spans, err := s.Detect(ctx, segments(texts...))
				if err != nil {
					cancel()
					continue
				}
				for i, text := range texts {
					if found(text, spans[i]) != "private_person:Ada" {
						t.Errorf("%d bytes: %v", len(text), spans[i])
					}
				}
				cancel()
			}
		})
	}
	group.Wait()
	if got := s.Stats(); got.QueuedTokens+got.QueuedJobs+got.QueuedWindows != 0 || got.Failed != 0 {
		t.Errorf("left behind: %+v", got)
	}
	if err := s.Close(); err != nil || m.Engine.Closed() != 1 {
		t.Errorf("closed %d times, %v", m.Engine.Closed(), err)
	}
}
