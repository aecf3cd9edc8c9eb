package gitleaks

import (
	"regexp"
	"sync"
)

// Kind says how a rule is looked for.
type Kind uint8

// The kinds of shapes.
const (
	// Native: by code of package rules; the pattern is there for its tests.
	Native Kind = iota
	// Assigned: a name, a mark of assignment, a value. Ask at the mark.
	Assigned
	// Prefixed: every match begins with one of the anchors.
	Prefixed
	// Containing: every match holds one of the anchors somewhere.
	Containing
	// Near: the anchors are keywords that stand within Reach of a match.
	Near
)

// Shape is one alternative of a rule's pattern, made ready to be looked for.
type Shape struct {
	Kind    Kind
	Anchors []Anchor // literals; of an assigned secret: its names
	Values  []Anchor // how the value of an assigned secret begins; empty: not known

	rule      int    // index of rules
	pattern   string // begins with \A where the anchors begin the match
	wordStart bool   // a match begins a word
	maxLen    int    // of a match in bytes; -1: no bound
	once      sync.Once
	re        *regexp.Regexp
}

// Anchor is a literal and what must follow it.
type Anchor struct {
	Text string // in lower case where Fold
	Fold bool   // case does not matter
	Set  Set    // every match goes on with bytes of Set,
	Min  int    // at least so many,
	Max  int    // and, where it is positive, at most so many before another byte
}

// Set is a set of ASCII bytes.
type Set [2]uint64

// Has reports whether c is in the set.
func (s *Set) Has(c byte) bool { return c < 128 && s[c>>6]&(1<<(c&63)) != 0 }

// Follows reports whether what the anchor asks for stands at i.
func (a *Anchor) Follows(text string, i int) bool {
	if len(text)-i < a.Min {
		return false
	}
	for k := i; k < i+a.Min; k++ {
		if !a.Set.Has(text[k]) {
			return false
		}
	}
	if a.Max == 0 {
		return true
	}
	for k := i + a.Min; k <= i+a.Max; k++ {
		if k == len(text) || !a.Set.Has(text[k]) {
			return true
		}
	}
	return false
}

// Shapes returns how many shapes there are.
func Shapes() int { return len(shapes) }

// At returns a shape.
func At(i int) *Shape { return &shapes[i] }

// Rule returns the name of the rule.
func (sh *Shape) Rule() string { return sh.owner().ID }

// MaxLen returns the most bytes a match has, or a bound for what is looked at.
func (sh *Shape) MaxLen() int {
	if sh.maxLen < 0 {
		return maxWindow
	}
	return sh.maxLen
}

func (sh *Shape) owner() *Rule { return &rules[sh.rule] }

// regexp compiles the pattern when it is first asked for: most never are.
func (sh *Shape) regexp() *regexp.Regexp {
	sh.once.Do(func() { sh.re = regexp.MustCompile(sh.pattern) })
	return sh.re
}
