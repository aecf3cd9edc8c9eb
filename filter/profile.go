package filter

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// plan says which strings of a unit go on in others, and in which text each.
type plan struct {
	whole    bool // the payload is one of them
	nodes    []int32
	keys     []string
	fragment []bool // it is the text of a JSON document
	ends     func(key string) bool
}

func (p *plan) add(node int32, key string, fragment bool) {
	p.nodes, p.keys, p.fragment = append(p.nodes, node), append(p.keys, key), append(p.fragment, fragment)
}

// done ends a stream of OpenAI's and those like it.
var done = []byte("[DONE]")

// plan finds the lanes of a unit.
func (s *Stream) plan(u *body.Unit) (p plan) {
	if u.Record == nil {
		if s.report.Format != "sse" {
			return p
		}
		if bytes.Equal(bytes.TrimSpace(u.Text()), done) {
			p.ends = func(string) bool { return true }
			return p
		}
		p.whole = true
		p.add(body.None, "data:"+u.Event, false)
		return p
	}
	r := u.Record
	for i := range r.Nodes {
		node := int32(i)
		if r.Nodes[i].Kind != body.StringNode {
			continue
		}
		key := string(r.Key(node))
		if fragment, ok := grows(r, node, key); ok {
			p.add(node, u.Event+" "+laneKey(r, node), fragment)
		}
	}
	return p
}

// growing are names of members that hold a part of a longer text.
var growing = map[string]bool{ // whether it is the text of a JSON document
	"content": false, "text": false, "token": false, "response": false, "completion": false, "chunk": false,
	"delta": false, "refusal": false, "reasoning": false, "reasoning_content": false, "thinking": false,
	"transcript": false, "output": false, "generated_text": false, "answer": false, "message": false,
	"arguments": true, "partial_json": true,
}

// grows reports whether a string is a part of a longer text.
func grows(r *body.Record, node int32, key string) (fragment, ok bool) {
	parent := r.Nodes[node].Parent
	if parent == body.None {
		return false, true // the payload is a string
	}
	if fragment, ok = growing[key]; ok {
		return fragment, true
	}
	return false, string(r.Key(parent)) == "delta" && !protocolKeys[key]
}

// distinct are the members that tell one text from another of the same path.
var distinct = []string{"index", "output_index", "content_index", "summary_index", "item_id", "type"}

// laneKey names the text that a string is a part of: its path, in which an
// element is told by its index and not by where it stands, and what tells the
// objects on the way apart.
func laneKey(r *body.Record, node int32) string {
	var b strings.Builder
	for n := node; n != body.None; n = r.Nodes[n].Parent {
		parent := r.Nodes[n].Parent
		if parent == body.None {
			b.WriteByte('$')
			break
		}
		if r.Nodes[parent].Kind == body.ArrayNode {
			if r.Nodes[n].Kind != body.ObjectNode || r.Member(n, "index") == body.None {
				b.WriteString(strconv.Itoa(int(r.Nodes[n].Index)))
			}
			b.WriteByte(']')
			continue
		}
		b.WriteString(strconv.Quote(string(r.Key(n))))
		for _, name := range distinct {
			if m := r.Member(parent, name); m != body.None && m != n && r.Nodes[m].Kind > body.ArrayNode {
				b.WriteByte(' ')
				b.WriteString(name)
				b.WriteByte('=')
				b.Write(r.Value(m))
			}
		}
		b.WriteByte('.')
	}
	return b.String()
}

// protocolKeys name what machines tell each other. The model is not asked about
// such a value unless it looks like text.
var protocolKeys = map[string]bool{
	"id": true, "object": true, "model": true, "type": true, "role": true, "item_id": true, "index": true,
	"sequence_number": true, "output_index": true, "content_index": true, "summary_index": true,
	"finish_reason": true, "stop_reason": true, "stop_sequence": true, "done_reason": true, "created": true, "created_at": true,
	"obfuscation": true, "system_fingerprint": true, "service_tier": true, "status": true, "event": true, "call_id": true,
	"response_id": true, "responseId": true, "modelVersion": true, "finishReason": true, "phase": true, "event_id": true,
}

// maxProtocol is how long what machines tell each other may be, in bytes.
const maxProtocol = 80

func isProtocol(doc *body.Document, slot int32) bool {
	if doc.RawLen(slot) > maxProtocol {
		return false
	}
	s, text := &doc.Slots[slot], doc.AppendText(nil, slot)
	if s.Key == body.None { // a line of an event
		_, value, _ := bytes.Cut(text, []byte(":"))
		return bytes.IndexByte(bytes.TrimPrefix(value, []byte(" ")), ' ') < 0
	}
	key := string(doc.AppendText(nil, s.Key))
	if s.Kind == body.Number {
		return protocolKeys[key] || countsSomething(key)
	}
	return protocolKeys[key] && bytes.IndexByte(text, ' ') < 0
}

// countsSomething recognises the names of counts, times and durations.
func countsSomething(key string) bool {
	for _, ending := range []string{"tokens", "Tokens", "TokenCount", "_count", "_duration", "_at", "_ms", "_time", "logprob", "probability"} {
		if strings.HasSuffix(key, ending) {
			return true
		}
	}
	return false
}
