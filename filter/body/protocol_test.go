package body

import (
	"slices"
	"strings"
	"testing"
)

// parseAt parses a body that was sent to a path.
func parseAt(t testing.TB, raw, contentType, path string, logs bool) *Document {
	t.Helper()
	h := NewHint([]string{contentType}, "")
	h.Path = path
	doc, err := Parse([]byte(raw), h, Options{Logs: logs})
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// values are the slots that are no keys.
func values(doc *Document) []string {
	return slices.DeleteFunc(texts(doc), func(s string) bool { return strings.HasPrefix(s, "k:") })
}

func TestProtocolSlots(t *testing.T) {
	const (
		js    = "application/json"
		nd    = "application/x-ndjson"
		trace = "4bf92f3577b34da6a3ce929d0e0e4736"
		span  = "00f067aa0ba902b7"
	)
	for _, tt := range []struct {
		name, contentType, path, in string
		want                        []string
	}{
		{
			"Loki: times are no slots, lines are texts of their own", js, "/loki/api/v1/push",
			`{"streams":[{"stream":{"job":"web"},"values":[["1732464000000000000","Elena logged in"],["1732464000000000001","ok",{"trace_id":"x","user":"y"}]]}]}`,
			[]string{"v:job=web", "l:Elena logged in", "l:ok", "v:trace_id=x", "v:user=y"},
		},
		{"Loki: a line of JSON is a record", js, "", `{"streams":[{"stream":{},"values":[["1732464000000000000","{\"ts\":1732464000.5,\"msg\":\"x\"}"]]}]}`, []string{"v:msg=x"}},
		{"Loki: a time that is none", js, "", `{"streams":[{"values":[["lena@example.com","x"],["4111111111111111","y"]]}]}`, []string{"v:values=lena@example.com", "l:x", "v:values=4111111111111111", "l:y"}},
		{"Loki: its older form", js, "/api/prom/push", `{"streams":[{"labels":"{job=\"web\"}","entries":[{"ts":"2026-11-24T10:00:00.123456789Z","line":"x"}]}]}`, []string{"v:labels={job=\"web\"}", "l:x"}},
		{"Loki: an answer", js, "/loki/api/v1/query_range", `{"status":"success","data":{"resultType":"streams","result":[{"stream":{"a":"b"},"values":[["1732464000000000000","x"]]}]}}`, []string{"v:status=success", "v:resultType=streams", "v:a=b", "l:x"}},

		{
			"bulk: by turns", nd, "/logs/_bulk",
			"{\"index\":{\"_index\":\"a\",\"_id\":\"b\"}}\n{\"@timestamp\":\"2026-11-24T10:00:00Z\",\"m\":\"x\"}\n{\"delete\":{\"_index\":\"a\",\"_id\":\"c\"}}\n{\"update\":{\"_id\":\"d\",\"retry_on_conflict\":3}}\n{\"doc\":{\"level\":\"info\",\"m\":\"y\"},\"doc_as_upsert\":true}\n{\"create\":{}}\n{\"m\":\"z\"}\n",
			[]string{"i:_index=a", "i:_id=b", "v:m=x", "i:_index=a", "i:_id=c", "i:_id=d", "v:m=y", "v:m=z"},
		},
		{
			"bulk: a document that looks like an action", nd, "/_bulk",
			"{\"index\":{}}\n{\"index\":{\"_id\":\"4111111111111111\"}}\n{\"delete\":{\"_id\":\"a\"}}\n",
			[]string{"v:_id=4111111111111111", "i:_id=a"},
		},
		{"bulk: once it is none, it is none", nd, "/_bulk", "{\"index\":{}}\n{\"a\":\"b\"}\n{\"x\":\"y\"}\n{\"index\":{\"_id\":\"z\"}}\n", []string{"v:a=b", "v:x=y", "v:_id=z"}},
		{"bulk: its answer", js, "/_bulk", `{"took":3000,"items":[{"index":{"_index":"a","_id":"b","result":"created"}}]}`, []string{"n:took=3000", "i:_index=a", "i:_id=b", "v:result=created"}},

		{
			"Splunk: objects without anything between", js, "/services/collector/event",
			`{"time":1732464000.123,"host":"h","index":"main","event":"Elena logged in"}{"time":"1732464000","event":{"level":"info","m":"x"},"fields":{"a":"b"}}`,
			[]string{"v:host=h", "i:index=main", "l:Elena logged in", "v:m=x", "v:a=b"},
		},
		{"Splunk: raw lines, labelled as curl does", "application/x-www-form-urlencoded", "/services/collector/raw", "a=1&b=Elena M\nx", []string{"v:a=1&b=Elena M\nx"}},

		{
			"Datadog", js, "/api/v2/logs", `[{"ddsource":"nginx","ddtags":"env:prod,owner:lena,solo","hostname":"i-1","message":"Elena","status":"info"}]`,
			[]string{"i:ddsource=nginx", "v:env=prod", "v:owner=lena", "v:solo", "v:hostname=i-1", "l:Elena"},
		},

		{
			"OTLP logs", js, "/v1/logs",
			`{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"web"}}]},"scopeLogs":[{"scope":{"name":"s"},"logRecords":[{"timeUnixNano":"1732464000000000000","severityNumber":"SEVERITY_NUMBER_INFO","severityText":"INFO","body":{"stringValue":"Elena"},"traceId":"` + trace + `","spanId":"` + span + `","attributes":[{"key":"user","value":{"stringValue":"x"}},{"key":"n","value":{"intValue":"4111111111111111"}},{"key":"l","value":{"arrayValue":{"values":[{"stringValue":"y"},{"stringValue":"z"}]}}},{"key":"m","value":{"kvlistValue":{"values":[{"key":"w","value":{"stringValue":"v"}}]}}}]}]}]}]}`,
			[]string{"v:service.name=web", "v:name=s", "l:Elena", "v:user=x", "d:n=4111111111111111", "v:l=y", "v:l=z", "v:w=v"},
		},
		{"OTLP: an id that is none", js, "", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"lena@example.com","spanId":"4111111111111111","kind":"Elena","name":"x","parentSpanId":""}]}]}]}`, []string{"v:traceId=lena@example.com", "v:spanId=4111111111111111", "v:kind=Elena", "v:name=x"}},
		{"OTLP: names of protobuf", js, "", `{"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"` + trace + `","start_time_unix_nano":"1732464000000000000","attributes":[{"key":"a","value":{"string_value":"b"}}]}]}]}]}`, []string{"v:a=b"}},
		{"OTLP: a value before its key", js, "", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"value":{"stringValue":"b"},"key":"a"}]}]}]}]}`, []string{"v:b"}},
		{"OTLP: base64 that spells a text", js, "", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"bGVuYUBleGFtcGxlLmNvbQ==","spanId":"S/kvNXezTaY="}]}]}]}`, []string{"v:traceId=lena@example.com"}},
		{
			"OTLP metrics", js, "/v1/metrics", `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","sum":{"aggregationTemporality":2,"dataPoints":[{"asInt":"1234","timeUnixNano":"1732464000000000000","attributes":[{"key":"u","value":{"stringValue":"x"}}]},{"asInt":"4111111111111111","asDouble":1234.5678}]}}]}]}]}`,
			[]string{"v:name=m", "v:u=x", "d:asInt=4111111111111111"},
		},

		{
			"records of any shipper", nd, "logs", "{\"@timestamp\":\"2026-11-24T10:00:00.123Z\",\"log.level\":\"WARN\",\"trace.id\":\"" + trace + "\",\"message\":\"x\"}\n{\"date\":1732464000.123,\"log\":\"a line\"}\n",
			[]string{"v:message=x", "l:a line"},
		},
		{"a list of records", js, "logs", `[{"ts":1732464000123,"level":"info","user":"x"},{"time":"Elena","level":"Elena","uuid":"4111111111111111"}]`, []string{"v:user=x", "v:time=Elena", "v:level=Elena", "v:uuid=4111111111111111"}},
		{"no records without the word of the site", js, "", `{"ts":1732464000123,"level":"info"}`, []string{"n:ts=1732464000123", "v:level=info"}},
		{"a birthday is no time", js, "logs", `{"date":"1984-05-17","time":"1984-05-17T00:00:00Z"}`, []string{"v:date=1984-05-17"}},

		{
			"Sentry's store", js, "/api/7/store/", `{"event_id":"` + trace + `","timestamp":1732464000.5,"level":"error","message":"x","user":{"id":"y"},"contexts":{"trace":{"trace_id":"` + trace + `","span_id":"` + span + `","op":"z"}}}`,
			[]string{"v:message=x", "v:id=y", "v:op=z"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parseAt(t, tt.in, tt.contentType, tt.path, tt.path == "logs")
			if got := values(doc); !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
		})
	}
}

