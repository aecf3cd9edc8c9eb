package rules

import "github.com/caddyprivacy/privacyfilter/pii"

var ssnWords = newWords(`ssn* social_security* social social_sec* soc_sec* ss_no ss_num* ssno tin
	tax_id* taxpayer* taxid itin*`)

// ssn looks for a US social security number at the beginning of num: written
// AAA-GG-SSSS, or nine digits in any grouping where the context says so.
// Areas 000, 666 and 9xx, group 00 and serial 0000 were never issued (SSA,
// "Social Security Number Randomization").
func (s *scan) ssn(num *number) {
	last := num.groupAt(9)
	if last < 0 || s.wordAt(num.ends[last]) || !issuable(num.digits[:9]) {
		return
	}
	end := num.ends[last]
	alone := !num.joined && (last == num.groups-1 && !num.more || num.seps[last] == '\n')
	written := last == 2 && num.shape(3, 2, 4) && num.uniform(2) &&
		(num.seps[0] == '-' || num.seps[0] == ' ' || num.seps[0] == '.')
	switch {
	case written && (alone || num.seps[0] == '-' && !s.continued(num, last)):
		if !s.insideUUID(num.start, end) {
			s.emitNumber(num.start, end, pii.AccountNumber, 0.9)
		}
	case alone && !num.hasMark(last, '\n') && !s.fraction(num.start, end) &&
		(s.near(num.start, ssnWords) || s.hearAfter(num.start, end).has(aboutSocial)):
		s.emitNumber(num.start, end, pii.AccountNumber, 0.9)
	}
}

// continued reports whether a number goes on before or after groups [0, last]
// over a dash, so that those are a part of something longer.
func (s *scan) continued(num *number, last int) bool {
	return num.joined && s.text[num.start-1] == '-' ||
		(last+1 < num.groups || num.more) && num.seps[last] == '-'
}

func issuable(d []byte) bool {
	area, group, serial := string(d[:3]), string(d[3:5]), string(d[5:9])
	return area != "000" && area != "666" && d[0] != '9' && group != "00" && serial != "0000"
}

// groupAt returns the group with which num reaches exactly n digits, or -1.
func (num *number) groupAt(n int) int {
	total := 0
	for g := 0; g < num.groups; g++ {
		total += num.sizes[g]
		if total >= n {
			if total == n {
				return g
			}
			return -1
		}
	}
	return -1
}
