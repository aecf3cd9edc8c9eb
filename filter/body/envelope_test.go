package body

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const envelopePath = "/api/42/envelope/"

func TestEnvelopeSlots(t *testing.T) {
	const head = `{"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","dsn":"https://e12d836b15bb49d7bbf99e64295d995b@sentry.io/42"}` + "\n"
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"an attachment of text, and an event", head + `{"type":"attachment","length":10,"content_type":"text/plain","filename":"hello.txt"}` + "\n" + "\xef\xbb\xbfHello\r\n\n" + `{"type":"event","length":41,"content_type":"application/json"}` + "\n" + `{"message":"hello world","level":"error"}` + "\n", []string{"v:type=attachment", "v:content_type=text/plain", "v:filename=hello.txt", "v:Hello\r\n", "v:type=event", "v:content_type=application/json", "v:message=hello world"}},
		{"without lengths", head + `{"type":"session"}` + "\n" + `{"started":"2026-02-07T14:16:00Z","attrs":{"release":"sentry-test@1.0.0"}}`, []string{"v:type=session"}},
		{"an empty payload, and no line end", head + `{"type":"attachment","length":0}` + "\n\n" + `{"type":"attachment","length":0}`, []string{"v:type=attachment", "v:type=attachment"}},
		{"a payload with lines like headers", head + `{"type":"attachment","length":17}` + "\n" + `{"type":"event"}` + "\n" + "\n", []string{"v:type=attachment", "v:type=event"}},
		{"lines between items", head + "\n\n" + `{"type":"log"}` + "\n" + `{"items":[{"body":"x"}]}` + "\n\n\n", []string{"v:type=log", "l:x"}},
		{"only a header", head, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			doc := parseAt(t, tt.in, "text/plain;charset=UTF-8", envelopePath, false)
			if got := values(doc); doc.Format != Envelope || !slices.Equal(got, tt.want) {
				t.Errorf("%s\ngot  %q\nwant %q", doc.Format, got, tt.want)
			}
			if got := doc.Splice(nil); string(got) != tt.in {
				t.Errorf("without edits the body became %q", got)
			}
			if other := parseAt(t, tt.in, "application/octet-stream", "", false); tt.want != nil && other.Format != Envelope {
				t.Errorf("by its content it is %s", other.Format)
			}
		})
	}
}

// What two readers of envelopes would take apart in two ways is refused.
func TestEnvelopesRefused(t *testing.T) {
	for _, tt := range []struct{ name, items string }{
		{"a length beyond the end", `{"type":"event","length":100}` + "\n{}"},
		{"a length that ends within a line", `{"type":"attachment","length":1}` + "\nab\n"},
		{"two lengths", `{"type":"attachment","length":1,"length":2}` + "\nab"},
		{"two lengths, one in escapes", `{"type":"attachment","length":1,"l\u0065ngth":2}` + "\nab"},
		{"a length that is no number", `{"type":"attachment","length":"2"}` + "\nab"},
		{"a length below zero", `{"type":"attachment","length":-1}` + "\nab"},
		{"a length in a strange form", `{"type":"attachment","length":2e0}` + "\nab"},
		{"a length of null", `{"type":"attachment","length":null}` + "\nab"},
		{"two types", `{"type":"attachment","type":"event","length":2}` + "\nab"},
		{"no type", `{"length":2}` + "\n{}"},
		{"a header that is a list", `["type"]` + "\n{}"},
		{"a header that is no JSON", "lena@example.com\n{}"},
		{"a header with something behind it", `{"type":"event"} x` + "\n{}"},
		{"two headers in one line", `{"type":"event"}{"type":"event"}` + "\n{}"},
	} {
		h := Hint{Path: envelopePath}
		if doc, err := Parse([]byte("{}\n"+tt.items), h, Options{}); !errors.Is(err, ErrAmbiguous) {
			t.Errorf("%s: document %+v, error %v", tt.name, doc, err)
		}
	}
}

