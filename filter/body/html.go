package body

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// maxRawNesting bounds markup in text that a browser shows only sometimes:
// noscript, iframe and the like.
const maxRawNesting = 3

// html reads layer's text from offset from on as HTML. Reading it cannot
// fail. Text is a slot from one tag that shows to the next; tags that do not
// show lie within it. What only machines read of a tag (class, id, style) is
// for the rules alone.
//
// The tokenizer is x/net/html's, so that text, raw text and comments end where
// browsers let them end; attributes are found again in each tag's bytes.
func (b *builder) html(layer int32, from int, h Hint, at place) Format {
	at.key = None
	s := htmlScanner{b: b, layer: layer, text: b.doc.layers[layer].text, pos: from, hint: h}
	s.prose = place{group: b.group(at.group, None), key: None, state: at.state}
	s.attributes = place{group: b.group(at.group, None), key: None, state: at.state}
	s.document()
	return HTML
}

type htmlScanner struct {
	b     *builder
	layer int32
	text  []byte
	pos   int // of the token
	hint  Hint

	prose      place
	attributes place
	run        stretch // of text with tags that do not show
	words      words
	raw        string // the element whose content is not markup, or ""
	rawType    string // the type of a script
}

func (s *htmlScanner) document() {
	z := html.NewTokenizer(bytes.NewReader(s.text[s.pos:]))
	s.run = stretch{s.pos, s.pos}
	for {
		kind := z.Next()
		end := s.pos + len(z.Raw())
		switch kind {
		case html.ErrorToken:
			s.endRun(len(s.text)) // what is left is text, or a tag that does not end
			s.words.end(s.b)
			return
		case html.TextToken:
			if s.raw == "" {
				s.run.end = end
			} else {
				s.rawText(end)
			}
		case html.CommentToken:
			if invisible(s.text[s.pos:end]) != end-s.pos {
				s.flush(end)
				s.value(s.pos, end, aside, s.prose)
			} else {
				s.run.end = end
			}
		case html.DoctypeToken:
			s.flush(end)
			s.value(s.pos, end, aside, s.prose)
		default:
			s.tag(kind, end)
		}
		s.pos = end
	}
}

// flush emits the run before the token, and begins the next behind it.
func (s *htmlScanner) flush(end int) {
	s.endRun(s.pos)
	s.run = stretch{end, end}
}

// endRun emits the run as text up to there.
func (s *htmlScanner) endRun(end int) {
	text := s.text[s.run.start:end]
	if len(bytes.TrimSpace(text)) == 0 {
		if len(text) > 0 {
			s.words.end(s.b)
		}
		return
	}
	s.words.add(s.b, appendDecoded(nil, text, escapes[prose]))
	s.value(s.run.start, end, prose, s.prose)
}

// value emits text without the white space around it.
func (s *htmlScanner) value(start, end int, e escapeID, at place) {
	start = skipSpace(s.text, start, end)
	s.b.value(s.layer, start, trimSpace(s.text, start, end), e, Value, at)
}

// tag reads a start or end tag.
func (s *htmlScanner) tag(kind html.TokenType, end int) {
	raw := s.text[s.pos:end]
	name := bytes.ToLower(raw[1:nameEnd(raw, 1)])
	if kind == html.EndTagToken {
		name = bytes.ToLower(raw[2:nameEnd(raw, 2)])
	}
	s.raw, s.rawType = "", ""
	inline := inlineTags[string(name)]
	if inline && invisible(raw) == len(raw) {
		s.run.end = end
		return
	}
	s.flush(end)
	if !inline {
		s.words.end(s.b)
	}
	if kind != html.EndTagToken {
		s.raw = rawTags[string(name)]
	}
	at := s.attributes
	if b := s.b; len(name) >= minName {
		b.name(s.layer, s.pos+1, s.pos+nameEnd(raw, 2), at)
	}
	s.readAttributes(s.pos+nameEnd(raw, 2), end)
}

// nameEnd is where the name of a tag ends that begins at start.
func nameEnd(raw []byte, start int) int {
	for start < len(raw) && raw[start] != '/' && raw[start] != '>' && !isSpace(raw[start]) {
		start++
	}
	return start
}

