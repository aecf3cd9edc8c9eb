package body

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
)

// utf8Text puts a layer of UTF-8 on another, the body or a part of it, if it is written in another
// encoding, and returns the layer and offset at which the text begins.
// ok is false if the bytes are no text that anybody can read; err is
// ErrCharset if they claim to be text in a charset that cannot be read.
//
// What the bytes show beats what the label says, because the receiver may
// ignore the label: a BOM first, then valid UTF-8, then the label, then the
// pattern of NULs.
func (b *builder) utf8Text(base int32, h Hint, c class) (layer int32, from int, ok bool, err error) {
	raw := b.doc.layers[base].text
	if e, n := byBOM(raw); n > 0 {
		if e == nil {
			return base, n, true, nil
		}
		return b.push(base, n, len(raw), e), 0, true, nil
	}
	wide := byNULs(raw)
	if wide == nil && utf8.Valid(raw) && (bytes.IndexByte(raw, 0) < 0 || c == classJSON) {
		if e := asLabelled(h.Charsets, raw); e != nil && !shifted(h.Charsets, raw) {
			return b.push(base, 0, len(raw), e), 0, true, nil
		}
		return base, 0, !shifted(h.Charsets, raw), charsetError(h.Charsets, raw)
	}
	for _, label := range h.Charsets {
		e, known := byLabel(label, raw)
		if !known {
			return base, 0, false, ErrCharset
		}
		if e != nil {
			l := b.push(base, 0, len(raw), e)
			if faithful(b.doc.layers[l].text, raw, e) {
				return l, 0, true, nil
			}
			b.doc.layers = b.doc.layers[:l]
		}
	}
	if wide != nil {
		return b.push(base, 0, len(raw), wide), 0, true, nil
	}
	return b.guess(base, c)
}

// asLabelled is the escape of the first label if bytes that are ASCII say the
// same in it: what replaces some of them is written in that charset, then.
func asLabelled(labels []string, raw []byte) escape {
	if len(labels) == 0 {
		return nil
	}
	switch e, _ := byLabel(labels[0], nil); e.(type) {
	case charmapEscape:
		if isASCII(raw) && bytes.Equal(appendDecoded(nil, raw[:min(len(raw), literalMax)], e), raw[:min(len(raw), literalMax)]) {
			return e
		}
	case *multibyteEscape:
		if isASCII(raw) {
			return e
		}
	}
	return nil
}

// isASCII reports whether no byte is beyond 7 bits, eight of them at a time.
func isASCII(text []byte) bool {
	for len(text) >= 8 {
		if binary.LittleEndian.Uint64(text)&0x8080808080808080 != 0 {
			return false
		}
		text = text[8:]
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// guess handles bytes that are not UTF-8 and that no label explains.
func (b *builder) guess(base int32, c class) (layer int32, from int, ok bool, err error) {
	raw := b.doc.layers[base].text
	switch {
	case (c == classJSON || c == classForm || c.isText()) && looksWide(raw):
		return base, 0, false, ErrCharset // UTF-16 of which no label tells the order
	case hasControls(raw):
		// Neither text nor, unless read finds it so, JSON. With NULs alone
		// it may still be: parsers pass over them.
		labelled := c == classJSON || c == classForm
		switch valid := utf8.Valid(raw); {
		case valid:
			return base, 0, labelled || c.isText(), nil
		case labelled && !startsJSON(raw):
			return base, 0, false, ErrCharset
		}
		return base, 0, labelled, nil
	case c == classJSON, c == classForm, hasMultibyte(raw):
		return base, 0, true, nil // UTF-8 with broken places
	}
	return b.push(base, 0, len(raw), charmapEscape{charmap.Windows1252}), 0, true, nil
}

// declaredCharset is what markup says of its own encoding (XML, section 4.3.3;
// HTML, section 13.2.3.2).
func declaredCharset(text []byte) []string {
	text = text[:min(len(text), 1024)]
	if c := bytes.TrimLeft(text, " \t\r\n"); len(c) == 0 || c[0] != '<' {
		return nil
	}
	if m := declaredEncoding.FindSubmatch(text); m != nil {
		return []string{strings.ToLower(string(m[1]) + string(m[2]))}
	}
	return nil
}

var declaredEncoding = regexp.MustCompile(`^\s*<\?xml\s[^>]*\sencoding\s*=\s*["']([\w.:-]+)|(?i:<meta\s[^>]*charset\s*=\s*["']?([\w.:-]+))`)

func byBOM(raw []byte) (escape, int) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		return nil, 3
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE, 0, 0}):
		return utf32Escape{binary.LittleEndian}, 4
	case bytes.HasPrefix(raw, []byte{0, 0, 0xFE, 0xFF}):
		return utf32Escape{binary.BigEndian}, 4
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return utf16Escape{binary.LittleEndian}, 2
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return utf16Escape{binary.BigEndian}, 2
	}
	return nil, 0
}