func TestItemsThatCannotBeRead(t *testing.T) {
	in := "{}\n" + `{"type":"attachment","length":21,"filename":"` + canary + `"}` + "\n\x89PNG\x00" + canary + "\n" + `{"type":"event"}` + "\n" + `{"message":"` + canary + `"}`
	doc := parseAt(t, in, envelopeType, "", false)
	if doc.Unread != 1 {
		t.Errorf("%d unread items", doc.Unread)
	}
	want := "{}\n" + `{"type":"attachment","length":21,"filename":"` + masked + `"}` + "\n\x89PNG\x00" + canary + "\n" + `{"type":"event"}` + "\n" + `{"message":"` + masked + `"}`
	if got := string(maskAll(doc)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// readEnvelope takes an envelope apart by its documentation: type, file name
// and payload of every item.
func readEnvelope(raw []byte) (items []string, ok bool) {
	line := func() (l []byte) {
		l, raw, _ = bytes.Cut(raw, []byte("\n"))
		return l
	}
	if !json.Valid(line()) {
		return nil, false
	}
	for len(raw) > 0 {
		var item struct {
			Type, Filename string
			Length         *int
		}
		if json.Unmarshal(line(), &item) != nil {
			return nil, false
		}
		var payload []byte
		if item.Length == nil {
			payload = line()
		} else {
			n := *item.Length
			if n > len(raw) || n < len(raw) && raw[n] != '\n' {
				return nil, false
			}
			payload, raw = raw[:n], raw[min(n+1, len(raw)):]
		}
		items = append(items, fmt.Sprintf("%s %q %q", item.Type, item.Filename, payload))
	}
	return items, true
}

// What a reader by the documentation finds in a masked envelope is what it
// found before, but for the value that was masked.
func TestSplicedEnvelopeIsEnvelope(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{canary, " ", "é", "x", "\n", `"`, `\`, "{", "😀", "a b"}), 0, 8)
	rapid.Check(t, func(t *rapid.T) {
		in := []byte(`{"sent_at":"2026-11-24T10:00:00Z"}` + "\n")
		for range rapid.IntRange(0, 4).Draw(t, "items") {
			text := strings.Join(words.Draw(t, "text"), "")
			payload, _ := json.Marshal(map[string]string{"message": text})
			kind := rapid.SampledFrom([]string{"event", "attachment", "log"}).Draw(t, "type")
			if kind == "attachment" {
				payload = []byte("a" + text)
			}
			name, _ := json.Marshal(strings.Join(words.Draw(t, "name"), ""))
			length := ""
			if kind == "attachment" || rapid.Bool().Draw(t, "length") {
				length = `,"length": ` + strconv.Itoa(len(payload))
			}
			in = fmt.Appendf(in, "{\"type\":%q%s,\"filename\":%s}\n%s\n", kind, length, name, payload)
		}
		doc, err := Parse(in, Hint{Path: envelopePath}, Options{})
		if err != nil || doc.Format != Envelope {
			t.Fatalf("%q: %v, %v", in, doc, err)
		}
		if out := doc.Splice(nil); !bytes.Equal(out, in) {
			t.Fatalf("%q became %q without an edit", in, out)
		}
		out := maskAll(doc)
		before, ok := readEnvelope(in)
		after, okAfter := readEnvelope(out)
		for i := range before {
			before[i] = strings.ReplaceAll(before[i], canary, masked)
		}
		if !ok || !okAfter || !slices.Equal(before, after) {
			t.Fatalf("%q became %q:\n%q\n%q", in, out, before, after)
		}
	})
}

func FuzzEnvelope(f *testing.F) {
	for _, in := range []string{
		"{}\n", "{}\n{\"type\":\"event\"}\n{\"m\":\"lena@example.com\"}\n", "{}\n{\"type\":\"attachment\",\"length\":16,\"filename\":\"lena@example.com\"}\nlena@example.com",
		"{\"dsn\":1}\n\n{\"type\":\"log\",\"length\":2}\n{}\n{\"type\":\"attachment\"}\n\x00\xff", "{}\n{\"type\":\"attachment\",\"content_type\":\"multipart/mixed; boundary=b\",\"length\":31}\n--b\n\nlena@example.com\n--b--\n     ",
	} {
		f.Add([]byte(in))
	}
	h := Hint{Path: envelopePath}
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != Envelope {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		out := maskAll(doc)
		again, err := Parse(out, h, Options{})
		if err != nil || again.Format != Envelope {
			t.Fatalf("%q became %q: %v", raw, out, err)
		}
		for i := range again.Slots {
			if text := again.AppendText(nil, int32(i)); bytes.Contains(text, []byte(canary)) && doc.Unread == again.Unread {
				t.Fatalf("%q became %q: slot %d is still %q", raw, out, i, text)
			}
		}
	})
}
