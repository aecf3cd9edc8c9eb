package rules

// idsEast are the numbers of central and eastern Europe; Poland's have a file
// of their own.
var idsEast = []idKind{
	// Zákon 133/2000 Sb.; Zákon NR SR 301/1995: date of birth, +50 to the
	// month of women, +20 where numbers ran out; divisible by eleven.
	{name: "CZ/SK rodné číslo", forms: "0000000000", alone: "000000/0000", check: rodneCislo, names: "rodne_c* ?rc rodnecislo*", about: setOf(aboutNational, aboutTax)},
	{name: "CZ/SK rodné číslo, before 1954", forms: "000000000", check: rodneCisloOld, weak: true, names: "rodne_c* rodnecislo*"},
	// Hungary: 1996. évi XX. törvény, annexes, and NAV.
	{name: "HU TAJ", forms: "000000000", check: taj, names: "taj tajszam* taj_szam* tarsadalombiztositas*", about: setOf(aboutSocial, aboutHealth)},
	{name: "HU adóazonosító", forms: "0000000000", check: adoazonosito, names: "adoazonosito* adojel* ado_azonosito*", about: setOf(aboutTax)},
	{name: "HU személyi azonosító", forms: "00000000000", alone: "0-000000-0000|0 000000 0000", check: szemelyi, names: "szemelyi* szemelyazonosito*", about: setOf(aboutNational)},
	// Romania: Ordonanța 97/2005; sex and century, date, county, serial.
	{name: "RO CNP", forms: "0000000000000", check: cnp, names: "cnp* cod_numeric_personal*", about: setOf(aboutNational, aboutTax)},
	// Bulgaria: Закон за гражданската регистрация, чл. 11.
	{name: "BG EGN", forms: "0000000000", check: egn, names: "egn егн единен_граждански", about: setOf(aboutNational, aboutTax)},
	// Croatia: Zakon o OIB-u: ISO 7064 MOD 11,10.
	{name: "HR OIB", forms: "00000000000", check: oib, names: "oib* osobni_identifikacijski*", about: setOf(aboutNational, aboutTax)},
	// Slovenia and what was Yugoslavia: date, region, serial, modulus 11.
	{name: "SI EMŠO", forms: "0000000000000", check: emso, names: "emso* jmbg* maticni_broj* enotna_maticna* јмбг ембг јединствени_матични", about: setOf(aboutNational)},
	{name: "SI davčna", forms: "00000000", check: davcna, names: "davcna*", about: setOf(aboutTax)},
	// Russia: ФНС, ИНН of persons; СФР, СНИЛС; passports: series and number.
	{name: "RU INN", forms: "000000000000", check: inn, names: "инн ?inn", about: setOf(aboutTax)},
	{name: "RU SNILS", forms: "00000000000", alone: "000-000-000 00", check: snils, names: "снилс snils*", about: setOf(aboutSocial)},
	{name: "RU passport", forms: "0000000000", weak: true, names: "паспорт серия_и_номер"},
	// Ukraine: ДПС, РНОКПП: days since 1899, modulus 11.
	{name: "UA RNOKPP", forms: "0000000000", check: rnokpp, names: "рнокпп іпн ипн rnokpp*", about: setOf(aboutTax)},
}

// rodneDate reads the date of a rodné číslo.
func (c *code) rodneDate() bool {
	month := c.number(2, 4) % 50
	if month > 20 {
		month -= 20
	}
	return validDay(c.number(0, 2), month, c.number(4, 6))
}

func rodneCislo(c code) bool {
	return c.rodneDate() && (c.number(0, 10)%11 == 0 || c.number(0, 9)%11 == 10 && c.at[9] == '0')
}

func rodneCisloOld(c code) bool { return c.rodneDate() && c.number(0, 2) <= 53 }

func taj(c code) bool {
	return c.weigh(0, 3, 7, 3, 7, 3, 7, 3, 7)%10 == c.digit(8) && !c.uniformDigits()
}

func adoazonosito(c code) bool {
	return c.at[0] == '8' && c.weigh(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)%11 == c.digit(9)
}

// szemelyi: the weights run up, and down for those born since 1997. The first
// digit tells the century; those above 4 are foreigners' of any.
func szemelyi(c code) bool {
	if c.at[0] < '1' || c.at[0] > '8' || !c.yymmdd(1) {
		return false
	}
	up := c.weigh(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)%11 == c.digit(10)
	down := c.weigh(0, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11 == c.digit(10)
	switch {
	case c.at[0] > '4':
		return up || down
	case c.at[0] > '2', c.number(1, 3) >= 97:
		return down
	}
	return up
}

func cnp(c code) bool {
	county := c.number(7, 9)
	if c.at[0] == '0' || !c.yymmdd(1) || county < 1 || county > 52 && county != 70 && county < 80 {
		return false
	}
	rest := c.weigh(0, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11
	return rest == c.digit(12) || rest == 10 && c.at[12] == '1'
}

func egn(c code) bool {
	month := c.number(2, 4)
	if month > 40 {
		month -= 40
	} else if month > 20 {
		month -= 20
	}
	return validDay(c.number(0, 2), month, c.number(4, 6)) && c.weigh(0, 2, 4, 8, 5, 10, 9, 7, 3, 6)%11%10 == c.digit(9)
}

func oib(c code) bool { return c.mod11x10() && !c.uniformDigits() }

func emso(c code) bool {
	year := c.number(4, 7)
	if year > 30 && year < 880 || !validDay(year, c.number(2, 4), c.number(0, 2)) {
		return false
	}
	return mod11Down(c.weigh(0, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)) == c.digit(12)
}

func davcna(c code) bool {
	return c.at[0] != '0' && (11-c.weigh(0, 8, 7, 6, 5, 4, 3, 2)%11)%10 == c.digit(7)
}

func inn(c code) bool {
	return c.weigh(0, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == c.digit(10) && c.weigh(0, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)%11%10 == c.digit(11)
}

func snils(c code) bool {
	return c.number(0, 9) > 1001998 && c.weigh(0, 9, 8, 7, 6, 5, 4, 3, 2, 1)%101%100 == c.number(9, 11)
}

func rnokpp(c code) bool {
	return (c.weigh(1, 5, 7, 9, 4, 6, 10, 5, 7)-c.digit(0)+11)%11%10 == c.digit(9)
}
