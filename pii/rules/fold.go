package rules

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

type action uint8

const (
	keep    action = iota // the character stands for itself
	drop                  // invisible, or no character at all
	replace               // something else stands for it
)

// ascii holds every ASCII character, to slice one-byte strings from.
var ascii = func() string {
	var b [utf8.RuneSelf]byte
	for i := range b {
		b[i] = byte(i)
	}
	return string(b[:])
}()

func one(c byte) string { return ascii[c : c+1] }

// fold reads the first character of s and says what stands for it in the
// shadow. base is the last byte of the shadow so far, or 0.
func fold(s string, base byte) (out string, size int, act action) {
	if c := s[0]; c < utf8.RuneSelf {
		return foldASCII(s)
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError { // invalid bytes, and U+FFFD which stands for them
		if c, size := overlong(s); size > 0 {
			return one(c), size, replace
		}
		return "", size, drop
	}
	if c := homoglyph(r, s, base); c != 0 {
		return one(c), size, replace
	}
	switch {
	case commonLetter(r):
		return "", size, keep
	case unicode.Is(ignorable, r):
		return "", size, drop
	case unicode.Is(unicode.M, r):
		// Marks over ASCII (struck-out digits, keycaps) are decoration;
		// over other letters they are spelling.
		if base != 0 && base < utf8.RuneSelf {
			return "", size, drop
		}
		return "", size, keep
	}
	if d, ok := digitValue(r); ok {
		return one('0' + d), size, replace
	}
	if c := lookalike(r); c != 0 {
		return one(c), size, replace
	}
	return foldCompat(s[:size], size)
}

// overlong reads an ASCII character that is written with two to four bytes.
// UTF-8 forbids that (RFC 3629, section 10), and lax decoders read it.
func overlong(s string) (c byte, size int) {
	var zero int // bytes of nothing but zeros between the first and the last two
	switch s[0] {
	case 0xC0, 0xC1:
		if len(s) > 1 && s[1]&0xC0 == 0x80 {
			return s[0]&1<<6 | s[1]&0x3F, 2
		}
		return 0, 0
	case 0xE0:
		zero = 0
	case 0xF0:
		zero = 1
	default:
		return 0, 0
	}
	if len(s) < zero+3 || zero == 1 && s[1] != 0x80 || s[zero+1]&0xFE != 0x80 || s[zero+2]&0xC0 != 0x80 {
		return 0, 0
	}
	return s[zero+1]&1<<6 | s[zero+2]&0x3F, zero + 3
}

// foldASCII drops control characters, and terminal colour sequences whole
// (ECMA-48 §5.4: ESC [ parameters final).
func foldASCII(s string) (string, int, action) {
	switch c := s[0]; {
	case c == 0x1b:
		if len(s) < 2 || s[1] != '[' {
			return "", 1, drop
		}
		i := 2
		for i < len(s) && i < 32 && s[i] >= 0x20 && s[i] < 0x40 {
			i++
		}
		if i < len(s) && s[i] >= 0x40 && s[i] < 0x7f {
			return "", i + 1, drop
		}
		return "", 1, drop
	case c == '\v' || c == '\f':
		return " ", 1, replace
	case c == 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t':
		return "", 1, drop
	default:
		return "", 1, keep
	}
}

// foldCompat replaces full-width, mathematical, circled and other
// compatibility forms whose decomposition is ASCII (UAX #15, NFKD).
func foldCompat(char string, size int) (string, int, action) {
	d := norm.NFKD.PropertiesString(char).Decomposition()
	if len(d) == 0 {
		return "", size, keep
	}
	for _, c := range d {
		if c >= utf8.RuneSelf || c < ' ' {
			return "", size, keep
		}
	}
	if len(d) == 1 {
		return one(d[0]), size, replace
	}
	return string(d), size, replace
}

// commonLetter is a shortcut for the bulk of non-ASCII text: letters of which
// no fold knows anything.
func commonLetter(r rune) bool {
	return r >= 0xC0 && r < 0x2B0 && r != 0xD7 && r != 0xF7 && !(r >= 0x1C4 && r <= 0x1F3) && r != 0x17F ||
		r >= 0x400 && r < 0x483 ||
		r >= 0x3041 && r < 0x3097 || r >= 0x30A1 && r < 0x30FB ||
		r >= 0x3400 && r < 0xA000 || r >= 0xAC00 && r < 0xD7A4
}

// digitValue gives the value of a decimal digit of any script. Every range of
// category Nd is a multiple of ten long and begins with a zero (Unicode
// Standard §4.6).
func digitValue(r rune) (byte, bool) {
	if r < 0x660 || !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, rg := range unicode.Nd.R16 {
		if r >= rune(rg.Lo) && r <= rune(rg.Hi) {
			return byte((r - rune(rg.Lo)) % 10), true
		}
	}
	for _, rg := range unicode.Nd.R32 {
		if r >= rune(rg.Lo) && r <= rune(rg.Hi) {
			return byte((r - rune(rg.Lo)) % 10), true
		}
	}
	return 0, false
}

// lookalike gives the ASCII separator or quote that a reader takes r for.
func lookalike(r rune) byte {
	switch {
	case r == 0x2212 || r == 0x2043 || unicode.Is(unicode.Pd, r):
		return '-'
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return '\n'
	case unicode.Is(unicode.Zs, r):
		return ' '
	}
	switch r {
	case '·', '•', '‧', '∙', '⋅', '・', '･', '。', '｡', '․':
		return '.'
	case '‘', '’', '‚', '‛', '′':
		return '\''
	case '“', '”', '„', '‟', '«', '»', '″', '「', '」':
		return '"'
	case '∶', '꞉', 'ː':
		return ':'
	case '⁄', '∕', '⧸':
		return '/'
	}
	return 0
}

// ignorable holds the default-ignorable code points (DerivedCoreProperties,
// Unicode 15), the C1 controls except NEL, and the Braille blank.
var ignorable = &unicode.RangeTable{
	R16: []unicode.Range16{
		{0x80, 0x84, 1},
		{0x86, 0x9F, 1},
		{0xAD, 0xAD, 1},
		{0x34F, 0x34F, 1},
		{0x61C, 0x61C, 1},
		{0x115F, 0x1160, 1},
		{0x17B4, 0x17B5, 1},
		{0x180B, 0x180F, 1},
		{0x200B, 0x200F, 1},
		{0x202A, 0x202E, 1},
		{0x2060, 0x206F, 1},
		{0x2800, 0x2800, 1},
		{0x3164, 0x3164, 1},
		{0xFE00, 0xFE0F, 1},
		{0xFEFF, 0xFEFF, 1},
		{0xFFA0, 0xFFA0, 1},
		{0xFFF0, 0xFFFB, 1},
	},
	R32: []unicode.Range32{
		{0x1BCA0, 0x1BCA3, 1}, {0x1D173, 0x1D17A, 1}, {0xE0000, 0xE0FFF, 1},
	},
	LatinOffset: 3,
}
