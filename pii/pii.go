// Package pii is the vocabulary every other room speaks: categories, spans,
// segments, detectors, and the union of what several detectors found.
//
// It imports nothing of ours and does no detection itself. What may come in:
// types that at least two rooms need. What must never: I/O, HTTP, models,
// and any error or string form that carries the text of a segment (I7).
package pii

import (
	"context"
	"errors"
)

// Category names a kind of personal data. The eight constants below are the
// label space of openai/privacy-filter; fine-tunes may bring others, so the
// set is open and a Category is always compared by value.
type Category string

// The categories of the model, and those that only rules find.
const (
	AccountNumber  Category = "account_number"  // cards, IBANs, national and customer ids
	PrivateAddress Category = "private_address" // postal addresses
	PrivateDate    Category = "private_date"    // birth-like dates
	PrivateEmail   Category = "private_email"
	PrivatePerson  Category = "private_person"
	PrivatePhone   Category = "private_phone"
	PrivateURL     Category = "private_url" // URLs that identify a person or carry a credential
	PrivateIP      Category = "private_ip"  // IPv4 and IPv6 addresses; found by rules only
	Secret         Category = "secret"      // passwords, keys, tokens
)

// Categories lists the built-in categories in descending priority: where two
// spans overlap, the joined span takes the category that stands first here.
func Categories() []Category {
	return []Category{
		Secret, AccountNumber, PrivateEmail, PrivatePhone, PrivateURL,
		PrivateIP, PrivateAddress, PrivatePerson, PrivateDate,
	}
}

// Source says which detector found a span.
type Source string

// The sources of spans.
const (
	SourceRules Source = "rules"
	SourceModel Source = "model"
	SourceUnion Source = "union" // joined from spans of different sources
)

// Span is a stretch of a segment that holds personal data.
type Span struct {
	Start    int      // byte offset of the first byte, always at a rune boundary
	End      int      // byte offset after the last byte, always at a rune boundary
	Category Category // what it is
	Score    float32  // confidence in (0, 1]; deterministic rules with a checksum report 1
	Source   Source   // who found it
}

// Segment is a stretch of text that is understood together: the unit of
// detection and of caching.
type Segment struct {
	// Text is valid or invalid UTF-8; detectors must cope with NUL bytes and
	// invalid sequences, and answer in byte offsets into exactly this string.
	Text string
}

// Detector finds spans. Implementations are safe for concurrent use, keep no
// reference to the text after they return, and never put it into an error.
type Detector interface {
	// Detect returns one span list for each segment, in order. The spans of
	// a segment are sorted by Start and do not overlap. An error concerns
	// the whole call: the caller must then treat every segment as unread.
	// Errors wrap one of the sentinels below, or ctx.Err().
	Detect(ctx context.Context, segments []Segment) ([][]Span, error)
}

// What a caller of a Detector must tell apart. They carry no user bytes.
var (
	// ErrOverload: the detector's queue is full; try again later.
	ErrOverload = errors.New("detector overloaded")
	// ErrNotReady: the model is still loading or is shutting down.
	ErrNotReady = errors.New("detector not ready")
	// ErrDetector: the detector failed (bad output, engine error).
	ErrDetector = errors.New("detector failed")
)
