package filter_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// newRuleStream begins a stream that rules look at.
func newRuleStream(t testing.TB, contentType, head string) *filter.Stream {
	t.Helper()
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: filter.Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.NewStream(nil, filter.StreamMessage{ContentType: []string{contentType}, Head: []byte(head)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func write(t *testing.T, s *filter.Stream, p string) string {
	t.Helper()
	out, err := s.Write(t.Context(), []byte(p))
	if err != nil {
		t.Fatal(err)
	}
	return string(bytes.Join(out, nil))
}

// TestStreamFlows: what is complete has left before the next write comes.
func TestStreamFlows(t *testing.T) {
	chat := func(texts ...string) (out []string) {
		for _, text := range texts {
			out = append(out, delta(text))
		}
		return out
	}
	responses := func(texts ...string) (out []string) {
		for _, text := range texts {
			out = append(out, `data: {"type":"response.output_text.delta","item_id":"m","output_index":0,"content_index":0,"delta":`+quoted(text)+"}\n\n")
		}
		return out
	}
	for _, tt := range []struct {
		name, contentType string
		writes            []string
	}{
		{"words of greeting", events, []string{"data: first\n\n", "data: second\n\n", "data: hello world\n\n", "data: tick 1\n\n", "data: tick 2\n\n", "data: event-3\n\n"}},
		{"counters", events, []string{"data: 1\n\n", "data: 2\n\n", "data: 3\n\n"}},
		{"counters in JSON", events, []string{"data: {\"n\":1}\n\n", "data: {\"n\":10}\n\n", "data: {\"status\":\"building\",\"progress\":50}\n\n", "data: {\"type\":\"sync\",\"hash\":\"9f86d081884c7d659a2f\"}\n\n"}},
		{"records", events, []string{"data: {\"user\":\"anna\",\"note\":\"I will be there.\"}\n\n", "id: 7\nevent: message\ndata: {\"user\":\"bob\",\"subject\":\"where\"}\n\n"}},
		{"comments", events, []string{": ping\n\n", ":\n\n", ": keep alive\r\n\r\n", ": x\r\r"}},
		{"retry", events, []string{"retry: 3000\n\n", "id: 1\n\n", "event: open\n\n"}},
		{"pings of Anthropic", events, []string{"event: ping\ndata: {\"type\":\"ping\"}\n\n", "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"content\":[]}}\n\n"}},
		{"sentences", events, chat("How can I help you today?", " It is done.", " Write to lena@example.com.", "\n", "A line\n", " Yes!", "これは文です。")},
		{"sentences of Responses", events, responses("This is all there is to it.", " Is it?", "\n\n")},
		{"the role", events, []string{`data: {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}` + "\n\n"}},
		{"an end", events, append(chat("It is Contoso."), `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\n", "data: [DONE]\n\n")},
		{"records by line", lines, []string{"{\"level\":\"info\",\"msg\":\"started\"}\n", "{\"n\":1}\n", "{\"user\":\"anna\"}\n", "4\n", "\"x\"\n"}},
		{"lines of text", "text/plain", []string{"line 1\n", "line 2\n", "hello\n", "done.\n", "12 of 30\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newRuleStream(t, tt.contentType, tt.writes[0])
			in, out := 0, ""
			for i, p := range tt.writes {
				in += len(p)
				out += write(t, s, p)
				missing := in - len(strings.ReplaceAll(out, "<PRIVATE_EMAIL>", "lena@example.com"))
				if held := tt.name == "an end" && i == 0 || tt.contentType == "text/plain" && missing == 1; missing != 0 && !held {
					t.Fatalf("behind %q, %d bytes wait: %q", p, missing, out)
				}
			}
		})
	}
}

// TestStreamOfValues: what looks like a value of its own a few times is one.
func TestStreamOfValues(t *testing.T) {
	for _, tt := range []struct{ name, format string }{
		{"in JSON", "event: price\ndata: {\"symbol\":\"%s\",\"n\":1}\n\n"},
		{"as text", "data: %s\n\n"},
		{"as JSON text", "data: \"%s\"\n\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newRuleStream(t, events, "")
			var in, out string
			for i, symbol := range []string{"AAPL", "MSFT", "GOOG", "NVDA", "AMZN", "TSLA", "AAPL", "META"} {
				p := fmt.Sprintf(tt.format, symbol)
				in += p
				if out += write(t, s, p); i > 4 && out != in {
					t.Fatalf("of %q left %q", in, out)
				}
			}
			out += write(t, s, fmt.Sprintf(tt.format, "to lena@")+fmt.Sprintf(tt.format, "example.com.")+fmt.Sprintf(tt.format, " bye."))
			if strings.Contains(out, "lena") || !strings.Contains(out, "<PRIVATE_EMAIL>") {
				t.Errorf("left %q", out)
			}
		})
	}
}

// TestStreamPingsOvertake: they keep a connection alive while text waits.
func TestStreamPingsOvertake(t *testing.T) {
	s := newRuleStream(t, events, "")
	if out := write(t, s, delta("lena@exam")); out != "" {
		t.Fatalf("a value that may go on left: %q", out)
	}
	for _, ping := range []string{": ping\n\n", "event: ping\ndata: {\"type\": \"ping\"}\n\n"} {
		if out := write(t, s, ping); out != ping {
			t.Errorf("of %q left %q", ping, out)
		}
	}
	out := write(t, s, delta("ple.com, ")+delta("is it. "))
	if said := saidIn(t, out); said != "<PRIVATE_EMAIL>, is it. " {
		t.Errorf("got %q", said)
	}
}

// TestStreamTokensGo: what repeats the text as tokens goes where text is
// masked, and stays where it is not.
func TestStreamTokensGo(t *testing.T) {
	chunk := func(token string) string {
		return fmt.Sprintf(`data: {"choices":[{"index":0,"delta":{"content":%s},"logprobs":{"content":[{"token":%[1]s,"logprob":-0.1,"bytes":[108,101],"top_logprobs":[]}]}}]}`+"\n\n", quoted(token))
	}
	var body strings.Builder
	for _, token := range []string{"Write", " to", " lena", "@", "example", ".com", " now", "."} {
		body.WriteString(chunk(token))
	}
	out, err := ruleStream(t, events, body.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range []string{"lena", `"@"`, "example", ".com"} {
		if strings.Contains(out, raw) {
			t.Errorf("%s got through: %s", raw, out)
		}
	}
	if n := strings.Count(out, `"logprobs":null`); n != 4 {
		t.Errorf("%d of 4 chunks lost their tokens: %s", n, out)
	}
}
