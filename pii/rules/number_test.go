package rules_test

import "testing"

func TestCard(t *testing.T) {
	check(t, []row{
		{"Visa bare", "paid with 4242424242424242", []string{"account_number 4242424242424242"}},
		{"Visa in groups", "card_number: 4111 1111 1111 1111", []string{"account_number 4111 1111 1111 1111"}},
		{"Mastercard with dashes", "5555-5555-5555-4444", []string{"account_number 5555-5555-5555-4444"}},
		{"Mastercard 2-series", "2223003122003222", []string{"account_number 2223003122003222"}},
		{"Amex", "3782 822463 10005", []string{"account_number 3782 822463 10005"}},
		{"Amex bare", "amex 378282246310005", []string{"account_number 378282246310005"}},
		{"Discover", "6011111111111117", []string{"account_number 6011111111111117"}},
		{"Diners", "3056 930902 5904", []string{"account_number 3056 930902 5904"}},
		{"JCB", "3530111333300000", []string{"account_number 3530111333300000"}},
		{"UnionPay", "6200 0000 0000 0005", []string{"account_number 6200 0000 0000 0005"}},
		{"Visa of 13 digits, announced", "card 4222222222222", []string{"account_number 4222222222222"}},
		{"dots", "4111.1111.1111.1111", []string{"account_number 4111.1111.1111.1111"}},
		{"underscores and slashes", "4111_1111_1111_1111 4111/1111/1111/1111", []string{"account_number 4111_1111_1111_1111", "account_number 4111/1111/1111/1111"}},
		{"odd groups", "41-11 1111.1111-1111", []string{"account_number 41-11 1111.1111-1111"}},
		{"spaced out", "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", []string{"account_number 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"}},
		{"two spaces and tabs", "4111  1111\t1111 \t1111", []string{"account_number 4111  1111\t1111 \t1111"}},
		{"over a line break", "4111 1111\n1111 1111", []string{"account_number 4111 1111\n1111 1111"}},
		{"each group on its own line", "4111\n1111\n1111\n1111", []string{"account_number 4111\n1111\n1111\n1111"}},
		{"expiry after it", "4111 1111 1111 1111 12/27 123", []string{"account_number 4111 1111 1111 1111"}},
		{"number before it", "pay 3 4111 1111 1111 1111", []string{"account_number 4111 1111 1111 1111"}},
		{"two in a row", "4111 1111 1111 1111 5555 5555 5555 4444", []string{"account_number 4111 1111 1111 1111", "account_number 5555 5555 5555 4444"}},
		{"full-width", "４１１１　１１１１　１１１１　１１１１", []string{"account_number ４１１１　１１１１　１１１１　１１１１"}},
		{"Arabic-Indic", "٤١١١ ١١١١ ١١١١ ١١١١", []string{"account_number ٤١١١ ١١١١ ١١١١ ١١١١"}},
		{"Devanagari", "४१११११११११११११११", []string{"account_number ४१११११११११११११११"}},
		{"mathematical digits", "𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏", []string{"account_number 𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏"}},
		{"keycaps", "4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣", []string{"account_number 4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣"}},
		{"struck out", "4̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶", []string{"account_number 4̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶1̶"}},
		{"zero-width in groups", "4111\u200b1111\u200b1111\u200b1111", []string{"account_number 4111\u200b1111\u200b1111\u200b1111"}},
		{"NUL inside", "4111\x001111\x001111\x001111", []string{"account_number 4111\x001111\x001111\x001111"}},
		{"NUL around", "user\x004111111111111111\x00next", []string{"account_number 4111111111111111"}},
		{"terminal colours", "\x1b[31m4111111111111111\x1b[0m", []string{"account_number 4111111111111111"}},
		{"Unicode dashes", "4111–1111—1111‑1111", []string{"account_number 4111–1111—1111‑1111"}},
		{"no-break spaces", "4111\u00a01111\u202f1111\u20091111", []string{"account_number 4111\u00a01111\u202f1111\u20091111"}},
		{"middle dots", "4111·1111·1111·1111", []string{"account_number 4111·1111·1111·1111"}},
		{"letters of other scripts around", "カード4111111111111111です", []string{"account_number 4111111111111111"}},
		{"glued to its word", "Visa4111111111111111 ssn078051120", []string{"account_number 4111111111111111", "account_number 078051120"}},
		{"JSON", `{"card":"4111111111111111","n":4111111111111111}`, []string{"account_number 4111111111111111", "account_number 4111111111111111"}},
	})
	clean(t,
		"4111 1111 1111 1112", "4242424242424241", // Luhn
		"1732445678123", "1000000000008", "17324456781239", // times
		"9999999999999995", "0000000000000000", "1111111111111117", // no issuer
		"41111111111111111111111", "411111111111", // lengths
		"a4111111111111111", "4111111111111111b", "0x4111111111111111", // parts of words
		"0.4111111111111111", "4111111111111111.5", "12,4111111111111111",
		"12345678-1234-4111-8111-111111111111", "41111111-1111-4111-9111-111111111111",
		"4006381333931",        // an EAN
		"4222222222222",        // 13 digits, nothing says card
		"40.712776 -74.005975", // coordinates
		"23 22 21 20 19 18 17 16", "09 74 68 69 73 3d 22 61 20 64 69 63 74 69 6f", "2.718281828459045",
		"trace_id=4532015112830366000", "span 4000000000000000000",
	)
}

