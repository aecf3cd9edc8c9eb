package rules

// idsOceania are the numbers of Australia and New Zealand.
var idsOceania = []idKind{
	// ATO, "TFN algorithm": weights 1 4 3 7 5 8 6 9 10; older ones have eight
	// digits.
	{name: "AU TFN", forms: "000000000|00000000", check: tfn, names: "tfn* tax_file*", about: setOf(aboutTax)},
	// ABR, "Format of the ABN": one less in front, weights, modulus 89.
	{name: "AU ABN", forms: "00000000000", check: abn, names: "?abn abn_no* abn_number* australian_business*", about: setOf(aboutTax)},
	// Services Australia: weights 1 3 7 9; then the issue, and the person.
	{name: "AU Medicare", forms: "0000000000|00000000000", check: medicareAU, names: "medicare*", about: setOf(aboutHealth)},
	// Inland Revenue, "IRD number validation": modulus 11, twice.
	{name: "NZ IRD", forms: "000000000|00000000", check: ird, names: "?ird ird_no* ird_number* inland_revenue*", about: setOf(aboutTax)},
	// HISO 10046: letters count without I and O; the newer form ends in two.
	{name: "NZ NHI", forms: "AAA0000|AAA00AA", check: nhi, names: "nhi* national_health_index*", about: setOf(aboutHealth)},
}

func tfn(c code) bool {
	if c.uniformDigits() {
		return false
	}
	if c.n == 8 {
		return c.weigh(0, 10, 7, 8, 4, 6, 3, 5, 1)%11 == 0
	}
	return c.weigh(0, 1, 4, 3, 7, 5, 8, 6, 9, 10)%11 == 0
}

func abn(c code) bool {
	return c.at[0] != '0' && (c.weigh(0, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)-10)%89 == 0
}

func medicareAU(c code) bool {
	return c.at[0] >= '2' && c.at[0] <= '6' && c.weigh(0, 1, 3, 7, 9, 1, 3, 7, 9)%10 == c.digit(8) && c.at[9] != '0'
}

func ird(c code) bool {
	from := c.n - 8 // an eight-digit number lacks the leading zero
	whole := c.number(0, c.n)
	if whole < 10000000 || whole > 150000000 {
		return false
	}
	first := 0
	if from == 1 {
		first = c.digit(0)
	}
	rest := (3*first + c.weigh(from, 2, 7, 6, 5, 4, 3, 2)) % 11
	if rest == 1 {
		rest = (7*first + c.weigh(from, 4, 3, 2, 5, 2, 7, 6)) % 11
	}
	return rest != 1 && (11-rest)%11 == c.digit(c.n-1)
}

func nhi(c code) bool {
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ" // 1 to 24
	place := func(i int) int {
		if isDigit(c.at[i]) {
			return c.digit(i)
		}
		for k := range len(alphabet) {
			if alphabet[k] == c.at[i] {
				return k + 1
			}
		}
		return -1
	}
	sum := 0
	for i := range 6 {
		v := place(i)
		if v < 0 {
			return false
		}
		sum += v * (7 - i)
	}
	if isDigit(c.at[6]) {
		return sum%11 != 0 && (11-sum%11)%10 == c.digit(6)
	}
	check := 23 - sum%23
	return alphabet[check-1] == c.at[6]
}
