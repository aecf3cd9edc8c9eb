package filter

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// fataler is a testing.TB or *rapid.T.
type fataler interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// stream filters a body in the given writes, and returns what leaves.
func stream(t fataler, f *Filter, m StreamMessage, writes ...[]byte) [][]byte {
	t.Helper()
	s, err := f.NewStream(testModel, m)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]byte
	for _, p := range writes {
		got, err := s.Write(context.Background(), bytes.Clone(p))
		if err != nil {
			t.Fatalf("Write: %v", err)
		}
		out = append(out, got...)
	}
	got, err := s.Close(context.Background())
	if err != nil {
		t.Fatalf("Close: %v", err)
	}
	return append(out, got...)
}

var (
	sse    = StreamMessage{ContentType: []string{"text/event-stream"}}
	ndjson = StreamMessage{ContentType: []string{"application/x-ndjson"}}
	plain  = StreamMessage{ContentType: []string{"text/plain"}, Head: []byte("a")}
)

// partition cuts a body somewhere.
func partition[T []byte | string](t *rapid.T, p T, name string) (parts []T) {
	for len(p) > 0 {
		n := rapid.OneOf(rapid.IntRange(1, min(4, len(p))), rapid.IntRange(1, len(p))).Draw(t, name)
		parts, p = append(parts, p[:n]), p[n:]
	}
	return parts
}

// chat writes a stream of OpenAI's with these deltas.
func chat(deltas ...string) []byte {
	var b bytes.Buffer
	for _, d := range deltas {
		text, _ := json.Marshal(d)
		fmt.Fprintf(&b, `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m","choices":[{"index":0,"delta":{"content":%s},"finish_reason":null}]}`+"\n\n", text)
	}
	b.WriteString("data: [DONE]\n\n")
	return b.Bytes()
}

// said is the text of a stream of OpenAI's.
func said(t fataler, body []byte) string {
	t.Helper()
	var b strings.Builder
	for line := range bytes.Lines(body) {
		data, ok := bytes.CutPrefix(line, []byte("data: {"))
		if !ok {
			continue
		}
		var chunk struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if err := json.Unmarshal(append([]byte("{"), data...), &chunk); err != nil {
			t.Fatalf("no JSON any more: %v in %s", err, data)
		}
		for _, c := range chunk.Choices {
			b.WriteString(c.Delta.Content)
		}
	}
	return b.String()
}

const talk = "Hello! My name is Elena Markovic. Write to lena@example.com, or pay with 4111 1111 1111 1111.\n" +
	"Zoë Müller said: \"I will be there today.\" 李小龍說。Then she left for Berlin and wrote zoe.m+x@mail.example.org!"

const talkMasked = "Hello! My name is <PRIVATE_PERSON>. Write to <PRIVATE_EMAIL>, or pay with <ACCOUNT_NUMBER>.\n" +
	"<PRIVATE_PERSON> said: \"I will be there today.\" <PRIVATE_PERSON>說。Then she left for Berlin and wrote <PRIVATE_EMAIL>!"

func TestStreamOfDeltas(t *testing.T) {
	f := newFilter(t, Policy{})
	var runes []string
	for _, r := range talk {
		runes = append(runes, string(r))
	}
	for name, deltas := range map[string][]string{
		"one": {talk}, "words": strings.SplitAfter(talk, " "), "characters": runes,
	} {
		out := stream(t, f, sse, chat(deltas...))
		if got := said(t, bytes.Join(out, nil)); got != talkMasked {
			t.Errorf("%s:\n got %s\nwant %s", name, got, talkMasked)
		}
		if len(out) != len(deltas)+1 {
			t.Errorf("%s: %d events became %d", name, len(deltas)+1, len(out))
		}
	}
}

func TestStreamDoesNotDependOnReads(t *testing.T) {
	f := newFilter(t, Policy{})
	rapid.Check(t, func(t *rapid.T) {
		deltas := partition(t, talk, "delta")
		body := append([]byte(": hi\n\nid: 1\nretry: 10\n"), chat(deltas...)...)
		if rapid.Bool().Draw(t, "crlf") {
			body = bytes.ReplaceAll(body, []byte("\n"), []byte("\r\n"))
		}
		whole := bytes.Join(stream(t, f, sse, body), nil)
		parts := bytes.Join(stream(t, f, sse, partition(t, body, "read")...), nil)
		if !bytes.Equal(whole, parts) {
			t.Fatalf("whole %s\nparts %s", whole, parts)
		}
	})
}

func TestStreamDoesNotDependOnDeltas(t *testing.T) {
	f := newFilter(t, Policy{})
	rapid.Check(t, func(t *rapid.T) {
		var deltas []string
		for rest := []rune(talk); len(rest) > 0; {
			n := rapid.IntRange(1, min(12, len(rest))).Draw(t, "delta")
			deltas, rest = append(deltas, string(rest[:n])), rest[n:]
		}
		if got := said(t, bytes.Join(stream(t, f, sse, chat(deltas...)), nil)); got != talkMasked {
			t.Fatalf("got %s", got)
		}
	})
}

func TestTextStream(t *testing.T) {
	f := newFilter(t, Policy{})
	rapid.Check(t, func(t *rapid.T) {
		if got := string(bytes.Join(stream(t, f, plain, partition(t, []byte(talk), "read")...), nil)); got != talkMasked {
			t.Fatalf("got %s", got)
		}
	})
}

// TestStreamOfComments: what stands around the data of events is read as data
// is, by rules and model, and waits for nothing.
func TestStreamOfComments(t *testing.T) {
	f := newFilter(t, Policy{})
	for in, want := range map[string]string{
		": Elena Markovic\n\n":                                ": <PRIVATE_PERSON>\n\n",
		":Elena Markovic is typing\n\n":                       ":<PRIVATE_PERSON> is typing\n\n",
		": 李小龍說\n\n":                                          ": <PRIVATE_PERSON>說\n\n",
		": it was Elena Markovic\r: lena@example.com\r\r":     ": it was <PRIVATE_PERSON>\r: <PRIVATE_EMAIL>\r\r",
		"id: Elena Markovic\nevent: 李小龍\ndata: {\"n\":1}\n\n": "id: <PRIVATE_PERSON>\nevent: <PRIVATE_PERSON>\ndata: {\"n\":1}\n\n",
		"data: {\"status\":\"李小龍說\",\"n\":1}\n\n":             "data: {\"status\":\"<PRIVATE_PERSON>說\",\"n\":1}\n\n",
		": OPENROUTER PROCESSING\n\n":                         ": OPENROUTER PROCESSING\n\n",
	} {
		s, err := f.NewStream(testModel, sse)
		if err != nil {
			t.Fatal(err)
		}
		waiting := []byte(`data: {"choices":[{"index":0,"delta":{"content":"write to lena@exam"}}]}` + "\n\n")
		if out, err := s.Write(t.Context(), waiting); err != nil || len(out) > 0 {
			t.Fatalf("%q, %v", out, err)
		}
		out, err := s.Write(t.Context(), []byte(in))
		if strings.Contains(in, "data") { // it keeps its place
			out, err = s.Close(t.Context())
			out = out[min(len(out), 1):]
		}
		if got := string(bytes.Join(out, nil)); err != nil || got != want {
			t.Errorf("of %q left %q, %v", in, got, err)
		}
		s.Stop()
	}
}
