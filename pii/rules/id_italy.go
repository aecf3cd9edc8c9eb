package rules

// idsItaly are the numbers of Italy.
var idsItaly = []idKind{
	// D.M. 345/1976: name, date and place of birth; odd and even places have
	// values of their own, and digits may be replaced by letters (omocodia).
	{
		name: "IT codice fiscale", forms: "AAAAAAXXAXXAXXXA", alone: "AAAAAAXXAXXAXXXA|AAA AAA XXAXX AXXXA", check: codiceFiscale,
		names: "codice_fiscale* codicefiscale* cod_fisc* c_f ?cf tessera_sanitaria*", about: setOf(aboutTax, aboutNational, aboutHealth),
	},
	// D.P.R. 633/1972 art. 35: province in digits 8 to 10, Luhn.
	{name: "IT partita IVA", forms: "00000000000", check: partitaIVA, names: "partita_iva* p_iva* piva partitaiva* codice_fiscale*", about: setOf(aboutTax)},
}

// oddIT holds the values of 0–9 and A–Z in odd places.
var oddIT = [36]int{
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21,
	1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
}

func codiceFiscale(c code) bool {
	sum := 0
	for i := range 15 {
		v := c.value(i)
		switch {
		case i%2 == 0:
			sum += oddIT[v]
		case v >= 10:
			sum += v - 10
		default:
			sum += v
		}
	}
	if int(c.at[15]-'A') != sum%26 || !c.in(8, "ABCDEHLMPRST") {
		return false
	}
	var plain [4]int // year and day with the letters of omocodia undone
	for k, i := range [4]int{6, 7, 9, 10} {
		if plain[k] = c.omocode(i); plain[k] < 0 {
			return false
		}
	}
	day := plain[2]*10 + plain[3]
	return (day >= 1 && day <= 31 || day >= 41 && day <= 71) && c.omocode(12) >= 0 && c.omocode(13) >= 0 && c.omocode(14) >= 0
}

// omocode returns the digit that stands at i, as itself or as one of the
// letters for it, or -1.
func (c *code) omocode(i int) int {
	if isDigit(c.at[i]) {
		return c.digit(i)
	}
	const letters = "LMNPQRSTUV"
	for d := range len(letters) {
		if letters[d] == c.at[i] {
			return d
		}
	}
	return -1
}

func partitaIVA(c code) bool {
	office := c.number(7, 10)
	return c.number(0, 7) != 0 && (office >= 1 && office <= 100 || office == 120 || office == 121 || office == 888 || office == 999) &&
		c.luhn(0, 11)
}
