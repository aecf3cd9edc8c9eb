package filter

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Streams of providers, written after their public API documents.

// event is one event with JSON as its data.
func event(name string, data any) string {
	text, err := json.Marshal(data)
	if err != nil {
		panic(err)
	}
	if name == "" {
		return "data: " + string(text) + "\n\n"
	}
	return "event: " + name + "\ndata: " + string(text) + "\n\n"
}

type object = map[string]any

// runes cuts a text into deltas.
func deltas(t *rapid.T, text string) (out []string) {
	for rest := []rune(text); len(rest) > 0; {
		n := rapid.IntRange(1, min(9, len(rest))).Draw(t, "delta")
		out, rest = append(out, string(rest[:n])), rest[n:]
	}
	return out
}

// datas are the JSON data of a stream of events.
func datas(t fataler, body []byte) (out []object) {
	for _, e := range strings.Split(string(body), "\n\n") {
		for line := range strings.Lines(e) {
			data, ok := strings.CutPrefix(line, "data: ")
			if !ok || strings.HasPrefix(data, "[DONE]") {
				continue
			}
			var o object
			if err := json.Unmarshal([]byte(data), &o); err != nil {
				t.Fatalf("no JSON any more: %v: %s", err, data)
			}
			out = append(out, o)
		}
	}
	return out
}

// dig takes apart what JSON was decoded to; what is not there is nil.
func dig(v any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			m, _ := v.(object)
			v = m[step]
		case int:
			l, _ := v.([]any)
			if step >= len(l) {
				return nil
			}
			v = l[step]
		}
	}
	return v
}

func text(v any) string { s, _ := v.(string); return s }

const (
	plainA  = "I am Elena Markovic. My card is 4111-1111-1111-1111, thanks! Write to lena@example.com today."
	maskedA = "I am <PRIVATE_PERSON>. My card is <ACCOUNT_NUMBER>, thanks! Write to <PRIVATE_EMAIL> today."
	plainB  = "Zoë Müller wrote zoe@mail.example.org yesterday\nand 李小龍 did not"
	maskedB = "<PRIVATE_PERSON> wrote <PRIVATE_EMAIL> yesterday\nand <PRIVATE_PERSON> did not"
	inputA  = `{"name":"Elena Markovic","to":["lena@example.com"],"note":"say \"hi\" to Zo\u00eb M\u00fcller"}`
	maskedI = `{"name":"<PRIVATE_PERSON>","to":["<PRIVATE_EMAIL>"],"note":"say \"hi\" to <PRIVATE_PERSON>"}`
)

// shuffle merges lists, each in its order, as a provider with several texts
// at once does.
func shuffle(t *rapid.T, lists ...[]string) (out []string) {
	for {
		lists = nonEmpty(lists)
		if len(lists) == 0 {
			return out
		}
		i := rapid.IntRange(0, len(lists)-1).Draw(t, "next")
		out, lists[i] = append(out, lists[i][0]), lists[i][1:]
	}
}

func nonEmpty(lists [][]string) (out [][]string) {
	for _, l := range lists {
		if len(l) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// sends runs a stream in random reads and checks that no event is lost.
func sends(t *rapid.T, m StreamMessage, events []string) []byte {
	f, err := New(Options{Rules: testRules})
	if err != nil {
		t.Fatal(err)
	}
	body := []byte(strings.Join(events, ""))
	out := stream(t, f, m, partition(t, body, "read")...)
	whole := stream(t, f, m, body)
	if len(out) < len(events)*9/10 {
		t.Fatalf("%d events became %d", len(events), len(out))
	}
	joined := bytes.Join(out, nil)
	if !bytes.Equal(joined, bytes.Join(whole, nil)) {
		t.Fatalf("reads change\n%s\nto\n%s", bytes.Join(whole, nil), joined)
	}
	for _, raw := range []string{"lena@", "4111", "Markovic", "Müller", `M\u00fcller`} {
		if bytes.Contains(joined, []byte(raw)) {
			t.Fatalf("%q got through: %s", raw, joined)
		}
	}
	return joined
}

func TestStreamOpenAIChat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chunk := func(index int, delta object, finish any) string {
			return event("", object{
				"id": "chatcmpl-9f", "object": "chat.completion.chunk", "created": 1732400000, "model": "gpt-x", "system_fingerprint": "fp_1",
				"choices": []any{object{"index": index, "delta": delta, "logprobs": nil, "finish_reason": finish}},
			})
		}
		texts := func(index int, name, text string) (out []string) {
			for _, d := range deltas(t, text) {
				out = append(out, chunk(index, object{name: d}, nil))
			}
			return out
		}
		var call []string
		for i, d := range deltas(t, inputA) {
			tool := object{"index": 1, "function": object{"arguments": d}}
			if i == 0 {
				tool["id"], tool["type"], tool["function"].(object)["name"] = "call_1", "function", "send_mail"
			}
			call = append(call, chunk(0, object{"tool_calls": []any{tool}}, nil))
		}
		events := append([]string{chunk(0, object{"role": "assistant", "content": ""}, nil)},
			shuffle(t, texts(0, "content", plainA), texts(1, "content", plainB), texts(0, "reasoning_content", plainB), call)...)
		events = append(events, chunk(0, object{}, "stop"), chunk(1, object{}, "stop"), "data: [DONE]\n\n")
		got := map[string]string{}
		for _, d := range datas(t, sends(t, sse, events)) {
			choice := dig(d, "choices", 0)
			at := fmt.Sprint(dig(choice, "index"))
			got[at+"content"] += text(dig(choice, "delta", "content"))
			got[at+"reasoning"] += text(dig(choice, "delta", "reasoning_content"))
			got[at+"call"] += text(dig(choice, "delta", "tool_calls", 0, "function", "arguments"))
		}
		for name, want := range map[string]string{"0content": maskedA, "1content": maskedB, "0reasoning": maskedB, "0call": maskedI} {
			if got[name] != want {
				t.Fatalf("%s: got %q, want %q", name, got[name], want)
			}
		}
	})
}

