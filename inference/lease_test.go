package inference_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

func wantClosed(t *testing.T, m *inferencetest.Model, times int) {
	t.Helper()
	if m.Engine.Closed() != times || m.Tokenizer.Closed() != times {
		t.Errorf("engine closed %d times, tokenizer %d, want %d", m.Engine.Closed(), m.Tokenizer.Closed(), times)
	}
}

func TestCloseFreesAtOnceWhenNobodyHoldsALease(t *testing.T) {
	m := inferencetest.NewModel(script)
	s := m.Service(t)
	for range 3 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wantClosed(t, m, 1)
	}
	if _, ok := s.Acquire(); ok {
		t.Error("a lease after the end")
	}
	if _, err := s.Detect(t.Context(), segments("Ada")); !errors.Is(err, pii.ErrNotReady) {
		t.Errorf("Detect after the end: %v", err)
	}
	if err := s.SelfTest(t.Context()); !errors.Is(err, pii.ErrNotReady) {
		t.Errorf("SelfTest after the end: %v", err)
	}
	_ = s.Stats()
}

// A stream that began before a reload goes on detecting after Close, and the
// native parts live until it ends (I6).
func TestLeasesOutliveClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		s := m.Service(t)
		first, ok := s.Acquire()
		second, ok2 := s.Acquire()
		if !ok || !ok2 {
			t.Fatal("no lease")
		}
		_ = s.Close()
		if _, ok := s.Acquire(); ok {
			t.Error("a new lease after Close")
		}
		first()
		first() // counts once
		synctest.Wait()
		wantClosed(t, m, 0)
		if spans, err := s.Detect(t.Context(), segments("Ada")); err != nil || len(spans[0]) != 1 {
			t.Errorf("under the second lease: %v, %v", spans, err)
		}
		second()
		synctest.Wait()
		wantClosed(t, m, 1)
		_ = s.Close()
		wantClosed(t, m, 1)
	})
}

func TestCloseWhileRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		s := m.Service(t)
		result := make(chan error, 1)
		go func() {
			spans, err := s.Detect(t.Context(), segments("Ada"))
			if err == nil && len(spans[0]) != 1 {
				err = errors.New("nothing was found")
			}
			result <- err
		}()
		<-gate.Entered()
		_ = s.Close() // does not wait: the running call holds a lease
		wantClosed(t, m, 0)
		gate.Open()
		if err := <-result; err != nil {
			t.Errorf("the call that was running: %v", err)
		}
		synctest.Wait()
		wantClosed(t, m, 1)
	})
}

func TestCloseRacesWithUse(t *testing.T) {
	for range 30 {
		m := inferencetest.NewModel(script)
		s := m.Service(t)
		var group sync.WaitGroup
		for range 8 {
			group.Go(func() {
				release, ok := s.Acquire()
				if !ok {
					return
				}
				defer release()
				if spans, err := s.Detect(t.Context(), segments("I am Ada")); err != nil || len(spans[0]) != 1 {
					t.Errorf("under a lease: %v, %v", spans, err)
				}
			})
			group.Go(func() {
				if _, err := s.Detect(t.Context(), segments("Ada")); err != nil && !errors.Is(err, pii.ErrNotReady) {
					t.Error(err)
				}
			})
		}
		group.Go(func() { _ = s.Close() })
		group.Wait()
		_ = s.Close()
		wantClosed(t, m, 1)
	}
}
