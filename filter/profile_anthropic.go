package filter

import "github.com/caddyprivacy/privacyfilter/filter/body"

// anthropic: content blocks by index, each begun, filled by deltas and stopped.
//
// A thinking block is signed, and whoever sends the conversation on must send
// it as it was: it is left alone with its signature. It can hold nothing that
// was masked on the way to the model.
func anthropic(r record, p *plan) bool {
	at := "block " + r.scalar(r.member(root, "index"))
	switch r.str(r.member(root, "type")) {
	case "ping":
		p.ping = true
	case "message_start", "message_delta":
	case "message_stop":
		p.end("block ")
	case "content_block_start":
		block := r.member(root, "content_block")
		switch r.str(r.member(block, "type")) {
		case "text":
			if text := r.member(block, "text"); r.isString(text) {
				p.part(text, false, at, "text")
			}
		case "thinking", "redacted_thinking":
			p.alone = append(p.alone, block)
		}
	case "content_block_delta":
		anthropicDelta(r, p, at)
	case "content_block_stop":
		p.end(at, "")
	default:
		return false
	}
	return true
}

func anthropicDelta(r record, p *plan, at string) {
	delta := r.member(root, "delta")
	text, partial := r.member(delta, "text"), r.member(delta, "partial_json")
	switch kind := r.str(r.member(delta, "type")); {
	case kind == "thinking_delta", kind == "signature_delta":
		p.alone = append(p.alone, delta)
	case r.isString(text):
		p.part(text, false, at, "text")
	case r.isString(partial):
		p.part(partial, true, at, "input")
	case delta != body.None && kind != "citations_delta":
		genericBelow(r, p, delta, at)
	}
}
