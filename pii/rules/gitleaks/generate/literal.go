package main

import (
	"regexp/syntax"
	"strings"
	"unicode"
)

// maxSet bounds the sets of literals that a pattern is expanded to.
const maxSet = 128

// anchor is a literal and what must follow it: gitleaks.Anchor says more.
type anchor struct {
	text     string
	fold     bool
	set      byteSet
	min, max int
}

// byteSet is a set of ASCII bytes.
type byteSet [2]uint64

func (s *byteSet) has(c byte) bool { return c < 128 && s[c>>6]&(1<<(c&63)) != 0 }

func (s *byteSet) add(c rune) {
	if c >= 0 && c < 128 {
		s[c>>6] |= 1 << (c & 63)
	}
}

// lead returns the literals that matches of seq begin with, and what follows
// them: one of them stands at the beginning of every match. A literal may be
// empty.
func lead(seq []*syntax.Regexp) []anchor { return leadFrom([]word{{}}, seq) }

func leadFrom(texts []word, seq []*syntax.Regexp) []anchor {
	for len(seq) > 0 {
		re, rest := seq[0], seq[1:]
		switch re.Op {
		case syntax.OpCapture, syntax.OpConcat:
			seq = append(append([]*syntax.Regexp{}, re.Sub...), rest...)
			continue
		case syntax.OpEmptyMatch, syntax.OpWordBoundary:
			seq = rest
			continue
		}
		if set, ok := exact(re); ok && len(set)*len(texts) <= maxSet {
			texts, seq = cross(texts, set), rest
			continue
		}
		if re.Op == syntax.OpAlternate {
			all := make([]anchor, 0, len(re.Sub))
			for _, branch := range re.Sub {
				all = append(all, leadFrom(texts, append([]*syntax.Regexp{branch}, rest...))...)
			}
			return all
		}
		var run anchor
		if set, ok := classOf(re); ok {
			run.set, run.min = set, 1
		} else if re.Op == syntax.OpRepeat || re.Op == syntax.OpPlus {
			if set, ok := classOf(re.Sub[0]); ok {
				run.set, run.min = set, max(re.Min, 1)
				if re.Op == syntax.OpRepeat {
					run.min = re.Min
					if re.Max > 0 && ends(rest, &set) {
						run.max = re.Max
					}
				}
			}
		}
		return withRun(texts, run)
	}
	return withRun(texts, anchor{})
}

func withRun(texts []word, run anchor) []anchor {
	all := make([]anchor, len(texts))
	for i, t := range texts {
		all[i] = run
		all[i].text, all[i].fold = t.text, t.fold
	}
	return all
}

// ends reports whether rest is the usual end of a pattern, `(?:[\x60'"\s;]|\\[nr]|$)`,
// and nothing in it is of set.
func ends(rest []*syntax.Regexp, set *byteSet) bool {
	return len(rest) == 1 && rest[0].Op == syntax.OpAlternate &&
		strings.HasSuffix(rest[0].String(), `|\\[nr]|(?-m:$))`) && !set.has('"') && !set.has(';') && !set.has('\\')
}

// classOf returns the ASCII bytes that re, one character, can be.
func classOf(re *syntax.Regexp) (set byteSet, ok bool) {
	switch {
	case re.Op == syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i] >= 128 && re.Rune[i+1]-re.Rune[i] > 1 {
				return set, false
			}
			for c := re.Rune[i]; c <= min(re.Rune[i+1], 127); c++ {
				set.add(c)
			}
			if re.Rune[i+1] > 127 && re.Rune[i] < 128 {
				return set, false
			}
		}
		return set, true
	case re.Op == syntax.OpLiteral && len(re.Rune) == 1:
		set.add(re.Rune[0])
		if re.Flags&syntax.FoldCase != 0 {
			set.add(unicode.ToLower(re.Rune[0]))
			set.add(unicode.ToUpper(re.Rune[0]))
		}
		return set, true
	}
	return set, false
}

// word is a literal; where case does not matter, in lower case.
type word struct {
	text string
	fold bool
}

