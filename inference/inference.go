// Package inference is the model: reading a model directory, tokenizing,
// windows, the shared queue, constrained Viterbi decode and the span cache.
//
// It is pure Go and knows neither HTTP nor Caddy. The two native parts are
// behind the interfaces below: inference/hftokenizer (daulet/tokenizers) and
// inference/onnx (ONNX Runtime). inference/local wires them together into a
// Service from a directory or from the embedded model.
//
// The way of a text: cache (cache.go, flight.go), Sanitize, Tokenizer, check
// of its answer (tokens.go), admission, windows (geometry.go), queue and
// batches (queue.go, batch.go), Engine, Viterbi over all rows (viterbi.go,
// settle.go), spans (spans.go). service.go and detect.go lead it along.
//
// What may come in: whatever every model of token classification shares. What
// must never: cgo, a hard-coded label space, and any way for a text that was
// not read to its end to count as clean, or for a text to get into an error.
package inference

import "context"

// Token is one token of a text.
type Token struct {
	ID    int64 // vocabulary id
	Start int   // byte offset of its first byte in the text
	End   int   // byte offset after its last byte; tokens that split a rune overlap
}

// Tokenizer turns text into tokens without special tokens. It is safe for
// concurrent use. The text it gets is valid UTF-8 without NUL bytes
// (see Sanitize).
type Tokenizer interface {
	// Encode appends the tokens of text to dst.
	Encode(dst []Token, text string) ([]Token, error)
	// Specials returns the ids that the model expects before and after
	// every window ([CLS] and [SEP] for BERT, none for privacy-filter).
	Specials() (prefix, suffix []int64)
	// Close frees the native tokenizer. It must not be called while an
	// Encode is running; Service sees to that.
	Close() error
}

// Features gives a graph more to read of a token than an id, or something else:
// its shape, which a lower-casing tokenizer drops, or hashes of its letters. It
// is safe for concurrent use.
type Features interface {
	// Input is the name of the graph's input: int64 [batch, tokens, Columns],
	// or [batch, tokens] for a single column.
	Input() string
	// Columns is how many features a token has.
	Columns() int
	// Rows bounds the features: they are 0 … Rows-1. Padding and special
	// tokens are 0 in every column.
	Rows() int
	// Append appends the features of the tokens [from, to) of a text to dst,
	// Columns of each. They may depend on the whole text, so that windows
	// change nothing.
	Append(dst []int64, text string, tokens []Token, from, to int) []int64
}

// Batch is a rectangle of right-padded rows.
type Batch struct {
	Rows   int
	Cols   int     // tokens a row, padding included
	IDs    []int64 // Rows × Cols, row-major
	Mask   []int64 // Rows × Cols, 1 for a token and 0 for padding
	Labels int     // classes a token

	Columns  int     // features a token; 0 for a model that has none
	Features []int64 // Rows × Cols × Columns, row-major
}

// Engine runs batches on one device. Run is called by one goroutine at a time.
type Engine interface {
	// Run fills logits (Rows × Cols × Labels, row-major) for the batch.
	// Cancelling ctx may end the run early with an error.
	Run(ctx context.Context, b *Batch, logits []float32) error
	// Name says what runs, for metrics and the admin: "onnx/cpu".
	Name() string
	// Close frees the native session. Never called while Run is running.
	Close() error
}
