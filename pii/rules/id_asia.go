package rules

// idsAsia are the numbers of southern and eastern Asia.
var idsAsia = []idKind{
	// UIDAI, "Aadhaar number": Verhoeff, no 0 or 1 in front.
	{name: "IN Aadhaar", forms: "000000000000", check: aadhaar, names: "aadhaar* aadhar* adhaar* uidai आधार", about: setOf(aboutNational)},
	// Income Tax Rules 114: the fourth letter is the kind of holder.
	{name: "IN PAN", forms: "AAAAA0000A", check: panIN, weak: true, names: "pan pan_no* pan_number* pan_card* permanent_account*", about: setOf(aboutTax)},
	// CGST Rules 10: state, PAN, entity, Z, ISO-like check modulo 36.
	{name: "IN GSTIN", forms: "00AAAAA0000AXXX", alone: "00AAAAA0000AXXX", check: gstin, names: "gst* gstin*", about: setOf(aboutTax)},
	{name: "IN EPIC", forms: "AAA0000000", weak: true, names: "epic voter_id* voter_card* elector*"},
	// GB 11643: region, date of birth, serial, ISO 7064 MOD 11-2.
	{
		name: "CN resident ID", forms: "00000000000000000R", alone: "00000000000000000R", check: residentCN,
		names: "身份证 身份證 公民身份 居民身份 证件号 resident_id* shenfenzheng* id_card* identity_card*", about: setOf(aboutNational),
	},
	// GB 32100: kind, region, organisation, modulus 31.
	{name: "CN USCC", forms: "XX000000XXXXXXXXXX", check: uscc, names: "uscc 统一社会信用代码 社会信用代码 信用代码 纳税人识别号 税号", about: setOf(aboutTax)},
	// Resident Registration Act: date, sex and century; the modulus 11 no
	// longer holds for those registered since October 2020.
	{name: "KR RRN", forms: "0000000000000", alone: "000000-0000000", check: rrn, names: "rrn 주민등록번호 주민번호 주민등록 외국인등록번호 resident_registration*", about: setOf(aboutNational)},
	// 番号法施行令; 総務省令第85号: weights 6 5 4 3 2 7 6 5 4 3 2.
	{name: "JP My Number", forms: "000000000000", check: myNumber, names: "my_number* mynumber* individual_number* マイナンバー 個人番号", about: setOf(aboutNational, aboutTax)},
	// 內政部: letter as two digits, weights 9 to 1.
	{name: "TW national ID", forms: "A000000000", check: idTW, names: "身分證 身份證字號 統一證號 居留證 taiwan_id*", about: setOf(aboutNational)},
	// Registration of Persons Ordinance; weights 9 to 2, modulus 11.
	{name: "HK ID", forms: "A000000X|AA000000X", alone: "A000000(X)|AA000000(X)", check: idHK, names: "hkid* hk_id* hong_kong_id* 香港身份證 身份證", about: setOf(aboutNational)},
	// ICA, "NRIC": weights 2 7 6 5 4 3 2, letters by the first.
	{name: "SG NRIC", forms: "A0000000A", alone: "A0000000A", check: nric, names: "nric* ?fin fin_no* singpass*", about: setOf(aboutNational)},
	// กรมการปกครอง: weights 13 to 2, modulus 11.
	{name: "TH national ID", forms: "0000000000000", alone: "0-0000-00000-00-0", check: idTH, names: "thai_id* เลขประจำตัวประชาชน บัตรประชาชน เลขบัตรประชาชน", about: setOf(aboutNational, aboutTax)},
	// JPN, "MyKad": date of birth, place of birth, serial.
	{name: "MY NRIC", forms: "000000000000", alone: "000000-00-0000", check: mykad, names: "mykad* kad_pengenalan* no_kp ic_no* ic_number* nric*", about: setOf(aboutNational)},
	// UU 23/2006: region, date of birth with 40 added to the day of women.
	{name: "ID NIK", forms: "0000000000000000", check: nik, names: "nik nomor_induk_kependudukan* ktp* no_ktp", about: setOf(aboutNational, aboutTax)},
	// DJP, "NPWP": Luhn over nine digits, then the office.
	{name: "ID NPWP", forms: "000000000000000", alone: "00.000.000.0-000.000", check: npwp, names: "npwp*", about: setOf(aboutTax)},
	{name: "PK CNIC", forms: "0000000000000", alone: "00000-0000000-0", check: cnic, weak: true, names: "cnic nicop nadra*"},
	{name: "VN CCCD", forms: "000000000000|000000000", weak: true, names: "cccd cmnd can_cuoc*"},
	{name: "PH numbers", forms: "000000000000|0000000000", weak: true, names: "philsys* philhealth* pag_ibig* umid* sss_no* sss_number*"},
}

