package rules

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// mayEscape reports whether raw, which is plain ASCII, may hold characters
// that are written in another way.
func mayEscape(raw string) bool {
	return strings.IndexByte(raw, '%') >= 0 || strings.IndexByte(raw, '&') >= 0 || strings.IndexByte(raw, '\\') >= 0 ||
		strings.Contains(raw, "=\n") || strings.Contains(raw, "=\r\n")
}

// unescape reads a character that is written in another way at i: as an
// entity of HTML, an escape of JSON and of programs, in percents as in URLs, or
// broken over a line in Quoted-Printable. base is the last byte of the shadow
// so far.
func unescape(raw string, i int, base byte) (out string, size int, act action) {
	switch raw[i] {
	case '&':
		if r, size := entity(raw[i:]); size > 0 {
			return unescaped(r, raw[i:], size, base)
		}
	case '\\':
		if r, size := backslash(raw[i:]); size > 0 {
			return unescaped(r, raw[i:], size, base)
		}
	case '%':
		return percent(raw, i, base)
	case '=':
		if size := softBreak(raw, i); size > 0 {
			return "", size, drop
		}
	}
	return "", 1, keep
}

// unescaped says what stands for the character r. Marks with a meaning to the
// families stay escaped: they are no part of a value.
func unescaped(r rune, s string, size int, base byte) (string, int, action) {
	if r < utf8.RuneSelf {
		if c := byte(r); alnum.has(c) || strings.IndexByte("@.-_+:/() ", c) >= 0 {
			return one(c), size, replace
		}
		return "", 1, keep
	}
	out, _, act := fold(string(r), base)
	if act == keep {
		return "", 1, keep
	}
	return out, size, act
}

// namedEntities are the entities of marks that values have (HTML standard,
// named character references).
var namedEntities = []struct {
	name string
	char rune
}{
	{"&commat;", '@'},
	{"&period;", '.'},
	{"&lowbar;", '_'},
	{"&plus;", '+'},
	{"&hyphen;", '-'},
	{"&dash;", '-'},
	{"&colon;", ':'},
	{"&sol;", '/'},
	{"&nbsp;", 0xA0},
	{"&shy;", 0xAD},
	{"&zwj;", 0x200D},
	{"&zwnj;", 0x200C},
	{"&ZeroWidthSpace;", 0x200B},
	{"&NoBreak;", 0x2060},
}

// entity reads "&#64;", "&#x40;" or a named one.
func entity(s string) (r rune, size int) {
	if len(s) < 4 {
		return 0, 0
	}
	if s[1] != '#' {
		for _, e := range namedEntities {
			if strings.HasPrefix(s, e.name) {
				return e.char, len(e.name)
			}
		}
		return 0, 0
	}
	from, base := 2, 10
	if s[2]|0x20 == 'x' {
		from, base = 3, 16
	}
	end := from
	for end < len(s) && end-from < 8 && (isDigit(s[end]) || base == 16 && hexDigit.has(s[end])) {
		end++
	}
	v, err := strconv.ParseUint(s[from:end], base, 21)
	if err != nil || v > utf8.MaxRune {
		return 0, 0
	}
	if end < len(s) && s[end] == ';' { // which may be left out
		end++
	}
	return rune(v), end
}

// backslash reads \u0040, \u{40} or \x40.
func backslash(s string) (r rune, size int) {
	if len(s) < 4 {
		return 0, 0
	}
	from, digits := 2, 4
	switch {
	case s[1] == 'x':
		digits = 2
	case s[1] != 'u':
		return 0, 0
	case s[2] == '{':
		end := strings.IndexByte(s[:min(len(s), 10)], '}')
		if end < 4 {
			return 0, 0
		}
		v, err := strconv.ParseUint(s[3:end], 16, 21)
		if err != nil {
			return 0, 0
		}
		return rune(v), end + 1
	}
	if len(s) < from+digits {
		return 0, 0
	}
	v, err := strconv.ParseUint(s[from:from+digits], 16, 21)
	if err != nil || v >= 0xD800 && v < 0xE000 {
		return 0, 0
	}
	return rune(v), from + digits
}

// percent reads "%2B". '@' stays: it would be the end of a user's name in a
// URL; e-mail knows it. A blank between digits becomes a dash, since a URL
// goes on behind it.
func percent(raw string, i int, base byte) (string, int, action) {
	if i+3 > len(raw) || !hexDigit.has(raw[i+1]) || !hexDigit.has(raw[i+2]) {
		return "", 1, keep
	}
	c := hexValue(raw[i+1])<<4 | hexValue(raw[i+2])
	switch {
	case alnum.has(c), c == '.', c == '-', c == '_', c == '+':
		return one(c), 3, replace
	case c == ' ' && (isDigit(base) || base == ')') && i+3 < len(raw) && (isDigit(raw[i+3]) || raw[i+3] == '(' || strings.HasPrefix(raw[i+3:], "%3")):
		return "-", 3, replace
	}
	return "", 1, keep
}

func hexValue(c byte) byte {
	if isDigit(c) {
		return c - '0'
	}
	return c&7 + 9
}

// softBreak returns the length of the soft line break at i (RFC 2045 §6.7,
// rule 5) where it breaks an address or a number; elsewhere "=" and a line end
// are the end of many a line.
func softBreak(raw string, i int) int {
	size := 2
	if strings.HasPrefix(raw[i+1:], "\r\n") {
		size = 3
	} else if !strings.HasPrefix(raw[i+1:], "\n") {
		return 0
	}
	if i == 0 || i+size >= len(raw) {
		return 0
	}
	const part = alnum | dot | dash | wordMark
	before, after := raw[i-1], raw[i+size]
	if isDigit(before) && isDigit(after) {
		return size
	}
	if !part.has(before) && before != '@' || !part.has(after) && after != '@' {
		return 0
	}
	const reach = 64
	for k := i - 1; k >= 0 && i-k < reach && (part.has(raw[k]) || raw[k] == '@' || raw[k] == '+'); k-- {
		if raw[k] == '@' {
			return size
		}
	}
	for k := i + size; k < len(raw) && k-i < reach && (part.has(raw[k]) || raw[k] == '@' || raw[k] == '+'); k++ {
		if raw[k] == '@' {
			return size
		}
	}
	return 0
}
