package rules

// idsLatam are the numbers of Latin America.
var idsLatam = []idKind{
	// Receita Federal, IN RFB 1548/2015: two check digits modulo 11.
	{name: "BR CPF", forms: "00000000000", alone: "000.000.000-00", check: cpf, names: "cpf* cpfs", about: setOf(aboutTax, aboutNational)},
	// IN RFB 2229/2024: letters may stand in the first twelve places.
	{name: "BR CNPJ", forms: "XXXXXXXXXXXX00", alone: "XX.XXX.XXX/XXXX-00", check: cnpj, names: "cnpj*", about: setOf(aboutTax)},
	// Denatran, "Número de registro da CNH".
	{name: "BR CNH", forms: "00000000000", check: cnh, names: "cnh* carteira_nacional* carteira_de_motorista* habilitacao*", about: setOf(aboutLicence)},
	// Caixa, "PIS/PASEP/NIS": weights 3 2 9 8 7 6 5 4 3 2.
	{name: "BR PIS", forms: "00000000000", alone: "000.00000.00-0", check: pis, names: "pis pasep nis pis_pasep", about: setOf(aboutSocial)},
	{name: "BR RG", forms: "00000000R|0000000R", weak: true, names: "rg registro_geral* carteira_de_identidade*"},
	// RENAPO, "Instructivo normativo para la asignación de la CURP".
	{name: "MX CURP", forms: "AAAA000000AAAAAAX0", alone: "AAAA000000AAAAAAX0", check: curp, names: "curp*", about: setOf(aboutNational)},
	// SAT, Anexo 20: name, date, homonym, modulus 11.
	{name: "MX RFC", forms: "AAAA000000XXX|AAA000000XXX", alone: "AAAA000000XXX", check: rfc, names: "rfc* registro_federal*", about: setOf(aboutTax)},
	// IMSS: Luhn.
	{name: "MX NSS", forms: "00000000000", check: nssMX, names: "nss imss numero_de_seguridad_social* seguro_social*", about: setOf(aboutSocial)},
	// Banxico, "CLABE": weights 3 7 1.
	{name: "MX CLABE", forms: "000000000000000000", check: clabe, names: "clabe*", about: setOf(aboutAccount)},
	// AFIP, RG 10/97: kind, document, modulus 11.
	{name: "AR CUIT", forms: "00000000000", alone: "00-00000000-0", check: cuit, names: "cuit* cuil* cdi", about: setOf(aboutTax, aboutNational)},
	{name: "AR and PE DNI", forms: "00000000|0000000", weak: true, names: "dni* documento_nacional* ?documento documento_de_identidad*"},
	// Servicio de Registro Civil: modulus 11 with K for ten.
	{name: "CL RUT", forms: "00000000R|0000000R", alone: "00.000.000-R|0.000.000-R", check: rut, names: "rut* rol_unico* ?run cedula*", about: setOf(aboutTax, aboutNational)},
	// DIAN, Orden Administrativa 4 de 1989: primes as weights, modulus 11.
	{name: "CO NIT", forms: "0000000000", alone: "000.000.000-0", check: nit, names: "nit* rut", about: setOf(aboutTax)},
	{name: "CO cédula", forms: "0000000000|00000000|0000000", weak: true, names: "cedula* cedula_de_ciudadania* ?cc c_c tarjeta_de_identidad* documento_de_identi*"},
	// SUNAT: weights 5 4 3 2 7 6 5 4 3 2.
	{name: "PE RUC", forms: "00000000000", check: ruc, names: "ruc*", about: setOf(aboutTax)},
	// Registro Civil del Ecuador: province and Luhn.
	{name: "EC cédula", forms: "0000000000", check: cedulaEC, names: "cedula*", about: setOf(aboutNational)},
	// DNIC, "Cédula de identidad": weights 2 9 8 7 6 3 4.
	{name: "UY CI", forms: "00000000", alone: "0.000.000-0", check: ciUY, names: "cedula* ?ci cedula_de_identidad*", about: setOf(aboutNational)},
}

