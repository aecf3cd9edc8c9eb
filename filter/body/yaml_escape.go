package body

import "bytes"

// foldUnit reads a line break with the white space around it, which says a
// blank, or one line break less if there are several (YAML, section 6.5).
// n is 0 if there is none at the start of raw.
func foldUnit(raw []byte) (u unit, ok bool) {
	breaks := 0
	for u.raw < len(raw) {
		c := raw[u.raw]
		if c == '\n' {
			breaks++
		} else if c != ' ' && c != '\t' && c != '\r' {
			break
		}
		u.raw++
	}
	switch breaks {
	case 0:
		return unit{}, false
	case 1:
		u.text, u.decoded[0] = 1, ' '
	default:
		for u.text = 0; u.text < min(breaks-1, len(u.decoded)); u.text++ {
			u.decoded[u.text] = '\n'
		}
	}
	return u, true
}

// untilFold is the length of the text in front of the next line break.
func untilFold(raw []byte) int {
	raw = raw[:min(len(raw), literalMax)]
	if i := bytes.IndexByte(raw, '\n'); i >= 0 {
		return max(1, len(bytes.TrimRight(raw[:i], " \t\r")))
	}
	return len(raw)
}

// yamlPlainEscape: a scalar without quotes, in lines or in brackets.
type yamlPlainEscape struct{ flow bool }

func (yamlPlainEscape) unit(raw []byte) unit {
	if u, ok := foldUnit(raw); ok {
		return u
	}
	return literal(untilFold(raw))
}

func (yamlPlainEscape) appendEscaped(dst, text, _ []byte) []byte { return appendInLine(dst, text) }

// appendInLine appends text with its line breaks as blanks.
func appendInLine(dst, text []byte) []byte {
	for _, c := range text {
		if c == '\n' || c == '\r' {
			c = ' '
		}
		dst = append(dst, c)
	}
	return dst
}

// finish puts quotes around what would not be a plain scalar any more.
func (e yamlPlainEscape) finish(dst, written []byte) []byte {
	if e.isPlain(written) {
		return append(dst, written...)
	}
	dst = append(dst, '\'')
	dst = append(dst, bytes.ReplaceAll(written, []byte("'"), []byte("''"))...)
	return append(dst, '\'')
}

// isPlain reports whether text is a plain scalar wherever one may stand (YAML,
// section 7.3.3).
func (e yamlPlainEscape) isPlain(text []byte) bool {
	if len(text) == 0 || len(bytes.TrimSpace(text)) != len(text) || isMarker(text) {
		return false
	}
	if c := text[0]; bytes.IndexByte([]byte(",[]{}#&*!|>'\"%@`"), c) >= 0 || (c == '-' || c == '?' || c == ':') && blankAt(text, 1) {
		return false
	}
	for i, c := range text {
		switch {
		case c == ':' && blankAt(text, i+1), c == '#' && i > 0 && blankAt(text, i-1):
			return false
		case e.flow && (bytes.IndexByte([]byte(",[]{}"), c) >= 0 || c == ':' && i+1 < len(text) && bytes.IndexByte([]byte(",[]{}"), text[i+1]) >= 0):
			return false
		}
	}
	return true
}

// yamlSingleEscape: the inside of apostrophes.
type yamlSingleEscape struct{}

func (yamlSingleEscape) unit(raw []byte) unit {
	if u, ok := foldUnit(raw); ok {
		return u
	}
	if raw[0] == '\'' {
		return decodedByte(min(2, len(raw)), '\'')
	}
	n := untilFold(raw)
	if i := bytes.IndexByte(raw[:n], '\''); i > 0 {
		n = i
	}
	return literal(n)
}

func (yamlSingleEscape) appendEscaped(dst, text, _ []byte) []byte {
	return append(dst, bytes.ReplaceAll(appendInLine(nil, text), []byte("'"), []byte("''"))...)
}

// yamlDoubleEscape: the inside of double quotes (YAML, section 5.7).
type yamlDoubleEscape struct{ looseEscape }

func (yamlDoubleEscape) unit(raw []byte) unit {
	if u, ok := foldUnit(raw); ok {
		return u
	}
	if raw[0] == '\\' && len(raw) > 1 {
		if n := continued(raw); n > 0 {
			return unit{raw: n}
		}
		if r := yamlEscapes[raw[1]]; r > 0 {
			return decodedRune(2, r)
		}
		if raw[1] == '0' {
			return decodedByte(2, 0)
		}
		return looseEscape{}.unit(raw)
	}
	n := untilFold(raw)
	if i := bytes.IndexByte(raw[:n], '\\'); i > 0 {
		n = i
	}
	return literal(n)
}

// continued is the length of a backslash before a line break, with all white
// space behind it.
func continued(raw []byte) int {
	n := 1
	for n < len(raw) && (raw[n] == ' ' || raw[n] == '\t') {
		n++
	}
	if len(lineBreak(raw[n:])) == 0 {
		return 0
	}
	return skipSpace(raw, n, len(raw))
}

// yamlEscapes are those that JSON does not know.
var yamlEscapes = [256]rune{
	'a': '\a', 'v': '\v', 'e': 0x1B, ' ': ' ', '\t': '\t', 'N': 0x85, '_': 0xA0, 'L': 0x2028, 'P': 0x2029,
}

// yamlBlock: the lines of a block scalar, from the first character on.
type yamlBlock struct {
	indent int
	folded bool
}

func (e yamlBlock) unit(raw []byte) unit {
	nl := len(lineBreak(raw))
	if nl == 0 {
		raw = raw[:min(len(raw), literalMax)]
		i := bytes.IndexByte(raw, '\n')
		switch {
		case i < 0:
			return literal(len(raw))
		case i > 1 && raw[i-1] == '\r':
			i--
		}
		return literal(max(1, i))
	}
	next := nl
	for next < len(raw) && next-nl < e.indent && raw[next] == ' ' {
		next++
	}
	if e.folded && next < len(raw) && !blankAt(raw, next) {
		return decodedByte(next, ' ')
	}
	return decodedByte(next, '\n')
}

func (e yamlBlock) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		switch dst = append(dst, c); c {
		case '\n':
			dst = append(dst, bytes.Repeat([]byte(" "), e.indent)...)
		}
	}
	return dst
}

// yamlWordEscape: the name of an anchor or a tag.
type yamlWordEscape struct{ plainEscape }

func (yamlWordEscape) appendEscaped(dst, text, _ []byte) []byte {
	for _, c := range text {
		if !isAlnum(c) && c != '-' {
			c = '_'
		}
		dst = append(dst, c)
	}
	return dst
}

// commentEscape: a comment that ends with its line.
type commentEscape struct{ plainEscape }

func (commentEscape) appendEscaped(dst, text, _ []byte) []byte { return appendInLine(dst, text) }
