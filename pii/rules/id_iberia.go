package rules

// idsIberia are the numbers of Spain and Portugal.
var idsIberia = []idKind{
	// Real Decreto 1553/2005; Ministerio del Interior, "Cálculo del dígito de
	// control del NIF/NIE": the number modulo 23 picks the letter.
	{
		name: "ES DNI", forms: "00000000A", alone: "00.000.000-A", check: dni,
		names: "dni* nif* d_n_i documento_nacional*", about: setOf(aboutNational, aboutTax),
	},
	{name: "ES NIE", forms: "A0000000A", alone: "A0000000A|A-0000000-A", check: nie, names: "nie* extranjer*", about: setOf(aboutNational, aboutTax)},
	// Orden EHA/451/2008: kind of entity, seven digits, digit or letter.
	{name: "ES CIF", forms: "A0000000X", check: cif, names: "cif* nif*", about: setOf(aboutTax)},
	// Seguridad Social: province and serial number modulo 97.
	{name: "ES NUSS", forms: "000000000000", check: nuss, names: "nuss* nss naf seguridad_social* afiliacion*", about: setOf(aboutSocial)},
	// Decreto-Lei 463/79; OECD TIN sheet Portugal: modulus 11.
	{name: "PT NIF", forms: "000000000", check: nifPT, names: "nif* nipc contribuinte* numero_de_contribuinte*", about: setOf(aboutTax)},
	// Lei 7/2007; "Validação de número de documento do Cartão de Cidadão":
	// Luhn's sum with letters as 10 to 35.
	{
		name: "PT CC", forms: "000000000AA0", alone: "00000000 0 AA0", check: cartaoPT,
		names: "cartao_de_cidadao* cartao_cidadao* ?cc bilhete_de_identidade* numero_de_documento*", about: setOf(aboutNational),
	},
	{name: "PT BI", forms: "00000000", weak: true, names: "bilhete_de_identidade* cartao_de_cidadao* numero_de_identificacao_civil* nic"},
	// Segurança Social: ten digits times the primes from 29 down to 2.
	{name: "PT NISS", forms: "00000000000", check: niss, names: "niss* seguranca_social*", about: setOf(aboutSocial)},
	{name: "PT SNS", forms: "000000000", weak: true, names: "sns utente* numero_de_utente*"},
}

const lettersES = "TRWAGMYFPDXBNJZSQVHLCKE"

func dni(c code) bool { return lettersES[c.number(0, 8)%23] == c.at[8] }

func nie(c code) bool {
	return c.in(0, "XYZ") && lettersES[(int(c.at[0]-'X')*10000000+c.number(1, 8))%23] == c.at[8]
}

func cif(c code) bool {
	if !c.in(0, "ABCDEFGHJNPQRSUVW") {
		return false
	}
	sum := c.digit(2) + c.digit(4) + c.digit(6) + double(c.digit(1)) + double(c.digit(3)) + double(c.digit(5)) + double(c.digit(7))
	check := (10 - sum%10) % 10
	return c.at[8] == byte('0'+check) || c.at[8] == "JABCDEFGHI"[check]
}

func nuss(c code) bool {
	province, serial := c.number(0, 2), c.number(2, 10)
	if province == 0 || province > 66 {
		return false
	}
	if serial < 10000000 {
		serial += province * 10000000
	} else {
		serial += province * 100000000
	}
	return serial%97 == c.number(10, 12)
}

func nifPT(c code) bool {
	return c.in(0, "1235689") && mod11Down(c.weigh(0, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(8)
}

// mod11Down returns 11 less the sum modulo 11, and 0 for what has no digit.
func mod11Down(sum int) int {
	if r := 11 - sum%11; r < 10 {
		return r
	}
	return 0
}

func cartaoPT(c code) bool {
	sum := 0
	for i := range 12 {
		v := c.value(i)
		if i%2 == 0 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

func niss(c code) bool {
	return c.in(0, "12") && 9-c.weigh(0, 29, 23, 19, 17, 13, 11, 7, 5, 3, 2)%10 == c.digit(10)
}
