// Package shapes gives a model that reads lower-cased pieces the case and the
// layout back: an id a token, made of the case of its own characters and of
// what stands between it and the token before.
//
// The model was trained on exactly these numbers; training/pftrain/shapes.py
// computes them there, and testdata/golden.jsonl holds what it computed. A
// change here is another model and needs another name.
//
// What may come in: what a token's characters and its gap tell. What must
// never: anything learned, and a memory of texts.
package shapes

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Name is what a config.json calls these features.
const Name = "shapes-1"

// The case of a token's characters.
const (
	lower   = iota // no capital
	title          // the first letter alone is a capital
	upper          // capitals only, two or more
	initial        // one letter, a capital
	mixed          // capitals elsewhere
	digits         // no letter but digits
	marks          // neither
	cases
)

// What stands between a token and the one before.
const (
	gapNone  = iota
	gapSpace // one space
	gapLine  // something with a line break in it, or the beginning of the text
	gapOther // a tab, several spaces
	gaps
)

// rows are the ids: 0 for special tokens and padding, then one of each pair.
const rows = 1 + cases*gaps

// Shapes computes the ids. It has no state.
type Shapes struct{}

var _ inference.Features = Shapes{}

// Input implements inference.Features.
func (Shapes) Input() string { return "shape_ids" }

// Columns implements inference.Features.
func (Shapes) Columns() int { return 1 }

// Rows implements inference.Features.
func (Shapes) Rows() int { return rows }

// Append implements inference.Features.
func (Shapes) Append(dst []int64, text string, tokens []inference.Token, from, to int) []int64 {
	for i := from; i < to; i++ {
		gap := gapLine
		if i > 0 {
			gap = gapOf(text, tokens[i-1].End, tokens[i].Start)
		}
		dst = append(dst, int64(1+caseOf(text[tokens[i].Start:tokens[i].End])*gaps+gap))
	}
	return dst
}

func gapOf(text string, from, to int) int {
	if from >= to { // tokens that share a character overlap
		return gapNone
	}
	switch blank := text[from:to]; {
	case strings.ContainsAny(blank, "\n\r"):
		return gapLine
	case blank == " ":
		return gapSpace
	default:
		return gapOther
	}
}

func caseOf(piece string) int {
	var letters, capitals, numbers int
	var first rune // the first letter
	for i := 0; i < len(piece); {
		r, size := rune(piece[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(piece[i:])
		}
		i += size
		switch {
		case unicode.IsLetter(r):
			if letters == 0 {
				first = r
			}
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		case unicode.IsDigit(r):
			numbers++
		}
	}
	switch {
	case letters == 0 && numbers > 0:
		return digits
	case letters == 0:
		return marks
	case capitals == 0:
		return lower
	case capitals == letters && letters > 1:
		return upper
	case capitals == letters:
		return initial
	case capitals == 1 && unicode.IsUpper(first):
		return title
	default:
		return mixed
	}
}
