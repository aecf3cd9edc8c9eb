package pii_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func rule(start, end int, c pii.Category, score float32) pii.Span {
	return pii.Span{Start: start, End: end, Category: c, Score: score, Source: pii.SourceRules}
}

func model(start, end int, c pii.Category, score float32) pii.Span {
	return pii.Span{Start: start, End: end, Category: c, Score: score, Source: pii.SourceModel}
}

func union(start, end int, c pii.Category, score float32) pii.Span {
	return pii.Span{Start: start, End: end, Category: c, Score: score, Source: pii.SourceUnion}
}

func TestUnionOverlapShapes(t *testing.T) {
	type lists = [][]pii.Span
	const (
		person = pii.PrivatePerson
		email  = pii.PrivateEmail
		url    = pii.PrivateURL
		secret = pii.Secret
	)
	for _, tc := range []struct {
		name string
		in   lists
		want []pii.Span
	}{
		{"nothing", nil, nil},
		{"empty lists", lists{{}, nil}, nil},
		{"one span stays itself", lists{{rule(1, 4, email, 0.9)}}, []pii.Span{rule(1, 4, email, 0.9)}},
		{
			"apart",
			lists{{rule(0, 2, email, 0.9)}, {model(5, 8, person, 0.5)}},
			[]pii.Span{rule(0, 2, email, 0.9), model(5, 8, person, 0.5)},
		},
		{
			"touching stay apart",
			lists{{rule(0, 5, email, 0.9)}, {model(5, 8, email, 0.5)}},
			[]pii.Span{rule(0, 5, email, 0.9), model(5, 8, email, 0.5)},
		},
		{
			"one byte shared",
			lists{{rule(0, 5, email, 0.9)}, {model(4, 8, person, 0.5)}},
			[]pii.Span{union(0, 8, email, 0.9)},
		},
		{
			"equal",
			lists{{rule(2, 6, email, 0.6)}, {model(2, 6, email, 0.8)}},
			[]pii.Span{union(2, 6, email, 0.8)},
		},
		{
			"equal of one source",
			lists{{rule(2, 6, email, 0.6)}, {rule(2, 6, email, 0.8)}},
			[]pii.Span{rule(2, 6, email, 0.8)},
		},
		{
			"nested in the middle",
			lists{{model(0, 20, person, 0.5)}, {rule(5, 9, email, 0.9)}},
			[]pii.Span{union(0, 20, email, 0.9)},
		},
		{
			"nested, same start",
			lists{{rule(3, 5, email, 0.9)}, {model(3, 20, person, 0.5)}},
			[]pii.Span{union(3, 20, email, 0.9)},
		},
		{
			"nested, same end",
			lists{{rule(15, 20, email, 0.9)}, {model(3, 20, person, 0.5)}},
			[]pii.Span{union(3, 20, email, 0.9)},
		},
		{
			"partial, the lower priority first",
			lists{{model(0, 6, person, 0.99)}, {rule(4, 9, email, 0.1)}},
			[]pii.Span{union(0, 9, email, 0.99)},
		},
		{
			"chain joins all its links",
			lists{{rule(0, 4, url, 0.9), rule(6, 10, url, 0.9)}, {model(3, 7, person, 0.5), model(9, 12, secret, 0.4)}},
			[]pii.Span{union(0, 12, secret, 0.9)},
		},
		{
			"chain of touching and overlapping",
			lists{{rule(0, 4, url, 0.9)}, {model(4, 7, person, 0.5), model(6, 9, person, 0.6)}},
			[]pii.Span{rule(0, 4, url, 0.9), model(4, 9, person, 0.6)},
		},
		{
			"long one bridges two apart",
			lists{{rule(0, 2, url, 0.9), rule(8, 10, email, 0.9)}, {model(1, 9, person, 0.5)}},
			[]pii.Span{union(0, 10, email, 0.9)},
		},
		{
			"unknown categories come last, in alphabetical order",
			lists{{rule(0, 4, "zebra", 0.9)}, {rule(2, 6, "aardvark", 0.2)}},
			[]pii.Span{rule(0, 6, "aardvark", 0.9)},
		},
		{
			"unknown against known",
			lists{{rule(0, 4, "aardvark", 0.9)}, {rule(2, 6, pii.PrivateDate, 0.2)}},
			[]pii.Span{rule(0, 6, pii.PrivateDate, 0.9)},
		},
		{
			"unsorted input",
			lists{{rule(8, 9, url, 0.9), rule(0, 3, email, 0.9), rule(2, 5, url, 0.9)}},
			[]pii.Span{rule(0, 5, email, 0.9), rule(8, 9, url, 0.9)},
		},
		{"empty and inverted are dropped", lists{{rule(3, 3, email, 1), rule(9, 5, email, 1)}}, nil},
		{
			"empty inside another changes nothing",
			lists{{rule(0, 9, url, 0.5), rule(4, 4, secret, 1), rule(7, 2, secret, 1)}},
			[]pii.Span{rule(0, 9, url, 0.5)},
		},
		{
			"a joined span joins again",
			lists{{union(0, 5, url, 0.5)}, {model(4, 6, person, 0.9)}},
			[]pii.Span{union(0, 6, url, 0.9)},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var before lists
			for _, l := range tc.in {
				before = append(before, slices.Clone(l))
			}
			got := pii.Union(tc.in...)
			if len(got) != len(tc.want) || len(got) > 0 && !slices.Equal(got, tc.want) {
				t.Errorf("got %v, want %v", got, tc.want)
			}
			for i := range before {
				if !slices.Equal(before[i], tc.in[i]) {
					t.Errorf("input list %d was changed", i)
				}
			}
		})
	}
}

