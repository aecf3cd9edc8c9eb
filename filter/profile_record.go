package filter

import (
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// complete plans records that say of themselves that nothing of them goes on in
// the next one: answers and notices of JSON-RPC (MCP), results of GraphQL over
// SSE, events whose name is that of a notice, and messages that tell their
// subject. They are decided by themselves, as bodies are, because what would
// make the next event may be an answer to this one.
//
// It is asked for records that no profile knows. Whatever else in such a record
// says that it grows counts for more.
func complete(r record, p *plan) bool {
	if r.isRPC() {
		if r.streamsRPC(p) {
			return false
		}
	} else if r.grows() || !r.isNotice() && !r.isGraphQL() && !r.isAddressed() {
		return false
	}
	for _, name := range r.names() {
		if endings[lastWord(name)] {
			p.end(all)
		}
	}
	return true
}

// names are what an event or record is called.
func (r record) names() []string {
	return []string{r.event, r.str(r.member(root, "type")), r.str(r.member(root, "event")), r.str(r.member(root, "method"))}
}

// isRPC recognises messages of JSON-RPC 2.0, and lists of them.
func (r record) isRPC() bool {
	messages := r.elements(root)
	if r.Nodes[root].Kind == body.ObjectNode {
		messages = []int32{root}
	}
	for _, m := range messages {
		if r.str(r.member(m, "jsonrpc")) != "2.0" {
			return false
		}
	}
	return len(messages) > 0
}

// streamsRPC recognises messages of JSON-RPC whose envelope says that they are
// parts of a longer text: artifacts of A2A, chunks of ACP, deltas of agents. The
// last one says so, too.
func (r record) streamsRPC(p *plan) bool {
	params, result := r.member(root, "params"), r.member(root, "result")
	streams := saysPart(r.str(r.member(root, "method")))
	for _, envelope := range []int32{params, result, r.member(params, "update"), r.member(result, "update")} {
		if envelope == body.None || r.Nodes[envelope].Kind != body.ObjectNode {
			continue
		}
		for i := range r.Children(envelope) {
			switch key := string(r.Key(i)); key {
			case "append", "delta", "chunk", "partial":
				streams = true
			case "lastChunk", "last_chunk", "final":
				streams = streams || key != "final"
				if r.isTrue(i) {
					p.end("path ")
				}
			case "kind", "type", "sessionUpdate":
				streams = streams || saysPart(r.str(i))
			}
		}
	}
	return streams
}

func saysPart(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "chunk") || strings.Contains(name, "delta") || strings.Contains(name, "token")
}

// grows reports whether any member says that the record is a part of a text.
func (r record) grows() bool {
	for i := range r.Nodes {
		switch string(r.Key(int32(i))) {
		case "delta", "chunk", "partial", "append", "partial_json", "choices", "candidates", "finish_reason", "finishReason", "stop_reason":
			return true
		}
	}
	return false
}

// isNotice recognises events and records by their names.
func (r record) isNotice() bool { return slices.ContainsFunc(r.names(), isNotice) }

func isNotice(name string) bool { return notices[lastWord(name)] && !saysPart(name) }

// lastWord is the last word of a name such as "order.created".
func lastWord(name string) string {
	return strings.ToLower(name[strings.LastIndexAny(name, "._:/-")+1:])
}

// notices are last words of the names of events that tell something whole.
var notices = map[string]bool{
	"added": true, "alert": true, "changed": true, "close": true, "closed": true, "complete": true, "completed": true,
	"connect": true, "connected": true, "connection": true, "created": true, "deleted": true, "disconnected": true, "done": true,
	"end": true, "error": true, "failed": true, "finish": true, "finished": true, "heartbeat": true, "hello": true, "init": true,
	"initialize": true, "invalidate": true, "joined": true, "keepalive": true, "left": true, "log": true, "notice": true,
	"notification": true, "notifications": true, "notify": true, "open": true, "opened": true, "ping": true, "presence": true,
	"progress": true, "ready": true, "redirect": true, "refresh": true, "reload": true, "removed": true, "session": true,
	"snapshot": true, "started": true, "state": true, "stats": true, "status": true, "sync": true, "toast": true, "typing": true,
	"updated": true, "warning": true, "welcome": true,
}

// endings are those of them behind which a text does not go on.
var endings = map[string]bool{"complete": true, "completed": true, "done": true, "end": true, "finish": true, "finished": true}

// isGraphQL recognises what a subscription brings (GraphQL over SSE, both of
// its modes, and incremental delivery).
func (r record) isGraphQL() bool {
	if r.event != "next" {
		return false
	}
	at := root
	if payload := r.member(root, "payload"); payload != body.None {
		at = payload
	}
	for _, name := range []string{"data", "errors", "incremental"} {
		if r.member(at, name) != body.None {
			return true
		}
	}
	return false
}

// isAddressed recognises messages: what has a subject is not a part of a text.
func (r record) isAddressed() bool {
	if r.member(root, "model") != body.None || r.str(r.member(root, "role")) == "assistant" {
		return false
	}
	for _, name := range []string{"subject", "title"} {
		if r.str(r.member(root, name)) != "" {
			return true
		}
	}
	return false
}

// tellsMore reports whether a record has members beside a string that a part of
// a text would not: not only counts and flags.
func (r record) tellsMore(besides int32) bool {
	if r.member(root, "model") != body.None || slices.ContainsFunc(r.names(), saysPart) {
		return false
	}
	for i := range r.Nodes {
		node := int32(i)
		if node == root || node == besides {
			continue
		}
		switch value := r.Value(node); r.Nodes[i].Kind {
		case body.StringNode:
			return true
		case body.NumberNode:
			if strings.Contains(string(value), ".") {
				return true
			}
		case body.ObjectNode, body.ArrayNode, body.LiteralNode:
		}
	}
	return false
}
