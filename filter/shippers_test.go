package filter

import (
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/protect"
)

// What shippers write that no package registry brings, by their documentation:
// the http sinks of Vector, Fluent Bit, Fluentd and Logstash, Promtail's push
// in JSON, GELF over HTTP, journald's upload as JSON, and syslog as text.
func TestShippers(t *testing.T) {
	const nd, js, text = "application/x-ndjson", "application/json", "text/plain"
	for _, tt := range []struct{ name, contentType, path, in string }{
		{"Vector, NDJSON", nd, "/ingest", `{"file":"/var/log/shop.log","host":"web-1","message":"login of ELENA from MAIL","source_type":"file","timestamp":"2026-11-24T10:11:12.345678901Z"}` + "\n" + `{"message":"card CARD","timestamp":"2026-11-24T10:11:13Z","level":"warn"}` + "\n"},
		{"Vector, a list", js, "/ingest", `[{"host":"web-1","message":"login of ELENA","timestamp":"2026-11-24T10:11:12.345Z"},{"message":"ok"}]`},
		{"Vector, text", text, "/ingest", "login of ELENA from MAIL\nok\n"},
		{"Vector, to Datadog", js, "/api/v2/logs", `[{"ddsource":"vector","ddtags":"env:prod,mail:MAIL","hostname":"web-1","message":"login of ELENA","service":"shop","status":"info","timestamp":1795539584048}]`},
		{"Vector, to Splunk", js, "/services/collector/event", `{"event":{"message":"login of ELENA","level":"info"},"fields":{"mail":"MAIL"},"host":"web-1","time":1795539584.048}{"event":"card CARD","time":1795539584.049}`},
		{"Fluent Bit, json", js, "/", `[{"date":1795539584.048123,"log":"login of ELENA from MAIL\n","stream":"stdout","kubernetes":{"pod_name":"shop-5f6d","pod_id":"4bf92f35-77b3-4da6-a3ce-929d0e0e4736"}}]`},
		{"Fluent Bit, json_lines", js, "/", `{"date":1795539584.048123,"log":"card CARD"}` + "\n" + `{"date":1795539584.148123,"log":"{\"level\":\"info\",\"user\":\"ELENA\"}"}` + "\n"},
		{"Fluent Bit, json_stream", js, "/", `{"date":1795539584.048123,"log":"card CARD"}{"date":1795539584.148123,"log":"mail MAIL"}`},
		{"Fluent Bit, ISO dates", js, "/", `[{"date":"2026-11-24T10:11:12.345678Z","msg":"ELENA"}]`},
		{"Fluent Bit, to Loki", js, "/loki/api/v1/push", `{"streams":[{"stream":{"job":"fluent-bit"},"values":[["1795539584048123000","{\"log\":\"login of ELENA\",\"mail\":\"MAIL\"}"]]}]}`},
		{"Fluentd", nd, "/", `{"message":"login of ELENA","container_id":"4bf92f3577b34da6a3ce929d0e0e4736","time":"2026-11-24T10:11:12+0000"}` + "\n"},
		{"Logstash", js, "/", `[{"@timestamp":"2026-11-24T10:11:12.345Z","@version":"1","message":"login of ELENA","event":{"original":"login of ELENA from MAIL"},"host":{"name":"web-1"},"log":{"level":"info","file":{"path":"/var/log/shop.log"}}}]`},
		{"Promtail, JSON", js, "/loki/api/v1/push", `{"streams":[{"labels":"{job=\"shop\",mail=\"MAIL\"}","entries":[{"ts":"2026-11-24T10:11:12.345678901Z","line":"level=info msg=\"login\" user=\"ELENA\" mail=MAIL"}]}]}`},
		{"GELF", js, "/gelf", `{"version":"1.1","host":"web-1","short_message":"login of ELENA","full_message":"login of ELENA\nfrom MAIL","timestamp":1795539584.048,"level":6,"_user_id":"MAIL"}`},
		{"journald", js, "/upload", `{"__CURSOR":"s=4bf92f3577b34da6a3ce929d0e0e4736;i=1","__REALTIME_TIMESTAMP":"1795539584048123","PRIORITY":"6","SYSLOG_IDENTIFIER":"sshd","MESSAGE":"Accepted publickey for ELENA from MAIL"}` + "\n"},
		{"syslog", text, "/syslog", "<34>1 2026-11-24T10:11:12.345Z web-1 su 77 ID47 - login of ELENA\n<34>Nov 24 10:11:12 web-1 sshd[77]: session of MAIL\n"},
		{"a bulk body of Vector", nd, "/_bulk", `{"create":{"_index":"vector-2026.11.24","_id":"4111111111111111"}}` + "\n" + `{"message":"login of ELENA","timestamp":"2026-11-24T10:11:12.345Z"}` + "\n"},
		{"a collector, to Elastic", nd, "/_bulk", `{"create":{"_index":"logs-generic.otel-default","dynamic_templates":{"a":"b"}}}` + "\n" + `{"@timestamp":"1795539584048.123456","trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7","severity_text":"INFO","body":{"text":"login of ELENA"},"attributes":{"mail":"MAIL"}}` + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in := strings.NewReplacer("ELENA", "Elena Markovic", "MAIL", "lena@example.com", "CARD", "4111 1111 1111 1111").Replace(tt.in)
			want := strings.NewReplacer("ELENA", "<PRIVATE_PERSON>", "MAIL", "<PRIVATE_EMAIL>", "CARD", "<ACCOUNT_NUMBER>").Replace(tt.in)
			r := process(t, newFilter(t, Policy{Protect: protect.Logs}), Message{Body: []byte(in), ContentType: []string{tt.contentType}, Path: tt.path})
			if got := string(r.Body); got != want {
				t.Errorf("got  %s\nwant %s", got, want)
			}
		})
	}
}
