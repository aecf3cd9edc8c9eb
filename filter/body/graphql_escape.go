package body

import "bytes"

// graphqlWordsEscape: what stands between values. Only names may be written
// there.
type graphqlWordsEscape struct{ plainEscape }

func (graphqlWordsEscape) appendEscaped(dst, text, _ []byte) []byte {
	dst = append(dst, '_')
	for _, c := range text {
		if isAlnum(c) {
			dst = append(dst, c)
		} else if dst[len(dst)-1] != '_' {
			dst = append(dst, '_')
		}
	}
	return dst
}

// graphqlStringEscape: the inside of a string, with \u{H…} of the draft.
type graphqlStringEscape struct{ looseEscape }

// graphqlBlockEscape: the inside of a block string, of which only the end can
// be escaped. No quotes are written, since they might meet it.
type graphqlBlockEscape struct{}

func (graphqlBlockEscape) unit(raw []byte) unit {
	if bytes.HasPrefix(raw, []byte(`\"""`)) {
		return unit{raw: 4, text: 3, decoded: [4]byte{'"', '"', '"'}}
	}
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexByte(raw[1:], '\\'); i >= 0 {
		return literal(i + 1)
	}
	return literal(len(raw))
}

func (graphqlBlockEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, bytes.ReplaceAll(text, []byte(`"`), []byte(`'`))...)
}
