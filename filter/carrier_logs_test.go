package filter

import (
	"encoding/json"
	"fmt"
	"strings"
)

// logCarriers send a text as an entry of a log, in the ways of its receivers.
var logCarriers = []carrier{
	logCarrier("a line in Loki", `{"streams":[{"stream":{"job":"web"},"values":[["1732464000000000000",%s],["1732464000000000001","x",{"a":"b"}]]}]}`, "streams", 0, "values", 0, 1),
	logCarrier("metadata in Loki", `{"streams":[{"stream":{},"values":[["1732464000000000000","x",{"note":%s}]]}]}`, "streams", 0, "values", 0, 2, "note"),
	logCarrier("a line of OTLP", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":"1732464000000000000","body":{"stringValue":%s}}]}]}]}`,
		"resourceLogs", 0, "scopeLogs", 0, "logRecords", 0, "body", "stringValue"),
	logCarrier("an attribute of OTLP", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"4bf92f3577b34da6a3ce929d0e0e4736","attributes":[{"key":"note","value":{"arrayValue":{"values":[{"stringValue":%s}]}}}]}]}]}]}`,
		"resourceSpans", 0, "scopeSpans", 0, "spans", 0, "attributes", 0, "value", "arrayValue", "values", 0, "stringValue"),
	logCarrier("an event of Splunk", `{"time":1732464000.123,"event":%s}`, "event"),
	logCarrier("an entry of Datadog", `[{"ddsource":"x","ddtags":"env:prod","message":%s}]`, 0, "message"),
	{
		"a document in bulk", "application/x-ndjson",
		func(s string) []byte {
			return []byte(`{"index":{"_id":"4111111111111111"}}` + "\n" + nested(s, 1) + "\n" + `{"delete":{"_id":"7"}}` + "\n")
		},
		func(b []byte) string {
			lines := strings.Split(string(b), "\n")
			if len(lines) != 4 || lines[0] != `{"index":{"_id":"4111111111111111"}}` || lines[2] != `{"delete":{"_id":"7"}}` || lines[3] != "" {
				return "not the lines"
			}
			return unnested(lines[1], 1)
		},
	},
	envelopeCarrier("an event in an envelope", "event", func(s string) string { return nested(s, 1) }, func(s string) string { return unnested(s, 1) }),
	envelopeCarrier("an attachment in an envelope", "attachment", same, same),
}

// carrierPaths are where those go that are told by their path.
var carrierPaths = map[string]string{
	"an event of Splunk": "/services/collector/event", "an entry of Datadog": "/api/v2/logs", "a document in bulk": "/_bulk",
}

// logCarrier writes a text into a template of JSON, and reads it from where a
// path of members and elements leads.
func logCarrier(name, template string, path ...any) carrier {
	return carrier{
		name, "application/json",
		func(s string) []byte { b, _ := json.Marshal(s); return fmt.Appendf(nil, template, b) },
		func(b []byte) string {
			var v any
			if err := json.Unmarshal(b, &v); err != nil {
				return "not JSON: " + err.Error()
			}
			for _, step := range path {
				switch at := step.(type) {
				case int:
					v = v.([]any)[at]
				case string:
					v = v.(map[string]any)[at]
				}
			}
			return v.(string)
		},
	}
}

func envelopeCarrier(name, kind string, wrap, unwrap func(string) string) carrier {
	return carrier{
		name, "application/x-sentry-envelope",
		func(s string) []byte {
			payload := wrap(s)
			return fmt.Appendf(nil, "{\"event_id\":\"9ec79c33ec9942ab8353589fcb2e04dc\"}\n{\"type\":\"log\"}\n{\"a\":\"b\"}\n{\"type\":%q,\"length\":%d}\n%s\n", kind, len(payload), payload)
		},
		func(b []byte) string {
			items, err := parseEnvelope(b)
			if err != "" || len(items) != 2 || items[0] != `log{"a":"b"}` {
				return "not the envelope: " + err
			}
			return unwrap(strings.TrimPrefix(items[1], kind))
		},
	}
}
