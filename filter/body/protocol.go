package body

import (
	"bytes"
	"strings"
)

// protocol is one way of sending logs and telemetry: what its bodies look like,
// and what of them runs the machines. Content tells it where it can, because a
// path says what a client has asked for and not what it sends; the path tells
// the others. Each is a file of its own, and a line here.
type protocol struct {
	paths  []string // what the path of the URL ends with, or has in it before a number
	keys   []string // what the first object begins with
	root   *schema
	text   bool // what is no JSON is lines, whatever the label says
	limits Limits
}

// protocols are tried in this order.
var protocols = []*protocol{&loki, &otlp, &bulk, &splunkRaw, &splunk, &datadog, &sentryStore}

// Limits are what a receiver takes of one message, in bytes without content
// codings; 0 is no limit.
type Limits struct {
	Body  int
	Entry int // one entry of several
}

// protocolOf finds the protocol of a body of JSON or text, or nil.
func protocolOf(text []byte, path string) *protocol {
	key := firstKey(text)
	for _, p := range protocols {
		if p.begins(key) || p.hasPath(path) {
			return p
		}
	}
	return nil
}

func (p *protocol) begins(key string) bool {
	for _, k := range p.keys {
		if key == k {
			return true
		}
	}
	return false
}

// hasPath compares the end of a path, where sites mount a receiver below a
// prefix.
func (p *protocol) hasPath(path string) bool {
	path = strings.TrimSuffix(path, "/")
	for _, end := range p.paths {
		if before, ok := strings.CutSuffix(end, "/*"); ok {
			// One more element, which is a number or a key.
			i := strings.LastIndexByte(path, '/')
			if i >= 0 && strings.HasSuffix(path[:i], before) {
				return true
			}
		} else if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}

// maxFirstKey bounds the first key, in bytes.
const maxFirstKey = 32

// firstKey is the key that the first object of JSON begins with, if it is
// written without an escape; "" otherwise.
func firstKey(text []byte) string {
	text = bytes.TrimLeft(text, " \t\r\n\x1e[")
	if len(text) == 0 || text[0] != '{' {
		return ""
	}
	text = bytes.TrimLeft(text[1:], " \t\r\n")
	if len(text) == 0 || text[0] != '"' {
		return ""
	}
	text = text[1:min(len(text), maxFirstKey)]
	end := bytes.IndexAny(text, `"\`)
	if end < 0 || text[end] != '"' {
		return ""
	}
	return string(text[:end])
}

// withProtocol looks for the protocol of a body and gives a place its root.
// Where logs are expected, what no protocol claims is their records.
func (b *builder) withProtocol(layer int32, from int, h Hint, at place) (place, *protocol) {
	if h.schema != nil {
		at.schema = h.schema
		return at, nil
	}
	p := protocolOf(b.doc.layers[layer].text[from:], h.Path)
	at.schema = nil
	switch {
	case p != nil:
		at.schema = p.root
		b.doc.limits = p.limits
	case b.logs:
		at.schema = record
	}
	return at, p
}