func TestForms(t *testing.T) {
	for _, tt := range []struct {
		name    string
		is      form
		yes, no string // several, a blank between
	}{
		{"nanoseconds", isNanos, "1732464000000000000 0", "4111111111111111 6304000000000000000 1732464000 -1732464000000000000"},
		{"epoch", isEpoch, "1732464000 1732464000.123456789 1732464000123 1732464000123.5 1732464000123456 1732464000000000000", "4155551234 123456789 17324640001 1732464000.1234567890 4111111111111111 1732464000e1"},
		{"time", isTime, "2026-11-24T10:00:00Z 2026-11-24T10:00:00.123456789+01:00 2026-11-24t10:00:00,5-0100 2026-11-24T10:00:00", "2026-11-24 1984-05-17 2026-11-24T10:00:00lena 2026-11-24T10:00 24/Nov/2026:10:00:00"},
		{"hexadecimal id", isHexID, "4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7 4bf92f35-77b3-4da6-a3ce-929d0e0e4736 0000000000000000", "4111111111111111 6c656e61406578616d706c652e636f6d lena@example.com 4bf92f3577b34da6a3ce929d0e0e473 4bf92f3577b34da6a3ce929d0e0e473g 4bf92f35-77b3-4da6-a3ce-929d0e0e-736"},
		{"trace id", isTraceID, "S/kvNXezTaajzpKdDg5HNg== S/kvNXezTaY=", "bGVuYUBleGFtcGxlLmNvbQ== bGVuYUBleGFtcGxlLmNvbS== abcdefghijkl"},
		{"level", isLevel, "info WARN Error info2 DEBUG4 30 informational", "elena info9 4111 infos"},
		{"enum", isEnum, "SPAN_KIND_SERVER 2 SEVERITY_NUMBER_INFO2 STATUS_CODE_ERROR", "ELENA SPAN_KIND_elena 41111111111"},
		{"measure", isMeasure, "1234 -5 0.5 123.5e-7 123456789012", "4111111111111111 1.2.3 -4111111111111 12a"},
		{"schema", isSchemaURL, "https://opentelemetry.io/schemas/1.37.0", "https://opentelemetry.io/schemas/lena https://example.com/schemas/1.0"},
		{"address of a project", isDSN, "https://4bf92f3577b34da6a3ce929d0e0e4736@o1.ingest.sentry.io/42", "https://lena@example.com/1 https://4bf92f3577b34da6a3ce929d0e0e4736@o1/Elena lena@example.com"},
		{"release", isRelease, "shop@1.2.3 shop@4bf92f35 my.shop@1.2.3+45", "lena@example.com lena@1and1.com @1.2.3 lena@ lena@.1.2"},
		{"thread", isThread, "7 140264025144192", "378282246310005 4111111111111111"},
		{"Datadog's id", isDatadogID, "4611686018427387904 17293822569102704640", "4111111111111111 6304000000000000000"},
	} {
		for _, text := range strings.Fields(tt.yes) {
			if !tt.is([]byte(text)) {
				t.Errorf("%s: %q is none", tt.name, text)
			}
		}
		for _, text := range strings.Fields(tt.no) {
			if tt.is([]byte(text)) {
				t.Errorf("%s: %q is one", tt.name, text)
			}
		}
	}
}
