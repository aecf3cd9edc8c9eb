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
	aboutAccount:  {digits: minFree, most: 34},
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

// freeID looks for a number that a word announces and whose first digit
// stands at i. It reports whether it found one.
func (s *scan) freeID(i int) bool {
	if !s.afterWord(i) {
		return false
	}
	start := s.freeStart(i)
	if start < 0 || start < s.taken || !s.mayBeNamed(start) {
		return false
	}
	end, digits, chars := s.freeEnd(start)
	if digits < minFree {
		return false
	}
	h := s.hear(start)
	if !h.name.meets(freeTopics) || s.freeNoID(start, end, digits) || s.tableAndKey(h.end) {
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

// tableAndKey reports whether the name that ends at end is a word and a key
// behind it: in "table=employee id=300718" no key of a pair has a blank in it.
func (s *scan) tableAndKey(end int) bool {
	return s.at(end) == '=' && end > 3 && s.text[end-3] == ' ' && foldEqual(s.text, end-2, "id")
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