func TestCategoryPriority(t *testing.T) {
	all := pii.Categories()
	for i, high := range all {
		for _, low := range all[i+1:] {
			got := pii.Union([]pii.Span{rule(0, 5, low, 1)}, []pii.Span{rule(1, 3, high, 0.1)})
			if len(got) != 1 || got[0].Category != high || got[0].Score != 1 {
				t.Errorf("%s over %s: got %v", high, low, got)
			}
		}
	}
}

func drawSpans(t *rapid.T) []pii.Span {
	categories := append(pii.Categories(), "custom_a", "custom_b")
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pii.Span {
		return pii.Span{
			Start:    rapid.IntRange(0, 60).Draw(t, "start"),
			End:      rapid.IntRange(0, 60).Draw(t, "end"),
			Category: rapid.SampledFrom(categories).Draw(t, "category"),
			Score:    float32(rapid.IntRange(1, 100).Draw(t, "score")) / 100,
			Source:   rapid.SampledFrom([]pii.Source{pii.SourceRules, pii.SourceModel, pii.SourceUnion}).Draw(t, "source"),
		}
	}), 0, 20).Draw(t, "spans")
}

// The union covers exactly the bytes its members cover, is sorted and without
// overlaps, and neither order nor grouping of the lists changes it.
func TestUnionProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		spans := drawSpans(t)
		got := pii.Union(spans)

		var want, have [64]bool
		for _, s := range spans {
			for i := s.Start; i < s.End; i++ {
				want[i] = true
			}
		}
		last := 0
		for _, s := range got {
			if s.Start < last || s.Start >= s.End {
				t.Fatalf("not sorted, not apart or empty: %v", got)
			}
			last = s.End
			for i := s.Start; i < s.End; i++ {
				have[i] = true
			}
		}
		if want != have {
			t.Fatalf("covers other bytes: %v of %v", got, spans)
		}

		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		mixed := slices.Clone(spans)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		cut := rapid.IntRange(0, len(mixed)).Draw(t, "cut")
		if other := pii.Union(mixed[:cut], mixed[cut:]); !slices.Equal(got, other) {
			t.Fatalf("order or grouping matters: %v, %v", got, other)
		}
		if again := pii.Union(got); !slices.Equal(got, again) {
			t.Fatalf("not idempotent: %v, %v", got, again)
		}
		if joined := pii.Join(mixed); !slices.Equal(got, joined) {
			t.Fatalf("Join differs: %v, %v", got, joined)
		}
	})
}

// Joining lists one after another is joining them at once, so a pipeline may
// add detectors in any order. (Sources alone may differ: two unions of one
// source are of that source, whatever stood between them.)
func TestUnionIsAssociative(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawSpans(t), drawSpans(t), drawSpans(t)
		left := pii.Union(pii.Union(a, b), c)
		if right := pii.Union(a, pii.Union(b, c)); !slices.Equal(left, right) {
			t.Fatalf("%v and %v", left, right)
		}
	})
}

func TestJoinDoesNotAllocate(t *testing.T) {
	spans := []pii.Span{rule(8, 9, pii.Secret, 1), rule(0, 3, pii.Secret, 1), rule(2, 5, pii.PrivateURL, 1)}
	work := make([]pii.Span, len(spans))
	if n := testing.AllocsPerRun(100, func() {
		copy(work, spans)
		pii.Join(work)
	}); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
