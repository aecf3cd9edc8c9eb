package body

import (
	"bytes"
	"regexp"
)

const notXML Format = ""

// xml reads layer's text from offset from on as one XML document, and emits
// the slots. An element names its text and its attributes. If it is not well
// formed, nothing is emitted and the answer is notXML.
//
// The scanner is ours because encoding/xml gives no offsets of attributes and
// drops what it decodes; the tests hold it against encoding/xml.
func (b *builder) xml(layer int32, from int, at place) Format {
	m := b.mark()
	s := xmlScanner{b: b, layer: layer, text: b.doc.layers[layer].text, pos: from, at: at}
	if !s.document() {
		b.reset(m)
		return notXML
	}
	return XML
}

type xmlScanner struct {
	b     *builder
	layer int32
	text  []byte
	pos   int
	at    place // of what stands in the innermost element
	stack []xmlFrame
	roots int
	words words

	entities bool // the document defines entities of its own
}

type xmlFrame struct {
	name []byte
	at   place // of what stands around the element
}

func (s *xmlScanner) document() bool {
	for s.pos < len(s.text) {
		start := s.pos
		if i := bytes.IndexByte(s.text[start:], '<'); i != 0 {
			s.pos = len(s.text)
			if i > 0 {
				s.pos = start + i
			}
			if !s.characters(start, s.pos) {
				return false
			}
			continue
		}
		if !s.markup(s.text[start:]) {
			return false
		}
	}
	s.words.end(s.b)
	return s.roots == 1 && len(s.stack) == 0
}

// markup reads what begins with '<'.
func (s *xmlScanner) markup(rest []byte) bool {
	switch {
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.aside(4, "-->")
	case bytes.HasPrefix(rest, []byte("<?")):
		return s.aside(2, "?>")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		start := s.pos + len("<![CDATA[")
		end := bytes.Index(s.text[start:], []byte("]]>"))
		if end < 0 || len(s.stack) == 0 {
			return false
		}
		s.words.add(s.b, s.text[start:start+end])
		s.value(start, start+end, cdata, s.at)
		s.pos = start + end + len("]]>")
		return true
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return s.doctype()
	case bytes.HasPrefix(rest, []byte("</")):
		return s.endTag()
	}
	return s.startTag()
}

// characters reads text. Outside of the root only white space is allowed.
func (s *xmlScanner) characters(start, end int) bool {
	if len(s.stack) == 0 {
		return len(bytes.TrimSpace(s.text[start:end])) == 0
	}
	if s.entities && ownEntity(s.text[start:end]) {
		s.b.fail(ErrAmbiguous) // the text is not what stands there
	}
	s.words.add(s.b, appendDecoded(nil, s.text[start:end], escapes[markup]))
	s.value(start, end, markup, s.at)
	return true
}

// value emits text without the white space around it.
func (s *xmlScanner) value(start, end int, e escapeID, at place) {
	start = skipSpace(s.text, start, end)
	s.b.value(s.layer, start, trimSpace(s.text, start, end), e, Value, at)
}

// aside reads a comment or processing instruction as text. The declaration
// in front says nothing but version and encoding.
func (s *xmlScanner) aside(open int, closing string) bool {
	start := s.pos + open
	end := bytes.Index(s.text[start:], []byte(closing))
	if end < 0 {
		return false
	}
	at := s.at
	at.key = None
	if !declaration.Match(s.text[start : start+end]) {
		s.value(start, start+end, aside, at)
	}
	s.pos = start + end + len(closing)
	return true
}

var declaration = regexp.MustCompile(`^xml\s+version\s*=\s*["']1\.[01]["'](\s+encoding\s*=\s*["'][A-Za-z][\w.-]{0,24}["'])?(\s+standalone\s*=\s*["'](yes|no)["'])?\s*$`)

// Entities that a document defines are not expanded. Those of drawing programs
// name namespaces; of others nobody knows what the text will be.
var (
	entityStart     = []byte("<!ENTITY")
	namespaceEntity = regexp.MustCompile(`<!ENTITY\s+[A-Za-z_][\w.-]*\s+("https?://[A-Za-z0-9./#_-]*"|'https?://[A-Za-z0-9./#_-]*')\s*>`)
)

