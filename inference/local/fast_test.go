//go:build cgo

package local

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// I4, scores included: alone, beside others, in another order, after a restart.
func TestFastModelIsDeterministic(t *testing.T) {
	o := shippedOptions(t, EmbeddedFast)
	s, again := openModel(t, o), openModel(t, o)
	texts := variedTexts()
	segments := make([]pii.Segment, len(texts))
	for i, text := range texts {
		segments[i].Text = text
	}
	together, err := s.Detect(t.Context(), segments)
	if err != nil {
		t.Fatal(err)
	}
	for i := range segments {
		for _, detector := range []*inference.Service{s, again} {
			alone, err := detector.Detect(t.Context(), segments[i:i+1])
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(alone[0], together[i]) {
				t.Errorf("text %d: together %v, alone %v", i, together[i], alone[0])
			}
		}
	}
}

// The overlap of windows is the receptive field of the network, so cutting a
// text changes nothing: not a span and not a score.
//
// So it is with what it doubts: the places that a second reader is shown stay
// the same.
func TestFastModelWindowedEqualsWhole(t *testing.T) {
	t.Run("alone", func(t *testing.T) { testWindows(t, func() *reader { return nil }) })
	t.Run("with a second reader", func(t *testing.T) {
		c, err := cascadeOf(shippedOptions(t, Embedded))
		if err != nil {
			t.Fatal(err)
		}
		testWindows(t, func() *reader { // each first reader closes its second one
			second, err := openOne(t.Context(), c.second(shippedOptions(t, Embedded)), nil)
			if err != nil {
				t.Fatal(err)
			}
			return &reader{c, second}
		})
	})
}

func testWindows(t *testing.T, second func() *reader) {
	text := shuffled(200) // some 3,000 tokens, one row of the longest windows
	var spans [][]pii.Span
	for _, window := range []int{4096, 512, 100} {
		p, err := prepare(shippedOptions(t, EmbeddedFast))
		if err != nil {
			t.Fatal(err)
		}
		g := &p.files.Config.Geometry
		if g.Window = window; !g.Exact || 2*g.Halo >= window {
			t.Fatalf("windows of %+v", *g)
		}
		s, err := p.start(t.Context(), Options{CacheBytes: -1}, second())
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		got, err := s.Detect(context.Background(), []pii.Segment{{Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		spans = append(spans, got[0])
	}
	if len(spans[0]) < 20 {
		t.Fatalf("%d spans prove nothing", len(spans[0]))
	}
	for i, got := range spans[1:] {
		if !slices.EqualFunc(got, spans[0], func(a, b pii.Span) bool {
			near := a.Score - b.Score
			a.Score = b.Score
			return a == b && max(near, -near) < 1e-5
		}) {
			t.Errorf("shorter windows %d: %d spans, whole %d", i, len(got), len(spans[0]))
		}
	}
}

// shuffled is so many sentences in no order, with stray words between them.
func shuffled(sentences int) string {
	words := strings.Fields(strings.Join(mixed, " "))
	random := rand.New(rand.NewPCG(5, 6))
	var text strings.Builder
	for range sentences {
		text.WriteString(mixed[random.IntN(len(mixed))] + " " + words[random.IntN(len(words))] + "\n")
	}
	return text.String()
}

var mixed = []string{
	"Hi, this is Elena Markovic, call me on +1 628 219 4407.",
	"Please ship it to 12 Baker Street, London NW1 6XE before Friday.",
	"password: hunter2-Xy77!k and the build failed again",
	"Write to jonas.weber@example.org, dear Mr Weber",
}

// A script that the other model's vocabulary lacks is read, and so is what no
// tokenizer expects.
func TestFastModelReadsEverything(t *testing.T) {
	s := openModel(t, shippedOptions(t, EmbeddedFast))
	for _, text := range append(variedTexts(), "\u200b", "\u0301\u0301", "\x00", "\xff\xfe", " \t\u3000", strings.Repeat("\u200b", 1000), strings.Repeat("x", 10_000), "\U0010ffff") {
		spans, err := s.Detect(t.Context(), []pii.Segment{{Text: text}})
		if err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, span := range spans[0] {
			if span.Start < end || span.End <= span.Start || span.End > len(text) {
				t.Errorf("span %v after %d in %d bytes", span, end, len(text))
			}
			end = span.End
		}
	}
}
