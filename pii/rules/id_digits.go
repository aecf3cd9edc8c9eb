package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// digitID looks for an identifier of digits only at the beginning of num,
// the longest first. It reports whether it found one.
func (s *scan) digitID(num *number) bool {
	if s.statusAndSize(num) || num.decimal() || num.dated() || num.joined && s.text[num.start-1] == '.' {
		return false
	}
	total := num.n
	for g := num.groups - 1; g >= 0 && total >= minPhone; g-- {
		if total <= maxCode && len(ofDigits[total]) > 0 && s.digitsAs(num, g, total) {
			return true
		}
		total -= num.sizes[g]
	}
	return false
}

// digitsAs tries the rows of total digits on groups [0, last].
func (s *scan) digitsAs(num *number, last, total int) bool {
	near := s.tight(num, last)
	if !near && len(aloneDigits[total]) == 0 {
		return false
	}
	end := num.ends[last]
	if s.wordAt(end) {
		return false
	}
	rows, said := aloneDigits[total], topicSet{}
	if near {
		if said = s.told(num.start, end); said != (topicSet{}) {
			rows = ofDigits[total]
		}
	}
	if len(rows) == 0 {
		return false
	}
	var c code
	c.n = copy(c.at[:], num.digits[:total])
	apart := near || !s.continued(num, last)
	for k := range rows {
		e := &rows[k]
		about := said.meets(e.topics)
		if e.alone == nil && !about {
			continue
		}
		score := s.judgeID(e, c, num.start, end, about, apart)
		if score == 0 {
			continue
		}
		if s.fraction(num.start, end) && num.groups == 1 || s.insideUUID(num.start, end) {
			return false
		}
		s.emitNumber(num.start, end, pii.AccountNumber, score)
		return true
	}
	return false
}

// tight reports whether groups [0, last] are parted from other numbers, so
// that what words say is said of them.
func (s *scan) tight(num *number, last int) bool {
	return !num.joined && !num.hasMark(last, '\n') &&
		(last == num.groups-1 && !num.more || num.seps[last] == '\n' || last == 0 && num.seps[0] == ' ')
}

// statusAndSize knows the numbers behind the quoted request in an access log.
func (s *scan) statusAndSize(num *number) bool {
	return num.sizes[0] == 3 && num.groups > 1 && s.at(num.start-1) == ' ' && s.at(num.start-2) == '"'
}

// decimal reports whether num is a number with a fraction: 0.123456789.
func (num *number) decimal() bool {
	return num.groups > 1 && num.seps[0] == '.' && (num.groups == 2 && num.sizes[0] < 4 && num.sizes[1] > 4 || num.sizes[0] == 1 && num.digits[0] == '0')
}

// dated reports whether num begins with a date: 2026-11-24.
func (num *number) dated() bool {
	return num.groups >= 3 && num.shape(4, 2, 2) && (num.digits[0] == '1' || num.digits[0] == '2')
}
