package filter_test

import (
	"strings"
	"testing"
)

// TestStreamOfRecords: a record that is complete by itself has left before the
// next comes, masked, however it ends: what would make the next one may be an
// answer to it.
func TestStreamOfRecords(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []string
	}{
		{"MCP", []string{
			"event: endpoint\ndata: /messages?sessionId=5f1c2a\n\n",
			"event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"protocolVersion\":\"2024-11-05\",\"capabilities\":{\"tools\":{}},\"serverInfo\":{\"name\":\"Contoso\",\"version\":\"1.0\"}}}\n\n",
			"event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"Ask lena@example.com\"}]}}\n\n",
			"data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\",\"params\":{\"level\":\"info\",\"data\":\"Contoso\"}}\n\n",
			"data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{\"progressToken\":\"a\",\"progress\":1,\"message\":\"Asking Contoso\"}}\n\n",
			"id: 4\ndata: [{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{\"text\":\"Contoso\"}}]\n\n",
			"data: {\"jsonrpc\":\"2.0\",\"id\":3,\"error\":{\"code\":-32602,\"message\":\"Unknown tool Contoso\"}}\n\n",
		}},
		{"an endpoint in full", []string{"event: endpoint\ndata: https://mcp.example.com/messages?sessionId=5f1c2a\n\n"}},
		{"GraphQL", []string{
			"event: next\ndata: {\"data\":{\"user\":{\"text\":\"Contoso\",\"mail\":\"lena@example.com\"}}}\n\n",
			"event: next\ndata: {\"id\":\"1\",\"payload\":{\"data\":{\"greeting\":\"Contoso\"}}}\n\n",
			"event: next\ndata: {\"errors\":[{\"message\":\"Contoso\"}]}\n\n",
			"event: complete\ndata: {\"id\":\"1\"}\n\n", "event: complete\ndata: \n\n",
		}},
		{"notices", []string{
			"id: 1\nevent: notification\ndata: {\"id\":17,\"text\":\"Contoso wrote\"}\n\n",
			"event: order.created\ndata: {\"content\":\"Contoso\"}\n\n",
			"data: {\"type\":\"state\",\"value\":\"Contoso\"}\n\n",
			"data: {\"type\":\"error\",\"message\":\"Contoso\"}\n\n",
			"event: notification\ndata: Contoso wrote\n\n",
			"event: notification\ndata: \"Contoso\"\n\n",
			"event: status\ndata: lena@example.com\n\n",
			"data: {\"id\":5,\"title\":\"Order\",\"content\":\"Contoso\"}\n\n",
		}},
		{"values beside others", []string{
			"data: {\"id\":\"a\",\"name\":\"Contoso\"}\n\n", "data: {\"symbol\":\"CTSO\",\"price\":12.5}\n\n",
		}},
		{"fragments", []string{
			"event: message\ndata: <div class=\"a\">Contoso</div>\n\n",
			"data: <tr><td>lena@example.com</td></tr>\ndata: <tr><td>Contoso</td></tr>\n\n",
			"data: <turbo-stream action=\"append\" target=\"x\"><template><p>Contoso</p></template></turbo-stream>\n\n",
			"data: <p title=\"lena&#64;example.com\">Contoso</p>\n\n",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := newRuleStream(t, events, "")
			for _, in := range tt.in {
				want := strings.NewReplacer("lena@example.com", "<PRIVATE_EMAIL>", "lena&#64;example.com", "&lt;PRIVATE_EMAIL&gt;").Replace(in)
				if strings.Contains(in, "<tr>") || strings.Contains(in, "<p ") {
					want = strings.ReplaceAll(want, "<PRIVATE_EMAIL>", "&lt;PRIVATE_EMAIL&gt;")
				}
				if out := write(t, s, in); out != want {
					t.Errorf("of %q left %q", in, out)
				}
			}
		})
	}
}

