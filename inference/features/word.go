package features

// word is one token, read. It is used again and again.
type word struct {
	first   character // the first visible one, or the first if none is
	runes   []rune    // the visible ones, folded
	kinds   []class   // what they are
	visible int       // how many; at least 1
	glued   bool      // nothing lies between it and the token before

	uppers, lowers int  // letters with case, and without it or small
	digits, vowels int  // vowels among the letters
	hex            bool // nothing but hexadecimal digits
	switches       int  // places where one kind of character follows another

	buffer []rune
}

func (w *word) read(p *pages, text string) {
	*w = word{runes: w.runes[:0], kinds: w.kinds[:0], buffer: w.buffer, hex: true}
	for i := 0; i < len(text); {
		c, size := p.at(text, i)
		i += size
		if c.class == mark || c.class == invisible {
			continue
		}
		w.add(c)
	}
	if len(w.runes) == 0 {
		c, _ := p.at(text, 0)
		w.add(c)
	}
	w.visible = len(w.runes)
}

func (w *word) add(c character) {
	if len(w.runes) == 0 {
		w.first = c
	} else if before := w.kinds[len(w.kinds)-1]; before != c.class && !(before == upper && c.class == lower) {
		w.switches++
	}
	w.runes, w.kinds = append(w.runes, c.fold), append(w.kinds, c.class)
	w.digits += bit(c.class == digit)
	w.uppers += bit(c.class == upper)
	w.lowers += bit(c.class == lower)
	if c.class == upper || c.class == lower {
		switch c.fold {
		case 'a', 'e', 'i', 'o', 'u', 'y':
			w.vowels++
		}
	}
	w.hex = w.hex && (c.class == digit || c.fold >= 'a' && c.fold <= 'f')
}

// key is what identifies the token: its characters, with all digits alike in
// one that has more than four. Years and days are words; numbers are not.
func (w *word) key() []rune {
	if w.digits <= 4 {
		return w.runes
	}
	w.buffer = append(w.buffer[:0], w.runes...)
	for i, kind := range w.kinds {
		if kind == digit {
			w.buffer[i] = '0'
		}
	}
	return w.buffer
}

// Runs of one kind count up to maxRun, and maxShape characters in all.
const maxRun, maxShape = 4, 16

// shape hashes the kinds of the token's characters.
func (w *word) shape() int64 {
	h := newHash(colShape)
	run, used := 0, 0
	for i, kind := range w.kinds {
		if i > 0 && w.kinds[i-1] == kind {
			run++
		} else {
			run = 1
		}
		if run <= maxRun && used < maxShape {
			h = h.add(rune(kind))
			used++
		}
	}
	return h.row(colShape)
}

// kind is the script of a word, or what else a token is.
func (w *word) kind() int {
	const others = 16 // after the scripts
	switch c := w.first.class; {
	case c == upper, c == lower, c == single:
		return int(w.first.script)
	case c == digit:
		return others + bit(w.letters() > 0)
	case c == punctuation:
		return others + 2
	case c == symbol:
		return others + 3
	default:
		return others + 4
	}
}

func (w *word) letters() int { return w.uppers + w.lowers }

const lengthKinds = 8

func lengthKind(n int) int {
	switch {
	case n <= 4:
		return n - 1
	case n <= 6:
		return 4
	case n <= 9:
		return 5
	case n <= 14:
		return 6
	}
	return 7
}

// mix packs into ten bits what tells keys, hashes and identifiers from words.
func (w *word) mix() int {
	if w.letters()+w.digits == 0 {
		return 0
	}
	return bit(w.uppers > 0) | bit(w.lowers > 0)<<1 | bit(w.digits > 0)<<2 | bit(w.hex)<<3 | bit(w.vowels > 0)<<4 |
		min(w.switches, 3)<<5 | bit(w.visible > 8)<<7 | bit(w.visible > 15)<<8 | bit(w.glued)<<9
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
