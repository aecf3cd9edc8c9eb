package filter

import (
	"context"
	"regexp"
	"slices"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// scripted is a detector that finds what its expressions match.
type scripted map[pii.Category]*regexp.Regexp

func (s scripted) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([][]pii.Span, len(segments))
	for i, segment := range segments {
		var spans []pii.Span
		for category, expr := range s {
			for _, at := range expr.FindAllStringIndex(segment.Text, -1) {
				spans = append(spans, pii.Span{Start: at[0], End: at[1], Category: category, Score: 1, Source: pii.SourceRules})
			}
		}
		out[i] = pii.Union(spans)
	}
	return out, nil
}

// Detectors of the tests: rules that know addresses and numbers, a "model"
// that knows two people.
var (
	testRules = scripted{
		pii.PrivateEmail:  regexp.MustCompile(`[\w.+]+@[\w.]+\.\w+`),
		pii.AccountNumber: regexp.MustCompile(`\b4111[ -]?1111[ -]?1111[ -]?1111\b`),
	}
	testModel = scripted{
		pii.PrivatePerson: regexp.MustCompile(`Elena Markovic|Zoë Müller|李小龍`),
	}
)

// newFilter makes a filter with the test rules and a policy.
func newFilter(t testing.TB, p Policy) *Filter {
	t.Helper()
	f, err := New(Options{Rules: testRules, Policy: p})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// process masks a message with the test model.
func process(t testing.TB, f *Filter, m Message) Result {
	t.Helper()
	before := slices.Clone(m.Body)
	r, err := f.Process(t.Context(), testModel, m)
	if err != nil {
		t.Fatalf("Process: %v", err)
	}
	if string(before) != string(m.Body) {
		t.Fatal("Process changed its input")
	}
	return r
}

func keepAll() mask.Action { return mask.Action{Kind: mask.Keep} }
