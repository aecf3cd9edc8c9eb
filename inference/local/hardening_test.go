//go:build cgo

package local

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/testdata/models/fixture"
)

// Somebody sends texts in the hope that one makes the detector fail, so that
// a filter that is told to fail open lets everything pass, or so that it
// answers with a span that cuts a character in half or lies outside.
func FuzzDetect(f *testing.F) {
	services := map[string]*inference.Service{}
	for _, model := range []string{fixture.PrivacyFilter, fixture.BERT} {
		services[model] = openModel(f, Options{Model: filepath.Join(committed, model), CacheBytes: -1})
	}
	for _, text := range []string{
		"Elena Markovic +1 628 219 4407", "\x00Elena\x00Markovic\x00", "\xff\xfeE\x00l\x00", "Zoe\u0308\u0323 M\u00fcller\u200d",
		"\ufffd", "\u200b\u0301", "[CLS][SEP]<|endoftext|>", strings.Repeat("\u0301", 300), "İ\u0307Anna", "\xed\xa0\x80",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for model, service := range services {
			spans, err := service.Detect(context.Background(), []pii.Segment{{Text: text}})
			if err != nil {
				t.Fatalf("%s: %v", model, err)
			}
			end := 0
			for _, span := range spans[0] {
				if span.Start < end || span.End <= span.Start || span.End > len(text) {
					t.Fatalf("%s: span %v after %d in %d bytes", model, span, end, len(text))
				}
				end = span.End
				if utf8.ValidString(text) && !utf8.ValidString(text[span.Start:span.End]) {
					t.Fatalf("%s: span %v cuts a character", model, span)
				}
			}
		}
	})
}

// A configuration is replaced again and again while requests are running: the
// native session and tokenizer must outlive the last of them (I6). A use
// after free would end the process.
func TestCloseWhileDetecting(t *testing.T) {
	const rounds, clients, requests = 20, 8, 5
	text := strings.Repeat("some words, Elena Markovic said. ", 40)
	for range rounds {
		s, err := Open(t.Context(), Options{Model: filepath.Join(committed, fixture.BERT), CacheBytes: -1})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		started := make(chan struct{}, clients)
		for range clients {
			wg.Go(func() {
				release, ok := s.Acquire()
				defer release()
				started <- struct{}{}
				for range requests {
					spans, err := s.Detect(context.Background(), []pii.Segment{{Text: text}})
					switch {
					case !ok && errors.Is(err, pii.ErrNotReady):
					case err != nil:
						t.Error(err)
					case len(spans[0]) != 40:
						t.Errorf("%d spans", len(spans[0]))
					}
				}
			})
		}
		<-started
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		wg.Wait()
	}
}

// Texts that only hold what a tokenizer drops are read, and found empty; an
// error would let anybody turn a page away with one zero-width space.
func TestInvisibleTextsAreNotErrors(t *testing.T) {
	for _, model := range []string{fixture.PrivacyFilter, fixture.BERT} {
		s := openModel(t, Options{Model: filepath.Join(committed, model)})
		for _, text := range []string{"\u200b", "\u0301\u0301", "\ufeff", "\x00", "\xff", "\x7f\u00ad", "\ufffd", " \t\u3000"} {
			if got := found(t, s, text)[0]; len(got) > 0 {
				t.Errorf("%s: found %q", model, got)
			}
		}
	}
}