func TestIBAN(t *testing.T) {
	check(t, []row{
		{"Germany in groups", "IBAN DE89 3704 0044 0532 0130 00 bitte", []string{"account_number DE89 3704 0044 0532 0130 00"}},
		{"Germany bare", "DE89370400440532013000", []string{"account_number DE89370400440532013000"}},
		{"Britain has letters", "GB82 WEST 1234 5698 7654 32.", []string{"account_number GB82 WEST 1234 5698 7654 32"}},
		{"lower case", "iban: gb82west12345698765432", []string{"account_number gb82west12345698765432"}},
		{"France", "FR14 2004 1010 0505 0001 3M02 606", []string{"account_number FR14 2004 1010 0505 0001 3M02 606"}},
		{"Norway, the shortest", "NO9386011117947", []string{"account_number NO9386011117947"}},
		{"Malta", "MT84MALT011000012345MTLCAST001S", []string{"account_number MT84MALT011000012345MTLCAST001S"}},
		{"Switzerland with dashes", "CH93-0076-2011-6238-5295-7", []string{"account_number CH93-0076-2011-6238-5295-7"}},
		{"Netherlands with dots", "NL91.ABNA.0417.1643.00", []string{"account_number NL91.ABNA.0417.1643.00"}},
		{"spaced out", "D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0", []string{"account_number D E 8 9 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 0 0 0"}},
		{"over line breaks", "DE89 3704 0044\n0532 0130 00", []string{"account_number DE89 3704 0044\n0532 0130 00"}},
		{"full-width", "ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ００", []string{"account_number ＤＥ８９ ３７０４ ００４４ ０５３２ ０１３０ ００"}},
		{"zero-width inside", "DE\u200b8937040044\u20600532013000", []string{"account_number DE\u200b8937040044\u20600532013000"}},
		{"no-break spaces", "DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000", []string{"account_number DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000"}},
		{"key and value", "iban=DE89370400440532013000;bic=X", []string{"account_number DE89370400440532013000"}},
		{"JSON", `{"iban":"DE89370400440532013000"}`, []string{"account_number DE89370400440532013000"}},
	})
	clean(t,
		"DE88370400440532013000", "DE8937040044053201300", "DE893704004405320130000", "XX89370400440532013000",
		"ZDE89370400440532013000", "DE89370400440532013000X", "be52244b-2e3c-4309-8d03-b10322222222", "de 89 and 3704 0044",
	)
}

func TestSSN(t *testing.T) {
	check(t, []row{
		{"dashes", "my number is 219-09-9999, thanks", []string{"account_number 219-09-9999"}},
		{"the wallet-maker's", "078-05-1120", []string{"account_number 078-05-1120"}},
		{"bare after its key", "ssn: 078051120", []string{"account_number 078051120"}},
		{"JSON key", `{"ssn":"078051120"}`, []string{"account_number 078051120"}},
		{"long key", "social_security_number=078051120", []string{"account_number 078051120"}},
		{"prose", "Social Security number 078 05 1120", []string{"account_number 078 05 1120"}},
		{"spaces", "078 05 1120", []string{"account_number 078 05 1120"}},
		{"dots", "078.05.1120", []string{"account_number 078.05.1120"}},
		{"odd groups by word", "SSN 0780 51120", []string{"account_number 0780 51120"}},
		{"spaced out by word", "SSN: 0 7 8 0 5 1 1 2 0", []string{"account_number 0 7 8 0 5 1 1 2 0"}},
		{"en dashes", "078–05–1120", []string{"account_number 078–05–1120"}},
		{"full-width", "０７８-０５-１１２０", []string{"account_number ０７８-０５-１１２０"}},
		{"zero-width inside", "0\u200b78-0\u200b5-11\u200b20", []string{"account_number 0\u200b78-0\u200b5-11\u200b20"}},
		{"camel case key", "employeeSSN: 078051120", []string{"account_number 078051120"}},
		{"after a date", "born 1980, 078-05-1120", []string{"account_number 078-05-1120"}},
	})
	clean(t,
		"000-12-3456", "666-12-3456", "900-12-3456", "987-65-4320", "123-00-4567", "123-45-0000",
		"078051120", "order 078051120", "id=078051120", "1078-05-1120", "078-05-11200", "078-05-1120-3", "12-078-05-1120",
		"a078-05-1120", "078-05-1120x", "ssn: 666051120", "lessn: 12", "078-051-120", "2026-11-24",
	)
}

func TestWrappedCard(t *testing.T) {
	check(t, []row{
		{"after two groups", "pay with 4111 1111\n1111 1111 please", []string{"account_number 4111 1111\n1111 1111"}},
		{"after one", "4111\r\n1111 1111 1111", []string{"account_number 4111\r\n1111 1111 1111"}},
		{"behind a dash", "4111-1111-1111-\n1111", []string{"account_number 4111-1111-1111-\n1111"}},
	})
	clean(t, "4111 1111\n1111 1111\n1234 5678", "1000 2000\n4111 1111\n1111 1111\n3000 4000", "4111 1112\n1111 1111")
}
