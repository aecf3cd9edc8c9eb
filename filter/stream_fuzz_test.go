package filter

import (
	"bytes"
	"context"
	"testing"
)

// FuzzStream: where a stream is cut into reads changes nothing, and nothing
// leaves after an error.
func FuzzStream(f *testing.F) {
	for kind, body := range []string{
		"data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"I am lena@exam\"}}]}\n\n: ping\n\ndata: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"ple.com. Bye\"}}]}\n\ndata: [DONE]\n\n",
		"{\"response\":\"len\",\"model\":\"m\",\"done\":false}\r\n{\"response\":\"a@example.com\",\"model\":\"m\",\"done\":true}\n",
		"[{\"text\":\"lena@\"},\n {\"text\":\"example.com\"} ]\n",
		"I am Elena Markovic. Write to lena@example.com\r\nor call.",
		"\xEF\xBB\xBFevent: a\rdata: lena\rdata: @example.com\r\rdata:x\n: c\ndata\n\nid: 4111 1111 1111 1111\n\n",
		"event: endpoint\ndata: /m?s=1\n\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"text\":\"lena@example.com\"}}\n\ndata: <p>lena@example.com</p>\ndata: <p>x</p>\n\nevent: done\ndata: lena\n\n",
	} {
		f.Add([]byte(body), byte(kind), uint64(kind))
	}
	kinds := []StreamMessage{sse, ndjson, {ContentType: []string{"application/json"}, Head: []byte("[{")}, plain, sse, sse}
	f.Fuzz(func(t *testing.T, body []byte, kind byte, seed uint64) {
		m := kinds[int(kind)%len(kinds)]
		filter := newFilter(t, Policy{})
		whole, err := tryStream(filter, m, body)
		var reads [][]byte
		for rest := body; len(rest) > 0; {
			seed = seed*6364136223846793005 + 1442695040888963407
			n := min(len(rest), 1+int(seed>>59))
			reads, rest = append(reads, rest[:n]), rest[n:]
		}
		split, err2 := tryStream(filter, m, reads...)
		if (err == nil) != (err2 == nil) {
			t.Fatalf("error %v, split %v", err, err2)
		}
		if err == nil && !bytes.Equal(whole, split) {
			t.Fatalf("whole %q\nsplit %q", whole, split)
		}
		if err == nil && m.kind() == textStream {
			if again, _ := tryStream(filter, m, whole); !bytes.Equal(again, whole) {
				t.Fatalf("masked %q\nagain  %q", whole, again)
			}
		}
	})
}

// tryStream returns what left of a stream, and the error that stopped it.
func tryStream(f *Filter, m StreamMessage, reads ...[]byte) ([]byte, error) {
	s, err := f.NewStream(testModel, m)
	if err != nil {
		return nil, err
	}
	defer s.Stop()
	var out []byte
	for _, p := range reads {
		got, err := s.Write(context.Background(), bytes.Clone(p))
		if err != nil {
			if len(got) > 0 {
				panic("bytes beside an error")
			}
			if got, again := s.Write(context.Background(), []byte("x")); len(got) > 0 || again == nil {
				panic("bytes after an error")
			}
			return out, err
		}
		out = append(out, bytes.Join(got, nil)...)
	}
	got, err := s.Close(context.Background())
	return append(out, bytes.Join(got, nil)...), err
}
