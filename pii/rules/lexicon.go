package rules

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// topic is something a context word can speak about: one kind of identifier,
// or a group of them.
type topic uint8

// topicSet is a set of topics.
type topicSet [4]uint64

func (t topicSet) has(k topic) bool { return t[k>>6]&(1<<(k&63)) != 0 }

func (t topicSet) meets(u topicSet) bool {
	return t[0]&u[0]|t[1]&u[1]|t[2]&u[2]|t[3]&u[3] != 0
}

func (t topicSet) with(u topicSet) topicSet {
	return topicSet{t[0] | u[0], t[1] | u[1], t[2] | u[2], t[3] | u[3]}
}

func setOf(ks ...topic) (t topicSet) {
	for _, k := range ks {
		t[k>>6] |= 1 << (k & 63)
	}
	return t
}

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

// lowerRune is r in lower case; the two small sigmas are one.
func lowerRune(r rune) rune {
	if r = unicode.ToLower(r); r == 'ς' {
		return 'σ'
	}
	return r
}

// latinLetters maps the letters U+00C0 to U+021F, by the two bytes of their
// UTF-8, to the lower-case ASCII letter a writer without accents would use.
var latinLetters = func() (t [8][64]byte) {
	plain := map[rune]byte{'ß': 's', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'đ': 'd', 'Đ': 'd', 'æ': 'a', 'Æ': 'a', 'ı': 'i', 'œ': 'o', 'Œ': 'o', 'þ': 't', 'Þ': 't', 'ð': 'd', 'Ð': 'd'}
	for r := rune(0xC0); r < 0x220; r++ {
		c := plain[r]
		if d := norm.NFKD.String(string(r)); c == 0 && alpha.has(d[0]) {
			c = lowerByte(d[0])
		}
		t[r>>6&7][r&63] = c
	}
	return t
}()

// latinAt returns the letter at i without case and accent, and its size in
// bytes, or 0, 1 where no Latin letter stands.
func latinAt(text string, i int) (c byte, size int) {
	if i >= len(text) {
		return 0, 1
	}
	b := text[i]
	switch {
	case alpha.has(b):
		return b | 0x20, 1
	case b >= 0xC3 && b <= 0xC8 && i+1 < len(text):
		return latinLetters[b&7][text[i+1]&63], 2
	}
	return 0, 1
}

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
