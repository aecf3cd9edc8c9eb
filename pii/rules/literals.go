package rules

import "strings"

// literals finds which of many literals stand around a byte: each is listed
// under one of its bytes, to wake on, and the byte before that.
type literals[T any] struct {
	where [256][256]uint16 // index of lists; 0, an empty list, for most
	lists [][]literal[T]
}

// literal is one of them, in lower case where fold says that case does not
// matter, and what it means.
type literal[T any] struct {
	text  string
	fold  bool
	at    int // offset of the byte to wake on, from 1
	means T
}

func (l *literals[T]) add(text string, fold bool, means T) {
	if l.lists == nil {
		l.lists = make([][]literal[T], 1)
	}
	entry := literal[T]{text, fold, wakeByte(text), means}
	for _, c := range bothCases(text[entry.at], fold) {
		for _, before := range bothCases(text[entry.at-1], fold) {
			where := &l.where[c][before]
			if *where == 0 {
				*where = uint16(len(l.lists))
				l.lists = append(l.lists, nil)
			}
			l.lists[*where] = append(l.lists[*where], entry)
		}
	}
}

// around returns the literals that may stand around i, which is not 0.
func (l *literals[T]) around(text string, i int) []literal[T] {
	return l.lists[l.where[text[i]][text[i-1]]]
}

// stands reports whether the literal stands in text at start.
func (l *literal[T]) stands(text string, start int) bool {
	if start < 0 {
		return false
	}
	if l.fold {
		return foldEqual(text, start, l.text)
	}
	return strings.HasPrefix(text[start:], l.text)
}

// wake adds the bytes to wake on to the table of anchors, and what may stand
// before them to that of pairs.
func (l *literals[T]) wake(anchors *[256]wake, family wake) {
	for c := range l.where {
		if l.where[c] != [256]uint16{} {
			anchors[c] |= family
		}
	}
}

func (l *literals[T]) pairs(t *[256][8]uint32) {
	for c := range l.where {
		for before, list := range l.where[c] {
			if list != 0 {
				t[c][before>>5] |= 1 << (before & 31)
			}
		}
	}
}

// byRarity orders what literals have beside capital letters by how seldom it
// stands in logs, JSON and prose.
const byRarity = "~qzxj_-.kvbypgfwum" + "chldrsniaote" + `"':=, ` + "/0123456789"

// wakeByte returns the offset in a literal of the byte to wake on.
func wakeByte(text string) int {
	best := 1
	for at := 2; at < len(text); at++ {
		if strings.IndexByte(byRarity, text[at]) < strings.IndexByte(byRarity, text[best]) {
			best = at
		}
	}
	return best
}

func bothCases(c byte, fold bool) []byte {
	if fold && lower.has(c) {
		return []byte{c, c &^ 0x20}
	}
	return []byte{c}
}
