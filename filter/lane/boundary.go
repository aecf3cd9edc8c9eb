package lane

import (
	"bytes"
	"unicode/utf8"
)

// maxAsks is how often it is asked within one piece whether it may end.
const maxAsks = 8

// kind is what next found.
type kind uint8

const (
	nothing      kind = iota // no piece ends here
	wait                     // more text must come
	cutHere                  // a sentence or line ends
	cutIfMasked              // one may end, if its last word is masked anyway
	cutSomewhere             // too much waits
)

// boundary is where a piece may end.
type boundary struct {
	kind  kind
	at    int
	cheap bool // the cheap detectors can tell
}

// next looks for the end of a piece from pos on.
func (l *Lane) next(last bool) boundary {
	for l.pos < len(l.text) {
		if l.pos-l.from > maxToken || l.size >= l.full && !l.key.in {
			return boundary{kind: cutSomewhere}
		}
		rest := l.text[l.pos:]
		if !utf8.FullRune(rest) && !last {
			break
		}
		r, n := utf8.DecodeRune(rest)
		if b := l.judge(r, n, last); b.kind != nothing {
			return b
		}
		l.step(rest[0], n)
	}
	return boundary{kind: wait}
}

// judge tells whether a piece ends at the character at pos.
func (l *Lane) judge(r rune, n int, last bool) boundary {
	if l.key.step(l.text[l.from : l.pos+n]) {
		if l.key.ended(l.text[l.from : l.pos+n]) {
			return boundary{kind: cutHere, at: l.pos + n}
		}
		return boundary{}
	}
	switch r {
	case '\n', '\r':
		return l.line(last)
	case '.', '!', '?':
		return l.sentence(r, last)
	case '。', '！', '？', '｡':
		if l.pos > l.from && !isDigit(l.text[l.pos-1]) {
			return boundary{kind: cutHere, at: l.pos + n}
		}
	}
	return boundary{}
}

// step goes one character on.
func (l *Lane) step(first byte, n int) {
	if !isSpace(first) {
		if l.end >= 0 {
			l.word, l.end = l.pos, -1
		}
	} else if l.end < 0 {
		l.end = l.pos
	}
	l.pos += n
	l.size++
}

// token is the last word before pos, with all that hangs on it.
func (l *Lane) token() []byte {
	if l.end >= 0 {
		return l.text[l.word:l.end]
	}
	return l.text[l.word:l.pos]
}

// line judges a line end. A number or key may go on in the next line; then
// the two are one piece.
func (l *Lane) line(last bool) boundary {
	here := boundary{kind: cutHere, at: l.pos}
	word := l.token()
	if !mayWrap(word, l.text[l.from:l.pos]) {
		return here
	}
	rest, all := l.ahead(l.pos)
	for i, c := range rest {
		switch {
		case c == '\n' && bytes.IndexByte(rest[:i], '\n') >= 0:
			return here // a paragraph ends
		case isSpace(c):
		case isDigit(c), c == '+', c == '(', isLetter(c) && !isDigit(word[len(word)-1]), isLetter(c) && len(word) >= longToken:
			return boundary{}
		default:
			return here
		}
	}
	return unknown(last || all)
}

// unknown is the answer where more text would tell. Where none comes, there is
// nothing to cut off.
func unknown(last bool) boundary {
	if last {
		return boundary{}
	}
	return boundary{kind: wait}
}

// maxAhead is how many bytes are looked at behind a mark or line end.
const maxAhead = 128

// ahead is the text behind a place, as far as it is looked at; all says that
// no more of it would be.
func (l *Lane) ahead(at int) (rest []byte, all bool) {
	rest = l.text[at:]
	if all = len(rest) >= maxAhead; all {
		rest = rest[:maxAhead]
	}
	return rest, all
}

// sentence judges a mark that may end a sentence. Behind a harmless word it
// does, whatever follows. Elsewhere "john." may go on as "smith@example.com".
func (l *Lane) sentence(r rune, last bool) boundary {
	here := boundary{kind: cutHere, at: l.pos + 1}
	if l.end >= 0 && l.word < l.end { // a space before the mark, as in French
		if r == '.' {
			return boundary{}
		}
		return here
	}
	word := bytes.TrimLeft(l.token(), openers)
	switch {
	case len(word) == 0:
		return boundary{}
	case isHarmless(word), r != '.' && isPlainWord(word):
		return here
	}
	if ask, cheap := askable(word, l.text[l.from:l.pos]); ask && l.asked != here.at && l.asks < maxAsks {
		return boundary{kind: cutIfMasked, at: here.at, cheap: cheap}
	}
	rest, all := l.ahead(here.at)
	last = last || all
	for n := leadingMarks(rest); n < len(rest); {
		if !isSpace(rest[n]) || r == '.' && isAbbreviation(word) {
			return boundary{}
		}
		if !isDigit(word[len(word)-1]) {
			return here
		}
		return l.behindNumber(word, rest[n:], here, last)
	}
	return unknown(last)
}

// behindNumber judges the point behind a number: "12. March" and "4111. 1111"
// go on.
func (l *Lane) behindNumber(word, rest []byte, here boundary, last bool) boundary {
	if len(word) <= ordinal {
		return boundary{}
	}
	for _, c := range rest {
		switch {
		case isSpace(c):
		case isDigit(c):
			return boundary{}
		default:
			return here
		}
	}
	return unknown(last)
}
