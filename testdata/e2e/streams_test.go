package e2e

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// conversation is what an upstream says in sentences, each in several deltas,
// with a canary cut in two in the middle.
func conversation() (sentences [][]string, masked []string) {
	for i := range 3 {
		n := fmt.Sprintf("Number %c: write to ", 'a'+i)
		sentences = append(sentences, []string{n[:7], n[7:], canaryEmail[:4], canaryEmail[4:], " today.", "\n"})
		masked = append(masked, n+"<PRIVATE_EMAIL> today.\n")
	}
	return sentences, masked
}

// delta is an event of a chat stream.
func delta(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return `data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":` + string(quoted) + `},"finish_reason":null}]}` + "\n\n"
}

// said is the text of an event of a chat stream.
func said(t testing.TB, event string) string {
	t.Helper()
	var chunk struct {
		Choices []struct{ Delta struct{ Content string } }
	}
	if err := json.Unmarshal([]byte(strings.TrimPrefix(event, "data: ")), &chunk); err != nil || len(chunk.Choices) != 1 {
		t.Fatalf("no event of a chat: %q, %v", event, err)
	}
	return chunk.Choices[0].Delta.Content
}

// events reads a stream event by event, through a coding that the client asked
// for.
type events struct{ r *bufio.Reader }

func readEvents(t testing.TB, resp *http.Response) *events {
	t.Helper()
	if resp.Header.Get("Content-Encoding") != "gzip" {
		return &events{bufio.NewReader(resp.Body)}
	}
	zr, err := gzip.NewReader(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return &events{bufio.NewReader(zr)}
}

func (e *events) next() (string, error) {
	var event strings.Builder
	for {
		line, err := e.r.ReadString('\n')
		event.WriteString(line)
		if err != nil || line == "\n" {
			return event.String(), err
		}
	}
}

// open asks for a stream.
func open(ctx context.Context, t testing.TB, c *http.Client, url, accept string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	if accept != "" {
		req.Header.Set("Accept-Encoding", accept)
	}
	resp, err := c.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// TestSentencesArriveBeforeTheNext: every sentence of a stream is with the
// client, masked and event by event, before the upstream says the next one;
// through encode, compressed by the upstream or not, with every protocol.
func TestSentencesArriveBeforeTheNext(t *testing.T) {
	w := shared(t)
	sentences, masked := conversation()
	for _, s := range []struct {
		name           string
		site           site
		accept, coding string
	}{
		{"access log", w.filtered, "", ""}, {"no access log", w.filteredQ, "", ""},
		{"encode", w.filteredE, "gzip", ""}, {"compressed upstream", w.filtered, "gzip", "gzip"},
		{"with the model", w.withModel, "", ""},
	} {
		for _, protocol := range protocols {
			t.Run(s.name+"/"+protocol, func(t *testing.T) {
				arrived := make(chan struct{})
				path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
					rw.Header().Set("Content-Type", "text/event-stream")
					out, flush := io.Writer(rw), func() error { return nil }
					if s.coding != "" {
						rw.Header().Set("Content-Encoding", s.coding)
						zw := gzip.NewWriter(rw)
						out, flush = zw, zw.Flush
						defer zw.Close()
					}
					for _, sentence := range sentences {
						for _, text := range sentence {
							io.WriteString(out, delta(text))
							flush()
							http.NewResponseController(rw).Flush()
						}
						<-arrived
					}
					io.WriteString(out, "data: [DONE]\n\n")
				})
				resp := open(t.Context(), t, clientFor(t, protocol), s.site.url(path), s.accept)
				if got := resp.Header.Get("Content-Encoding"); got != s.accept {
					t.Fatalf("Content-Encoding is %q", got)
				}
				e := readEvents(t, resp)
				for i, sentence := range sentences {
					text := ""
					for range sentence {
						event, err := e.next()
						if err != nil {
							t.Fatal(err)
						}
						text += said(t, event)
					}
					if text != masked[i] {
						t.Errorf("sentence %d: %q", i, text)
					}
					arrived <- struct{}{}
				}
				if event, err := e.next(); event != "data: [DONE]\n\n" || err != nil {
					t.Errorf("the end is %q, %v", event, err)
				}
			})
		}
	}
}

