package body

import "bytes"

const notLogfmt Format = ""

// Bounds of what is taken for logfmt.
const (
	minPairs  = 2  // of a line
	maxLogKey = 64 // bytes
)

// logfmt reads layer's text from offset from on as lines of key=value pairs,
// each line a record, if most lines are nothing but that; others are text. It
// reports notLogfmt for what may be prose.
func (b *builder) logfmt(layer int32, from int, at place) Format {
	text := b.doc.layers[layer].text
	if hasBareCR(text[from:]) || !mostlyLogfmt(text[from:]) {
		return notLogfmt
	}
	other := from // start of the lines not yet emitted
	for start := from; start < len(text); {
		end := start + wholeLine(text[start:])
		if pairs := logPairs(text[start:end]); pairs != nil {
			b.text(layer, other, start, at)
			b.logLine(layer, start, pairs, at)
			other = end
		}
		start = end
	}
	b.text(layer, other, len(text), at)
	return Text
}

// wholeLine is the length of the line that text begins with, its end included.
func wholeLine(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i + 1
	}
	return len(text)
}

func mostlyLogfmt(text []byte) bool {
	good, bad := 0, 0
	for len(text) > 0 {
		n := wholeLine(text)
		line := bytes.TrimSpace(text[:n])
		switch {
		case len(line) == 0:
		case logPairs(line) != nil:
			good++
		default:
			bad++
		}
		text = text[n:]
	}
	return good > bad
}

// logPair is a pair, as ranges of its line. The value of a quoted one lies
// inside of its quotes.
type logPair struct {
	key, value stretch
	quoted     bool
}

// logPairs takes a line apart; nil if it is not made of pairs alone.
func logPairs(line []byte) (pairs []logPair) {
	line = bytes.TrimRight(line, " \t\r\n")
	for at := skipSpace(line, 0, len(line)); at < len(line); {
		p := logPair{key: stretch{at, at}}
		for at < len(line) && isLogKey(line[at]) {
			at++
		}
		if p.key.end = at; at == p.key.start || at-p.key.start > maxLogKey || line[p.key.start]-'0' <= 9 || at == len(line) || line[at] != '=' {
			return nil
		}
		at++
		p.value = stretch{at, at}
		if at < len(line) && line[at] == '"' {
			end := closingQuote(line, at+1, '"')
			if end < 0 {
				return nil
			}
			p.quoted, p.value = true, stretch{at + 1, end}
			at = end + 1
		} else {
			for at < len(line) && line[at] != ' ' && line[at] != '\t' {
				if line[at] == '"' || line[at] == '=' && at == p.value.start {
					return nil
				}
				at++
			}
			p.value.end = at
		}
		if at < len(line) && line[at] != ' ' && line[at] != '\t' {
			return nil
		}
		pairs = append(pairs, p)
		at = skipSpace(line, at, len(line))
	}
	if len(pairs) < minPairs {
		return nil
	}
	return pairs
}

func isLogKey(c byte) bool {
	return isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '/' || c == '@' || c == '#'
}

// logLine emits a line that begins at start.
func (b *builder) logLine(layer int32, start int, pairs []logPair, at place) {
	text := b.doc.layers[layer].text
	at.group = b.group(at.group, None)
	for _, p := range pairs {
		from := start + p.key.start
		place := at
		if b.skip.active() {
			place.state = b.skip.member(at.state, text[from:start+p.key.end])
		}
		place.key = b.key(layer, from, start+p.key.end, yamlWord, place)
		from, to := start+p.value.start, start+p.value.end
		switch {
		case p.quoted:
			b.value(layer, from, to, logQuoted, Value, place)
		case !isConstant(text[from:to]):
			b.value(layer, from, to, logBare, Value, place)
		}
	}
}

// logQuotedEscape: the inside of quotes, as program text has it.
type logQuotedEscape struct{ looseEscape }

// logBareEscape: a value without quotes.
type logBareEscape struct{ plainEscape }

func (logBareEscape) finish(dst, written []byte) []byte {
	if len(written) > 0 && written[0] != '=' && !bytes.ContainsAny(written, " \t\r\n\"") {
		return append(dst, written...)
	}
	dst = append(dst, '"')
	dst = jsonEscape{}.appendEscaped(dst, written, nil)
	return append(dst, '"')
}
