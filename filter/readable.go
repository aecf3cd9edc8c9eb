package filter

import (
	"strings"
	"unicode/utf8"
)

// readable reports whether a text can mean anything to a model: it holds a
// letter or digit, and is not one long run of base64 (a picture in a data:
// URI), of which a model reads nothing at great cost. Rules see it all the
// same.
func readable(text string) bool {
	if len(text) > longToken && opaque(text) {
		return false
	}
	return strings.ContainsFunc(text, func(r rune) bool {
		return r >= utf8.RuneSelf || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	})
}

// base64Line is the shortest line that base64 is wrapped at (RFC 7468,
// section 2).
const base64Line = 64

// opaque recognises base64, whole or wrapped: lines of one length, of which
// only the last may be shorter, and in which letters do not stand together as
// in words. A list of names, one a line or strung together, is none.
func opaque(text string) bool {
	if head, data, ok := strings.Cut(text, ";base64,"); ok && len(head) < 128 && strings.HasPrefix(head, "data:") {
		text = data
	}
	text = strings.TrimRight(text, "\r\n")
	width := len(text)
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		width = i
	}
	if width < base64Line {
		return false
	}
	var w wordiness
	for start := 0; start < len(text); start += width + 1 {
		end := min(start+width, len(text))
		if end < len(text) && text[end] != '\n' || !w.line(strings.TrimSuffix(text[start:end], "\r")) {
			return false
		}
	}
	return !w.wordy()
}

// wordiness tells words from random characters: how many neighbours are two
// different letters of one case, in stretches of wordyWindow. One in three are
// by chance, three in four in words of any language; half of 256 is more than
// five standard deviations from chance.
type wordiness struct{ pairs, seen int }

const wordyWindow = 256

// line adds a line and reports whether it may be base64.
func (w *wordiness) line(line string) bool {
	before := byte(0)
	for i := range len(line) {
		c := line[i]
		switch {
		case 'a' <= c && c <= 'z':
			if 'a' <= before && before <= 'z' && c != before {
				w.pairs++
			}
		case 'A' <= c && c <= 'Z':
			if 'A' <= before && before <= 'Z' && c != before {
				w.pairs++
			}
		case '0' <= c && c <= '9', c == '+', c == '/', c == '-', c == '_', c == '=':
		default:
			return false
		}
		before = c
		if w.seen++; w.seen == wordyWindow {
			if w.wordy() {
				return false
			}
			*w = wordiness{}
		}
	}
	return true
}

func (w *wordiness) wordy() bool { return 2*w.pairs > wordyWindow }
