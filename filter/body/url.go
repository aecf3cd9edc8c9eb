package body

import "bytes"

// URLParts says which parts of a URL are read. The zero value says that the
// bytes are no URL.
type URLParts uint8

// The parts.
const (
	URLPath  URLParts = 1 << iota // segments, and user and password in front of the host
	URLQuery                      // pairs, and the fragment
)

// ParseURL reads a URL, or the path and query of one (RFC 3986), as they stand
// in a request line or in a field of a header. Scheme and host are never
// slots. It is asked for by whoever has a URL, and by no label of a message:
// text that could call itself a URL would be cut at every slash.
func ParseURL(raw []byte, parts URLParts, o Options) (*Document, error) {
	b := newBuilder(raw, o)
	b.doc.Format = URL
	at := place{group: b.group(None, None), key: None}
	end, fragment := len(raw), len(raw)
	if i := bytes.IndexByte(raw, '#'); i >= 0 {
		end, fragment = i, i+1
	}
	path := end
	if i := bytes.IndexByte(raw[:end], '?'); i >= 0 {
		path = i
	}
	if parts&URLPath != 0 {
		b.path(b.userinfo(raw[:path], at), path, at)
	}
	if parts&URLQuery != 0 {
		if path < end {
			b.form(b.push(0, path+1, end, escapes[plain]), 0, urlQuery, at)
		}
		b.value(0, fragment, len(raw), urlPath, Value, at)
	}
	return &b.doc, b.err
}

// userinfo reads what stands before the host, and returns where the path
// begins.
func (b *builder) userinfo(text []byte, at place) (path int) {
	i := bytes.Index(text, []byte("://"))
	if i < 0 || bytes.IndexByte(text[:i], '/') >= 0 {
		return 0
	}
	start, end := i+len("://"), len(text)
	if i := bytes.IndexByte(text[start:], '/'); i >= 0 {
		end = start + i
	}
	if i := bytes.LastIndexByte(text[start:end], '@'); i >= 0 {
		b.value(0, start, start+i, urlPath, Value, at)
	}
	return end
}

// path reads the segments of a path. A word in front of a segment says what is
// in it, as in /users/….
func (b *builder) path(start, end int, at place) {
	text := b.doc.layers[0].text[:end]
	word := None
	for start <= end {
		stop := end
		if i := bytes.IndexAny(text[start:], "/;"); i >= 0 {
			stop = start + i
		}
		at.key = word
		before := len(b.doc.Slots)
		b.value(0, start, stop, urlPath, Value, at)
		word = None
		if len(b.doc.Slots) == before+1 && isPathWord(text[start:stop]) {
			word = int32(before)
		}
		start = stop + 1
	}
}

// isPathWord recognises names as paths have them of what they hold.
func isPathWord(segment []byte) bool {
	for _, c := range segment {
		if c|0x20 < 'a' || c|0x20 > 'z' {
			if c != '_' && c != '-' {
				return false
			}
		}
	}
	return len(segment) > 1 && len(segment) <= 32
}

// urlPathEscape: percent-encoding in a path or fragment, where '+' is a plus.
// What is written there is encoded, whatever stood there before.
type urlPathEscape struct{}

func (urlPathEscape) unit(raw []byte) unit { return percentUnit(raw, "%") }

func (urlPathEscape) appendEscaped(dst, text, _ []byte) []byte {
	return appendPercent(dst, text, 0)
}

// urlQueryEscape: a name or value of a query. It is that of a form, and a blank
// is written as it was written there: some readers know no '+'.
type urlQueryEscape struct{ formEscape }

func (urlQueryEscape) appendEscaped(dst, text, replaced []byte) []byte {
	if bytes.IndexByte(replaced, '+') >= 0 {
		return appendPercent(dst, text, '+')
	}
	return appendPercent(dst, text, 0)
}