func aadhaar(c code) bool { return c.at[0] >= '2' && c.verhoeff(0, 12) }

func panIN(c code) bool { return c.in(3, "ABCFGHLJPTE") && c.number(5, 9) != 0 }

// base36 holds the values of GSTIN's check.
func gstin(c code) bool {
	if state := c.number(0, 2); state < 1 || state > 38 && state < 96 || c.at[12] == '0' {
		return false
	}
	sum := 0
	for i := range 14 {
		p := c.value(i) * (1 + i%2)
		sum += p/36 + p%36
	}
	return c.in(13, "Z0123456789ABCDEFGHIJKLMNOPQRSTUVWXY") && (36-sum%36)%36 == c.value(14)
}

func residentCN(c code) bool {
	if region := c.number(0, 2); region < 11 || region > 83 || !c.yyyymmdd(6) {
		return false
	}
	sum := c.weigh(0, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
	return "10X98765432"[sum%11] == c.at[17]
}

func uscc(c code) bool {
	const alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
	sum, weight := 0, 1
	for i := range 18 {
		v := -1
		for k := range len(alphabet) {
			if alphabet[k] == c.at[i] {
				v = k
			}
		}
		if v < 0 {
			return false
		}
		if i == 17 {
			return (31-sum%31)%31 == v
		}
		sum += v * weight
		weight = weight * 3 % 31
	}
	return false
}

func rrn(c code) bool {
	return c.yymmdd(0) && c.number(7, 9) <= 96 && (11-c.weigh(0, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)%11)%10 == c.digit(12)
}

func myNumber(c code) bool {
	rest := c.weigh(0, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11
	if rest > 1 {
		return 11-rest == c.digit(11)
	}
	return c.at[11] == '0' && !c.uniformDigits()
}

func idTW(c code) bool {
	const order = "ABCDEFGHJKLMNPQRSTUVXYWZIO" // 10 to 35
	if !c.in(1, "1289") {
		return false
	}
	for k := range len(order) {
		if order[k] == c.at[0] {
			v := k + 10
			return (v/10+v%10*9+c.weigh(1, 8, 7, 6, 5, 4, 3, 2, 1, 1))%10 == 0
		}
	}
	return false
}

func idHK(c code) bool {
	last := c.n - 1
	if !isDigit(c.at[last]) && c.at[last] != 'A' {
		return false
	}
	sum := c.value(last) + c.weigh(c.n-7, 7, 6, 5, 4, 3, 2) + 8*c.value(c.n-8)
	if c.n == 9 {
		sum += 9 * c.value(0)
	} else {
		sum += 9 * 36
	}
	return sum%11 == 0
}

func nric(c code) bool {
	sum := c.weigh(1, 2, 7, 6, 5, 4, 3, 2)
	switch c.at[0] {
	case 'S':
		return "JZIHGFEDCBA"[sum%11] == c.at[8]
	case 'T':
		return "JZIHGFEDCBA"[(sum+4)%11] == c.at[8]
	case 'F':
		return "XWUTRQPNMLK"[sum%11] == c.at[8]
	case 'G':
		return "XWUTRQPNMLK"[(sum+4)%11] == c.at[8]
	case 'M':
		return "XWUTRQPNJLK"[(sum+3)%11] == c.at[8]
	}
	return false
}

func idTH(c code) bool {
	return c.at[0] != '0' && c.at[0] != '9' && (11-c.weigh(0, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)%11)%10 == c.digit(12)
}

func mykad(c code) bool {
	place := c.number(6, 8)
	return c.yymmdd(0) && place != 0 && place != 17 && place != 18 && place != 19 && place != 20 && place != 69 &&
		place != 70 && place != 73 && place != 80 && place != 81 && place != 94 && place != 95 && place != 96 && place != 97
}

func nik(c code) bool {
	day := c.number(6, 8)
	if day > 40 {
		day -= 40
	}
	province := c.number(0, 2)
	return province >= 11 && province <= 97 && validDay(c.number(10, 12), c.number(8, 10), day) && c.number(12, 16) != 0
}

func npwp(c code) bool { return c.luhn(0, 9) && c.number(0, 9) != 0 }

func cnic(c code) bool { return c.at[0] >= '1' && c.at[0] <= '7' }
