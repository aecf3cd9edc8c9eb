package rules_test

import "testing"

// Words about a number in the languages of those who write it.
func TestIdentifiersInManyLanguages(t *testing.T) {
	number := func(text, value string) row { return row{text, text, []string{"account_number " + value}} }
	check(t, []row{
		number("Mein Steuer-ID lautet 86 095 742 719.", "86 095 742 719"),
		number("Rentenversicherungsnummer: 65 170839 J 003", "65 170839 J 003"),
		number("Steuernummer 93815/08152", "93815/08152"),
		number("AHV-Nr. 756.9217.0769.85", "756.9217.0769.85"),
		number("my NHS number is 943 476 5919", "943 476 5919"),
		number("NI number ab 12 34 56 c", "ab 12 34 56 c"),
		number("Le numéro de sécu est le 2 54 01 2A 853 293 31", "2 54 01 2A 853 293 31"),
		number("Mi DNI es 12.345.678-Z", "12.345.678-Z"),
		number(`{"codiceFiscale": "rssmra80a01h501u"}`, "rssmra80a01h501u"),
		number("<codiceFiscale>RSSMRA80A01H501U</codiceFiscale>", "RSSMRA80A01H501U"),
		number("Número de contribuinte: 123456789", "123456789"),
		number("Mijn BSN is 111222333", "111222333"),
		number("rijksregisternummer 85.07.30-033.28", "85.07.30-033.28"),
		number("mój numer PESEL to 44051401359", "44051401359"),
		number("rodné číslo 900101/1239", "900101/1239"),
		number("TAJ szám: 123 456 788", "123 456 788"),
		number("ЕГН 7523169263", "7523169263"),
		number("ИНН: 500100732259", "500100732259"),
		number("СНИЛС 112-233-445 95", "112-233-445 95"),
		number("паспорт 4510 123456", "4510 123456"),
		number("Ο ΑΦΜ μου είναι 094259216", "094259216"),
		number("T.C. Kimlik No: 10000000146", "10000000146"),
		number("מספר זהות 123456782", "123456782"),
		number("身份证号11010519491231002X", "11010519491231002X"),
		number("マイナンバーは 123456789018 です", "123456789018"),
		number("주민등록번호: 900101-1234567", "900101-1234567"),
		number("身分證字號 A123456789", "A123456789"),
		number("เลขประจำตัวประชาชน 1101700230708", "1101700230708"),
		number("आधार 2345 6789 1238", "2345 6789 1238"),
		number("meu CPF é 52998224725", "52998224725"),
		number("cédula de ciudadanía 79.876.543", "79.876.543"),
		number("HETU: 131052A308T", "131052A308T"),
		number("personnummer 8112189876", "8112189876"),
		// Behind the number.
		number("123456782 is my SIN", "123456782"),
		number("44051401359 (PESEL)", "44051401359"),
		// Mistyped, and meant as one all the same.
		number("PESEL: 44051401358", "44051401358"),
		number("NHS number 943 476 5918", "943 476 5918"),
	})
}

func TestNumbersThatOnlyTheirNameTells(t *testing.T) {
	number := func(text, value string) row { return row{text, text, []string{"account_number " + value}} }
	check(t, []row{
		number("customer number 48213", "48213"),
		number("My customer number is K-4821-33.", "K-4821-33"),
		number(`{"account_number": "000123456789"}`, "000123456789"),
		number("policy no PL 8837 22 expires", "PL 8837 22"),
		number("Member ID: W123456789", "W123456789"),
		number("patient_id=00482913&x=1", "00482913"),
		number("MRN 1234567 seen at 10:15", "1234567"),
		number("Kd.-Nr. 123456", "123456"),
		number("Führerschein B072RRE2I55", "B072RRE2I55"),
		number("driver's license number D123-4567-8901", "D123-4567-8901"),
		number("permis de conduire 12AB34567", "12AB34567"),
		number("Passport No: AB1234567", "AB1234567"),
		number("pasaporte AAA123456", "AAA123456"),
		number("护照号码 E12345678", "E12345678"),
		number("パスポート TK1234567", "TK1234567"),
		number("numéro de client 123456", "123456"),
		number("klantnummer 12345", "12345"),
		number("numer klienta: 99887766", "99887766"),
		number("会員番号：12345678", "12345678"),
		number("водительское удостоверение 77 12 345678", "77 12 345678"),
		number("bank account 12345678, sort code", "12345678"),
		number("IBAN: DE12 3456 7890 1234 5678 90", "DE12 3456 7890 1234 5678 90"), // mistyped
		number("IBAN DE89370400440532013000 1234", "DE89370400440532013000"),
		number("card number 4111 1111 1111 1112", "4111 1111 1111 1112"),
	})
	clean(t,
		"Passport issued 12.03.2019", "passport 2019", "account number since 2020", "account no 123", "customer_id: 4821",
		"per RFC 1034/1035 the TTL is 86400", "RFC 1034 12345676", "RFC: 6749 section 4.1 094259216", "audit: table=employee id=300718", "patient id=300718&x=1",
		"account number 1234.56", "customer number: 5 of 7", "account balance 123456", "the account number field has 1024 bytes",
		"account_number_length: 1234", "national id 2024-01-02", "passport: 2024-01-02T10:11:12Z", "order number 1234567",
		"customer number: 550e8400-e29b-41d4-a716-446655440000", "passports 50% 1234", "patient 12345", "policy 2024-11",
	)
}
