package lane

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf }

// openers stand before the first word of something.
const openers = "\"'([{*_`<>#“„‘«¿¡"

// leading is the length of the character that text begins with, if it is one
// that says nothing: white space, or a mark that may follow a sentence.
func leading(text []byte) int {
	if isSpace(text[0]) {
		return 1
	}
	return leadingMarks(text[:min(len(text), 1)])
}

// leadingMarks is how many bytes of marks that may follow the end of a
// sentence text begins with.
func leadingMarks(text []byte) (n int) {
	for n < len(text) && bytes.IndexByte([]byte(`.!?"')]}*_`+"`"), text[n]) >= 0 {
		n++
	}
	return n
}

// longToken is the length in bytes from which a token may be a key.
const longToken = 20

// mayWrap reports whether a word at the end of a line may go on in the next:
// one of the kind of keys, or a number of more digits than a count has.
func mayWrap(word, line []byte) bool {
	if len(word) == 0 {
		return false
	}
	switch last := word[len(word)-1]; {
	case len(word) >= longToken, last == '-', last == '@', last == '+', last == '(':
		return true
	case isDigit(last) && !bytes.ContainsFunc(word, unicode.IsLetter):
		return endsInNumber(line, minGroups)
	}
	return bytes.ContainsAny(word, "0123456789") && !saysNothing(word)
}

// minGroups is how many digits a number has that may go on in the next line.
const minGroups = 3

// isPlainWord reports whether a word is made of letters, at least two.
func isPlainWord(word []byte) bool {
	letters := 0
	for len(word) > 0 {
		r, n := utf8.DecodeRune(word)
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’' {
			return false
		}
		letters++
		word = word[n:]
	}
	return letters > 1
}

// askable reports whether it is worth asking if a word before a full stop is
// masked: it looks like a name, or like what the cheap detectors find and does
// not go on behind a full stop. before is the text up to the stop.
func askable(word, before []byte) (ask, cheap bool) {
	if at := bytes.LastIndexByte(word, '@'); at >= 0 {
		dot := bytes.LastIndexByte(word[at:], '.')
		_, last := lastLabels[string(bytes.ToLower(word[at+1+max(dot, 0):]))]
		return last && dot >= 0, true
	}
	if isDigit(word[len(word)-1]) {
		return endsInNumber(before, minDigits), true
	} else if bytes.ContainsAny(word, "0123456789") {
		return false, false
	}
	r, _ := utf8.DecodeRune(word)
	return isPlainWord(bytes.ReplaceAll(word, []byte("-"), nil)) && (unicode.IsUpper(r) || r >= utf8.RuneSelf), false
}

// minDigits is how many digits a number has that may be somebody's.
const minDigits = 6

// endsInNumber reports whether a text ends in one of so many digits, groups and
// all.
func endsInNumber(text []byte, least int) bool {
	digits := 0
	for i := len(text) - 1; i >= 0 && digits < least; i-- {
		switch c := text[i]; {
		case isDigit(c):
			digits++
		case bytes.IndexByte([]byte(" -.()+"), c) < 0:
			return false
		}
	}
	return digits == least
}

// lastLabels end the names of hosts, and seldom stand within them.
var lastLabels = wordSet("com org net edu info io dev app eu de at ch fr be nl es it pt pl se no dk fi cz ie us ca")
