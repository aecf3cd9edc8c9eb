package caddymodule

import (
	"bytes"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// sniffBytes is how much of a body decides whether it passes unread, in
// bytes. Shorter bodies are given to the filter whole.
const sniffBytes = 512

// smallBody is the length, in bytes, up to which a body is never sniffed: the
// filter itself judges it, by all of its content.
const smallBody = 64 << 10

// fate is what becomes of a body that has not been read to its end.
type fate uint8

const (
	fateRead   fate = iota // hold it back and inspect it
	fateSniff              // the first bytes decide
	fatePass               // it may pass unread at once
	fateRefuse             // it can never be inspected
)

// errUnreadable stops a body by its beginning.
var errUnreadable = &filter.Error{Reason: filter.ReasonUnsupported, Detail: "nobody here can read this type"}

// fateByHeader decides what can be decided before the body. Endless streams
// that nobody reads must be: waiting for their first bytes would break what
// they are for.
func (x *exchange) fateByHeader(head http.Header) fate {
	h := x.handler
	stream := isStream(head) && !body.ReadsGRPC(head["Content-Type"], x.path)
	switch {
	case stream && h.passesUnsupported():
		return fatePass
	case stream:
		return fateRefuse
	case h.maySniff(head, announcedLength(head)):
		return fateSniff
	}
	return fateRead
}

// maySniff says whether the first bytes of a body of this length (-1 if
// unknown) can tell that it passes unread. Behind a content coding they tell
// nothing.
func (h *Handler) maySniff(head http.Header, length int64) bool {
	return (length < 0 || length > smallBody) && !isCoded(head)
}

// sniff says what becomes of a body that begins like prefix: it passes unread
// (inert by type and content, or unreadable and the policy lets it), it is
// refused, or the filter must read it. The format is what it is counted under.
func (x *exchange) sniff(d direction, head http.Header, prefix []byte) (f fate, format string) {
	defer func() {
		if recover() != nil { // then the filter must read it, or stop it
			f = fateRead
		}
	}()
	hint := body.NewHint(head["Content-Type"], "")
	if len(prefix) == 0 || beginsLikeJSON(prefix) || isFrames(head) || hint.NamesEvents() {
		// A value that is cut off proves nothing; whole, it may be JSON
		// under any label.
		return fateRead, ""
	}
	h := x.handler
	hint.ReadCode, hint.Path, hint.Answer = readsCode(d), x.path, d == response
	hint.MessageEncoding = messageEncoding(head)
	doc, err := body.Parse(wholeRunes(prefix), hint, body.Options{Picture: h.filter.IsPicture()})
	switch {
	case err != nil:
		return fateRead, ""
	case doc.Format == body.Inert, doc.Format == body.Unsupported && h.passesUnsupported():
		return fatePass, string(doc.Format)
	case doc.Format == body.Unsupported:
		return fateRefuse, string(doc.Format)
	}
	return fateRead, ""
}

func (x *exchange) passesUnread(d direction, head http.Header, prefix []byte) bool {
	f, _ := x.sniff(d, head, prefix)
	return f == fatePass
}

// readsCode says whether style sheets and scripts are read as text. They are
// inert where the site itself sends them; in a request the label is the word of
// whoever wants to get a body through.
func readsCode(d direction) bool { return d == request }

// passesUnsupported says whether types that cannot be read pass. Under
// monitor everything does.
func (h *Handler) passesUnsupported() bool { return h.Unsupported == policyPass || h.Monitor }

// mayPassUnread says whether a body with this header would pass unread if its
// content is what the header says: binary.
func (x *exchange) mayPassUnread(d direction, head http.Header) bool {
	return !isCoded(head) && x.passesUnread(d, head, []byte{0})
}

// flushesUnread says whether what has arrived of a body that is being sniffed
// already decides it, so that a flush may let it go: style sheets and scripts
// are told from everything else by their first letter. The rest of the first
// bytes could not change the answer, so it does not depend on when they come.
func (x *exchange) flushesUnread(head http.Header, prefix []byte) bool {
	first, found := firstLetter(prefix)
	return found && strings.IndexByte("<-", first) < 0 &&
		x.passesUnread(response, head, []byte("a")) && x.passesUnread(response, head, prefix)
}

func beginsLikeJSON(prefix []byte) bool {
	first, found := firstLetter(prefix)
	return found && strings.IndexByte(`{["\`, first) >= 0
}

// firstLetter looks past white space, byte order marks and the zero bytes of
// UTF-16.
func firstLetter(prefix []byte) (byte, bool) {
	rest := bytes.TrimLeft(prefix, " \t\r\n\x00\xef\xbb\xbf\xfe\xff")
	if len(rest) == 0 {
		return 0, false
	}
	return rest[0], true
}

// wholeRunes cuts off a last rune that was split.
func wholeRunes(prefix []byte) []byte {
	for back := 1; back < utf8.UTFMax && back <= len(prefix); back++ {
		if c := prefix[len(prefix)-back]; utf8.RuneStart(c) {
			if !utf8.FullRune(prefix[len(prefix)-back:]) {
				return prefix[:len(prefix)-back]
			}
			break
		}
	}
	return prefix
}

// isCoded says whether a content coding lies over the body.
func isCoded(head http.Header) bool {
	for _, line := range head["Content-Encoding"] {
		for coding := range strings.SplitSeq(line, ",") {
			if coding = strings.TrimSpace(coding); coding != "" && !strings.EqualFold(coding, "identity") {
				return true
			}
		}
	}
	return false
}

// isStream says whether the declared type is one of messages without an end
// that nobody here reads.
func isStream(head http.Header) bool {
	for _, value := range head["Content-Type"] {
		kind, _, _ := mime.ParseMediaType(value)
		if kind == "multipart/x-mixed-replace" || isGRPC(kind) {
			return true
		}
	}
	return false
}

// sniffLength is how many bytes of a request are waited for before it may
// pass unread. A gRPC call may go on only after an answer to its first
// message, and the flag before each message is no beginning of any text.
func sniffLength(head http.Header) int64 {
	for _, value := range head["Content-Type"] {
		if kind, _, _ := mime.ParseMediaType(value); isGRPC(kind) {
			return 1
		}
	}
	return sniffBytes
}

// Both spell the same choice.
const policyPass = filter.UnsupportedPass
