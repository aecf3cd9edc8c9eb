package gitleaks

import (
	"math"
	"regexp"
	"strings"
	"sync"
)

// Rule is one rule of gitleaks.
type Rule struct {
	ID       string
	regex    string
	group    int     // the capture group that holds the secret; 0: the first that is not empty, or the match
	entropy  float64 // bits per character that the secret must exceed; 0: any
	keywords []string
	allow    []allowlist

	once sync.Once
	re   *regexp.Regexp // regex, for Reference
}

// Reach is how far from a keyword, in bytes, a secret may stand whose rule
// has patterns without any fixed part.
const Reach = 256

// maxWindow bounds what a pattern without an upper length is shown, in bytes.
const maxWindow = 4096

// Find judges the anchor at offset at of text: the first byte of one of
// sh.Anchors, or of sh.Names. For an assigned secret, limit is the end of the
// value with what may close it. It returns the range of the secret. looked is
// how many bytes were shown to a regular expression.
func (sh *Shape) Find(text string, at, limit int) (start, end, looked int) {
	if sh.wordStart && at > 0 && isWord(text[at-1]) {
		return 0, 0, 0
	}
	if sh.Kind != Assigned {
		limit = at + maxWindow
		if sh.maxLen >= 0 {
			limit = at + sh.maxLen + 2
		}
	}
	window := text[at:min(limit, len(text))]
	loc := sh.regexp().FindStringSubmatchIndex(window)
	if loc == nil {
		return 0, 0, len(window)
	}
	from := at
	if sh.Kind == Assigned { // allow lists speak about the whole word
		for n := 0; from > 0 && n < 50 && (isWord(text[from-1]) || text[from-1] == '.' || text[from-1] == '-'); n++ {
			from--
		}
	}
	start, end = sh.owner().secret(text, window, at, from, loc)
	return start, end, len(window)
}

// FindAll judges all of text[from:to] by a rule whose anchors stand inside or
// near its matches, and yields the secrets that do not touch an end at which
// the text was cut.
func (sh *Shape) FindAll(text string, from, to int, yield func(start, end int)) {
	window := text[from:to]
	for _, loc := range sh.regexp().FindAllStringSubmatchIndex(window, -1) {
		if loc[0] == 0 && from > 0 || loc[1] == len(window) && to < len(text) {
			continue
		}
		if start, end := sh.owner().secret(text, window, from, from+loc[0], loc); start < end {
			yield(start, end)
		}
	}
}

// secret applies the rule's conditions to a match whose submatches loc are
// offsets into window, which begins at base; from is where the match begins
// for allow lists. It returns the empty range if the match is none.
func (r *Rule) secret(text, window string, base, from int, loc []int) (start, end int) {
	matchEnd := loc[0] + len(strings.TrimRight(window[loc[0]:loc[1]], "\n"))
	start, end = loc[0], matchEnd
	for g := 2; g+1 < len(loc); g += 2 {
		if loc[g] < loc[g+1] && (r.group == 0 || g == 2*r.group) {
			start, end = loc[g], loc[g+1]
			break
		}
	}
	secret := window[start:end]
	if r.entropy > 0 && entropy(secret) <= r.entropy {
		return 0, 0
	}
	match := finding{secret: secret, match: text[from : base+matchEnd], text: text, from: from, to: base + matchEnd}
	if match.allowed(everywhere) || match.allowed(r.allow) {
		return 0, 0
	}
	if r.group == 0 && end-start < 11 && strings.Contains(r.regex, `(?P<`) || end-start < 6 {
		start, end = loc[0], matchEnd // the group is but a part of the secret
	}
	return base + start, base + end
}

// entropy is Shannon's, in bits per character.
func entropy(s string) float64 {
	var counts [256]int
	n := 0
	for i := 0; i < len(s); i++ {
		counts[s[i]]++
		n++
	}
	var bits float64
	for _, c := range counts {
		if c > 0 {
			p := float64(c) / float64(n)
			bits -= p * math.Log2(p)
		}
	}
	return bits
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c == '_'
}
