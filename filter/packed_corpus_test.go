package filter

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"mime"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"github.com/fxamacker/cbor/v2"
	"github.com/vmihailenco/msgpack/v5"
	"go.yaml.in/yaml/v3"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

// pack is a way of sending many texts in one body. Each stands in an object,
// row, part or record of its own, as unrelated texts do.
type pack struct {
	name, contentType, path string
	wrap                    func([]string) []byte
	unwrap                  func([]byte) []string
}

var packs = []pack{
	jsonPack("objects of JSON", "", "", func(s string) any { return map[string]any{"n": 1.5, "note": s} }, "note"),
	jsonPack("chat messages", "", "", func(s string) any { return map[string]any{"role": "user", "content": s} }, "content"),
	jsonPack("entries of Datadog", "/api/v2/logs", "", func(s string) any { return map[string]any{"ddsource": "x", "message": s} }, "message"),
	jsonPack("JSON in JSON", "", "", func(s string) any { return map[string]any{"in": nested(nested(s, 1), 1)} }, "in", func(s string) string { return unnested(s, 2) }),
	jsonPack("base64 in JSON", "", "", func(s string) any {
		return map[string]any{"in": base64.StdEncoding.EncodeToString([]byte(s))}
	}, "in", func(s string) string { b, _ := base64.StdEncoding.DecodeString(s); return string(b) }),
	jsonPack("JSON in UTF-16", "", "utf-16", func(s string) any { return map[string]any{"note": s} }, "note"),
	linePack("NDJSON", "application/x-ndjson", "", "", func(s string) any { return map[string]any{"note": s, "n": 1.5} }, "note"),
	linePack("documents in bulk", "application/x-ndjson", "/_bulk", `{"index":{"_id":"4111111111111111"}}`+"\n", func(s string) any { return map[string]any{"note": s} }, "note"),
	linePack("events of Splunk", "application/json", "/services/collector/event", "", func(s string) any { return map[string]any{"time": 1732464000.5, "event": s} }, "event"),
	{
		"a form", "application/x-www-form-urlencoded", "", func(all []string) []byte { return []byte(url.Values{"s": all}.Encode()) },
		func(b []byte) []string { v, _ := url.ParseQuery(string(b)); return v["s"] },
	},
	{"parts", mime.FormatMediaType("multipart/form-data", map[string]string{"boundary": packBoundary}), "", packParts, unpackParts},
	{"rows of CSV", "text/csv", "", func(all []string) []byte { return packTable(all, ',') }, func(b []byte) []string { return unpackTable(b, ',') }},
	{"rows of TSV", "text/tab-separated-values", "", func(all []string) []byte { return packTable(all, '\t') }, func(b []byte) []string { return unpackTable(b, '\t') }},
	{"elements of XML", "application/xml", "", func(all []string) []byte {
		return wrapEach("<r>", all, func(s string) string { return "<i><note>" + xmlText(s) + "</note><n>1.5</n></i>\n" }, "</r>")
	}, func(b []byte) []string { return notes(b, false) }},
	{"attributes of XML", "text/xml", "", func(all []string) []byte {
		return wrapEach("<r>", all, func(s string) string { return `<i note="` + xmlText(s) + "\"/>\n" }, "</r>")
	}, func(b []byte) []string { return notes(b, true) }},
	{"paragraphs of HTML", "text/html; charset=utf-8", "", func(all []string) []byte {
		return wrapEach("<!DOCTYPE html><body>", all, func(s string) string { return "<p>" + html.EscapeString(s) + "</p>\n" }, "</body>")
	}, paragraphs},
	{
		"YAML", "application/yaml", "", func(all []string) []byte { b, _ := yaml.Marshal(packNotes(all)); return b },
		func(b []byte) []string { return unpackNotes(b, yaml.Unmarshal) },
	},
	{"TOML", "application/toml", "", func(all []string) []byte {
		b, _ := toml.Marshal(map[string]any{"items": packNotes(all)})
		return b
	}, func(b []byte) []string {
		var v struct{ Items []packedNote }
		if toml.Unmarshal(b, &v) != nil {
			return nil
		}
		return textsOf(v.Items)
	}},
	{
		"MessagePack", "application/msgpack", "", func(all []string) []byte { b, _ := msgpack.Marshal(packNotes(all)); return b },
		func(b []byte) []string { return unpackNotes(b, msgpack.Unmarshal) },
	},
	{
		"CBOR", "application/cbor", "", func(all []string) []byte { b, _ := cbor.Marshal(packNotes(all)); return b },
		func(b []byte) []string { return unpackNotes(b, cbor.Unmarshal) },
	},
	{"literals of GraphQL", "application/graphql", "", func(all []string) []byte {
		return wrapEach("mutation {\n", all, func(s string) string {
			literal, _ := json.Marshal(s)
			return "  f(in: {note: " + string(literal) + "}) { id }\n"
		}, "}\n")
	}, literals},
	{"lines of Loki", "application/json", "/loki/api/v1/push", func(all []string) []byte {
		return wrapEach(`{"streams":[{"stream":{"job":"web"},"values":[`, all, func(s string) string {
			line, _ := json.Marshal(s)
			return `["1732464000000000000",` + string(line) + `],`
		}, `["1732464000000000000","end"]]}]}`)
	}, func(b []byte) (out []string) {
		var v struct{ Streams []struct{ Values [][]string } }
		if json.Unmarshal(b, &v) != nil {
			return nil
		}
		for _, value := range v.Streams[0].Values[:len(v.Streams[0].Values)-1] {
			out = append(out, value[1])
		}
		return out
	}},
	{"records of OpenTelemetry", protobufType, "/v1/logs", func(all []string) []byte { return marshalled(records(all)) }, unpackRecords},
	{"messages of gRPC", "application/grpc", grpcLogs, func(all []string) (out []byte) {
		for _, s := range all {
			out = append(out, grpcFrame("", marshalled(records([]string{s})))...)
		}
		return out
	}, func(b []byte) (out []string) {
		for len(b) >= 5 {
			n := 5 + int(b[3])<<8 + int(b[4])
			if b[0] != 0 || b[1] != 0 || b[2] != 0 || n > len(b) {
				return nil
			}
			out, b = append(out, unpackRecords(b[5:n])...), b[n:]
		}
		return out
	}},
	{"a push to Loki", protobufType, "/loki/api/v1/push", packPush, unpackPush},
	{"items of an envelope", "application/x-sentry-envelope", "", func(all []string) []byte {
		return wrapEach("{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}\n", all, func(s string) string {
			return fmt.Sprintf("{\"type\":\"attachment\",\"length\":%d}\n%s\n", len(s), s)
		}, "")
	}, func(b []byte) []string {
		items, _ := parseEnvelope(b)
		for i := range items {
			items[i] = strings.TrimPrefix(items[i], "attachment")
		}
		return items
	}},
	{"logfmt", "text/plain", "", func(all []string) []byte {
		return wrapEach("", all, func(s string) string { return "level=info note=" + strconv.Quote(s) + "\n" }, "")
	}, func(b []byte) (out []string) {
		for line := range strings.Lines(string(b)) {
			s, _ := strconv.Unquote(strings.TrimSpace(strings.TrimPrefix(line, "level=info note=")))
			out = append(out, s)
		}
		return out
	}},
	{"frames of Amazon's", "application/vnd.amazon.eventstream", "", func(all []string) (out []byte) {
		for _, s := range all {
			out = append(out, awsFrame("note", aRecord(s))...)
		}
		return out
	}, func(b []byte) (out []string) {
		r := bytes.NewReader(b)
		for r.Len() > 0 {
			m, err := eventstream.NewDecoder().Decode(r, nil)
			if err != nil {
				return nil
			}
			out = append(out, ofRecord(m.Payload))
		}
		return out
	}},
}

