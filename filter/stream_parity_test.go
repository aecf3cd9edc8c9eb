package filter

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// TestStreamParity: what the rules find in a sentence is found whatever deltas
// it comes in: by characters and by words, alone and among others.
func TestStreamParity(t *testing.T) {
	f, err := New(Options{Rules: rules.New(), Policy: Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	sentences := paritySentences(t)
	for _, sentence := range sentences {
		want := whole(t, f, sentence)
		for name, parts := range map[string][]string{"whole": {sentence}, "characters": strings.Split(sentence, ""), "words": strings.SplitAfter(sentence, " ")} {
			if got := throughChat(t, f, parts); got != want {
				t.Errorf("%s:\n got %s\nwant %s", name, got, want)
			}
		}
	}
	for _, between := range []string{" ", "\n", "\n\n"} {
		text := strings.Join(sentences, between)
		want := whole(t, f, text)
		got := throughChat(t, f, strings.SplitAfter(text, " "))
		a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("among others:\n got %s\nwant %s", a[i], b[i])
			}
		}
	}
}

func whole(t *testing.T, f *Filter, text string) string {
	t.Helper()
	r, err := f.Process(t.Context(), nil, Message{Body: []byte(text), ContentType: []string{"text/plain"}})
	if err != nil {
		t.Fatal(err)
	}
	return string(r.Body)
}

func throughChat(t *testing.T, f *Filter, deltas []string) string {
	t.Helper()
	s, err := f.NewStream(nil, StreamMessage{ContentType: []string{"text/event-stream"}})
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	take := func(got [][]byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, bytes.Join(got, nil)...)
	}
	for _, d := range deltas {
		text, _ := json.Marshal(d)
		take(s.Write(context.Background(), []byte(`data: {"choices":[{"index":0,"delta":{"content":`+string(text)+"}}]}\n\n")))
	}
	take(s.Close(context.Background()))
	var said strings.Builder
	for line := range strings.Lines(string(out)) {
		data, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		var chunk struct {
			Choices []struct{ Delta struct{ Content string } }
		}
		if err := json.Unmarshal([]byte(data), &chunk); err != nil {
			t.Fatalf("no JSON any more: %v", err)
		}
		said.WriteString(chunk.Choices[0].Delta.Content)
	}
	return said.String()
}
