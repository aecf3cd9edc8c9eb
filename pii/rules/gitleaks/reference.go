package gitleaks

import (
	"regexp"
	"strings"
)

// Rules returns all rules, also those that package rules finds natively.
func Rules() []*Rule {
	all := make([]*Rule, len(rules))
	for i := range rules {
		all[i] = &rules[i]
	}
	return all
}

// Pattern returns the rule's regular expression as gitleaks has it.
func (r *Rule) Pattern() string { return r.regex }

// Is reports whether one of the rule's shapes is of this kind.
func (r *Rule) Is(kind Kind) bool {
	for i := range shapes {
		if shapes[i].owner() == r && shapes[i].Kind == kind {
			return true
		}
	}
	return false
}

// Reference finds what gitleaks finds: the unchanged pattern over the whole
// text, behind the test for keywords. It is slow, and there for tests to
// compare with. yield gets the range of each secret.
func (r *Rule) Reference(text string, yield func(start, end int)) {
	folded := strings.ToLower(text)
	for i, k := range r.keywords {
		if strings.Contains(folded, strings.ToLower(k)) {
			break
		}
		if i == len(r.keywords)-1 {
			return
		}
	}
	r.once.Do(func() { r.re = regexp.MustCompile(r.regex) })
	for _, loc := range r.re.FindAllStringSubmatchIndex(text, -1) {
		if start, end := r.secret(text, text, 0, loc[0], loc); start < end {
			yield(start, end)
		}
	}
}

// NearKeyword reports whether one of the rule's keywords stands within Reach
// of text[start:end], or in it.
func (r *Rule) NearKeyword(text string, start, end int) bool {
	around := strings.ToLower(text[max(0, start-Reach):min(len(text), end+Reach)])
	for _, k := range r.keywords {
		if strings.Contains(around, strings.ToLower(k)) {
			return true
		}
	}
	return false
}

// Keyword returns the first of the words one of which must stand in a text.
func (r *Rule) Keyword() string { return r.keywords[0] }
