package mask

import (
	"errors"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Numbers says how a masked JSON number is written.
type Numbers string

// The ways of writing a masked number.
const (
	// NumbersDigits keeps it a number of the same length, so that a receiver
	// who expects a number still gets one: every masked digit becomes 1, or
	// a digit of the HMAC under Hash. A run never starts with 0, and 1s never
	// overflow an integer type that held the old value.
	NumbersDigits Numbers = "digits"
	// NumbersString writes the placeholder as a JSON string.
	NumbersString Numbers = "string"
)

// ParseNumbers reads the word of a configuration; "" is NumbersDigits.
func ParseNumbers(word string) (Numbers, error) {
	switch n := Numbers(word); n {
	case "":
		return NumbersDigits, nil
	case NumbersDigits, NumbersString:
		return n, nil
	}
	return "", errors.New(`numbers: want "digits" or "string"`)
}

// AppendNumber appends the JSON that stands for number, of which the bytes
// from start to end were found. With NumbersDigits only those bytes are
// replaced, by as many; with NumbersString the caller replaces the number as
// a whole.
func (m *Masker) AppendNumber(dst []byte, number string, start, end int, c pii.Category, a Action, how Numbers) []byte {
	if how == NumbersString {
		dst = append(dst, '"')
		from := len(dst)
		dst = m.AppendText(dst, number, c, a)
		quoted := quoteInside(dst[from:])
		return append(append(dst[:from], quoted...), '"')
	}
	value := number[start:end]
	digits := value
	if a.Kind == Hash && m.CanHash() {
		digits = m.hashDigits(value, c)
	}
	left := strings.Count(value, "") // more than there are digits
	if a.Kind == Partial {
		if n := countDigits(value); n > a.KeepLast {
			left = n - a.KeepLast
		}
	}
	for i := range len(value) {
		switch d := value[i]; {
		case d < '0' || d > '9' || left <= 0:
			dst = append(dst, d)
			continue
		case a.Kind == Hash && m.CanHash() && !startsRun(number, start+i):
			dst = append(dst, digits[i])
		default:
			dst = append(dst, '1')
		}
		left--
	}
	return dst
}

// startsRun reports whether the digit at i is the first of its run, which
// must not become 0, nor so great that the number overflows.
func startsRun(number string, i int) bool {
	return i == 0 || number[i-1] < '0' || number[i-1] > '9'
}

// hashDigits returns digits of the HMAC, as many as value has bytes.
func (m *Masker) hashDigits(value string, c pii.Category) string {
	out := make([]byte, 0, len(value))
	for sum := m.sum(normalise(value, c), c); len(out) < len(value); sum = m.sum(string(sum[:]), c) {
		for _, b := range sum {
			if b < 250 && len(out) < len(value) { // without modulo bias
				out = append(out, '0'+b%10)
			}
		}
	}
	return string(out)
}

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			n++
		}
	}
	return n
}

// quoteInside escapes the two characters of a placeholder that JSON needs
// escaped; a format holds no control characters.
func quoteInside(text []byte) []byte {
	return []byte(strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(string(text)))
}
