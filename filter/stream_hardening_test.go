package filter_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// Attacks on streams: each test or row is a way to get a value through that an
// upstream, or somebody who writes into what it says, could try.

func ruleStream(t *testing.T, contentType string, reads ...string) (string, error) {
	t.Helper()
	head := strings.Join(reads, "")
	return headStream(t, filter.StreamMessage{ContentType: []string{contentType}, Head: []byte(head[:min(len(head), 64)])}, reads...)
}

func headStream(t *testing.T, m filter.StreamMessage, reads ...string) (string, error) {
	t.Helper()
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: filter.Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	s, err := f.NewStream(nil, m)
	if err != nil {
		return "", err
	}
	defer s.Stop()
	var out []byte
	for _, r := range reads {
		got, err := s.Write(t.Context(), []byte(r))
		if out = append(out, bytes.Join(got, nil)...); err != nil {
			return string(out), err
		}
	}
	got, err := s.Close(t.Context())
	return string(append(out, bytes.Join(got, nil)...)), err
}

const (
	events = "text/event-stream"
	lines  = "application/x-ndjson"
)

func quoted(text string) string {
	out, _ := json.Marshal(text)
	return string(out)
}

func delta(text string) string {
	return `data: {"choices":[{"index":0,"delta":{"content":` + quoted(text) + "}}]}\n\n"
}

// TestStreamHidesNothingInText: values in disguise, split into characters.
func TestStreamHidesNothingInText(t *testing.T) {
	for name, value := range map[string]string{
		"plain":             "lena@example.com",
		"zero width":        "lena\u200b@exam\u200dple.com",
		"full width":        "ｌｅｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ",
		"soft hyphen":       "lena@exam\u00adple.com",
		"percent":           "lena%40example.com",
		"reference":         "lena&#64;example.com",
		"JSON escape":       `lena\u0040example.com`,
		"base64":            base64.StdEncoding.EncodeToString([]byte("write to lena@example.com")),
		"card":              "4111 1111 1111 1111",
		"card in two lines": "4111 1111\n1111 1111",
		"card with stops":   "4111.1111.1111.1111",
		"phone":             "+49 (170) 123-4567",
		"IBAN":              "DE89 3704 0044 0532 0130 00",
		"key":               "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7bq3\nx. Yes! no\n-----END RSA PRIVATE KEY-----",
		"token":             "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
		"address of a host": "10.1.2.3",
	} {
		t.Run(name, func(t *testing.T) {
			text := "Here it is: " + value + " and so on."
			var body strings.Builder
			for _, r := range text {
				body.WriteString(delta(string(r)))
			}
			out, err := ruleStream(t, events, body.String())
			if err != nil {
				t.Fatal(err)
			}
			said := saidIn(t, out)
			if !strings.HasPrefix(said, "Here it is: ") || !strings.HasSuffix(said, "and so on.") {
				t.Errorf("the rest is gone: %q", said)
			}
			if strings.Contains(said, value[len(value)/3:]) {
				t.Errorf("got through: %q", said)
			}
		})
	}
}

func saidIn(t *testing.T, out string) string {
	t.Helper()
	var b strings.Builder
	for line := range strings.Lines(out) {
		data, ok := strings.CutPrefix(line, "data: {")
		if !ok {
			continue
		}
		var chunk struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if err := json.Unmarshal([]byte("{"+data), &chunk); err != nil {
			t.Fatalf("no JSON any more: %v: %q", err, data)
		}
		for _, c := range chunk.Choices {
			b.WriteString(c.Delta.Content)
		}
	}
	return b.String()
}

