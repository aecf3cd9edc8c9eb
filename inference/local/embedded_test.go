//go:build cgo

package local

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// These tests run the model that ships, so they say what a user gets.

func shippedOptions(t testing.TB, model string) Options {
	t.Helper()
	if !embedded.Present(model) {
		t.Fatal(ErrNoEmbedded)
	}
	return Options{Model: model, CacheBytes: -1}
}

func TestShippedModelsFindWhatTheReadmePromises(t *testing.T) {
	for _, model := range []string{Embedded, EmbeddedFull, EmbeddedFast} {
		t.Run(model, func(t *testing.T) {
			o := shippedOptions(t, model)
			if err := Check(o); err != nil {
				t.Fatal(err)
			}
			s := openModel(t, o)
			got := found(t, s, "Hi, this is Elena Markovic, call me on +1 628 219 4407")[0]
			if want := "Elena Markovic=private_person"; !slices.Contains(got, want) {
				t.Errorf("got %q, want %q", got, want)
			}
			for _, f := range found(t, s, "The build failed because the cache was cold; see the log for details.")[0] {
				t.Errorf("found %q where nothing is", f)
			}
		})
	}
}

// variedTexts have many lengths, some longer than a window.
func variedTexts() []string {
	parts := []string{
		"Hi, this is Elena Markovic, call me on +1 628 219 4407. ",
		"Please ship it to 12 Baker Street, London NW1 6XE before Friday. ",
		"The build failed again because the cache was cold. ",
		"name: Jörg Ødegård\nborn: 12 March 1981\n",
		"İstanbul'da Zoe\u0308 M\u00fcller ile g\u00f6r\u00fc\u015ft\u00fcm. 張偉 😀 ",
		"\x00\xff broken bytes around Anna Kowalska \u200b. ",
	}
	var texts []string
	for n := range 32 {
		var text strings.Builder
		for i := range 1 + n*n/100 {
			text.WriteString(parts[(n*7+i*5)%len(parts)])
		}
		texts = append(texts, text.String())
	}
	return texts
}

// I4: the spans of a text are the same, scores included, alone, beside
// others, in another order, and after a restart.
func TestEmbeddedModelIsDeterministic(t *testing.T) {
	for _, model := range []string{Embedded, EmbeddedFull} {
		t.Run(model, func(t *testing.T) { testDeterministic(t, shippedOptions(t, model)) })
	}
}

func testDeterministic(t *testing.T, o Options) {
	s := openModel(t, o)
	texts := variedTexts()
	segments := make([]pii.Segment, len(texts))
	alone := make([][]pii.Span, len(texts))
	for i, text := range texts {
		segments[i].Text = text
		spans, err := s.Detect(t.Context(), segments[i:i+1])
		if err != nil {
			t.Fatal(err)
		}
		alone[i] = spans[0]
	}
	again := openModel(t, o)
	for round, detector := range []pii.Detector{s, again} {
		slices.Reverse(segments)
		together, err := detector.Detect(context.Background(), segments)
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			slices.Reverse(together)
		}
		for i := range texts {
			if !reflect.DeepEqual(together[i], alone[i]) {
				t.Errorf("round %d, text %d: together %v, alone %v", round, i, together[i], alone[i])
			}
		}
	}
}

// Ten thousand words with a name at the start, in the middle of nowhere and
// at the end: windows must lose none of them.
func TestEmbeddedModelReadsLongTexts(t *testing.T) {
	for _, model := range []string{Embedded, EmbeddedFull} {
		t.Run(model, func(t *testing.T) { testLongText(t, openModel(t, shippedOptions(t, model))) })
	}
}

func testLongText(t *testing.T, s *inference.Service) {
	const words = 10_000
	name := "Her name is Elena Markovic. "
	sentence := "The quarterly numbers were moved to another room. " // 8 words
	var text strings.Builder
	at := map[int]bool{}
	for i := range words / 8 {
		if i%250 == 0 || i == words/8-1 {
			at[text.Len()+strings.Index(name, "Elena")] = true
			text.WriteString(name)
		}
		text.WriteString(sentence)
	}
	spans, err := s.Detect(t.Context(), []pii.Segment{{Text: text.String()}})
	if err != nil {
		t.Fatal(err)
	}
	for _, span := range spans[0] {
		if span.Category == pii.PrivatePerson {
			for start := range at {
				if span.Start <= start && start+len("Elena Markovic") <= span.End {
					delete(at, start)
				}
			}
		}
	}
	if len(at) > 0 {
		t.Error(fmt.Sprint(len(at), " names were not found"))
	}
}
