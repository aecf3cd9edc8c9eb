package filter_test

import (
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// BenchmarkStream measures what the filter adds to an event, by rules alone:
// tokens of a chat as OpenAI sends them, most of which wait for no one.
func BenchmarkStream(b *testing.B) {
	const text = "Sure, I can help you with that. Your appointment with Elena Markovic is on Thursday at ten, and she will " +
		"send the papers to lena@example.com before. If you need to change it, call +49 170 1234567 during the week. "
	var chat []string
	for _, word := range strings.SplitAfter(text, " ") {
		chat = append(chat, `data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"m","system_fingerprint":"fp_1","choices":[{"index":0,"delta":{"content":`+quoted(word)+`},"logprobs":null,"finish_reason":null}]}`+"\n\n")
	}
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: filter.Policy{RulesOnly: true}})
	if err != nil {
		b.Fatal(err)
	}
	for _, bb := range []struct {
		name, contentType string
		units             []string
	}{
		{"chat", events, chat},
		{"other JSON", events, []string{"event: price\ndata: {\"symbol\":\"ABC\",\"price\":12.5,\"time\":\"2026-11-24T16:00:00Z\"}\n\n"}},
		{"comment", events, []string{": ping\n\n"}},
		{"lines", lines, []string{"{\"level\":\"info\",\"msg\":\"request served\",\"status\":200,\"duration\":0.01}\n"}},
		{"text", "text/plain", []string{text}},
	} {
		b.Run(bb.name, func(b *testing.B) {
			s, err := f.NewStream(nil, filter.StreamMessage{ContentType: []string{bb.contentType}, Head: []byte("S")})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Stop()
			units := make([][]byte, len(bb.units))
			size := 0
			for i, u := range bb.units {
				units[i] = []byte(u)
				size += len(u)
			}
			b.SetBytes(int64(size / len(units)))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := s.Write(b.Context(), units[i%len(units)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
