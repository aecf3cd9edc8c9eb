package rules

// idsUS are the numbers of the United States and Canada; social security
// numbers have a file of their own.
var idsUS = []idKind{
	// IRS, "Individual Taxpayer Identification Number": 9xx and the groups
	// in use.
	{name: "US ITIN", forms: "000000000", alone: "000-00-0000", check: itin, weak: true, names: "itin*", about: setOf(aboutTax)},
	// IRS, "How EINs are assigned and valid EIN prefixes".
	{name: "US EIN", forms: "000000000", check: ein, weak: true, names: "ein employer_ident* employer_id* fein feid"},
	// 45 CFR 162.406: ten digits, Luhn over them behind the issuer 80840.
	{name: "US NPI", forms: "0000000000", check: npi, names: "?npi npi_number* npi_no* national_provider*"},
	// DEA Form 106: two letters (kind of registrant, initial), check digit.
	{name: "US DEA", forms: "AA0000000", check: dea, names: "?dea dea_number* dea_no* dea_reg* dea_registration*"},
	// CMS, "Understanding the Medicare Beneficiary Identifier Format".
	{name: "US MBI", forms: "0MN0MN0MM00", alone: "0MN0MN0MM00|0MN0-MN0-MM00", check: mbi, names: "mbi medicare*", about: setOf(aboutHealth)},
	// Service Canada, "Social Insurance Number": Luhn; none begins with 0 or 8.
	{name: "CA SIN", forms: "000000000", check: sin, names: "?sin sin_no* sin_number* social_insurance* nas numero_d_assurance_sociale* assurance_sociale*", about: setOf(aboutSocial)},
	// Ontario Regulation 201/96: Luhn, and the version code of the card.
	{name: "CA OHIP", forms: "0000000000|0000000000AA", check: ohip, names: "ohip* ontario_health*", about: setOf(aboutHealth)},
}

func itin(c code) bool {
	group := c.number(3, 5)
	if c.number(0, 8) == 98765432 { // given to advertisements
		return false
	}
	return c.at[0] == '9' && c.number(5, 9) != 0 &&
		(group >= 50 && group <= 65 || group >= 70 && group <= 88 || group >= 90 && group <= 92 || group >= 94)
}

func ein(c code) bool {
	switch c.number(0, 2) {
	case 0, 7, 8, 9, 17, 18, 19, 28, 29, 49, 69, 70, 78, 79, 89, 96, 97:
		return false
	}
	return !c.uniformDigits()
}

func npi(c code) bool {
	// The prefix 80840 adds 24 to Luhn's sum.
	return (c.at[0] == '1' || c.at[0] == '2') && (c.luhnSum(0, 10)+24)%10 == 0
}

func dea(c code) bool {
	return c.in(0, "ABCDEFGHJKLMPRSTUX") && c.weigh(2, 1, 2, 1, 2, 1, 2)%10 == c.digit(8)
}

func mbi(c code) bool { return c.at[0] != '0' }

func sin(c code) bool { return c.at[0] != '0' && c.at[0] != '8' && c.luhn(0, 9) }

func ohip(c code) bool { return c.at[0] != '0' && c.luhn(0, 10) }
