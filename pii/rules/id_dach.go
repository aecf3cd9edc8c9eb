package rules

// idsDACH are the numbers of Germany, Austria and Switzerland.
var idsDACH = []idKind{
	// § 139b AO; BZSt, "Steuerliche Identifikationsnummer": ISO 7064 MOD
	// 11,10, and one digit of the first ten stands there twice or thrice.
	{
		name: "DE Steuer-ID", forms: "00000000000", check: steuerID,
		names: "steuer_id* steuerid* steuer_ident* steuerident* steuerliche_ident* idnr identifikationsnummer*", about: setOf(aboutTax),
	},
	// BMF, "Aufbau der Steuernummer": by Land, no common check.
	{name: "DE Steuernummer", forms: "0000000000|00000000000|0000000000000", weak: true, names: "steuernummer* steuer_nr* st_nr* stnr"},
	// § 147 SGB VI, VKVV § 2: area, date of birth, initial, serial, check.
	{
		name: "DE RVNR", forms: "00000000A000", alone: "00000000A000|00 000000 A 000", check: rvnr,
		names: "rvnr rv_nummer* rentenversicherungs* sozialversicherungs* sv_nummer* sv_nr* versicherungsnummer*", about: setOf(aboutSocial),
	},
	// § 290 SGB V: letter and nine digits, Luhn from the left over the
	// letter as two digits.
	{
		name: "DE KVNR", forms: "A000000000", check: kvnr,
		names: "kvnr krankenversicherten* krankenversicherungs* krankenkassen* versichertennummer* versicherten_nr* versicherten_id* egk*", about: setOf(aboutHealth, aboutSocial),
	},
	// ICAO Doc 9303-3 §4.9 over the serial number.
	{name: "DE Personalausweis", forms: "CKKKKKKKK0", check: ausweis, names: "personalausweis* ausweis* perso ?pa_nr* seriennummer*", about: setOf(aboutNational, aboutPassport)},
	// SV-Nummer: § 31 ASVG; OECD TIN sheet Austria.
	{name: "AT SV", forms: "0000000000", check: svAT, names: "svnr sv_nr* sv_nummer* sozialversicherungs* versicherungsnummer* ecard e_card", about: setOf(aboutSocial)},
	// Art. 50c AHVG, AHVV Art. 133bis: 756, nine digits, EAN-13's check.
	{
		name: "CH AHV", forms: "0000000000000", alone: "0000000000000|000.0000.0000.00|000 0000 0000 00", check: ahv,
		names: "ahv* avs* navs* ahvn13 nss oasi*", about: setOf(aboutSocial),
	},
}

func steuerID(c code) bool {
	var times [10]int
	for i := range 10 {
		times[c.digit(i)]++
	}
	repeated := 0
	for _, n := range times {
		if n > 3 {
			return false
		}
		if n > 1 {
			repeated++
		}
	}
	return repeated == 1 && c.at[0] != '0' && c.mod11x10()
}

func rvnr(c code) bool {
	day := c.number(2, 4)
	if area := c.number(0, 2); area < 2 || area > 89 || !validDay(c.number(6, 8), c.number(4, 6), (day-1)%50+1) || day == 0 {
		return false
	}
	var d [12]int
	for i := range 8 {
		d[i] = c.digit(i)
	}
	letter := int(c.at[8]-'A') + 1
	d[8], d[9], d[10], d[11] = letter/10, letter%10, c.digit(9), c.digit(10)
	sum := 0
	for i, w := range [12]int{2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1} {
		p := d[i] * w
		sum += p/10 + p%10
	}
	return sum%10 == c.digit(11)
}

func kvnr(c code) bool {
	letter := int(c.at[0]-'A') + 1
	sum := letter/10 + double(letter%10)
	for i := 1; i < 9; i++ {
		if d := c.digit(i); i&1 == 1 {
			sum += d
		} else {
			sum += double(d)
		}
	}
	return sum%10 == c.digit(9)
}

func ausweis(c code) bool {
	sum := 0
	for i := range 9 {
		sum += c.value(i) * [3]int{7, 3, 1}[i%3]
	}
	return sum%10 == c.digit(9)
}

func svAT(c code) bool {
	// Those who do not know their date of birth have a month above twelve.
	day, month := c.number(4, 6), c.number(6, 8)
	return c.at[0] != '0' && day >= 1 && day <= 31 && month >= 1 && month <= 15 &&
		c.weigh(0, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6)%11 == c.digit(3)
}

func ahv(c code) bool {
	return c.number(0, 3) == 756 && c.weigh(0, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1)%10 == 0
}
