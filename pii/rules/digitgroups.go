package rules

// How groups of digits follow each other.

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
