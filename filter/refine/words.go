package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// before and after are the runes beside an offset, 0 at the ends of the text.
func before(text string, at int) (r rune, size int) {
	if at == 0 {
		return 0, 0
	}
	return utf8.DecodeLastRuneInString(text[:at])
}

func after(text string, at int) (r rune, size int) {
	if at == len(text) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(text[at:])
}

// wordRune is what words are made of.
func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// spaced reports whether a letter is of a script that puts spaces between
// words, so that the end of a word can be seen.
func spaced(r rune) bool {
	switch {
	case r < 0x0E00:
		return true
	case r >= 0x0E00 && r < 0x1000, r >= 0x1780 && r < 0x1800: // Thai, Lao, Khmer
		return false
	}
	return !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Myanmar)
}

// maxWord is how far the end of a word is looked for, in bytes: what is longer
// is no word, and many spans in it must not each be looked for its ends.
const maxWord = 128

// wordEnd is where the word ends that at lies in; at itself at the end of one.
func wordEnd(text string, at int) int {
	for end := at; end-at < maxWord; {
		r, size := after(text, end)
		if size == 0 || !wordRune(r) || !spaced(r) {
			return end
		}
		end += size
	}
	return at
}

// wordStart is where the word begins that at lies in.
func wordStart(text string, at int) int {
	for start := at; at-start < maxWord; {
		r, size := before(text, start)
		if size == 0 || !wordRune(r) || !spaced(r) {
			return start
		}
		start -= size
	}
	return at
}

// firstWord is the word that a value begins with, without its punctuation.
func firstWord(value string) string {
	if i := strings.IndexAny(value, " \t\n\u00a0"); i >= 0 {
		value = value[:i]
	}
	return value
}

func lastWord(value string) string {
	return value[strings.LastIndexAny(value, " \t\n")+1:]
}

// bare is a word without the punctuation around it, in lower case.
func bare(word string) string { return strings.ToLower(strings.Trim(word, ".,:;()[]\"'’")) }

// upperFirst and lowerFirst tell words by their first letter; a letter without
// case is neither.
func upperFirst(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

func lowerFirst(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsLower(r)
}

func set(words string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
