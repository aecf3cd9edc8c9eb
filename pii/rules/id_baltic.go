package rules

// idsBaltic are the numbers of Estonia, Latvia and Lithuania.
var idsBaltic = []idKind{
	// Estonia: EVS 585; Lithuania: Gyventojų registro įstatymas. Both have
	// century and sex, date, serial, and the same check digit.
	{name: "EE isikukood", forms: "00000000000", check: isikukood, names: "isikukood* ik", about: setOf(aboutNational, aboutTax)},
	{name: "LT asmens kodas", forms: "00000000000", check: isikukood, names: "asmens_kodas* asmens_kod*", about: setOf(aboutNational, aboutTax)},
	// OECD TIN sheet Latvia; since 2017 numbers begin with 32 and hold no date.
	{name: "LV personas kods", forms: "00000000000", alone: "000000-00000", check: personasKods, names: "personas_kod*", about: setOf(aboutNational, aboutTax)},
	{name: "LV personas kods, new", forms: "00000000000", check: personasKodsNew, weak: true, names: "personas_kod*"},
}

func isikukood(c code) bool {
	if c.at[0] < '1' || c.at[0] > '8' || !c.yymmdd(1) {
		return false
	}
	rest := c.weigh(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11
	if rest == 10 {
		rest = c.weigh(0, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10
	}
	return rest == c.digit(10)
}

func personasKods(c code) bool {
	return c.ddmmyy(0) && c.at[6] <= '2' && (1101-c.weigh(0, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2))%11%10 == c.digit(10)
}

func personasKodsNew(c code) bool { return c.number(0, 2) == 32 }
