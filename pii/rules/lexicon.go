package rules

import (
	"strings"
	"unicode/utf8"
)

// lexicon is a set of context words, each with its topics. Words are written
// in lower case without accents; '*' at the end lets a word go on, and '_'
// stands for up to two separators or none, so that "tax_id" is also "taxId",
// "Tax-ID" and "tax. id". Words of scripts without word boundaries, or whose
// words are not Latin, are found wherever they stand.
type lexicon struct {
	latin  [26][27][]lexeme // by the first two letters; 26: no letter
	begins threeLetters     // of those, as far as they are of ASCII
	other  [128][]lexeme    // by the first character
}

type lexeme struct {
	word   string
	third  byte     // its third letter, if its first three are such
	topics topicSet // what the word may speak about
	names  topicSet // what it names, so that nothing else can be meant
}

// add adds the words of a list, parted by blanks. A word with '?' before it
// has other meanings, too, and only hints.
func (l *lexicon) add(list string, topics topicSet) {
	for word := range strings.FieldsSeq(list) {
		word, hint := strings.CutPrefix(word, "?")
		e := lexeme{word: word, topics: topics, names: topics}
		if hint {
			e.names = topicSet{}
		}
		l.begin(word)
		bucket := l.bucket(word)
		if len(word) > 2 && lower.has(word[0]) && lower.has(word[1]) && lower.has(word[2]) {
			e.third = word[2]
		}
		known := false
		for k := range *bucket {
			if b := &(*bucket)[k]; b.word == word {
				b.topics, b.names = b.topics.with(e.topics), b.names.with(e.names)
				known = true
			}
		}
		if !known {
			*bucket = append(*bucket, e)
		}
	}
}

// begin notes how a Latin word begins. Where it has a mark or ends within three
// letters, any byte may stand there.
func (l *lexicon) begin(word string) {
	places := [3][]byte{}
	for k := range places {
		if k < len(word) && lower.has(word[k]) {
			places[k] = []byte{word[k]}
			continue
		}
		for rest := range places[k:] {
			for c := range 32 {
				places[k+rest] = append(places[k+rest], byte(c))
			}
		}
		break
	}
	if !lower.has(word[0]) {
		return
	}
	for _, b := range places[1] {
		for _, c := range places[2] {
			l.begins.add(word[0], b, c)
		}
	}
}

// mayBegin is the cheap question first: can a Latin word begin at i?
func (l *lexicon) mayBegin(text string, i int) bool {
	if i+3 > len(text) {
		return true
	}
	a, b, c := text[i], text[i+1], text[i+2]
	return (a|b|c) >= 0x80 || l.begins.has(a, b, c)
}

func (l *lexicon) bucket(word string) *[]lexeme {
	if first, size := latinAt(word, 0); first != 0 {
		return &l.latin[first-'a'][secondLetter(word, size)]
	}
	return &l.other[scriptHash(word, 0)]
}

// at returns the words that may stand at i.
func (l *lexicon) at(text string, i int) []lexeme {
	if !l.mayBegin(text, i) {
		return nil
	}
	if c, size := latinAt(text, i); c != 0 {
		return l.latin[c-'a'][secondLetter(text, i+size)]
	}
	if text[i] < 0xC0 {
		return nil
	}
	return l.other[scriptHash(text, i)]
}

func secondLetter(text string, i int) int {
	if c, _ := latinAt(text, i); c != 0 {
		return int(c - 'a')
	}
	return 26
}

// scriptHash files words of other scripts by their first character.
func scriptHash(text string, i int) byte {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return byte(lowerRune(r) & 127)
}
