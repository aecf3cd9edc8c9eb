package gitleaks

import (
	"regexp"
	"strings"
	"sync"
)

// allowlist says what is no secret although a rule matches it.
type allowlist struct {
	target    string // what regexes look at: "" the secret, "match", or "line"
	both      bool   // regexes and stop words must both agree; otherwise either
	regexes   []pattern
	stopWords []string

	once  sync.Once
	words *stopWords
}

// pattern is a regular expression that is only asked about texts that hold
// one of the literals it needs, if it needs any.
type pattern struct {
	text  string
	needs []string // in lower case

	once  sync.Once
	re    *regexp.Regexp
	words *stopWords
}

// finding is a match that allow lists are asked about.
type finding struct {
	secret, match string
	text          string // the match stands at [from, to)
	from, to      int
}

func (f *finding) allowed(lists []allowlist) bool {
	for i := range lists {
		if lists[i].allows(f) {
			return true
		}
	}
	return false
}

func (a *allowlist) allows(f *finding) bool {
	byRegex := a.matches(f)
	if byRegex && (!a.both || len(a.stopWords) == 0) {
		return true
	}
	if a.both && len(a.regexes) > 0 && !byRegex || len(a.stopWords) == 0 {
		return false
	}
	a.once.Do(func() { a.words = newStopWords(a.stopWords) })
	return a.words.in(strings.ToLower(f.secret))
}

func (a *allowlist) matches(f *finding) bool {
	if len(a.regexes) == 0 {
		return false
	}
	target := f.target(a.target)
	folded := strings.ToLower(target)
	for i := range a.regexes {
		if a.regexes[i].matches(target, folded) {
			return true
		}
	}
	return false
}

func (p *pattern) matches(target, folded string) bool {
	p.once.Do(func() {
		p.re = regexp.MustCompile(p.text)
		p.words = newStopWords(p.needs)
	})
	return (len(p.needs) == 0 || p.words.in(folded)) && p.re.MatchString(target)
}

// maxLine bounds how far around a match its line is looked at, in bytes.
const maxLine = 256

func (f *finding) target(name string) string {
	switch name {
	case "match":
		return f.match
	case "line":
		head := f.text[max(0, f.from-maxLine):f.from]
		tail := f.text[f.to:min(len(f.text), f.to+maxLine)]
		if k := strings.LastIndexByte(head, '\n'); k >= 0 {
			head = head[k+1:]
		}
		if k := strings.IndexByte(tail, '\n'); k >= 0 {
			tail = tail[:k]
		}
		return f.text[f.from-len(head) : f.to+len(tail)]
	default:
		return f.secret
	}
}

// stopWords is a set of words in lower case that are found anywhere in a
// text.
type stopWords struct {
	few    []string
	begins [1 << 12 / 64]uint64 // by the first two bytes, in bits
	words  map[[2]byte][]string // by the first two bytes
}

func newStopWords(words []string) *stopWords {
	const few = 8
	set := &stopWords{words: make(map[[2]byte][]string)}
	for _, w := range words {
		w = strings.ToLower(w)
		if len(words) <= few || len(w) < 2 {
			set.few = append(set.few, w)
			continue
		}
		key := [2]byte{w[0], w[1]}
		set.words[key] = append(set.words[key], w)
		bit := beginning(w[0], w[1])
		set.begins[bit>>6] |= 1 << (bit & 63)
	}
	return set
}

// beginning tells most pairs of bytes apart in twelve bits.
func beginning(a, b byte) uint { return uint(a&63)<<6 | uint(b&63) }

// in reports whether one of the words stands in the text, in lower case.
func (w *stopWords) in(folded string) bool {
	for _, word := range w.few {
		if strings.Contains(folded, word) {
			return true
		}
	}
	if len(w.words) == 0 {
		return false
	}
	for i := 0; i+1 < len(folded); i++ {
		bit := beginning(folded[i], folded[i+1])
		if w.begins[bit>>6]&(1<<(bit&63)) == 0 {
			continue
		}
		for _, word := range w.words[[2]byte{folded[i], folded[i+1]}] {
			if strings.HasPrefix(folded[i:], word) {
				return true
			}
		}
	}
	return false
}
