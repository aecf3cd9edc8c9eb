package lane

import "bytes"

// keyBlock recognises a private key in its armour (RFC 7468): it is one value,
// whatever stands in it.
type keyBlock struct {
	in     bool
	header bool // its first line has not ended
	last   bool // its last line has begun
	length int  // bytes since it began
}

// maxHeader bounds the first line, in bytes.
const maxHeader = 80

var (
	beginMark = []byte("-----BEGIN")
	endMark   = []byte("-----END")
	dashes    = []byte("-----")
)

// step reads on to the end of text and reports whether it is within a key.
func (k *keyBlock) step(text []byte) bool {
	switch c := text[len(text)-1]; {
	case !k.in:
		if c == 'N' && bytes.HasSuffix(text, beginMark) {
			*k = keyBlock{in: true, header: true}
		}
	case k.header:
		k.length++
		if c == '-' && bytes.HasSuffix(text, dashes) {
			k.header = false
			k.in = bytes.Contains(text[len(text)-k.length:], []byte("PRIVATE"))
		} else if k.length > maxHeader {
			k.in = false
		}
	}
	return k.in
}

// ended reports whether the end of text is that of the key.
func (k *keyBlock) ended(text []byte) bool {
	if k.header {
		return false
	}
	switch text[len(text)-1] {
	case 'D':
		k.last = k.last || bytes.HasSuffix(text, endMark)
	case '-', '\n':
		return k.last && (text[len(text)-1] == '\n' || bytes.HasSuffix(text, dashes))
	}
	return false
}
