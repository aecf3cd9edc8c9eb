package rules

// idsUK are the numbers of the United Kingdom and Ireland.
var idsUK = []idKind{
	// NHS Data Dictionary, "NHS Number": modulus 11, weights 10 to 2.
	{name: "GB NHS", forms: "0000000000", check: nhs, names: "nhs* nhs_no* nhs_number* health_service_number*", about: setOf(aboutHealth)},
	// NHS Scotland's Community Health Index and the Northern Irish number
	// share the check; a CHI begins with the date of birth.
	{name: "GB CHI", forms: "0000000000", check: chi, names: "?chi chi_number* chi_no* community_health_index*"},
	// HMRC, NIM39110: prefixes never used, suffix A to D.
	{
		name: "GB NINO", forms: "AA000000A", alone: "AA 00 00 00 A", check: nino, weak: true,
		names: "nino national_insurance* ni_number* ni_no* ?ni",
	},
	// HMRC, "Check characters": the first digit checks the other nine.
	{name: "GB UTR", forms: "0000000000", check: utr, names: "utr unique_taxpayer* self_assessment*", about: setOf(aboutTax)},
	// DVLA, "Driver number": surname, date of birth split in two, initials.
	{
		name: "GB driving licence", forms: "AAAAA000000XXXAA|AAAA0000000XXXAA|AAA00000000XXXAA|AA000000000XXXAA",
		alone: "AAAAA000000XXXAA|AAAA0000000XXXAA|AAA00000000XXXAA|AAAAA 000000 XXXAA|AAAA0 000000 XXXAA",
		check: dvla, names: "driver_number* dvla", about: setOf(aboutLicence),
	},
	// Social Welfare Consolidation Act 2005 and Revenue, "PPS numbers":
	// modulus 23 with the second letter times nine.
	{name: "IE PPS", forms: "0000000A|0000000AA", check: pps, names: "ppsn* ?pps pps_no* pps_number* personal_public_service* uimhir_psp*", about: setOf(aboutTax, aboutSocial)},
}

func nhs(c code) bool {
	return c.weigh(0, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == 0 && !c.uniformDigits()
}

func chi(c code) bool { return c.ddmmyy(0) && nhs(c) }

func nino(c code) bool {
	if c.in(0, "DFIQUV") || c.in(1, "DFIQUVO") || !c.in(8, "ABCD") {
		return false
	}
	switch string(c.at[:2]) {
	case "BG", "GB", "NK", "KN", "TN", "NT", "ZZ":
		return false
	}
	return true
}

func utr(c code) bool {
	return "21987654321"[c.weigh(1, 6, 7, 8, 9, 10, 5, 4, 3, 2)%11] == c.at[0] && !c.uniformDigits()
}

// dvla checks the date: decade, month (+50 for women), day, year.
func dvla(c code) bool {
	month := c.number(6, 8)
	if month > 50 {
		month -= 50
	}
	return validDay(c.digit(5)*10+c.digit(10), month, c.number(8, 10)) && c.at[13] != '0'
}

func pps(c code) bool {
	sum := c.weigh(0, 8, 7, 6, 5, 4, 3, 2)
	if c.n == 9 && c.at[8] != 'W' {
		if !c.in(8, "ABCDEFGHI") {
			return false
		}
		sum += 9 * int(c.at[8]-'A'+1)
	}
	return "WABCDEFGHIJKLMNOPQRSTUV"[sum%23] == c.at[7]
}
