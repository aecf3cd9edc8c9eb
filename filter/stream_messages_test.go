package filter

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
)

func grpcJSON(encoding string) StreamMessage {
	return StreamMessage{ContentType: []string{"application/grpc+json"}, Path: "/any.Service/Call", MessageEncoding: encoding}
}

// grpcMessages reads what a peer of gRPC would.
func grpcMessages(t fataler, raw []byte, encoding string) (out []string) {
	t.Helper()
	for len(raw) > 0 {
		n := binary.BigEndian.Uint32(raw[1:])
		message := raw[5 : 5+n]
		if raw[0] == 1 {
			var err error
			if message, _, err = coding.Decode(message, []string{encoding}, coding.Limits{}); err != nil {
				t.Fatal(err)
			}
		}
		out, raw = append(out, string(message)), raw[5+n:]
	}
	return out
}

// Messages of gRPC's JSON codec leave one by one, whatever the reads.
func TestStreamGRPC(t *testing.T) {
	f := newFilter(t, Policy{})
	rapid.Check(t, func(t *rapid.T) {
		encoding := rapid.SampledFrom([]string{"", "gzip"}).Draw(t, "encoding")
		in := [][]byte{grpcFrame("", nil)}
		for _, delta := range partition(t, "I wrote to lena@example.com. It is \"ok\". ", "delta") {
			raw, _ := json.Marshal(map[string]string{"id": "m", "text": delta})
			in = append(in, grpcFrame(encoding, raw))
		}
		in = append(in, grpcFrame("", []byte(`{"from":"lena@example.com"}`)))
		out := stream(t, f, grpcJSON(encoding), partition(t, slices.Concat(in...), "read")...)
		said, messages := "", grpcMessages(t, bytes.Join(out, nil), encoding)
		for _, m := range messages[1 : len(messages)-1] {
			var v struct{ Text string }
			if err := json.Unmarshal([]byte(m), &v); err != nil {
				t.Fatalf("%q: %v", m, err)
			}
			said += v.Text
		}
		if len(out) != len(in) || said != "I wrote to <PRIVATE_EMAIL>. It is \"ok\". " || messages[len(messages)-1] != `{"from":"<PRIVATE_EMAIL>"}` {
			t.Fatalf("%d of %d messages, said %q, last %q", len(out), len(in), said, messages[len(messages)-1])
		}
	})
	for name, in := range map[string][]byte{
		"no JSON":             grpcFrame("", []byte("lena@example.com")),
		"cut off":             grpcFrame("", []byte(`{"a":"lena@example.com"}`))[:20],
		"an unknown flag":     append([]byte{2}, grpcFrame("", []byte(`{"a":"lena@example.com"}`))[1:]...),
		"an unknown coding":   grpcFrame("gzip", []byte(`{"a":"lena@example.com"}`)),
		"a coding that lies":  append([]byte{1}, grpcFrame("", []byte(`{"a":"lena@example.com"}`))[1:]...),
		"something behind":    append(grpcFrame("", []byte(`{}`)), "lena"...),
		"two values":          grpcFrame("", []byte(`{} {"a":"lena@example.com"}`)),
		"a length that is no": {0, 0xff, 0xff, 0xff, 0xff, '{'},
	} {
		out, err := tryStream(f, grpcJSON(""), in)
		if e := new(Error); !errors.As(err, &e) || bytes.Contains(out, []byte("lena")) {
			t.Errorf("%s: %q, %v", name, out, err)
		}
	}
}
