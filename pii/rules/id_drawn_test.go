package rules

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Identifiers for which there is no oracle to ask: each is drawn by a second
// reading of how its issuer describes it, written apart from the checks and in
// another way, with nothing of theirs.

// drawnRow is how to draw valid numbers of a row.
type drawnRow struct {
	row   string
	check int  // where the check digit stands, from the end; 0: the last
	every bool // the check tells any other digit, too
	draw  func(t *rapid.T) string
}

// text draws n characters of an alphabet.
func text(t *rapid.T, n int, alphabet string) string {
	var b strings.Builder
	for range n {
		b.WriteByte(alphabet[rapid.IntRange(0, len(alphabet)-1).Draw(t, "place")])
	}
	return b.String()
}

func numerals(t *rapid.T, n int) string { return text(t, n, "0123456789") }

// drawDay draws a day of the last century.
func drawDay(t *rapid.T) (year, month, day int) {
	return rapid.IntRange(1901, 1999).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day")
}

// sumOf adds the products of digits and weights, both written out; weights of
// two digits are parted by blanks.
func sumOf(digits, weights string) (sum int) {
	list := strings.Fields(weights)
	if len(list) == 1 {
		list = strings.Split(weights, "")
	}
	for k, w := range list {
		weight, _ := strconv.Atoi(w)
		sum += weight * int(digits[k]-'0')
	}
	return sum
}

// crossed is sumOf with the cross sums of the products.
func crossed(digits, weights string) (sum int) {
	for k := range len(digits) {
		for _, c := range fmt.Sprint(int(digits[k]-'0') * int(weights[k]-'0')) {
			sum += int(c - '0')
		}
	}
	return sum
}

// ordinal writes the place of a capital in the alphabet in two digits.
func ordinal(letter byte) string { return fmt.Sprintf("%02d", letter-'A'+1) }

const capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