func TestStreamOpenAIResponses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := 0
		send := func(kind string, data object) string {
			n++
			data["type"], data["sequence_number"] = kind, n
			return event(kind, data)
		}
		at := func(o object) object {
			o["item_id"], o["output_index"], o["content_index"] = "msg_68", 0, 0
			return o
		}
		part := func(text string) object {
			return object{"type": "output_text", "text": text, "annotations": []any{}}
		}
		item := func(text string) object {
			return object{"id": "msg_68", "type": "message", "role": "assistant", "status": "completed", "content": []any{part(text)}}
		}
		call := func(arguments string) object {
			return object{"id": "fc_1", "type": "function_call", "call_id": "call_7", "name": "send_mail", "arguments": arguments}
		}
		events := []string{send("response.created", object{"response": object{"id": "resp_1", "status": "in_progress"}})}
		var texts, calls []string
		for _, d := range deltas(t, plainA) {
			texts = append(texts, send("response.output_text.delta", at(object{"delta": d, "obfuscation": "xK2", "logprobs": []any{object{"token": d, "bytes": []byte(d), "logprob": -0.5}}})))
		}
		for _, d := range deltas(t, inputA) {
			calls = append(calls, send("response.function_call_arguments.delta", object{"item_id": "fc_1", "output_index": 1, "delta": d}))
		}
		events = append(events, shuffle(t, texts, calls)...)
		events = append(events,
			send("response.output_text.done", at(object{"text": plainA, "logprobs": []any{object{"token": plainA}}})),
			send("response.content_part.done", at(object{"part": part(plainA)})),
			send("response.output_item.done", object{"output_index": 0, "item": item(plainA)}),
			send("response.function_call_arguments.done", object{"item_id": "fc_1", "output_index": 1, "arguments": inputA}),
			send("response.output_item.done", object{"output_index": 1, "item": call(inputA)}),
			send("response.completed", object{"response": object{"id": "resp_1", "status": "completed", "output": []any{item(plainA), call(inputA)}}}))
		var deltas, arguments string
		for _, d := range datas(t, sends(t, sse, events)) {
			wantText, wantInput := func(v any) {
				if got := text(v); got != deltas {
					t.Fatalf("%s: a repeated text is %q, the deltas are %q", d["type"], got, deltas)
				}
			}, func(v any) {
				if got := text(v); got != arguments {
					t.Fatalf("%s: repeated arguments are %q, the deltas are %q", d["type"], got, arguments)
				}
			}
			switch d["type"] {
			case "response.output_text.delta":
				deltas += text(d["delta"])
			case "response.function_call_arguments.delta":
				arguments += text(d["delta"])
			case "response.output_text.done":
				wantText(d["text"])
			case "response.content_part.done":
				wantText(dig(d, "part", "text"))
			case "response.function_call_arguments.done":
				wantInput(d["arguments"])
			case "response.output_item.done":
				if dig(d, "item", "type") == "message" {
					wantText(dig(d, "item", "content", 0, "text"))
				} else {
					wantInput(dig(d, "item", "arguments"))
				}
			case "response.completed":
				wantText(dig(d, "response", "output", 0, "content", 0, "text"))
				wantInput(dig(d, "response", "output", 1, "arguments"))
			}
		}
		if deltas != maskedA || arguments != maskedI {
			t.Fatalf("deltas: %q and %q", deltas, arguments)
		}
	})
}

