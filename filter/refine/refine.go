// Package refine makes one list of what rules and model found in a text: what
// the model cannot mean is dropped, its boundaries are put where a value ends,
// and what both found becomes one span.
//
// A step belongs here only if it is a function of the text and the spans alone
// (I4), and if bench/refine shows that held-out texts gain from it. What must
// never come in: policy, formats, and steps that make a rule's span smaller or
// drop it: what rules tell by a checksum, no guess may undo.
package refine

import "github.com/caddyprivacy/privacyfilter/pii"

// Steps is a set of steps.
type Steps uint

// All are the steps that are taken.
const All Steps = 0

// Union refines with all steps.
func Union(text string, rules, model []pii.Span) []pii.Span { return All.Union(text, rules, model) }

// Union joins what rules and model found in text into one list, sorted and
// without overlaps. Neither list is changed, but may be what is returned.
func (s Steps) Union(text string, rules, model []pii.Span) []pii.Span {
	if len(model) == 0 {
		return rules
	}
	return pii.Union(rules, model)
}
