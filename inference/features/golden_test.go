package features

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
)

//go:embed testdata/golden.txt
var golden string

// The training side has an implementation of its own; this is what it made of
// fuzzed texts (training/pftrain/fast_features.py --golden). A difference means
// that the model reads other numbers than it was trained on.
func TestFeaturesAreThoseOfTheTrainingSide(t *testing.T) {
	n := 0
	for line := range strings.Lines(golden) {
		quoted, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		var text string
		if err := json.Unmarshal([]byte(quoted), &text); err != nil {
			t.Fatal(err)
		}
		text = inference.Sanitize(text)
		tokens, rows := encode(t, text)
		var want [][]int64
		for token := range strings.SplitSeq(rest, "; ") {
			if token != "" {
				want = append(want, integers(t, token))
			}
		}
		if len(tokens) != len(want) {
			t.Fatalf("%s: %d tokens, want %d", quoted, len(tokens), len(want))
		}
		for i, token := range tokens {
			got := append([]int64{characters(text, token.Start), characters(text, token.End)}, rows[i*Columns:][:Columns]...)
			if !slices.Equal(got, want[i]) {
				t.Fatalf("%s: token %d (%q) is %v, want %v", quoted, i, text[token.Start:token.End], got, want[i])
			}
		}
		n++
	}
	if n < 100 {
		t.Fatalf("only %d texts", n)
	}
}

func characters(text string, end int) int64 { return int64(utf8.RuneCountInString(text[:end])) }

func integers(t *testing.T, s string) (out []int64) {
	t.Helper()
	for f := range strings.FieldsSeq(s) {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

func encode(t testing.TB, text string) ([]inference.Token, []int64) {
	t.Helper()
	tokens, err := Words{}.Encode(nil, text)
	if err != nil {
		t.Fatal(err)
	}
	return tokens, Words{}.Append(nil, text, tokens, 0, len(tokens))
}
