package caddymodule

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2/caddyconfig/caddyfile"
	"github.com/caddyserver/caddy/v2/caddyconfig/httpcaddyfile"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/encode/gzip"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
)

// site puts options into the block of the directive.
func site(options ...string) string {
	return ":80 {\n\tprivacy_filter {\n\t\t" + strings.Join(options, "\n\t\t") + "\n\t}\n}\n"
}

// global puts options into the block of the global option.
func global(options ...string) string {
	return "{\n\tprivacy_filter {\n\t\t" + strings.Join(options, "\n\t\t") + "\n\t}\n}\n"
}

func TestHandlerCaddyfile(t *testing.T) {
	for _, row := range []struct {
		name, input string
		want        string // JSON of the handler
	}{
		{"alone", ":80 {\n\tprivacy_filter\n}", `{}`},
		{"an empty block", ":80 {\n\tprivacy_filter {\n\t}\n}", `{}`},
		{"a matcher", ":80 {\n\tprivacy_filter /v1/*\n}", `{}`},
		{"directions", site("request off", "response mask"), `{"request":"off","response":"mask"}`},
		{
			"categories",
			site("category private_date keep", "category account_number partial 4", "category secret block", "default hash"),
			`{"categories":{"account_number":"partial 4","private_date":"keep","secret":"block"},"default":"hash"}`,
		},
		{"a category of a fine-tuned model", site("category vehicle_plate redact"), `{"categories":{"vehicle_plate":"redact"}}`},
		{"format", site(`format "[{category}]"`), `{"format":"[{category}]"}`},
		{
			"lists may be repeated",
			site(`allow "support@example.com" 10.0.0.1`, "allow me", "skip $.tools $.a[*].id", "skip $..trace"),
			`{"allow":["support@example.com","10.0.0.1","me"],"skip":["$.tools","$.a[*].id","$..trace"]}`,
		},
		{"flags", site("keys", "monitor", "rules_only"), `{"keys":true,"monitor":true,"rules_only":true}`},
		{"numbers", site("numbers string"), `{"numbers":"string"}`},
		{
			"preset",
			site("preset logs", "own_hosts a.example 10.0.0.0/8", "own_hosts 192.0.2.1", "dates all", "protect off", "keys off", "named", "model embedded-fast", "operating_point recall"),
			`{"dates":"all","keys":false,"model":"embedded-fast","named":true,"operating_point":"recall","own_hosts":["a.example","10.0.0.0/8","192.0.2.1"],"preset":"logs","protect":"off"}`,
		},
		{"sizes and times", site("max_body 2MiB", "max_stream 1GiB", "deadline 1m30s"), `{"max_body":2097152,"max_stream":1073741824,"deadline":90000000000}`},
		{
			"policies",
			site("unsupported pass", "signed pass", "on_error open"),
			`{"unsupported":"pass","signed":"pass","on_error":"open"}`,
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := adapt(t, row.input)
			want := `{"handler":"privacy_filter"}`
			if row.want != "{}" {
				want = `{"handler":"privacy_filter",` + row.want[1:]
			}
			if !containsJSON(t, got, want) {
				t.Errorf("adapted to %s, want %s in it", got, want)
			}
		})
	}
}

