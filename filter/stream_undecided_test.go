package filter

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// weary is a detector that fails after so many calls.
type weary struct{ calls int }

func (w *weary) Detect(_ context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	if w.calls--; w.calls < 0 {
		return nil, errors.New("weary")
	}
	return make([][]pii.Span, len(segments)), nil
}

// TestUndecidedIsTheRest: whatever call fails, what has left and what is
// undecided are the body together: a site that lets bodies pass when the
// filter fails loses nothing and says nothing twice.
func TestUndecidedIsTheRest(t *testing.T) {
	bodies := map[string]struct {
		m    StreamMessage
		body []byte
	}{
		"events": {sse, append(chat("Hello there. ", "How are ", "you", " today? ", "Fine\n", "enough."), ": ping\n\ndata: half"...)},
		"lines":  {ndjson, []byte(`{"a":"one two three"}` + "\n" + `{"delta":"four "}` + "\n\n" + `{"delta":"five."}` + "\n{}")},
		"text":   {plain, []byte(strings.Repeat("Plain words of no one. And more of them\n", 20))},
	}
	rapid.Check(t, func(rt *rapid.T) {
		row := bodies[rapid.SampledFrom([]string{"events", "lines", "text"}).Draw(rt, "kind")]
		f, err := New(Options{Rules: &weary{rapid.IntRange(0, 12).Draw(rt, "calls")}, Policy: Policy{RulesOnly: true}})
		if err != nil {
			rt.Fatal(err)
		}
		s, err := f.NewStream(nil, row.m)
		if err != nil {
			rt.Fatal(err)
		}
		defer s.Stop()
		var left []byte
		parts := partition(rt, row.body, "cut")
		for i, p := range parts {
			out, err := s.Write(rt.Context(), bytes.Clone(p))
			left = append(left, bytes.Join(out, nil)...)
			if err != nil {
				left = append(append(left, s.Undecided()...), bytes.Join(parts[i+1:], nil)...)
				break
			}
			if i == len(parts)-1 {
				out, err := s.Close(rt.Context())
				left = append(left, bytes.Join(out, nil)...)
				if err != nil {
					left = append(left, s.Undecided()...)
				}
			}
		}
		if !bytes.Equal(left, row.body) {
			rt.Fatalf("got  %q\nwant %q", left, row.body)
		}
	})
}

// TestStreamHoldsAsMuchAsItMay: the bound and the budget of the caller.
func TestStreamHoldsAsMuchAsItMay(t *testing.T) {
	f := newFilter(t, Policy{})
	for name, row := range map[string]struct {
		held   int64
		budget int64
		want   Reason
	}{"bound": {100, 1 << 20, ReasonTooLarge}, "budget": {1 << 20, 100, ReasonOverload}} {
		budget := NewBudget(row.budget)
		s, err := f.NewStream(testModel, StreamMessage{ContentType: sse.ContentType, Budget: budget, MaxHeld: row.held})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s.Write(t.Context(), []byte("data: "+strings.Repeat("x", 500)))
		var stopped *Error
		if !errors.As(err, &stopped) || stopped.Reason != row.want {
			t.Errorf("%s: %v", name, err)
		}
		s.Stop()
		if budget.Used() != 0 {
			t.Errorf("%s: %d bytes are still held", name, budget.Used())
		}
	}
}
