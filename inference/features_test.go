package inference_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// places are two features of a token: where it starts and where it ends, from 1.
type places struct{ short bool }

func (places) Input() string { return "places" }
func (places) Columns() int  { return 2 }
func (places) Rows() int     { return 1 << 20 }

func (p places) Append(dst []int64, _ string, tokens []inference.Token, from, to int) []int64 {
	for _, t := range tokens[from:to] {
		dst = append(dst, int64(t.Start)+1, int64(t.End)+1)
	}
	if p.short {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// Every row of every window carries the features of its own tokens, and zeros
// for special tokens and padding.
func TestFeaturesGoWithTheirTokens(t *testing.T) {
	m := inferencetest.NewModel(nil)
	o := m.Options()
	o.Features = places{}
	seen := map[int64]int{} // start of a token -> rows that fed it
	m.Engine.Hook = func(_ context.Context, b *inference.Batch) error {
		if b.Columns != 2 || len(b.Features) != 2*len(b.IDs) {
			t.Errorf("%d columns, %d features of %d tokens", b.Columns, len(b.Features), len(b.IDs))
		}
		prefix, suffix := m.Tokenizer.Specials()
		for i, id := range b.IDs {
			start, end := b.Features[2*i], b.Features[2*i+1]
			if b.Mask[i] == 0 || id == prefix[0] || id == suffix[0] {
				if start != 0 || end != 0 {
					t.Errorf("a special token has features %d and %d", start, end)
				}
				continue
			}
			if end != start+1 {
				t.Errorf("a token has features %d and %d", start, end)
			}
			seen[start]++
		}
		return nil
	}
	s := inferencetest.Service(t, o)
	const words = 500
	texts := []pii.Segment{{Text: strings.Repeat("a ", words)}, {Text: "b"}}
	if _, err := s.Detect(t.Context(), texts); err != nil {
		t.Fatal(err)
	}
	for i := range words {
		if seen[int64(2*i+1)] == 0 {
			t.Fatalf("no row had the features of token %d", i)
		}
	}
}

func TestMissingFeaturesAreAnError(t *testing.T) {
	m := inferencetest.NewModel(nil)
	o := m.Options()
	o.Features = places{short: true}
	s := inferencetest.Service(t, o)
	if _, err := s.Detect(t.Context(), []pii.Segment{{Text: "a b"}}); !errors.Is(err, pii.ErrDetector) {
		t.Errorf("got %v", err)
	}
	if n := len(m.Engine.Runs()); n != 0 {
		t.Errorf("%d runs", n)
	}
}
