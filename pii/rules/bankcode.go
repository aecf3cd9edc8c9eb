package rules

import "strings"

// bankLike reports whether text is a number of a bank: a BIC (ISO 9362), a
// routing number of the United States (ABA: weights 3, 7, 1), a sort code, a
// Bankleitzahl, an IFSC.
func bankLike(text string) bool {
	code := strings.NewReplacer(" ", "", "-", "").Replace(text)
	if allDigits(code) {
		sum := 0
		for i := 0; i < len(code); i++ {
			sum += int(code[i]-'0') * [3]int{3, 7, 1}[i%3]
		}
		return len(code) == 6 || len(code) == 8 || len(code) == 9 && sum%10 == 0
	}
	for i := 0; i < len(code); i++ {
		if !alnum.has(code[i]) || i < 4 && !alpha.has(code[i]) {
			return false
		}
	}
	return len(code) == 8 || len(code) == 11
}
