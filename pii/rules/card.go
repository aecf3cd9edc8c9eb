package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// issuer is one range of issuer identification numbers.
type issuer struct {
	lo, hi  int  // inclusive, both of the same number of digits
	lengths uint // bit n: cards of n digits exist
	bare    uint // bit n: n digits without separators need no context word
}

func lens(ns ...int) (set uint) {
	for _, n := range ns {
		set |= 1 << n
	}
	return set
}

// issuers follows ISO/IEC 7812 ranges as collected in Wikipedia's "Payment
// card number" (read 2026). Lengths that are rare in use and common among
// other numbers (13 and 19 digits of Visa, 12 of Maestro …) are not taken
// bare.
var issuers = []issuer{
	{4, 4, lens(13, 16, 19), lens(16)},                           // Visa
	{51, 55, lens(16), lens(16)},                                 // Mastercard
	{2221, 2720, lens(16), lens(16)},                             // Mastercard 2-series
	{34, 34, lens(15), lens(15)},                                 // American Express
	{37, 37, lens(15), lens(15)},                                 // American Express
	{300, 305, lens(14, 16, 17, 18, 19), lens(14)},               // Diners Club
	{3095, 3095, lens(14, 16, 17, 18, 19), lens(14)},             // Diners Club
	{36, 36, lens(14, 16, 17, 18, 19), lens(14)},                 // Diners Club
	{38, 39, lens(14, 16, 17, 18, 19), lens(14)},                 // Diners Club
	{6011, 6011, lens(16, 17, 18, 19), lens(16)},                 // Discover
	{644, 649, lens(16, 17, 18, 19), lens(16)},                   // Discover
	{65, 65, lens(16, 17, 18, 19), lens(16)},                     // Discover, RuPay
	{60, 60, lens(16), 0},                                        // RuPay
	{81, 82, lens(16, 17, 18, 19), 0},                            // RuPay, UnionPay
	{508, 508, lens(16), lens(16)},                               // RuPay
	{62, 62, lens(16, 17, 18, 19), lens(16, 19)},                 // UnionPay
	{3528, 3589, lens(16, 17, 18, 19), lens(16)},                 // JCB
	{2200, 2204, lens(16, 17, 18, 19), lens(16)},                 // Mir
	{9792, 9792, lens(16), lens(16)},                             // Troy
	{2205, 2205, lens(16), lens(16)},                             // BORICA
	{5019, 5019, lens(16), lens(16)},                             // Dankort
	{5018, 5018, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{5020, 5020, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{5038, 5038, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{5893, 5893, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{6304, 6304, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{6390, 6390, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro, InstaPayment
	{6759, 6763, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro
	{6767, 6767, lens(12, 13, 14, 15, 16, 17, 18, 19), lens(16)}, // Maestro UK
	{5066, 5067, lens(16), lens(16)},                             // Elo
	{6363, 6363, lens(16), lens(16)},                             // Elo
	{506099, 506198, lens(16, 18, 19), lens(16)},                 // Verve
	{650002, 650027, lens(16, 18, 19), lens(16)},                 // Verve
	{1, 1, lens(15), 0},                                          // UATP
	{637, 639, lens(16), 0},                                      // InstaPayment
	{604, 604, lens(16), 0},                                      // Ukrcard and private labels
	{606282, 606282, lens(13, 16, 19), lens(16)},                 // Hipercard
	{6334, 6334, lens(16, 18, 19), 0},                            // Solo
	{4903, 4905, lens(16, 18, 19), 0},                            // Switch
}

// issuersOf indexes issuers by the first digit.
var issuersOf = func() (t [10][]issuer) {
	for _, is := range issuers {
		for d := firstDigit(is.lo); d <= firstDigit(is.hi); d++ {
			t[d] = append(t[d], is)
		}
	}
	return t
}()

func firstDigit(n int) int {
	for n >= 10 {
		n /= 10
	}
	return n
}

var cardWords = newWords(`card* cc ccn ccnum creditcard* credit_card* debit* pan visa amex mastercard
	maestro discover kreditkarte* karte kartennummer carte tarjeta carta cartao
	karta kaart 카드 カード 卡号 银行卡 карт`)

// card looks for payment card numbers at the beginning of num: issuer range,
// length and Luhn's check (ISO/IEC 7812-1 annex B) must agree.
func (s *scan) card(num *number) {
	total, sum := 0, [2]int{} // digit sums with even and odd places doubled
	for g := 0; g < num.groups; g++ {
		for k := 0; k < num.sizes[g]; k++ {
			d := int(num.digits[total] - '0')
			sum[total&1] += double(d)
			sum[total&1^1] += d
			total++
		}
		// The last digit is never doubled.
		if total < 12 || total > 19 || sum[total&1]%10 != 0 || s.wordAt(num.ends[g]) {
			continue
		}
		if s.cardFits(num, g, total) {
			s.emitNumber(num.start, num.ends[g], pii.AccountNumber, 1)
		}
	}
}

func double(d int) int {
	if d *= 2; d > 9 {
		return d - 9
	}
	return d
}

// cardFits judges whether groups [0, last] of num, total digits whose Luhn
// check holds, are a card and not another number that passes by chance.
func (s *scan) cardFits(num *number, last, total int) bool {
	exists, bare := cardLengths(num.digits[:total])
	if exists&(1<<total) == 0 || s.insideUUID(num.start, num.ends[last]) {
		return false
	}
	groups := last + 1
	whole := !num.joined && last == num.groups-1 && !num.more
	switch {
	case groups == 1:
		if s.fraction(num.start, num.ends[0]) {
			return false
		}
		if bare&(1<<total) != 0 && (whole || !num.joined || num.seps[0] != '.') {
			return true
		}
	case num.likeCard(groups, total):
		return true
	case whole && num.wrapped(groups):
		return bare&(1<<total) != 0
	case whole && !num.hasMark(last, '\n') && !num.hasMark(last, '(') && num.smallGroups(groups) && !num.counting(groups) &&
		!(num.sizes[0] == 2 && (s.hexByte(num.start-3) || s.hexByte(num.ends[last]+1))):
		if bare&(1<<total) != 0 {
			return true
		}
	}
	return s.near(num.start, cardWords)
}

// cardLengths returns the lengths that the issuers of these digits use.
func cardLengths(digits []byte) (exists, bare uint) {
	for _, is := range issuersOf[digits[0]-'0'] {
		prefix, limit := 0, is.hi
		for k := 0; limit > 0; limit /= 10 {
			prefix = prefix*10 + int(digits[k]-'0')
			k++
		}
		if prefix >= is.lo && prefix <= is.hi {
			exists |= is.lengths
			bare |= is.bare
		}
	}
	return exists, bare
}

// likeCard reports whether the groups are parted as on a card.
func (num *number) likeCard(groups, total int) bool {
	if !num.uniform(groups-1) || num.seps[0] == '(' || num.seps[0] == ')' {
		return false
	}
	switch groups {
	case 3:
		return num.shape(4, 6, 5) || num.shape(4, 6, 4)
	case 4:
		return num.shape(4, 4, 4, 4) || num.shape(4, 3, 3, 3)
	case 5:
		return num.shape(4, 4, 4, 4) && total > 16
	default:
		return false
	}
}

// wrapped reports whether the groups are those of a card that one line end
// breaks. Rows of a table are more than two.
func (num *number) wrapped(groups int) bool {
	breaks, others := 0, byte(0)
	for _, sep := range num.seps[:groups-1] {
		switch {
		case sep == '\n':
			breaks++
		case others != 0 && sep != others:
			return false
		default:
			others = sep
		}
	}
	return breaks == 1 && (others == ' ' || others == '-') && (groups == 4 && num.shape(4, 4, 4, 4) || groups == 3 && num.shape(4, 6, 5))
}

// smallGroups tells odd groupings of one number, such as digits typed with
// noise between, from columns of several numbers.
func (num *number) smallGroups(groups int) bool {
	for _, size := range num.sizes[:groups] {
		if size > 4 {
			return groups == 2 && num.seps[0] != '.'
		}
	}
	return true
}

// counting reports whether the groups count up or down, like the columns of a
// table.
func (num *number) counting(groups int) bool {
	values, total := [maxDigits]int{}, 0
	for g := range groups {
		for range num.sizes[g] {
			values[g] = values[g]*10 + int(num.digits[total]-'0')
			total++
		}
	}
	step := values[1] - values[0]
	for g := 1; g < groups; g++ {
		if values[g]-values[g-1] != step {
			return false
		}
	}
	return groups > 2 && step != 0
}
