package filter

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/eventstream"
	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

var frames = StreamMessage{ContentType: []string{"application/vnd.amazon.eventstream"}}

// awsFrame writes a message as Amazon's own library does.
func awsFrame(event string, payload []byte, more ...eventstream.Header) []byte {
	m := eventstream.Message{Payload: payload}
	m.Headers.Set(":event-type", eventstream.StringValue(event))
	m.Headers.Set(":content-type", eventstream.StringValue("application/json"))
	m.Headers.Set(":message-type", eventstream.StringValue("event"))
	m.Headers = append(m.Headers, more...)
	var b bytes.Buffer
	if err := eventstream.NewEncoder().Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// awsFrames reads them; the library checks both checksums of each.
func awsFrames(t fataler, raw []byte) (out []eventstream.Message) {
	t.Helper()
	r := bytes.NewReader(raw)
	for {
		m, err := eventstream.NewDecoder().Decode(r, nil)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		out = append(out, m)
	}
}

// converse writes a stream of ConverseStream with these deltas of two blocks.
func converse(texts, inputs []string) (out [][]byte) {
	delta := func(block int, delta any) {
		raw, _ := json.Marshal(map[string]any{"contentBlockIndex": block, "delta": delta, "p": "abcdefghijkl"})
		out = append(out, awsFrame("contentBlockDelta", raw))
	}
	out = append(out, awsFrame("messageStart", []byte(`{"role":"assistant","p":"abc"}`)))
	for i := range max(len(texts), len(inputs)) {
		if i < len(texts) {
			delta(0, map[string]string{"text": texts[i]})
		}
		if i < len(inputs) {
			delta(1, map[string]any{"toolUse": map[string]string{"input": inputs[i]}})
		}
	}
	for _, block := range []string{"0", "1"} {
		out = append(out, awsFrame("contentBlockStop", []byte(`{"contentBlockIndex":`+block+`,"p":"abcdef"}`)))
	}
	return append(out, awsFrame("messageStop", []byte(`{"stopReason":"end_turn","p":"abcd"}`)),
		awsFrame("metadata", []byte(`{"metrics":{"latencyMs":1234},"usage":{"inputTokens":12,"outputTokens":3},"p":"a"}`)))
}

// conversed is what the blocks of such a stream say.
func conversed(t fataler, raw []byte) (text, input string) {
	t.Helper()
	for _, m := range awsFrames(t, raw) {
		var p struct {
			Delta struct {
				Text    string
				ToolUse struct{ Input string }
			}
		}
		if err := json.Unmarshal(m.Payload, &p); err != nil {
			t.Fatalf("%q: %v", m.Payload, err)
		}
		text += p.Delta.Text
		input += p.Delta.ToolUse.Input
	}
	return text, input
}

// What is said over several events is one text, whatever the deltas and the
// reads; events stay events, and those with nothing in them stay as they are.
func TestStreamBedrock(t *testing.T) {
	const says = "I wrote to lena@example.com for Elena Markovic. The card is 4111 1111 1111 1111, \"ok\"? Done."
	const masked = `I wrote to <PRIVATE_EMAIL> for <PRIVATE_PERSON>. The card is <ACCOUNT_NUMBER>, "ok"? Done.`
	f := newFilter(t, Policy{})
	rapid.Check(t, func(t *rapid.T) {
		in := converse(partition(t, says, "text"), partition(t, `{"to":"lena@example.com","n":1}`, "input"))
		whole := slices.Concat(in...)
		out := stream(t, f, frames, partition(t, whole, "read")...)
		text, input := conversed(t, bytes.Join(out, nil))
		var args map[string]any
		if err := json.Unmarshal([]byte(input), &args); err != nil || text != masked || args["to"] != "<PRIVATE_EMAIL>" {
			t.Fatalf("said %q and %q", text, input)
		}
		if len(out) != len(in) {
			t.Fatalf("%d events became %d", len(in), len(out))
		}
		for _, i := range []int{0, len(in) - 4, len(in) - 1} {
			if !bytes.Equal(in[i], out[i]) {
				t.Fatalf("%q became %q", in[i], out[i])
			}
		}
		r, err := f.Process(t.Context(), testModel, Message{Body: whole, ContentType: frames.ContentType})
		if err != nil || !bytes.Equal(r.Body, bytes.Join(out, nil)) || !r.Changed {
			t.Fatalf("as a whole: %q, %v", r.Body, err)
		}
	})
}

// The events of a model itself come in base64, within JSON.
func TestStreamBedrockOfModels(t *testing.T) {
	wrap := func(inner string) []byte {
		return awsFrame("chunk", []byte(`{"bytes":"`+base64.StdEncoding.EncodeToString([]byte(inner))+`","p":"abcdefgh"}`))
	}
	in := [][]byte{wrap(`{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}`)}
	for _, s := range []string{"write to le", "na@exam", "ple.com. ", "Bye."} {
		in = append(in, wrap(`{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"`+s+`"}}`))
	}
	in = append(in, wrap(`{"type":"content_block_stop","index":0}`), wrap(`{"type":"message_stop"}`))
	out := bytes.Join(stream(t, newFilter(t, Policy{}), frames, in...), nil)
	var said strings.Builder
	for _, m := range awsFrames(t, out) {
		var p struct {
			Bytes []byte
			P     string
		}
		var inner struct{ Delta struct{ Text string } }
		if err := json.Unmarshal(m.Payload, &p); err != nil || p.P != "abcdefgh" {
			t.Fatalf("%q: %v", m.Payload, err)
		}
		if err := json.Unmarshal(p.Bytes, &inner); err != nil {
			t.Fatalf("%q: %v", p.Bytes, err)
		}
		said.WriteString(inner.Delta.Text)
	}
	if said.String() != "write to <PRIVATE_EMAIL>. Bye." {
		t.Errorf("said %q", said.String())
	}
}

func TestFramesAreInspected(t *testing.T) {
	str := func(name, value string) eventstream.Header {
		return eventstream.Header{Name: name, Value: eventstream.StringValue(value)}
	}
	long := strings.Repeat("x ", 150)
	for _, tt := range []struct {
		name      string
		in, want  []byte
		unchanged bool
	}{
		{"an exception", awsFrame("a", []byte(`{}`), str(":exception-message", "no lena@example.com")), awsFrame("a", []byte(`{}`), str(":exception-message", "no <PRIVATE_EMAIL>")), false},
		{"a header of one's own", awsFrame("a", nil, str("from", "lena@example.com")), awsFrame("a", nil, str("from", "<PRIVATE_EMAIL>")), false},
		{"the name of a header", awsFrame("a", nil, str("lena@example.com", "x")), awsFrame("a", nil, str("<PRIVATE_EMAIL>", "x")), false},
		{"a type that is none", awsFrame("lena@example.com", nil), awsFrame("<PRIVATE_EMAIL>", nil), false},
		{"bytes in a header", awsFrame("a", nil, eventstream.Header{Name: "b", Value: eventstream.BytesValue("lena@example.com")}), awsFrame("a", nil, eventstream.Header{Name: "b", Value: eventstream.BytesValue("<PRIVATE_EMAIL>")}), false},
		{"header and payload", awsFrame("a", []byte(`{"x":"lena@example.com"}`), str("b", long+"lena@example.com")), awsFrame("a", []byte(`{"x":"<PRIVATE_EMAIL>"}`), str("b", long+"<PRIVATE_EMAIL>")), false},
		{"beside the bytes", awsFrame("chunk", []byte(`{"p":"lena@example.com","bytes":"e30="}`)), awsFrame("chunk", []byte(`{"p":"<PRIVATE_EMAIL>","bytes":"e30="}`)), false},
		{"padding that is none", awsFrame("messageStop", []byte(`{"p":"lena@example.com"}`)), awsFrame("messageStop", []byte(`{"p":"<PRIVATE_EMAIL>"}`)), false},
		{"bytes twice", awsFrame("chunk", []byte(`{"bytes":"e30=","bytes":"`+base64.StdEncoding.EncodeToString([]byte("to lena@example.com now"))+`"}`)), awsFrame("chunk", []byte(`{"bytes":"e30=","bytes":"`+base64.StdEncoding.EncodeToString([]byte("to <PRIVATE_EMAIL> now"))+`"}`)), false},
		{"text", awsFrame("a", []byte("lena@example.com")), awsFrame("a", []byte("<PRIVATE_EMAIL>")), false},
		{"nothing", awsFrame("a", []byte(`{"x":"é"}`), str("b", "c"), eventstream.Header{Name: "t", Value: eventstream.Int64Value(4111)}), nil, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.unchanged {
				tt.want = tt.in
			}
			got := bytes.Join(stream(t, newFilter(t, Policy{}), frames, tt.in), nil)
			if !bytes.Equal(got, tt.want) {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			awsFrames(t, got)
		})
	}
}

func TestFramesThatLie(t *testing.T) {
	good := awsFrame("a", []byte(`{"x":"lena@example.com"}`))
	change := func(at int, b byte, sums bool) []byte {
		out := slices.Clone(good)
		out[at] = b
		if sums {
			binary.BigEndian.PutUint32(out[8:], crc32.ChecksumIEEE(out[:8]))
			binary.BigEndian.PutUint32(out[len(out)-4:], crc32.ChecksumIEEE(out[:len(out)-4]))
		}
		return out
	}
	for name, in := range map[string][]byte{
		"a wrong checksum":            change(20, 'x', false),
		"a wrong checksum of lengths": change(8, 'x', false),
		"a length of nothing":         append(slices.Clone(good), 0, 0, 0, 0),
		"a length that is too long":   change(3, good[3]+1, true),
		"headers that are too long":   change(7, 0xff, true),
		"headers that end early":      change(7, good[7]-1, true),
		"a header of an unknown type": change(24, 10, true),
		"a name that is too long":     change(12, 0xff, true),
		"a frame that is cut off":     good[:len(good)-1],
		"bytes behind":                append(slices.Clone(good), 'x'),
		"binary that nobody can read": awsFrame("audio", []byte("\x00\x01\xff\xfe\x03")),
		"a text in front of all":      append([]byte("lena@example.com"), good...),
		"UTF-16 instead of UTF-8":     awsFrame("a", []byte("l\x00e\x00n\x00a\x00@\x00x\x00.\x00d\x00e\x00")),
	} {
		t.Run(name, func(t *testing.T) {
			f := newFilter(t, Policy{})
			out, err := tryStream(f, frames, in)
			if e := new(Error); !errors.As(err, &e) || e.Reason != ReasonUnsupported {
				t.Errorf("%q, %v", out, err)
			}
			if bytes.Contains(out, []byte("lena")) {
				t.Errorf("%q", out)
			}
			if _, err := f.Process(t.Context(), testModel, Message{Body: in, ContentType: frames.ContentType}); err == nil {
				t.Error("as a whole it passes")
			}
		})
	}
	r := process(t, newFilter(t, Policy{Unsupported: UnsupportedPass}), Message{
		Body:        slices.Concat(awsFrame("audio", []byte("\x00\x01\xff\xfe")), good),
		ContentType: frames.ContentType,
	})
	if want := slices.Concat(awsFrame("audio", []byte("\x00\x01\xff\xfe")), awsFrame("a", []byte(`{"x":"<PRIVATE_EMAIL>"}`))); !bytes.Equal(r.Body, want) || r.Report.Unread != 1 {
		t.Errorf("%q, unread %d", r.Body, r.Report.Unread)
	}
}

func FuzzFrames(f *testing.F) {
	f.Add(slices.Concat(converse([]string{"to lena@exa", "mple.com. Bye"}, []string{`{"a":`, `1}`})...), []byte{3, 9})
	f.Add(awsFrame("chunk", []byte(`{"bytes":"`+base64.StdEncoding.EncodeToString([]byte(`{"text":"lena@example.com"}`))+`"}`)), []byte{40})
	filter := newFilter(f, Policy{})
	f.Fuzz(func(t *testing.T, raw, cuts []byte) {
		sealed := seal(raw)
		whole, err := tryStream(filter, frames, sealed)
		var reads [][]byte
		for rest, i := sealed, 0; len(rest) > 0; i++ {
			n := len(rest)
			if i < len(cuts) {
				n = min(n, 1+int(cuts[i]))
			}
			reads, rest = append(reads, rest[:n]), rest[n:]
		}
		again, err2 := tryStream(filter, frames, reads...)
		if (err == nil) != (err2 == nil) || err == nil && !bytes.Equal(whole, again) {
			t.Fatalf("%q in reads: %q, %v; as one: %q, %v", sealed, again, err2, whole, err)
		}
		if err == nil && len(whole) > 0 {
			if new(body.Frames).Next(whole, false) == 0 {
				t.Fatalf("%q became %q", sealed, whole)
			}
			awsFrames(t, whole)
		}
	})
}

// seal makes the checksums of frames agree, so that fuzzing gets past them.
func seal(raw []byte) []byte {
	out := slices.Clone(raw)
	for rest := out; len(rest) >= 16; {
		n := binary.BigEndian.Uint32(rest)
		if n < 16 || uint64(n) > uint64(len(rest)) {
			break
		}
		binary.BigEndian.PutUint32(rest[8:], crc32.ChecksumIEEE(rest[:8]))
		binary.BigEndian.PutUint32(rest[n-4:], crc32.ChecksumIEEE(rest[:n-4]))
		rest = rest[n:]
	}
	return out
}
