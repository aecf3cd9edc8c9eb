package inference_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// canary is in every text of these tests and in everything that breaks; no
// error may hold it.
const canary = "Xanthippe4711"

func wantDetectorError(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, pii.ErrDetector) {
		t.Errorf("got %v, want %v", err, pii.ErrDetector)
	}
	if err != nil && strings.Contains(err.Error(), canary) {
		t.Errorf("the error quotes the text: %v", err)
	}
}

func TestABrokenTokenizerIsAnErrorAndNotACleanText(t *testing.T) {
	type encode = func(dst []inference.Token, text string) ([]inference.Token, error)
	for says, broken := range map[string]encode{
		"no tokens": func(dst []inference.Token, _ string) ([]inference.Token, error) { return dst, nil },
		"an error that quotes": func(dst []inference.Token, text string) ([]inference.Token, error) {
			return nil, fmt.Errorf("cannot read %q", text)
		},
		"a panic that quotes": func(_ []inference.Token, text string) ([]inference.Token, error) { panic(text) },
		"truncation": func(dst []inference.Token, text string) ([]inference.Token, error) {
			return append(dst, inference.Token{ID: 5, Start: 0, End: 4}), nil
		},
		"offsets beyond": func(dst []inference.Token, text string) ([]inference.Token, error) {
			return append(dst, inference.Token{ID: 5, Start: 0, End: len(text) + 1}), nil
		},
		"an id beyond": func(dst []inference.Token, text string) ([]inference.Token, error) {
			return append(dst, inference.Token{ID: 1 << 40, Start: 0, End: len(text)}), nil
		},
	} {
		t.Run(says, func(t *testing.T) {
			m := inferencetest.NewModel(script)
			m.Tokenizer.Broken = broken
			s := m.Service(t)
			for range 2 { // errors are not cached
				_, err := s.Detect(t.Context(), segments("this is "+canary))
				wantDetectorError(t, err)
			}
			if got := s.Stats(); got.QueuedTokens != 0 || got.QueuedJobs != 0 || got.CacheBytes != 0 || m.Tokenizer.Encoded() != 2 {
				t.Errorf("stats %+v", got)
			}
		})
	}
}

func TestABrokenEngineIsAnErrorAndNotACleanText(t *testing.T) {
	quote := errors.New("bad input: " + canary)
	for says, install := range map[string]func(*inferencetest.Engine){
		"an error that quotes": func(e *inferencetest.Engine) {
			e.Hook = func(context.Context, *inference.Batch) error { return quote }
		},
		"a panic that quotes": func(e *inferencetest.Engine) {
			e.Hook = func(context.Context, *inference.Batch) error { panic(quote) }
		},
		"NaN": func(e *inferencetest.Engine) {
			e.Touch = func(_ *inference.Batch, logits []float32) { logits[len(logits)/2] = float32(math.NaN()) }
		},
		"infinity": func(e *inferencetest.Engine) {
			e.Touch = func(_ *inference.Batch, logits []float32) { logits[len(logits)/2] = float32(math.Inf(1)) }
		},
	} {
		t.Run(says, func(t *testing.T) {
			m := inferencetest.NewModel(script)
			install(m.Engine)
			s := m.Service(t)
			_, err := s.Detect(t.Context(), segments("this is "+canary))
			wantDetectorError(t, err)
			if got := s.Stats(); got.QueuedTokens != 0 || got.CacheBytes != 0 {
				t.Errorf("stats %+v", got)
			}
			m.Engine.Hook, m.Engine.Touch = nil, nil
			if spans, err := s.Detect(t.Context(), segments("Ada")); err != nil || len(spans[0]) != 1 {
				t.Errorf("after the fault: %v, %v", spans, err)
			}
		})
	}
}

// forgetful fills no logits at all.
type forgetful struct{ *inferencetest.Engine }

func (forgetful) Run(context.Context, *inference.Batch, []float32) error { return nil }

func TestRowsThatTheEngineForgetsAreNotThoseOfAnEarlierText(t *testing.T) {
	m := inferencetest.NewModel(script)
	o := m.Options()
	o.Engine = forgetful{m.Engine}
	_, err := inferencetest.Service(t, o).Detect(t.Context(), segments("Ada"))
	wantDetectorError(t, err)
}