func TestAppCaddyfile(t *testing.T) {
	for _, row := range []struct{ name, input, want string }{
		{"an empty block", "{\n\tprivacy_filter\n}\n", `{"privacy_filter":{}}`},
		{"model", global("model /srv/model q4"), `{"privacy_filter":{"model":"/srv/model","variant":"q4"}}`},
		{"placeholders stay", global("key {env.PRIVACY_FILTER_KEY}"), `{"privacy_filter":{"key":"{env.PRIVACY_FILTER_KEY}"}}`},
		{"device", global("device cuda 1"), `{"privacy_filter":{"device":"cuda:1"}}`},
		{"operating point", global("operating_point recall"), `{"privacy_filter":{"operating_point":"recall"}}`},
		{"fallback", global("fallback embedded-fast"), `{"privacy_filter":{"fallback":"embedded-fast"}}`},
		{"engine", global("engine onnx"), `{"privacy_filter":{"engine":"onnx"}}`},
		{
			"servers",
			global("model /srv/model", "engine kserve https://a.example https://b.example privacy-filter {\n\t\t\theader authorization \"Bearer {env.TOKEN}\"\n\t\t\theader X-Team a\n\t\t\tca /srv/ca.pem\n\t\t\tin_flight 4\n\t\t\tmax_rows 32\n\t\t\ttimeout 5s\n\t\t\tinsecure\n\t\t}"),
			`{"privacy_filter":{"model":"/srv/model","engine":"kserve","remote":{"urls":["https://a.example","https://b.example"],"model":"privacy-filter",
			"headers":{"Authorization":"Bearer {env.TOKEN}","X-Team":"a"},"ca":"/srv/ca.pem","in_flight":4,"max_rows":32,"timeout":5000000000,"insecure":true}}}`,
		},
		{"one server", global("engine vllm http://127.0.0.1:8000 openai/privacy-filter"), `{"privacy_filter":{"engine":"vllm","remote":{"urls":["http://127.0.0.1:8000"],"model":"openai/privacy-filter"}}}`},
		{
			"limits",
			global("max_batch_tokens 16384", "queue 4096 {\n\t\t\tdeadline 10s\n\t\t}", "cache 64MiB", "memory 1GiB"),
			`{"privacy_filter":{"max_batch_tokens":16384,"queue":{"size":4096,"deadline":10000000000},"cache":67108864,"memory":1073741824}}`,
		},
		{"no cache", global("cache off"), `{"privacy_filter":{"cache":-1}}`},
		{"a queue without a block", global("queue 7"), `{"privacy_filter":{"queue":{"size":7}}}`},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := adapt(t, row.input); !containsJSON(t, got, row.want) {
				t.Errorf("adapted to %s, want %s in it", got, row.want)
			}
		})
	}
}