// exact returns all that re can match, if that is little.
func exact(re *syntax.Regexp) ([]word, bool) {
	switch re.Op {
	case syntax.OpLiteral:
		if text := string(re.Rune); re.Flags&syntax.FoldCase != 0 && strings.ToLower(text) != strings.ToUpper(text) {
			return []word{{strings.ToLower(text), true}}, true
		}
		return []word{{string(re.Rune), false}}, true
	case syntax.OpCapture:
		return exact(re.Sub[0])
	case syntax.OpCharClass:
		return exactClass(re)
	case syntax.OpConcat:
		all := []word{{}}
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if !ok || len(set)*len(all) > maxSet {
				return nil, false
			}
			all = cross(all, set)
		}
		return all, true
	case syntax.OpAlternate:
		var all []word
		for _, sub := range re.Sub {
			set, ok := exact(sub)
			if !ok {
				return nil, false
			}
			all = append(all, set...)
		}
		return all, len(all) <= maxSet
	case syntax.OpQuest:
		set, ok := exact(re.Sub[0])
		return append([]word{{}}, set...), ok && len(set) < maxSet
	}
	return nil, false
}

func exactClass(re *syntax.Regexp) ([]word, bool) {
	set, ok := classOf(re)
	if !ok {
		return nil, false
	}
	var all []word
	for c := range byte(128) {
		lower := c | 0x20
		both := c >= 'A' && c <= 'Z' && set.has(lower) || c >= 'a' && c <= 'z' && set.has(c&^0x20)
		if set.has(c) && !(both && c != lower) {
			all = append(all, word{string(rune(c)), both})
		}
	}
	return all, len(all) > 0 && len(all) <= 4
}

// cross joins each of heads with each of tails. Where case does not matter
// for one half, it is not asked about in the other.
func cross(heads, tails []word) []word {
	all := make([]word, 0, len(heads)*len(tails))
	for _, h := range heads {
		for _, t := range tails {
			w := word{h.text + t.text, h.fold || t.fold}
			if w.fold {
				w.text = strings.ToLower(w.text)
			}
			all = append(all, w)
		}
	}
	return all
}

// required returns literals of which every match of re holds one; none if
// there are none. Longer ones are preferred.
func required(re *syntax.Regexp) []word {
	if set, ok := exact(re); ok {
		return set
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpAlternate:
		var all []word
		for _, sub := range re.Sub {
			set := required(sub)
			if shortest(set) == "" {
				return nil
			}
			all = append(all, set...)
		}
		return all
	case syntax.OpConcat:
		return requiredIn(flatten(re))
	}
	return nil
}

func requiredIn(seq []*syntax.Regexp) (best []word) {
	current := []word{{}}
	keep := func(set []word) {
		if len(shortest(set)) > len(shortest(best)) {
			best = set
		}
	}
	for _, re := range seq {
		if set, ok := exact(re); ok {
			if len(set)*len(current) <= maxSet {
				current = cross(current, set)
				keep(current)
				continue
			}
		}
		if re.Op == syntax.OpAlternate { // what the parser took out of its branches belongs to them
			keep(leading(current, re))
		}
		current = []word{{}}
		keep(required(re))
	}
	return best
}

// leading returns the literals that matches of re behind one of heads begin
// with.
func leading(heads []word, re *syntax.Regexp) []word {
	found := leadFrom(heads, []*syntax.Regexp{re})
	all := make([]word, 0, len(found))
	for _, a := range found {
		all = append(all, word{a.text, a.fold})
	}
	return all
}

// maxLen returns the most bytes that a match of re in ASCII has, or -1.
func maxLen(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		return len(string(re.Rune))
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1
	case syntax.OpCapture, syntax.OpQuest:
		return maxLen(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus:
		return -1
	case syntax.OpRepeat:
		n := maxLen(re.Sub[0])
		if re.Max < 0 || n < 0 {
			return -1
		}
		return re.Max * n
	case syntax.OpConcat:
		total := 0
		for _, sub := range re.Sub {
			n := maxLen(sub)
			if n < 0 {
				return -1
			}
			total += n
		}
		return total
	case syntax.OpAlternate:
		most := 0
		for _, sub := range re.Sub {
			n := maxLen(sub)
			if n < 0 {
				return -1
			}
			most = max(most, n)
		}
		return most
	}
	return 0
}
