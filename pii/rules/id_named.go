package rules

import "strings"

// What stands between a number and the words before it.

// fillers are the words that may stand between a name and its number.
var fillers = newSet(`no nr num number numbers numero numeros nummer numer numara nomor n is was be the my id card code codigo
	ist lautet est es e are s a to as reads de del della du da jest je och er var le la el il lo het`)

// afterWord is the cheapest question first: can the end of a word stand before
// the digit at i, over a mark?
func (s *scan) afterWord(i int) bool {
	if i < 2 {
		return false
	}
	before := class[s.text[i-2]]
	switch c := s.text[i-1]; {
	case class[c]&(alpha|high) != 0:
		return true
	case class[c]&(dash|dot) != 0:
		return before&alpha != 0
	case class[c]&(lineEnd|digit|wordMark|plusSlash|urlStop) != 0 && !quote.has(c) && c != '>':
		return false
	case c == ':' || c == '=':
		return before&digit == 0
	}
	return before&(digit|lineEnd) == 0
}

// nameTails holds the last three letters of the words that can stand right
// before a number: those that name it, and the fillers. A word of two has a
// zero before it.
var nameTails = func() (t [1 << 15]bool) {
	add := func(word string) {
		word = strings.TrimRight(word, "*")
		if n := len(word); n >= 2 && lower.has(word[n-1]) {
			t[tail(byte0(word, n-3), word[n-2], word[n-1])] = true
		}
	}
	for group := range freeForms {
		for word := range strings.FieldsSeq(groupWords[group]) {
			add(word)
			if before, ok := strings.CutSuffix(word, "*"); ok {
				add(before + "s")
				add(strings.TrimSuffix(word, "*") + "nummer")
			}
		}
	}
	for word := range fillers {
		add(word)
	}
	return t
}()

func byte0(word string, i int) byte {
	if i < 0 {
		return 0
	}
	return word[i]
}

// tail is the place of three letters in nameTails; what is no letter counts 0.
func tail(a, b, c byte) int {
	place := func(c byte) int {
		if alpha.has(c) {
			return int(c & 31)
		}
		return 0
	}
	return place(a)<<10 | place(b)<<5 | place(c)
}

// mayBeNamed is the cheap question before the lexicon: does a word that can
// announce a number stand right before start?
func (s *scan) mayBeNamed(start int) bool {
	j := start - 1
	for j >= 0 && start-j < 8 && !alpha.has(s.text[j]) {
		if c := s.text[j]; c >= 0x80 {
			return true
		} else if lineEnd.has(c) || isDigit(c) || c == ',' || c == ';' {
			return false
		}
		j--
	}
	if j < 1 || !alpha.has(s.text[j]) {
		return false
	}
	if k := j; upper.has(s.text[k]) { // capitals before the number: "policy no PL 8837"
		for k > 0 && j-k < 3 && upper.has(s.text[k]) {
			k--
		}
		if s.text[k] == ' ' && k > 1 && alpha.has(s.text[k-1]) {
			j = k - 1
		}
	}
	before := s.at(j - 2)
	if !alpha.has(before) && !alpha.has(s.text[j-1]) {
		return (space | dash | dot | wordMark).has(s.text[j-1]) || s.text[j-1] >= 0x80 // "a", "n°"
	}
	if !alpha.has(before) && alpha.has(s.text[j-1]) && !(space | dash | dot | wordMark | plusSlash | high).has(before) && before != '\'' {
		return false // all of a key: "id"
	}
	return nameTails[tail(before, s.text[j-1], s.text[j])]
}
