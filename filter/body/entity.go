package body

import (
	"bytes"
	"unicode/utf8"
)

// entityEscape: character references of HTML and XML (HTML, section 13.2.5.72)
// in text that holds no markup: "lena&#64;example.com".
type entityEscape struct{}

func (entityEscape) unit(raw []byte) unit {
	if raw[0] != '&' {
		raw = raw[:min(len(raw), literalMax)]
		if i := bytes.IndexByte(raw, '&'); i >= 0 {
			return literal(i)
		}
		return literal(len(raw))
	}
	if r, n := reference(raw); n > 0 {
		return decodedRune(n, r)
	}
	return literal(1)
}

// appendEscaped writes references only where the old value had some: a
// placeholder holds what means markup to a browser.
func (entityEscape) appendEscaped(dst, text, replaced []byte) []byte {
	if !hasReference(replaced) {
		return append(dst, text...)
	}
	for _, c := range text {
		switch c {
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '&':
			dst = append(dst, "&amp;"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// namedReferences are those that values of personal data are written with.
var namedReferences = []struct {
	name string
	char rune
}{
	{"&commat;", '@'},
	{"&period;", '.'},
	{"&lowbar;", '_'},
	{"&hyphen;", '-'},
	{"&plus;", '+'},
	{"&colon;", ':'},
	{"&sol;", '/'},
	{"&nbsp;", '\u00a0'},
	{"&amp;", '&'},
	{"&lt;", '<'},
	{"&gt;", '>'},
	{"&quot;", '"'},
	{"&apos;", '\''},
}

// reference reads a character reference at the start of raw; n is 0 if there
// is none. The semicolon of a number may be missing, as browsers have it.
func reference(raw []byte) (r rune, n int) {
	if len(raw) < 3 || raw[1] != '#' {
		for _, ref := range namedReferences {
			if bytes.HasPrefix(raw, []byte(ref.name)) {
				return ref.char, len(ref.name)
			}
		}
		return 0, 0
	}
	base, start := rune(10), 2
	if raw[2] == 'x' || raw[2] == 'X' {
		base, start = 16, 3
	}
	end := start
	for end < len(raw) && end-start < maxReference {
		d := unhex(raw[end])
		if d < 0 || rune(d) >= base {
			break
		}
		if r = r*base + rune(d); r > utf8.MaxRune {
			return 0, 0
		}
		end++
	}
	if end == start || r == 0 {
		return 0, 0
	}
	if end < len(raw) && raw[end] == ';' {
		end++
	}
	return r, end
}

// maxReference bounds the digits of a reference, leading zeros among them.
const maxReference = 10

// hasReference reports whether text holds a character reference by number or
// one of those that hide a mark of an address.
func hasReference(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return false
		}
		if _, n := reference(text[i:]); n > 0 {
			return true
		}
		text = text[i+1:]
	}
}
