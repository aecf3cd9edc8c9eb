package body

import (
	"bytes"
	"mime"
	"path"
	"slices"
	"strings"
)

// Hint is what the message says of itself. It is only a hint: the content
// decides wherever it can.
type Hint struct {
	Types    []string // media types, lower case, without parameters
	Charsets []string // charset labels, lower case
	Path     string   // of the URL; some protocols are told by nothing else
	Answer   bool     // a response to a request for Path
	// MessageEncoding is Grpc-Encoding: what lies over each message that says
	// it is compressed.
	MessageEncoding string
	schema          *schema  // of a part, where the whole tells it
	boundary        boundary // of a multipart type

	// ReadCode: style sheets and scripts are read as text. Whoever writes the
	// label of a request could otherwise have any text pass by calling it one.
	ReadCode bool
}

// NewHint reads Content-Type values, all of them, and a file name for
// messages that have one. What cannot be parsed is not there.
func NewHint(contentTypes []string, fileName string) Hint {
	var h Hint
	for _, value := range contentTypes {
		h.add(value)
	}
	if t := typeByName[strings.ToLower(path.Ext(fileName))]; t != "" && len(h.Types) == 0 {
		h.Types = append(h.Types, t)
	}
	return h
}

// EventStream is the type of events that a server sends (HTML, section 9.2).
const EventStream = "text/event-stream"

// NamesEvents reports whether a body is called an event stream, be it by one of
// several types. Parse reads no events: they are a stream.
func (h Hint) NamesEvents() bool { return slices.Contains(h.Types, EventStream) }

func (h *Hint) add(value string) {
	if strings.Contains(strings.ToLower(value), "multipart/") {
		h.boundary.add(value)
	}
	t, params, err := mime.ParseMediaType(value)
	if err == nil {
		h.Types = append(h.Types, t)
		if c := strings.ToLower(strings.Trim(params["charset"], `"' `)); c != "" {
			h.Charsets = append(h.Charsets, c)
		}
		return
	}
	// Several types in one line, or broken parameters: keep what is a type,
	// and any charset.
	for _, part := range strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return r == ',' || r == ';' }) {
		part = strings.TrimSpace(part)
		if c, ok := strings.CutPrefix(part, "charset="); ok {
			h.Charsets = append(h.Charsets, strings.Trim(c, `"' `))
		} else if strings.Contains(part, "/") && !strings.ContainsAny(part, `=" `) {
			h.Types = append(h.Types, part)
		}
	}
}

var typeByName = map[string]string{
	".json": "application/json", ".ndjson": "application/x-ndjson", ".jsonl": "application/x-ndjson",
	".txt": "text/plain", ".log": "text/plain", ".md": "text/markdown", ".csv": "text/csv", ".tsv": "text/tab-separated-values",
	".yml": "application/yaml", ".yaml": "application/yaml", ".toml": "application/toml",
	".graphql": "application/graphql", ".gql": "application/graphql",
	".xml": "application/xml", ".html": "text/html", ".htm": "text/html", ".svg": "image/svg+xml",
	".css": "text/css", ".js": "text/javascript",
}

// class is what the declared type means for reading. Where several are
// declared, the greatest counts: the one that is hardest to read.
type class uint8

const (
	classMedia      class = iota // audio, video, fonts, wasm: no text in there
	classCode                    // style sheets and scripts
	classBinary                  // other declared types
	classNone                    // undeclared, or octet-stream
	classText                    // text of some kind
	classCSV                     // a table
	classYAML                    // YAML
	classTOML                    // TOML
	classGraphQL                 // GraphQL
	classJSON                    // JSON of some kind
	classForm                    // urlencoded
	classXML                     // markup of machines
	classHTML                    // markup of browsers
	classMultipart               // parts
	classPacked                  // binary whose bytes may all look like text
	classStructured              // text with a structure nobody here reads
)

// isText reports whether it is text that people write.
func (c class) isText() bool { return classText <= c && c <= classGraphQL }

func (h Hint) class() class {
	if len(h.Types) == 0 {
		return classNone
	}
	c := classMedia
	for _, t := range h.Types {
		c = max(c, classOf(t))
	}
	if c == classCode && h.ReadCode {
		return classText
	}
	return c
}

