package body

import (
	"bytes"
	"unicode/utf8"
)

// Bounds of base64 in values. There is no budget of bytes besides: what is
// decoded is a quarter shorter each time, and maxDepth ends it.
const (
	minRun64    = 16 // characters; shorter ones are words and numbers
	probe64     = 64 // characters that tell a picture from a text
	minForeign  = 24 // bytes from which text in another script is no accident
	minWrapped  = 60 // characters of a line that goes on in the next
	minSuspect  = 7  // digits that may be somebody's number
	maxSegments = 4  // parts of a path that are tried
)

// isBase64 marks the characters of both alphabets.
var isBase64 = func() (table [256]bool) {
	for c := range 256 {
		table[c] = isAlnum(byte(c)) || bytes.IndexByte([]byte("+/-_"), byte(c)) >= 0
	}
	return table
}()

// run64 finds the next run of at least minRun64 characters from offset at on.
// It looks at every sixteenth byte of prose.
func run64(text []byte, at int) (start, end int) {
	for at+minRun64 <= len(text) {
		i := at + minRun64 - 1
		for i >= at && isBase64[text[i]] {
			i--
		}
		if i >= at {
			at = i + 1
			continue
		}
		for end = at + minRun64; end < len(text) && isBase64[text[end]]; end++ {
		}
		return at, end
	}
	return -1, -1
}

// mayHold64 is the cheap question whether text may hold base64 that is text.
func mayHold64(text []byte) bool {
	for start, end := run64(text, 0); start >= 0; start, end = run64(text, end) {
		if plausible64(text[start:end]) || lastSegment(text[start:end]) > 0 {
			return true
		}
	}
	return false
}

// plausible64 decodes the beginning of a run and says whether it is text.
func plausible64(run []byte) bool {
	run = run[:min(len(run), probe64)]
	run = run[:len(run)-len(run)%4]
	e, ok := readBase64(run)
	if !ok {
		return false
	}
	text := appendDecoded(make([]byte, 0, probe64), run, e)
	for cut := 0; cut < utf8.UTFMax && len(text) > 0; cut++ { // of a rune that goes on
		if r, n := utf8.DecodeLastRune(text); r != utf8.RuneError || n != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return isProse(text)
}

// isProse tells text from what random bytes decode to. What looks like base64
// by accident, such as a word or a number, does not get so far.
func isProse(text []byte) bool {
	if len(text) == 0 || hasControls(text) || !utf8.Valid(text) {
		return false
	}
	ascii := 0
	for _, c := range text {
		if c < utf8.RuneSelf {
			ascii++
		}
	}
	return 10*ascii >= 7*len(text) || len(text) >= minForeign
}

// lastSegment is where the last segment of a path begins that may be base64;
// 0 if there is none.
func lastSegment(run []byte) int {
	for end, tries := len(run), 0; tries < maxSegments; tries++ {
		i := bytes.LastIndexByte(run[:end], '/')
		if i < 0 {
			return 0
		}
		if len(run)-i-1 >= minRun64 && plausible64(run[i+1:]) {
			return i + 1
		}
		end = i
	}
	return 0
}

// base64 emits text of a layer with the base64 in it read as what it says, or
// reports that there is none. A value that is base64 as a whole is read so;
// within a text it must hold something that is looked for, since the text
// around it loses its context.
func (b *builder) base64(layer int32, start, end int, e escapeID, k Kind, at place) bool {
	if b.doc.layers[layer].depth >= maxDepth {
		return false
	}
	text := b.doc.layers[layer].text
	done, found := start, false
	for from, to := run64(text[:end], start); from >= 0; from, to = run64(text[:end], to) {
		if !plausible64(text[from:to]) {
			n := lastSegment(text[from:to])
			if n == 0 {
				continue
			}
			from += n
		}
		to = wrapped64(text[:end], from, to)
		for padding := 0; padding < 2 && to < end && text[to] == '='; padding++ {
			to++
		}
		code, ok := readBase64(text[from:to])
		if !ok {
			continue
		}
		m := b.mark()
		if done < from {
			b.slot(layer, done, from, e, k, at)
		}
		inner := b.push(layer, from, to, code)
		says := b.doc.layers[inner].text
		whole := len(bytes.TrimSpace(text[start:from])) == 0 && len(bytes.TrimSpace(text[to:end])) == 0
		uri := bytes.HasSuffix(text[start:from], []byte(";base64,"))
		if !isProse(says) || !whole && !uri && !suspect(says) {
			b.reset(m)
			continue
		}
		b.value(inner, 0, len(says), plain, k, at)
		done, found = to, true
	}
	if found && done < end {
		b.slot(layer, done, end, e, k, at)
	}
	return found
}

// wrapped64 is the end of base64 that goes on in the lines below.
func wrapped64(text []byte, from, to int) int {
	for width := to - from; width >= minWrapped && width%4 == 0; {
		next := to + len(lineBreak(text[to:]))
		end := next
		for end < len(text) && end-next < width && isBase64[text[end]] {
			end++
		}
		if end == next || next == to {
			break
		}
		to = end
		if end-next < width {
			break
		}
	}
	return to
}

// suspect reports whether text may hold anything that is looked for.
func suspect(text []byte) bool {
	digits := 0
	for _, c := range text {
		if '0' <= c && c <= '9' {
			digits++
		}
	}
	return digits >= minSuspect || bytes.IndexByte(text, '@') >= 0 || startsJSON(text) || bytes.Count(text, []byte(" ")) > 1 ||
		encoded(text) || mayHold64(text)
}