// TestStreamHidesNothingInFrames: values at every place of a stream.
func TestStreamHidesNothingInFrames(t *testing.T) {
	for _, tt := range []struct {
		name, contentType, body, raw string
	}{
		{"comment", events, ": to lena@example.com\n\n", "lena@"},
		{"comment between data", events, "data: {\"a\":\n: to lena@example.com\ndata: 1}\n\n", "lena@"},
		{"name of an event", events, "event: lena@example.com\ndata: x\n\n", "lena@"},
		{"id", events, "id: lena@example.com\n\n", "lena@"},
		{"unknown field", events, "lena@example.com: x\n\n", "lena@"},
		{"field that is a phone number", events, "tel:+491701234567\n\n", "170123"},
		{"no blank line at the end", events, "data: lena@example.com", "lena@"},
		{"carriage returns", events, "data: lena@\r\rdata: example.com\r\r", "lena@"},
		{"mixed line ends", events, "data: lena@\r\n\ndata: example.com\n\r\n", "lena@"},
		{"text without JSON", events, "data: lena\n\ndata: @exam\n\ndata: ple.com\n\n", "lena"},
		{"data in lines", events, "data: to lena@example.com\ndata: or not\n\n", "lena@"},
		{"JSON in lines", events, "data: {\"text\":\ndata: \"lena@\"}\n\ndata: {\"text\":\ndata: \"example.com\"}\n\n", "lena@"},
		{"strings as tokens", events, "data: \"lena@\"\n\ndata: \"example.com\"\n\n", "lena@"},
		{"numbers as tokens", events, "data: 4111\n\ndata: 1111\n\ndata: 1111\n\ndata: 1111\n\n", "4111"},
		{"text that looks like a number", events, "data: is\n\ndata:  4111\n\ndata:  1111\n\ndata:  1111\n\ndata:  1111\n\n", "4111"},
		{"mark in the middle of a stream", events, "data: {\"text\":\"lena@\"}\n\n\xEF\xBB\xBFdata: {\"text\":\" x \"}\n\ndata: {\"text\":\"example.com\"}\n\n", "lena@"},
		{"unknown JSON", events, "data: {\"n\":1,\"v\":\"lena\"}\n\ndata: {\"n\":2,\"v\":\"@example.com\"}\n\n", "lena"},
		{"escaped name", events, "data: {\"te\\u0078t\":\"lena@\"}\n\ndata: {\"text\":\"example.com\"}\n\n", "lena@"},
		{"a choice that always ends", events, `data: {"choices":[{"index":0,"delta":{"content":"le"},"finish_reason":"stop"}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"na@exam"},"finish_reason":"stop"}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"ple.com"},"finish_reason":"stop"}]}` + "\n\n", "na@"},
		{"choices in turn", events, `data: {"choices":[{"index":1,"delta":{"content":"lena@"}},{"index":0,"delta":{"content":"x"}}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"content":"y"}},{"index":1,"delta":{"content":"example.com"}}]}` + "\n\n", "lena@"},
		{"whole value", events, "data: {\"type\":\"x\",\"user\":{\"mail\":\"lena@example.com\",\"n\":\"b\"}}\n\n", "lena@"},
		{"number", events, "data: {\"card\":4111111111111111}\n\n", "4111111111111"},
		{"number in arguments", events, `data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"card\":41111111"}}]}}]}` + "\n\n" +
			`data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"11111111}"}}]}}]}` + "\n\n", "4111111"},
		{"lines", lines, "{\"text\":\"lena@\"}\n{\"text\":\"example.com\"}\n", "lena@"},
		{"lines behind a mark", lines, "\xEF\xBB\xBF{\"text\":\"lena@\"}\n{\"text\":\"example.com\"}\n", "lena@"},
		{"broken line", lines, "{\"a\":1}\n{\"text\":\"lena\\u0040example.com\"\n", "lena"},
		{"line without an end", lines, "{\"a\":\"lena@example.com\"}", "lena@"},
		{"list", "application/json", "[{\"text\":\"lena@\"},{\"text\":\"example.com\"}]", "lena@"},
		{"behind a list", "application/json", "[{\"a\":1}] {\"b\":\"lena@example.com\"}", "lena@"},
		{"plain text", "text/plain", "to lena@example.com", "lena@"},
		{"Latin-1", "text/plain", "Zo\xeb M\xfcller, lena@example.com", "lena@"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := ruleStream(t, tt.contentType, tt.body)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(out, tt.raw) {
				t.Errorf("got through: %q", out)
			}
			bytewise, err := ruleStream(t, tt.contentType, strings.SplitAfter(tt.body, "")...)
			if err != nil || bytewise != out {
				t.Errorf("byte by byte: %q, error %v; whole: %q", bytewise, err, out)
			}
		})
	}
}

// TestStreamStops: what cannot be looked at does not pass, nor does anything
// after it.
func TestStreamStops(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	for _, tt := range []struct {
		name, contentType, body string
		reason                  filter.Reason
	}{
		{"an event without an end", events, "data: " + strings.Repeat("lena@example.com ", 5<<18), filter.ReasonTooLarge},
		{"a line without an end", lines, strings.Repeat("lena@example.com ", 5<<18), filter.ReasonTooLarge},
		{"a token without an end", events, many(3000, `data: {"text":"lena@example.comx%d"}`+"\n\n"), filter.ReasonTooLarge},
		{"a key without an end", "text/plain", "lena -----BEGIN PRIVATE KEY-----" + many(3000, "\nMIIE%d. Yes!"), filter.ReasonTooLarge},
		{"arguments without an end", events, many(1<<16, `data: {"partial_json":"[\"lena@example.com %d\","}`+"\n\n"), filter.ReasonTooLarge},
		{"too many texts", events, many(1100, `data: {"index":%d,"text":"lena"}`+"\n\n"), filter.ReasonTooLarge},
		{"UTF-16", "text/plain", "l\x00e\x00n\x00a\x00", filter.ReasonUnsupported},
		{"a NUL in an event", events, "data: lena\x00@example.com\n\n", filter.ReasonUnsupported},
		{"members of one name", events, "data: {\"text\":\"lena@\",\"text\":\"x\"}\n\n", filter.ReasonUnsupported},
		{"choices of one name", events, "data: {\"choices\":[{\"delta\":{\"content\":\"lena@\"}}],\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n", filter.ReasonUnsupported},
		{"a list that is none", "application/json", "[{\"a\":1}, lena@example.com]", filter.ReasonUnsupported},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, err := ruleStream(t, tt.contentType, tt.body)
			var stopped *filter.Error
			if !errors.As(err, &stopped) || stopped.Reason != tt.reason {
				t.Fatalf("error %v, want %s", err, tt.reason)
			}
			if strings.Contains(out, "lena") || strings.Contains(err.Error(), "lena") {
				t.Errorf("got through: %.200q", out)
			}
		})
	}
}
