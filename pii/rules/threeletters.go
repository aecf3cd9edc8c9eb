package rules

// threeLetters is a set of three letters each, those with which many words
// begin or end, a bit for each: the cheapest question before a search among
// the words. Only five bits of a letter count, so that its case does not.
type threeLetters [1 << 15 / 64]uint64

func (t *threeLetters) add(a, b, c byte) {
	k := three(a, b, c)
	t[k>>6] |= 1 << (k & 63)
}

func (t *threeLetters) has(a, b, c byte) bool { return t.hasPlace(three(a, b, c)) }

func (t *threeLetters) hasPlace(k int) bool { return t[k>>6]&(1<<(k&63)) != 0 }

// at reports whether one of the words may begin at i.
func (t *threeLetters) at(text string, i int) bool {
	return i+3 <= len(text) && t.has(text[i], text[i+1], text[i+2])
}

// three is the place of three bytes in such a set.
func three(a, b, c byte) int { return int(a&31)<<10 | int(b&31)<<5 | int(c&31) }

// nextThree is three one byte on.
func nextThree(k int, c byte) int { return (k<<5 | int(c&31)) & (1<<15 - 1) }
