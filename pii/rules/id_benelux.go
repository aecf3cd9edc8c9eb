package rules

// idsBenelux are the numbers of the Netherlands, Belgium and Luxembourg.
var idsBenelux = []idKind{
	// Wet algemene bepalingen burgerservicenummer: the elfproef, whose last
	// weight is -1. Older numbers have eight digits.
	{name: "NL BSN", forms: "000000000|00000000", check: bsn, names: "bsn* burgerservice* sofi* rsin persoonsnummer*", about: setOf(aboutSocial, aboutNational, aboutTax)},
	// Loi du 8 août 1983: date of birth, serial, 97 less the rest modulo 97;
	// a 2 goes before for those born since 2000.
	{
		name: "BE NN", forms: "00000000000", alone: "00.00.00-000.00|00.00.00-000-00", check: rijksregister,
		names: "rijksregister* registre_national* numero_national* nationaal_nummer* insz niss bis_nummer* nrn", about: setOf(aboutNational, aboutTax, aboutSocial),
	},
	// OECD TIN sheet Luxembourg: date of birth, serial, Luhn, Verhoeff.
	{name: "LU matricule", forms: "0000000000000", check: matricule, names: "matricule* numero_d_identification* cns", about: setOf(aboutNational, aboutTax, aboutSocial)},
}

func bsn(c code) bool {
	sum := 0
	for i := range c.n - 1 {
		sum += c.digit(i) * (c.n - i)
	}
	return (sum-c.digit(c.n-1))%11 == 0 && !c.uniformDigits()
}

func rijksregister(c code) bool {
	month, day := c.number(2, 4), c.number(4, 6)
	if month > 40 { // bis numbers: +40, or +20 where the sex is not known
		month -= 40
	} else if month > 20 {
		month -= 20
	}
	if month > 12 || day > 31 {
		return false
	}
	check := c.number(9, 11)
	return check == 97-c.number(0, 9)%97 || check == 97-(2000000000+c.number(0, 9))%97
}

func matricule(c code) bool {
	if !c.yyyymmdd(0) || !c.luhn(0, 12) {
		return false
	}
	c.at[11], c.n = c.at[12], 12
	return c.verhoeff(0, 12)
}
