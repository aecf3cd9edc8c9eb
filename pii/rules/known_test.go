package rules

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules/gitleaks"
	"github.com/caddyprivacy/privacyfilter/pii/rules/internal/sample"
)

// example draws a text that the pattern matches.
func example(t testing.TB, r *rand.Rand, pattern string) string {
	t.Helper()
	text, err := sample.Text(r, pattern)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// uncovered returns a secret that gitleaks finds in text and we do not, if
// there is one. Placeholders and fillers count for neither.
func uncovered(text string, rule *gitleaks.Rule) (missed string, matched bool) {
	spans := New().AppendSpans(nil, text)
	s := scan{shadow: newShadow(text)}
	rule.Reference(text, func(start, end int) {
		for end > start && text[end-1] == '.' {
			end--
		}
		secret := text[start:end]
		if discounted(text, start, end, rule.Is(gitleaks.Assigned)) || s.amidBase64(start) || !rule.NearKeyword(text, start, end) {
			return
		}
		matched = true
		for _, s := range spans {
			if s.Start <= start && end <= s.End {
				return
			}
		}
		missed = secret
	})
	return missed, matched
}

// Every rule of gitleaks finds what its pattern describes.
func TestEveryKnownRule(t *testing.T) {
	t.Parallel()
	const wanted, most = 5, 300
	for _, rule := range gitleaks.Rules() {
		if rule.Is(gitleaks.Native) {
			continue
		}
		t.Run(rule.ID, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(11, 12))
			matches := 0
			for n := 0; n < most && matches < wanted; n++ {
				text := "see\n" + rule.Keyword() + "\n" + example(t, r, rule.Pattern()) + "\n"
				missed, matched := uncovered(text, rule)
				if missed != "" {
					t.Fatalf("in %q missed %q, found %v", text, missed, New().AppendSpans(nil, text))
				}
				if matched {
					matches++
				}
			}
			if matches == 0 {
				t.Errorf("no example of %q passes its own conditions", rule.Pattern())
			}
		})
	}
}

// Whatever stands around and between, nothing of what gitleaks finds is lost.
func TestKnownAmongOthers(t *testing.T) {
	t.Parallel()
	all := gitleaks.Rules()
	between := []string{" ", "\n", "\t", ", ", ";", "\"", "'", "=", ": ", " key ", "token ", "x", "0", "-", "_", ".", "/", "\u200b", "é ", "curl ", "secret = ", "(", ")", "{\"a\": \"", "https://h.example/"}
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 1))
		var b strings.Builder
		var in []*gitleaks.Rule
		for range 1 + r.IntN(6) {
			rule := all[r.IntN(len(all))]
			if rule.Is(gitleaks.Native) {
				continue
			}
			in = append(in, rule)
			for range r.IntN(3) {
				b.WriteString(between[r.IntN(len(between))])
			}
			b.WriteString(example(t, r, rule.Pattern()))
		}
		text := newShadow(b.String()).text
		for _, rule := range in {
			if missed, _ := uncovered(text, rule); missed != "" {
				t.Errorf("%s: in %q missed %q", rule.ID, text, missed)
			}
		}
	}
}

// FuzzKnown: what wakes a rule, and the windows that it is shown, lose nothing
// of what its pattern finds in the whole text.
func FuzzKnown(f *testing.F) {
	seed(f)
	r := rand.New(rand.NewPCG(13, 14))
	for _, rule := range gitleaks.Rules() {
		f.Add(rule.Keyword() + "\n" + example(f, r, rule.Pattern()) + "\n")
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = newShadow(text).text
		if len(text) > 4096 {
			t.Skip() // patterns without bound are bounded
		}
		for _, rule := range gitleaks.Rules() {
			if rule.Is(gitleaks.Native) {
				continue
			}
			if missed, _ := uncovered(text, rule); missed != "" {
				t.Fatalf("%s: in %q missed %q", rule.ID, text, missed)
			}
		}
	})
}

// Where so much looks like a secret that asking about each would take too
// long, it is taken for one.
func TestFloodOfCandidatesIsMasked(t *testing.T) {
	for _, unit := range []string{
		"key=aB3dE5fG7hJ9kL1mN3pQ5 ", "glpat-abcdefghij0123456789\n", "eyabcdefghijklmnopqrstuvwxyz0123 ", "token: zzzzzzzzzzzzzzzz;",
	} {
		const size = 1 << 17
		text := strings.Repeat(unit, size/len(unit))
		const value = "aB3dE5fG7hJ9kL1mN3pQ5x7"
		text += "\napi_key = " + value + "\n"
		at := strings.Index(text, value)
		covered := false
		for _, s := range New().AppendSpans(nil, text) {
			covered = covered || s.Start <= at && s.End >= at+len(value) && s.Category == pii.Secret
		}
		if !covered {
			t.Errorf("behind a flood of %q a secret is missed", unit)
		}
	}
}
