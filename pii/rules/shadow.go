package rules

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// shadow is the text the families look at: what a reader, or the machine that
// will use the value, would make of the raw text. Where the two differ, edits
// say how.
type shadow struct {
	text  string
	edits []edit // sorted by at; empty where the shadow is the raw text itself
}

// edit says that the raw bytes [raw, raw+rawLen) stand in the shadow as
// [at, at+n); n is 0 for what was dropped. Between edits both run in step.
type edit struct {
	at, n       int
	raw, rawLen int
}

// newShadow builds the shadow of raw.
func newShadow(raw string) shadow {
	if plain(raw) && !mayEscape(raw) {
		return shadow{text: raw}
	}
	var (
		b     strings.Builder
		edits []edit
		kept  int // raw[:kept] is already in b
		base  byte
	)
	for i := 0; i < len(raw); {
		if !special[raw[i]] {
			base = raw[i]
			i++
			continue
		}
		out, size, act := unescape(raw, i, base)
		if raw[i] < ' ' || raw[i] > '~' {
			out, size, act = fold(raw[i:], base)
		}
		if act == keep {
			base = raw[i]
			i += size
			continue
		}
		if edits == nil {
			b.Grow(len(raw))
		}
		b.WriteString(raw[kept:i])
		last := len(edits) - 1
		if act == drop && last >= 0 && edits[last].n == 0 && edits[last].raw+edits[last].rawLen == i {
			edits[last].rawLen += size
		} else {
			edits = append(edits, edit{at: b.Len(), n: len(out), raw: i, rawLen: size})
		}
		b.WriteString(out)
		if act == replace {
			base = out[len(out)-1]
		}
		i += size
		kept = i
	}
	if edits == nil {
		return shadow{text: raw}
	}
	b.WriteString(raw[kept:])
	return shadow{text: b.String(), edits: edits}
}

// special holds the bytes of which something else may stand in the shadow.
var special = func() (t [256]bool) {
	for c := range t {
		t[c] = c < ' ' && c != '\n' && c != '\r' && c != '\t' || c >= 0x7f || strings.IndexByte(`&\%=`, byte(c)) >= 0
	}
	return t
}()

// plain reports whether raw holds only printable ASCII, tabs and line ends.
func plain(raw string) bool {
	const (
		lows  = 0x0101010101010101
		highs = 0x8080808080808080
	)
	i := 0
	for ; i+8 <= len(raw); i += 8 {
		w := uint64(raw[i]) | uint64(raw[i+1])<<8 | uint64(raw[i+2])<<16 | uint64(raw[i+3])<<24 |
			uint64(raw[i+4])<<32 | uint64(raw[i+5])<<40 | uint64(raw[i+6])<<48 | uint64(raw[i+7])<<56
		if w&highs != 0 {
			return false
		}
		// Bytes below 0x20 or equal to 0x7f: the borrow trick of Bit
		// Twiddling Hacks ("determine if a word has a byte less than n").
		del := w ^ lows*0x7f
		if ((w-lows*0x20)&^w|(del-lows)&^del)&highs != 0 && !plainBytes(raw[i:i+8]) {
			return false
		}
	}
	return plainBytes(raw[i:])
}

func plainBytes(raw string) bool {
	for i := 0; i < len(raw); i++ {
		if c := raw[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}

// before returns the last edit that begins at or before the shadow offset.
func (sh *shadow) before(offset int) (edit, bool) {
	k := sort.Search(len(sh.edits), func(k int) bool { return sh.edits[k].at > offset })
	if k == 0 {
		return edit{}, false
	}
	return sh.edits[k-1], true
}

// rawRange maps a non-empty shadow range to the raw bytes it came from,
// outward to whole characters. What was dropped around the range stays out.
func (sh *shadow) rawRange(raw string, start, end int) (int, int) {
	from, to := start, end
	if e, ok := sh.before(start); ok {
		from = e.raw
		if over := start - (e.at + e.n); over >= 0 {
			from += e.rawLen + over
		}
	}
	if e, ok := sh.before(end - 1); ok {
		to = e.raw + e.rawLen
		if over := end - (e.at + e.n); over > 0 {
			to += over
		}
	}
	if len(sh.edits) > 0 {
		to = afterMarks(raw, to)
	}
	// Kept stretches are valid UTF-8, so this ends within three steps.
	for from > 0 && from < len(raw) && !utf8.RuneStart(raw[from]) {
		from--
	}
	for to < len(raw) && !utf8.RuneStart(raw[to]) {
		to++
	}
	return from, to
}

// afterMarks returns the offset after the combining marks at i, which belong
// to the character before.
func afterMarks(raw string, i int) int {
	for i < len(raw) && raw[i] >= utf8.RuneSelf {
		r, size := utf8.DecodeRuneInString(raw[i:])
		if !unicode.Is(unicode.M, r) {
			break
		}
		i += size
	}
	return i
}

// gap reports whether something invisible was dropped just before the shadow
// offset. It may separate two words (zero-width space, NUL), so it counts as
// a possible word boundary, while inside a value it is nothing.
func (sh *shadow) gap(offset int) bool {
	if len(sh.edits) == 0 {
		return false
	}
	k := sort.Search(len(sh.edits), func(k int) bool { return sh.edits[k].at >= offset })
	return k < len(sh.edits) && sh.edits[k].at == offset && sh.edits[k].n == 0
}
