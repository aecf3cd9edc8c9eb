package rules

// maxDigits is one more than the longest number of digits any family takes
// (19, the longest payment card), so that longer numbers can be told.
const maxDigits = 20

// number is what stands at the first digit of a digit group: its digits and
// those of the groups that follow over separators, as far as they can matter.
type number struct {
	start  int // shadow offset of the first digit
	n      int // digits
	groups int
	more   bool // a digit group follows the last one, over a separator
	joined bool // a digit group stands before, over a separator

	digits [maxDigits]byte // ASCII digits, separators taken out
	ends   [maxDigits]int  // shadow offset after each group
	sizes  [maxDigits]int  // digits in each group
	seps   [maxDigits]byte // the separator after each group: its first mark, ' ' if blank only
}

// number looks at the first digit of a digit group.
func (s *scan) number(i int) {
	if !isDigit(s.at(i)) || i > 0 && isDigit(s.text[i-1]) || i < s.stampEnd || s.logStamp(i) {
		return
	}
	size := s.digitCount(i, maxDigits)
	inWord := i > 0 && alnum.has(s.text[i-1]) && s.wordBefore(i)
	if !inWord && s.date(i, size) || i < s.small || s.stamp(i, size, inWord) || s.mayBeCoin(i, size) && s.coin(i) {
		return
	}
	if inWord {
		if alpha.has(s.text[i-1]) {
			s.iban(i)
		}
		if s.identified(i) || !s.glued(i) {
			return
		}
	}
	if size < minPhone && s.lone(i+size) {
		s.short(i, size)
		return
	}
	num := &s.num
	if !s.gather(i, num) {
		return
	}
	if num.groups >= 4 || s.at(num.ends[0]) == '[' {
		s.ipv4(i)
	}
	if num.n >= minLetterID && s.mayHaveLetters(num) && !num.dated() && s.letterID(i) {
		return
	}
	if num.n >= minPhone {
		s.longNumber(num)
	} else if num.n >= minFree && num.seps[0] != '.' && s.freeID(i) {
		return
	} else if end := num.ends[num.groups-1]; num.groups <= 4 && !num.more && s.at(end) != '[' {
		// Too few digits for anything but an address, and those that begin
		// at the later groups are fewer still.
		s.small = end
	}
	if s.letterBefore(i) >= 0 {
		s.iban(i)
	}
}

// short looks at a group of few digits that no other follows, as most numbers
// of any text are.
func (s *scan) short(i, size int) {
	if s.letterBefore(i) >= 0 {
		s.iban(i)
	}
	end := i + size
	if next := s.at(end); size >= minFree || alpha.has(next) || next == '.' && upper.has(s.at(end+1)) {
		s.identified(i)
	}
}

// identified looks for an identifier whose first digit is that at i, in a word
// of letters and digits.
func (s *scan) identified(i int) bool {
	start := i
	for start > 0 && alpha.has(s.text[start-1]) {
		if start--; i-start > maxLead {
			return false
		}
	}
	s.work += i - start
	if start > 0 && isDigit(s.text[start-1]) && !s.gap(start) {
		return false
	}
	return s.letterID(i) || s.freeID(i)
}

// glued reports whether the long number at i is written right behind the word
// that announces it: "card4111111111111111".
func (s *scan) glued(i int) bool {
	end := i
	for end < len(s.text) && end-i < 9 && isDigit(s.text[end]) {
		end++
	}
	if end-i < 9 {
		return false
	}
	start := i
	for start > 0 && i-start < 12 && alpha.has(s.text[start-1]) {
		start--
	}
	s.work += end - start
	word := s.text[start:i]
	return !s.wordBefore(start) && (cardWords.in(word) || ssnWords.in(word) || phoneWords.in(word))
}

// minLetterID is the fewest digits before a separator and a letter, or behind
// them, that an identifier has.
const minLetterID = 6

// mayHaveLetters reports whether letters stand before or after num, with at
// most one separator between.
func (s *scan) mayHaveLetters(num *number) bool {
	if alpha.has(s.at(num.start-1)) || groupSep.has(s.at(num.start-1)) && alpha.has(s.at(num.start-2)) {
		return true
	}
	end := num.ends[num.groups-1]
	return alpha.has(s.at(end)) || groupSep.has(s.at(end)) && alpha.has(s.at(end+1))
}

// longNumber shows num to the families that have many digits.
func (s *scan) longNumber(num *number) {
	num.joined = s.digitBefore(num.start) >= 0
	if num.n >= 12 {
		s.card(num)
	}
	if num.start >= s.taken && s.digitID(num) {
		return
	}
	if num.n >= 9 {
		s.ssn(num)
	}
	if num.start < s.taken || !s.freeID(num.start) {
		s.phone(num)
	}
}
