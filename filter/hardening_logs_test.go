package filter

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/filter/protect"
)

// Nothing passes because it stands where a protocol has a time, an id or a
// level, nor because a body only pretends to be of a protocol.
func TestAttacksInLogs(t *testing.T) {
	const js, nd = "application/json", "application/x-ndjson"
	for _, tt := range []struct{ name, contentType, path, in, want string }{
		{"an address as a time", js, "/loki/api/v1/push", `{"streams":[{"values":[["lena@example.com","x"]]}]}`, `{"streams":[{"values":[["<PRIVATE_EMAIL>","x"]]}]}`},
		{"a card as a time", js, "/loki/api/v1/push", `{"streams":[{"values":[["4111111111111111","x"]]}]}`, `{"streams":[{"values":[["<ACCOUNT_NUMBER>","x"]]}]}`},
		{"escapes as a time", js, "", `{"streams":[{"values":[["\u006cena@example.com","x"]]}]}`, `{"streams":[{"values":[["<PRIVATE_EMAIL>","x"]]}]}`},
		{"a line of escapes", js, "", `{"streams":[{"values":[["1732464000000000000","\u006cena@example.com"]]}]}`, `{"streams":[{"values":[["1732464000000000000","<PRIVATE_EMAIL>"]]}]}`},
		{"a line of JSON in JSON", js, "", `{"streams":[{"values":[["1732464000000000000","{\"a\":\"{\\\"b\\\":\\\"lena@example.com\\\"}\"}"]]}]}`, `{"streams":[{"values":[["1732464000000000000","{\"a\":\"{\\\"b\\\":\\\"<PRIVATE_EMAIL>\\\"}\"}"]]}]}`},
		{"a line of percent-encoding", js, "", `{"streams":[{"values":[["1732464000000000000","GET /?q=lena%40example.com"]]}]}`, `{"streams":[{"values":[["1732464000000000000","GET /?q=%3CPRIVATE_EMAIL%3E"]]}]}`},
		{"a label that is an address", js, "", `{"streams":[{"stream":{"lena@example.com":"x"},"values":[]}]}`, `{"streams":[{"stream":{"<PRIVATE_EMAIL>":"x"},"values":[]}]}`},
		{"a value too many", js, "", `{"streams":[{"values":[["1732464000000000000","x",{},"lena@example.com"]]}]}`, `{"streams":[{"values":[["1732464000000000000","x",{},"<PRIVATE_EMAIL>"]]}]}`},
		{"a card in an id of a document that is none", nd, "/_bulk", `{"index":{}}` + "\n" + `{"index":{"_id":"4111111111111111"}}` + "\n", `{"index":{}}` + "\n" + `{"index":{"_id":"<ACCOUNT_NUMBER>"}}` + "\n"},
		{"an address as an id", nd, "/_bulk", `{"index":{"_id":"lena@example.com","_index":"a"}}` + "\n{}\n", `{"index":{"_id":"<PRIVATE_EMAIL>","_index":"a"}}` + "\n{}\n"},
		{"an address as an index", nd, "/_bulk", `{"delete":{"_index":"logs-lena@example.com","_id":"4111111111111111"}}` + "\n", `{"delete":{"_index":"<PRIVATE_EMAIL>","_id":"4111111111111111"}}` + "\n"},
		{"a document behind a deletion", nd, "/_bulk", `{"delete":{"_id":"1"}}` + "\n" + `{"_id":"4111111111111111"}` + "\n", `{"delete":{"_id":"1"}}` + "\n" + `{"_id":"<ACCOUNT_NUMBER>"}` + "\n"},
		{"a script", nd, "/_bulk", `{"update":{"_id":"1"}}` + "\n" + `{"script":{"source":"ctx._source.m='lena@example.com'"}}` + "\n", `{"update":{"_id":"1"}}` + "\n" + `{"script":{"source":"ctx._source.m='<PRIVATE_EMAIL>'"}}` + "\n"},
		{"a key of OTLP", js, "", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"lena@example.com","value":{"intValue":"1"}}]}]}]}]}`, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"<PRIVATE_EMAIL>","value":{"intValue":"1"}}]}]}]}]}`},
		{"a number in a string stays a number", js, "", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"a","value":{"intValue":"4111111111111111"}}]}]}]}]}`, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"a","value":{"intValue":"1111111111111111"}}]}]}]}]}`},
		{"a number that is none", js, "", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"a","value":{"intValue":"lena@example.com"}}]}]}]}]}`, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"key":"a","value":{"intValue":"<PRIVATE_EMAIL>"}}]}]}]}]}`},
		{"a member that wrappers do not have", js, "", `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x","lena@example.com":"lena@example.com"}}]}]}]}`, `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"x","<PRIVATE_EMAIL>":"<PRIVATE_EMAIL>"}}]}]}]}`},
		{"an address as a trace", js, "", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"lena@example.com","kind":"lena@example.com","startTimeUnixNano":"lena@example.com"}]}]}]}`, `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"<PRIVATE_EMAIL>","kind":"<PRIVATE_EMAIL>","startTimeUnixNano":"<PRIVATE_EMAIL>"}]}]}]}`},
		{"an address in base64 as a trace", js, "", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"bGVuYUBleGFtcGxlLmNvbQ=="}]}]}]}`, `{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"PFBSSVZBVEVfRU1BSUw+"}]}]}]}`},
		{"a card as a span", js, "", `{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"4111111111111111"}]}]}]}`, `{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"<ACCOUNT_NUMBER>"}]}]}]}`},
		{"a card as a count", js, "", `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"asInt":"4111111111111111","count":4111111111111111}]}}]}]}]}`, `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"sum":{"dataPoints":[{"asInt":"1111111111111111","count":1111111111111111}]}}]}]}]}`},
		{"a card as a number of a log", nd, "", `{"ts":4111111111111111,"n":4111111111111111}`, `{"ts":1111111111111111,"n":1111111111111111}`},
		{"a level", nd, "", `{"level":"lena@example.com","time":"2026-11-24T10:00:00Z lena@example.com"}`, `{"level":"<PRIVATE_EMAIL>","time":"2026-11-24T10:00:00Z <PRIVATE_EMAIL>"}`},
		{"tags", js, "/api/v2/logs", `{"ddtags":"lena@example.com:x,a:lena@example.com,lena@example.com,b:\u006cena@example.com","message":"x"}`, `{"ddtags":"<PRIVATE_EMAIL>:x,a:<PRIVATE_EMAIL>,<PRIVATE_EMAIL>,b:<PRIVATE_EMAIL>","message":"x"}`},
		{"an event under a form's label", "application/x-www-form-urlencoded", "/services/collector", `{"event":"lena@example.com"}{"event":{"a":"lena@example.com"}}`, `{"event":"<PRIVATE_EMAIL>"}{"event":{"a":"<PRIVATE_EMAIL>"}}`},
		{"a raw line under a form's label", "application/x-www-form-urlencoded", "/services/collector/raw", "user=lena%40example.com&x lena@example.com\n", "user=%3CPRIVATE_EMAIL%3E&x <PRIVATE_EMAIL>\n"},
		{"the address of a project that is none", "", "/api/1/envelope/", `{"dsn":"https://lena@example.com/1","sent_at":"lena@example.com"}` + "\n", `{"dsn":"https://<PRIVATE_EMAIL>/1","sent_at":"<PRIVATE_EMAIL>"}` + "\n"},
		{"an item under a wrong type", "", "/api/1/envelope/", "{}\n" + `{"type":"attachment","length":34}` + "\n" + `{"a":"\u006c\u0065na@example.com"}` + "\n", "{}\n" + `{"type":"attachment","length":23}` + "\n" + `{"a":"<PRIVATE_EMAIL>"}` + "\n"},
		{"a release", "", "/api/1/envelope/", "{}\n" + `{"type":"event"}` + "\n" + `{"release":"lena@example.com","event_id":"lena@example.com"}`, "{}\n" + `{"type":"event"}` + "\n" + `{"release":"<PRIVATE_EMAIL>","event_id":"<PRIVATE_EMAIL>"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, err := hardened(t, Policy{Protect: protect.Logs}).Process(t.Context(), nil, Message{Body: []byte(tt.in), ContentType: []string{tt.contentType}, Path: tt.path})
			if err != nil {
				t.Fatal(err)
			}
			if got := string(r.Body); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What nobody can read in an envelope stops it, or passes by itself.
func TestAttackUnreadItem(t *testing.T) {
	in := "{}\n" + `{"type":"attachment","length":5}` + "\n\x89PNG\x00\n" + `{"type":"event"}` + "\n" + `{"m":"lena@example.com"}`
	m := Message{Body: []byte(in), ContentType: []string{"application/x-sentry-envelope"}}
	var stopped *Error
	if _, err := newFilter(t, Policy{}).Process(t.Context(), testModel, m); !errors.As(err, &stopped) || stopped.Reason != ReasonUnsupported {
		t.Errorf("%v", err)
	}
	r := process(t, newFilter(t, Policy{Unsupported: UnsupportedPass}), m)
	if want := strings.Replace(in, "lena@example.com", "<PRIVATE_EMAIL>", 1); string(r.Body) != want || r.Report.Unread != 1 {
		t.Errorf("%d unread, %q", r.Report.Unread, r.Body)
	}
}

// Sentry's first clients sent events as base64 of zlib.
func TestAttackPackedEvent(t *testing.T) {
	for _, level := range []int{zlib.BestSpeed, zlib.DefaultCompression, zlib.BestCompression} {
		var b bytes.Buffer
		w, _ := zlib.NewWriterLevel(&b, level)
		io.WriteString(w, `{"event_id":"4bf92f3577b34da6a3ce929d0e0e4736","message":"login of lena@example.com","level":"error"}`)
		w.Close()
		m := Message{Body: []byte(base64.StdEncoding.EncodeToString(b.Bytes())), Path: "/api/1/store/", ContentType: []string{"application/octet-stream"}}
		r := process(t, hardened(t, Policy{Protect: protect.Logs}), m)
		raw, err := base64.StdEncoding.DecodeString(string(r.Body))
		if err != nil {
			t.Fatal(err)
		}
		z, err := zlib.NewReader(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(z)
		if want := `{"event_id":"4bf92f3577b34da6a3ce929d0e0e4736","message":"login of <PRIVATE_EMAIL>","level":"error"}`; err != nil || string(got) != want {
			t.Errorf("level %d: %s, %v", level, got, err)
		}
	}
}

// Masking never makes a body longer than its receiver takes: with less room,
// values give way to asterisks, and what cannot get shorter is refused.
func TestLimitsOfReceivers(t *testing.T) {
	const entry = `{"message":"lena@example.com"}`
	list := func(n, size int) []byte {
		pad := strings.Repeat("x", size-len(`{"message":"","pad":""}`)-len("a@b.co"))
		return []byte("[" + strings.TrimSuffix(strings.Repeat(`{"message":"a@b.co","pad":"`+pad+`"},`, n), ",") + "]")
	}
	for _, tt := range []struct {
		name   string
		in     []byte
		policy Policy
		want   string // of the first message
	}{
		{"there is room", []byte("[" + entry + "]"), Policy{}, "<PRIVATE_EMAIL>"},
		{"an entry would be too long", list(2, 1_000_000-3), Policy{}, "******"},
		{"an entry has room", list(2, 1_000_000-20), Policy{}, "<PRIVATE_EMAIL>"},
		{"it was too long before", list(2, 1_000_010), Policy{}, "******"},
		{"the body would be too long", list(49_500, 100), Policy{}, "******"},
		{"hashes would be too long", list(2, 1_000_000-30), Policy{Key: []byte("k"), Default: mask.Action{Kind: mask.Hash}}, "******"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := process(t, hardened(t, tt.policy), Message{Body: tt.in, ContentType: []string{"application/json"}, Path: "/api/v2/logs"})
			var read []struct{ Message string }
			if err := json.Unmarshal(r.Body, &read); err != nil || read[0].Message != tt.want {
				t.Errorf("%v: %q", err, read[0].Message)
			}
			if len(r.Body) > max(5_000_000, len(tt.in)) {
				t.Errorf("%d bytes became %d", len(tt.in), len(r.Body))
			}
			if bytes.Contains(r.Body, []byte("a@b.co")) {
				t.Error("leaked")
			}
		})
	}
	f := hardened(t, Policy{Format: strings.Repeat("x", 200)})
	text := bytes.Repeat([]byte("lena@example.com "), 5_000_000/17)
	r, err := f.Process(t.Context(), nil, Message{Body: text, Path: "/api/v2/logs", ContentType: []string{"text/plain"}})
	if err != nil || len(r.Body) > 5_000_000 || bytes.Contains(r.Body, []byte("lena")) {
		t.Errorf("text: %d bytes, %v", len(r.Body), err)
	}
}

// A template costs once, whatever its times, ids and numbers are.
func TestRecordsCostOnce(t *testing.T) {
	model := seen{}
	m := Message{Body: templates(1000), ContentType: []string{"application/x-ndjson"}}
	r, err := newFilter(t, Policy{Protect: protect.Logs}).Process(t.Context(), model, m)
	if err != nil {
		t.Fatal(err)
	}
	if got := len(model); got != len(templateMessages) {
		t.Errorf("%d different texts for %d templates in %d segments: %v", got, len(templateMessages), r.Report.Segments, model)
	}
}

var templateMessages = []string{"login of Elena Markovic from a new device", "payment accepted", "cache miss for the catalogue", "retrying the upstream", "session closed"}

// templates writes n records of a few templates.
func templates(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, `{"@timestamp":"2026-11-24T10:%02d:%02d.%03dZ","level":"info","logger":"shop","trace_id":"4bf92f3577b34da6a3ce%012x","message":%q,"duration_ms":%d.%d,"bytes":%d,"request":"4bf92f35-77b3-4da6-a3ce-%012x"}`+"\n",
			i/60%60, i%60, i%1000, i*7919, templateMessages[i%len(templateMessages)], i*37%9000, i%10, i*i, i)
	}
	return b.Bytes()
}
