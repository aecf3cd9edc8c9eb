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
	regexes   []string
	stopWords []string
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
	byRegex := len(a.regexes) > 0 && a.regexp().MatchString(f.target(a.target))
	if byRegex && (!a.both || len(a.stopWords) == 0) {
		return true
	}
	if a.both && len(a.regexes) > 0 && !byRegex || len(a.stopWords) == 0 {
		return false
	}
	return a.words().in(f.secret)
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

// compiled holds what allow lists are compiled to, by their addresses.
var compiled sync.Map

func (a *allowlist) regexp() *regexp.Regexp {
	if re, ok := compiled.Load(a); ok {
		return re.(*regexp.Regexp)
	}
	re, _ := compiled.LoadOrStore(a, regexp.MustCompile("(?:"+strings.Join(a.regexes, ")|(?:")+")"))
	return re.(*regexp.Regexp)
}

// stopWords is a set of words that are found anywhere in a secret, whatever
// its case; indexed by their first two bytes.
type stopWords map[[2]byte][]string

func (a *allowlist) words() stopWords {
	if w, ok := compiled.Load(&a.stopWords[0]); ok {
		return w.(stopWords)
	}
	words := make(stopWords)
	for _, w := range a.stopWords {
		w = strings.ToLower(w)
		words[[2]byte{w[0], w[1]}] = append(words[[2]byte{w[0], w[1]}], w)
	}
	w, _ := compiled.LoadOrStore(&a.stopWords[0], words)
	return w.(stopWords)
}

func (w stopWords) in(secret string) bool {
	secret = strings.ToLower(secret)
	for i := 0; i+1 < len(secret); i++ {
		for _, word := range w[[2]byte{secret[i], secret[i+1]}] {
			if strings.HasPrefix(secret[i:], word) {
				return true
			}
		}
	}
	return false
}
