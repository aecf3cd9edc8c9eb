package rules

import (
	"crypto/sha256"
	_ "embed"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// bip39 is the English word list of BIP-39, as the Bitcoin proposal has it
// (bip-0039/english.txt, SHA-256 2f5eed53…3b24dbda; MIT). Nearly all wallets
// use it, also those in other languages.
//
//go:embed bip39.txt
var bip39 string

// seedWords gives the number of each word, seedBegins the three letters with
// which they begin: the cheap question first.
var seedWords, seedBegins = func() (m map[string]uint16, begins threeLetters) {
	m = make(map[string]uint16, 2048)
	for word := range strings.FieldsSeq(bip39) {
		m[word] = uint16(len(m))
		begins.add(word[0], word[1], word[2])
	}
	return m, begins
}()

// A seed phrase has 12, 15, 18, 21 or 24 words of three to eight letters.
const (
	seedShortest, seedLongest = 3, 8
	seedFewest, seedMost      = 12, 24
	seedStep                  = 3
)

// seedEvery is how often the text is looked at, in bytes: no phrase is shorter.
const seedEvery = seedFewest*(seedShortest+1) - 1

// phraseReach is how far before its words a phrase may be announced, in bytes.
const phraseReach = 80

// seedWord is a word of a run: where it stands, and its number, or -1.
type seedWord struct{ start, end, number int }

// seeds looks for phrases. They need no pass of their own: where a phrase
// covers none of these few places, there is none. Nor is there one where the
// word at such a place is not of the list.
func (s *scan) seeds() {
	for i := seedEvery - 1; i < len(s.text); i += seedEvery {
		if i >= s.wordsEnd {
			s.seed(i)
		}
	}
}

// seed looks at the run of words of three to eight letters around i.
func (s *scan) seed(i int) {
	at := i
	for at > s.wordsEnd && i-at <= seedLongest && alpha.has(s.text[at-1]) {
		at--
	}
	if at = s.nextWord39(at); at < 0 {
		return
	}
	if !s.full && !s.seedWordAt(at) {
		return
	}
	start := at
	words, end := 0, start
	for ; at >= 0; words++ {
		if end = s.wordEnd39(at); end < 0 {
			break
		}
		s.wordsEnd = end
		at = s.nextWord39(end)
	}
	s.work += max(end, start) - i + seedLongest
	if words == 0 {
		return
	}
	for from := s.wordBefore39(start); from >= 0; from = s.wordBefore39(start) {
		start = from
		words++
	}
	if words >= seedFewest {
		s.phrases(start)
	}
}

// seedWordAt reports whether the word that begins at i is one of the list.
func (s *scan) seedWordAt(i int) bool {
	if s.work += seedLongest; !seedBegins.at(s.text, i) {
		return false
	}
	end := s.wordEnd39(i)
	if end < 0 {
		return false
	}
	_, ok := seedNumber(s.text[i:end])
	return ok
}

// wordBefore39 returns the beginning of the word before the one that begins
// at i, if it can be one of a phrase, or -1.
func (s *scan) wordBefore39(i int) int {
	const reach = 8
	end := i
	for end > 0 && i-end < reach && seedSeparator.has(s.text[end-1]) {
		end--
	}
	from := end
	for from > 0 && end-from <= seedLongest && alpha.has(s.text[from-1]) {
		from--
	}
	s.work += i - from
	if n := s.wordEnd39(from); end == from || n < 0 {
		return -1
	}
	return from
}

// wordEnd39 returns the end of the word that begins at i, if it can be one of
// a phrase, or -1.
func (s *scan) wordEnd39(i int) int {
	end := i
	for end < len(s.text) && end-i <= seedLongest && alpha.has(s.text[end]) {
		end++
	}
	if n := end - i; n < seedShortest || n > seedLongest || high.has(s.at(end)) {
		return -1
	}
	return end
}

// nextWord39 returns the beginning of the word at or behind i: blanks, quotes,
// commas and numbers may stand between. -1: there is none close enough.
func (s *scan) nextWord39(i int) int {
	const reach = 8
	for j := i; j < len(s.text) && j-i < reach; j++ {
		if alpha.has(s.text[j]) {
			return j
		}
		if !seedSeparator.has(s.text[j]) {
			break
		}
	}
	return -1
}

// phrases emits the phrases in the run of words that begins at i.
func (s *scan) phrases(i int) {
	var sequence []seedWord
	for at := i; at >= 0; {
		end := s.wordEnd39(at)
		if end < 0 {
			break
		}
		if n, ok := seedNumber(s.text[at:end]); ok {
			sequence = append(sequence, seedWord{at, end, int(n)})
		} else {
			s.sequence(sequence)
			sequence = sequence[:0]
		}
		s.work += end - at
		at = s.nextWord39(end)
	}
	s.sequence(sequence)
}

func seedNumber(word string) (uint16, bool) {
	var buf [seedLongest]byte
	for k := range len(word) {
		buf[k] = lowerByte(word[k])
	}
	n, ok := seedWords[string(buf[:len(word)])]
	return n, ok
}

// phraseWords announce a phrase.
var phraseWords = newWords("seed_phrase recovery_phrase mnemonic* seed_words recovery_words backup_phrase secret_phrase seed phrase wallet")

// announcers stand before a phrase and are words of the list themselves.
var announcers = newSet(`seed phrase secret word backup`)

// sequence emits the phrases among words of the list that follow each other.
// Where a phrase was announced, all of them are one; otherwise a checksum
// tells. Longer sequences are lists of words.
func (s *scan) sequence(words []seedWord) {
	announced := false
	for len(words) > seedFewest && len(words) <= seedMost+2 && announcers.has(s.text[words[0].start:words[0].end]) {
		words, announced = words[1:], true
	}
	if len(words) < seedFewest {
		return
	}
	first, last := words[0], words[len(words)-1]
	if announced || phraseWords.in(s.text[max(0, first.start-phraseReach):first.start]) {
		s.emit(first.start, last.end, pii.Secret, 0.9)
		return
	}
	if len(words) > 2*seedMost {
		return
	}
	for k := 0; k+seedFewest <= len(words); k++ {
		for n := seedMost; n >= seedFewest; n -= seedStep {
			if k+n <= len(words) && seedChecksum(words[k:k+n]) {
				s.emit(words[k].start, words[k+n-1].end, pii.Secret, 1)
				k += n - 1
				break
			}
		}
	}
}

// seedChecksum reports whether the words are a phrase: eleven bits each, of
// which the last of 33 are the beginning of the SHA-256 of the others
// (BIP-39, "Generating the mnemonic").
func seedChecksum(words []seedWord) bool {
	var bits [33]byte
	n := 0
	for _, w := range words {
		for b := 10; b >= 0; b-- {
			bits[n/8] |= byte(w.number>>b&1) << (7 - n%8)
			n++
		}
	}
	check := n / 33
	entropy := bits[:(n-check)/8]
	sum := sha256.Sum256(entropy)
	return bits[len(entropy)]>>(8-check) == sum[0]>>(8-check)
}