// byNULs recognises UTF-16 and UTF-32 without BOM and label, by where the
// NULs stand (the idea of RFC 4627, section 3). It wants every character
// below U+0100: then no two bytes of text stand side by side, and nobody can
// make UTF-8 look like UTF-16 by strewing NULs.
func byNULs(raw []byte) escape {
	if len(raw) < 2 || raw[0] != 0 && raw[1] != 0 {
		return nil
	}
	for _, candidate := range []struct {
		escape escape
		size   int // bytes of a unit
		text   int // which of them is not NUL
	}{
		{utf32Escape{binary.LittleEndian}, 4, 0},
		{utf32Escape{binary.BigEndian}, 4, 3},
		{utf16Escape{binary.LittleEndian}, 2, 0},
		{utf16Escape{binary.BigEndian}, 2, 1},
	} {
		if strided(raw, candidate.size, candidate.text) {
			return candidate.escape
		}
	}
	return nil
}

// strided reports whether exactly one byte of every unit is not NUL.
func strided(raw []byte, size, text int) bool {
	if len(raw)%size != 0 {
		return false
	}
	for i, c := range raw {
		if (c != 0) != (i%size == text) {
			return false
		}
	}
	return true
}

// looksWide reports whether NULs stand as in UTF-16 or UTF-32, though not as
// strictly as byNULs wants it: many, and nearly none in one place of a unit.
func looksWide(raw []byte) bool {
	const one = 8 // in so many
	var nuls [4]int
	for i, c := range raw {
		if c == 0 {
			nuls[i%4]++
		}
	}
	even, odd := nuls[0]+nuls[2], nuls[1]+nuls[3]
	all := even + odd
	return one*all >= len(raw) && one*min(even, odd) <= all || 2*all >= len(raw) && one*min(nuls[0], nuls[3]) <= all
}

// byLabel finds the escape of a charset label; nil for UTF-8. known is false
// for labels that nobody knows and for shifted encodings, in which one
// character's bytes depend on all before it. Which byte comes first is seen
// from raw where the label does not say it (RFC 2781, section 4.3, and the
// Encoding Standard differ).
func byLabel(label string, raw []byte) (e escape, known bool) {
	switch label {
	case "utf-16", "utf16", "ucs-2", "unicode", "iso-10646-ucs-2", "csunicode", "ucs2":
		return utf16Escape{likelyOrder(raw, 2)}, true
	case "utf-32", "utf32", "ucs-4", "iso-10646-ucs-4", "ucs4":
		return utf32Escape{likelyOrder(raw, 4)}, true
	case "utf-16le", "utf16le", "unicodefeff":
		return utf16Escape{binary.LittleEndian}, true
	case "utf-16be", "utf16be", "unicodefffe":
		return utf16Escape{binary.BigEndian}, true
	case "utf-32le", "utf32le":
		return utf32Escape{binary.LittleEndian}, true
	case "utf-32be", "utf32be":
		return utf32Escape{binary.BigEndian}, true
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		if enc, err = ianaindex.IANA.Encoding(label); err != nil || enc == nil {
			return nil, false
		}
		cm, ok := enc.(*charmap.Charmap) // of the others browsers know all that are of use
		return charmapEscape{cm}, ok
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return nil, false
	}
	switch name {
	case "utf-8":
		return nil, true
	case "iso-2022-jp", "replacement", "x-user-defined", "utf-16le", "utf-16be":
		return nil, false
	}
	if cm, ok := enc.(*charmap.Charmap); ok {
		return charmapEscape{cm}, true
	}
	return &multibyteEscape{encoding: enc}, true
}

