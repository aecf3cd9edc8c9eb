// Package body reads body formats: raw bytes become a Document of slots, and
// replacements are spliced back into exactly the bytes they came from.
//
// A format does two things only: it finds slots (the range of a value, its
// place, and how text is escaped there) and it names the escape in which a
// replacement is written. Decoding, the way from decoded text back to raw
// bytes, nesting and splicing are written once, in layer.go. A new format is
// one file with a function that emits slots, and a line in sniff.go.
//
// What may come in: formats and escapes. What must never: detection, policy,
// HTTP, re-marshalling, and errors or strings that hold body text.
package body

import (
	"errors"
	"unsafe"
)

// Format names how a body was read. The set is closed: it labels metrics.
type Format string

// The formats.
const (
	JSON        Format = "json"        // one JSON value
	NDJSON      Format = "ndjson"      // several, by line or just one after another
	Text        Format = "text"        // anything readable as text
	Form        Format = "form"        // application/x-www-form-urlencoded
	CSV         Format = "csv"         // a table, whatever separates its cells
	YAML        Format = "yaml"        // and what nearly is, line by line
	TOML        Format = "toml"        // likewise
	GraphQL     Format = "graphql"     // a query without JSON around it
	XML         Format = "xml"         // and what is written in it: SOAP, RSS, SVG
	HTML        Format = "html"        // markup of browsers
	Multipart   Format = "multipart"   // parts, each of a type of its own
	Envelope    Format = "envelope"    // Sentry's: items, each of a type of its own
	Protobuf    Format = "protobuf"    // a message of a known schema
	GRPC        Format = "grpc"        // several, each with its length
	MessagePack Format = "msgpack"     // values, one behind another
	CBOR        Format = "cbor"        // the same
	Image       Format = "image"       // a picture
	URL         Format = "url"         // no body: see ParseURL
	Inert       Format = "inert"       // a type that carries no personal data; not read
	Unsupported Format = "unsupported" // nobody here can read it
	Empty       Format = "empty"       // no bytes
)

// ErrCharset reports text in a character encoding that cannot be read and
// written back byte by byte (unknown, shifted or broken).
var ErrCharset = errors.New("text is in a charset that cannot be read")

// ErrAmbiguous reports a body that readers take apart in different ways, so
// that what is masked for one may be plain to another: parts without a clear
// boundary, transfer encodings that are broken, binary that is cut off. Such a body never passes,
// whatever the policy says of types that cannot be read.
var ErrAmbiguous = errors.New("readers disagree about the parts of the body")

// ErrExpands reports a body whose values are encoded in so many ways at once
// that reading them all would take too long.
var ErrExpands = errors.New("encodings in the body expand to too much")

// ErrStopped reports that whoever wanted the body read does not wait any more.
var ErrStopped = errors.New("reading the body was stopped")

// Kind says what a slot is in its format.
type Kind uint8

// The kinds of slots. JSON's true, false and null are never slots.
const (
	Value   Kind = iota // a string, a form value, a text
	Key                 // an object key, a field name
	Number              // a JSON number: a replacement must be JSON itself
	Name                // the name of an element: context, and never changed
	Line                // a line of a log: a text of its own, whatever stands beside it
	Ident               // names a thing, not a person: rules alone, and its digits stay
	Integer             // digits in a string, which a receiver reads as nothing else
	Picture             // the bytes of a picture, which are replaced as a whole
)

// None marks the absence of a slot or group index.
const None int32 = -1

// Slot is one stretch of inspectable text.
type Slot struct {
	start, end uint32 // content, as a range of its layer's text
	layer      int32
	Group      int32 // the object, record or form it belongs to: index into Document.Groups
	Key        int32 // the slot of its key: index into Document.Slots, or None
	Kind       Kind
	escape     escapeID
	literal    bool // written without a single escape
}

// Group is one object, record, row or form.
type Group struct {
	Parent int32 // the group that contains it, or None
	Key    int32 // the slot of the key that names it, or None (also in a list)
}

// Document is a body with its slots, in the order of the body.
type Document struct {
	Format Format
	Slots  []Slot
	Groups []Group
	// Unread is how many parts of a body with parts nobody here can read.
	Unread int
	// Limits are what the receiver takes, if the protocol of the body has any.
	limits  Limits
	entries []stretch // that have a limit of their own
	sizes   []int     // of the entries, as they were last spliced
	layers  []layer
	lengths []length // inner ones before the outer ones that contain them
	sums    []sum    // in the order of the body
	doubts  []byte   // what another reader may see
}

// Options steer reading.
type Options struct {
	// Skip are the paths whose slots are left out; nil skips nothing.
	Skip *Paths
	// Logs: JSON that no protocol claims is records of a log, of which times,
	// levels and ids are left alone.
	Logs bool
	// Picture tells pictures by their first bytes: the body itself, parts of
	// it, and base64 in values. nil: none are looked for.
	Picture func(head []byte) bool
	// MaxDecoded bounds what compressed stretches within the body unpack to,
	// in bytes; 0 = 10 MiB. A body that goes over it is ErrAmbiguous.
	MaxDecoded int64
	// Done stops reading with ErrStopped once it is closed; nil never does.
	Done <-chan struct{}
}

// Inspected reports whether the body was read.
func (d *Document) Inspected() bool { return d.Format != Inert && d.Format != Unsupported }

// Memory is about how many bytes the document takes beside the body.
func (d *Document) Memory() int64 {
	const smallest = 16 // bytes that the text of a layer takes at least
	total := cap(d.Slots)*int(unsafe.Sizeof(Slot{})) + cap(d.Groups)*int(unsafe.Sizeof(Group{})) +
		cap(d.layers)*int(unsafe.Sizeof(layer{})) + cap(d.lengths)*int(unsafe.Sizeof(length{})) +
		cap(d.entries)*int(unsafe.Sizeof(stretch{})+unsafe.Sizeof(0)) +
		cap(d.sums)*int(unsafe.Sizeof(sum{})) + cap(d.doubts)
	for i := range d.layers {
		if l := &d.layers[i]; l.parent != None && l.escape != escapes[plain] {
			total += max(len(l.text), smallest)
		}
	}
	return int64(total)
}

// raw returns a slot's content as it is written in its layer. It aliases the
// document's memory: read only.
func (d *Document) raw(s *Slot) []byte { return d.layers[s.layer].text[s.start:s.end] }

// AppendText appends the decoded text of slot i to dst.
func (d *Document) AppendText(dst []byte, i int32) []byte {
	s := &d.Slots[i]
	if s.literal {
		return append(dst, d.raw(s)...)
	}
	return appendDecoded(dst, d.raw(s), escapes[s.escape])
}

// RawLen is the length of slot i in bytes as written in its layer: an upper
// bound of the length of its decoded text.
func (d *Document) RawLen(i int32) int { return int(d.Slots[i].end - d.Slots[i].start) }
