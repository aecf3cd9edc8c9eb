package body

import "bytes"

// member is the field behind a key, as the receiver reads it.
func (s *jsonScanner) member(object *schema, key []byte, escaped bool) *schema {
	if escaped {
		key = appendDecoded(nil, key, escapes[jsonString])
	}
	return object.member(key)
}

// fieldValue emits a string that a protocol says something of.
func (s *jsonScanner) fieldValue(start, end int, escaped bool, at place) {
	f, raw := at.schema, s.text[start:end]
	at.schema = nil
	if !escaped && f.mine(raw) {
		return
	}
	kind := f.kindOf()
	switch f.role {
	case pairKey:
		at.key = None
		s.stack[len(s.stack)-1].pairKey = s.b.key(s.layer, start, end, jsonString, at)
		return
	case tagList:
		s.tags(start, end, at)
		return
	case line:
		at.key, at.schema = None, record
	case integer:
		if !allDigits(bytes.TrimPrefix(raw, []byte("-"))) {
			kind = Value
		}
	}
	before := len(s.b.doc.Slots)
	s.b.value(s.layer, start, end, jsonString, kind, at)
	if !escaped && len(s.b.doc.Slots) == before+1 && s.b.doc.Slots[before].layer == s.layer {
		s.b.doc.Slots[before].literal = true
	}
}

// tags emits "env:prod,owner:lena" as the members of an object.
func (s *jsonScanner) tags(start, end int, at place) {
	at.group = s.b.group(at.group, at.key)
	for start <= end {
		stop := end
		if i := bytes.IndexByte(s.text[start:end], ','); i >= 0 {
			stop = start + i
		}
		at.key = None
		value := start
		if i := bytes.IndexByte(s.text[start:stop], ':'); i >= 0 {
			at.key = s.b.key(s.layer, start, start+i, jsonString, at)
			value = start + i + 1
		}
		s.b.value(s.layer, value, stop, jsonString, Value, at)
		start = stop + 1
	}
}

// leave ends the innermost container.
func (s *jsonScanner) leave() {
	f := &s.stack[len(s.stack)-1]
	if f.object && s.layer == 0 && f.at.schema != nil && f.at.schema.entry {
		s.b.doc.entries = append(s.b.doc.entries, stretch{f.start, s.pos})
	}
	s.stack = s.stack[:len(s.stack)-1]
}

// standsIn reports whether the keys of an object are of the schema and say
// nothing; stands, whether it is no group of its own either.
func (f *schema) standsIn() bool { return f.stands() || f.has(nest) }
func (f *schema) stands() bool   { return f.has(wrapper) || f.has(pair) }

// keepsNumber reports whether a number is left to the machines.
func (f *schema) keepsNumber(raw []byte) bool { return f.mine(raw) || f.has(ident) }

// isAction reports whether JSON begins like the first line of a bulk request.
func isAction(text []byte) bool {
	switch firstKey(text) {
	case "index", "create", "update", "delete":
		return true
	}
	return false
}