// likelyOrder is the order of bytes in which more units of a size are ASCII.
func likelyOrder(raw []byte, size int) binary.ByteOrder {
	little, big := 0, 0
	for ; len(raw) >= size; raw = raw[size:] {
		nuls := bytes.Count(raw[:size], []byte{0})
		switch {
		case nuls != size-1:
		case raw[0] != 0:
			little++
		case raw[size-1] != 0:
			big++
		}
	}
	if big > little {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// shifted reports whether bytes that are valid UTF-8 may say something else
// in the charset of their label: 7-bit encodings that shift with ESC, '+' or
// '~'. An unknown label on plain text is only a label.
func shifted(labels []string, raw []byte) bool {
	for _, label := range labels {
		var marks string
		switch {
		case strings.Contains(label, "iso-2022"), strings.Contains(label, "iso2022"):
			marks = "\x1b\x0e\x0f"
		case strings.Contains(label, "utf-7"), strings.Contains(label, "utf7"):
			marks = "+&"
		case strings.HasPrefix(label, "hz"):
			marks = "~"
		case strings.HasPrefix(label, "bocu"), strings.HasPrefix(label, "scsu"), label == "utf-ebcdic":
			return true
		default:
			continue
		}
		if bytes.ContainsAny(raw, marks) {
			return true
		}
	}
	return false
}

func charsetError(labels []string, raw []byte) error {
	if shifted(labels, raw) {
		return ErrCharset
	}
	return nil
}

// faithful reports whether a decoding lost nothing: text with a replacement
// character was not written in that charset.
func faithful(text, raw []byte, e escape) bool {
	if _, wide := e.(utf16Escape); wide && len(raw)%2 != 0 {
		return false
	}
	return !bytes.Contains(text, []byte("\uFFFD")) && !hasControls(text)
}

// controls marks the control characters that text does not hold: all but
// tab, line breaks, form feed, record separator, and the ESC of coloured logs.
var controls = func() (table [256]bool) {
	for c := range 0x20 {
		table[c] = bytes.IndexByte([]byte("\t\n\r\f\x1b\x1e"), byte(c)) < 0
	}
	table[0x7f] = true
	return table
}()

// hasControls reports whether text holds any of them. Words without a byte
// below 0x20 and without 0x7f, which are most, are passed over as such.
func hasControls(text []byte) bool {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	for len(text) >= 8 {
		word := binary.LittleEndian.Uint64(text)
		del := word ^ 0x7f*ones
		if (word-0x20*ones)&^word&tops|(del-ones)&^del&tops != 0 && anyControl(text[:8]) {
			return true
		}
		text = text[8:]
	}
	return anyControl(text)
}

func anyControl(text []byte) bool {
	for _, c := range text {
		if controls[c] {
			return true
		}
	}
	return false
}

// hasMultibyte reports whether any valid multi-byte UTF-8 sequence occurs.
func hasMultibyte(text []byte) bool {
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, n := utf8.DecodeRune(text[i:])
		if n > 1 {
			return true
		}
		i += n
	}
	return false
}

// minRun is how long, in bytes, a run without NUL must be to say anything.
const minRun = 6

// OtherReading returns what a body says to a reader who is simpler than we
// are, where that differs from what was read. A body in UTF-16 or UTF-32 is
// taken for ASCII, or for the other order of bytes: runs, a line each. A transfer encoding is
// not decoded. It is empty for nearly all honest bodies. A BOM or label in
// front of plain text would otherwise turn it into something that nobody
// understands.
func (d *Document) OtherReading() string {
	out := d.doubts
	for i := range d.layers {
		l := &d.layers[i]
		raw := d.layers[max(l.parent, 0)].text
		switch e := l.escape.(type) {
		case utf16Escape:
			out = appendOtherOrder(appendRuns(out, raw[l.start:l.end]), raw[l.start:l.end], 2, e.order)
		case utf32Escape:
			out = appendOtherOrder(appendRuns(out, raw[l.start:l.end]), raw[l.start:l.end], 4, e.order)
		}
	}
	return string(out)
}

// appendRuns appends the runs without NULs, a line each.
func appendRuns(dst, raw []byte) []byte {
	for run := range bytes.SplitSeq(raw, []byte{0}) {
		if len(run) >= minRun {
			dst = append(append(dst, run...), '\n')
		}
	}
	return dst
}

// appendOtherOrder appends what is ASCII to a reader who takes the bytes of
// each unit the other way round, runs of a line each.
func appendOtherOrder(dst, raw []byte, size int, order binary.ByteOrder) []byte {
	at := 0 // of the byte that is not NUL, in the other order
	if order == binary.LittleEndian {
		at = size - 1
	}
	start := len(dst)
	for ; len(raw) >= size; raw = raw[size:] {
		if c := raw[at]; c != 0 && c < utf8.RuneSelf && bytes.Count(raw[:size], []byte{0}) == size-1 {
			dst = append(dst, c)
			continue
		}
		if len(dst)-start < minRun {
			dst = dst[:start]
		} else {
			dst = append(dst, '\n')
		}
		start = len(dst)
	}
	if len(dst)-start < minRun {
		dst = dst[:start]
	}
	return dst
}
