package refine

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// after is the rune at an offset, 0 at the end of the text.
func after(text string, at int) (r rune, size int) {
	if at == len(text) {
		return 0, 0
	}
	return utf8.DecodeRuneInString(text[at:])
}

// wordRune is what words are made of.
func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// maxWord is how far the end of a word is looked for, in bytes: what is longer
// is no word.
const maxWord = 128

// wordEnd is where the word ends that begins at an offset.
func wordEnd(text string, at int) int {
	for end := at; end-at < maxWord; {
		r, size := after(text, end)
		if size == 0 || !wordRune(r) {
			return end
		}
		end += size
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
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
