package e2e

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"testing"

	"github.com/coder/websocket"
)

// streamScenarios: bodies that pass uninspected leave as they come.
func streamScenarios() []scenario {
	stream := func(contentType, first, second string) (http.HandlerFunc, func(*testing.T, *call)) {
		release := make(chan struct{}, 1)
		handler := func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			io.WriteString(w, first)
			http.NewResponseController(w).Flush()
			<-release
			io.WriteString(w, second)
		}
		do := func(t *testing.T, c *call) {
			resp, err := c.client.Get(c.site.url(c.path))
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			// The upstream waits for us: if the first event were held back,
			// this read would not return.
			got := make([]byte, len(first))
			_, err = io.ReadFull(resp.Body, got)
			release <- struct{}{}
			c.logf("< first %q %v", got, err)
			resp.Body = io.NopCloser(resp.Body)
			c.response(readResponse(resp))
		}
		return handler, do
	}
	parts, readParts := stream("multipart/x-mixed-replace; boundary=b", "--b\r\n\r\nfirst\r\n", "--b\r\n\r\nsecond\r\n")
	js, readJS := stream("text/javascript", "let first\n", "let second\n")
	sse, readSSE := stream("text/event-stream", "retry: 100\n\n: ping\n\nid: 1\nevent: words\ndata: {\"text\": \"first\\n\", \"n\": 1.0}\n\n", "data:{}\r\n\r\ndata: no end")
	lines, readLines := stream("application/x-ndjson", "{\"n\": 1.0}\n", "{\"n\": 2}\n\n{}")
	list, readList := stream("application/json", "[{\"n\": 1.0}", ",{}\n]\n")
	text, readText := stream("text/plain", "a first line\n", "and a second")
	gone := make(chan struct{}, 1)
	return []scenario{
		{name: "parts in turn that may pass are flushed", passing: true, upstream: parts, do: readParts},
		{name: "an event stream is flushed", upstream: sse, do: readSSE},
		{name: "JSON lines are flushed", upstream: lines, do: readLines},
		{name: "a list is flushed", upstream: list, do: readList},
		{name: "text is flushed", upstream: text, do: readText},
		{name: "the header of an event stream comes before its events", upstream: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			http.NewResponseController(w).Flush()
			<-r.Context().Done() // the client has seen enough
		}, do: func(t *testing.T, c *call) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.site.url(c.path), nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := c.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			c.logf("< status %d", resp.StatusCode)
			c.header("<", resp.Header)
		}},
		{name: "a WebSocket", only: h1Only, raw: true, upstream: func(w http.ResponseWriter, r *http.Request) {
			c, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{"chat"}})
			if err != nil {
				return
			}
			defer c.CloseNow()
			kind, message, err := c.Read(r.Context())
			if err == nil {
				c.Write(r.Context(), kind, message)
			}
			c.Read(r.Context())
			c.Close(4001, "done")
		}, do: func(t *testing.T, c *call) {
			conn, resp, err := websocket.Dial(context.Background(), c.site.url(c.path), &websocket.DialOptions{Subprotocols: []string{"chat"}})
			if err != nil {
				t.Fatal(err)
			}
			defer conn.CloseNow()
			resp.Header.Del("Sec-Websocket-Accept") // answers to a random key
			c.header("<", resp.Header)
			for range 2 {
				conn.Write(context.Background(), websocket.MessageBinary, []byte(`{"n": 1.0}`))
			}
			for range 2 {
				kind, message, err := conn.Read(context.Background())
				c.logf("< %v %q %v", kind, message, err)
			}
		}},
		{name: "a script is flushed", upstream: js, do: readJS},
		{name: "a client that leaves is noticed upstream", upstream: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/css")
			io.WriteString(w, "a")
			http.NewResponseController(w).Flush()
			<-r.Context().Done()
			gone <- struct{}{}
		}, do: func(t *testing.T, c *call) {
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.site.url(c.path), nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := c.client.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			b, err := bufio.NewReader(resp.Body).ReadByte()
			c.logf("< first byte %q %v", b, err)
			cancel()
			resp.Body.Close()
			<-gone
			c.logf("> upstream noticed")
		}},
	}
}
