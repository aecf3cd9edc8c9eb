package body

import "bytes"

// pushMessages are the messages by which Loki and Prometheus (remote write 1.0) take
// what is pushed to them, in a block of Snappy.
var pushMessages = protoSchema(`
Loki: 1 *Stream streams
Stream: 1 labels labels, 2 *Entry entries, 3 count
Entry: 1 Time timestamp, 2 text line, 3 *Label structuredMetadata, 4 *Label parsed
Time: 1 count, 2 count
Label+: 1 key name, 2 text value

Prometheus: 1 *Series timeseries, 3 *Metadata metadata
Series: 1 *Label labels, 2 *Sample samples, 3 *Exemplar exemplars, 4 *Histogram histograms
Sample: 1 fixed64, 2 count
Exemplar: 1 *Label labels, 2 fixed64, 3 count
Histogram: 1 count, 2 fixed64, 3 fixed64, 4 count, 5 fixed64, 6 count, 7 fixed64, 8 *Buckets negativeSpans, 9 *count, 10 *fixed64, 11 *Buckets positiveSpans, 12 *count, 13 *fixed64, 14 count, 15 count, 16 *fixed64
Buckets: 1 count, 2 count
Metadata: 1 count, 2 label metricFamilyName, 4 text help, 5 label unit
`)

// lokiLabels reads the labels of a stream, {name="value", …}, with their names
// as keys. What is not written so is text.
func (b *builder) lokiLabels(layer int32, start, end int, at place) {
	m := b.mark()
	s := jsonScanner{b: b, layer: layer, text: b.doc.layers[layer].text[:end], pos: start}
	if s.peek() != '{' {
		b.value(layer, start, end, plain, Value, at)
		return
	}
	s.pos++
	at.group = b.group(at.group, at.key)
	for s.peek() != '}' {
		name := s.pos
		n := bytes.IndexByte(s.text[name:], '=')
		if n < 0 || !s.label(name, name+n, at) {
			break
		}
		if s.peek() == ',' {
			s.pos++
		}
	}
	if s.peek() != '}' || s.pos+1 != end {
		b.reset(m)
		b.value(layer, start, end, plain, Value, at)
	}
}

// label reads one label, of which the name ends before the sign.
func (s *jsonScanner) label(name, sign int, at place) bool {
	for _, c := range s.text[name:sign] {
		if !isAlnum(c) && c != '_' && c != '.' && c != ':' {
			return false
		}
	}
	if s.pos = sign + 1; s.at() != '"' {
		return false
	}
	from := s.pos + 1
	to := from
	for ; to < len(s.text) && s.text[to] != '"'; to++ {
		if s.text[to] == '\\' {
			to++
		}
	}
	if to >= len(s.text) {
		return false
	}
	at.key = s.b.key(s.layer, name, sign, plain, at)
	s.b.value(s.layer, from, to, looseJSON, Value, at)
	s.pos = to + 1
	return true
}
