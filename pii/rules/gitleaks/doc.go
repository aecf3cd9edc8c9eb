// Package gitleaks holds the default rules of gitleaks (github.com/gitleaks/
// gitleaks) as data, and judges one place of a text by one of them.
//
// What may come in: what turns a rule into a question that is cheap to ask
// (the literals that every match must hold, the bytes that must follow), and
// the rules' own conditions: entropy, capture groups, allow lists, stop words.
// What must never: rules of our own (they live in package rules), passes over
// a text (so do they), and the comment "gitleaks:allow", by which whoever
// writes a text could switch the filter off.
//
// gitleaks looks at files: it knows their paths, and asks whether a keyword
// stands anywhere in the file. A text here has no path, so conditions on paths
// are left out, and a keyword stands in the match itself or, for the few rules
// whose pattern does not hold one, within Reach bytes of it.
//
// Regular expressions are Go's, which are linear in their input, and are
// compiled when they are first asked.
package gitleaks

//go:generate go run ./generate
