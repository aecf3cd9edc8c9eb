package rules

import (
	"strings"
	"unicode/utf8"
)

// bornBefore reports whether the words before a date say that it is one of
// birth: near, and with nothing between but names and fillers.
func (s *scan) bornBefore(d day) bool {
	const reach = 72
	if !s.mayBeNamedBirth(d.start) {
		return false
	}
	from := max(0, d.start-reach)
	if s.starred(d) {
		return true
	}
	from = max(s.lineFrom(from, d.start), s.keyFrom(from, d.start))
	s.work += d.start - from
	window := s.text[from:d.start]
	h := birthWords.hear(window)
	if h.end < 0 {
		return false
	}
	gap := window[h.end:]
	if h.last.has(aboutBirth) {
		return bridged(gap) && !strings.HasSuffix(window[:h.end], "NATO")
	}
	return d.whole && (gap == ". " || gap == "." || gap == " ") && h.end > 0 && !s.inSentenceWord(from+h.end)
}

// mayBeNamedBirth is the cheap question first: can what stands before i speak
// about it? Most dates begin a line of a log or stand in brackets.
func (s *scan) mayBeNamedBirth(i int) bool {
	for n := 0; n < 3 && i > 0 && s.text[i-1] == ' '; n++ {
		i--
	}
	if i == 0 {
		return false
	}
	switch c := s.text[i-1]; {
	case c == '\n':
		before := s.at(i - 2)
		return (alpha | high | colon).has(before) || before == ',' || before == '\r' || before == ')'
	case c == '[' || c == '{' || isDigit(c):
		return false
	case c == '/':
		return s.at(i-2) != '/'
	}
	return true
}

// inSentenceWord reports whether the initial that ends at i is not one: a
// letter behind an apostrophe, or in a word.
func (s *scan) inSentenceWord(i int) bool { return (alnum | quote).has(s.at(i - 2)) }

// lineFrom moves from behind the last but one line end before i: a date may
// stand on the line after its label.
func (s *scan) lineFrom(from, i int) int {
	ends := 0
	for k := i - 1; k >= from; k-- {
		if s.text[k] == '\n' {
			if ends++; ends == 2 {
				return k + 1
			}
		}
	}
	return from
}

// keyFrom returns where the key begins whose value stands at i, or from where
// no mark of assignment stands between.
func (s *scan) keyFrom(from, i int) int {
	k, keyed := i, false
	for k > from && (quote | space | colon | equals).has(s.text[k-1]) {
		k--
		keyed = keyed || s.text[k] == ':' || s.text[k] == '='
	}
	if !keyed {
		return from
	}
	const key = alnum | high | wordMark | dash | dot | space
	for k > from && (key.has(s.text[k-1]) || strings.IndexByte("()/'", s.text[k-1]) >= 0) {
		k--
	}
	return k
}

// starred reports whether an asterisk stands for "born": "(* 12.03.1951)".
func (s *scan) starred(d day) bool {
	i := d.start
	if s.at(i-1) == ' ' {
		i--
	}
	if s.at(i-1) != '*' || !d.whole || s.at(d.end) == '*' {
		return false
	}
	before := s.at(i - 2)
	if before == ' ' {
		before = s.at(i - 3)
	}
	return before == '(' || before == ',' || alpha.has(before)
}

// bridged reports whether gap, which stands between a word about birth and a
// date, leaves the two together.
func bridged(gap string) bool {
	if len(gap) > 1 && gap[0] == '-' && alpha.has(gap[1]) { // "born-again"
		return false
	}
	capitals, other, lines := 0, 0, 0
	for i := 0; i < len(gap); {
		c, size := latinAt(gap, i)
		switch b := gap[i]; {
		case c != 0:
			word := i
			for c != 0 {
				i += size
				c, size = latinAt(gap, i)
			}
			if isCapital(gap[word:i]) {
				if capitals++; capitals > 6 {
					return false
				}
			} else if !birthFillers.has(foldWord(gap[word:i])) {
				return false
			}
			continue
		case isDigit(b), b == ';', b == '{', b == '}', b == '!', b == '?', b == '&', b == '<':
			return false
		case b == '\n':
			if lines++; lines > 1 {
				return false
			}
		case b == '.' && i > 0 && i+2 < len(gap) && gap[i+1] == ' ' && capitals > 0 && i > 3:
			return false // a sentence ends
		case b >= 0x80:
			r, n := utf8.DecodeRuneInString(gap[i:])
			if r >= 0x2E80 { // Han, Kana, Hangul: a word is a letter or two
				other += 6
			} else {
				other++
			}
			if other > 26 {
				return false
			}
			i += n
			continue
		}
		i++
	}
	return strings.Count(gap, "\",") == 0
}

// bornAfter reports whether the words right behind a date say that it is one
// of birth: "12.04.1951 г.р.", "昭和24年3月8日生", "3.5.1980 (DOB)".
func (s *scan) bornAfter(d day) bool {
	const reach = 40
	i := d.end
	for n := 0; n < 4 && i < len(s.text) && strings.IndexByte(" ,(.[-", s.text[i]) >= 0; n++ {
		i++
	}
	if i >= len(s.text) || !(alpha | high).has(s.text[i]) {
		return false
	}
	for _, suffix := range []string{"án ", "én "} { // Hungarian: "4-én született"
		if strings.HasPrefix(s.text[i:], suffix) {
			i += len(suffix)
		}
	}
	for _, year := range []string{"г. ", "г.", "р. "} { // "12 апреля 1951 г. рождения"
		if strings.HasPrefix(s.text[i:], year) && birthAt(s.text[i+len(year):min(len(s.text), i+reach)]) {
			return true
		}
	}
	return birthAt(s.text[i:min(len(s.text), i+reach)])
}

// birthAt reports whether text begins with a word of afterBirth.
func birthAt(text string) bool {
	if text == "" {
		return false
	}
	for _, word := range afterBirth.at(text, 0) {
		if matchLexeme(text, 0, word.word) >= 0 {
			return true
		}
	}
	return false
}
