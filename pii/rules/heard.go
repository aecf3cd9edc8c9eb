package rules

import (
	"strings"
	"unicode/utf8"
)

// heard is what the words of a context say.
type heard struct {
	near topicSet // of all words
	last topicSet // of the last word
	name topicSet // what the last word names
	end  int      // offset after the last word; -1: no word at all
}

// hear looks for the words of l in text.
func (l *lexicon) hear(text string) heard {
	h := heard{end: -1}
	inWord, humped := false, false // before i stands a letter; a lower-case one
	for i := 0; i < len(text); {
		is := class[text[i]]
		if is&lower != 0 && inWord { // as most bytes
			humped = true
			i++
			continue
		}
		size := 1
		switch {
		case is&(alpha|high) == 0:
			inWord = false
		case is&high != 0:
			var c byte
			if c, size = latinAt(text, i); c == 0 {
				if text[i] >= 0xC0 {
					l.matchAll(&h, text, i, l.other[scriptHash(text, i)])
				}
				inWord = false
				break
			}
			fallthrough
		default:
			if !inWord || humped && is&upper != 0 {
				l.matchAll(&h, text, i, l.at(text, i))
			}
			inWord = true
		}
		humped = is&lower != 0
		i += size
	}
	return h
}

func (l *lexicon) matchAll(h *heard, text string, i int, bucket []lexeme) {
	third := byte(0) // the third letter, where all three are of ASCII
	if i+2 < len(text) && text[i] < 0x80 && text[i+1] < 0x80 && text[i+2] < 0x80 {
		third = lowerByte(text[i+2])
	}
	for k := range bucket {
		e := &bucket[k]
		if third != 0 && e.third != 0 && third != e.third {
			continue
		}
		end := matchLexeme(text, i, e.word)
		if end < 0 {
			continue
		}
		h.near = h.near.with(e.topics)
		if end <= h.end { // a part of the word before: "insurance number" of "national insurance number"
			continue
		}
		if i >= h.end {
			h.last, h.name = topicSet{}, topicSet{}
		}
		h.last, h.name, h.end = h.last.with(e.topics), h.name.with(e.names), end
	}
}

// matchLexeme compares one word of a lexicon at i and returns the offset after
// it in text, or -1.
func matchLexeme(text string, i int, word string) int {
	for k := 0; k < len(word); k++ {
		switch c := word[k]; {
		case c == '*':
			for {
				if c, size := latinAt(text, i); c != 0 {
					i += size
					continue
				}
				return i
			}
		case c == '_':
			for n := 0; n < 2 && i < len(text) && strings.IndexByte(" _-.'/", text[i]) >= 0; n++ {
				i++
			}
		case c >= 0x80:
			want, size := utf8.DecodeRuneInString(word[k:])
			got, n := utf8.DecodeRuneInString(text[min(i, len(text)):])
			if lowerRune(got) != lowerRune(want) {
				return -1
			}
			i += n
			k += size - 1
		default:
			got, size := latinAt(text, i)
			if got == 0 && i < len(text) {
				got = text[i]
			}
			if got != c {
				return -1
			}
			i += size
		}
	}
	if word[len(word)-1] >= 0x80 {
		return i
	}
	if c, _ := latinAt(text, i); c != 0 && !(upper.has(text[i]) && lower.has(text[i-1])) {
		return -1
	}
	return i
}
