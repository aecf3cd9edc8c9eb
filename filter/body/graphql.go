package body

import (
	"bytes"
	"unicode"
)

const notGraphQL Format = ""

// graphql reads layer's text from offset from on as a document of GraphQL
// (October 2021): strings and numbers, which arguments and fields of objects
// name, and comments. What stands between them is a schema's, mostly; it is
// text all the same, because any words may stand in braces. If it is no
// GraphQL, nothing is emitted and the answer is notGraphQL.
func (b *builder) graphql(layer int32, from int, at place) Format {
	m := b.mark()
	s := graphqlScanner{at: at, words: at}
	s.start(b, layer, from, at)
	s.at.key, s.between = None, from
	for s.pos < len(s.text) {
		if !s.token() {
			b.reset(m)
			return notGraphQL
		}
	}
	if s.flush(); len(s.stack) > 0 || !s.braces {
		b.reset(m)
		return notGraphQL
	}
	return GraphQL
}

type graphqlScanner struct {
	lineScanner
	at      place // of the value that comes next
	words   place // of what stands between values
	between int   // where that begins
	stack   []graphqlFrame
	braces  bool
}

// flush emits what stands between two values.
func (s *graphqlScanner) flush() {
	start := skipSpace(s.text, s.between, s.pos)
	if end := trimSpace(s.text, start, s.pos); bytes.ContainsFunc(s.text[start:end], unicode.IsLetter) {
		s.b.value(s.layer, start, end, graphqlWords, Value, s.words)
	}
}

type graphqlFrame struct {
	closing byte
	at      place // of what stands around the brackets
}

// token reads one token, or what stands between two.
func (s *graphqlScanner) token() bool {
	switch c := s.text[s.pos]; {
	case c == ' ', c == '\t', c == '\r', c == '\n', c == ',':
		s.pos++
		return true
	case c == '#', c == '"', c == '-', '0' <= c && c <= '9':
		s.flush()
		ok := s.literal(c)
		s.between = s.pos
		return ok
	case c == '_' || isAlnum(c):
		s.name()
		return true
	case c == '(' || c == '[' || c == '{':
		return s.open(c)
	case c == ')' || c == ']' || c == '}':
		n := len(s.stack) - 1
		if n < 0 || s.stack[n].closing != c {
			return false
		}
		s.at, s.stack = s.stack[n].at, s.stack[:n]
		s.pos++
		return true
	case bytes.IndexByte([]byte("!$&:=@|"), c) >= 0:
		s.pos++
		return true
	case bytes.HasPrefix(s.text[s.pos:], []byte("...")):
		s.pos += len("...")
		return true
	case bytes.HasPrefix(s.text[s.pos:], []byte("\uFEFF")):
		s.pos += len("\uFEFF")
		return true
	}
	return false
}

// literal reads a comment, a string or a number.
func (s *graphqlScanner) literal(c byte) bool {
	switch c {
	case '#':
		s.note(s.pos + 1)
		return true
	case '"':
		return s.str()
	}
	return s.number()
}

// open reads an opening bracket.
func (s *graphqlScanner) open(c byte) bool {
	if len(s.stack) == maxFlow {
		return false
	}
	around := s.at
	around.key = None
	closing := byte(')')
	switch c {
	case '[':
		closing, around = ']', s.at
	case '{':
		closing, s.braces = '}', true
		s.at.group = s.b.group(s.at.group, s.at.key)
		s.at.key = None
	}
	s.stack = append(s.stack, graphqlFrame{closing: closing, at: around})
	s.pos++
	return true
}

// name reads a name. With a colon behind it, it names a value.
func (s *graphqlScanner) name() {
	start := s.pos
	for s.pos < len(s.text) && (s.text[s.pos] == '_' || isAlnum(s.text[s.pos])) {
		s.pos++
	}
	colon := skipSpace(s.text, s.pos, len(s.text))
	if s.at.key = None; colon == len(s.text) || s.text[colon] != ':' {
		return
	}
	s.at = s.outer()
	if s.b.skip.active() {
		s.at.state = s.b.skip.member(s.at.state, s.text[start:s.pos])
	}
	s.at.key = s.b.slot(s.layer, start, s.pos, plain, Name, s.at)
}

// outer is the place of the innermost brackets.
func (s *graphqlScanner) outer() place {
	at := s.at
	if n := len(s.stack); n > 0 {
		at.state = s.stack[n-1].at.state
	}
	return at
}

// number reads a number; JSON's grammar is GraphQL's.
func (s *graphqlScanner) number() bool {
	start := s.pos
	j := jsonScanner{text: s.text, pos: s.pos}
	if !j.number() {
		return false
	}
	if s.pos = j.pos; s.pos-start > 2 && !s.b.skip.skipped(s.at.state) {
		s.b.number(s.layer, start, s.pos, s.at)
	}
	return s.pos == len(s.text) || s.text[s.pos] != '_' && s.text[s.pos] != '.' && !isAlnum(s.text[s.pos])
}

// str reads a string or a block string.
func (s *graphqlScanner) str() bool {
	const block = `"""`
	if rest, ok := bytes.CutPrefix(s.text[s.pos:], []byte(block)); ok {
		start, at := s.pos+len(block), 0
		for {
			n := bytes.Index(rest[at:], []byte(block))
			if n < 0 {
				return false
			}
			if at += n; at == 0 || rest[at-1] != '\\' {
				break
			}
			at += len(block)
		}
		s.pos = start + at + len(block)
		s.b.value(s.layer, start, start+at, graphqlBlock, Value, s.at)
		return true
	}
	start := s.pos + 1
	end := closingQuote(s.text[:s.endOfLine(start)], start, '"')
	if end < 0 {
		return false
	}
	s.pos = end + 1
	s.b.value(s.layer, start, end, graphqlString, Value, s.at)
	return true
}

// holdsGraphQL reports whether a value is called "query" and begins like one.
func (b *builder) holdsGraphQL(raw []byte, at place) bool {
	return at.key != None && string(b.doc.raw(&b.doc.Slots[at.key])) == "query" && beginsGraphQL(raw)
}

// beginsGraphQL recognises the beginning of a document, also as JSON writes it.
func beginsGraphQL(raw []byte) bool {
	for {
		raw = bytes.TrimLeft(raw, " \t\r\n,")
		if len(raw) < 2 || raw[0] != '\\' || raw[1] != 'n' && raw[1] != 'r' && raw[1] != 't' {
			break
		}
		raw = raw[2:]
	}
	if len(raw) > 0 && (raw[0] == '{' || raw[0] == '#') {
		return true
	}
	for _, word := range []string{"query", "mutation", "subscription", "fragment"} {
		if rest, ok := bytes.CutPrefix(raw, []byte(word)); ok && (len(rest) == 0 || rest[0] != '_' && !isAlnum(rest[0])) {
			return true
		}
	}
	return false
}
