package body

import (
	"unicode/utf8"
)

// recoding is the half of a recoder that says how a layer is written anew.
type recoding interface {
	recode(dst, text, replaced []byte) []byte
}

// whole is an escape of which nothing is known but what all of it says: a
// compressed block, a number. What is found in its text, wherever, is found in
// the range as a whole.
type whole struct {
	recoding
	size int // of the text
}

func (w whole) unit(raw []byte) unit { return unit{raw: len(raw), text: w.size} }

func (whole) appendEscaped(dst, _, replaced []byte) []byte { return append(dst, replaced...) }

// pushText puts a layer on a range of another, of which the text is known.
func (b *builder) pushText(parent int32, start, end int, e escape, text []byte) int32 {
	b.doc.layers = append(b.doc.layers, layer{
		text: text, parent: parent, depth: b.doc.layers[parent].depth + 1,
		start: uint32(start), end: uint32(end), escape: e,
	})
	return int32(len(b.doc.layers) - 1)
}

// blob reads bytes of a type that nobody names: as text of any kind, if that
// is what they are. Other bytes stay as they are, but what they spell is
// doubted.
func (b *builder) blob(layer int32, start, end int, at place) {
	if start == end || b.skip.skipped(at.state) {
		return
	}
	raw := b.doc.layers[layer].text[start:end]
	if maybeText(raw) && b.doc.layers[layer].depth < maxDepth {
		m, err := b.mark(), b.err
		if f := b.entity(b.push(layer, start, end, escapes[plain]), Hint{ReadCode: true}, at); f != Unsupported && b.err == nil {
			return
		}
		b.retract(m, err)
	}
	b.doubt(raw)
}

// minWide is how many bytes in UTF-16 say something without a BOM.
const minWide = 8

// maybeText reports whether bytes look like text in any encoding. Most ids of
// sixteen random bytes hold control characters, and none is mostly ASCII.
func maybeText(raw []byte) bool {
	if _, n := byBOM(raw); n > 0 {
		return true
	}
	if e := byNULs(raw); e != nil && len(raw) >= minWide {
		return !hasControls(appendDecoded(nil, raw, e))
	}
	if hasControls(raw) {
		return false
	}
	ascii := 0
	for _, c := range raw {
		if c < utf8.RuneSelf {
			ascii++
		}
	}
	return utf8.Valid(raw) || 10*ascii >= 7*len(raw)
}

// isText reports whether bytes are text in UTF-8.
func isText(raw []byte) bool { return utf8.Valid(raw) && !hasControls(raw) }

// doubt keeps what bytes spell that are not read as text: the rules are asked,
// and if there is anything in it, the body does not pass.
func (b *builder) doubt(raw []byte) {
	for len(raw) > 0 {
		n := 0
		for n < len(raw) {
			_, size := utf8.DecodeRune(raw[n:])
			if size == 1 && (raw[n] >= utf8.RuneSelf || controls[raw[n]]) {
				break
			}
			n += size
		}
		if n >= minRun {
			b.doc.doubts = append(append(b.doc.doubts, raw[:n]...), '\n')
		}
		raw = raw[min(n+1, len(raw)):]
	}
}
