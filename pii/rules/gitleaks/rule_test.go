package gitleaks

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii/rules/internal/sample"
)

// every yields all patterns of allow lists.
func every(yield func(*pattern)) {
	lists := [][]allowlist{everywhere}
	for i := range rules {
		lists = append(lists, rules[i].allow)
	}
	for _, list := range lists {
		for i := range list {
			for k := range list[i].regexes {
				yield(&list[i].regexes[k])
			}
		}
	}
}

func TestPatternsCompile(t *testing.T) {
	for i := range shapes {
		if _, err := regexp.Compile(shapes[i].pattern); err != nil {
			t.Errorf("%s: %v", shapes[i].Rule(), err)
		}
	}
	for i := range rules {
		if _, err := regexp.Compile(rules[i].regex); err != nil {
			t.Errorf("%s: %v", rules[i].ID, err)
		}
	}
	every(func(p *pattern) {
		if _, err := regexp.Compile(p.text); err != nil {
			t.Error(err)
		}
	})
}

// The literals that patterns of allow lists need stand in whatever they match.
func TestNeedsStandInEveryMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(21, 22))
	every(func(p *pattern) {
		for range 200 {
			text, err := sample.Text(r, p.text)
			if err != nil {
				t.Fatal(err)
			}
			if regexp.MustCompile(p.text).MatchString(text) != p.matches(text, strings.ToLower(text)) {
				t.Fatalf("%q matches %q and has none of %q", p.text, text, p.needs)
			}
		}
	})
}

func TestAllowLists(t *testing.T) {
	find := func(id, text string) bool {
		found := false
		for i := range rules {
			if rules[i].ID == id {
				rules[i].Reference(text, func(int, int) { found = true })
			}
		}
		return found
	}
	for _, tc := range []struct {
		name, rule, text string
		want             bool
	}{
		{"drawn", "generic-api-key", `api_key = "qU7xZ2mW9pL4vK8sT1nB"`, true},
		{"letters alone", "generic-api-key", `api_key = "qUxZmWpLvKsTnBabcd"`, false},
		{"a stop word", "generic-api-key", `api_key = "qU7xZ2example9pL4vK8s"`, false},
		{"too regular", "generic-api-key", `api_key = "1112221112221112"`, false},
		{"the name is public", "generic-api-key", `public_key = "qU7xZ2mW9pL4vK8sT1nB"`, false},
		{"the line is an import", "generic-api-key", `import { token } from "qU7xZ2mW9pL4vK8sT1nB"`, false},
		{"a sample key", "aws-access-token", "AKIAIOSFODNN7EXAMPLE", false},
		{"a key", "aws-access-token", "AKIAQ3EGU7ZVXN5TB2LM", true},
		{"a variable", "hashicorp-tf-password", `password = "${var_x}"`, false},
		{"an allowed value of the documentation", "gcp-api-key", "AIzaSyabcdefghijklmnopqrstuvwxyz1234567", false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := find(tc.rule, tc.text); got != tc.want {
				t.Errorf("%s finds something in %q: %v", tc.rule, tc.text, got)
			}
		})
	}
}

func TestEntropy(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "aaaa": 0, "abab": 1, "abcd": 2, "0123456789abcdef": 4} {
		if got := entropy(text); got != want {
			t.Errorf("entropy of %q is %v, want %v", text, got, want)
		}
	}
}