// together starts one Detect a text while the engine is held, so that all of
// them wait, and returns their errors after the engine was let go.
func together(t *testing.T, s *inference.Service, gate *inferencetest.Gate, texts ...string) ([][]pii.Span, []error) {
	t.Helper()
	blocker := make(chan error, 1)
	go func() {
		_, err := s.Detect(t.Context(), segments("hold the engine"))
		blocker <- err
	}()
	synctest.Wait()
	var group sync.WaitGroup
	spans, errs := make([][]pii.Span, len(texts)), make([]error, len(texts))
	for i, text := range texts {
		group.Go(func() {
			var all [][]pii.Span
			if all, errs[i] = s.Detect(t.Context(), segments(text)); errs[i] == nil {
				spans[i] = all[0]
			}
		})
		synctest.Wait() // in this order
	}
	gate.Open()
	group.Wait()
	if err := <-blocker; err != nil {
		t.Errorf("the blocker: %v", err)
	}
	return spans, errs
}

func TestAPoisonousRowFailsOnlyItsOwnText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		tokens, err := m.Tokenizer.Encode(nil, "poison")
		if err != nil {
			t.Fatal(err)
		}
		gate := inferencetest.NewGate()
		m.Engine.Hook = func(ctx context.Context, b *inference.Batch) error {
			if slices.Contains(b.IDs, tokens[0].ID) {
				return errors.New("poisoned")
			}
			return gate.Wait(ctx, b)
		}
		var reported atomic.Int64
		o := m.Options()
		o.OnEngineError = func(error) { reported.Add(1) }
		s := inferencetest.Service(t, o)
		spans, errs := together(t, s, gate, "one Ada", "two poison", "six Ada")
		for _, i := range []int{0, 2} {
			if errs[i] != nil || len(spans[i]) != 1 {
				t.Errorf("neighbour %d: %v, %v", i, spans[i], errs[i])
			}
		}
		wantDetectorError(t, errs[1])
		if got, want := fmt.Sprint(m.Engine.Runs()), "[{1 5} {3 4} {1 4} {1 4} {1 4}]"; got != want {
			t.Errorf("runs %v, want %v: together, then each alone once", got, want)
		}
		if got := s.Stats(); got.Failed != 1 || reported.Load() != 2 {
			t.Errorf("stats %+v, %d reports", got, reported.Load())
		}
	})
}

func TestNaNInOneRowFailsOnlyItsOwnText(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		m.Engine.Touch = func(b *inference.Batch, logits []float32) {
			if b.Rows == 3 {
				logits[b.Cols*b.Labels+40] = float32(math.NaN())
			}
		}
		_, errs := together(t, m.Service(t), gate, "one Ada", "two Ada", "six Ada")
		if errs[0] != nil || errs[2] != nil {
			t.Errorf("neighbours: %v, %v", errs[0], errs[2])
		}
		wantDetectorError(t, errs[1])
	})
}

func TestAFaultThatPassesIsOvercome(t *testing.T) {
	m := inferencetest.NewModel(script)
	failed := false
	m.Engine.Hook = func(context.Context, *inference.Batch) error {
		if failed {
			return nil
		}
		failed = true
		return errors.New("out of memory")
	}
	if spans, err := m.Service(t).Detect(t.Context(), segments("Ada")); err != nil || len(spans[0]) != 1 {
		t.Errorf("got %v, %v", spans, err)
	}
}

func TestOneFailedSegmentFailsTheCall(t *testing.T) {
	m := inferencetest.NewModel(script)
	tokens, _ := m.Tokenizer.Encode(nil, canary)
	m.Engine.Hook = func(_ context.Context, b *inference.Batch) error {
		if slices.Contains(b.IDs, tokens[0].ID) {
			return errors.New("poisoned")
		}
		return nil
	}
	texts := []string{canary}
	for i := range 50 {
		texts = append(texts, fmt.Sprintf("Ada %d", i))
	}
	spans, err := m.Service(t).Detect(t.Context(), segments(texts...))
	wantDetectorError(t, err)
	if spans != nil {
		t.Error("spans came with the error")
	}
}
