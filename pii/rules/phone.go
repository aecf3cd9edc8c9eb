package rules

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const (
	minPhone = 7  // digits of the shortest local number taken
	maxPhone = 15 // digits, ITU-T E.164 §6.2.1
	maxTries = 3  // ends at which one number is tried
)

// phone looks for a telephone number at the beginning of num. What is a
// number of a country is libphonenumber's knowledge; here stands only what
// makes a run of digits a candidate worth the question.
func (s *scan) phone(num *number) {
	// Behind a '+' the digits after a line end may belong to it, see wrappedPhone.
	if num.start < s.taken || num.inLine() < minPhone && (num.n < minPhone || s.at(num.start-1) != '+') {
		return
	}
	from, plus := s.phoneStart(num)
	switch {
	case plus:
		s.international(num, from, num.digits[:])
		if num.start >= s.taken {
			s.wrappedPhone(num, from)
		}
	case num.digits[0] == '0' && num.digits[1] == '0':
		if num.sizes[0] > 1 && !num.joined && (num.groups > 2 && num.callingCode() || s.near(from, phoneWords)) {
			s.international(num, from, num.digits[2:])
		}
	default:
		s.national(num, from)
	}
}

// wrappedPhone judges a number with its country code that one line end breaks.
func (s *scan) wrappedPhone(num *number, from int) {
	total, breaks := 0, 0
	for g := range num.groups {
		if total += num.sizes[g]; g == 0 {
			continue
		}
		if num.seps[g-1] == '\n' {
			breaks++
		}
		if breaks > 1 || total > maxPhone {
			return
		}
		if breaks == 1 && !s.wordAt(num.ends[g]) && (g+1 == num.groups && !num.more || num.seps[g] == '\n') {
			valid, possible := s.judgeE164(num.digits[:total])
			if valid || possible && (s.near(from, phoneWords) || s.near(from, callWords)) {
				s.emitPhone(num, from, g, 0.8)
			}
			return
		}
	}
}

// phoneStart returns where the number begins, taking in "(", "+" and "(+".
func (s *scan) phoneStart(num *number) (from int, plus bool) {
	from = num.start
	if s.at(from-1) == ' ' && s.at(from-2) == '+' {
		from--
	}
	if from < num.start && num.groups == 1 && !s.near(from, phoneWords) {
		return num.start, false // a sum
	}
	if s.at(from-1) == '(' {
		from--
	}
	if s.at(from-1) == '+' && !s.wordBefore(from-1) && s.at(from-2) != '+' {
		from, plus = from-1, true
		if s.at(from-1) == '(' {
			from--
		}
	}
	return from, plus
}

// phoneEnds calls try with the groups with which a phone number could end,
// longest first, until it returns true.
func (s *scan) phoneEnds(num *number, try func(last, digits int) bool) {
	total, tries := num.n, 0
	line := num.groups
	for g := 0; g < num.groups-1; g++ {
		if num.seps[g] == '\n' || num.seps[g] == '_' {
			line = g + 1
			break
		}
	}
	for g := num.groups - 1; g >= 0 && total >= minPhone && tries < maxTries; g-- {
		if g < line && total <= maxPhone+2 && (!s.wordAt(num.ends[g]) || s.extension(num.ends[g]) > num.ends[g]) {
			tries++
			if try(g, total) {
				return
			}
		}
		total -= num.sizes[g]
	}
}

// international judges a number with its country code; digits are num's
// without a "00" prefix.
func (s *scan) international(num *number, from int, digits []byte) {
	if digits[0] == '0' {
		return
	}
	skipped := maxDigits - len(digits)
	s.phoneEnds(num, func(last, total int) bool {
		total -= skipped
		if total < minPhone || total > maxPhone+1 {
			return false
		}
		valid, possible := s.judgeE164(digits[:total])
		// Invented numbers and new ranges: '+', a known country code, a
		// possible length, and written or announced like a number.
		if !valid && (!possible || (skipped > 0 || last < 2) && !s.near(from, phoneWords)) {
			return false
		}
		score := float32(0.95)
		if !valid {
			score = 0.7
		}
		for skipped == 0 && last+1 < num.groups && total+num.sizes[last+1] <= maxPhone && num.sizes[last+1] <= 4 && num.seps[last] == num.seps[max(0, last-1)] && num.seps[last] != '\n' && !s.wordAt(num.ends[last+1]) {
			last++ // more digits than its country has belong to it all the same
			total += num.sizes[last]
		}
		s.emitPhone(num, from, last, score)
		return true
	})
}

// emitPhone emits the number with its extension.
func (s *scan) emitPhone(num *number, from, last int, score float32) {
	end := num.ends[last]
	if s.insideUUID(num.start, end) {
		return
	}
	if text := s.text[from:end]; text[0] == '(' && strings.Count(text, "(") > strings.Count(text, ")") {
		from++ // the number as a whole stands in brackets
	}
	s.emitNumber(from, s.extension(end), pii.PrivatePhone, score)
}

// extension returns the end of an extension such as "ext. 12" after i, or i.
func (s *scan) extension(i int) int {
	j := i
	for j < i+2 && (s.at(j) == ' ' || s.at(j) == ',') {
		j++
	}
	for _, mark := range []string{"extension", "ext.", "ext", "x", "durchwahl", "poste"} {
		if !foldEqual(s.text, j, mark) {
			continue
		}
		j += len(mark)
		for k := 0; k < 2 && (s.at(j) == ' ' || s.at(j) == ':'); k++ {
			j++
		}
		end := j
		for end < len(s.text) && end-j < 7 && isDigit(s.text[end]) {
			end++
		}
		if end > j && end-j < 7 && !s.wordAt(end) {
			return end
		}
		return i
	}
	return i
}
