package rules

// idsFrance are the numbers of France.
var idsFrance = []idKind{
	// Décret 82-103; INSEE: sex, year, month, place and order of birth, and
	// 97 less the rest modulo 97; 2A and 2B of Corsica count as 19 and 18.
	{
		name: "FR NIR", forms: "000000000000000|000000A00000000",
		alone: "000000000000000|000000A00000000|0 00 00 00 000 000 00|0 00 00 0A 000 000 00",
		check: nir, names: "?nir insee* numero_insee* securite_sociale* secu num_secu* numero_de_secu* n_secu* numero_ss", about: setOf(aboutSocial),
	},
	{name: "FR NIR without key", forms: "0000000000000", check: nirBody, weak: true, names: "securite_sociale* secu num_secu* numero_de_secu*"},
	// Code de commerce R123-221; INSEE: Luhn over SIREN and SIRET.
	{name: "FR SIREN", forms: "000000000", check: siren, names: "siren*"},
	{name: "FR SIRET", forms: "00000000000000", check: siret, names: "siret*"},
	// OECD TIN sheet France: first digit 0 to 3, modulus 511.
	{name: "FR SPI", forms: "0000000000000", check: spi, names: "numero_fiscal* identifiant_fiscal* spi reference_fiscale* num_fiscal*", about: setOf(aboutTax)},
}

func nir(c code) bool {
	body := 0
	for i := range 13 {
		var d int
		switch {
		case isDigit(c.at[i]):
			d = c.digit(i)
		case i != 6 || c.at[5] != '2' || !c.in(6, "AB"):
			return false
		default:
			d = 9 - int(c.at[6]-'A') // 19, 18
			body--                   // the 2 before becomes a 1
		}
		body = body*10 + d
	}
	month := c.number(3, 5)
	return c.in(0, "123478") && (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50) &&
		97-body%97 == c.number(13, 15)
}

func nirBody(c code) bool {
	month := c.number(3, 5)
	return c.in(0, "12") && (month >= 1 && month <= 12 || month >= 20 && month <= 42 || month >= 50)
}

func siren(c code) bool { return c.luhn(0, 9) && !c.uniformDigits() }

// siret also knows the post offices, whose establishments only sum up to a
// multiple of five.
func siret(c code) bool {
	if c.number(0, 9) == 356000000 {
		sum := 0
		for i := range 14 {
			sum += c.digit(i)
		}
		return sum%5 == 0
	}
	return c.luhn(0, 9) && c.luhn(0, 14) && !c.uniformDigits()
}

func spi(c code) bool {
	return c.at[0] <= '3' && c.number(0, 10)%511 == c.number(10, 13)
}
