package rules

// idsThings are numbers of things that lead to whoever has them: vehicles,
// telephones, subscriptions.
var idsThings = []idKind{
	// 49 CFR 565.15 (ISO 3779): no I, O, Q; the ninth character checks the
	// others, and in North America the last six are digits.
	{name: "VIN", forms: "VVVVVVVVVVV000000", alone: "VVVVVVVVVVV000000", check: vin, names: "vin vins"},
	// Elsewhere the check is not required: only its name tells.
	{
		name: "VIN by name", forms: "VVVVVVVVVVVVV0000", check: vinLetters, weak: true,
		names: "vin vins vin_number* vin_no* vehicle_identification* vehicle_id_number* chassis_number* chassis_no* frame_number* fahrgestellnummer* fahrgestell_nr* fahrzeug_identifizierungs* fahrzeugident* fin_nummer* numero_de_chassis* numero_de_serie_du_vehicule* numero_de_bastidor* bastidor numero_de_chasis* numero_do_chassi* chassi numero_di_telaio* telaio chassisnummer* numer_vin* nr_vin* sasi_no* 車台番号 车架号 차대번호",
	},
	// 3GPP TS 23.003 §6.2: type, serial number, Luhn's check.
	{
		name: "IMEI", forms: "000000000000000", alone: "00-000000-000000-0", check: func(c code) bool { return c.luhn(0, 15) && !c.uniformDigits() }, weak: true,
		names: "imei* device_imei* numer_imei*",
	},
	{name: "IMEISV", forms: "0000000000000000", weak: true, names: "imeisv* imei*"},
	// 3GPP TS 23.003 §2.2: country (200 to 799), network, subscriber.
	{name: "IMSI", forms: "000000000000000|00000000000000", check: func(c code) bool { return c.at[0] >= '2' && c.at[0] <= '7' }, weak: true, names: "imsi* supi"},
	// ITU-T E.118: 89 for telecommunications, Luhn's check.
	{name: "ICCID", forms: "00000000000000000000|0000000000000000000", check: iccid, names: "iccid* icc_id* sim_card_number* sim_number* sim_no* sim_karte* sim_kartennummer*"},
}

// vinValues are the values of letters and digits in the check of a VIN.
var vinValues = map[byte]int{
	'A': 1, 'B': 2, 'C': 3, 'D': 4, 'E': 5, 'F': 6, 'G': 7, 'H': 8, 'J': 1, 'K': 2, 'L': 3, 'M': 4, 'N': 5, 'P': 7, 'R': 9,
	'S': 2, 'T': 3, 'U': 4, 'V': 5, 'W': 6, 'X': 7, 'Y': 8, 'Z': 9,
}

func vin(c code) bool {
	if !vinLetters(c) {
		return false
	}
	sum := 0
	for i, weight := range [17]int{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2} {
		v := vinValues[c.at[i]]
		if isDigit(c.at[i]) {
			v = c.digit(i)
		}
		sum += weight * v
	}
	return c.at[8] == "0123456789X"[sum%11]
}

// vinLetters reports whether the maker and the model have letters.
func vinLetters(c code) bool {
	letters := 0
	for i := range 11 {
		if alpha.has(c.at[i]) {
			letters++
		}
	}
	return letters >= 2
}

func iccid(c code) bool {
	return c.at[0] == '8' && c.at[1] == '9' && c.luhn(0, c.n)
}
