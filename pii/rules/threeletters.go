package rules

// threeLetters is the set of the first three letters of many words, a bit for
// each: the cheapest question before a search among them. Only five bits of a
// letter count, so that its case does not.
type threeLetters [1 << 15 / 64]uint64

// add adds the beginning of a word of three bytes or more.
func (t *threeLetters) add(word string) {
	k := three(word[0], word[1], word[2])
	t[k>>6] |= 1 << (k & 63)
}

// at reports whether one of the words may begin at i.
func (t *threeLetters) at(text string, i int) bool {
	if i+3 > len(text) {
		return false
	}
	k := three(text[i], text[i+1], text[i+2])
	return t[k>>6]&(1<<(k&63)) != 0
}

// three is the place of three bytes in such a set.
func three(a, b, c byte) int { return int(a&31)<<10 | int(b&31)<<5 | int(c&31) }

// nextThree is three one byte on.
func nextThree(k int, c byte) int { return (k<<5 | int(c&31)) & (1<<15 - 1) }