func TestStreamAnthropic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		send := func(kind string, data object) string {
			data["type"] = kind
			return event(kind, data)
		}
		block := func(index int, start, delta object, name string, parts []string) (out []string) {
			out = append(out, send("content_block_start", object{"index": index, "content_block": start}))
			for _, p := range parts {
				d := object{"type": delta["type"]}
				d[name] = p
				out = append(out, send("content_block_delta", object{"index": index, "delta": d}))
			}
			return append(out, send("content_block_stop", object{"index": index}))
		}
		events := []string{send("message_start", object{"message": object{"id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x", "content": []any{}, "usage": object{"input_tokens": 25}}}), send("ping", object{})}
		events = append(events, block(0, object{"type": "thinking", "thinking": "", "signature": ""}, object{"type": "thinking_delta"}, "thinking", []string{"The user ", "is called Elena", " ", "Mark", "ovic"})...)
		stop := events[len(events)-1]
		events = append(events[:len(events)-1], send("content_block_delta", object{"index": 0, "delta": object{"type": "signature_delta", "signature": "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pk="}}), stop)
		signed := strings.Join(events[2:], "")
		events = append(events, block(1, object{"type": "text", "text": ""}, object{"type": "text_delta"}, "text", deltas(t, plainA))...)
		events = append(events, block(2, object{"type": "tool_use", "id": "toolu_1", "name": "send_mail", "input": object{}}, object{"type": "input_json_delta"}, "partial_json", deltas(t, inputA))...)
		events = append(events, send("message_delta", object{"delta": object{"stop_reason": "tool_use", "stop_sequence": nil}, "usage": object{"output_tokens": 89}}), send("message_stop", object{}))

		f := sseFilter(t)
		out := bytes.Join(stream(t, f, sse, partition(t, []byte(strings.Join(events, "")), "read")...), nil)
		if !bytes.Contains(out, []byte(signed)) {
			t.Fatal("a signed block was changed")
		}
		var said, input string
		for _, d := range datas(t, bytes.Replace(out, []byte(signed), nil, 1)) {
			said += text(dig(d, "delta", "text"))
			input += text(dig(d, "delta", "partial_json"))
		}
		if said != maskedA || input != maskedI {
			t.Fatalf("%q and %q", said, input)
		}
	})
}

func sseFilter(t fataler) *Filter {
	f, err := New(Options{Rules: testRules})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStreamGemini(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var parts []string
		for _, d := range deltas(t, plainB) {
			part := object{"text": d}
			parts = append(parts, mustJSON(object{"candidates": []any{object{"content": object{"role": "model", "parts": []any{part}}, "index": 0}}, "modelVersion": "gemini-x", "responseId": "abc"}))
		}
		parts = append(parts, mustJSON(object{"candidates": []any{object{"content": object{"role": "model", "parts": []any{object{"text": "", "thoughtSignature": "CvEC"}}}, "finishReason": "STOP", "index": 0}}, "usageMetadata": object{"promptTokenCount": 12, "totalTokenCount": 1200}}))
		if rapid.Bool().Draw(t, "array") {
			units := make([]string, len(parts))
			for i, p := range parts {
				units[i] = map[bool]string{true: "[", false: ",\r\n"}[i == 0] + p
			}
			out := sends(t, StreamMessage{ContentType: []string{"application/json; charset=UTF-8"}, Head: []byte("[{")}, append(units, "\n]\n"))
			var all []any
			if err := json.Unmarshal(out, &all); err != nil {
				t.Fatalf("no JSON any more: %v: %s", err, out)
			}
			got := ""
			for _, o := range all {
				got += text(dig(o, "candidates", 0, "content", "parts", 0, "text"))
			}
			if got != maskedB {
				t.Fatalf("got %q", got)
			}
			return
		}
		for i := range parts {
			parts[i] = "data: " + parts[i] + "\r\n\r\n"
		}
		got := ""
		for _, d := range datas(t, bytes.ReplaceAll(sends(t, sse, parts), []byte("\r\n"), []byte("\n"))) {
			got += text(dig(d, "candidates", 0, "content", "parts", 0, "text"))
		}
		if got != maskedB {
			t.Fatalf("got %q", got)
		}
	})
}

func mustJSON(v any) string {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(text)
}

func TestStreamOllama(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		generate := rapid.Bool().Draw(t, "generate")
		var lines []string
		for _, d := range deltas(t, plainA) {
			o := object{"model": "llama", "created_at": "2026-11-24T16:00:00.123456789Z", "done": false}
			if generate {
				o["response"] = d
			} else {
				o["message"] = object{"role": "assistant", "content": d}
			}
			lines = append(lines, mustJSON(o)+"\n")
		}
		lines = append(lines, mustJSON(object{"model": "llama", "response": "", "done": true, "done_reason": "stop", "context": []int{128006, 882, 4111}, "total_duration": 5589157167})+"\n")
		out := sends(t, ndjson, lines)
		got := ""
		for line := range bytes.Lines(out) {
			var o object
			if err := json.Unmarshal(line, &o); err != nil {
				t.Fatalf("no JSON any more: %v: %s", err, line)
			}
			got += text(o["response"]) + text(dig(o, "message", "content"))
		}
		if got != maskedA {
			t.Fatalf("got %q", got)
		}
	})
}
