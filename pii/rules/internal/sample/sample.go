// Package sample draws texts that a regular expression matches, for tests.
package sample

import (
	"math/rand/v2"
	"regexp/syntax"
	"strings"
)

// Text draws a text in ASCII that the pattern, in Perl's syntax, matches if
// nothing stands around it that its anchors and boundaries forbid. Repetitions
// without a bound are short.
func Text(r *rand.Rand, pattern string) (string, error) {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	draw(&b, r, re)
	return b.String(), nil
}

func draw(b *strings.Builder, r *rand.Rand, re *syntax.Regexp) {
	repeat := func(least, most int) {
		for range least + r.IntN(most-least+1) {
			draw(b, r, re.Sub[0])
		}
	}
	const some = 3
	switch re.Op {
	case syntax.OpLiteral:
		for _, c := range re.Rune {
			b.WriteRune(c)
		}
	case syntax.OpCharClass:
		b.WriteRune(drawClass(r, re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte("abcdef 0123"[r.IntN(11)])
	case syntax.OpCapture, syntax.OpConcat:
		for _, sub := range re.Sub {
			draw(b, r, sub)
		}
	case syntax.OpAlternate:
		draw(b, r, re.Sub[r.IntN(len(re.Sub))])
	case syntax.OpStar:
		repeat(0, some)
	case syntax.OpPlus:
		repeat(1, 1+some)
	case syntax.OpQuest:
		repeat(0, 1)
	case syntax.OpRepeat:
		most := re.Max
		if most < 0 {
			most = re.Min + some
		}
		repeat(re.Min, most)
	}
}

// drawClass draws an ASCII character of a class; all classes have one.
func drawClass(r *rand.Rand, ranges []rune) rune {
	var ascii []rune
	for i := 0; i < len(ranges); i += 2 {
		for c := max(ranges[i], '\t'); c <= min(ranges[i+1], '~'); c++ {
			if c >= ' ' || c == '\n' || c == '\t' {
				ascii = append(ascii, c)
			}
		}
	}
	return ascii[r.IntN(len(ascii))]
}
