package document

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// shortest is how many letters and digits a value has that is looked for
// elsewhere; shorter ones are in every other word.
const shortest = 3

// folded is a text as one compares it: small letters, any blanks as one, and
// without what is not seen (soft hyphens, joiners, marks of direction).
type folded struct {
	text string
	back []int32 // of each byte, and of the end: the byte of the text it came from
}

func fold(text string) folded {
	var b strings.Builder
	back := make([]int32, 0, len(text)+1)
	blank := true
	for i, r := range text {
		switch {
		case unicode.Is(unicode.Cf, r):
			continue
		case unicode.IsSpace(r):
			if blank {
				continue
			}
			r, blank = ' ', true
		default:
			r, blank = unicode.ToLower(r), false
		}
		n := b.Len()
		b.WriteRune(r)
		for range b.Len() - n {
			back = append(back, int32(i))
		}
	}
	return folded{b.String(), append(back, int32(len(text)))}
}

// value is a text that must be nowhere in the new document.
type value struct {
	folded   string
	category pii.Category
}

// values is a set of them, by how they begin: many are looked for at once.
type values map[[shortest]byte][]value

// add takes a text in, if it is long enough to be looked for.
func (v values) add(text string, category pii.Category) {
	f := strings.TrimSpace(fold(text).text)
	letters := 0
	for _, r := range f {
		if isWord(r) {
			letters++
		}
	}
	if letters < shortest {
		return
	}
	key := [shortest]byte([]byte(f))
	if !slices.ContainsFunc(v[key], func(o value) bool { return o.folded == f }) {
		v[key] = append(v[key], value{f, category})
		// Of those that begin alike, the longest counts.
		slices.SortStableFunc(v[key], func(a, b value) int { return len(b.folded) - len(a.folded) })
	}
}

// in calls each with where values stand in a text as words of their own, without
// overlaps, as bytes of the text that was folded.
func (v values) in(f folded, each func(from, to int, category pii.Category)) {
	for at := 0; at+shortest <= len(f.text); {
		if n, category := v.at(f.text, at); n > 0 {
			each(int(f.back[at]), int(f.back[at+n]), category)
			at += n
			continue
		}
		_, n := utf8.DecodeRuneInString(f.text[at:])
		at += n
	}
}

func (v values) at(text string, at int) (int, pii.Category) {
	if !edge(text, at) {
		return 0, ""
	}
	for _, w := range v[[shortest]byte([]byte(text[at:at+shortest]))] {
		if strings.HasPrefix(text[at:], w.folded) && edge(text, at+len(w.folded)) {
			return len(w.folded), w.category
		}
	}
	return 0, ""
}

// edge reports whether no word goes on over an offset.
func edge(text string, at int) bool {
	if at == 0 || at == len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return !isWord(before) || !isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }
