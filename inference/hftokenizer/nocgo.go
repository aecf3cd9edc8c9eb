//go:build !cgo

package hftokenizer

import "github.com/caddyprivacy/privacyfilter/inference"

// Tokenizer cannot be made in a build without cgo.
type Tokenizer struct{}

var _ inference.Tokenizer = (*Tokenizer)(nil)

// New returns ErrNoCgo.
func New([]byte) (*Tokenizer, error) { return nil, ErrNoCgo }

// Encode returns ErrNoCgo.
func (*Tokenizer) Encode(dst []inference.Token, _ string) ([]inference.Token, error) {
	return dst, ErrNoCgo
}

// Specials returns nothing.
func (*Tokenizer) Specials() (prefix, suffix []int64) { return nil, nil }

// VocabSize returns 0.
func (*Tokenizer) VocabSize() int { return 0 }

// Unknown returns inference.NoID.
func (*Tokenizer) Unknown() int64 { return inference.NoID }

// Close does nothing.
func (*Tokenizer) Close() error { return nil }
