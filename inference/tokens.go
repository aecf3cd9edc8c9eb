package inference

import (
	"errors"
	"unicode"
	"unicode/utf8"
)

// What a tokenizer may get wrong, and what features may. None of these quotes the text.
var (
	errTokenOffsets = errors.New("the tokenizer answered with offsets that do not fit the text")
	errTokenID      = errors.New("the tokenizer answered with an id outside the vocabulary")
	errFeatures     = errors.New("there are not as many features as tokens")
	errUnread       = errors.New("the tokenizer left a part of the text unread")
)

// checkTokens refuses tokens that do not account for the whole text: those of
// a tokenizer that failed silently, stopped early (a NUL, a truncation setting
// in tokenizer.json) or points elsewhere. Text that no token covers would
// count as clean without having been looked at.
func checkTokens(tokens []Token, text string, vocabulary int) error {
	read, previous := 0, 0
	for i := range tokens {
		t := &tokens[i]
		if t.Start < previous || t.End < t.Start || t.End > len(text) {
			return errTokenOffsets
		}
		if t.ID < 0 || t.ID >= int64(vocabulary) {
			return errTokenID
		}
		if t.Start > read && hasInk(text[read:t.Start]) {
			return errUnread
		}
		previous, read = t.Start, max(read, t.End)
	}
	if hasInk(text[read:]) {
		return errUnread
	}
	return nil
}

// hasInk says whether a stretch holds a character that could be part of a
// value. Tokenizers drop white space, and those that normalise as BERT does
// also control, format and private-use characters, U+FFFD and combining
// marks.
func hasInk(text string) bool {
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			if b > ' ' && b != 0x7F {
				return true
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r != utf8.RuneError && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Mc) && !isSpace(r) {
			return true
		}
		i += size
	}
	return false
}
