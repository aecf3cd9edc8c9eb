package protect

import "strings"

// blank makes equal what differs between entries of one template and is as
// long in each: the digits of times and dates together, of UUIDs, and of long
// hexadecimal numbers. The length stays, so that offsets hold. Whether a text
// is a log is not asked: a date of birth has no time of day.
func blank(text string) string {
	var out []byte
	for i := 0; i < len(text); {
		if !hexDigit(text[i]) || i > 0 && wordByte(text[i-1]) {
			i++
			continue
		}
		n := max(stamp(text[i:]), ident(text[i:]))
		if n == 0 {
			i++
			continue
		}
		if out == nil {
			out = []byte(text)
		}
		for j := i; j < i+n; j++ {
			if hexDigit(text[j]) {
				out[j] = '0'
			}
		}
		i += n
	}
	if out == nil {
		return text
	}
	return string(out)
}

// stamp is the length of the date with a time of day, or of the time of day,
// that text begins with; 0 if there is none: 2026-11-20T06:12:01.123Z,
// 2026/11/20 06:12:01, 20/Nov/2026:06:12:01 +0000, 06:12:01.
func stamp(text string) int {
	n := dateLen(text)
	if n > 0 {
		if n == len(text) || strings.IndexByte("T :", text[n]) < 0 {
			return 0
		}
		n++
	}
	t := timeLen(text[n:])
	if t == 0 {
		return 0
	}
	return n + t
}

// form matches text against a pattern in which 9 is a digit, A a letter, - one
// of "-/.", and all else itself.
func form(text, pattern string) bool {
	if len(text) < len(pattern) {
		return false
	}
	for i := range len(pattern) {
		c := text[i]
		switch pattern[i] {
		case '9':
			if c-'0' > 9 {
				return false
			}
		case 'A':
			if c|0x20 < 'a' || c|0x20 > 'z' {
				return false
			}
		case '-':
			if strings.IndexByte("-/.", c) < 0 {
				return false
			}
		default:
			if c != pattern[i] {
				return false
			}
		}
	}
	return true
}

func dateLen(text string) int {
	for _, pattern := range []string{"9999-99-99", "99-AAA-9999", "99-99-9999"} {
		if form(text, pattern) {
			return len(pattern)
		}
	}
	return 0
}

func timeLen(text string) int {
	const clock = "99:99:99"
	if !form(text, clock) {
		return 0
	}
	n := len(clock)
	if n < len(text) && (text[n] == '.' || text[n] == ',') {
		fraction := n + 1
		for fraction < len(text) && text[fraction]-'0' <= 9 {
			fraction++
		}
		if fraction > n+1 {
			n = fraction
		}
	}
	return n
}

// ident is the length of the UUID, or of the hexadecimal number of 16 and more
// digits with letters among them, that text begins with.
func ident(text string) int {
	const longest = 128 // SHA-512; what is longer is no number, and costs no second look
	n, letters, dashes := 0, 0, 0
	for n < len(text) && n <= longest && (hexDigit(text[n]) || text[n] == '-') {
		switch {
		case text[n] == '-':
			dashes++
		case text[n] > '9':
			letters++
		}
		n++
	}
	switch {
	case n > longest, n < len(text) && wordByte(text[n]), letters == 0:
		return 0
	case dashes == 0 && n >= 16, n == 36 && dashes == 4 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-':
		return n
	}
	return 0
}

func hexDigit(c byte) bool { return c-'0' <= 9 || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F' }

func wordByte(c byte) bool {
	return c-'0' <= 9 || c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' || c >= 0x80
}

// inStamp reports whether [start, end) of a line overlaps with a date that has
// a time of day, or a time of day.
func inStamp(line string, start, end int) bool {
	const longest = 40
	for i := max(0, start-longest); i < end && i < len(line); i++ {
		if line[i]-'0' > 9 || i > 0 && line[i-1]-'0' <= 9 {
			continue
		}
		if n := stamp(line[i:]); n > 0 {
			if i+n > start {
				return true
			}
			i += n - 1
		}
	}
	return false
}
