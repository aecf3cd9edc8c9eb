package score

import (
	"cmp"
	"slices"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Kind says what kind of mistake was made.
type Kind string

// The kinds of mistakes.
const (
	Missed Kind = "missed" // nothing of a marked span was found
	Cut    Kind = "cut"    // a part of it was
	False  Kind = "false"  // what was found has nothing of a marked span
)

// Mistake is a marked span that was not found as a whole, or a span found
// where none is.
type Mistake struct {
	Class
	Row  *Row
	Span pii.Span
}

// Class is what mistakes have in common. It holds nothing of their values
// that another value of the same shape would not have as well.
type Class struct {
	Kind     Kind
	Category pii.Category
	Shape    string // see Shape
	Context  string // see Context
}

func newMistake(kind Kind, row *Row, s pii.Span) Mistake {
	return Mistake{
		Class: Class{kind, s.Category, Shape(row.Text[s.Start:s.End]), Context(row.Text, s.Start)},
		Row:   row, Span: s,
	}
}

// ClassCount is a class with how often it was seen.
type ClassCount struct {
	Class
	Count    int
	Examples []Mistake // the first ones
}

// Analysis sorts mistakes into classes. The zero value is ready.
type Analysis struct {
	// Examples is how many mistakes of each class are kept.
	Examples int

	classes map[Class]*ClassCount
}

// Add counts a mistake.
func (a *Analysis) Add(m Mistake) {
	if a.classes == nil {
		a.classes = make(map[Class]*ClassCount)
	}
	c := a.classes[m.Class]
	if c == nil {
		c = &ClassCount{Class: m.Class}
		a.classes[m.Class] = c
	}
	c.Count++
	if len(c.Examples) < a.Examples {
		c.Examples = append(c.Examples, m)
	}
}

// Classes returns the classes of a kind, the most frequent first.
func (a *Analysis) Classes(kind Kind) []ClassCount {
	var out []ClassCount
	for _, c := range a.classes {
		if c.Kind == kind {
			out = append(out, *c)
		}
	}
	slices.SortFunc(out, func(x, y ClassCount) int {
		return cmp.Or(y.Count-x.Count, cmp.Compare(x.Category, y.Category),
			cmp.Compare(x.Shape, y.Shape), cmp.Compare(x.Context, y.Context))
	})
	return out
}
