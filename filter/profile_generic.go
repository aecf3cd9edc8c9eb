package filter

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

func itoa(n int32) string { return strconv.Itoa(int(n)) }

// generic finds the lanes of a record that no profile knows: strings whose
// names say that they grow. In a stream of events it is also the one text of
// records that tell nothing else. Records with several texts, or with one that
// is told apart from a name, are taken to be complete, and only what says that
// it grows does.
func (s *Stream) generic(r record, p *plan) {
	if complete(r, p) {
		return
	}
	genericBelow(r, p, root, "path")
	if !s.events() || len(p.parts) > 0 {
		return
	}
	free := body.None
	for i := range r.Nodes {
		if node := int32(i); r.Nodes[i].Kind == body.StringNode && !r.identifies(node) {
			if free != body.None {
				return
			}
			free = node
		}
	}
	if free != body.None && (mayGrow[string(r.Key(free))] || !r.tellsMore(free)) {
		s.perhaps(p, r.Value(free), planned{node: free, key: "path " + r.event + " " + r.path(free, true), pauses: true})
	}
}

// perhaps plans a string that may be a part of a text, or else ends what there
// is of one.
func (s *Stream) perhaps(p *plan, text []byte, t planned) {
	if s.isValue(t.key, text) {
		p.end(t.key)
	} else {
		p.parts = append(p.parts, t)
	}
}

// genericBelow looks at what is in a node.
func genericBelow(r record, p *plan, top int32, at string) {
	for i := int(top); i < len(r.Nodes) && (i == int(top) || r.Nodes[i].Parent >= top); i++ {
		node, n := int32(i), &r.Nodes[i]
		if n.Parent == body.None {
			continue
		}
		key := string(r.Key(node))
		switch {
		case n.Kind == body.StringNode:
			if fragment, ok := growing[key]; ok {
				p.part(node, fragment, at, r.event, r.path(node, true))
			} else if string(r.Key(n.Parent)) == "delta" && !protocolKeys[key] {
				p.part(node, false, at, r.event, r.path(node, true))
			}
		case key == "logprobs" && n.Kind <= body.ArrayNode:
			p.echoes = append(p.echoes, node)
		}
	}
}

// growing are names of members that hold a part of a longer text.
var growing = map[string]bool{ // whether it is the text of a JSON document
	"content": false, "text": false, "token": false, "response": false, "completion": false, "chunk": false,
	"delta": false, "refusal": false, "reasoning": false, "reasoning_content": false, "thinking": false,
	"transcript": false, "generated_text": false, "answer": false,
	"arguments": true, "partial_json": true,
}

// mayGrow are names of members that hold a part of a longer text where a record
// has no other.
var mayGrow = map[string]bool{
	"data": true, "message": true, "msg": true, "out": true, "output": true, "output_text": true, "outputText": true,
	"reply": true, "result": true, "generation": true, "part": true, "piece": true, "fragment": true, "word": true, "words": true,
	"body": true, "summary": true, "speech": true, "value": true, "v": true, "t": true, "d": true, "c": true, "s": true, "o": true,
}

// distinct are the members that tell one text from another at the same path.
var distinct = []string{"index", "output_index", "content_index", "summary_index", "item_id", "type", "thought"}

// path names the place of a node: its path, in which an element is told by its
// index, with what tells the objects on the way apart; typed says that their
// type does. It is a hash, since paths may be long.
func (r record) path(node int32, typed bool) string {
	return strconv.FormatUint(r.place64(node, typed), 36)
}

func (r record) place64(node int32, typed bool) uint64 {
	parent := r.Nodes[node].Parent
	if parent == body.None {
		return 0
	}
	of := pathOf{parent, typed}
	before, known := r.paths[of]
	if !known {
		before = r.join(r.place64(parent, typed), r.described(parent, typed))
		r.paths[of] = before
	}
	if r.Nodes[parent].Kind == body.ArrayNode {
		return r.join(before, "["+r.place(node))
	}
	return r.join(before, string(r.Key(node)))
}

// join is the hash of a path and a step of it.
func (r record) join(path uint64, step string) uint64 {
	return maphash.Comparable(r.seed, struct {
		path uint64
		step string
	}{path, step})
}

// described is what tells an object from others at its place.
func (r record) described(object int32, typed bool) string {
	var b strings.Builder
	for i := range r.Children(object) {
		if r.Nodes[i].Kind <= body.ArrayNode {
			continue
		}
		if name := string(r.Key(i)); slices.Contains(distinct, name) && (typed || name != "type") {
			b.WriteString(" " + name + "=" + strconv.Quote(r.scalar(i)))
		}
	}
	return b.String()
}

// identifies reports whether a string tells what something is, and no more: a
// name of the protocol, a number, an id.
func (r record) identifies(node int32) bool {
	value := r.Value(node)
	if len(value) == 0 {
		return true
	}
	if bytes.IndexByte(value, ' ') >= 0 || len(value) > maxProtocol {
		return false
	}
	key := string(r.Key(node))
	return protocolKeys[key] || enumKeys[key] || looksLikeID(value)
}

// enumKeys name what is one of a few words.
var enumKeys = map[string]bool{
	"action": true, "op": true, "operation": true, "kind": true, "level": true, "state": true, "lang": true, "language": true,
	"locale": true, "topic": true, "channel": true, "version": true, "hash": true, "timestamp": true, "time": true, "date": true,
	"ts": true, "uuid": true, "guid": true, "reason": true, "format": true, "currency": true, "method": true, "code": true,
}

// looksLikeID recognises what no word is: hexadecimal numbers with digits in
// them, UUIDs, times.
func looksLikeID(value []byte) bool {
	if len(value) < 16 {
		return false
	}
	digits := 0
	for _, c := range value {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c && c <= 'f', 'A' <= c && c <= 'F', c == '-', c == ':', c == 'T', c == 'Z', c == '.', c == '+':
		default:
			return false
		}
	}
	return 4*digits >= len(value)
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

// isProtocol reports whether a slot is kept from the model.
func isProtocol(doc *body.Document, slot int32) bool {
	if doc.RawLen(slot) > maxProtocol {
		return false
	}
	s, text := &doc.Slots[slot], doc.AppendText(nil, slot)
	if s.Key == body.None { // a line of an event
		_, value, _ := bytes.Cut(text, []byte(":"))
		return isProtocolWord(bytes.TrimPrefix(value, []byte(" ")))
	}
	key := string(doc.AppendText(nil, s.Key))
	if s.Kind == body.Number || s.Kind == body.Integer {
		return protocolKeys[key] || countsSomething(key)
	}
	return protocolKeys[key] && isProtocolWord(text)
}

// isProtocolWord reports whether a value is one word of ASCII: other scripts
// write sentences without spaces.
func isProtocolWord(value []byte) bool {
	return !bytes.ContainsFunc(value, func(r rune) bool { return r == ' ' || r >= utf8.RuneSelf })
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
