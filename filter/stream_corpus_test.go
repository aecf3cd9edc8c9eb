package filter

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// laned is a stream that carries many texts, each a text of its own.
type laned struct {
	name   string
	m      StreamMessage
	wrap   func([]string) []byte
	unwrap func(fataler, []byte) []string
	deltas bool // texts come in parts, so that placeholders may stand in other ones
}

var jsonList = StreamMessage{ContentType: []string{"application/json"}, Head: []byte(`[{`)}

var lanedStreams = []laned{
	{"choices of a chat", sse, func(all []string) []byte {
		return interleave(all, func(i int, part string) string {
			return event("", object{"choices": []any{object{"index": i, "delta": object{"content": part}}}})
		}) // and no [DONE]
	}, func(t fataler, b []byte) []string {
		return gather(t, b, func(o object) (any, any) {
			return dig(o, "choices", 0, "index"), dig(o, "choices", 0, "delta", "content")
		})
	}, true},
	{"content blocks of Anthropic", sse, func(all []string) []byte {
		return interleave(all, func(i int, part string) string {
			return event("content_block_delta", object{"type": "content_block_delta", "index": i, "delta": object{"type": "text_delta", "text": part}})
		})
	}, func(t fataler, b []byte) []string {
		return gather(t, b, func(o object) (any, any) { return o["index"], dig(o, "delta", "text") })
	}, true},
	{"items of OpenAI's responses", sse, func(all []string) []byte {
		return interleave(all, func(i int, part string) string {
			return event("response.output_text.delta", object{"type": "response.output_text.delta", "item_id": fmt.Sprint("msg_", i), "output_index": i, "content_index": 0, "delta": part})
		})
	}, func(t fataler, b []byte) []string {
		return gather(t, b, func(o object) (any, any) { return o["output_index"], o["delta"] })
	}, true},
	{"events", sse, func(all []string) []byte {
		return wrapEach(": hi\n\n", all, func(s string) string { return "id: 7\ndata: " + string(aRecord(s)) + "\n\n" }, "")
	}, func(t fataler, b []byte) (out []string) {
		for _, o := range datas(t, b) {
			out = append(out, text(o["note"]))
		}
		return out
	}, false},
	{"lines", ndjson, func(all []string) []byte {
		return wrapEach("", all, func(s string) string { return string(aRecord(s)) + "\r\n" }, "")
	}, func(_ fataler, b []byte) (out []string) {
		for line := range bytes.Lines(b) {
			out = append(out, ofRecord(line))
		}
		return out
	}, false},
	{"elements of a list", jsonList, func(all []string) []byte {
		return wrapEach("[", all, func(s string) string { return string(aRecord(s)) + " ,\n" }, `{"note":"","kind":"k"}]`)
	}, func(t fataler, b []byte) (out []string) {
		var list []map[string]string
		if err := json.Unmarshal(b, &list); err != nil {
			t.Fatalf("no JSON any more: %v", err)
		}
		for _, v := range list[:len(list)-1] {
			out = append(out, v["note"])
		}
		return out
	}, false},
	{"frames of Amazon's", frames, func(all []string) (out []byte) {
		for _, s := range all {
			out = append(out, awsFrame("note", aRecord(s))...)
		}
		return out
	}, func(t fataler, b []byte) (out []string) {
		for _, m := range awsFrames(t, b) {
			out = append(out, ofRecord(m.Payload))
		}
		return out
	}, false},
	{"content blocks of Bedrock", frames, func(all []string) []byte {
		return interleave(all, func(i int, part string) string {
			raw, _ := json.Marshal(object{"contentBlockIndex": i, "delta": object{"text": part}, "p": "abcdefghijkl"})
			return string(awsFrame("contentBlockDelta", raw))
		})
	}, func(t fataler, b []byte) []string {
		var data bytes.Buffer
		for _, m := range awsFrames(t, b) {
			fmt.Fprintf(&data, "data: %s\n\n", m.Payload)
		}
		return gather(t, data.Bytes(), func(o object) (any, any) { return o["contentBlockIndex"], dig(o, "delta", "text") })
	}, true},
	{"messages of gRPC in JSON", StreamMessage{ContentType: []string{"application/grpc+json"}, Path: "/any.Service/Call"}, func(all []string) (out []byte) {
		for _, s := range all {
			out = append(out, grpcFrame("", aRecord(s))...)
		}
		return out
	}, func(_ fataler, b []byte) (out []string) {
		for len(b) >= 5 {
			n := 5 + int(b[3])<<8 + int(b[4])
			out, b = append(out, ofRecord(b[5:n])), b[n:]
		}
		return out
	}, false},
}

