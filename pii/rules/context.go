package rules

import "strings"

// words is a set of lower-case context words in ASCII. A word ending in '*'
// may go on ("card*" is also "cards", "cardno"); others must stand whole.
// Words begin at a letter after a non-letter or at a camelCase hump.
type words struct {
	byFirst [26][]string
	second  [26]uint32 // bits of the letters that stand second, by the first
	other   []string   // words of other scripts, found anywhere
}

func newWords(list string) *words {
	w := new(words)
	for word := range strings.FieldsSeq(list) {
		if c := word[0]; lower.has(c) {
			w.byFirst[c-'a'] = append(w.byFirst[c-'a'], word)
			w.second[c-'a'] |= secondBit(word, 1)
		} else {
			w.other = append(w.other, word)
		}
	}
	return w
}

// in reports whether text has one of the words.
func (w *words) in(text string) bool {
	before := charset(0) // what the byte before is
	for i := 0; i < len(text); i++ {
		c, is := text[i], class[text[i]]
		inWord := before&alpha != 0 && !(is&upper != 0 && before&lower != 0)
		before = is
		switch {
		case is&alpha == 0:
			if is&high != 0 && w.otherAt(text[i:]) {
				return true
			}
			continue
		case inWord:
			continue
		}
		first := lowerByte(c) - 'a'
		if w.second[first]&secondBit(text, i+1) == 0 {
			continue
		}
		for _, word := range w.byFirst[first] {
			if matchWord(text, i, word) {
				return true
			}
		}
	}
	return false
}

// otherAt reports whether text begins with one of the words of other scripts.
func (w *words) otherAt(text string) bool {
	for _, word := range w.other {
		if strings.HasPrefix(text, word) {
			return true
		}
	}
	return false
}

// secondBit is the bit of the letter at i; whatever is no letter shares one.
func secondBit(text string, i int) uint32 {
	if i < len(text) {
		if c := lowerByte(text[i]); lower.has(c) {
			return 1 << (c - 'a')
		}
	}
	return 1 << 31
}

// matchWord compares one word of a set at i; '_' in a word stands for any or
// no separator, so that "social_security" is also "SocialSecurity".
func matchWord(text string, i int, word string) bool {
	for k := 0; k < len(word); k++ {
		switch c := word[k]; c {
		case '*':
			return true
		case '_':
			if i < len(text) && (text[i] == ' ' || text[i] == '_' || text[i] == '-') {
				i++
			}
		default:
			if i >= len(text) || lowerByte(text[i]) != c {
				return false
			}
			i++
		}
	}
	return i == len(text) || !alpha.has(text[i]) || upper.has(text[i]) && lower.has(text[i-1])
}

// contextReach is how far before a value its context may begin, in bytes.
const contextReach = 72

// context returns the text before i that speaks about what stands at i: on
// the same line, and where there are "key: value" or "key=value" pairs, from
// the nearest key on.
func (s *scan) context(i int) string {
	from, limit := i, max(0, i-contextReach)
	keyed := false // a ':' or '=' was passed: the words before it are the key
scan:
	for ; from > limit; from-- {
		c := s.text[from-1]
		if !clause.has(c) {
			continue
		}
		switch {
		case lineEnd.has(c):
			break scan
		case c == ':' || c == '=':
			keyed = true
		case keyed:
			break scan
		}
	}
	s.work += i - from
	return s.text[from:i]
}

// near reports whether one of the words speaks about what stands at i.
func (s *scan) near(i int, w *words) bool { return w.in(s.context(i)) }
