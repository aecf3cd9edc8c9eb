package rules_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// row is a text and what must be found in it, as "category value" in order.
type row struct {
	name string
	text string
	want []string
}

func found(text string) []string {
	var out []string
	for _, s := range rules.New().AppendSpans(nil, text) {
		out = append(out, fmt.Sprintf("%s %s", strings.TrimPrefix(string(s.Category), "private_"), text[s.Start:s.End]))
	}
	return out
}

func check(t *testing.T, rows []row) {
	t.Helper()
	for _, tc := range rows {
		t.Run(tc.name, func(t *testing.T) {
			t.Helper()
			if got := found(tc.text); !slices.Equal(got, tc.want) {
				t.Errorf("in %q\n got %q\nwant %q", tc.text, got, tc.want)
			}
			checkInvariants(t, tc.text)
		})
	}
}

// clean asserts that nothing is found in any of the texts.
func clean(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if got := found(text); got != nil {
			t.Errorf("in %q found %q", text, got)
		}
		checkInvariants(t, text)
	}
}

type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// checkInvariants holds what every caller relies on.
func checkInvariants(t failer, text string) {
	t.Helper()
	boundary := make(map[int]bool)
	for i := range text {
		boundary[i] = true
	}
	boundary[len(text)] = true
	last := 0
	for _, s := range rules.New().AppendSpans(nil, text) {
		switch {
		case s.Start < last || s.End <= s.Start || s.End > len(text):
			t.Fatalf("span [%d,%d) after %d of %d in %q", s.Start, s.End, last, len(text), text)
		case !boundary[s.Start] || !boundary[s.End]:
			t.Fatalf("span [%d,%d) cuts a character of %q", s.Start, s.End, text)
		case s.Source != pii.SourceRules || s.Score <= 0 || s.Score > 1 || s.Category == "":
			t.Fatalf("span %+v", s)
		}
		last = s.End
	}
}

func TestDetect(t *testing.T) {
	segments := []pii.Segment{{Text: "nothing"}, {Text: "mail jane@example.com"}, {Text: ""}}
	got, err := rules.New().Detect(t.Context(), segments)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || got[0] != nil || len(got[1]) != 1 || got[2] != nil {
		t.Fatalf("got %v", got)
	}
	if s := got[1][0]; s.Start != 5 || s.End != 21 || s.Category != pii.PrivateEmail {
		t.Errorf("got %+v", s)
	}
}

func TestDetectStopsWhenTheCallerIsGone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got, err := rules.New().Detect(ctx, []pii.Segment{{Text: "mail jane@example.com"}})
	if !errors.Is(err, context.Canceled) || got != nil {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestAppendSpansKeepsWhatTheCallerHad(t *testing.T) {
	mine := pii.Span{Start: 40, End: 90, Category: pii.PrivatePerson, Score: 1, Source: pii.SourceModel}
	got := rules.New().AppendSpans([]pii.Span{mine}, "a@example.com b@example.com")
	if len(got) != 3 || got[0] != mine || got[1].Start != 0 || got[2].Start != 14 {
		t.Errorf("got %v", got)
	}
}

func TestZeroValueWorks(t *testing.T) {
	var d rules.Detector
	if got := d.AppendSpans(nil, "a@example.com"); len(got) != 1 {
		t.Errorf("got %v", got)
	}
}

func TestCleanTextAllocatesNothing(t *testing.T) {
	text := `{"id": 12345, "at": "2026-11-24T10:00:00.000Z", "url": "https://example.com/a?b=c", "ok": true, "v": "1.2.3"}`
	d := rules.New()
	if n := testing.AllocsPerRun(100, func() { d.AppendSpans(nil, text) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestConcurrentUse(t *testing.T) {
	d := rules.New()
	text := "jane@example.com, +1 628 219 4407, 4111 1111 1111 1111"
	want := d.AppendSpans(nil, text)
	done := make(chan []pii.Span)
	for range 8 {
		go func() {
			var got []pii.Span
			for range 50 {
				got = d.AppendSpans(nil, text)
			}
			done <- got
		}()
	}
	for range 8 {
		if got := <-done; !slices.Equal(got, want) {
			t.Errorf("got %v", got)
		}
	}
}

// Broken UTF-8 and NUL must shift nothing.
func TestOffsetsInBrokenText(t *testing.T) {
	for _, text := range []string{
		"\xff\xfe jane@example.com \xc3", "\x00jane@example.com\x00", "ü\x00é\xe2\x82 jane@example.com",
		"\xed\xa0\x80 jane@example.com", "\xf0\x9f\x98 jane@example.com", "\ufffd jane@example.com",
	} {
		if !slices.Equal(found(text), []string{"email jane@example.com"}) {
			t.Errorf("in %q found %q", text, found(text))
		}
		checkInvariants(t, text)
		if utf8.ValidString(text) && strings.Contains(text, "\xff") {
			t.Fatal("the test lost its point")
		}
	}
}
