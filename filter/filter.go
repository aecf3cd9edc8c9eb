// Package filter is the one pipeline: body + policy → segments → detectors →
// decisions → edits → body, and a Report of counts. The handler, the log
// writer, the apps and the command line all call it; it knows none of them.
package filter

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Message is one body with what its headers say of it.
type Message struct {
	Body            []byte   // raw bytes as they came, content codings still on
	ContentType     []string // all Content-Type values; a hint only
	ContentEncoding []string // all Content-Encoding values, in order of application
	FileName        string   // for the command line: format by name; "" elsewhere
}

// Result is what becomes of a Message.
type Result struct {
	// Body is the body to forward, in the same content codings. When
	// Changed is false it is the very slice of the Message.
	Body    []byte
	Changed bool
	Report  Report
}

// Unsupported says what to do with types that nobody here can read.
type Unsupported string

// The choices for Policy.Unsupported.
const (
	UnsupportedBlock Unsupported = "block" // the default
	UnsupportedPass  Unsupported = "pass"
)

// Policy is what one site wants. The zero value is the default policy:
// every category replaced by <CATEGORY>, unsupported types blocked.
type Policy struct {
	Default     mask.Action                  // for categories without an entry
	Actions     map[pii.Category]mask.Action // per category
	Format      string                       // placeholder, "{category}" is the upper-case category; "" = "<{category}>"
	Key         []byte                       // HMAC key of the hash operator
	Allow       []string                     // exact values (case-insensitive) that are never masked
	Skip        []string                     // JSON paths left alone: "$.tools", "$.items[*].id"
	Keys        bool                         // let the model, not only rules, mask object keys and field names
	Numbers     string                       // masked JSON numbers: "digits" (default, same length) or "string"
	Unsupported Unsupported
	Monitor     bool  // decide and count, change nothing
	MaxBody     int64 // decoded bytes; 0 = 10 MiB
	RulesOnly   bool  // do not ask the model
}

// Options configure a Filter.
type Options struct {
	Rules  pii.Detector
	Policy Policy
}

// Filter applies one policy. It is immutable and safe for concurrent use.
type Filter struct {
	opts Options
}

// Process masks one message. model may be nil only if the policy says
// RulesOnly. Any error means that the body must not be forwarded; it is a
// *Error with a Reason of the closed set, or wraps ctx's cancellation.
func (f *Filter) Process(ctx context.Context, model pii.Detector, m Message) (Result, error) {
	panic("written by the filter room")
}
