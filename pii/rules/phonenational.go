package rules

// Numbers without a country code.

// national judges a number without country code.
func (s *scan) national(num *number, from int) {
	bare := num.groups == 1
	usual := !bare && s.usualShape(num, from)
	if !usual && num.n > maxPhone+3 && bare {
		return
	}
	if num.joined && !usual {
		return
	}
	// Status and size behind the quoted request: most of what an access log
	// asks.
	if !usual && num.n < 9 && s.at(from-1) == ' ' && s.at(from-2) == '"' {
		return
	}
	context := s.context(from)
	if !usual && !anyPhoneWords.in(context) { // as nearly always
		return
	}
	called := callWords.in(context)
	named := phoneWords.in(context) || num.n >= 10 && called
	if named && bare && (countWords.in(context) || otherWords.in(context) && !phoneKey(context)) {
		return
	}
	if !named && (called || spokenWords.in(context)) && !otherWords.in(context) && num.spokenGroups(num.groups) && (space | quote | colon).has(s.at(from-1)) {
		named = true
	}
	if !named && (!usual || num.joined || otherWords.in(context)) || named && idKey(context) || num.dated() || num.dayMonthYear() {
		return
	}
	s.phoneEnds(num, func(last, total int) bool {
		if bare && s.fraction(num.start, num.ends[0]) {
			return false
		}
		if !named && (s.followed(num, last) || !num.phoneGroups(last+1, total)) {
			return false
		}
		if !s.validNational(num, last, total, named) && !(named && s.msisdn(num.digits[:total])) {
			return false
		}
		s.emitPhone(num, from, last, 0.85)
		return true
	})
}

// dayMonthYear reports whether num is a date as people write it, 24/11/2026. A
// field called "text" or "message" before it does not make it a number to call.
func (num *number) dayMonthYear() bool {
	if num.groups != 3 || !num.shape(2, 2, 4) || num.seps[0] != num.seps[1] || num.seps[0] == ' ' {
		return false
	}
	century := string(num.digits[4:6])
	return century == "19" || century == "20"
}

// msisdn reports whether digits are a whole international number written
// without its '+', as phone systems and chat programs store it.
func (s *scan) msisdn(digits []byte) bool {
	if len(digits) < 11 || len(digits) > maxPhone || digits[0] == '0' {
		return false
	}
	valid, _ := s.judgeE164(digits)
	return valid
}

// usualShape is the cheap question: do the groups, the marks and what stands
// before look like a national phone number at all?
func (s *scan) usualShape(num *number, from int) bool {
	switch before := s.at(from - 1); before {
	case '-', '_', '.', '/', '#', '$', '+', ',', '*', '%':
		return false
	case ':': // a time, a MAC address, a device number
		if hexDigit.has(s.at(from - 2)) {
			return false
		}
	case ' ':
		if s.hexByte(from - 3) {
			return false
		}
	}
	if num.digits[0] == '0' {
		return num.n >= 9 && num.sizes[0] >= 2 && num.sizes[0] <= 5
	}
	return num.nanp(num.groups) || num.russian() || s.at(from) == '(' && num.brazilian()
}

// followed reports whether digits go on after groups [0, last].
func (s *scan) followed(num *number, last int) bool {
	return (last+1 < num.groups || num.more) && num.seps[last] != '\n' ||
		fractionMark(s.at(num.ends[last])) && isDigit(s.at(num.ends[last]+1))
}

func fractionMark(c byte) bool { return c == '.' || c == ',' || c == ':' }
