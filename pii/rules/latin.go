package rules

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Letters of Latin script without their accents.

// lowerRune is r in lower case; the two small sigmas are one.
func lowerRune(r rune) rune {
	if r = unicode.ToLower(r); r == 'ς' {
		return 'σ'
	}
	return r
}

// latinLetters maps the letters U+00C0 to U+021F, by the two bytes of their
// UTF-8, to the lower-case ASCII letter a writer without accents would use.
var latinLetters = func() (t [8][64]byte) {
	plain := map[rune]byte{'ß': 's', 'ø': 'o', 'Ø': 'o', 'ł': 'l', 'Ł': 'l', 'đ': 'd', 'Đ': 'd', 'æ': 'a', 'Æ': 'a', 'ı': 'i', 'œ': 'o', 'Œ': 'o', 'þ': 't', 'Þ': 't', 'ð': 'd', 'Ð': 'd'}
	for r := rune(0xC0); r < 0x220; r++ {
		c := plain[r]
		if d := norm.NFKD.String(string(r)); c == 0 && alpha.has(d[0]) {
			c = lowerByte(d[0])
		}
		t[r>>6&7][r&63] = c
	}
	return t
}()

// latinAt returns the letter at i without case and accent, and its size in
// bytes, or 0, 1 where no Latin letter stands.
func latinAt(text string, i int) (c byte, size int) {
	if i >= len(text) {
		return 0, 1
	}
	b := text[i]
	switch {
	case alpha.has(b):
		return b | 0x20, 1
	case b >= 0xC3 && b <= 0xC8 && i+1 < len(text):
		return latinLetters[b&7][text[i+1]&63], 2
	}
	return 0, 1
}

// isCapital reports whether a Latin word begins with a capital.
func isCapital(word string) bool {
	if word[0] < utf8.RuneSelf {
		return upper.has(word[0])
	}
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}

// foldWord is word without accents where that changes nothing else.
func foldWord(word string) string {
	for i := 0; i < len(word); i++ {
		if word[i] >= utf8.RuneSelf {
			var buf [16]byte
			n := 0
			for k := 0; k < len(word) && n < len(buf); {
				c, size := latinAt(word, k)
				buf[n] = c
				n++
				k += size
			}
			return string(buf[:n])
		}
	}
	return word
}