func classOf(t string) class {
	top, sub, _ := strings.Cut(t, "/")
	switch {
	case strings.HasPrefix(sub, "grpc"), t == StatusDetails:
		return classPacked
	case sub == "json" || strings.HasSuffix(sub, "+json") || strings.Contains(sub, "ndjson") ||
		strings.Contains(sub, "jsonl") || sub == "json-seq" || sub == "x-json":
		return classJSON
	case t == "application/x-www-form-urlencoded":
		return classForm
	case top == "multipart":
		switch sub {
		case "signed", "encrypted", "byteranges": // of no use once they are changed
			return classStructured
		}
		return classMultipart
	case sub == "html":
		return classHTML
	case sub == "xml" || strings.HasSuffix(sub, "+xml"):
		return classXML
	case top == "message", t == EventStream, t == "text/xml-external-parsed-entity", sub == "xml-dtd":
		return classStructured
	case strings.Contains(sub, "protobuf"), strings.Contains(sub, "msgpack"),
		sub == "cbor", strings.Contains(sub, "+cbor"), sub == "cbor-seq", sub == "bson", sub == "x-thrift",
		strings.Contains(sub, "avro"), sub == "vnd.amazon.eventstream":
		return classPacked
	case t == "text/css", t == "text/javascript", t == "application/javascript",
		t == "application/x-javascript", t == "text/ecmascript", t == "application/ecmascript":
		return classCode
	case top == "font", top == "audio", top == "video", t == "application/wasm", strings.HasPrefix(sub, "font-"):
		return classMedia
	case sub == "csv", sub == "comma-separated-values", sub == "tab-separated-values", sub == "x-csv":
		return classCSV
	case sub == "yaml", sub == "x-yaml", sub == "vnd.yaml", strings.HasSuffix(sub, "+yaml"):
		return classYAML
	case sub == "toml", sub == "x-toml":
		return classTOML
	case sub == "graphql":
		return classGraphQL
	case top == "text":
		return classText
	case t == "application/octet-stream", t == "binary/octet-stream", t == "unknown/unknown", t == "*/*":
		return classNone
	case sub == "sql", sub == "x-sh":
		return classText
	}
	return classBinary
}

// Parse reads a body and finds its slots. The document aliases raw, which
// must not change while the document is in use. The error is ErrCharset,
// ErrAmbiguous, ErrExpands, ErrStopped or nil; a body that nobody can read is a document of format Unsupported.
func Parse(raw []byte, h Hint, o Options) (*Document, error) {
	b := newBuilder(raw, o)
	if len(raw) == 0 {
		b.doc.Format = Empty
		return &b.doc, nil
	}
	b.doc.Format = b.entity(0, h, place{group: b.group(None, None), key: None})
	if b.err != nil {
		return nil, b.err
	}
	return &b.doc, nil
}

// entity reads a layer that has a type of its own: a body, or a part of one.
func (b *builder) entity(layer int32, h Hint, at place) (format Format) {
	c := h.class()
	if text := b.doc.layers[layer].text; b.picture != nil && b.picture(text) {
		b.slot(layer, 0, len(text), plain, Picture, at)
		return Image
	}
	if c == classMultipart {
		if f := b.multipart(layer, h, at); f != notMultipart {
			return f
		}
	}
	if isEnvelope(b.doc.layers[layer].text, h) {
		if f := b.envelope(layer, h, at); f != notEnvelope {
			return f
		}
	}
	if c == classPacked {
		f, v := b.packed(layer, h, at)
		switch {
		case v == read:
			return f
		case v == broken:
			defer b.onlyJSON(&format)
		}
	}
	if len(h.Charsets) == 0 {
		h.Charsets = declaredCharset(b.doc.layers[layer].text)
	}
	layer, from, readable, err := b.utf8Text(layer, h, c)
	if err != nil {
		b.fail(err)
		return Unsupported
	}
	return b.read(layer, from, h, readable, at)
}

// onlyJSON stops a body that is broken, unless it turned out to be JSON under a
// wrong label.
func (b *builder) onlyJSON(format *Format) {
	if *format == Unsupported {
		b.fail(ErrAmbiguous)
	}
}

// read decides the format: JSON by content whatever the label says, the rest
// by content within what the label allows.
func (b *builder) read(layer int32, from int, h Hint, readable bool, at place) Format {
	c := h.class()
	text := b.doc.layers[layer].text[from:]
	at, protocol := b.withProtocol(layer, from, h, at)
	if protocol != nil && protocol.text && c == classForm {
		c = classText
	}
	if c == classCSV && readable && !startsContainer(text) {
		if f := b.csv(layer, from, at); f != notCSV {
			return f
		}
	}
	mode := unlabelledJSON
	if c == classJSON {
		mode = labelledJSON
	}
	if (startsJSON(text) || mode == labelledJSON) && !softWrapped(text) {
		if f := b.json(layer, from, at, mode); f != notJSON {
			return f
		}
	}
	clean := readable && !hasControls(text)
	switch {
	case c == classMultipart:
		b.fail(ErrAmbiguous) // parts without a boundary
		return Unsupported
	case c == classStructured, c == classPacked:
		return Unsupported
	case c == classYAML && clean:
		if f := b.yaml(layer, from, at); f != notYAML {
			return f
		}
		return b.lines(layer, from, at)
	case c == classTOML && clean:
		if f := b.toml(layer, from, at); f != notTOML {
			return f
		}
		return b.lines(layer, from, at)
	case c == classGraphQL && clean:
		if f := b.graphql(layer, from, at); f != notGraphQL {
			return f
		}
		return b.lines(layer, from, at)
	case c == classHTML && readable:
		return b.html(layer, from, h, at)
	case c == classXML && readable:
		if f := b.xml(layer, from, at); f != notXML {
			return f
		}
		return b.lines(layer, from, at)
	case clean && looksLikeMarkup(text, c):
		if f := b.xml(layer, from, at); f != notXML {
			return f
		}
		return b.html(layer, from, h, at)
	case clean && looksLikeParts(text) && b.unlabelledParts(layer, from, h, at):
		return Multipart
	case c <= classCode && showsJSON(text):
		if !readable {
			return Unsupported
		}
		return b.lines(layer, from, at)
	case c == classCode:
		return Inert
	case c == classForm && readable:
		b.form(layer, from, formValue, at)
		return Form
	case (c == classJSON || c.isText()) && readable, clean:
		return b.lines(layer, from, at)
	case c == classMedia:
		return Inert
	}
	return Unsupported
}

