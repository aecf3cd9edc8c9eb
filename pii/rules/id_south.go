package rules

// idsSouth are the numbers of Greece, Turkey, Israel, the Gulf and South Africa.
var idsSouth = []idKind{
	// ΑΑΔΕ; OECD TIN sheet Greece: powers of two, modulus 11.
	{name: "GR AFM", forms: "000000000", check: afm, names: "afm αφμ α.φ.μ", about: setOf(aboutTax)},
	// ν. 3655/2008: date of birth, Luhn.
	{name: "GR AMKA", forms: "00000000000", check: amka, names: "amka αμκα α.μ.κ.α", about: setOf(aboutSocial, aboutHealth)},
	// Nüfus ve Vatandaşlık İşleri, "T.C. Kimlik Numarası": two check digits.
	{name: "TR kimlik", forms: "00000000000", check: kimlik, names: "tc_kimlik* t_c_kimlik* kimlik* tckn tc_no", about: setOf(aboutNational, aboutTax)},
	// Gelir İdaresi, "Vergi Kimlik Numarası".
	{name: "TR VKN", forms: "0000000000", check: vkn, names: "vkn vergi_kimlik* vergi_no* vergi_numara*", about: setOf(aboutTax)},
	// Population Registry Law: Luhn over nine digits.
	{name: "IL teudat zehut", forms: "000000000", check: teudatZehut, names: "teudat_zehut* ?tz israeli_id* תעודת_זהות מספר_זהות ת.ז ת״ז ת\"ז", about: setOf(aboutNational)},
	// ICA, "Emirates ID": 784, year of birth, serial, Luhn.
	{name: "AE Emirates ID", forms: "000000000000000", alone: "000000000000000|000-0000-0000000-0", check: emiratesID, names: "emirates_id* eida الهوية_الإماراتية", about: setOf(aboutNational)},
	// Absher: 1 for citizens, 2 for residents, Luhn.
	{name: "SA national ID", forms: "0000000000", check: saudiID, names: "iqama* رقم_الهوية الإقامة", about: setOf(aboutNational)},
	// Identification Act 68 of 1997: date, serial, citizenship, Luhn.
	{name: "ZA ID", forms: "0000000000000", alone: "000000 0000 000|000000 0000 00 0", check: idZA, names: "rsa_id* sa_id* south_african_id* id_nommer*", about: setOf(aboutNational, aboutTax)},
}

func afm(c code) bool {
	return c.weigh(0, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == c.digit(8) && !c.uniformDigits()
}

func amka(c code) bool { return c.ddmmyy(0) && c.luhn(0, 11) }

func kimlik(c code) bool {
	odd, even := c.weigh(0, 1, 0, 1, 0, 1, 0, 1, 0, 1), c.weigh(0, 0, 1, 0, 1, 0, 1, 0, 1)
	return c.at[0] != '0' && (odd*7+even*9)%10 == c.digit(9) && (odd+even+c.digit(9))%10 == c.digit(10)
}

func vkn(c code) bool {
	sum := 0
	for i := range 9 {
		d := (c.digit(i) + 9 - i) % 10
		if d == 0 {
			continue
		}
		if d = d << (9 - i) % 9; d == 0 {
			d = 9
		}
		sum += d
	}
	return (10-sum%10)%10 == c.digit(9)
}

func teudatZehut(c code) bool { return c.luhn(0, 9) && !c.uniformDigits() }

func emiratesID(c code) bool {
	year := c.number(3, 7)
	return c.number(0, 3) == 784 && year >= 1900 && year <= 2060 && c.luhn(0, 15)
}

func saudiID(c code) bool { return (c.at[0] == '1' || c.at[0] == '2') && c.luhn(0, 10) }

func idZA(c code) bool { return c.yymmdd(0) && c.at[10] <= '2' && c.luhn(0, 13) }
