package filter

import (
	"bytes"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// plan says what becomes of the strings of one unit of a stream.
type plan struct {
	whole string    // the key of the lane that the payload is a part of as it stands
	ended bool      // that part is all there is to say
	page  bool      // the payload is a body of a format of its own
	parts []planned // strings that go on in other units, in the order of the unit
	ends  []string  // lanes that end with this unit, by the beginning of their keys
	// alone are values that are not touched: signed texts and what belongs to them.
	alone []int32
	// echoes repeat the text of the unit as tokens. They go where any of it is masked.
	echoes []int32
	// traces hold the whole text as tokens. They go once anything was masked.
	traces []int32
	ping   bool // it need not wait for anything
}

// planned is a string that is a part of a longer text.
type planned struct {
	node     int32
	key      string // of its lane
	fragment bool   // the text is that of a JSON document
	pauses   bool   // it may be all there is to say
	complete bool   // it is all there is to say
}

func (p *plan) part(node int32, fragment bool, key ...string) {
	p.parts = append(p.parts, planned{node: node, key: strings.Join(key, " "), fragment: fragment})
}

func (p *plan) end(key ...string) { p.ends = append(p.ends, strings.Join(key, " ")) }

// record is a unit's JSON with short names for what profiles ask of it.
type record struct {
	*body.Record
	event string            // the name of the event
	paths map[pathOf]uint64 // of containers that have been asked for
	seed  maphash.Seed
}

// pathOf is the path of a node, with types or without.
type pathOf struct {
	node  int32
	typed bool
}

// root is the first node, if it is an object.
const root = int32(0)

// member is the node of a member, or None; so it is for None.
func (r record) member(object int32, names ...string) int32 {
	for _, name := range names {
		if object == body.None || r.Nodes[object].Kind != body.ObjectNode {
			return body.None
		}
		object = r.Member(object, name)
	}
	return object
}

// str is the text of a string, or "".
func (r record) str(node int32) string {
	if node == body.None || r.Nodes[node].Kind != body.StringNode {
		return ""
	}
	return string(r.Value(node))
}

// scalar is a string, number or literal as text, or "".
func (r record) scalar(node int32) string {
	if node == body.None || r.Nodes[node].Kind <= body.ArrayNode {
		return ""
	}
	return string(r.Value(node))
}

// isString reports whether a node is a string.
func (r record) isString(node int32) bool {
	return node != body.None && r.Nodes[node].Kind == body.StringNode
}

// isTrue reports whether a node is true.
func (r record) isTrue(node int32) bool { return r.scalar(node) == "true" }

// elements are the nodes in a list.
func (r record) elements(list int32) (nodes []int32) {
	if list == body.None || r.Nodes[list].Kind != body.ArrayNode {
		return nil
	}
	return slices.Collect(r.Children(list))
}

// place names an element of a list: by its own index where it has one, since
// an event about the second choice brings it as its only one.
func (r record) place(element int32) string {
	if index := r.scalar(r.member(element, "index")); index != "" {
		return index
	}
	return itoa(r.Nodes[element].Index)
}

// profile plans a record if it knows it.
type profile func(r record, p *plan) bool

// profiles know the streams of some providers. The first that recognises a
// record answers for it; what it does not speak of is decided by itself.
var profiles = []profile{
	openAIResponses, anthropic, openAIChat, gemini, ollama, bedrock,
}

// done ends a stream of OpenAI's and those like it.
var done = []byte("[DONE]")

// events reports whether the units are events.
func (s *Stream) events() bool {
	return s.report.Format == formatSSE || s.report.Format == formatFrames
}

// all is the beginning of every lane's key.
const all = ""

// plan finds the lanes of a unit. It reports false if readers disagree.
func (s *Stream) plan(u *body.Unit) (p plan, ok bool) {
	if u.Record == nil || u.Record.Nodes[root].Kind > body.ArrayNode {
		return s.planToken(u), true
	}
	r := record{u.Record, u.Event, make(map[pathOf]uint64), s.seed}
	known := slices.ContainsFunc(profiles, func(f profile) bool { return f(r, &p) })
	if !known {
		s.generic(r, &p)
	}
	return p, !r.twice(&p)
}

// planToken plans a payload that is no object or list: in a stream of events a
// token of text as it stands, even if it looks like a number, or of text in
// JSON strings.
func (s *Stream) planToken(u *body.Unit) (p plan) {
	raw := "data " + u.Event
	_, begun := s.lanes[raw]
	isString := u.Record != nil && u.Record.Nodes[root].Kind == body.StringNode
	switch text := bytes.TrimSpace(u.Text()); {
	case !s.events(), u.Record != nil && !begun && isNotice(u.Event):
	case u.Record == nil && bytes.Equal(text, done):
		p.end(all)
	case isString && !begun:
		s.perhaps(&p, u.Record.Value(root), planned{node: root, key: "json " + u.Event, pauses: true})
	case !begun && s.countsOn(text):
	case s.isValue(raw, u.Text()):
		p.end(raw)
	case u.Record == nil && u.IsMarkup() && !s.waits(raw):
		p.page = true
	default:
		p.whole, p.ended = raw, isNotice(u.Event) || u.Event == "endpoint" && isReference(text)
	}
	return p
}

// waits reports whether a lane has text that is not decided.
func (s *Stream) waits(key string) bool {
	l := s.lanes[key]
	return l != nil && l.Decided() < l.Len()
}

// isReference recognises a URL, or its path, with nothing beside it: the
// endpoint that a session of MCP begins with.
func isReference(text []byte) bool {
	return len(bytes.Fields(text)) == 1 && (text[0] == '/' || bytes.HasPrefix(text, []byte("http")))
}

// countsOn reports whether a number by itself is a counter's: the first one, or
// one away from the number before. Others may be the groups of a long one.
func (s *Stream) countsOn(number []byte) bool {
	n, err := strconv.Atoi(string(number))
	if err != nil || len(number) > 2 {
		return false
	}
	before := s.counter
	s.counter = &n
	return before == nil || n-*before == 1 || *before-n == 1
}

// twice reports whether a part of a text, or anything around it, is one of two
// members of one name: then nobody knows which is meant, and no provider sends
// such a thing.
func (r record) twice(p *plan) bool {
	judged := make(map[int32]bool)
	for _, t := range p.parts {
		for n := r.Nodes[t.node].Parent; n != body.None && !judged[n]; n = r.Nodes[n].Parent {
			judged[n] = true
			if r.Nodes[n].Kind == body.ObjectNode && r.hasTwins(n) {
				return true
			}
		}
	}
	return false
}

func (r record) hasTwins(object int32) bool {
	names := make(map[string]bool)
	for i := range r.Children(object) {
		key := string(r.Key(i))
		if names[key] {
			return true
		}
		names[key] = true
	}
	return false
}
