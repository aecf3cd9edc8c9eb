package shapes

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/inference"
)

func TestCases(t *testing.T) {
	for piece, want := range map[string]int{
		"anna": lower, "Anna": title, "ANNA": upper, "A": initial, "McDonald": mixed, "aB": mixed,
		"12": digits, "1st": lower, "A4": initial, "...": marks, "": marks, "Élan": title, "Ωμέγα": title,
		"張": lower, "٣": digits, "²": marks, "\xff": marks, "O'Neill": mixed,
	} {
		if got := caseOf(piece); got != want {
			t.Errorf("caseOf(%q) = %d, want %d", piece, got, want)
		}
	}
}

// TestGolden compares with what the training side computed of random texts cut
// at random places (python -m pftrain.shapes).
func TestGolden(t *testing.T) {
	file, err := os.Open("testdata/golden.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := 0
	for scanner := bufio.NewScanner(file); scanner.Scan(); lines++ {
		var row struct {
			Text   string
			Tokens [][2]int
			IDs    []int64
		}
		if err := json.Unmarshal(scanner.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		tokens := make([]inference.Token, len(row.Tokens))
		for i, at := range row.Tokens {
			tokens[i] = inference.Token{Start: at[0], End: at[1]}
		}
		if got := (Shapes{}).Append(nil, row.Text, tokens, 0, len(tokens)); !slices.Equal(got, row.IDs) {
			t.Fatalf("line %d, %q: got %v, want %v", lines+1, row.Text, got, row.IDs)
		}
	}
	if lines < 300 {
		t.Fatalf("only %d texts", lines)
	}
}

// TestWindows checks that a window's ids are those of the whole text, and that
// any offsets within the text do.
func TestWindows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		tokens := make([]inference.Token, rapid.IntRange(0, 20).Draw(t, "tokens"))
		for i := range tokens {
			start := rapid.IntRange(0, len(text)).Draw(t, "start")
			tokens[i] = inference.Token{Start: start, End: rapid.IntRange(start, len(text)).Draw(t, "end")}
		}
		whole := Shapes{}.Append(nil, text, tokens, 0, len(tokens))
		from := rapid.IntRange(0, len(tokens)).Draw(t, "from")
		to := rapid.IntRange(from, len(tokens)).Draw(t, "to")
		if part := (Shapes{}).Append(nil, text, tokens, from, to); !slices.Equal(part, whole[from:to]) {
			t.Fatalf("window [%d, %d): %v, whole %v", from, to, part, whole)
		}
		for _, id := range whole {
			if id < 1 || id >= rows {
				t.Fatalf("id %d", id)
			}
		}
	})
}