// TestCaddyfileErrors: whatever is unknown, repeated, missing or too much is
// refused, and the message says where.
func TestCaddyfileErrors(t *testing.T) {
	for _, row := range []struct{ name, input, want string }{
		{"unknown option", site("request mask", "reqest mask"), "unrecognized subdirective 'reqest', at Caddyfile:4"},
		{"repeated option", site("request mask", "request off"), "request already specified, at Caddyfile:4"},
		{"repeated flag", site("monitor", "monitor"), "monitor already specified, at Caddyfile:4"},
		{"repeated category", site("category secret keep", "category secret block"), "category 'secret' already has an action, at Caddyfile:4"},
		{"argument behind the matcher", ":80 {\n\tprivacy_filter /a b\n}", "wrong argument count or unexpected line ending after 'b', at Caddyfile:2"},
		{"unknown choice", site("request redact"), "request: want mask or off, not 'redact', at Caddyfile:3"},
		{"restore", site("response restore"), "response restore is not available yet"},
		{"unknown preset", site("preset lax"), "preset: want code or llm or logs or strict, not \"lax\", at Caddyfile:3"},
		{"two presets", site("preset llm", "preset code"), "preset already specified, at Caddyfile:4"},
		{"own host is a link", site("own_hosts https://a.example"), "own_hosts: want a host name, an address, or a network"},
		{"dates", site("dates none"), "dates: want birth or all, not 'none', at Caddyfile:3"},
		{"protect", site("protect json"), "protect: want code or logs or off, not 'json', at Caddyfile:3"},
		{"operating point", site("operating_point high"), "operating_point: want balanced or recall, not 'high', at Caddyfile:3"},
		{"images", site("images blur"), "images: want redact or block or pass, not 'blur', at Caddyfile:3"},
		{"category without action", site("category secret"), "at Caddyfile:3"},
		{"unknown action", site("category secret hide"), `unknown action "hide"`},
		{"action with too much", site("category secret keep 4"), `unexpected argument "4"`},
		{"too many letters kept", site("default partial 400"), "at Caddyfile:3"},
		{"category in capitals", site("category Secret keep"), "category 'Secret': want lower-case"},
		{"flag with an argument", site("keys on"), "at Caddyfile:3"},
		{"allow without a value", site("allow"), "at Caddyfile:3"},
		{"skip is no path", site("skip tools"), "want a path such as $.tools"},
		{"size", site("max_body big"), "want a size such as 10MiB, not 'big', at Caddyfile:3"},
		{"no size at all", site("max_body 0"), "want a size"},
		{"duration", site("deadline soon"), "want a duration such as 10s, not 'soon', at Caddyfile:3"},
		{"negative duration", site("deadline -1s"), "want a duration"},
		{"format with a line break", site("format \"a\nb\""), "placeholder format"},
		{"a block in an option", site("keys {\n\t\t\tx\n\t\t}"), "unrecognized subdirective"},

		{"global: unknown option", global("models x"), "unrecognized option 'models', at Caddyfile:3"},
		{"global: repeated option", global("cache 1MiB", "cache 2MiB"), "cache already specified, at Caddyfile:4"},
		{"global: twice", "{\n\tprivacy_filter {\n\t}\n\tprivacy_filter\n}\n", "privacy_filter is already configured, at Caddyfile:4"},
		{"global: argument", "{\n\tprivacy_filter on\n}\n", "at Caddyfile:2"},
		{"global: model of three words", global("model a b c"), "at Caddyfile:3"},
		{"global: unknown device", global("device tpu"), `unknown device "tpu"`},
		{"global: cpu with an index", global("device cpu 1"), "device cpu has no index, at Caddyfile:3"},
		{"global: unknown engine", global("engine tpu"), "engine: want onnx, kserve or vllm, not 'tpu', at Caddyfile:3"},
		{"global: engine here with a server", global("engine onnx https://triton:8000"), "at Caddyfile:3"},
		{"global: server without a model", global("engine kserve https://triton:8000"), "want one URL or more, and the model's name"},
		{"global: unknown in engine", global("engine vllm http://[::1]:8000 m {\n\t\t\tretries 3\n\t\t}"), "unrecognized option 'retries' of engine vllm, at Caddyfile:4"},
		{"global: header twice", global("engine vllm http://[::1]:8000 m {\n\t\t\theader X-A b\n\t\t\theader x-a c\n\t\t}"), "header X-A is set twice, at Caddyfile:5"},
		{"global: ocr", global("ocr {\n\t\t\teffort slow\n\t\t}"), "effort: want fast or balanced or thorough, not 'slow'"},
		{"global: queue of none", global("queue 0"), "want a positive number, not '0', at Caddyfile:3"},
		{"global: unknown in queue", global("queue 1 {\n\t\t\tlimit 3\n\t\t}"), "unrecognized option 'limit' of queue, at Caddyfile:4"},
		{"global: deadline twice", global("queue 1 {\n\t\t\tdeadline 1s\n\t\t\tdeadline 1s\n\t\t}"), "deadline already specified, at Caddyfile:5"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, _, err := adapter().Adapt([]byte(row.input), nil)
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("error %v, want %q in it", err, row.want)
			}
		})
	}
}

// TestDirectiveOrder: what encode compresses is masked, whatever the order in
// the file.
func TestDirectiveOrder(t *testing.T) {
	got := adapt(t, ":80 {\n\treverse_proxy localhost:1\n\tprivacy_filter\n\tencode gzip\n}")
	encode, filter, proxy := strings.Index(got, `"encode"`), strings.Index(got, `"privacy_filter"`), strings.Index(got, `"reverse_proxy"`)
	if encode < 0 || filter < encode || proxy < filter {
		t.Errorf("order of handlers in %s", got)
	}
}

func adapter() caddyfile.Adapter { return caddyfile.Adapter{ServerType: httpcaddyfile.ServerType{}} }

func adapt(t *testing.T, input string) string {
	t.Helper()
	got, _, err := adapter().Adapt([]byte(input), nil)
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

// containsJSON says whether want stands anywhere in a document, all of it.
func containsJSON(t *testing.T, document, want string) bool {
	t.Helper()
	var doc, part any
	if err := json.Unmarshal([]byte(document), &doc); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &part); err != nil {
		t.Fatal(err)
	}
	canonical, err := json.Marshal(part)
	if err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Contains(string(again), string(canonical))
}