// TestStreamOfPartsInRecords: what looks like a record and says that it is a
// part of a longer text is one.
func TestStreamOfPartsInRecords(t *testing.T) {
	for name, format := range map[string]string{
		"artifacts of A2A":     `data: {"jsonrpc":"2.0","id":1,"result":{"kind":"artifact-update","append":true,"lastChunk":false,"artifact":{"artifactId":"a","parts":[{"kind":"text","text":"%"}]}}}`,
		"chunks of ACP":        `data: {"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"%"}}}}`,
		"deltas by RPC":        `data: {"jsonrpc":"2.0","method":"item/agentMessage/delta","params":{"itemId":"i","delta":"%"}}`,
		"deltas of an event":   "event: message.updated\ndata: {\"id\":\"a\",\"delta\":\"%\"}",
		"deltas of GraphQL":    `event: next` + "\n" + `data: {"data":{"answer":{"delta":"%"}}}`,
		"tokens with types":    `data: {"type":"token","value":"%"}`,
		"answers of Dify":      `data: {"event":"message","task_id":"t","message_id":"m","conversation_id":"c","answer":"%"}`,
		"messages of Coze":     "event: conversation.message.delta\ndata: {\"id\":\"1\",\"role\":\"assistant\",\"type\":\"answer\",\"content\":\"%\",\"content_type\":\"text\"}",
		"events of LangServe":  `data: {"event":"on_chat_model_stream","name":"ChatOpenAI","run_id":"r","data":{"chunk":{"content":"%"}}}`,
		"tokens of TGI":        `data: {"index":1,"token":{"id":5,"text":"%","logprob":-0.1,"special":false},"generated_text":null}`,
		"parts of the AI SDK":  `data: {"type":"text-delta","id":"0","delta":"%"}`,
		"AG-UI":                `data: {"type":"TEXT_MESSAGE_CONTENT","messageId":"m","delta":"%"}`,
		"patches of ChatGPT":   `data: {"v":"%"}`,
		"Flowise":              `data: {"event":"token","data":"%"}`,
		"Cohere":               `data: {"is_finished":false,"event_type":"text-generation","text":"%"}`,
		"llama.cpp":            `data: {"index":0,"content":"%","tokens":[12],"stop":false,"id_slot":-1,"tokens_predicted":1}`,
		"an agent of ADK":      `data: {"content":{"parts":[{"text":"%"}],"role":"model"},"partial":true,"invocationId":"i","author":"agent"}`,
		"tokens as plain text": `data: %`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newRuleStream(t, events, "")
			var out string
			for _, token := range []string{"write to", " len", "a@exa", "mple", ".com", " today."} {
				out += write(t, s, strings.ReplaceAll(format, "%", token)+"\n\n")
			}
			rest, err := s.Close(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, unit := range rest {
				out += string(unit)
			}
			if strings.Contains(out, "a@exa") || !strings.Contains(out, "<PRIVATE_EMAIL>") {
				t.Errorf("left %q", out)
			}
		})
	}
}

// TestStreamEndsBeforeARecordThatEndsIt: the last words of a text do not wait
// where a record says that there are no more.
func TestStreamEndsBeforeARecordThatEndsIt(t *testing.T) {
	for name, in := range map[string][2]string{
		"by its event": {"data: {\"text\":\"It is Contoso\"}\n\n", "event: done\ndata: {}\n\n"},
		"by its type":  {"data: {\"type\":\"text-delta\",\"id\":\"0\",\"delta\":\"It is Contoso\"}\n\n", "data: {\"type\":\"text-end\",\"id\":\"0\"}\n\n"},
		"by its flag": {
			`data: {"jsonrpc":"2.0","id":1,"result":{"kind":"artifact-update","append":true,"artifact":{"artifactId":"a","parts":[{"kind":"text","text":"It is Contoso"}]}}}` + "\n\n",
			`data: {"jsonrpc":"2.0","id":1,"result":{"kind":"artifact-update","append":true,"lastChunk":true,"artifact":{"artifactId":"a","parts":[]}}}` + "\n\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newRuleStream(t, events, "")
			if out := write(t, s, in[0]); out != "" {
				t.Fatalf("half a sentence left: %q", out)
			}
			if out := write(t, s, in[1]); out != in[0]+in[1] {
				t.Errorf("left %q", out)
			}
		})
	}
}
