package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// freeForm is a number without a form of its own: only words say what it is.
// The rows of id_words.go name them.
type freeForm struct {
	digits int // the fewest digits
	most   int // characters, separators not counted
}

// minFree is the fewest digits of all free forms.
const minFree = 4

// freeForms: of documents and firms all over the world only this much is
// common. ICAO Doc 9303 gives passports nine characters; licences and policies
// have more.
var freeForms = map[topic]freeForm{
	aboutAccount:  {digits: minFree, most: 24},
	aboutPassport: {digits: 5, most: 12},
	aboutLicence:  {digits: 4, most: 20},
	aboutNational: {digits: 6, most: 20},
	aboutTax:      {digits: 7, most: 20},
	aboutSocial:   {digits: 7, most: 20},
	aboutHealth:   {digits: 7, most: 20},
}

var freeTopics = func() (t topicSet) {
	for group := range freeForms {
		t = t.with(setOf(group))
	}
	return t
}()

// fillers are the words that may stand between a name and its number.
var fillers = newSet(`no nr num number numbers numero numeros nummer numer numara nomor n is was be the my id card code codigo
	ist lautet est es e are s a to as reads de del della du da jest je och er var le la el il lo het`)

// freeID looks for a number that a word announces and whose first digit
// stands at i. It reports whether it found one.
func (s *scan) freeID(i int) bool {
	if !s.afterWord(i) {
		return false
	}
	start := s.freeStart(i)
	if start < 0 || !s.mayBeNamed(start) {
		return false
	}
	end, digits, chars := s.freeEnd(start)
	if digits < minFree {
		return false
	}
	h := s.hear(start)
	if !h.name.meets(freeTopics) || s.freeNoID(start, end, digits) {
		return false
	}
	if start = s.capitalsBefore(start, h.end); !s.connected(h.end, start) {
		return false
	}
	for group, form := range freeForms {
		if h.name.has(group) && digits >= form.digits && chars <= form.most {
			s.emitNumber(start, end, pii.AccountNumber, 0.8)
			return true
		}
	}
	return false
}

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

// freeStart returns where the word begins whose first digit stands at i, or
// -1 if it is not the first.
func (s *scan) freeStart(i int) int {
	start := i
	for start > 0 && i-start < 10 {
		c := s.text[start-1]
		if !alpha.has(c) && !(c == '-' && alpha.has(s.at(start-2))) {
			break
		}
		start--
	}
	s.work += i - start + 1
	if s.wordBefore(start) || s.at(start-1) == '-' || s.at(start-1) == '/' || s.at(start-1) == '_' {
		return -1
	}
	return start
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
			if strings.HasSuffix(word, "*") {
				add(strings.TrimSuffix(word, "*") + "s")
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

// connected reports whether nothing but marks and fillers stand between the
// end of a name and a value.
func (s *scan) connected(end, start int) bool {
	if start-end > 48 {
		return false
	}
	words := 0
	for i := end; i < start; {
		c := s.text[i]
		if isDigit(c) {
			return false
		}
		letter, size := latinAt(s.text, i)
		if letter == 0 {
			if c >= 0x80 && words > 0 {
				return false
			}
			i++
			continue
		}
		var word [12]byte
		n := 0
		for letter != 0 && i < start {
			if n == len(word) {
				return false
			}
			word[n] = letter
			n++
			i += size
			letter, size = latinAt(s.text, i)
		}
		if words++; words > 3 || !fillers.has(string(word[:n])) {
			return false
		}
	}
	return true
}

// capitalsBefore takes in up to three capitals that stand before a number
// over a blank, as "PL 8837 22"; not the words of the name.
func (s *scan) capitalsBefore(start, name int) int {
	if s.at(start-1) != ' ' || !isDigit(s.at(start)) {
		return start
	}
	from := start - 1
	for from > name && start-from < 5 && upper.has(s.text[from-1]) {
		from--
	}
	n := start - 1 - from
	if n == 0 || n > 3 || from <= name || s.wordBefore(from) {
		return start
	}
	var word [3]byte
	for k := range n {
		word[k] = lowerByte(s.text[from+k])
	}
	if fillers.has(string(word[:n])) {
		return start
	}
	return from
}

// freeEnd reads groups of letters and digits from start, parted by one mark,
// or by a blank before more digits. It returns the offset after them, and how
// many digits and characters they have; no digits if they cannot be an
// identifier.
func (s *scan) freeEnd(start int) (end, digits, chars int) {
	const longest = 40
	i := start
	for i < len(s.text) && i-start < longest {
		c := s.text[i]
		switch {
		case isDigit(c):
			digits++
			chars++
		case alpha.has(c):
			chars++
		case (c == '-' || c == '/' || c == '.') && alnum.has(s.at(i+1)) && (isDigit(s.at(i+1)) || isDigit(s.at(i-1)) || c != '.'):
		case c == ' ' && isDigit(s.at(i+1)) && digits > 0 && isDigit(s.at(i-1)) && !s.unit(i+1):
		default:
			goto read
		}
		i++
	}
read:
	s.work += i - start + 1
	if s.wordAt(i) || s.at(i) == '_' || s.at(i) == '@' || s.at(i) == '%' {
		return -1, 0, 0
	}
	return i, digits, chars
}

// unit reports whether the digits at i belong to a word of another kind, such
// as "2nd" or "3x".
func (s *scan) unit(i int) bool {
	for i < len(s.text) && isDigit(s.text[i]) {
		i++
	}
	return s.wordAt(i) || s.at(i) == ':' || s.at(i) == '%'
}

// freeNoID knows what stands behind the name of a number and is none: years,
// dates, times, sums of money.
func (s *scan) freeNoID(start, end, digits int) bool {
	text := s.text[start:end]
	switch {
	case strings.IndexByte("$#€£", s.at(start-1)) == 0:
		return true
	case len(text) == 4 && (text[:2] == "19" || text[:2] == "20") && !strings.ContainsAny(s.text[max(0, start-3):start], ":=\"#"):
		return true
	case digits == len(text)-1 && strings.IndexByte(text, '.') >= len(text)-3 && strings.IndexByte(text, '.') > 0:
		return true
	case s.at(end) == ':' && isDigit(s.at(end+1)), s.at(end) == ',' && isDigit(s.at(end+1)):
		return true
	}
	return inLayout(text, "0000-00-00") || inLayout(text, "00.00.0000") || inLayout(text, "00/00/0000") || inLayout(text, "00-00-0000") ||
		strings.HasPrefix(text, "20") && digits >= 8 && len(text) > 10 && inLayout(text[:10], "0000-00-00") || s.insideUUID(start, end)
}
