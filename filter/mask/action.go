// Package mask says what becomes of a span: operators and placeholders.
//
// What may come in: operators, and ways of writing what replaces a value.
// What must never: detection, body formats, and any output that lets a
// reader without the key tell two values of one category and length apart
// (except what Partial and Hash promise to show).
package mask

import (
	"errors"
	"strconv"
)

// Kind is an operator.
type Kind uint8

// The operators. Replace is the zero value and the default.
const (
	Replace Kind = iota // <CATEGORY>
	Redact              // removed
	Partial             // all but the last KeepLast letters and digits become '*'
	Hash                // keyed HMAC-SHA256, truncated
	Keep                // left alone, counted
	Block               // the whole body is stopped
)

var kindNames = map[string]Kind{
	"replace": Replace, "redact": Redact, "partial": Partial,
	"hash": Hash, "keep": Keep, "block": Block,
}

// String is the operator's word in a configuration.
func (k Kind) String() string {
	for name, kind := range kindNames {
		if kind == k {
			return name
		}
	}
	return "unknown"
}

// Action is an operator with its parameter.
type Action struct {
	Kind     Kind
	KeepLast int // for Partial: characters that stay readable at the end
}

// maxKeepLast bounds Partial: whoever wants to see more wants Keep.
const maxKeepLast = 16

// ParseAction reads an action from the words of a configuration: an
// operator, and for partial the number of characters kept (4 if left out).
func ParseAction(words []string) (Action, error) {
	if len(words) == 0 {
		return Action{}, errors.New("missing action: want replace, redact, partial, hash, keep or block")
	}
	kind, ok := kindNames[words[0]]
	if !ok {
		return Action{}, errors.New("unknown action " + strconv.Quote(words[0]) + ": want replace, redact, partial, hash, keep or block")
	}
	a := Action{Kind: kind}
	rest := words[1:]
	if kind == Partial {
		a.KeepLast = 4
		if len(rest) > 0 {
			n, err := strconv.Atoi(rest[0])
			if err != nil {
				return Action{}, errors.New("partial: want a number of characters")
			}
			a.KeepLast, rest = n, rest[1:]
		}
	}
	if len(rest) > 0 {
		return Action{}, errors.New(words[0] + ": unexpected argument " + strconv.Quote(rest[0]))
	}
	return a, a.Validate()
}

// Validate reports an action that cannot be carried out.
func (a Action) Validate() error {
	switch {
	case a.Kind > Block:
		return errors.New("unknown action")
	case a.Kind == Partial && (a.KeepLast < 0 || a.KeepLast > maxKeepLast):
		return errors.New("partial: want 0 to " + strconv.Itoa(maxKeepLast) + " characters")
	}
	return nil
}
