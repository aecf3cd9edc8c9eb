package rules

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
)

// What is a number of which country is libphonenumber's knowledge
// (github.com/nyaruka/phonenumbers); this file asks for it.

// region is a region whose national format is tried.
type region struct {
	code    string // ISO 3166-1
	calling int32  // country calling code
}

// Regions by how their national numbers begin: with the trunk prefix 0, or
// without. Numbers of other regions need '+'.
var (
	zeroRegions  = regions("GB DE FR IT NL CH AT BE SE IE AU NZ JP KR ZA TR IN BR IL RO UA FI TH ID PH CN NG KE EG")
	commonZero   = 16 // so many of them are tried where no word announces a phone number
	plainRegions = regions("US CA ES PL PT NO DK CZ GR IN CN BR MX SG HK HU RU AE SA AR CO CL")
	russia       = regions("RU KZ")
	brazil       = regions("BR")
)

func regions(codes string) (list []region) {
	for code := range strings.FieldsSeq(codes) {
		list = append(list, region{code, int32(phonenumbers.GetCountryCodeForRegion(code))})
	}
	return list
}

// validNational asks libphonenumber about the usual regions. Without a word
// that announces a phone number the area code must be parted where that
// region parts it.
func (s *scan) validNational(num *number, last, total int, named bool) bool {
	digits := num.digits[:total]
	tried := plainRegions
	switch {
	case digits[0] == '0':
		if tried = zeroRegions; !named {
			tried = tried[:commonZero]
		}
	case num.russian():
		tried = russia
	case !named && num.brazilian():
		tried = brazil
	case !named:
		tried = plainRegions[:2] // North America
	}
	for _, r := range tried {
		p := phoneNumber(r.calling, digits, true)
		if !s.ask() {
			return true
		}
		if !phonenumbers.IsValidNumberForRegion(p, r.code) {
			continue
		}
		if named || digits[0] != '0' || num.partedLike(phonenumbers.Format(p, phonenumbers.NATIONAL), last) ||
			last == 1 && num.sizes[0] >= 3 && phonenumbers.GetNumberType(p) == phonenumbers.MOBILE {
			return true
		}
	}
	// Invented numbers, announced: "call 555-123-4567", "phone: 555-0123".
	return named && (total == 7 && num.groups == 2 && num.sizes[0] == 3 ||
		total >= 10 && phonenumbers.IsPossibleNumber(phoneNumber(1, digits, true)))
}

// askCost is what one question to libphonenumber counts as work: about as
// much as looking at so many bytes.
const askCost = 100

// ask counts a question to libphonenumber, which takes about a microsecond,
// and reports false when a text has used up its questions. That takes more
// than a telephone book does: what has the form is then taken for a number.
func (s *scan) ask() bool {
	const free, bytesEach = 2000, 16
	s.asked++
	s.work += askCost
	return s.asked <= free+len(s.text)/bytesEach
}

// judgeE164 asks libphonenumber about a number with its country code.
func (s *scan) judgeE164(digits []byte) (valid, possible bool) {
	calling := int32(0)
	for k := 0; k < 3 && k < len(digits); k++ {
		calling = calling*10 + int32(digits[k]-'0')
		if len(phonenumbers.GetRegionCodesForCountryCode(int(calling))) == 0 {
			continue
		}
		p := phoneNumber(calling, digits[k+1:], false)
		// The United States come first among 25 countries with code 1.
		if !s.ask() || calling == 1 && phonenumbers.IsValidNumberForRegion(p, "US") || phonenumbers.IsValidNumber(p) {
			return true, true
		}
		return false, phonenumbers.IsPossibleNumber(p)
	}
	return false, false
}

// phoneNumber makes libphonenumber's form of a number from its digits. A
// trunk prefix falls: 0, or in national numbers 1 in North America and 8 in
// Russia. Italy's
// 0 belongs to the number.
func phoneNumber(calling int32, digits []byte, national bool) *phonenumbers.PhoneNumber {
	italian := false
	switch {
	case len(digits) == 0:
	case digits[0] == '0':
		if italian = calling == 39; !italian {
			digits = digits[1:]
		}
	case national && calling == 1 && digits[0] == '1', national && calling == 7 && digits[0] == '8' && len(digits) == 11:
		digits = digits[1:]
	}
	value := uint64(0)
	for _, d := range digits {
		value = value*10 + uint64(d-'0')
	}
	p := &phonenumbers.PhoneNumber{CountryCode: &calling, NationalNumber: &value}
	if italian {
		p.ItalianLeadingZero = &italian
	}
	return p
}

// partedLike reports whether the groups of num are those of the format, or
// its area code is parted from the rest as there.
func (num *number) partedLike(format string, last int) bool {
	g, size := 0, 0
	for k := 0; k <= len(format); k++ {
		if k < len(format) && isDigit(format[k]) {
			size++
			continue
		}
		if size == 0 {
			continue
		}
		if g > last || num.sizes[g] != size {
			// The rest is parted as its owner likes.
			return g == 1 && (last == 1 || num.seps[0] == ' ' && num.spokenGroups(last+1))
		}
		g, size = g+1, 0
	}
	return g == last+1
}

// callingCode reports whether the first groups are "00" and a country code,
// apart or together.
func (num *number) callingCode() bool {
	size := num.sizes[0] - 2
	if size == 0 {
		size = num.sizes[1]
	}
	if size < 1 || size > 3 {
		return false
	}
	code := 0
	for _, d := range num.digits[2 : 2+size] {
		code = code*10 + int(d-'0')
	}
	return len(phonenumbers.GetRegionCodesForCountryCode(code)) > 0
}
