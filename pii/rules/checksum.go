package rules

// maxCode is the length of the longest identifier with a fixed form.
const maxCode = 20

// code is an identifier without its separators: digits and upper-case
// letters. It is passed by value, so that checks called through the table
// cost no allocation.
type code struct {
	at [maxCode]byte
	n  int
}

// digit returns the value of the digit at i.
func (c *code) digit(i int) int { return int(c.at[i] - '0') }

// value returns the value of the digit or letter at i: 0–9, A = 10 … Z = 35.
func (c *code) value(i int) int {
	if isDigit(c.at[i]) {
		return int(c.at[i] - '0')
	}
	return int(c.at[i]-'A') + 10
}

// number returns the digits [from, to) as a number.
func (c *code) number(from, to int) int {
	v := 0
	for i := from; i < to; i++ {
		v = v*10 + c.digit(i)
	}
	return v
}

// weigh returns the sum of the digits from offset from on, each times its weight.
func (c *code) weigh(from int, weights ...int) int {
	sum := 0
	for k, w := range weights {
		sum += w * c.digit(from+k)
	}
	return sum
}

// isLetter reports whether a letter of set stands at i.
func (c *code) in(i int, set string) bool {
	for k := 0; k < len(set); k++ {
		if set[k] == c.at[i] {
			return true
		}
	}
	return false
}

// luhn is the check of ISO/IEC 7812-1 annex B over the digits [from, to).
func (c *code) luhn(from, to int) bool { return c.luhnSum(from, to)%10 == 0 }

func (c *code) luhnSum(from, to int) int {
	sum := 0
	for i := to - 1; i >= from; i-- {
		if d := c.digit(i); (to-1-i)&1 == 1 {
			sum += double(d)
		} else {
			sum += d
		}
	}
	return sum
}

// mod11x10 is the hybrid system MOD 11,10 of ISO/IEC 7064 over all digits.
func (c *code) mod11x10() bool {
	p := 10
	for i := range c.n - 1 {
		if p = (p + c.digit(i)) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+c.digit(c.n-1))%10 == 1
}

// verhoeff is the check of J. Verhoeff, "Error Detecting Decimal Codes"
// (1969), over the digits [from, to).
func (c *code) verhoeff(from, to int) bool {
	check := byte(0)
	for i := to - 1; i >= from; i-- {
		check = dihedral(check, verhoeffTurn[(to-1-i)&7][c.digit(i)])
	}
	return check == 0
}

// dihedral multiplies in the group of the pentagon's symmetries: 0–4 are its
// rotations, 5–9 its reflections.
func dihedral(a, b byte) byte {
	switch {
	case a < 5 && b < 5:
		return (a + b) % 5
	case a < 5:
		return (a+b)%5 + 5
	case b < 5:
		return (a-b)%5 + 5
	default:
		return (a - b + 5) % 5
	}
}

// verhoeffTurn holds the powers of Verhoeff's permutation.
var verhoeffTurn = func() (t [8][10]byte) {
	first := [10]byte{1, 5, 7, 6, 2, 8, 3, 0, 9, 4}
	for d := range 10 {
		t[0][d] = byte(d)
	}
	for k := 1; k < 8; k++ {
		for d := range 10 {
			t[k][d] = first[t[k-1][d]]
		}
	}
	return t
}()

// uniformDigits reports whether all digits are the same: what people type
// into a field they do not want to fill.
func (c *code) uniformDigits() bool {
	for i := 1; i < c.n; i++ {
		if c.at[i] != c.at[0] {
			return false
		}
	}
	return true
}
