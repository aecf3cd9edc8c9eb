package hftokenizer

import (
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// visible says whether a tokenizer must make something of r. Letters, digits,
// punctuation and symbols are visible; spaces, marks, control and format
// characters are not: normalisers of BERT's kind drop them, and a text that
// holds nothing else rightly has no tokens. So does U+FFFD, which stands for
// something that was lost.
func visible(r rune) bool {
	return r != utf8.RuneError && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

func anyVisible(text string) bool {
	for _, r := range text {
		if visible(r) {
			return true
		}
	}
	return false
}

// check refuses offsets that leave the text or run backwards.
func check(tokens []inference.Token, size int) error {
	start, end := 0, 0
	for _, t := range tokens {
		if t.Start < start || t.End < end || t.Start > t.End || t.End > size {
			return ErrOffsets
		}
		start, end = t.Start, t.End
	}
	return nil
}

// fillGaps gives characters that no token covers to a neighbour: up to the
// next space to the token before, the rest, if it is attached to the token
// after, to that one. Such characters are what a normaliser dropped, like
// the accent of a decomposed letter or a zero-width space; a span that ends
// at that token must take them along. Blanks stay outside.
func fillGaps(tokens []inference.Token, text string) {
	if len(tokens) == 0 {
		return
	}
	covered := 0
	for i := range tokens {
		t := &tokens[i]
		if t.Start > covered {
			gap := text[covered:t.Start]
			if i > 0 {
				n := prefixWithoutSpace(gap)
				tokens[i-1].End += n
				gap = gap[n:]
			}
			t.Start -= suffixWithoutSpace(gap)
		}
		covered = max(covered, t.End)
	}
	tokens[len(tokens)-1].End += prefixWithoutSpace(text[covered:])
}

func prefixWithoutSpace(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) {
			return i
		}
	}
	return len(s)
}

func suffixWithoutSpace(s string) int {
	n := len(s)
	for n > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:n])
		if unicode.IsSpace(r) {
			break
		}
		n -= size
	}
	return len(s) - n
}
