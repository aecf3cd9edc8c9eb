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

// lone reports whether no other group follows the one that ends at end.
func (s *scan) lone(end int) bool {
	text := s.text
	switch {
	case end == len(text):
	case !groupSep.has(text[end]):
		return text[end] != '['
	case end+1 < len(text) && (digit | groupSep).has(text[end+1]):
		return false
	}
	return true
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

// gather fills num from the group at i. It reports false where that group is
// too long to be anything.
func (s *scan) gather(i int, num *number) bool {
	num.start, num.n, num.groups, num.more = i, 0, 0, false
	text := s.text
	for {
		from := i
		for i < len(text) && isDigit(text[i]) {
			if num.n == maxDigits {
				// The group does not fit: the number ends before it.
				num.n -= i - from
				num.more = true
				s.work += i - num.start
				return num.groups > 0
			}
			num.digits[num.n] = text[i]
			num.n++
			i++
		}
		num.sizes[num.groups] = i - from
		num.ends[num.groups] = i
		next, mark := -1, byte(0)
		if i+1 < len(text) && groupSep.has(text[i]) {
			if c := text[i]; isDigit(text[i+1]) && !(space | lineEnd).has(c) {
				next, mark = i+1, c // as nearly always
			} else {
				next, mark = s.separator(i)
			}
		}
		num.seps[num.groups] = mark
		num.groups++
		if next < 0 || num.n == maxDigits {
			num.more = next >= 0
			s.work += i - num.start + 1
			return true
		}
		i = next
	}
}

// separator looks for a group separator of at most three bytes at i that
// leads to a digit. It returns the offset of that digit and the mark, or -1.
func (s *scan) separator(i int) (next int, mark byte) {
	for j := i; j < len(s.text) && j <= i+3; j++ {
		c := s.text[j]
		if isDigit(c) {
			return j, mark
		}
		if !groupSep.has(c) {
			return -1, 0
		}
		switch {
		case lineEnd.has(c):
			mark = '\n'
		case mark == 0 && space.has(c):
			mark = ' '
		case mark == 0 || mark == ' ' && !space.has(c):
			mark = c
		}
	}
	return -1, 0
}

// digitBefore returns the offset of the digit that stands before i over a
// separator of at most three bytes on one line, or -1.
func (s *scan) digitBefore(i int) int {
	for j := i - 1; j >= 0 && j >= i-4; j-- {
		c := s.text[j]
		if isDigit(c) {
			return j
		}
		if !groupSep.has(c) || lineEnd.has(c) {
			return -1
		}
	}
	return -1
}

// uniform reports whether groups [0, k] are parted by one and the same mark.
func (num *number) uniform(k int) bool {
	for g := 1; g < k; g++ {
		if num.seps[g] != num.seps[0] {
			return false
		}
	}
	return true
}

// hasMark reports whether one of the marks between groups [0, k] is c.
func (num *number) hasMark(k int, c byte) bool {
	for g := range k {
		if num.seps[g] == c {
			return true
		}
	}
	return false
}

// shape reports whether groups [0, len(sizes)) have these sizes.
func (num *number) shape(sizes ...int) bool {
	if num.groups < len(sizes) {
		return false
	}
	for g, size := range sizes {
		if num.sizes[g] != size {
			return false
		}
	}
	return true
}

// fraction reports whether the group [start, end) is the fraction or the
// integer part of a decimal number.
func (s *scan) fraction(start, end int) bool {
	point := func(c byte) bool { return c == '.' || c == ',' }
	return start > 1 && point(s.text[start-1]) && isDigit(s.text[start-2]) ||
		end+1 < len(s.text) && point(s.text[end]) && isDigit(s.text[end+1])
}
