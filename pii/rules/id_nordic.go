package rules

// idsNordic are the numbers of Denmark, Sweden, Norway, Finland, Iceland.
var idsNordic = []idKind{
	// CPR-kontoret, "Personnummeret i CPR": date of birth and serial; the
	// modulus 11 no longer holds for all since 2007.
	{name: "DK CPR", forms: "0000000000", check: cpr, names: "cpr* cprnr personnummer* personnr", about: setOf(aboutNational, aboutTax)},
	{name: "DK CPR, modulus 11", forms: "0000000000", alone: "000000-0000", check: cprMod11, names: "cpr*", about: setOf(aboutNational)},
	// Folkbokföringslagen § 18; Skatteverket SKV 704: Luhn; coordination
	// numbers have 60 added to the day.
	{
		name: "SE personnummer", forms: "0000000000|000000000000", alone: "000000-0000|00000000-0000", check: personnummer,
		names: "personnummer* personnr* pnr samordningsnummer* fodelsenummer*", about: setOf(aboutNational, aboutTax),
	},
	// Folkeregisterforskriften § 2-2-1: two check digits modulo 11. D numbers
	// have 4 added to the day, H numbers to the month; synthetic ones 8.
	{
		name: "NO fødselsnummer", forms: "00000000000", alone: "000000 00000", check: fodselsnummer,
		names: "fodselsnummer* fodselsnr* fnr personnummer* personnr* d_nummer*", about: setOf(aboutNational, aboutTax),
	},
	// Digi- ja väestötietovirasto, "Henkilötunnus": modulus 31; the sign
	// between tells the century.
	{
		name: "FI HETU", forms: "000000000X|000000A000X", alone: "000000-000X|000000A000X", check: hetu,
		names: "hetu henkilotunnus* sotu personbeteckning*", about: setOf(aboutNational, aboutTax),
	},
	// Þjóðskrá, "Kennitala": modulus 11, the century last.
	{name: "IS kennitala", forms: "0000000000", alone: "000000-0000", check: kennitala, names: "kennitala* kennitolu* ?kt", about: setOf(aboutNational, aboutTax)},
}

// cpr reads the date; the seventh digit tells the century, and with 5 to 8
// the years from 37 on would be those to come.
func cpr(c code) bool {
	year := c.number(4, 6)
	return c.ddmmyy(0) && !(c.at[6] >= '5' && c.at[6] <= '8' && year >= 37 && year <= 57)
}

func cprMod11(c code) bool {
	return cpr(c) && c.weigh(0, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

func personnummer(c code) bool {
	from := c.n - 10
	if from == 2 && c.number(0, 2) != 18 && c.number(0, 2) != 19 && c.number(0, 2) != 20 {
		return false
	}
	day := c.number(from+4, from+6)
	if day > 60 {
		day -= 60
	}
	return validDay(c.number(from, from+2), c.number(from+2, from+4), day) && c.luhn(from, c.n)
}

func fodselsnummer(c code) bool {
	day, month := c.number(0, 2), c.number(2, 4)
	if day > 40 {
		day -= 40
	}
	if month > 80 {
		month -= 80
	} else if month > 40 {
		month -= 40
	}
	return validDay(c.number(4, 6), month, day) &&
		c.weigh(0, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1)%11 == 0 &&
		c.weigh(0, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}

func hetu(c code) bool {
	serial := 6
	if c.n == 11 {
		if !c.in(6, "ABCDEFYXWVU") {
			return false
		}
		serial = 7
	}
	rest := (c.number(0, 6)*1000 + c.number(serial, serial+3)) % 31
	return c.ddmmyy(0) && c.number(serial, serial+3) >= 2 && "0123456789ABCDEFHJKLMNPRSTUVWXY"[rest] == c.at[c.n-1]
}

func kennitala(c code) bool {
	day := c.number(0, 2)
	if day > 40 { // firms
		day -= 40
	}
	return c.in(9, "90") && validDay(c.number(4, 6), c.number(2, 4), day) && c.weigh(0, 3, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0
}
