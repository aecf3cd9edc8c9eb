package filter

import "github.com/caddyprivacy/privacyfilter/filter/body"

// bedrock: the events of ConverseStream, whose names stand in the headers of
// their frames: content blocks by index, each begun, filled by deltas and
// stopped. Events of a model itself (InvokeModelWithResponseStream) are of the
// model's own kind.
func bedrock(r record, p *plan) bool {
	at := "bedrock " + r.scalar(r.member(root, "contentBlockIndex"))
	switch r.event {
	case "messageStart", "contentBlockStart", "messageStop", "metadata":
	case "contentBlockDelta":
		delta := r.member(root, "delta")
		text, input := r.member(delta, "text"), r.member(delta, "toolUse", "input")
		reasoning := r.member(delta, "reasoningContent")
		switch {
		case r.isString(text):
			p.part(text, false, at, "text")
		case r.isString(input):
			p.part(input, true, at, "input")
		case reasoning != body.None: // signed, like a thinking block of Anthropic's
			p.alone = append(p.alone, reasoning)
		case delta != body.None:
			genericBelow(r, p, delta, at)
		}
	case "contentBlockStop":
		p.end(at, "")
	default:
		return false
	}
	if padding := r.member(root, "p"); r.isString(padding) && body.IsPadding(r.Value(padding)) {
		p.alone = append(p.alone, padding)
	}
	if r.event == "messageStop" {
		p.end("bedrock ")
	}
	return true
}
