package body

import "bytes"

// maxJSONDepth bounds open brackets. It is where Go's own decoder stops;
// most others stop earlier. Deeper input is scanned as text.
const maxJSONDepth = 10_000

// jsonMode says which sequences of values a place allows.
type jsonMode uint8

const (
	// unlabelledJSON: containers, or one string. "555 123 4567" is three
	// JSON numbers in a row to a tokenizer and one phone number to a reader.
	unlabelledJSON jsonMode = iota
	// labelledJSON: also one number or literal.
	labelledJSON
	// nestedJSON: the content of a string; like unlabelledJSON.
	nestedJSON
)

const notJSON Format = ""

// What to expect of JSON: a slot in so many bytes, and how many slots to make
// room for before they are seen.
const (
	bytesPerSlot = 24
	maxSlotGuess = 1 << 16
)

// json reads layer's text from offset from on as one JSON value or as a
// sequence of them, and emits the slots. If it is not valid, nothing is
// emitted and the answer is notJSON.
//
// The scanner is ours because the field's are not made for this: splicing
// needs raw offsets of keys and values with duplicate keys kept, control
// characters and invalid UTF-8 passed on, and a nesting that costs a small
// frame per bracket and no Go stack.
func (b *builder) json(layer int32, from int, at place, mode jsonMode) Format {
	m := b.mark()
	s := jsonScanner{b: b, layer: layer, text: b.doc.layers[layer].text, pos: from}
	if b.doc.Slots == nil {
		b.doc.Slots = make([]Slot, 0, min(len(s.text)/bytesPerSlot, maxSlotGuess)+4)
	}
	values := 0
	turn := bulkTurn{on: at.schema.has(alternates) && isAction(s.text[s.pos:])}
	alternate := turn.on
	for {
		s.separators()
		if s.pos == len(s.text) {
			break
		}
		if alternate {
			at.schema = turn.next(s.text[s.pos:])
		}
		scalar := s.text[s.pos] != '{' && s.text[s.pos] != '['
		isString := s.text[s.pos] == '"'
		alone := values == 0
		if !s.document(at) {
			b.reset(m)
			return notJSON
		}
		values++
		if scalar && !isString {
			s.separators()
			if mode != labelledJSON || !alone || s.pos != len(s.text) {
				b.reset(m)
				return notJSON
			}
		}
	}
	switch values {
	case 0:
		return notJSON
	case 1:
		return JSON
	}
	return NDJSON
}

type jsonFrame struct {
	object  bool
	index   int // elements so far
	start   int // of an entry with a limit of its own
	at      place
	pairKey int32 // the key of a pair, or None
}

type jsonScanner struct {
	b     *builder
	layer int32
	text  []byte
	pos   int
	stack []jsonFrame
}

// document reads one value with everything in it.
func (s *jsonScanner) document(at place) bool {
	base := len(s.stack)
	if !s.value(at) {
		return false
	}
	for len(s.stack) > base {
		if !s.step() {
			return false
		}
	}
	return true
}

// step reads the next member, element or closing bracket of the innermost
// container.
func (s *jsonScanner) step() bool {
	f := &s.stack[len(s.stack)-1]
	c := s.peek()
	if c == ']' && !f.object || c == '}' && f.object {
		s.pos++
		s.leave()
		return true
	}
	if f.index > 0 {
		if c != ',' {
			return false
		}
		s.pos++
		c = s.peek()
	}
	index := f.index
	f.index++
	at := f.at
	if !f.object {
		at.state = s.b.skip.element(at.state, index)
		at.schema = at.schema.element(index)
		return s.value(at)
	}
	if c != '"' || !s.key(&at) || s.peek() != ':' {
		return false
	}
	s.pos++
	return s.value(at)
}

// key reads an object key, emits it unless its member is skipped, and makes
// at the place of its value.
func (s *jsonScanner) key(at *place) bool {
	start := s.pos + 1
	escaped, ok := s.str()
	if !ok {
		return false
	}
	end := s.pos - 1
	object := at.schema
	if object != nil {
		at.schema = s.member(object, s.text[start:end], escaped)
	}
	if s.b.skip.active() {
		key := s.text[start:end]
		if escaped {
			key = appendDecoded(nil, key, escapes[jsonString])
		}
		at.state = s.b.skip.member(at.state, key)
	}
	if object.standsIn() && at.schema != nil {
		if object.role == pair {
			at.key = s.stack[len(s.stack)-1].pairKey
		}
		return true
	}
	if escaped || encoded(s.text[start:end]) || mayHold64(s.text[start:end]) {
		at.key = s.b.key(s.layer, start, end, jsonString, *at)
		return true
	}
	at.key = None
	if start < end && !s.b.skip.skipped(at.state) {
		at.key = s.b.slot(s.layer, start, end, jsonString, Key, *at)
		s.b.doc.Slots[at.key].literal = true
	}
	return true
}

