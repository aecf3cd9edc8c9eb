package features

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// class says what a character is to the tokenizer. The numbers are those of
// runes.txt.
type class uint8

const (
	invisible   class = iota // control and format characters, bytes that are no UTF-8
	space                    // white space within a line
	newline                  // white space that ends one
	upper                    // letters of scripts that put spaces between words
	lower                    // the same, and letters without case
	digit                    // of any script
	mark                     // accents and the like, part of what stands before
	single                   // characters of scripts without spaces: a token each
	punctuation              //
	symbol                   // everything else
)

// inWord says whether characters of a class stand together in words.
func (c class) inWord() bool { return c == upper || c == lower || c == digit }

// repeats says whether a token is a run of one character of the class.
func (c class) repeats() bool { return c == punctuation || c == symbol }

// character is a line of runes.txt, spelled out.
type character struct {
	fold   rune // lower case, without accents, digits as ASCII; in the table, the distance to it
	class  class
	script uint8
}

//go:embed runes.txt
var runesTxt string

// pages is the table of all characters below tableEnd, by their upper bits.
// Most pages are equal to their neighbours and shared.
type (
	pages [tableEnd >> pageBits]*page
	page  [1 << pageBits]character
)

const (
	pageBits = 8
	tableEnd = 0x40000
)

var table = sync.OnceValue(func() *pages {
	all := make([]character, tableEnd)
	for r := range all {
		all[r].class = symbol
	}
	for line := range strings.Lines(runesTxt) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Fields(line)
		from, to := number(f[0], 16), number(f[1], 16)
		for r := from; r <= to; r++ {
			all[r] = character{rune(number(f[4], 10)), class(number(f[2], 10)), uint8(number(f[3], 10))}
		}
	}
	out := new(pages)
	known := make(map[page]*page)
	for i := range out {
		p := page(all[i<<pageBits:])
		if known[p] == nil {
			known[p] = &p
		}
		out[i] = known[p]
	}
	return out
})

func number(s string, base int) int {
	n, err := strconv.ParseInt(s, base, 32)
	if err != nil {
		panic("features: runes.txt is damaged") // it is part of the program
	}
	return int(n)
}

// at reads the character of text that begins at byte i, and its length in
// bytes.
func (p *pages) at(text string, i int) (character, int) {
	if b := text[i]; b < utf8.RuneSelf {
		c := p[0][b]
		c.fold += rune(b)
		return c, 1
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		return character{0, invisible, 0}, 1
	case r >= tableEnd:
		return character{r, symbol, 0}, size
	}
	c := p[r>>pageBits][r&(1<<pageBits-1)]
	c.fold += r
	return c, size
}
