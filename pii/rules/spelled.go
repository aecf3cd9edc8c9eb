package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// spelledDigits are the digits as words: English, German, French, Spanish,
// Portuguese, Italian, Dutch, and what is said for zero on the phone.
var spelledDigits = [10]string{
	`zero oh null zéro cero nul o`,
	`one eins ein un uno um een één`,
	`two zwei zwo deux dos dois due twee`,
	`three drei trois tres três tre drie`,
	`four vier quatre cuatro quatro quattro`,
	`five fünf fuenf cinq cinco cinque vijf`,
	`six sechs seis sei zes`,
	`seven sieben sept siete sete sette zeven`,
	`eight acht huit ocho oito otto`,
	`nine neun neuf nueve nove negen`,
}

// repeats say that the next digit stands several times.
var repeats = map[string]int{"double": 2, "triple": 3, "treble": 3, "doppel": 2, "doble": 2}

// digitWords maps the words to digits.
var digitWords = func() map[string]byte {
	m := make(map[string]byte)
	for d, list := range spelledDigits {
		for word := range strings.FieldsSeq(list) {
			m[word] = '0' + byte(d)
		}
	}
	return m
}()

// spelledAnchors are the words to wake on: no number of seven digits that
// people have goes without one of their digits, but one in six hundred.
var spelledAnchors = strings.Fields(`zero two four five six seven double triple zwei fünf vier sechs sieben zéro deux cinq quatre cero cuatro cinco seis siete zero quattro cinque sette sete vijf twee`)

// spelled looks at the number in words in which the word at i stands.
func (s *scan) spelled(i int) {
	if i < s.spelledEnd || !s.spelledWordAt(i) {
		return
	}
	start := i
	for start > s.spelledEnd { // back to the first word
		word, ok := s.spelledBefore(start)
		if !ok || word < s.spelledEnd {
			break
		}
		start = word
	}
	var digits [24]byte
	n, end, words := 0, start, 0
	for at := start; n < len(digits); {
		word, to, count := s.spelledWord(at)
		if count == 0 {
			break
		}
		if !isDigit(s.text[at]) {
			words++
		}
		n += copy(digits[n:], word[:count])
		end = to
		if at = s.spelledGap(to); at < 0 {
			break
		}
	}
	s.spelledEnd = max(end, i+1)
	if words >= 3 {
		s.judgeSpelled(digits[:n], start, end)
	}
}

// spelledWordAt reports whether a whole word begins at i.
func (s *scan) spelledWordAt(i int) bool {
	return i == 0 || !(alnum | high | wordMark).has(s.text[i-1])
}

// spelledWord reads a digit's word, a repeated one or a group of digits at i.
func (s *scan) spelledWord(i int) (digits [8]byte, end, n int) {
	if n = s.digitCount(i, 5); n > 0 {
		copy(digits[:], s.text[i:i+min(n, 4)])
		if n > 4 || s.wordAt(i+n) {
			return digits, i, 0
		}
		return digits, i + n, n
	}
	word, end := s.foldedWord(i)
	if times := repeats[string(word[:end-i])]; times > 0 {
		next := end
		if s.at(next) != ' ' && s.at(next) != '-' {
			return digits, i, 0
		}
		word, end = s.foldedWord(next + 1)
		d, ok := digitWords[string(word[:end-next-1])]
		if !ok {
			return digits, i, 0
		}
		for k := range times {
			digits[k] = d
		}
		return digits, end, times
	}
	if d, ok := digitWords[string(word[:end-i])]; ok {
		digits[0] = d
		return digits, end, 1
	}
	return digits, i, 0
}

// foldedWord reads the letters at i, ten bytes at the most, in lower case. A
// longer word comes back as none.
func (s *scan) foldedWord(i int) (word [10]byte, end int) {
	for end = i; end < len(s.text) && (alpha | high).has(s.text[end]); end++ {
		if end-i == len(word) {
			return word, i
		}
		word[end-i] = lowerByte(s.text[end])
		if c := s.text[end]; c >= 0x80 && end > i && s.text[end-1] == 0xC3 && c < 0x9F { // É, Ü
			word[end-i] |= 0x20
		}
	}
	s.work += end - i + 1
	return word, end
}

// spelledGap returns the offset after what parts two digits at i, or -1.
func (s *scan) spelledGap(i int) int {
	from := i
	for n := 0; n < 4 && i < len(s.text) && (strings.IndexByte(" ,-./", s.text[i]) >= 0 || lineEnd.has(s.text[i])); n++ {
		i++
	}
	if i == from {
		return -1
	}
	for _, and := range []string{"and ", "und ", "dash "} {
		if foldEqual(s.text, i, and) {
			i += len(and)
		}
	}
	return i
}

// spelledBefore returns where the digit's word begins that stands before i.
func (s *scan) spelledBefore(i int) (start int, ok bool) {
	end := i
	for n := 0; n < 4 && end > 0 && (strings.IndexByte(" ,-./", s.text[end-1]) >= 0 || lineEnd.has(s.text[end-1])); n++ {
		end--
	}
	if end == i {
		return 0, false
	}
	start = end
	for start > 0 && end-start < 11 && (alnum | high).has(s.text[start-1]) {
		start--
	}
	s.work += i - start
	_, to, n := s.spelledWord(start)
	if n == 0 {
		if word, wordEnd := s.foldedWord(start); repeats[string(word[:wordEnd-start])] == 0 {
			return 0, false
		}
		return start, true
	}
	return start, to == end && s.spelledWordAt(start)
}

// judgeSpelled judges digits that stand as words in [start, end): only the
// words before tell what they are, or the check of a card.
func (s *scan) judgeSpelled(digits []byte, start, end int) {
	n := len(digits)
	if n < 4 || counts(digits) {
		return
	}
	context := s.context(start)
	switch {
	case n >= 12 && n <= 19 && (luhnHolds(digits) || cardWords.in(context)):
		s.emit(start, end, pii.AccountNumber, 0.8)
	case n == 9 && ssnWords.in(context):
		s.emit(start, end, pii.AccountNumber, 0.8)
	case n >= minPhone && n <= maxPhone && (phoneWords.in(context) || callWords.in(context) || spokenWords.in(context)):
		s.emit(start, end, pii.PrivatePhone, 0.75)
	case n >= 4:
		if h := idWords.hear(context); h.end >= 0 && h.last != (topicSet{}) && !h.last.has(aboutOther) && n >= 5 {
			s.emit(start, end, pii.AccountNumber, 0.7)
		} else if n <= 8 && pinWords.in(context) {
			s.emit(start, end, pii.Secret, 0.7)
		}
	}
}

var pinWords = newWords(`pin pins pincode passcode otp cvv cvc password passwort keypad door_code entry_code security_code access_code geheimzahl code_secret clave codigo_de_seguridad`)

// counts reports whether the digits only count up or down, or say the same
// again and again.
func counts(digits []byte) bool {
	step := int(digits[1]) - int(digits[0])
	if step < -1 || step > 1 {
		return false
	}
	for k := 2; k < len(digits); k++ {
		if int(digits[k])-int(digits[k-1]) != step {
			return false
		}
	}
	return true
}

func luhnHolds(digits []byte) bool {
	if exists, _ := cardLengths(digits); exists&(1<<len(digits)) == 0 {
		return false
	}
	sum := 0
	for k, c := range digits {
		d := int(c - '0')
		if (len(digits)-k)%2 == 0 {
			d = double(d)
		}
		sum += d
	}
	return sum%10 == 0
}
