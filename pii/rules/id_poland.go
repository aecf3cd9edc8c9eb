package rules

// idsPoland are the numbers of Poland.
var idsPoland = []idKind{
	// Ustawa o ewidencji ludności, art. 15: date of birth with the century
	// in the month, serial, weights 1 3 7 9.
	{name: "PL PESEL", forms: "00000000000", check: pesel, names: "pesel* numer_pesel*", about: setOf(aboutNational)},
	// Ustawa o zasadach ewidencji podatników: modulus 11.
	{name: "PL NIP", forms: "0000000000", alone: "000-000-00-00", check: nip, names: "?nip nip_* numer_nip* numer_podatk* numer_identyfikacji_podatk*", about: setOf(aboutTax)},
	// Rozporządzenie w sprawie rejestru REGON: modulus 11.
	{name: "PL REGON", forms: "000000000|00000000000000", check: regon, names: "regon*"},
	// Rozporządzenie w sprawie dowodu osobistego: ICAO's weights, the check
	// digit first.
	{name: "PL dowód", forms: "AAA000000", check: dowod, names: "dowod* dowodu* seria_i_numer* numer_dowodu* nr_dowodu*", about: setOf(aboutNational)},
}

func pesel(c code) bool {
	month := c.number(2, 4) % 20
	return c.number(2, 4) <= 92 && validDay(c.number(0, 2), month, c.number(4, 6)) &&
		c.weigh(0, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)%10 == 0
}

func nip(c code) bool {
	return !c.uniformDigits() && c.weigh(0, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == c.digit(9)
}

func regon(c code) bool {
	if c.weigh(0, 8, 9, 2, 3, 4, 5, 6, 7)%11%10 != c.digit(8) || c.uniformDigits() {
		return false
	}
	return c.n == 9 || c.weigh(0, 2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8)%11%10 == c.digit(13)
}

func dowod(c code) bool {
	sum := 0
	for i, w := range [9]int{7, 3, 1, 0, 7, 3, 1, 7, 3} {
		sum += w * c.value(i)
	}
	return sum%10 == c.digit(3)
}
