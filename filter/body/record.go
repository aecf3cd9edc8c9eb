package body

import (
	"bytes"
	"iter"
	"slices"
)

// NodeKind says what a JSON value is.
type NodeKind uint8

// The kinds of nodes.
const (
	ObjectNode NodeKind = iota
	ArrayNode
	StringNode
	NumberNode
	LiteralNode // true, false, null
)

// Node is one value of a record.
type Node struct {
	Parent     int32 // the node of its container, or None
	Index      int32 // among the members or elements of its container
	next       int32 // the one behind it in its container, or 0
	Kind       NodeKind
	escaped    bool // of a string: it holds escapes
	keyEscaped bool
	key, value extent
}

// extent is a range of a record's text, in bytes; that of a string lies inside
// its quotes.
type extent struct{ start, end uint32 }

// Record is the tree of one JSON text: what tells, in a stream, which strings
// go on from one record to the next. Nodes come in the order of the text, a
// container before what is in it.
type Record struct {
	Nodes []Node
	text  []byte
}

// Key is the name of a member, decoded; nil for an element.
func (r *Record) Key(i int32) []byte {
	n := &r.Nodes[i]
	return decodedString(r.text[n.key.start:n.key.end], n.keyEscaped)
}

// Value is the text of a string, decoded, or a number or literal as written.
func (r *Record) Value(i int32) []byte {
	n := &r.Nodes[i]
	return decodedString(r.text[n.value.start:n.value.end], n.escaped)
}

func decodedString(raw []byte, escaped bool) []byte {
	if escaped {
		return appendDecoded(nil, raw, escapes[jsonString])
	}
	return raw
}

// Children visits the members or elements of a container.
func (r *Record) Children(container int32) iter.Seq[int32] {
	return func(yield func(int32) bool) {
		first := container + 1
		if int(first) >= len(r.Nodes) || r.Nodes[first].Parent != container {
			return
		}
		for i := first; i != 0; i = r.Nodes[i].next {
			if !yield(i) {
				return
			}
		}
	}
}

// Member is the last member of an object with a name, or None: the last one
// is what most readers take.
func (r *Record) Member(object int32, name string) int32 {
	found := None
	for i := range r.Children(object) {
		if string(r.Key(i)) == name {
			found = i
		}
	}
	return found
}

// readRecord reads one JSON value with nothing but white space around it. The
// scanner's tokens are read by the scanner that finds slots, so that both see
// the same strings.
func readRecord(text []byte) *Record {
	s := jsonScanner{text: text}
	r := &Record{text: text}
	s.separators()
	if s.pos == len(text) || !s.tree(r) {
		return nil
	}
	if s.separators(); s.pos != len(text) {
		return nil
	}
	return r
}

// openNode is a container that is being read.
type openNode struct {
	node   int32
	object bool
	count  int32 // members or elements so far
	last   int32 // of them
}

// tree reads one value with everything in it.
func (s *jsonScanner) tree(r *Record) bool {
	var stack []openNode
	next := Node{Parent: None}
	for {
		if !s.node(r, next) {
			return false
		}
		if n := &r.Nodes[len(r.Nodes)-1]; n.Kind <= ArrayNode {
			if len(stack) == maxJSONDepth {
				return false
			}
			stack = append(stack, openNode{node: int32(len(r.Nodes) - 1), object: n.Kind == ObjectNode})
		}
		for len(stack) > 0 && s.closes(&stack[len(stack)-1]) {
			r.Nodes[stack[len(stack)-1].node].value.end = uint32(s.pos)
			stack = stack[:len(stack)-1]
		}
		if len(stack) == 0 {
			return true
		}
		f := &stack[len(stack)-1]
		var ok bool
		if next, ok = s.nextNode(f); !ok {
			return false
		}
		if f.count > 1 {
			r.Nodes[f.last].next = int32(len(r.Nodes))
		}
		f.last = int32(len(r.Nodes))
	}
}

// closes reads the bracket that ends a container.
func (s *jsonScanner) closes(f *openNode) bool {
	if c := s.peek(); c == ']' && !f.object || c == '}' && f.object {
		s.pos++
		return true
	}
	return false
}

// nextNode reads what stands before the next member or element.
func (s *jsonScanner) nextNode(f *openNode) (n Node, ok bool) {
	n = Node{Parent: f.node, Index: f.count}
	if f.count > 0 {
		if s.peek() != ',' {
			return n, false
		}
		s.pos++
	}
	f.count++
	if !f.object {
		return n, true
	}
	if s.peek() != '"' {
		return n, false
	}
	start := s.pos + 1
	if n.keyEscaped, ok = s.str(); !ok {
		return n, false
	}
	n.key = extent{uint32(start), uint32(s.pos - 1)}
	if s.peek() != ':' {
		return n, false
	}
	s.pos++
	return n, true
}

// node reads a scalar or an opening bracket.
func (s *jsonScanner) node(r *Record, n Node) bool {
	c := s.peek()
	start := s.pos
	switch {
	case c == '"':
		escaped, ok := s.str()
		if !ok {
			return false
		}
		n.Kind, n.escaped = StringNode, escaped
		n.value = extent{uint32(start + 1), uint32(s.pos - 1)}
	case c == '{':
		n.Kind, n.value.start = ObjectNode, uint32(start)
		s.pos++
	case c == '[':
		n.Kind, n.value.start = ArrayNode, uint32(start)
		s.pos++
	case c == '-' || '0' <= c && c <= '9':
		if !s.number() {
			return false
		}
		n.Kind, n.value = NumberNode, extent{uint32(start), uint32(s.pos)}
	default:
		if !s.literal("true") && !s.literal("false") && !s.literal("null") {
			return false
		}
		n.Kind, n.value = LiteralNode, extent{uint32(start), uint32(s.pos)}
	}
	r.Nodes = append(r.Nodes, n)
	return true
}

// marks are strings of one layer that are to be slots as a whole, whatever is
// written in them: parts of a text that goes on elsewhere.
type marks struct {
	layer  int32
	starts []uint32 // ascending
	slots  []int32  // of each, or None
}

func (b *builder) isMarked(layer int32, start int) bool {
	if b.marks.starts == nil || layer != b.marks.layer {
		return false
	}
	_, ok := slices.BinarySearch(b.marks.starts, uint32(start))
	return ok
}

// whole emits a marked string.
func (b *builder) whole(layer int32, start, end int, at place) {
	i, _ := slices.BinarySearch(b.marks.starts, uint32(start))
	b.marks.slots[i] = None
	if start == end || b.skip.skipped(at.state) {
		return
	}
	b.marks.slots[i] = b.slot(layer, start, end, jsonString, Value, at)
	if bytes.IndexByte(b.doc.layers[layer].text[start:end], '\\') < 0 {
		b.doc.Slots[b.marks.slots[i]].literal = true
	}
}
