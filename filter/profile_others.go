package filter

import "github.com/caddyprivacy/privacyfilter/filter/body"

// gemini: candidates with parts. A part's text goes on in the part at the same
// place of the next record; what the model thinks is another text.
func gemini(r record, p *plan) bool {
	candidates := r.member(root, "candidates")
	if candidates == body.None || r.Nodes[candidates].Kind != body.ArrayNode {
		return false
	}
	for _, candidate := range r.elements(candidates) {
		at := "candidate " + r.place(candidate)
		for _, part := range r.elements(r.member(candidate, "content", "parts")) {
			if text := r.member(part, "text"); r.isString(text) {
				kind := "text"
				if r.isTrue(r.member(part, "thought")) {
					kind = "thought"
				}
				p.part(text, false, at, kind)
			}
			if signature := r.member(part, "thoughtSignature"); signature != body.None {
				p.alone = append(p.alone, signature)
			}
		}
		if node := r.member(candidate, "logprobsResult"); node != body.None && r.Nodes[node].Kind <= body.ArrayNode {
			p.echoes = append(p.echoes, node)
		}
		if reason := r.str(r.member(candidate, "finishReason")); reason != "" {
			p.end(at, "")
		}
	}
	return true
}

// ollama: records of a chat or of a completion, the last of which is done. Its
// context is the whole conversation as tokens.
func ollama(r record, p *plan) bool {
	done := r.member(root, "done")
	if done == body.None || r.Nodes[done].Kind != body.LiteralNode || r.member(root, "model") == body.None {
		return false
	}
	for _, path := range [][]string{
		{"response"}, {"thinking"}, {"message", "content"}, {"message", "thinking"},
	} {
		if node := r.member(root, path...); r.isString(node) {
			p.part(node, false, "ollama", path[len(path)-1])
		}
	}
	if node := r.member(root, "context"); node != body.None && r.Nodes[node].Kind == body.ArrayNode {
		p.traces = append(p.traces, node)
	}
	if r.isTrue(done) {
		p.end("ollama ")
	}
	return true
}
