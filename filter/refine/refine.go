// Package refine makes one list of what rules and model found in a text: what
// the model cannot mean is dropped, its boundaries are put where a value ends,
// and what both found becomes one span.
//
// A step belongs here only if it is a function of the text and the spans alone
// (I4), looks no further than the line or a fixed distance, and if bench/refine
// shows that held-out texts gain from it. What must never come in: policy,
// formats, and steps that make a rule's span smaller or drop it: what rules
// tell by a checksum, no guess may undo.
package refine

import (
	"slices"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Steps is a set of steps.
type Steps uint

// The steps, in the order in which they are taken.
const (
	Initials  Steps = 1 << iota // "Ann" takes " B." with it
	JoinNames                   // parts of one name are one span
	Trim                        // punctuation, titles and words around a name
	Reject                      // what cannot be of its category
	Streets                     // an address takes in what belongs to it
	Nest                        // rules say where their values end, and what they are
)

// All are the steps that are taken.
const All = Initials | JoinNames | Trim | Reject | Streets | Nest

var steps = []struct {
	step Steps
	name string
	run  func(*refinement)
}{
	{Initials, "initials", (*refinement).initials},
	{JoinNames, "join names", (*refinement).joinNames},
	{Trim, "trim", (*refinement).trim},
	{Reject, "reject", (*refinement).reject},
	{Streets, "streets", (*refinement).streets},
	{Nest, "nest", (*refinement).nest},
}

// Each returns the steps one by one.
func Each() []Steps {
	out := make([]Steps, len(steps))
	for i := range steps {
		out[i] = steps[i].step
	}
	return out
}

// String names a single step.
func (s Steps) String() string {
	for i := range steps {
		if steps[i].step == s {
			return steps[i].name
		}
	}
	return "several"
}

// refinement is the work on one text.
type refinement struct {
	text  string
	rules []pii.Span // only read
	model []pii.Span // sorted, apart
	spare []pii.Span // where a step builds the next model
}

// Union joins what rules and model found in text into one list, sorted and
// without overlaps. Both lists are sorted and without overlaps themselves;
// neither is changed, but that of the rules may be what is returned.
func (s Steps) Union(text string, rules, model []pii.Span) []pii.Span {
	if len(model) == 0 {
		return rules
	}
	r := refinement{text: text, rules: rules, model: slices.Clone(model)}
	for i := range steps {
		if s&steps[i].step != 0 {
			steps[i].run(&r)
		}
	}
	return pii.Union(rules, r.model)
}

// keep adds a span to the next model, unless it is empty.
func (r *refinement) keep(s pii.Span) {
	if s.Start < s.End {
		r.spare = append(r.spare, s)
	}
}

// swap makes what was kept the model. Spans that now overlap become one.
func (r *refinement) swap() {
	r.model, r.spare = r.spare, r.model[:0]
	for i := 1; i < len(r.model); i++ {
		if r.model[i].Start < r.model[i-1].End {
			r.model = pii.Join(r.model)
			return
		}
	}
}

func (r *refinement) value(s pii.Span) string { return r.text[s.Start:s.End] }
