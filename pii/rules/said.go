package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// said looks at what a noun announces that stands at [start, end): "the
// password for the guests is …", "PIN 1234", "123456 is your verification
// code".
func (s *scan) said(kind noun, start, end int) {
	if letter := lower | upper; letter.has(s.text[start]) && s.wordBefore(start) || start < s.urlEnd {
		return
	}
	switch {
	case kind == passwordNoun:
		s.saidPassword(end)
	case kind == settingPhrase:
		s.setting(end)
	case kind == chpasswdPhrase, kind == sudoPhrase:
		s.piped(start, kind == chpasswdPhrase)
	case kind == dsnPhrase:
		s.dsn(start)
	case kind == thinPhrase:
		s.thin(end)
	case s.wordAt(end):
	case !s.saidCode(kind, end) && kind != cvvNoun:
		s.codeBefore(start)
	}
}

// sentence reads on behind a noun, word by word: over its ending and a few
// more words to a copula or a mark, and to what may be the value.
type sentence struct {
	at     int  // the beginning of the current word
	words  int  // how many words were passed
	copula bool // one of them was a copula, or a mark stood before this word
	marked bool // a ':' or '=' stands right before this word
}

// maxSaid is how far behind its noun a value may begin, in bytes.
const maxSaid = 64

// begin sets the sentence to the first word behind a noun that ends at i. The
// noun may have an ending of a few letters, or a particle of another script.
func (s *scan) begin(i int) (sentence, bool) {
	const longest = 12
	j, set := i, lower
	if high.has(s.at(i)) {
		set = high
	}
	for j < len(s.text) && j-i <= longest && set.has(s.text[j]) {
		j++
	}
	s.work += j - i + 1
	if j-i > longest || set == lower && (j-i > 4 || s.wordAt(j)) {
		return sentence{}, false
	}
	w := sentence{at: j}
	return w, s.skipMarks(&w)
}

// skipMarks skips blanks and a mark before the word.
func (s *scan) skipMarks(w *sentence) bool {
	w.at = s.skipSpace(w.at)
	switch c := s.at(w.at); {
	case c == ':' || c == '=' && s.at(w.at+1) != '=':
		w.at = s.skipSpace(w.at + 1)
		w.copula, w.marked = true, true
	case lineEnd.has(c), c == 0:
		return false
	}
	return w.at < len(s.text)
}

// next moves on to the word behind; false: the sentence, or our patience, ends.
func (s *scan) next(w *sentence, noun int) bool {
	const most = 6
	if w.words++; w.words > most || w.marked || w.at-noun > maxSaid {
		return false
	}
	end := w.at
	for end < len(s.text) && end-w.at < 24 && !(space | lineEnd | colon).has(s.text[end]) {
		end++
	}
	s.work += end - w.at + 1
	word := s.text[w.at:end]
	if copulas.has(word) {
		if w.copula {
			return false
		}
		w.copula = true
	} else if w.copula || !wordLike(word) {
		return false
	}
	w.at = end
	return s.skipMarks(w)
}

// wordLike reports whether t can be a word between a noun and its copula.
func wordLike(t string) bool {
	for i := 0; i < len(t); i++ {
		if !(alpha | high | dash).has(t[i]) && t[i] != '\'' {
			return t[i] == ')' && i == len(t)-1 || t[i] == '(' && i == 0
		}
	}
	return t != ""
}

func (s *scan) saidPassword(noun int) {
	w, ok := s.begin(noun)
	for ; ok; ok = s.next(&w, noun) {
		v := s.value(w.at)
		if v.from >= v.end {
			return
		}
		if s.spokenPassword(v, w) {
			s.emit(v.from, v.end, pii.Secret, 0.75)
			return
		}
	}
}

