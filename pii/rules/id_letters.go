package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// letterID looks for an identifier with letters in it whose first digit
// stands at i.
func (s *scan) letterID(i int) bool {
	start, lead, run, letter, next := i, 0, 0, 0, 0
	whole := s.wholeWord(i)
	for groups := 0; ; groups++ {
		for start > 0 && alpha.has(s.text[start-1]) {
			start--
			if lead++; lead > maxLead {
				return false
			}
		}
		s.work += lead + 1
		if s.wordBefore(start) || s.at(start-1) == '-' && isDigit(s.at(start-2)) { // i is not the first
			return false
		}
		if whole < 0 || whole-start >= shortest {
			if run == 0 {
				run, letter, next = s.digitRun(i)
			}
			if s.letteredAt(start, whole, next, lead+run, ofLetters[lead][run][letter]) {
				return true
			}
		}
		if groups == 2 || start < 2 || s.text[start-1] != ' ' && s.text[start-1] != '-' || !alpha.has(s.text[start-2]) {
			return false
		}
		start--
	}
}

// letteredAt tries the rows at start. whole is the end of the word there, or
// -1 if the code may go on; what comes next after its lead and its first run of
// digits, which are known, stands at next.
func (s *scan) letteredAt(start, whole, next, known int, rows []entry) bool {
	for k := range rows {
		e := &rows[k]
		switch {
		case whole >= 0 && whole-start != len(e.form):
		case !s.goesOn(e.form, known, next):
		case whole < 0 && e.form[0] == 'X': // anything would do
			if s.writtenAs(e, start) {
				return true
			}
		case s.letteredAs(e, start):
			return true
		}
	}
	return false
}

// goesOn is the cheap question before read: may the first bytes at i be what
// stands in the form from place at on?
func (s *scan) goesOn(form string, at, i int) bool {
	switch {
	case s.full || at >= len(form):
		return true
	case i >= len(s.text) || !fits(s.text[i], form[at]):
		return false
	case i+1 >= len(s.text) || !alnum.has(s.text[i+1]):
		return true
	case at+1 == len(form):
		return !s.wordAt(i + 1)
	}
	return fits(s.text[i+1], form[at+1])
}

// wholeWord returns the end of the word at i if nothing follows it over a
// separator, so that a code that begins in it ends with it; else -1.
func (s *scan) wholeWord(i int) int {
	const longest = maxCode + 2
	end := i
	for end < len(s.text) && end-i < longest && alnum.has(s.text[end]) {
		end++
	}
	s.work += end - i
	if end+1 < len(s.text) && codeSep(s.text[end]) && alnum.has(s.text[end+1]) {
		return -1
	}
	return end
}

// digitRun counts the digits from i on, over separators; letter is 1 where a
// letter follows them, at next.
func (s *scan) digitRun(i int) (run, letter, next int) {
	j := i
	for blank := 0; j < len(s.text) && run < maxRun; j++ {
		switch c := s.text[j]; {
		case isDigit(c):
			run++
			blank = 0
			continue
		case codeSep(c) && blank < 2:
			blank++
			continue
		case alpha.has(c):
			letter = 1
		}
		break
	}
	s.work += j - i
	return run, letter, j
}

// writtenAs tries only the layouts of a form at start.
func (s *scan) writtenAs(e *entry, start int) bool {
	for _, layout := range e.alone {
		end := start + len(layout)
		if end > len(s.text) || !inLayout(s.text[start:end], layout) || s.wordAt(end) {
			continue
		}
		var c code
		for i := start; i < end; i++ {
			if alnum.has(s.text[i]) {
				c.at[c.n] = s.text[i]
				c.n++
			}
		}
		return s.letteredID(e, c, start, end)
	}
	return false
}

// letteredAs tries a form at start.
func (s *scan) letteredAs(e *entry, start int) bool {
	c, end := s.read(e.form, start)
	return c.n > 0 && s.letteredID(e, c, start, end)
}

// letteredID emits c, which stands at [start, end), if it is e.
func (s *scan) letteredID(e *entry, c code, start, end int) bool {
	if end-start > c.n && codeSep(s.at(end)) && isDigit(s.at(end+1)) { // it goes on
		return false
	}
	score := s.judgeID(e, c, start, end, true, !s.amid(start, end))
	if score == 0 || s.insideUUID(start, end) {
		return false
	}
	s.emitNumber(start, end, pii.AccountNumber, score)
	return true
}

// read reads a code of the form at start, over separators between groups, and
// returns it with the offset after it. Its n is 0 where there is none.
func (s *scan) read(form string, start int) (c code, end int) {
	const most = 6 // separators
	i, marks, open := start, 0, false
	for c.n < len(form) {
		if c.n > 0 && i < len(s.text) && codeSep(s.text[i]) {
			open = open || s.text[i] == '('
			if i++; i < len(s.text) && codeSep(s.text[i]) {
				i++
			}
			if marks++; marks > most {
				return code{}, 0
			}
		}
		if i >= len(s.text) {
			return code{}, 0
		}
		b := s.text[i]
		if !fits(b, form[c.n]) {
			return code{}, 0
		}
		if lower.has(b) {
			b &^= 0x20
		}
		c.at[c.n] = b
		c.n++
		i++
	}
	s.work += i - start
	if s.wordAt(i) {
		return code{}, 0
	}
	if open && s.at(i) == ')' {
		i++
	}
	return c, i
}

// codeSep knows the separators inside a code with letters: those of digits
// less the ones that part the pieces of paths and names.
func codeSep(b byte) bool { return b == ' ' || b == '-' || b == '.' || b == '(' }

// amid reports whether [start, end) goes on over a mark, as in file names,
// addresses and serial numbers.
func (s *scan) amid(start, end int) bool {
	const marks = dash | wordMark | dot | plusSlash | equals
	before := marks.has(s.at(start-1)) && s.at(start-1) != '=' && s.at(start-1) != '/'
	return before || marks.has(s.at(end)) && alnum.has(s.at(end+1))
}
