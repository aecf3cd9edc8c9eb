package inferencetest

import (
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Ids of the vocabulary; words follow.
const (
	padID = iota
	prefixID
	suffixID
	firstWordID
)

const maxVocabulary = 1 << 24

// Tokenizer makes a token of every run of letters and digits and of every
// other character that is not white space. Rows start and end with a special
// token, as those of BERT do.
type Tokenizer struct {
	words *vocabulary

	// Broken, if set, replaces Encode. Set it before the first use.
	Broken func(dst []inference.Token, text string) ([]inference.Token, error)

	encoded atomic.Int64
	closed  atomic.Int64
}

// Encode implements inference.Tokenizer. It panics after Close.
func (t *Tokenizer) Encode(dst []inference.Token, text string) ([]inference.Token, error) {
	if t.closed.Load() > 0 {
		panic("Encode after Close")
	}
	t.encoded.Add(1)
	if t.Broken != nil {
		return t.Broken(dst, text)
	}
	return t.words.encode(dst, text), nil
}

// Specials implements inference.Tokenizer.
func (t *Tokenizer) Specials() (prefix, suffix []int64) {
	return []int64{prefixID}, []int64{suffixID}
}

// Close implements inference.Tokenizer.
func (t *Tokenizer) Close() error {
	t.closed.Add(1)
	return nil
}

// Encoded is how many texts were tokenized, Closed how often Close was called.
func (t *Tokenizer) Encoded() int { return int(t.encoded.Load()) }

// Closed is how often Close was called.
func (t *Tokenizer) Closed() int { return int(t.closed.Load()) }

// vocabulary gives every word it meets an id.
type vocabulary struct {
	mu   sync.Mutex
	word map[string]int64 // guarded by mu
}

func newVocabulary() *vocabulary { return &vocabulary{word: make(map[string]int64)} }

func (v *vocabulary) encode(dst []inference.Token, text string) []inference.Token {
	v.mu.Lock()
	defer v.mu.Unlock()
	for start := 0; start < len(text); {
		end := wordEnd(text, start)
		if r, _ := utf8.DecodeRuneInString(text[start:]); !unicode.IsSpace(r) {
			dst = append(dst, inference.Token{ID: v.id(text[start:end]), Start: start, End: end})
		}
		start = end
	}
	return dst
}

func (v *vocabulary) ids(text string) []int64 {
	tokens := v.encode(nil, text)
	ids := make([]int64, 0, len(tokens))
	for _, token := range tokens {
		ids = append(ids, token.ID)
	}
	return ids
}

func (v *vocabulary) id(word string) int64 {
	id, ok := v.word[word]
	if !ok {
		id = firstWordID + int64(len(v.word))%(maxVocabulary-firstWordID)
		v.word[word] = id
	}
	return id
}

// wordEnd is the end of the word, or of the single character, at start.
func wordEnd(text string, start int) int {
	end := start
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			if end == start {
				end += size
			}
			break
		}
		end += size
	}
	return end
}