// value reads a scalar, or the opening bracket of a container.
func (s *jsonScanner) value(at place) bool {
	c := s.peek()
	start := s.pos
	switch {
	case c == '"':
		escaped, ok := s.str()
		if ok && s.b.isMarked(s.layer, start+1) {
			s.b.whole(s.layer, start+1, s.pos-1, at)
		} else if ok && at.schema != nil {
			s.fieldValue(start+1, s.pos-1, escaped, at)
		} else if ok && escaped {
			s.b.value(s.layer, start+1, s.pos-1, jsonString, Value, at)
		} else if ok {
			s.b.literal(s.layer, start+1, s.pos-1, at)
		}
		return ok
	case c == '{', c == '[':
		if len(s.stack) == maxJSONDepth {
			return false
		}
		s.pos++
		if c == '{' && !at.schema.stands() {
			// An element of a list is not named by the list's key.
			if n := len(s.stack); n > 0 && !s.stack[n-1].object {
				at.key = None
			}
			at.group = s.b.group(at.group, at.key)
		}
		s.stack = append(s.stack, jsonFrame{object: c == '{', start: start, at: at, pairKey: None})
		return true
	case c == '-' || '0' <= c && c <= '9':
		if !s.number() {
			return false
		}
		// A number of one or two characters is nobody's identifier.
		if s.pos-start > 2 && !s.b.skip.skipped(at.state) && !at.schema.keepsNumber(s.text[start:s.pos]) {
			s.b.number(s.layer, start, s.pos, at)
		}
		return true
	}
	return s.literal("true") || s.literal("false") || s.literal("null")
}

// str reads a string from its opening quote to behind its closing one, and
// reports whether it holds escapes. Raw control characters and invalid UTF-8
// are let through: RFC 8259 forbids them and many parsers do not.
func (s *jsonScanner) str() (escaped, ok bool) {
	i, quote := s.pos+1, -1
	for {
		if quote < i { // not yet searched, or escaped
			n := bytes.IndexByte(s.text[i:], '"')
			if n < 0 {
				return escaped, false
			}
			quote = i + n
		}
		n := bytes.IndexByte(s.text[i:quote], '\\')
		if n < 0 {
			s.pos = quote + 1
			return escaped, true
		}
		i, escaped = i+n, true
		// A quote follows somewhere, so there is a byte behind the backslash.
		switch s.text[i+1] {
		case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			i += 2
		case 'u':
			if _, ok := hex4(s.text[i:]); !ok {
				return escaped, false
			}
			i += 6
		default:
			return escaped, false
		}
	}
}

// number reads -?int frac? exp? as RFC 8259, section 6, has it.
func (s *jsonScanner) number() bool {
	if s.text[s.pos] == '-' {
		s.pos++
	}
	if s.at() == '0' {
		s.pos++
	} else if !s.digits() {
		return false
	}
	if s.at() == '.' {
		s.pos++
		if !s.digits() {
			return false
		}
	}
	if c := s.at(); c == 'e' || c == 'E' {
		s.pos++
		if c := s.at(); c == '+' || c == '-' {
			s.pos++
		}
		if !s.digits() {
			return false
		}
	}
	return true
}

func (s *jsonScanner) digits() bool {
	start := s.pos
	for s.pos < len(s.text) && s.text[s.pos]-'0' <= 9 {
		s.pos++
	}
	return s.pos > start
}

func (s *jsonScanner) literal(word string) bool {
	if !bytes.HasPrefix(s.text[s.pos:], []byte(word)) {
		return false
	}
	s.pos += len(word)
	return true
}

// at is the byte at the position, 0 at the end.
func (s *jsonScanner) at() byte {
	if s.pos < len(s.text) {
		return s.text[s.pos]
	}
	return 0
}

// peek skips white space and returns the byte behind it.
func (s *jsonScanner) peek() byte {
	for s.pos < len(s.text) {
		switch s.text[s.pos] {
		case ' ', '\t', '\n', '\r':
			s.pos++
		default:
			return s.text[s.pos]
		}
	}
	return 0
}

// separators skips what may stand between values: white space, and the
// record separator of RFC 7464.
func (s *jsonScanner) separators() {
	for s.peek() == 0x1E {
		s.pos++
	}
}

// jsonLines reads text of which some lines are JSON and others are broken:
// the good ones as JSON, every stretch of others as text. It reports notJSON
// if no line is a JSON container.
func (b *builder) jsonLines(layer int32, from int, at place) Format {
	m := b.mark()
	text := b.doc.layers[layer].text
	found := false
	other := from // start of the lines not yet emitted
	for start := from; start < len(text); {
		end := len(text)
		if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		if line := bytes.TrimSpace(text[start:end]); len(line) > 1 && (line[0] == '{' || line[0] == '[') {
			before := b.mark()
			if b.jsonRange(layer, start, end, at) {
				// Order matters to splicing: text before the line comes first.
				if other < start && len(bytes.TrimSpace(text[other:start])) > 0 {
					b.reset(before)
					b.text(layer, other, start, at)
					b.jsonRange(layer, start, end, at)
				}
				found, other = true, end
			}
		}
		start = end
	}
	if !found {
		b.reset(m)
		return notJSON
	}
	b.text(layer, other, len(text), at)
	return NDJSON
}

// jsonRange reads a range of a layer as JSON containers, one after another.
func (b *builder) jsonRange(layer int32, start, end int, at place) bool {
	m := b.mark()
	s := jsonScanner{b: b, layer: layer, text: b.doc.layers[layer].text[:end], pos: start}
	for s.separators(); s.pos < end; s.separators() {
		if c := s.text[s.pos]; c != '{' && c != '[' || !s.document(at) {
			b.reset(m)
			return false
		}
	}
	return true
}
