package e2e

import (
	"slices"
	"strings"
)

// deviation is a difference that is intended, and why.
type deviation struct {
	prefix, reason string
	sometimes      bool // whether it shows is up to the network
}

func (d deviation) covers(line string) bool { return strings.HasPrefix(line, d.prefix) }

// lines are those of a transcript that the deviation covers.
func (d deviation) lines(transcript []string) []string {
	return slices.DeleteFunc(slices.Clone(transcript), func(line string) bool { return !d.covers(line) })
}

// Deviations that more than one scenario has.
var (
	bufferedLength = []deviation{
		{prefix: "< framing", reason: "an inspected body is held until it is decided, so its length is known"},
		{prefix: "< Content-Length", reason: "as above"},
	}
	requestLength = []deviation{
		{prefix: "> framing", reason: "an inspected request body is read before it is forwarded, so its length is known"},
		{prefix: "> Content-Length", reason: "as above"},
	}
	noRanges = deviation{prefix: "< Accept-Ranges", reason: "ranges of an unmasked body must not be served"}
	headHead = []deviation{
		{prefix: "< Content-Length", reason: "HEAD cannot know the length of a masked body"},
		{prefix: "< Etag", reason: "HEAD cannot know whether GET would be changed"},
		{prefix: "< Last-Modified", reason: "as above"},
	}
	// brokenAnswer: nobody may take a part for the whole, and what has not been
	// read to its end has not been judged.
	brokenAnswer = []deviation{
		{prefix: "< ", reason: "the answer is held back, so that the client sees none of one that breaks off"},
	}
	// brokenRequest: what has not arrived whole is not forwarded in part.
	brokenRequest = []deviation{
		{prefix: "< ", reason: "a request that breaks off is refused here, and not by what the upstream made of a part"},
	}
	// wholeForRange: Range is not forwarded, so the answer is the one to a
	// request without it.
	wholeForRange = []deviation{
		{prefix: "> Range", reason: "a value that is cut in two by a range would be found by nobody"},
		{prefix: "> Accept-Encoding", reason: "Go's transport asks for gzip by itself where no range is asked for"},
		{prefix: "< ", reason: "the whole body is the answer, as that of a server without ranges"},
	}
	headVary = deviation{prefix: "< Vary", reason: "encode goes by Content-Length, which HEAD does not have here"}
)
