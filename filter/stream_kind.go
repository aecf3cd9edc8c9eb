package filter

import (
	"mime"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// StreamMessage is what the headers say of a body that arrives piece by piece.
// Content codings are already off.
type StreamMessage struct {
	ContentType []string // all Content-Type values
	Path        string   // of the URL
	ReadCode    bool     // as in Message
	// MessageEncoding is Grpc-Encoding, as in Message.
	MessageEncoding string
	// Head is what has arrived so far, for types whose content decides.
	Head []byte

	// Realtime says that each Write brings one whole message of those that
	// Realtime knows. Each leaves as one.
	Realtime bool

	// Budget pays for what is held back; nil is that of the filter.
	Budget *Budget
	// MaxHeld bounds what is held back, in bytes, where that is less than
	// what any stream may hold; 0 is no bound of its own.
	MaxHeld int64
}

// Streaming is how a body can be read.
type Streaming uint8

// The answers of Streams.
const (
	AsWhole  Streaming = iota // Process reads it, when all of it is there
	AsStream                  // NewStream reads it
	NeedHead                  // more of it must be seen
)

// Streams tells whether a body of unknown length is read as it comes. For
// text/event-stream and the types of JSON lines that is known from the start;
// JSON and plain text are asked about again with more of Head until the answer
// is another.
func Streams(m StreamMessage) Streaming {
	switch m.kind() {
	case noStream:
		return AsWhole
	case unknownStream:
		return NeedHead
	}
	return AsStream
}

type streamKind uint8

const (
	noStream streamKind = iota
	unknownStream
	eventStream
	lineStream
	arrayStream
	textStream
	frameStream
	messageStream
	realtimeStream
)

// kind decides by one clear type. Whoever is not sure reads the whole.
func (m StreamMessage) kind() streamKind {
	if m.Realtime {
		return realtimeStream
	}
	if len(m.ContentType) != 1 {
		return noStream
	}
	t, params, err := mime.ParseMediaType(m.ContentType[0])
	if err != nil {
		return noStream
	}
	if charset := strings.ToLower(strings.Trim(params["charset"], `"' `)); charset != "" && !areUTF8([]string{charset}) {
		return noStream
	}
	switch t {
	case body.EventStream:
		return eventStream
	case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines", "application/jsonlines",
		"application/json-lines", "application/json-seq", "application/stream+json", "application/x-json-stream":
		return lineStream
	case frameType:
		return frameStream
	case "application/grpc+json":
		return messageStream
	case "application/json":
		return jsonStart(m.Head)
	case "text/plain", "text/markdown", "text/x-markdown":
		return textStart(m.Head)
	}
	return noStream
}

// areUTF8 reports whether labels of charsets, in lower case, name nothing but
// UTF-8 and what is a part of it.
func areUTF8(charsets []string) bool {
	for _, name := range charsets {
		switch name {
		case "utf-8", "utf8", "us-ascii", "ascii":
		default:
			return false
		}
	}
	return true
}

// frameType is that of Amazon's event streams.
const frameType = "application/vnd.amazon.eventstream"

// jsonStart: a list of objects is read element by element.
func jsonStart(head []byte) streamKind {
	inList := false
	for _, c := range head {
		switch {
		case c == ' ', c == '\t', c == '\r', c == '\n':
		case c == '[' && !inList:
			inList = true
		case c == '{' && inList:
			return arrayStream
		default:
			return noStream
		}
	}
	return unknownStream
}

// textStart: what does not begin as if it were in a format.
func textStart(head []byte) streamKind {
	for _, c := range head {
		switch {
		case c == ' ', c == '\t', c == '\r', c == '\n':
		case c < 0x20, c == '{', c == '[', c == '"', c == '<', c == '-', c == '\\', c >= 0xEF:
			return noStream // or what is written in another charset
		default:
			return textStream
		}
	}
	return unknownStream
}
