// Package mask says what becomes of a span: operators and placeholders.
package mask

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

// Action is an operator with its parameter.
type Action struct {
	Kind     Kind
	KeepLast int // for Partial: characters that stay readable at the end
}
