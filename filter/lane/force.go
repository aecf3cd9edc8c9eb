package lane

import (
	"context"
	"unicode/utf8"
)

// force cuts a text that goes on without the end of a sentence: between two
// words, with enough of what follows in view, and not through anything that
// was found.
func (l *Lane) force(ctx context.Context) error {
	if l.pos-l.from > maxToken {
		return ErrTooLong
	}
	found, err := l.found(ctx, l.pos)
	if err != nil {
		return err
	}
	if at := l.between(found.Edits); at > 0 {
		return l.cut(at, found)
	}
	// Whatever could be cut lies within what is masked: so does the cut, at
	// its end if that is in view.
	for _, f := range found.Edits {
		if f.End <= l.from || crossed(found.Edits, f.End) {
			continue
		}
		over := f.End == l.pos
		err := l.cut(f.End, found)
		l.over = over
		return err
	}
	l.full *= 2
	return nil
}

// between finds the last place to cut text[from:pos] at, or 0.
func (l *Lane) between(found []Found) int {
	at := l.pos
	for range lookahead {
		_, n := utf8.DecodeLastRune(l.text[l.from:at])
		at -= n
	}
	unspaced, limit := 0, at
	for at > l.from {
		r, n := utf8.DecodeLastRune(l.text[l.from:at])
		at -= n
		if at == l.from {
			break
		}
		if crossed(found, at) {
			continue
		}
		if isSpace(l.text[at]) {
			return at
		}
		if unspaced == 0 && unspacedScript(r) {
			unspaced = at
		}
	}
	for i := len(l.seams) - 1; i >= 0 && unspaced == 0; i-- {
		if seam := l.seams[i]; seam > l.from && seam <= limit && !crossed(found, seam) {
			return seam
		}
	}
	return unspaced
}

// crossed reports whether a place lies within anything that was found.
func crossed(found []Found, at int) bool {
	for _, f := range found {
		if f.Start < at && at < f.End {
			return true
		}
	}
	return false
}

// unspacedScript reports whether a character is of a script that is written
// without spaces between words: Han, Kana, Thai and their neighbours.
func unspacedScript(r rune) bool {
	return r >= 0x2E80 && r < 0xA000 || r >= 0x0E00 && r < 0x1000 || r >= 0x20000 && r < 0x40000
}
