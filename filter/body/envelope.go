package body

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// envelopeType is the media type of Sentry's envelopes. Browsers label them as
// text, to be spared a preflight.
const envelopeType = "application/x-sentry-envelope"

// isEnvelope recognises an envelope by its label, by the path it is sent to or
// by its first two lines, which are those of nothing else.
func isEnvelope(text []byte, h Hint) bool {
	header, rest, _ := bytes.Cut(text, []byte("\n"))
	if len(header) == 0 || header[0] != '{' {
		return false
	}
	if slices.Contains(h.Types, envelopeType) || strings.HasSuffix(strings.TrimSuffix(h.Path, "/"), "/envelope") {
		return true
	}
	switch firstKey(header) {
	case "event_id", "sent_at", "dsn", "sdk", "trace":
		line, _, _ := bytes.Cut(bytes.TrimLeft(rest, "\n"), []byte("\n"))
		item, ok := readItem(line)
		return ok && envelopeItems[item.kind]
	}
	return false
}

// envelopeItems are the types of items, and whether an item is JSON.
var envelopeItems = map[string]bool{
	"event": true, "transaction": true, "session": true, "sessions": true, "client_report": true, "log": true, "span": true,
	"feedback": true, "user_report": true, "check_in": true, "profile": true, "profile_chunk": true, "replay_event": true,
	"replay_recording": true, "replay_video": true, "attachment": true, "statsd": true, "metric_buckets": true,
	"trace_metric": true, "security": true, "raw_security": true, "form_data": true, "unreal_report": true, "nel": true,
}

// item is what the header of an item says.
type item struct {
	kind        string
	contentType string
	length      int     // of the payload, in bytes; -1 if it ends with the line
	digits      stretch // of the length, in the header
}

// envelope reads Sentry's envelopes: a line of JSON, and for every item a line
// of JSON and a payload of so many bytes, or of one line. It is strict where a
// reader might find other items than we do. It reports false for what is no
// envelope.
func (b *builder) envelope(layer int32, h Hint, at place) Format {
	text := b.doc.layers[layer].text
	end := endOfLine(text, 0)
	if _, ok := readMembers(text[:end], nil); !ok {
		return notEnvelope
	}
	b.envelopeLine(layer, 0, end, envelopeHeader, at)
	for pos := end + 1; pos < len(text); {
		if text[pos] == '\n' {
			pos++
			continue
		}
		head := stretch{pos, endOfLine(text, pos)}
		it, ok := readItem(text[head.start:head.end])
		payload := stretch{min(head.end+1, len(text)), 0}
		if it.length < 0 {
			payload.end = endOfLine(text, payload.start)
		} else {
			payload.end = payload.start + it.length
		}
		if b.parts++; !ok || payload.end > len(text) || payload.end < len(text) && text[payload.end] != '\n' || b.parts > maxParts {
			b.fail(ErrAmbiguous)
			return Envelope
		}
		group := at
		group.group = b.group(at.group, None)
		b.envelopeLine(layer, head.start, head.end, itemHeader, group)
		b.payload(layer, payload, it, h, group)
		if it.length >= 0 {
			b.length(layer, decimal, head.start+it.digits.start, head.start+it.digits.end, payload.start, payload.end)
		}
		pos = payload.end + 1
	}
	return Envelope
}

const notEnvelope Format = ""

// envelopeLine emits the slots of a header, which is JSON.
func (b *builder) envelopeLine(layer int32, start, end int, of *schema, at place) {
	at.schema = of
	if !b.jsonRange(layer, start, end, at) {
		b.fail(ErrAmbiguous)
	}
}

// payload reads the payload of an item by what it is.
func (b *builder) payload(layer int32, p stretch, it item, h Hint, at place) {
	if p.start >= p.end {
		return
	}
	hint := Hint{ReadCode: h.ReadCode, schema: sentryEvent}
	if it.contentType != "" {
		hint = NewHint([]string{it.contentType}, "")
		hint.ReadCode, hint.schema = h.ReadCode, sentryEvent
	}
	if b.entity(b.push(layer, p.start, p.end, escapes[plain]), hint, at) == Unsupported {
		b.doc.Unread++
	}
}

var envelopeHeader = &schema{members: merged(
	machines(isHexID, "event_id"), machines(isTime, "sent_at"), machines(isDSN, "dsn"),
	map[string]*schema{"trace": {members: merged(sentryIDs, machines(isHexID, "public_key", "replay_id"), machines(isRelease, "release"))}},
)}

var itemHeader = &schema{members: machines(isMeasure, "length", "item_count")}

// isDSN recognises the address of a project with its public key, by which the
// receiver knows it.
func isDSN(text []byte) bool {
	scheme, rest, ok := bytes.Cut(text, []byte("://"))
	key, host, found := bytes.Cut(rest, []byte("@"))
	_, project, _ := bytes.Cut(host, []byte("/"))
	return ok && found && bytes.HasPrefix(scheme, []byte("http")) && len(key) == 32 && isHexID(key) &&
		len(bytes.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789.-:/")) == 0 && isMeasure(project)
}

// readItem reads the header of an item.
func readItem(line []byte) (it item, ok bool) {
	it.length = -1
	_, ok = readMembers(line, func(name string, value stretch) bool {
		raw := line[value.start:value.end]
		switch name {
		case "type":
			return json.Unmarshal(raw, &it.kind) == nil
		case "content_type":
			return json.Unmarshal(raw, &it.contentType) == nil
		case "length":
			var err error
			it.digits = value
			it.length, err = strconv.Atoi(string(raw))
			return err == nil && it.length >= 0 && string(raw) == strconv.Itoa(it.length)
		}
		return true
	})
	return it, ok && it.kind != ""
}

// readMembers visits the members of a line that is one JSON object. A name that
// stands there twice means two things to two readers.
func readMembers(line []byte, visit func(name string, value stretch) bool) (n int, ok bool) {
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return 0, false
	}
	seen := make(map[string]bool)
	for d.More() {
		t, err := d.Token()
		name, isName := t.(string)
		if err != nil || !isName || seen[name] {
			return 0, false
		}
		seen[name] = true
		var value json.RawMessage
		if d.Decode(&value) != nil {
			return 0, false
		}
		end := int(d.InputOffset())
		if visit != nil && !visit(name, stretch{end - len(value), end}) {
			return 0, false
		}
	}
	if _, err := d.Token(); err != nil {
		return 0, false
	}
	return len(seen), len(bytes.TrimSpace(line[d.InputOffset():])) == 0
}

// endOfLine is where the line that begins at start ends, without its line feed.
func endOfLine(text []byte, start int) int {
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		return start + i
	}
	return len(text)
}
