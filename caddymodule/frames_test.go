package caddymodule

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
)

// deltaFrame is an event of Bedrock's ConverseStream.
func deltaFrame(t testing.TB, text string) []byte {
	t.Helper()
	payload, err := json.Marshal(map[string]any{"contentBlockIndex": 0, "delta": map[string]string{"text": text}})
	if err != nil {
		t.Fatal(err)
	}
	m := eventstream.Message{Payload: payload}
	m.Headers.Set(":event-type", eventstream.StringValue("contentBlockDelta"))
	m.Headers.Set(":content-type", eventstream.StringValue("application/json"))
	m.Headers.Set(":message-type", eventstream.StringValue("event"))
	var b bytes.Buffer
	if err := eventstream.NewEncoder().Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// framesSay reads events by Amazon's own library, and returns what they say.
func framesSay(t testing.TB, raw string) (said string) {
	t.Helper()
	for r := strings.NewReader(raw); r.Len() > 0; {
		m, err := eventstream.NewDecoder().Decode(r, nil)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		var p struct{ Delta struct{ Text string } }
		if err := json.Unmarshal(m.Payload, &p); err != nil {
			t.Fatal(err)
		}
		said += p.Delta.Text
	}
	return said
}

// Amazon's event streams are masked in both directions, whole and as they
// come, short and long.
func TestFrames(t *testing.T) {
	for name, padding := range map[string]string{"short": "", "long": strings.Repeat("all is well. ", 10_000)} {
		var in []byte
		for _, text := range []string{"write to " + canary[:9], canary[9:], " now. ", padding, "Bye."} {
			in = append(in, deltaFrame(t, text)...)
		}
		want := "write to <PRIVATE_EMAIL> now. " + padding + "Bye."
		for _, length := range []string{"", strconv.Itoa(len(in))} {
			var got string
			g := newRig(t, &Handler{RulesOnly: true})
			srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				raw, err := io.ReadAll(r.Body)
				if err != nil {
					return err
				}
				got = string(raw)
				w.Header().Set("Content-Type", "application/vnd.amazon.eventstream")
				if length != "" {
					w.Header().Set("Content-Length", length)
				}
				_, err = w.Write(in)
				return err
			}})
			var body io.Reader = bytes.NewReader(in)
			if length == "" {
				body = stream(string(in))
			}
			answer := ask(t, client(t, "h1"), "POST", srv.URL, http.Header{"Content-Type": {"application/vnd.amazon.eventstream"}}, body)
			if said := framesSay(t, got); said != want {
				t.Errorf("%s, length %q: the server got %.100q", name, length, said)
			}
			if said := framesSay(t, answer.body); answer.failed || said != want {
				t.Errorf("%s, length %q: the client got %.100q", name, length, said)
			}
		}
	}
}
