package filter

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// openAIChat: chunks of chat completions, and of the older completions. Each
// choice has several texts, each tool call of it one more.
func openAIChat(r record, p *plan) bool {
	choices := r.member(root, "choices")
	if choices == body.None || r.Nodes[choices].Kind != body.ArrayNode {
		return false
	}
	for _, choice := range r.elements(choices) {
		at := "chat " + r.place(choice)
		if delta := r.member(choice, "delta"); delta != body.None {
			r.deltas(p, delta, at)
		} else if text := r.member(choice, "text"); r.isString(text) {
			p.part(text, false, at, "text")
		}
		if node := r.member(choice, "logprobs"); node != body.None && r.Nodes[node].Kind <= body.ArrayNode {
			p.echoes = append(p.echoes, node)
		}
		if r.str(r.member(choice, "finish_reason")) != "" {
			p.end(at, "")
		}
	}
	return true
}

// deltas plans all texts in what a chunk adds to a choice: whatever is in there
// grows, but for names and ids.
func (r record) deltas(p *plan, delta int32, at string) {
	for i := int(delta); i < len(r.Nodes) && (i == int(delta) || r.Nodes[i].Parent >= delta); i++ {
		node := int32(i)
		if r.Nodes[i].Kind != body.StringNode {
			continue
		}
		key := string(r.Key(node))
		inAudio := key == "data" && string(r.Key(r.Nodes[i].Parent)) == "audio"
		switch {
		case inAudio:
			p.alone = append(p.alone, node)
		case key != "name" && !protocolKeys[key]:
			p.part(node, growing[key], at, r.path(node, false))
		}
	}
}

// openAIResponses: a text comes as deltas, and again as a whole when it is
// done, when its part is, when its item is and when the response is.
func openAIResponses(r record, p *plan) bool {
	kind := r.str(r.member(root, "type"))
	// What the user says to the realtime interface is no response, and comes
	// in deltas as well.
	spoken := strings.HasPrefix(kind, "conversation.item.input_audio_transcription.")
	if !strings.HasPrefix(kind, "response.") && !spoken {
		return false
	}
	at := "item " + r.str(r.member(root, "item_id")) + "/" + r.scalar(r.member(root, "output_index"))
	delta := r.member(root, "delta")
	base, isDelta := strings.CutSuffix(kind, ".delta")
	done, isDone := strings.CutSuffix(kind, ".done")
	switch {
	case isDelta && isAudio(base) && r.isString(delta):
		p.alone = append(p.alone, delta)
	case isDelta && r.isString(delta):
		p.part(delta, strings.HasSuffix(base, "arguments"), at, r.inItem(base))
	case kind == "response.completed", kind == "response.incomplete", kind == "response.failed", kind == "response.done":
		p.end("item ")
	case kind == "response.output_item.done":
		p.end("item "+r.str(r.member(root, "item", "id"))+"/"+r.scalar(r.member(root, "output_index")), "")
	case spoken:
		p.end(at, r.inItem(strings.TrimSuffix(strings.TrimSuffix(kind, ".completed"), ".failed")))
	case isDone:
		p.end(at, r.inItem(done))
		p.end(at, r.inItem(strings.Replace(done, "_part", "_text", 1))) // reasoning_summary_part
	}
	for i := range r.Nodes {
		if n := &r.Nodes[i]; n.Kind <= body.ArrayNode && n.Parent != body.None && string(r.Key(int32(i))) == "logprobs" {
			p.echoes = append(p.echoes, int32(i))
		}
	}
	return true
}

// inItem tells the texts of an item apart.
func (r record) inItem(kind string) string {
	return kind + " " + r.scalar(r.member(root, "content_index")) + "/" + r.scalar(r.member(root, "summary_index"))
}

// isAudio reports whether deltas of a kind are sound in base64.
func isAudio(kind string) bool { return kind == "response.audio" || kind == "response.output_audio" }
