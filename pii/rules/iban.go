package rules

import "github.com/caddyprivacy/privacyfilter/pii"

// ibanLength maps country code to the length of its IBANs: SWIFT, "IBAN
// Registry", release 99, and the countries that use IBANs without being in it.
var ibanLength = func() map[[2]byte]int {
	m := make(map[[2]byte]int)
	for length, countries := range map[int]string{
		15: "NO",
		16: "BE",
		18: "DK FO FI GL NL SD FK",
		19: "MK SI",
		20: "AT BA EE KZ LT LU XK MN",
		21: "CH HR LI LV",
		22: "BG BH CR DE GB GE IE ME RS VA",
		23: "AE GI IL IQ OM TL SO",
		24: "AD CZ ES MD PK RO SA SE SK TN VG",
		25: "LY PT ST",
		26: "IS TR",
		27: "BI DJ FR GR IT MC MR SM",
		28: "AL AZ BY CY DO GT HU LB NI PL SV HN",
		29: "BR EG PS QA UA",
		30: "JO KW MU YE",
		31: "MT SC",
		32: "LC",
		33: "RU",
	} {
		for i := 0; i+2 <= len(countries); i += 3 {
			m[[2]byte{countries[i], countries[i+1]}] = length
		}
	}
	return m
}()

// numericIBAN holds the countries whose account part is all digits (same
// source, column "BBAN structure"): most hexadecimal look-alikes fall here.
var numericIBAN = newSet(`ae at ba be bi cr cz de dj dk ee eg es fi fo gl hr hu il is lt ly me mr no pl pt rs sd se si
	sk st tl tn xk`)

// Those whose account part begins with the four letters of a bank, and those
// among them that go on in digits only.
var (
	bankIBAN       = newSet(`az bg bh gb gi ie iq jo kw lc lv mt mu nl pk ps qa ro sc sv vg`)
	bankDigitsIBAN = newSet(`gb ie iq nl sv vg`)
)

// iban looks at the check digits of an IBAN, which stand after two letters.
func (s *scan) iban(i int) {
	second := s.letterBefore(i)
	if second < 0 {
		return
	}
	first := s.letterBefore(second)
	if first < 0 || s.wordBefore(first) {
		return
	}
	length, ok := ibanLength[[2]byte{s.text[first] &^ 0x20, s.text[second] &^ 0x20}]
	if !ok {
		return
	}
	if end := s.ibanEnd(first, length); end > 0 {
		s.emitNumber(first, end, pii.AccountNumber, 1)
	}
}

// letterBefore returns the offset of the letter before i, over at most one
// separator, or -1.
func (s *scan) letterBefore(i int) int {
	j := i - 1
	if j >= 0 && groupSep.has(s.text[j]) {
		j--
	}
	if j >= 0 && alpha.has(s.text[j]) {
		return j
	}
	return -1
}

// ibanEnd reads length letters and digits from first on, over separators,
// and returns the offset after them if their check digits hold (ISO 7064 MOD
// 97-10 over the number with its first four characters moved to the end), or
// -1.
func (s *scan) ibanEnd(first, length int) int {
	var chars [34]byte
	n, i := 0, first
	for blank := 0; n < length; i++ {
		if i >= len(s.text) {
			return -1
		}
		c := s.text[i]
		switch {
		case alnum.has(c):
			chars[n] = c
			n++
			blank = 0
		case n > 0 && groupSep.has(c) && blank < 3:
			blank++
		default:
			return -1
		}
	}
	s.work += i - first
	if s.wordAt(i) || s.insideUUID(first, i) || !ibanShape(string(chars[:length])) {
		return -1
	}
	rest := 0
	for k := range length {
		c := chars[(k+4)%length]
		if isDigit(c) {
			rest = (rest*10 + int(c-'0')) % 97
		} else {
			rest = (rest*100 + int(lowerByte(c)-'a') + 10) % 97
		}
	}
	if rest != 1 {
		return -1
	}
	return i
}

// ibanShape reports whether letters and digits stand where the country has them.
func ibanShape(t string) bool {
	country, account := t[:2], t[4:]
	switch {
	case !allDigits(t[2:4]):
		return false
	case numericIBAN.has(country):
		return allDigits(account)
	case bankIBAN.has(country):
		return letters(account[:4]) && (!bankDigitsIBAN.has(country) || allDigits(account[4:]))
	}
	return true
}
