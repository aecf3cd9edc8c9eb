package inference_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

func TestIdenticalTextsInWorkAreDetectedOnce(t *testing.T) {
	for says, cacheBytes := range map[string]int64{"with a cache": 0, "without": -1} {
		t.Run(says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := inferencetest.NewModel(script)
				gate := inferencetest.NewGate()
				m.Engine.Hook = gate.Wait
				o := m.Options()
				o.CacheBytes = cacheBytes
				s := inferencetest.Service(t, o)
				results := make(chan error, 20)
				for range 20 {
					go func() {
						spans, err := s.Detect(t.Context(), segments("it is Ada", "it is Ada"))
						if err == nil && (len(spans[0]) != 1 || len(spans[1]) != 1) {
							err = errors.New("nothing was found")
						}
						results <- err
					}()
				}
				synctest.Wait()
				gate.Open()
				for range 20 {
					if err := <-results; err != nil {
						t.Error(err)
					}
				}
				if got := s.Stats(); m.Tokenizer.Encoded() != 1 || got.Rows != 1 || got.CacheMisses != 1 {
					t.Errorf("%d texts were tokenized; %+v", m.Tokenizer.Encoded(), got)
				}
			})
		})
	}
}

// The leader's client goes away; those who waited for it still get their
// answer, and one of them does the work.
func TestAWaiterDoesNotInheritItsLeadersCancellation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		s := m.Service(t)
		ctx, cancel := context.WithCancel(t.Context())
		leader := make(chan error, 1)
		go func() {
			_, err := s.Detect(ctx, segments("it is Ada"))
			leader <- err
		}()
		synctest.Wait()
		waiters := make(chan error, 5)
		for range 5 {
			go func() {
				spans, err := s.Detect(t.Context(), segments("it is Ada"))
				if err == nil && len(spans[0]) != 1 {
					err = errors.New("nothing was found")
				}
				waiters <- err
			}()
		}
		synctest.Wait()
		cancel()
		if err := <-leader; !errors.Is(err, context.Canceled) {
			t.Errorf("the leader: %v", err)
		}
		gate.Open()
		for range 5 {
			if err := <-waiters; err != nil {
				t.Errorf("a waiter: %v", err)
			}
		}
		if n := m.Tokenizer.Encoded(); n != 2 {
			t.Errorf("the text was tokenized %d times, want once by each leader", n)
		}
	})
}

func TestAWaiterMayLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		s := m.Service(t)
		leader := make(chan error, 1)
		go func() {
			_, err := s.Detect(t.Context(), segments("it is Ada"))
			leader <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		waiter := make(chan error, 1)
		go func() {
			_, err := s.Detect(ctx, segments("it is Ada"))
			waiter <- err
		}()
		synctest.Wait()
		cancel()
		if err := <-waiter; !errors.Is(err, context.Canceled) {
			t.Errorf("the waiter: %v", err)
		}
		gate.Open()
		if err := <-leader; err != nil {
			t.Errorf("the leader: %v", err)
		}
	})
}

func TestAFailureIsNotShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		runs := 0
		m.Engine.Hook = func(ctx context.Context, b *inference.Batch) error {
			if runs++; runs <= 2 { // the leader's run and its retry
				_ = gate.Wait(ctx, b)
				return errors.New("out of memory")
			}
			return nil
		}
		s := m.Service(t)
		errs := make(chan error, 4)
		for range 4 {
			go func() {
				_, err := s.Detect(t.Context(), segments("it is Ada"))
				errs <- err
			}()
			synctest.Wait()
		}
		gate.Open()
		failed := 0
		for range 4 {
			if err := <-errs; errors.Is(err, pii.ErrDetector) {
				failed++
			} else if err != nil {
				t.Error(err)
			}
		}
		if failed != 1 {
			t.Errorf("%d callers failed, want the leader only", failed)
		}
	})
}
