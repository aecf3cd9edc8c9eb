package rules

// How the digits of telephone numbers are parted.

// inLine counts the digits up to where phoneEnds sees a line end.
func (num *number) inLine() (n int) {
	for g := range num.groups {
		n += num.sizes[g]
		if num.seps[g] == '\n' || num.seps[g] == '_' {
			break
		}
	}
	return n
}

// russian reports whether the number is written with Russia's trunk prefix:
// 8 (495) 123-45-67.
func (num *number) russian() bool {
	return num.digits[0] == '8' && num.sizes[0] == 1 && num.groups == 5 && num.shape(1, 3, 3, 2, 2)
}

// nanp reports whether the first groups are written as in North America:
// AAA EEE NNNN, with or without the trunk prefix 1.
func (num *number) nanp(groups int) bool {
	k, d := 0, 0
	if num.sizes[0] == 1 && num.digits[0] == '1' {
		k, d = 1, 1
	}
	if groups < k+3 || num.seps[k+1] == '(' || num.seps[k] == '-' && num.seps[k+1] == '.' { // pages and a year
		return false
	}
	return num.sizes[k] == 3 && num.sizes[k+1] == 3 && num.sizes[k+2] == 4 &&
		num.digits[d] >= '2' && num.digits[d+3] >= '2'
}

// brazilian reports whether the groups are written as in Brazil, where the
// area code stands in brackets: (11) 91234-5678.
func (num *number) brazilian() bool {
	return (num.shape(2, 5, 4) && num.digits[2] == '9' || num.shape(2, 4, 4)) && num.seps[0] == ')' && num.seps[1] == '-'
}

// phoneGroups judges how groups are parted where no word announces a number:
// dates, decimal numbers and columns are not phone numbers.
func (num *number) phoneGroups(groups, total int) bool {
	if num.digits[0] != '0' {
		return num.nanp(groups) && (total == 10 || total == 11) || num.russian() && groups == 5 || num.brazilian() && groups == 3
	}
	if groups < 2 || total < 9 || total > 12 || num.seps[0] == '.' && groups == 2 {
		return false
	}
	if groups == 2 && num.shape(5, 4) && num.seps[0] == '-' { // a ZIP code of nine digits
		return false
	}
	dateMark := num.seps[0] == '-' || num.seps[0] == '.' || num.seps[0] == '/'
	return !(dateMark && groups >= 3 && num.sizes[0] == 2 && num.sizes[1] == 2 &&
		(num.sizes[2] == 4 || num.sizes[2] == 2 && num.seps[2] != num.seps[0]))
}

// spokenGroups reports whether groups are parted as numbers are spoken: blanks
// or dashes, two to four digits each but the first.
func (num *number) spokenGroups(groups int) bool {
	if groups < 2 || groups > 6 || num.n < 8 || num.n > 12 || num.sizes[0] > 7 || groups == 2 && num.digits[0] != '0' && (num.n < 9 || num.seps[0] != ' ') {
		return false
	}
	for g := range groups {
		if g > 0 && (num.sizes[g] < 2 || num.sizes[g] > 6) || g < groups-1 && num.seps[g] != ' ' && num.seps[g] != '-' && num.seps[g] != '/' {
			return false
		}
	}
	return num.uniform(groups-1) || num.seps[0] == '/'
}
