package filter

import "github.com/caddyprivacy/privacyfilter/pii"

// Outcome is what happened to a body. The set is closed: it labels metrics.
type Outcome string

// The outcomes of an inspected body that was not stopped.
const (
	OutcomeClean       Outcome = "clean"       // inspected, nothing found
	OutcomeMasked      Outcome = "masked"      // inspected, changed
	OutcomeKept        Outcome = "kept"        // found, but the policy keeps or monitors it
	OutcomeUninspected Outcome = "uninspected" // passed unread: inert type or "unsupported pass"
)

// Report counts what was found in one body. It never holds text.
type Report struct {
	Outcome  Outcome
	Format   string               // json, ndjson, text, form, csv, xml, html, multipart, envelope, protobuf, grpc, msgpack, cbor, eventstream, image, inert, unsupported, empty
	Unread   int                  // parts that nobody could read, let through by the policy
	Segments int                  // segments given to the detectors
	Found    map[pii.Category]int // spans found, by category
	Masked   map[pii.Category]int // spans changed, by category
	Failures int                  // for the log writer: entries redacted whole
}

// Reason is why a body was stopped. The set is closed: it labels metrics and
// error documents.
type Reason string

// The reasons of DESIGN's failure table.
const (
	ReasonTooLarge    Reason = "too_large"
	ReasonCoding      Reason = "coding"
	ReasonUnsupported Reason = "unsupported"
	ReasonDetector    Reason = "detector"
	ReasonOverload    Reason = "overload"
	ReasonTimeout     Reason = "timeout"
	ReasonBlocked     Reason = "blocked"
	ReasonSigned      Reason = "signed"
)

// Error says why a body must not pass. Its text is from fixed strings and
// numbers only, never from the body.
type Error struct {
	Reason Reason
	Detail string // a fixed sentence, such as "gzip stream is corrupt"
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return "body stopped: " + string(e.Reason)
	}
	return "body stopped: " + string(e.Reason) + ": " + e.Detail
}
