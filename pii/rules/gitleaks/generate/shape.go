package main

import (
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
)

// shape is one alternative of a rule's pattern, made ready to be looked for:
// gitleaks.Shape says what the fields mean.
type shape struct {
	kind      string
	anchors   []anchor
	values    []anchor
	wordStart bool
	pattern   string
	maxLen    int
}

// natively lists the rules that package rules finds by code of its own,
// because their patterns reach over lines without bound, or because it takes
// shorter passwords, too.
var natively = []string{"private-key", "curl-auth-header", "curl-auth-user", "kubernetes-secret-yaml", "hashicorp-tf-password"}

// shapes makes a rule ready.
func shapes(r *rule) ([]shape, error) {
	re, err := syntax.Parse(r.Regex, syntax.Perl)
	if err != nil {
		return nil, fmt.Errorf("pattern of %s: %w", r.ID, err)
	}
	if slices.Contains(natively, r.ID) {
		return []shape{{kind: "Native", pattern: r.Regex, maxLen: maxLen(re)}}, nil
	}
	if re.Op != syntax.OpAlternate {
		return []shape{newShape(r, re)}, nil
	}
	var all []shape
	for _, branch := range re.Sub {
		all = append(all, newShape(r, branch))
	}
	return all, nil
}

func newShape(r *rule, re *syntax.Regexp) shape {
	var sh shape
	seq := flatten(re)
	for len(seq) > 0 && blankPrefix(seq[0]) {
		seq = seq[1:]
	}
	if sh.assigned(seq) || sh.prefixed(r, seq) {
		return sh
	}
	sh.kind, sh.pattern, sh.maxLen = "Containing", re.String(), maxLen(re)
	literals := required(re)
	if tooCommon(shortest(literals), r) {
		sh.kind, literals = "Near", nil
		for _, k := range r.Keywords {
			literals = append(literals, word{strings.ToLower(k), true})
		}
	}
	sh.anchors = withRun(literals, anchor{})
	return sh
}

// tooCommon reports whether a literal is so short that the rule's keywords are
// what tells its secrets.
func tooCommon(literal string, r *rule) bool {
	if len(literal) < 2 {
		return true
	}
	return len(literal) < 4 && strings.Trim(literal, "abcdefghijklmnopqrstuvwxyz") == "" && len(r.Keywords[0]) > len(literal)+2
}

// blankPrefix recognises the `[\w.-]{0,50}?` that most patterns begin with. It
// can always be empty, so a pattern finds something with it where it finds
// something without it.
func blankPrefix(re *syntax.Regexp) bool {
	return re.Op == syntax.OpRepeat && re.Min == 0 && re.Flags&syntax.NonGreedy != 0 && re.Sub[0].Op == syntax.OpCharClass
}

// assigned recognises `names[ \t\w.-]{0,20}[\s'"]{0,3}(?:=|:|…)[\x60'"\s=]{0,5}(value)`.
func (sh *shape) assigned(seq []*syntax.Regexp) bool {
	gap := slices.IndexFunc(seq, func(re *syntax.Regexp) bool {
		return re.Op == syntax.OpRepeat && re.Min == 0 && re.Max == 20 && re.Sub[0].Op == syntax.OpCharClass
	})
	if gap < 0 || gap+4 >= len(seq) || seq[gap+1].Max != 3 || seq[gap+3].Max != 5 {
		return false
	}
	names := lead(seq[:gap])
	for _, n := range names {
		if len(n.text) < 3 || strings.Contains(n.text, ",") {
			return false
		}
	}
	sh.kind, sh.anchors = "Assigned", names
	sh.values = lead(seq[gap+4:])
	for _, v := range sh.values {
		// The filler before the value would take these.
		if v.text == "" && v.set.has('=') || strings.ContainsAny(v.text, `"=`) {
			sh.values = nil
			break
		}
	}
	sh.pattern, sh.maxLen = anchored(seq), maxLen(concat(seq))
	return true
}

func (sh *shape) prefixed(r *rule, seq []*syntax.Regexp) bool {
	if len(seq) > 0 && seq[0].Op == syntax.OpWordBoundary {
		sh.wordStart, seq = true, seq[1:]
	}
	anchors := lead(seq)
	for _, a := range anchors {
		if tooCommon(a.text, r) || strings.HasPrefix(a.text, "http") {
			sh.wordStart = false
			return false
		}
	}
	sh.kind, sh.anchors = "Prefixed", anchors
	sh.pattern, sh.maxLen = anchored(seq), maxLen(concat(seq))
	return true
}

func anchored(seq []*syntax.Regexp) string { return `\A(?:` + concat(seq).String() + `)` }

func concat(seq []*syntax.Regexp) *syntax.Regexp {
	return &syntax.Regexp{Op: syntax.OpConcat, Sub: seq}
}

// flatten returns the parts of a concatenation, concatenations inside opened.
func flatten(re *syntax.Regexp) []*syntax.Regexp {
	if re.Op != syntax.OpConcat {
		return []*syntax.Regexp{re}
	}
	var seq []*syntax.Regexp
	for _, sub := range re.Sub {
		seq = append(seq, flatten(sub)...)
	}
	return seq
}

// shortest returns the shortest of the words.
func shortest(words []word) string {
	least := ""
	for i, w := range words {
		if i == 0 || len(w.text) < len(least) {
			least = w.text
		}
	}
	return least
}
