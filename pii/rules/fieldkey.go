package rules

// How the name of a field is read: backwards from its mark.

// fieldBefore reads the name of a field before the mark at i.
func (s *scan) fieldBefore(i int) (kind fieldKind, start int) {
	end := s.fieldEnd(i)
	if end < 2 || !s.mayBeField(end) {
		return noField, 0
	}
	return s.fieldKind(end)
}

// elementName returns the end of the name in a start tag that ends at i.
func (s *scan) elementName(i int) int {
	const longest = 2 * maxField
	if !quote.has(s.text[i-1]) { // no attributes
		return i
	}
	for k := i - 1; k >= 0 && i-k < longest; k-- {
		if s.text[k] == '<' {
			s.work += i - k
			for k++; (alnum | colon | dash | wordMark | dot).has(s.at(k)); k++ {
			}
			return k
		}
	}
	s.work += longest
	return 0
}

// fieldEnd returns the end of the name before the mark at i: without quotes,
// leaders, a remark in brackets and a number.
func (s *scan) fieldEnd(i int) int {
	end := i
	for end > 0 && i-end < maxField && ((quote | space | dot).has(s.text[end-1]) || s.text[end-1] == '\\' || s.text[end-1] == '*') {
		end--
	}
	if end > 0 && s.text[end-1] == ')' {
		for k := end - 1; k > 0 && end-k < maxField; k-- {
			if s.text[k] == '(' {
				for end = k; end > 0 && s.text[end-1] == ' '; {
					end--
				}
				break
			}
		}
	}
	for n := 0; n < 2 && end > 0 && (isDigit(s.text[end-1]) || s.text[end-1] == '_'); n++ {
		end--
	}
	s.work += i - end
	return end
}

// mayBeField is the cheap question first: can a name in the table end at i?
func (s *scan) mayBeField(i int) bool {
	const letter = lower | high
	last, i := s.keyByteBefore(i)
	if !letter.has(last) { // a time, a port
		return false
	}
	before, i := s.keyByteBefore(i)
	if !letter.has(before) {
		return false
	}
	first, _ := s.keyByteBefore(i)
	if first < 0x80 && !lower.has(first) {
		first = 0
	}
	return fieldTails.has(first, before, last)
}

// keyByteBefore returns what foldKey makes of the byte or letter that ends at
// i, and where it begins.
func (s *scan) keyByteBefore(i int) (c byte, start int) {
	if i < 1 {
		return 0, 0
	}
	if b := s.text[i-1]; b < 0x80 || i < 2 {
		return lowerByte(b), i - 1
	}
	if c, size := latinAt(s.text, i-2); size == 2 && c != 0 {
		return c, i - 2
	}
	return s.text[i-1], i - 1
}

// fieldKey is a name of a field, folded.
type fieldKey struct {
	at     [maxField + 2]byte
	n      int
	begins uint64 // bit k: a word begins at k
}

// fieldKind reads the name that ends at end.
func (s *scan) fieldKind(end int) (fieldKind, int) {
	start := end
	for start > 0 && end-start < maxField {
		c := s.text[start-1]
		if c == ' ' && start > 1 && (s.text[start-2] == '.' || s.text[start-2] == ' ') {
			break
		}
		if !(alnum | high | wordMark | dash | dot).has(c) && c != ' ' && c != '\'' && c != '/' {
			break
		}
		start--
	}
	start = s.runeBefore(start)
	s.work += end - start
	var key fieldKey
	key.fill(s.text[start:end])
	return key.kind(), start
}

// kind finds the longest end of the name in the table.
func (k *fieldKey) kind() fieldKind {
	for p := 0; p < k.n; p++ {
		if k.begins&(1<<p) == 0 {
			continue
		}
		kind, ok := fieldTable[string(k.at[p:k.n])]
		switch {
		case !ok:
		case kind == bareName && p > 0:
			if personWords.has(k.wordBefore(p)) {
				return fullName
			}
			return noField
		case (kind == personRole && k.n-p < 5 || kind == mailbox) && p > 0:
			return noField
		default:
			return kind
		}
	}
	return noField
}

// fill folds a name and notes where its words begin.
func (k *fieldKey) fill(name string) {
	inWord, humped := false, false
	for i := 0; i < len(name) && k.n < maxField; {
		b := name[i]
		c, size := latinAt(name, i)
		letter := c != 0 || b >= 0x80
		if letter && (!inWord || humped && upper.has(b)) {
			k.begins |= 1 << k.n
		}
		inWord, humped = letter, lower.has(b)
		switch {
		case c != 0:
			k.at[k.n] = c
			k.n++
		case b >= 0x80:
			for size = 1; i+size < len(name) && name[i+size]&0xC0 == 0x80 && size < 4; size++ {
			}
			if k.n+size > maxField {
				return
			}
			k.n += copy(k.at[k.n:], name[i:i+size])
			humped = false
		}
		i += size
	}
}

// wordBefore is the word before the one that begins at p.
func (k *fieldKey) wordBefore(p int) string {
	from := p - 1
	for from > 0 && k.begins&(1<<from) == 0 {
		from--
	}
	return string(k.at[from:p])
}
