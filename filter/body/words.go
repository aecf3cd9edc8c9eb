package body

import (
	"bytes"
	"slices"
)

// words watches text that stands in pieces, between which there is something
// that a reader does not see: "lena@<!-- x -->example.com". Slots are pieces;
// a word that goes over their ends is kept as a doubt.
type words struct {
	word    []byte // the last word so far
	crossed bool   // it goes over the end of a piece
	whole   bool   // a piece of it says it all
}

// maxWord bounds a word that is watched, in bytes.
const maxWord = 256

// add adds a piece of text.
func (w *words) add(b *builder, text []byte) {
	if len(text) == 0 {
		return
	}
	head := text[:wordEnd(text)]
	if len(w.word) > 0 && len(head) > 0 {
		w.word = append(w.word, head[:min(len(head), maxWord)]...)
		w.crossed = true
		w.whole = w.whole || isWhole(head)
		if len(head) == len(text) && len(w.word) <= maxWord {
			return
		}
	}
	w.end(b)
	tail := text[wordStart(text):]
	w.word = append(w.word, tail[max(0, len(tail)-maxWord):]...)
	w.whole = isWhole(tail)
}

// end ends the last word.
func (w *words) end(b *builder) {
	if w.crossed && !w.whole {
		b.doc.doubts = append(append(b.doc.doubts, w.word...), '\n')
	}
	w.word, w.crossed, w.whole = w.word[:0], false, false
}

// isWhole reports whether a piece looks like an address or number by itself:
// then it is found where it stands.
func isWhole(text []byte) bool {
	if i := bytes.IndexByte(text, '@'); i > 0 && bytes.IndexByte(text[i:], '.') > 0 {
		return true
	}
	digits := 0
	for _, c := range text {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return digits >= 13 // a card
}

// wordEnd is the end of the word that text begins with; a blank between two
// digits belongs to a number.
func wordEnd(text []byte) int {
	for i := range text {
		if !inWord(text, i) {
			return i
		}
	}
	return len(text)
}

func wordStart(text []byte) int {
	for i := range slices.Backward(text) {
		if !inWord(text, i) {
			return i + 1
		}
	}
	return 0
}

func inWord(text []byte, i int) bool {
	digit := func(i int) bool { return i < 0 || i >= len(text) || '0' <= text[i] && text[i] <= '9' }
	switch text[i] {
	case ' ':
		return digit(i-1) && digit(i+1)
	case '\t', '\n', '\r', '\f':
		return false
	}
	return true
}