// spokenPassword judges a word behind a noun. Other words than those of
// sentences have digits or marks in them.
func (s *scan) spokenPassword(v value, w sentence) bool {
	text := s.text[v.from:v.end]
	if len(text) > 64 || strings.ContainsAny(text, " /=()<>[]{},;\\") || text[0] == '-' || text[0] == '$' || !s.passwordLike(v, false) {
		return false
	}
	if found := strings.Contains(text, ":"); found || member(text) || expression(text) {
		return false
	}
	digits, uppers, lowers := census(text)
	switch {
	case w.words > 0 && !w.copula:
		return false
	case digits == len(text):
		return w.copula && digits >= 4 && (w.marked || s.endsSaid(v.end))
	case digits > 0:
		return len(text) >= 6 || w.copula && len(text) >= 4
	default:
		return w.copula && v.quoted || w.copula && len(text) >= 6 && uppers+lowers < len(text) && strings.ContainsAny(text, "!@#$%^&*+?~")
	}
}

// endsSaid reports whether the sentence ends at i.
func (s *scan) endsSaid(i int) bool {
	i = s.skipSpace(i)
	return i >= len(s.text) || !(alnum | high).has(s.text[i])
}

// saidCode looks for the digits behind a noun.
func (s *scan) saidCode(kind noun, noun int) bool {
	least, most := 4, 8
	if kind == cvvNoun {
		least, most = 3, 4
	}
	w, ok := s.begin(noun)
	for ; ok; ok = s.next(&w, noun) {
		if quote.has(s.text[w.at]) {
			w.at++
		}
		end, digits := s.codeEnd(w.at)
		if digits == 0 {
			continue
		}
		if digits < least || digits > most || w.words > 0 && !w.copula {
			return false
		}
		if kind == codeWordNoun && (!w.copula || digits != 6 && !s.endsSaid(end)) {
			return false
		}
		s.emit(w.at, end, pii.Secret, 0.75)
		return true
	}
	return false
}

// codeEnd returns the end of the code at i and how many digits it has: 0, if
// none stands there. Codes may be cut in two halves, and some name their
// sender ("G-123456").
func (s *scan) codeEnd(i int) (end, digits int) {
	j := i
	if upper.has(s.at(j)) && s.at(j+1) == '-' {
		j += 2
	}
	first := s.digitsAt(j)
	if first == 0 || first > 8 {
		return i, 0
	}
	end, digits = j+first, first
	if c := s.at(end); (c == '-' || c == ' ') && (first == 3 || first == 4) && s.digitsAt(end+1) == first {
		end, digits = end+1+first, 2*first
	}
	if s.wordAt(end) || s.fraction(j, end) || strings.IndexByte("%/:-_", s.at(end)) >= 0 && end < len(s.text) {
		return i, 0
	}
	return end, digits
}

// digitsAt counts the digits at i, up to nine.
func (s *scan) digitsAt(i int) int {
	n := 0
	for n < 9 && isDigit(s.at(i+n)) {
		n++
	}
	return n
}

// codeBefore looks for the code of "123456 is your verification code", whose
// noun begins at i.
func (s *scan) codeBefore(i int) {
	const reach = 48
	j := i
	for j > 0 && i-j < reach && !isDigit(s.text[j-1]) && (alpha | high | space | dash).has(s.text[j-1]) {
		j--
	}
	s.work += i - j
	if j == 0 || i-j >= reach || !isDigit(s.text[j-1]) {
		return
	}
	first, _, _ := strings.Cut(strings.TrimLeft(s.text[j:i], " "), " ")
	if s.text[j] != ' ' || !copulas.has(first) {
		return
	}
	start := j
	for start > 0 && j-start < 10 && (isDigit(s.text[start-1]) || s.text[start-1] == '-') {
		start--
	}
	if upper.has(s.at(start)) && s.at(start+1) == '-' || start > 0 && s.text[start] == '-' && upper.has(s.text[start-1]) {
		start--
	}
	if end, digits := s.codeEnd(start); end == j && digits >= 4 && !s.wordBefore(start) {
		s.emit(start, end, pii.Secret, 0.75)
	}
}