// TestPackedParity: the whole corpus in one body of every format, in both
// directions and through every content coding.
func TestPackedParity(t *testing.T) {
	p := newParity(t)
	all := make([]int, len(p.sentences))
	for i := range all {
		all[i] = i
	}
	for _, c := range packs {
		t.Run(c.name, func(t *testing.T) {
			raw := c.wrap(p.sentences)
			if !slices.Equal(c.unwrap(raw), p.sentences) {
				t.Fatal("the carrier itself changes the sentences")
			}
			m := Message{Body: raw, ContentType: []string{c.contentType}, Path: c.path}
			r := p.rules.process(t, m)
			p.comparePacked(t, c.unwrap(r.Body), &p.rules, 0)
			if raw := p.rules.leak(r.Body, all...); raw != "" {
				t.Errorf("%q passed", raw)
			}
			lengths := strings.Contains(c.contentType, "protobuf") || strings.Contains(c.contentType, "grpc")
			if !lengths && !slices.Equal(r.Body, c.wrap(p.rules.want)) && !onlySpans(m.Body, r.Body, r.Spans) {
				t.Error("something else has changed")
			}
			s := p.starred.process(t, m)
			if !onlySpans(m.Body, s.Body, s.Spans) && !slices.Equal(s.Body, c.wrap(p.starred.want)) {
				t.Error("with asterisks, something else has changed")
			}
			r = p.full.process(t, m)
			p.comparePacked(t, c.unwrap(r.Body), &p.full, keyed)
			for _, codings := range append(parityCodings, nil) {
				m := m
				m.ContentEncoding, m.Answer = codings, c.path == ""
				m.Body, _ = coding.Encode(raw, codings)
				got := p.full.process(t, m)
				out, _, err := coding.Decode(got.Body, codings, coding.Limits{})
				if err != nil || !bytes.Equal(out, r.Body) {
					t.Errorf("%v: another body, %v", codings, err)
				}
			}
		})
	}
}

// comparePacked wants the verdicts of flat text, but for a few short sentences.
func (p *parity) comparePacked(t *testing.T, got []string, v *verdicts, most int) {
	t.Helper()
	if len(got) != len(v.want) {
		t.Fatalf("%d texts came out", len(got))
	}
	for i, want := range v.want {
		if got[i] == want {
			continue
		}
		if most--; most < 0 || utf8.RuneCountInString(p.sentences[i]) > longRunes {
			t.Errorf("decided otherwise:\n got %s\nwant %s", got[i], want)
		}
	}
}
