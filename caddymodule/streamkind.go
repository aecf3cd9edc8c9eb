package caddymodule

import (
	"errors"
	"mime"
	"net/http"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// streamMessage describes a body to the filter that arrives piece by piece, and
// that begins like prefix when its codings are off.
func (x *exchange) streamMessage(d direction, head http.Header, prefix []byte) filter.StreamMessage {
	return filter.StreamMessage{
		ContentType: head["Content-Type"],
		Path:        x.path,
		ReadCode:    readsCode(d),
		Head:        prefix,

		MessageEncoding: messageEncoding(head),
	}
}

// streaming says how a body of this header is read that begins like raw, as
// transferred. A body whose length is announced is modest and soon there, and
// keeps that length and its validators if nothing is found; but the texts of
// an event stream lie across its events, and only a stream puts them together.
// What is signed must be known whole before anything of it may pass.
func (x *exchange) streaming(d direction, head http.Header, length int64, raw []byte) filter.Streaming {
	if isSigned(head) || length >= 0 && length <= x.handler.maxBody && !isEventStream(head) {
		return filter.AsWhole
	}
	prefix, ok := decodedPrefix(head, raw)
	if !ok {
		return filter.AsWhole // then it is refused for its coding
	}
	return filter.Streams(x.streamMessage(d, head, prefix))
}

func isEventStream(head http.Header) bool {
	return hasType(head, "text/event-stream") || isFrames(head)
}

// isFrames tells Amazon's event streams, whose bytes may look like anything.
func isFrames(head http.Header) bool { return hasType(head, "application/vnd.amazon.eventstream") }

func hasType(head http.Header, want string) bool {
	for _, value := range head["Content-Type"] {
		if kind, _, _ := mime.ParseMediaType(value); kind == want {
			return true
		}
	}
	return false
}

// headBytes is how much of a body is decoded to see how it begins.
const headBytes = 1 << 10

// decodedPrefix takes the codings off the beginning of a body.
func decodedPrefix(head http.Header, raw []byte) (prefix []byte, ok bool) {
	if !isCoded(head) {
		return raw, true
	}
	decoder, err := coding.NewDecoder(head["Content-Encoding"], coding.Limits{})
	if err != nil {
		return nil, false
	}
	defer decoder.Stop()
	enough := errors.New("enough")
	err = decoder.Write(raw, func(plain []byte) error {
		if prefix = append(prefix, plain...); len(prefix) >= headBytes {
			return enough
		}
		return nil
	})
	return prefix, err == nil || errors.Is(err, enough)
}
