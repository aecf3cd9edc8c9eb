// Package score says how good found spans are, held against the spans that a
// person marked: it reads rows of marked text, counts what was found and what
// was not, and sorts the mistakes into classes by what they look like.
//
// What may come in: ways to read marked rows, to count, and to describe a
// mistake. What must never: detectors, policies, tables, and any error, class
// or count that holds text of a row (I7).
package score

import (
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Result is what rows came to: all categories together, and each alone.
type Result struct {
	Counts
	Categories map[pii.Category]Counts
}

// Add adds what other rows came to.
func (r *Result) Add(other Result) {
	r.add(other.Counts)
	for category, counts := range other.Categories {
		r.category(category, counts)
	}
}

func (r *Result) category(category pii.Category, counts Counts) {
	if r.Categories == nil {
		r.Categories = make(map[pii.Category]Counts)
	}
	sum := r.Categories[category]
	sum.add(counts)
	r.Categories[category] = sum
}

// Scorer compares found spans with marked ones. The zero value asks for every
// category.
type Scorer struct {
	// Left reports whether policy leaves a category alone. To find a marked
	// span of it is no merit then, to miss it no mistake, and to cover it no
	// harm. Found spans of it do not count. nil: no category is left alone.
	Left func(pii.Category) bool
}

// Row compares what was found in a row with what is marked in it. Found spans
// that overlap are joined first, as they are for masking. It panics if a span
// lies outside of the text.
func (s Scorer) Row(row *Row, found []pii.Span) (Result, []Mistake) {
	marked, ignored := s.split(row.Marked)
	found, _ = s.split(found)
	found = pii.Union(found)
	c := newCover(row.Text, ignored, marked, found)

	var r Result
	var mistakes []Mistake
	exact := make(map[pii.Span]bool, len(marked))
	for _, m := range marked {
		exact[place(m)] = true
		counts := Counts{Marked: 1, MarkedCharacters: c.count(m, 0), CoveredCharacters: c.count(m, isFound)}
		switch counts.CoveredCharacters {
		case counts.MarkedCharacters:
			counts.Contained = 1
		case 0:
			mistakes = append(mistakes, newMistake(Missed, row, m))
		default:
			mistakes = append(mistakes, newMistake(Cut, row, m))
		}
		r.category(m.Category, counts)
	}
	for _, f := range found {
		counts := Counts{Found: 1, RightCharacters: c.count(f, isMarked)}
		counts.FoundCharacters = c.count(f, 0) - c.count(f, isIgnored)
		switch {
		case counts.FoundCharacters == 0:
			continue
		case exact[place(f)]:
			counts.Exact = 1
		case counts.RightCharacters == 0 && c.count(f, isIgnored) == 0:
			counts.False = 1
			mistakes = append(mistakes, newMistake(False, row, f))
		}
		r.category(f.Category, counts)
	}
	for _, counts := range r.Categories {
		r.add(counts)
	}
	r.Rows, r.Characters, r.Tokens = 1, utf8.RuneCountInString(row.Text), Tokens(row.Text)
	c.totals(&r.Counts)
	return r, mistakes
}

// place is what two spans have in common that are exactly the same.
func place(s pii.Span) pii.Span {
	return pii.Span{Start: s.Start, End: s.End, Category: s.Category}
}

// split tells the spans that count from those of categories left alone.
func (s Scorer) split(spans []pii.Span) (counted, left []pii.Span) {
	if s.Left == nil {
		return spans, nil
	}
	for _, span := range spans {
		if s.Left(span.Category) {
			left = append(left, span)
		} else {
			counted = append(counted, span)
		}
	}
	return counted, left
}

// What a character can be. One that is marked is not ignored.
const (
	isIgnored byte = 1 << iota
	isMarked
	isFound
)

// cover knows what each character of a text is, at its first byte.
type cover struct {
	text string
	is   []byte
}

func newCover(text string, ignored, marked, found []pii.Span) *cover {
	c := &cover{text, make([]byte, len(text))}
	paint := func(spans []pii.Span, set, unset byte) {
		for _, s := range spans {
			for i := s.Start; i < s.End; i++ {
				c.is[i] = c.is[i]&^unset | set
			}
		}
	}
	paint(ignored, isIgnored, 0)
	paint(marked, isMarked, isIgnored)
	paint(found, isFound, 0)
	return c
}

// count counts the characters of a span that are all of what.
func (c *cover) count(s pii.Span, what byte) (n int) {
	for i := s.Start; i < s.End; i++ {
		if c.is[i]&what == what && utf8.RuneStart(c.text[i]) {
			n++
		}
	}
	return n
}

// totals sets the counts of characters, each of them counted once, however
// many spans it lies in.
func (c *cover) totals(to *Counts) {
	all := pii.Span{End: len(c.text)}
	to.MarkedCharacters = c.count(all, isMarked)
	to.FoundCharacters = c.count(all, isFound) - c.count(all, isFound|isIgnored)
	to.CoveredCharacters = c.count(all, isMarked|isFound)
	to.RightCharacters = to.CoveredCharacters
}