// startsContainer reports whether text begins like an object or a list.
func startsContainer(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// showsJSON reports whether what is labelled as code or media begins like data
// all the same: broken or padded JSON, JSON lines of which one is broken, a
// JSONP call, JSON behind a prefix against hijacking.
func showsJSON(text []byte) bool {
	text = bytes.TrimLeft(text[:min(len(text), 512)], " \t\r\n\x00")
	for _, prefix := range []string{"/**/", ")]}'", "for(;;);", "while(1);", ",", ";"} {
		text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte(prefix)), " \t\r\n,;")
	}
	call := bytes.TrimLeft(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.")
	if len(call) < len(text) && bytes.HasPrefix(call, []byte("(")) {
		text = call[1:]
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	if len(text) < 2 || text[0] == '{' { // neither a script nor a style sheet
		return len(text) > 1
	}
	next := bytes.TrimLeft(text[1:], " \t\r\n[{")
	return len(next) > 0 && next[0] == '"' && text[0] == '['
}

// lines reads text: lines of JSON among others, a form without a label, or
// text as a whole.
func (b *builder) lines(layer int32, from int, at place) Format {
	text := b.doc.layers[layer].text
	if f := b.jsonLines(layer, from, at); f != notJSON {
		return f
	}
	if looksLikeForm(text[from:]) {
		b.form(layer, from, percent, at)
		return Form
	}
	if f := b.logfmt(layer, from, at); f != notLogfmt {
		return f
	}
	b.text(layer, from, len(text), at)
	return Text
}

// looksLikeMarkup recognises markup by how it begins.
func looksLikeMarkup(text []byte, c class) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	head := bytes.ToLower(text[:min(len(text), 64)])
	for _, prefix := range []string{"<?xml", "<!doctype", "<html", "<svg", "<soap"} {
		if bytes.HasPrefix(head, []byte(prefix)) {
			return true
		}
	}
	// Without a label that says text, what begins and ends with a tag and
	// closes one is markup.
	labelled := c.isText() || c == classJSON || c == classForm
	return !labelled && len(head) > 1 && head[0] == '<' && 'a' <= head[1] && head[1] <= 'z' &&
		bytes.HasSuffix(bytes.TrimRight(text, " \t\r\n"), []byte(">")) &&
		(bytes.Contains(text, []byte("</")) || bytes.Contains(text, []byte("/>")))
}

// looksLikeParts recognises multipart by how it begins.
func looksLikeParts(text []byte) bool {
	text = bytes.TrimLeft(text, " \t\r\n")
	if !bytes.HasPrefix(text, []byte("--")) {
		return false
	}
	head := bytes.ToLower(text[:min(len(text), 1024)])
	return bytes.Contains(head, []byte("\ncontent-disposition:")) || bytes.Contains(head, []byte("\ncontent-type:"))
}

// unlabelledParts reads as multipart what only looks so, or reports that it is
// none: its label, if it has one, says that it is text.
func (b *builder) unlabelledParts(layer int32, from int, h Hint, at place) bool {
	text := bytes.TrimLeft(b.doc.layers[layer].text[from:], " \t\r\n")
	line, _, _ := bytes.Cut(text[2:], []byte("\n"))
	value := string(bytes.TrimRight(line, " \t\r"))
	if !isBoundary(value) {
		return false
	}
	h.boundary = boundary{value: value, short: value}
	m, err := b.mark(), b.err
	if b.multipart(layer, h, at) == Multipart && b.err == nil {
		return true
	}
	b.retract(m, err)
	return false
}

// newBuilder is ready to read raw.
func newBuilder(raw []byte, o Options) *builder {
	b := &builder{skip: newWalker(o.Skip), picture: o.Picture, logs: o.Logs, decoded: o.MaxDecoded, done: o.Done}
	if b.decoded == 0 {
		b.decoded = defaultDecoded
	}
	b.room = roomAtLeast
	b.give(len(raw))
	b.doc.layers = append(b.doc.layers, layer{text: raw, parent: None, escape: escapes[plain]})
	return b
}