// interleave writes a word of each text in turn.
func interleave(all []string, one func(i int, part string) string) []byte {
	var out []byte
	parts, more := make([][]string, len(all)), true
	for i, s := range all {
		parts[i] = strings.SplitAfter(s, " ")
	}
	for more {
		more = false
		for i := range parts {
			if len(parts[i]) > 0 {
				out = append(out, one(i, parts[i][0])...)
				parts[i], more = parts[i][1:], true
			}
		}
	}
	return out
}

// gather puts together what events say of each text.
func gather(t fataler, b []byte, of func(object) (index, part any)) []string {
	var out []string
	for _, o := range datas(t, b) {
		index, part := of(o)
		i, ok := index.(float64)
		if !ok {
			t.Fatalf("an event without a number: %v", o)
		}
		for len(out) <= int(i) {
			out = append(out, "")
		}
		out[int(i)] += text(part)
	}
	return out
}

// texts of events, without which they are what they were.
var eventTexts = regexp.MustCompile(`"(content|text|delta|note)":"(?:[^"\\]|\\.)*"`)

// TestStreamParityCorpus: every sentence of the corpus in every kind of stream,
// however it is cut. How deltas of a chat are cut is TestStreamParity's part.
func TestStreamParityCorpus(t *testing.T) {
	p := newParity(t)
	all := make([]int, len(p.sentences))
	for i := range all {
		all[i] = i
	}
	for _, c := range lanedStreams {
		t.Run(c.name, func(t *testing.T) {
			raw := c.wrap(p.sentences)
			if !slices.Equal(c.unwrap(t, raw), p.sentences) {
				t.Fatal("the carrier itself changes the sentences")
			}
			out := p.rules.stream(t, c.m, [][]byte{raw})
			p.comparePacked(t, c.unwrap(t, out), &p.rules, 0)
			if raw := p.rules.leak(out, all...); raw != "" {
				t.Errorf("%q passed", raw)
			}
			if !c.deltas && !bytes.Equal(out, c.wrap(p.rules.want)) {
				t.Error("something else has changed")
			}
			if c.m.ContentType[0] != frameType && !bytes.Equal(eventTexts.ReplaceAll(raw, nil), eventTexts.ReplaceAll(out, nil)) && len(c.m.Path) == 0 {
				t.Error("events have changed")
			}
			full := p.full.stream(t, c.m, [][]byte{raw})
			p.comparePacked(t, c.unwrap(t, full), &p.full, keyed)
			for name, cut := range cuts(raw) {
				if got := p.full.stream(t, c.m, cut); !bytes.Equal(got, full) {
					t.Errorf("%s: another stream", name)
				}
			}
			few := c.wrap(p.sentences[:20])
			if !bytes.Equal(p.full.stream(t, c.m, [][]byte{few}), p.full.stream(t, c.m, slices.Collect(slices.Chunk(few, 1)))) {
				t.Error("byte by byte: another stream")
			}
		})
	}
}

// TestTextStreamParity: a sentence as a stream of text, cut anywhere.
func TestTextStreamParity(t *testing.T) {
	p := newParity(t)
	for i, s := range p.sentences {
		for name, cut := range cuts([]byte(s)) {
			if got := string(p.full.stream(t, plain, cut)); got != p.full.want[i] {
				t.Errorf("%s:\n got %s\nwant %s", name, got, p.full.want[i])
			}
		}
	}
}

// stream filters a body in the given writes.
func (v *verdicts) stream(t *testing.T, m StreamMessage, writes [][]byte) []byte {
	t.Helper()
	s, err := v.f.NewStream(v.model, m)
	if err != nil {
		t.Fatal(err)
	}
	var out []byte
	for _, w := range append(writes, nil) {
		var got [][]byte
		if w == nil {
			got, err = s.Close(context.Background())
		} else {
			got, err = s.Write(context.Background(), bytes.Clone(w))
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, bytes.Join(got, nil)...)
	}
	return out
}

// cuts are ways in which a network may part a body.
func cuts(raw []byte) map[string][][]byte {
	out := map[string][][]byte{"packets": slices.Collect(slices.Chunk(raw, 1400))}
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 300))
		most := []int{7, 90, 5000}[seed]
		var parts [][]byte
		for rest := raw; len(rest) > 0; {
			n := 1 + r.IntN(min(most, len(rest)))
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		out[fmt.Sprintf("at most %d bytes", most)] = parts
	}
	return out
}