var drawnRows = []drawnRow{
	// Anlage zur VKVV: Bereichsnummer, Geburtsdatum, Anfangsbuchstabe,
	// Seriennummer; Quersummen der Produkte, modulo 10.
	{"DE RVNR", 0, false, func(t *rapid.T) string {
		year, month, day := drawDay(t)
		head := fmt.Sprintf("%02d%02d%02d%02d", rapid.IntRange(2, 89).Draw(t, "area"), day, month, year%100)
		letter, serial := text(t, 1, capitals), numerals(t, 2)
		return head + letter + serial + fmt.Sprint(crossed(head+ordinal(letter[0])+serial, "212571212121")%10)
	}},
	// GKV-Spitzenverband, "Krankenversichertennummer": letter as two digits,
	// weights 1 and 2 in turn, cross sums, modulo 10.
	{"DE KVNR", 0, true, func(t *rapid.T) string {
		letter, rest := text(t, 1, capitals), numerals(t, 8)
		return letter + rest + fmt.Sprint(crossed(ordinal(letter[0])+rest, "1212121212")%10)
	}},
	// BSI TR-03127, ICAO Doc 9303: A is 10, weights 7 3 1.
	{"DE Personalausweis", 0, true, func(t *rapid.T) string {
		serial := text(t, 1, "CFGHJKLMNPRTVWXYZ") + text(t, 8, "0123456789CFGHJKLMNPRTVWXYZ")
		return serial + fmt.Sprint(icao(serial)%10)
	}},
	// NHS Scotland: a date, two digits, one for the sex, modulo 11.
	{"GB CHI", 0, true, func(t *rapid.T) string {
		for {
			year, month, day := drawDay(t)
			head := fmt.Sprintf("%02d%02d%02d", day, month, year%100) + numerals(t, 3)
			if rest := sumOf(head, "10 9 8 7 6 5 4 3 2") % 11; rest != 1 {
				return head + fmt.Sprint((11-rest)%11)
			}
		}
	}},
	// DEA: odd digits, and twice the even ones; the last digit of the sum.
	{"US DEA", 0, false, func(t *rapid.T) string {
		six := numerals(t, 6)
		sum := sumOf(six, "101010") + 2*sumOf(six, "010101")
		return text(t, 1, "ABFGMPR") + text(t, 1, capitals) + six + fmt.Sprint(sum%10)
	}},
	// Ontario: the last of ten digits makes Luhn's sum a multiple of ten.
	{"CA OHIP", 0, true, func(t *rapid.T) string {
		nine := text(t, 1, "123456789") + numerals(t, 8)
		return nine + fmt.Sprint((10-crossed(nine, "212121212")%10)%10)
	}},
	// 內政部: A 10, B 11 … with I, O, W and the others out of turn.
	{"TW national ID", 0, false, func(t *rapid.T) string {
		values := map[string]int{
			"A": 10, "B": 11, "C": 12, "D": 13, "E": 14, "F": 15, "G": 16, "H": 17, "I": 34, "J": 18, "K": 19, "L": 20, "M": 21,
			"N": 22, "O": 35, "P": 23, "Q": 24, "R": 25, "S": 26, "T": 27, "U": 28, "V": 29, "W": 32, "X": 30, "Y": 31, "Z": 33,
		}
		letter, eight := text(t, 1, capitals), text(t, 1, "12")+numerals(t, 7)
		return letter + eight + fmt.Sprint((10-sumOf(fmt.Sprint(values[letter])+eight, "1987654321")%10)%10)
	}},
	// Hong Kong: a blank counts 36, A is 10; modulo 11, ten is A.
	{"HK ID", 0, true, func(t *rapid.T) string {
		letters, six := text(t, rapid.IntRange(1, 2).Draw(t, "letters"), capitals), numerals(t, 6)
		sum := sumOf(six, "765432") + 8*(int(letters[len(letters)-1])-55)
		if len(letters) == 2 {
			sum += 9 * (int(letters[0]) - 55)
		} else {
			sum += 9 * 36
		}
		return letters + six + "0123456789A"[(11-sum%11)%11:][:1]
	}},
	// Singapore: 4 is added for T and G, 3 for M; letters by the series.
	{"SG NRIC", 0, true, func(t *rapid.T) string {
		first, seven := text(t, 1, "STFGM"), numerals(t, 7)
		sum := sumOf(seven, "2765432") + map[string]int{"T": 4, "G": 4, "M": 3}[first]
		letters := map[string]string{"S": "JZIHGFEDCBA", "T": "JZIHGFEDCBA", "F": "XWUTRQPNMLK", "G": "XWUTRQPNMLK", "M": "XWUTRQPNJLK"}[first]
		return first + seven + letters[sum%11:][:1]
	}},
	// HISO 10046: letters without I and O count from 1; weights 7 to 2; modulo
	// 11, or 23 where the check is a letter.
	{"NZ NHI", 0, true, func(t *rapid.T) string {
		const letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
		newer := rapid.Bool().Draw(t, "newer")
		for {
			six := text(t, 3, letters) + numerals(t, 2)
			if newer {
				six += text(t, 1, letters)
			} else {
				six += numerals(t, 1)
			}
			sum := 0
			for k, c := range six {
				value := strings.IndexRune(letters, c) + 1
				if value == 0 {
					value = int(c - '0')
				}
				sum += value * (7 - k)
			}
			if newer {
				return six + letters[22-sum%23:][:1]
			}
			if sum%11 != 0 {
				return six + fmt.Sprint((11-sum%11)%10)
			}
		}
	}},
	// Poland: the check digit stands first behind the letters; A is 10.
	{"PL dowód", 5, true, func(t *rapid.T) string {
		letters, five := text(t, 3, capitals), numerals(t, 5)
		return letters + fmt.Sprint(icao(letters+five)%10) + five
	}},
	// Seguridad Social: province, serial number, both as one number modulo
	// 97; a serial number below ten millions has seven digits there.
	{"ES NUSS", 0, false, func(t *rapid.T) string {
		province, serial := rapid.IntRange(1, 53).Draw(t, "province"), rapid.IntRange(0, 99999999).Draw(t, "serial")
		both, _ := strconv.Atoi(fmt.Sprintf("%d%07d", province, serial)) // no zero between if it has eight
		return fmt.Sprintf("%02d%08d%02d", province, serial, both%97)
	}},
	// Segurança Social: primes from 29 down to 2, nine less the last digit.
	{"PT NISS", 0, false, func(t *rapid.T) string {
		ten := text(t, 1, "12") + numerals(t, 9)
		return ten + fmt.Sprint(9-sumOf(ten, "29 23 19 17 13 11 7 5 3 2")%10)
	}},
	// Services Australia: the ninth digit checks eight; then the issue.
	{"AU Medicare", 1, false, func(t *rapid.T) string {
		eight := text(t, 1, "23456") + numerals(t, 7)
		return eight + fmt.Sprint(sumOf(eight, "13791379")%10) + text(t, 1, "123456789")
	}},
	// Hungary: weights 3 and 7 in turn, modulo 10.
	{"HU TAJ", 0, true, func(t *rapid.T) string {
		eight := text(t, 1, "123456789") + numerals(t, 6) + text(t, 1, "0123456789")
		return eight + fmt.Sprint(sumOf(eight, "37373737")%10)
	}},
	// Hungary: 8, the days since 1867, three digits; each times its place,
	// modulo 11.
	{"HU adóazonosító", 0, true, func(t *rapid.T) string {
		for {
			nine := "8" + numerals(t, 8)
			if rest := sumOf(nine, "123456789") % 11; rest < 10 {
				return nine + fmt.Sprint(rest)
			}
		}
	}},
	// Hungary: sex and century, date, serial; places as weights, modulo 11.
	{"HU személyi azonosító", 0, false, func(t *rapid.T) string {
		for {
			year, month, day := drawDay(t)
			ten := text(t, 1, "12") + fmt.Sprintf("%02d%02d%02d", year%100, month, day) + numerals(t, 3)
			weights := "1 2 3 4 5 6 7 8 9 10"
			if year > 1996 {
				weights = "10 9 8 7 6 5 4 3 2 1"
			}
			if rest := sumOf(ten, weights) % 11; rest < 10 {
				return ten + fmt.Sprint(rest)
			}
		}
	}},
	// СФР: weights 9 to 1, modulo 101, of which 100 is written 00.
	{"RU SNILS", 0, false, func(t *rapid.T) string {
		nine := text(t, 1, "123456789") + numerals(t, 8)
		return nine + fmt.Sprintf("%02d", sumOf(nine, "987654321")%101%100)
	}},
	// Banxico: weights 3 7 1, the last digit of each product.
	{"MX CLABE", 0, true, func(t *rapid.T) string {
		body := text(t, 1, "123456789") + numerals(t, 16)
		sum := 0
		for k, c := range body {
			sum += int(c-'0') * []int{3, 7, 1}[k%3] % 10
		}
		return body + fmt.Sprint((10-sum%10)%10)
	}},
	// DNIC: weights 2 9 8 7 6 3 4; what is missing to ten.
	{"UY CI", 0, false, func(t *rapid.T) string {
		seven := text(t, 1, "123456") + numerals(t, 6)
		return seven + fmt.Sprint((1000-sumOf(seven, "2987634"))%10)
	}},
}