// readAttributes finds attributes as HTML, section 13.2.5.32, has it.
func (s *htmlScanner) readAttributes(at, end int) {
	text, place := s.text, s.attributes
	named := None // the slot that names the next "value"
	for at < end {
		for at < end && (text[at] == '/' || text[at] == '>' || isSpace(text[at])) {
			at++
		}
		start := at
		for at < end && text[at] != '/' && text[at] != '>' && !isSpace(text[at]) && (text[at] != '=' || at == start) {
			at++
		}
		if at == start {
			return
		}
		name := strings.ToLower(string(text[start:at]))
		key := s.b.name(s.layer, start, at, place)
		value := stretch{skipHTMLSpace(text, at, end), 0}
		if value.start == end || text[value.start] != '=' {
			continue
		}
		value.start = skipHTMLSpace(text, value.start+1, end)
		e := markup
		if value.start < end && (text[value.start] == '"' || text[value.start] == '\'') {
			n := bytes.IndexByte(text[value.start+1:end], text[value.start])
			if n < 0 {
				n = end - value.start - 1
			}
			value = stretch{value.start + 1, value.start + 1 + n}
			at = min(end, value.end+1)
		} else {
			e = bare
			for value.end = value.start; value.end < end && text[value.end] != '>' && !isSpace(text[value.end]); value.end++ {
			}
			at = value.end
		}
		place.key = key
		if isValue := name == "value" || name == "content"; isValue && named != None {
			place.key = named
		}
		before := len(s.b.doc.Slots)
		s.b.value(s.layer, value.start, value.end, e, attributeKind(name), place)
		switch {
		case name == "type" && s.raw == "script":
			s.rawType = string(appendDecoded(nil, text[value.start:value.end], escapes[e]))
		case (name == "name" || name == "property" || name == "itemprop") && len(s.b.doc.Slots) > before:
			named = int32(before)
		}
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

func skipHTMLSpace(text []byte, at, end int) int {
	for at < end && isSpace(text[at]) {
		at++
	}
	return at
}

// attributeKind tells what people read from what machines do. Of the latter
// there is so much that only the rules look at it.
func attributeKind(name string) Kind {
	switch name {
	case "alt", "title", "value", "content", "placeholder", "label", "summary", "href", "action", "cite", "srcdoc", "abbr", "datetime":
		return Value
	}
	if strings.HasPrefix(name, "data-") || strings.HasPrefix(name, "aria-") || strings.HasPrefix(name, "on") {
		return Value
	}
	return Key
}

// rawText reads the content of an element that holds no tags of its own.
func (s *htmlScanner) rawText(end int) {
	at := s.prose
	switch s.raw {
	case "title", "textarea":
		s.value(s.pos, end, markup, at)
	case "script", "style":
		s.code(end, at)
	case "plaintext", "xmp":
		s.value(s.pos, end, aside, at)
	default:
		b := s.b
		if b.markups == maxRawNesting {
			s.value(s.pos, end, markup, at)
			break
		}
		b.markups++
		b.html(b.push(s.layer, s.pos, end, escapes[plain]), 0, s.hint, at)
		b.markups--
	}
	s.run = stretch{end, end}
}

// code reads a script or style sheet. Data is read as what it is; code is
// inert, unless whoever sent it could choose to call anything code.
func (s *htmlScanner) code(end int, at place) {
	text := s.text[s.pos:end]
	if len(bytes.TrimSpace(text)) == 0 {
		return
	}
	l := s.b.push(s.layer, s.pos, end, escapes[plain])
	t := strings.ToLower(strings.TrimSpace(s.rawType))
	c := classCode
	if t != "" && s.raw == "script" && t != "module" {
		if c = classOf(t); c == classBinary || c == classStructured || c == classMedia {
			c = classText // a template, or data of some kind
		}
	}
	switch {
	case startsJSON(text) && s.b.json(l, 0, at, nestedJSON) != notJSON:
	case c != classCode, s.hint.ReadCode, showsJSON(text):
		s.b.lines(l, 0, at)
	}
}

// inlineTags do not show: the words before and behind them are one.
var inlineTags = func() map[string]bool {
	tags := make(map[string]bool)
	for name := range strings.FieldsSeq("a abbr b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q s samp small span strike strong sub sup time tt u var wbr") {
		tags[name] = true
	}
	return tags
}()

// rawTags are the elements whose content the tokenizer gives as one text.
var rawTags = func() map[string]string {
	tags := make(map[string]string)
	for name := range strings.FieldsSeq("iframe noembed noframes noscript plaintext script style textarea title xmp") {
		tags[name] = name
	}
	return tags
}()
