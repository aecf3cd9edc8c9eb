package caddymodule

import (
	"bufio"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// TestSessionOfMCP: a session over SSE in which every event waits for what the
// client makes of the one before: where to send, what there is, what a tool
// says.
func TestSessionOfMCP(t *testing.T) {
	g := newRig(t, &Handler{})
	for _, protocol := range protocols {
		t.Run(protocol, func(t *testing.T) {
			messages := make(chan string)
			srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				if r.Method == http.MethodPost {
					asked, err := io.ReadAll(r.Body)
					if err != nil {
						return err
					}
					answer := `{"jsonrpc":"2.0","id":1,"result":{"serverInfo":{"name":"directory","version":"1.0"}}}`
					if strings.Contains(string(asked), "tools/call") {
						answer = `{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"` + person + ` is who you want"}]}}`
					}
					messages <- answer
					w.WriteHeader(http.StatusAccepted)
					return nil
				}
				w.Header().Set("Content-Type", "text/event-stream")
				event := "event: endpoint\ndata: /messages?sessionId=5f1c2a\n\n"
				for more := true; more; {
					if _, err := io.WriteString(w, event); err != nil {
						return err
					}
					if err := http.NewResponseController(w).Flush(); err != nil {
						return err
					}
					var message string
					if message, more = <-messages; more {
						event = "event: message\ndata: " + message + "\n\n"
					}
				}
				return nil
			}})
			c := client(t, protocol)
			resp, err := c.Get(srv.URL + "/sse")
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			events := bufio.NewReader(resp.Body)
			next := func() (data string) {
				t.Helper()
				for {
					line, err := events.ReadString('\n')
					if err != nil {
						t.Fatal(err)
					}
					if line == "\n" {
						return data
					}
					if value, ok := strings.CutPrefix(line, "data: "); ok {
						data = strings.TrimSpace(value)
					}
				}
			}
			endpoint := next()
			post := func(message string) {
				t.Helper()
				resp, err := c.Post(srv.URL+endpoint, "application/json", strings.NewReader(message))
				if err != nil {
					t.Fatal(err)
				}
				resp.Body.Close()
			}
			post(`{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}`)
			if got := next(); !strings.Contains(got, `"name":"directory"`) {
				t.Errorf("got %q", got)
			}
			post(`{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"who"}}`)
			if got, want := next(), `{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"<PRIVATE_PERSON> is who you want"}]}}`; got != want {
				t.Errorf("got %q", got)
			}
			close(messages)
			if rest, err := io.ReadAll(events); err != nil || len(rest) > 0 {
				t.Errorf("the rest is %q, %v", rest, err)
			}
		})
	}
}

// TestWholeEvents: events that are held back are read like those that are not:
// in requests, signed, or under two labels, whatever may pass unread.
func TestWholeEvents(t *testing.T) {
	filler := strings.Repeat("data: {\"n\":1}\n\n", 6000) // more than is judged by its beginning
	for _, unsupported := range []filter.Unsupported{filter.UnsupportedBlock, filter.UnsupportedPass} {
		for _, label := range []string{"text/event-stream", "text/event-stream, application/json", "text/event-stream; charset=ascii"} {
			for _, body := range []string{event("by " + person), filler + event("by "+person)} {
				want := strings.ReplaceAll(body, person, "<PRIVATE_PERSON>")
				g := newRig(t, &Handler{Unsupported: unsupported})
				received := ""
				srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
					raw, err := io.ReadAll(r.Body)
					if err != nil {
						return err
					}
					received = string(raw)
					w.Header().Set("Content-Type", label)
					_, err = io.WriteString(w, body)
					return err
				}})
				got := ask(t, client(t, "h1"), "POST", srv.URL, http.Header{"Content-Type": {label}}, strings.NewReader(body))
				if got.status != 200 || got.body != want || received != want {
					t.Errorf("%s, %s, %d bytes: status %d, answered %.80q, received %.80q", unsupported, label, len(body), got.status, got.body, received)
				}
			}
		}
	}
	for text, want := range map[string]int{"Nothing here": 200, "by " + person: 502} {
		g := newRig(t, &Handler{})
		srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Signature-Input", "sig=()")
			return sse(event(text))(w, r)
		}})
		got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
		if got.status != want || want == 200 && (got.body != event(text) || got.header.Get("Signature-Input") == "") {
			t.Errorf("signed %q: got %+v", text, got)
		}
	}
}