// icao is the sum of ICAO Doc 9303-3 §4.9: A is 10, weights 7 3 1.
func icao(serial string) (sum int) {
	for k, c := range serial {
		value, _ := strconv.ParseInt(string(c), 36, 64)
		sum += int(value) * []int{7, 3, 1}[k%3]
	}
	return sum
}

// Drawn numbers are valid and are found behind their names; with another check
// digit they are not valid, and with any other digit where the check tells it.
func TestDrawnIdentifiers(t *testing.T) {
	for _, d := range drawnRows {
		t.Run(d.row, rapid.MakeCheck(func(t *rapid.T) {
			id, number := rowNamed(t, d.row), d.draw(t)
			if same(number) {
				t.Skip("one digit over and over is nobody's")
			}
			if !id.check(asCode(number)) {
				t.Fatalf("%s is not valid", number)
			}
			if in := id.word() + ": " + number; !only(in, number) {
				t.Fatalf("in %q found %v", in, New().AppendSpans(nil, in))
			}
			at := len(number) - 1 - d.check
			if d.every {
				at = rapid.IntRange(0, len(number)-1).Draw(t, "at")
			}
			if wrong := number[:at] + another(t, number[at]) + number[at+1:]; wrong != number && id.check(asCode(wrong)) {
				t.Fatalf("%s is valid, but %s, too", number, wrong)
			}
		}))
	}
}

// another draws another digit or letter for one.
func another(t *rapid.T, c byte) string {
	if isDigit(c) {
		return fmt.Sprint((int(c-'0') + rapid.IntRange(1, 9).Draw(t, "other")) % 10)
	}
	return string(c)
}

func same(number string) bool { return strings.Trim(number, number[:1]) == "" }

// Numbers without a check have rules of their own for each place.
func TestDrawnForms(t *testing.T) {
	for _, tc := range []struct {
		row          string
		right, wrong []string
	}{
		// HMRC: D, F, I, Q, U and V stand in neither place, O not in the second,
		// nor are BG, GB, KN, NK, NT, TN and ZZ given; the suffix is A to D.
		{"GB NINO", []string{"AB123456C", "JG103759A", "PX000001D", "YZ999999B"}, []string{"DB123456C", "AV123456C", "AO123456C", "GB123456A", "ZZ123456A", "AB123456E"}},
		// CMS: never S, L, O, I, B or Z, and no 0 in the first place.
		{"US MBI", []string{"1EG4TE5MK73", "9AA9AA9AA99", "2C00Y00HH11"}, []string{"0EG4TE5MK73", "1SG4TE5MK73", "1EG4TB5MK73", "1EGATE5MK73"}},
		// DVLA: month 13 and day 0 are none, also with the 50 added for women.
		{"GB driving licence", []string{"MORGA657054SM9IJ", "JONES801010A99AB", "SMITH912319XX9CD"}, []string{"MORGA613054SM9IJ", "MORGA663054SM9IJ", "MORGA657004SM9IJ", "MORGA65705SM9IJ"}},
	} {
		id := rowNamed(t, tc.row)
		for _, right := range tc.right {
			if in := id.word() + ": " + right; !only(in, right) {
				t.Errorf("in %q found %v", in, New().AppendSpans(nil, in))
			}
			if !wellFormed(id, right) {
				t.Errorf("%s: %s is not valid", tc.row, right)
			}
		}
		for _, wrong := range tc.wrong {
			if wellFormed(id, wrong) {
				t.Errorf("%s: %s is valid", tc.row, wrong)
			}
			if in := "received " + wrong; only(in, wrong) {
				t.Errorf("in %q it was found", in)
			}
		}
	}
}

// wellFormed reports whether text is one of the row's codes.
func wellFormed(id *idKind, text string) bool {
	for form := range strings.SplitSeq(id.forms, "|") {
		ok := len(form) == len(text)
		for k := 0; ok && k < len(form); k++ {
			ok = fits(text[k], form[k])
		}
		if ok && id.check(asCode(text)) {
			return true
		}
	}
	return false
}