// TestStreamsThatBreak: an upstream that dies, a client that leaves and one
// that reads slowly.
func TestStreamsThatBreak(t *testing.T) {
	w := shared(t)
	for _, protocol := range protocols {
		t.Run("the upstream dies/"+protocol, func(t *testing.T) {
			path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "text/event-stream")
				io.WriteString(rw, delta("Well then.\n")+delta("Write to "+canaryEmail[:9]))
				http.NewResponseController(rw).Flush()
				panic(http.ErrAbortHandler)
			})
			e := readEvents(t, open(t.Context(), t, clientFor(t, protocol), w.filtered.url(path), ""))
			all, err := "", error(nil)
			for event := ""; err == nil; all += event {
				event, err = e.next()
			}
			if err == io.EOF {
				t.Error("the stream looks whole")
			}
			if strings.Contains(all, canaryEmail[:9]) {
				t.Errorf("half a value passed: %q", all)
			}
		})
		t.Run("the client leaves/"+protocol, func(t *testing.T) {
			gone := make(chan struct{})
			path := w.up.handle(func(rw http.ResponseWriter, r *http.Request) {
				rw.Header().Set("Content-Type", "text/event-stream")
				io.WriteString(rw, delta("Well then.\n"))
				http.NewResponseController(rw).Flush()
				<-r.Context().Done()
				close(gone)
			})
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if _, err := readEvents(t, open(ctx, t, clientFor(t, protocol), w.filtered.url(path), "")).next(); err != nil {
				t.Fatal(err)
			}
			cancel()
			<-gone
		})
		t.Run("the client reads slowly/"+protocol, func(t *testing.T) {
			const count = 4000 // more than all the sockets between can hold
			text := strings.Repeat("plain words ", 80) + canaryEmail + " too.\n"
			sent := make(chan struct{}, count)
			path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
				rw.Header().Set("Content-Type", "text/event-stream")
				for range count {
					io.WriteString(rw, delta(text))
					http.NewResponseController(rw).Flush()
					sent <- struct{}{}
				}
			})
			resp := open(t.Context(), t, clientFor(t, protocol), w.filtered.url(path), "")
			<-sent // it has begun, and goes on until nobody takes any more
			e := readEvents(t, resp)
			want := delta(strings.Replace(text, canaryEmail, "<PRIVATE_EMAIL>", 1))
			for i := range count {
				event, err := e.next()
				if err != nil || said(t, event) != said(t, want) {
					t.Fatalf("event %d is %q, %v", i, event, err)
				}
			}
		})
	}
}

// TestStreamOverReload: a stream that has begun ends under the configuration
// and the model that it began with, whatever reloads do.
func TestStreamOverReload(t *testing.T) {
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	s := site{addr: freeAddr(), upstream: up.addr, proxy: keepNoConnections}
	srv := startServer(t, caddyfile("", s), s.addr)
	next := make(chan struct{})
	path := up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/event-stream")
		for range 4 {
			io.WriteString(rw, delta("My name is Elena Markovic, write to "+canaryEmail+".\n"))
			http.NewResponseController(rw).Flush()
			<-next
		}
	})
	e := readEvents(t, open(t.Context(), t, clientFor(t, "h1"), s.url(path), ""))
	for i := range 4 {
		event, err := e.next()
		if err != nil {
			t.Fatal(err)
		}
		if text := said(t, event); strings.Contains(text, "Markovic") || findCanary(text) != "" || !strings.HasPrefix(text, "My name is <PRIVATE_PERSON>") {
			t.Errorf("after %d reloads: %q", i, text)
		}
		s.extra = []string{fmt.Sprintf("header X-Generation %d", i)}
		// Another model, so that the old one has no owner but this stream.
		srv.load(t, caddyfile([]string{"model embedded-fast", ""}[i%2], s))
		next <- struct{}{}
	}
}

// TestWebSockets: messages are masked in both directions, with the access log
// and encode around the proxy and without, and connections end with their
// codes.
func TestWebSockets(t *testing.T) {
	w := shared(t)
	for _, s := range []site{w.filtered, w.filteredQ, w.filteredE} {
		received, ended := make(chan string, 3), make(chan websocket.StatusCode, 1)
		path := w.up.handleRaw(func(rw http.ResponseWriter, r *http.Request) {
			c, err := websocket.Accept(rw, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionContextTakeover})
			if err != nil {
				t.Error(err)
				return
			}
			defer c.CloseNow()
			for {
				kind, message, err := c.Read(r.Context())
				if err != nil {
					ended <- websocket.CloseStatus(err)
					return
				}
				received <- string(message)
				c.Write(r.Context(), kind, []byte(`{"n": 1.0, "mail":"`+canaryEmail+`"}`))
			}
		})
		c, _, err := websocket.Dial(t.Context(), s.url(path), &websocket.DialOptions{CompressionMode: websocket.CompressionContextTakeover})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := c.Write(t.Context(), websocket.MessageText, []byte("I am "+canaryEmail)); err != nil {
				t.Fatal(err)
			}
			if _, message, err := c.Read(t.Context()); err != nil || string(message) != `{"n": 1.0, "mail":"<PRIVATE_EMAIL>"}` {
				t.Errorf("the client received %q, %v", message, err)
			}
			if got := <-received; got != "I am <PRIVATE_EMAIL>" {
				t.Errorf("the upstream received %q", got)
			}
		}
		if err := c.Close(4000, "over"); err != nil {
			t.Error(err)
		}
		if code := <-ended; code != 4000 {
			t.Errorf("the upstream was told %d", code)
		}
	}
}
