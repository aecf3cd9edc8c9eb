package hftokenizer

import "errors"

// What can go wrong. None of these carries text: the library's own messages
// may quote what it was given.
var (
	// ErrDefinition: the tokenizer.json cannot be used.
	ErrDefinition = errors.New("hftokenizer: unusable tokenizer.json")
	// ErrText: the text was not sanitised (NUL byte or invalid UTF-8).
	ErrText = errors.New("hftokenizer: the text holds a NUL byte or invalid UTF-8")
	// ErrEncode: the library failed.
	ErrEncode = errors.New("hftokenizer: encoding failed")
	// ErrNoTokens: visible text has no tokens.
	ErrNoTokens = errors.New("hftokenizer: no tokens for a text that is not empty")
	// ErrOffsets: the offsets of the tokens do not fit the text.
	ErrOffsets = errors.New("hftokenizer: token offsets do not fit the text")
	// ErrNoCgo: this program was built without cgo.
	ErrNoCgo = errors.New("built without cgo, so the tokenizer library cannot be used; build with CGO_ENABLED=1 and a C compiler")
)
