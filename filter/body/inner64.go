package body

import (
	"bytes"
	"encoding/base64"
	"unicode/utf8"
)

// Bounds of base64 in values.
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
	if _, ok := shortLines(text); ok {
		return true
	}
	for start, end := run64(text, 0); start >= 0; start, end = run64(text, end) {
		if plausible64(text[start:end]) || lastSegment(text[start:end]) > 0 || hexStart(text[start:end]) >= 0 {
			return true
		}
	}
	return false
}

// plausible64 decodes the beginning of a run and says whether it is text. It is
// asked about every long word, and takes no memory.
func plausible64(run []byte) bool {
	if codingOf64(run) != "" {
		return true
	}
	var says [probe64]byte
	n, mixed := begin64(&says, run)
	if mixed {
		return false
	}
	text := says[:n]
	for cut := 0; cut < utf8.UTFMax && len(text) > 0; cut++ { // of a rune that goes on
		if r, n := utf8.DecodeLastRune(text); r != utf8.RuneError || n != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return isProse(text)
}

// begin64 decodes the beginning of a run, in either alphabet or in both at
// once, which is mixed.
func begin64(says *[probe64]byte, run []byte) (n int, mixed bool) {
	var code [probe64]byte
	n = copy(code[:], run)
	n -= n % 4
	plus, dash := false, false
	for i, c := range code[:n] {
		switch c {
		case '+', '/':
			plus = true
		case '-':
			dash, code[i] = true, '+'
		case '_':
			dash, code[i] = true, '/'
		}
	}
	// A run holds nothing but the alphabets' characters: this cannot fail.
	n, _ = base64.StdEncoding.Decode(says[:], code[:n])
	return n, plus && dash
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
	if width, ok := shortLines(text[start:end]); ok && b.lines64(layer, start, end, width, k, at) {
		return true
	}
	done, found := start, false
	for from, to := run64(text[:end], start); from >= 0; from, to = run64(text[:end], to) {
		if token := webToken(text[:end], from, to); token > 0 {
			to = token
			continue
		}
		if b.isPicture64(text[from:to]) {
			next, ok := b.picture64(layer, done, from, to, end, e, k, at)
			if to = next; ok {
				done, found = to, true
			}
			continue
		}
		var code escape
		if code, from, to = readRun(text[:end], from, to); code == nil {
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
		if name := codingOf(says); name != "" && b.packed64(inner, name, k, at) {
			done, found = to, true
			continue
		}
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

// readRun tells what a run is written in, with the lines and the padding that
// belong to it; nil if it is a word, a number, or a picture.
func readRun(text []byte, from, to int) (e escape, start, end int) {
	if n := hexStart(text[from:to]); n >= 0 {
		from += n
		return hexEscape{upper: bytes.ContainsAny(text[from:to], "ABCDEF")}, from, to
	}
	if !plausible64(text[from:to]) {
		n := lastSegment(text[from:to])
		if n == 0 {
			return nil, from, to
		}
		from += n
	}
	to = end64(text, from, to)
	if code, ok := readBase64(text[from:to]); ok {
		return code, from, to
	}
	return nil, from, to
}

// lines64 emits a value that is base64 as a whole, in lines that are shorter
// than anybody writes them, or reports that it is none.
func (b *builder) lines64(layer int32, start, end, width int, k Kind, at place) bool {
	text := b.doc.layers[layer].text
	end = trimSpace(text, start, end)
	code, ok := readBase64(text[start:end])
	if !ok || code.width != width {
		return false
	}
	m := b.mark()
	inner := b.push(layer, start, end, code)
	says := b.doc.layers[inner].text
	if !isProse(says) {
		b.reset(m)
		return false
	}
	b.value(inner, 0, len(says), plain, k, at)
	return true
}

// shortLines is the width of the lines of text that may be base64 in short
// lines: the first two are of one length. A line may end as JSON writes it.
func shortLines(text []byte) (width int, ok bool) {
	for width < minWrapped && width < len(text) && isBase64[text[width]] {
		width++
	}
	if width < 4 || width%4 != 0 || width >= minWrapped {
		return 0, false
	}
	next := text[width:]
	for _, nl := range []string{"\r\n", "\n", `\r\n`, `\n`} {
		if rest, ok := bytes.CutPrefix(next, []byte(nl)); ok {
			for n := range min(width, len(rest)) {
				if !isBase64[rest[n]] && rest[n] != '=' && n < min(width, len(rest)-4) {
					return 0, false
				}
			}
			return width, len(rest) > 0
		}
	}
	return 0, false
}

// webToken is the end of a JSON Web Token (RFC 7519) that begins with a run; 0
// if there is none. It is a secret as a whole: what its parts say is of no use
// to whoever masks less.
func webToken(text []byte, from, to int) int {
	const shortest = 19 // characters of a part
	part := func(start int) (end int) {
		for end = start; end < len(text) && isBase64[text[end]]; end++ {
		}
		return end
	}
	from += bytes.LastIndexByte(text[from:to], '/') + 1
	if to-from < shortest || !bytes.HasPrefix(text[from:], []byte("ey")) || to == len(text) || text[to] != '.' {
		return 0
	}
	payload := to + 1
	end := part(payload)
	if end-payload < shortest || !bytes.HasPrefix(text[payload:], []byte("ey")) || end == len(text) || text[end] != '.' {
		return 0
	}
	return part(end + 1)
}

// end64 is the end of base64 that a run begins, with its further lines and its
// padding.
func end64(text []byte, from, to int) int {
	to = wrapped64(text, from, to)
	for padding := 0; padding < 2 && to < len(text) && text[to] == '='; padding++ {
		to++
	}
	return to
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
