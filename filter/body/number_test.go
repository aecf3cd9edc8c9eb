package body

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// An integer written as a float reads as its digits, and whatever part of
// those is replaced by other digits, the number stays a JSON number.
func TestFloatsReadAsIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`-?(0|[1-9][0-9]{0,18})(\.[0-9]{0,4}0{0,3}[0-9]{1,12})?([eE][+-]?[0-9]{1,2})?`).Draw(t, "number")
		doc, err := Parse([]byte("["+number+"]"), Hint{Types: []string{"application/json"}}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Slots) == 0 {
			return
		}
		text := doc.AppendText(nil, 0)
		if strings.ContainsAny(string(text), ".eE") && string(text) != number {
			t.Fatalf("%s reads as %s", number, text)
		}
		want, _ := new(big.Rat).SetString(number)
		got, ok := new(big.Rat).SetString(string(text))
		if !ok || want.Cmp(got) != 0 {
			t.Fatalf("%s reads as %s", number, text)
		}
		first := strings.IndexAny(string(text), "0123456789")
		start := rapid.IntRange(first, len(text)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(text)).Draw(t, "end")
		masked := strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return '1'
			}
			return r
		}, string(text[start:end]))
		out := doc.Splice([]Edit{{Start: start, End: end, Text: []byte(masked)}})
		if !json.Valid(out) {
			t.Fatalf("%s, %d to %d: %s", number, start, end, out)
		}
	})
}
