package rules

import "unicode/utf8"

// Letters of other alphabets that look like Latin ones: the part of Unicode's
// confusables (UTS #39, confusables.txt) that common fonts draw alike.
const (
	alikeFrom = "аеорсухіјѕԁһԛԝкАВЕКМНОРСТУХІЈЅԌԚԜ" + "οανρικυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "ıɡɑоһӏ"
	alikeTo   = "aeopcyxijsdhqwkABEKMHOPCTYXIJSGQW" + "oavpikuxABEZHIKMNOPTYX" + "igaohl"
)

// lastAlike is the last of them.
const lastAlike = 0x52F

// alike maps them.
var alike = func() (t [lastAlike + 1]byte) {
	k := 0
	for _, r := range alikeFrom {
		t[r] = alikeTo[k]
		k++
	}
	return t
}()

// homoglyph returns the Latin letter that the letter r, with which s begins,
// passes for, or 0: it must stand in a word with Latin letters. base is the
// last byte before.
func homoglyph(r rune, s string, base byte) byte {
	if r > lastAlike || alike[r] == 0 {
		return 0
	}
	c := alike[r]
	if alpha.has(base) {
		return c
	}
	const reach = 12 // letters of the other alphabet at the beginning of a word
	for n := 0; n < reach && s != ""; n++ {
		r, size := utf8.DecodeRuneInString(s)
		if r < utf8.RuneSelf {
			if alpha.has(s[0]) {
				return c
			}
			return 0
		}
		if r > lastAlike || alike[r] == 0 {
			return 0
		}
		s = s[size:]
	}
	return 0
}