// falling sums the values of [0, to) with weights that fall to 2 at the end
// and start again at 2 above most.
func (c *code) falling(to, most int) int {
	sum, weight := 0, 2
	for i := to - 1; i >= 0; i-- {
		sum += int(c.at[i]-'0') * weight
		if weight++; weight > most {
			weight = 2
		}
	}
	return sum
}

func cpf(c code) bool {
	return mod11Down(c.falling(9, 11)) == c.digit(9) && mod11Down(c.falling(10, 11)) == c.digit(10) && !c.uniformDigits()
}

func cnpj(c code) bool {
	return mod11Down(c.falling(12, 9)) == c.digit(12) && mod11Down(c.falling(13, 9)) == c.digit(13) && !c.uniformDigits()
}

func cnh(c code) bool {
	if c.uniformDigits() {
		return false
	}
	first, less := c.weigh(0, 9, 8, 7, 6, 5, 4, 3, 2, 1)%11, 0
	if first == 10 {
		first, less = 0, 2
	}
	second := c.weigh(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)%11 - less
	if second < 0 {
		second += 11
	}
	if second == 10 {
		second = 0
	}
	return first == c.digit(9) && second == c.digit(10)
}

func pis(c code) bool {
	return mod11Down(c.weigh(0, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == c.digit(10) && !c.uniformDigits()
}

func curp(c code) bool {
	if !c.yymmdd(4) || !c.in(10, "HMX") {
		return false
	}
	sum := 0
	for i := range 17 {
		v := c.value(i)
		if v > 23 { // Ñ stands after N
			v++
		}
		sum += v * (18 - i)
	}
	return (10-sum%10)%10 == c.digit(17)
}

func rfc(c code) bool {
	const alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ"
	letters := c.n - 9
	if !c.yymmdd(letters) {
		return false
	}
	sum := 0
	if c.n == 12 {
		sum = 13 * 37 // a blank in front
	}
	for i := range c.n - 1 {
		for k := range len(alphabet) {
			if alphabet[k] == c.at[i] {
				sum += k * (c.n - i)
			}
		}
	}
	return "0123456789A"[(11-sum%11)%11] == c.at[c.n-1]
}

func nssMX(c code) bool { return c.luhn(0, 11) && !c.uniformDigits() }

func clabe(c code) bool {
	sum := 0
	for i := range 17 {
		sum += c.digit(i) * [3]int{3, 7, 1}[i%3] % 10
	}
	return (10-sum%10)%10 == c.digit(17) && !c.uniformDigits()
}

func cuit(c code) bool {
	switch c.number(0, 2) {
	case 20, 23, 24, 25, 26, 27, 30, 33, 34, 50, 55:
	default:
		return false
	}
	rest := 11 - c.weigh(0, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11
	return rest%11 == c.digit(10) || rest == 10 && c.at[10] == '9'
}

func rut(c code) bool {
	last := c.n - 1
	return c.at[0] != '0' && "0123456789K"[(11-c.falling(last, 7)%11)%11] == c.at[last]
}

func nit(c code) bool {
	rest := c.weigh(0, 41, 37, 29, 23, 19, 17, 13, 7, 3) % 11
	if rest > 1 {
		rest = 11 - rest
	}
	return rest == c.digit(9)
}

func ruc(c code) bool {
	switch c.number(0, 2) {
	case 10, 15, 16, 17, 20:
	default:
		return false
	}
	return (11-c.weigh(0, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)%11)%10 == c.digit(10)
}

func cedulaEC(c code) bool {
	province := c.number(0, 2)
	return (province >= 1 && province <= 24 || province == 30) && c.at[2] <= '6' && c.luhn(0, 10)
}

func ciUY(c code) bool {
	return (10-c.weigh(0, 2, 9, 8, 7, 6, 3, 4)%10)%10 == c.digit(7) && !c.uniformDigits()
}
