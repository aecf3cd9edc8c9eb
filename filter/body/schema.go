package body

import (
	"bytes"
	"strings"
)

// schema is what a protocol says of a place in its JSON. A body is walked along
// it, but nothing of it has to be there: what it does
// not name is read like any JSON. So a body that only looks like the protocol
// loses nothing, and one whose members stand in another order gains nothing.
type schema struct {
	role     role
	is       form               // what a machine's value looks like
	members  map[string]*schema // of an object
	others   *schema            // of its members that are not named
	tuple    []*schema          // the first elements of a list
	elements *schema            // the others
	known    bool               // its key may be written with underscores
	entry    bool               // an object here is an entry with a limit of its own
}

// role is what a value is to its protocol.
type role uint8

const (
	ordinary   role = iota // read like any value
	machine                // never touched where it has the form it must have
	ident                  // names a thing: see Ident
	integer                // digits in a string: see Integer
	line                   // a log line: see Line
	tagList                // "env:prod,owner:lena": pairs in one string
	pair                   // {"key": …, "value": …} stands for a member
	pairKey                // its key
	wrapper                // {"stringValue": …} stands for what is in it
	nest                   // a wrapper of pairs: an object under the name it stands at
	alternates             // lines of two kinds, by turns: see bulk
)

// form recognises what machines write at a place. A value that has another
// form is somebody's, whatever the protocol calls it.
type form func(text []byte) bool

// member is the field behind a key. OTLP is also written with the names of its
// protobuf fields.
func (f *schema) member(key []byte) *schema {
	if f == nil {
		return nil
	}
	if m, ok := f.members[string(key)]; ok {
		return m
	}
	if f.members != nil && bytes.IndexByte(key, '_') > 0 {
		if m, ok := f.members[lowerCamel(key)]; ok && m.known {
			return m
		}
	}
	return f.others
}

// element is the field of an element.
func (f *schema) element(index int) *schema {
	if f == nil {
		return nil
	}
	if index < len(f.tuple) {
		return f.tuple[index]
	}
	return f.elements
}

// has reports whether a field has a role.
func (f *schema) has(r role) bool { return f != nil && f.role == r }

// lowerCamel writes trace_id as traceId.
func lowerCamel(key []byte) string {
	var b strings.Builder
	upper := false
	for _, c := range key {
		switch {
		case c == '_':
			upper = true
			continue
		case upper && 'a' <= c && c <= 'z':
			c -= 'a' - 'A'
		}
		upper = false
		b.WriteByte(c)
	}
	return b.String()
}

// mine reports whether a value is left to the machines: no slot is made of it.
func (f *schema) mine(text []byte) bool { return f != nil && f.is != nil && f.is(text) }

// machines makes members of one form.
func machines(is form, names ...string) map[string]*schema {
	out := make(map[string]*schema, len(names))
	for _, name := range names {
		out[name] = &schema{role: machine, is: is}
	}
	return out
}

// merged joins members; of one name the last counts.
func merged(all ...map[string]*schema) map[string]*schema {
	out := make(map[string]*schema)
	for _, members := range all {
		for name, f := range members {
			out[name] = f
		}
	}
	return out
}

// kindOf is the kind of slot that a string at a place becomes.
func (f *schema) kindOf() Kind {
	if f == nil {
		return Value
	}
	switch f.role {
	case line:
		return Line
	case ident:
		return Ident
	case integer:
		return Integer
	}
	return Value
}