// doctype reads a document type with its internal subset, as text.
func (s *xmlScanner) doctype() bool {
	start, depth, quote := s.pos+len("<!DOCTYPE"), 0, byte(0)
	for i := start; i < len(s.text); i++ {
		switch c := s.text[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[' || c == '<':
			depth++
		case c == ']':
			depth--
		case c == '>' && depth > 0:
			depth--
		case c == '>':
			subset := s.text[start:i]
			if n := bytes.Count(subset, entityStart); n > 0 {
				s.entities = true
				if n != len(namespaceEntity.FindAllIndex(subset, -1)) {
					s.b.fail(ErrAmbiguous)
				}
			}
			s.value(start, i, aside, place{group: s.at.group, key: None, state: s.at.state})
			s.pos = i + 1
			return len(s.stack) == 0
		}
	}
	return false
}

// ownEntity reports whether text refers to an entity that XML does not know.
func ownEntity(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return false
		}
		text = text[i:]
		if _, n := reference(text); n == 0 {
			return true
		}
		text = text[1:]
	}
}

func (s *xmlScanner) startTag() bool {
	s.words.end(s.b)
	start := s.pos + 1
	end := s.name(start)
	if end == start || len(s.stack) == maxJSONDepth {
		return false
	}
	if len(s.stack) == 0 {
		s.roots++
	}
	around, name := s.at, s.text[start:end]
	s.at.state = s.b.skip.member(s.at.state, name)
	key := s.b.name(s.layer, start, end, s.at)
	inside := place{group: s.b.group(s.at.group, key), key: key, state: s.at.state}
	for s.pos = end; ; {
		before := s.pos
		if s.pos = skipSpace(s.text, s.pos, len(s.text)); s.pos == len(s.text) {
			return false
		}
		switch {
		case s.text[s.pos] == '>':
			s.pos++
			s.stack = append(s.stack, xmlFrame{name: name, at: around})
			s.at = inside
			return true
		case bytes.HasPrefix(s.text[s.pos:], []byte("/>")):
			s.pos += 2
			s.at = around
			return true
		case before == s.pos || !s.attribute(inside):
			return false
		}
	}
}

func (s *xmlScanner) attribute(at place) bool {
	start := s.pos
	end := s.name(start)
	equals := skipSpace(s.text, end, len(s.text))
	if end == start || equals == len(s.text) || s.text[equals] != '=' {
		return false
	}
	value := skipSpace(s.text, equals+1, len(s.text))
	if value == len(s.text) || s.text[value] != '"' && s.text[value] != '\'' {
		return false
	}
	n := bytes.IndexByte(s.text[value+1:], s.text[value])
	if n < 0 || bytes.IndexByte(s.text[value+1:value+1+n], '<') >= 0 {
		return false
	}
	text := s.text[value+1 : value+1+n]
	if s.entities && ownEntity(text) && !lonelyEntity.Match(text) {
		s.b.fail(ErrAmbiguous)
	}
	at.state = s.b.skip.member(at.state, s.text[start:end])
	at.key = s.b.name(s.layer, start, end, at)
	s.b.value(s.layer, value+1, value+1+n, markup, Value, at)
	s.pos = value + n + 2
	return true
}

var lonelyEntity = regexp.MustCompile(`^&[A-Za-z_][\w.-]*;$`)

func (s *xmlScanner) endTag() bool {
	s.words.end(s.b)
	start := s.pos + 2
	end := s.name(start)
	s.pos = skipSpace(s.text, end, len(s.text))
	n := len(s.stack) - 1
	if n < 0 || s.pos == len(s.text) || s.text[s.pos] != '>' || !bytes.Equal(s.stack[n].name, s.text[start:end]) {
		return false
	}
	s.pos++
	s.at = s.stack[n].at
	s.stack = s.stack[:n]
	return true
}

// name returns the end of the name that begins at start.
func (s *xmlScanner) name(start int) int {
	end := start
	for end < len(s.text) {
		c := s.text[end]
		if !isAlnum(c) && c != '_' && c != ':' && c < 0x80 && (end == start || c != '-' && c != '.') || end == start && '0' <= c && c <= '9' {
			break
		}
		end++
	}
	return end
}
