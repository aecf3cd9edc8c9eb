package body

import "bytes"

// form reads name=value pairs. Reading a form cannot fail: whatever stands
// between two '&' is a pair, and what has no '=' is a value without a name.
func (b *builder) form(layer int32, from int, e escapeID, at place) {
	text := b.doc.layers[layer].text
	at.group = b.group(at.group, at.key)
	for start := from; start <= len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[start:], '&'); i >= 0 {
			end = start + i
		}
		b.pair(layer, start, end, e, at)
		start = end + 1
	}
}

func (b *builder) pair(layer int32, start, end int, e escapeID, at place) {
	pair := b.doc.layers[layer].text[start:end]
	equals := bytes.IndexByte(pair, '=')
	if equals < 0 {
		at.key = None
		b.value(layer, start, trimRight(pair, start), valueEscape(pair, e), Value, at)
		return
	}
	name := pair[:equals]
	if b.skip.active() {
		at.state = b.skip.member(at.state, appendDecoded(nil, name, escapes[e]))
	}
	if isName(name) {
		at.key = b.key(layer, start, start+equals, e, at)
	} else {
		at.key = None
		b.value(layer, start, start+equals, e, Value, at)
	}
	value := start + equals + 1
	b.value(layer, value, trimRight(pair[equals+1:], value), valueEscape(pair[equals+1:], e), Value, at)
}

// valueEscape is e, or that of a telephone number which was not encoded: its
// '+' stands for itself.
func valueEscape(raw []byte, e escapeID) escapeID {
	if len(raw) < 2 || raw[0] != '+' || raw[1]-'0' > 9 || bytes.IndexByte(raw[1:], '+') >= 0 {
		return e
	}
	switch e {
	case formValue:
		return formPhone
	case urlQuery:
		return urlPath
	}
	return e
}

// isName reports whether what stands before '=' is written as names of forms
// are. If not, it is prose under a form's label, with '=' in it by chance.
func isName(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7F || bytes.IndexByte([]byte(`"{}<>`), c) >= 0 {
			return false
		}
	}
	return true
}

// trimRight returns the end of a value without the line break that command
// line tools put behind a form.
func trimRight(value []byte, start int) int {
	return start + len(bytes.TrimRight(value, "\r\n"))
}

// looksLikeForm reports whether unlabelled text can only sensibly be a form:
// pairs of printable ASCII without a space, from the first byte on.
func looksLikeForm(text []byte) bool {
	text = bytes.TrimRight(text, "\r\n")
	name, _, ok := bytes.Cut(text, []byte("="))
	if !ok || len(name) == 0 {
		return false
	}
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case bytes.IndexByte([]byte("._-+%[]*"), c) >= 0:
		default:
			return false
		}
	}
	for _, c := range text {
		if c <= ' ' || c >= 0x7F {
			return false
		}
	}
	return true
}
