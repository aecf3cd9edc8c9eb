package caddymodule

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/reverseproxy"
	"github.com/coder/websocket"
	"github.com/gobwas/ws"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// socketPeer is the upstream of WebSocket tests: it tells what it received and
// how the connection ended, and answers as it is told.
type socketPeer struct {
	url      string
	received chan string
	ended    chan websocket.StatusCode
}

// newSocketPeer starts an upstream that sends answer, or what it received, for
// each message. It offers compression to whoever wants it.
func newSocketPeer(t *testing.T, answer string) *socketPeer {
	t.Helper()
	p := &socketPeer{received: make(chan string, 100), ended: make(chan websocket.StatusCode, 1)}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionContextTakeover, InsecureSkipVerify: true, Subprotocols: []string{"chat"}})
		if err != nil {
			t.Error(err)
			return
		}
		defer c.CloseNow()
		c.SetReadLimit(1 << 20)
		for {
			kind, message, err := c.Read(r.Context())
			if err != nil {
				p.ended <- websocket.CloseStatus(err)
				return
			}
			p.received <- string(message)
			if answer != "" {
				message = []byte(answer)
			}
			if err := c.Write(r.Context(), kind, message); err != nil {
				return
			}
		}
	}))
	t.Cleanup(srv.Close)
	p.url = strings.TrimPrefix(srv.URL, "http://")
	return p
}

// dialSocket connects through a Caddy that logs and compresses.
func dialSocket(t *testing.T, site string, offer websocket.CompressionMode) *websocket.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	c, _, err := websocket.Dial(ctx, site, &websocket.DialOptions{CompressionMode: offer, Subprotocols: []string{"chat"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.CloseNow() })
	c.SetReadLimit(1 << 20)
	if c.Subprotocol() != "chat" {
		t.Errorf("subprotocol %q", c.Subprotocol())
	}
	return c
}

// socketSite is a proxy with everything around it that wraps a writer.
func socketSite(t *testing.T, p *socketPeer, options string) string {
	t.Helper()
	return startCaddy(t, "{ADDR} {\n\tlog {\n\t\toutput discard\n\t}\n\tencode gzip\n\tprivacy_filter {\n\t\trules_only\n"+options+"\n\t}\n\treverse_proxy "+p.url+"\n}\n")
}

// TestWebSocket: messages are masked in both directions, by a real proxy
// between a client and an upstream that know nothing of us.
func TestWebSocket(t *testing.T) {
	binary := "\x89PNG\r\n\x1a\n" + strings.Repeat("\x00\xff", 100)
	for _, tt := range []struct {
		name, options    string
		kind             websocket.MessageType
		sent             []string // fragments
		received, answer string
	}{
		{"text", "", websocket.MessageText, []string{"write to " + canary}, "write to <PRIVATE_EMAIL>", ""},
		{"JSON", "", websocket.MessageText, []string{`{"n": 1.0, "to":"` + canary + `"}`}, `{"n": 1.0, "to":"<PRIVATE_EMAIL>"}`, ""},
		{"nothing to mask", "", websocket.MessageText, []string{`{"n": 1.0}`}, `{"n": 1.0}`, ""},
		{"empty", "", websocket.MessageText, []string{""}, "", ""},
		{"a value in three fragments", "", websocket.MessageText, []string{"to " + canary[:5], canary[5:12], canary[12:] + " now"}, "to <PRIVATE_EMAIL> now", ""},
		{"JSON as binary", "", websocket.MessageBinary, []string{`{"to":"` + canary + `"}`}, `{"to":"<PRIVATE_EMAIL>"}`, ""},
		{"a long message", "", websocket.MessageText, []string{strings.Repeat("plain words ", 20000) + canary}, strings.Repeat("plain words ", 20000) + "<PRIVATE_EMAIL>", ""},
		{"what the upstream says", "request off", websocket.MessageText, []string{canary}, canary, "I am <PRIVATE_EMAIL>"},
		{"requests alone", "response off", websocket.MessageText, []string{canary}, "<PRIVATE_EMAIL>", "I am " + canary},
		{"monitor", "monitor", websocket.MessageText, []string{canary}, canary, "I am " + canary},
		{"unreadable, if it may", "unsupported pass", websocket.MessageBinary, []string{binary}, binary, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reply := ""
			if tt.answer != "" {
				reply = "I am " + canary
			}
			p := newSocketPeer(t, reply)
			offer := websocket.CompressionContextTakeover
			if tt.options == "monitor" {
				offer = websocket.CompressionDisabled // monitor declines nothing
			}
			c := dialSocket(t, socketSite(t, p, tt.options), offer)
			for range 3 {
				w, err := c.Writer(t.Context(), tt.kind)
				if err != nil {
					t.Fatal(err)
				}
				for _, fragment := range tt.sent {
					if _, err := w.Write([]byte(fragment)); err != nil {
						t.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					t.Fatal(err)
				}
				kind, answer, err := c.Read(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if got := <-p.received; got != tt.received {
					t.Errorf("the upstream received %.200q", got)
				}
				want := tt.answer
				if want == "" {
					want = tt.received
				}
				if kind != tt.kind || string(answer) != want {
					t.Errorf("the client received %.200q", answer)
				}
			}
			if err := c.Close(4321, "enough"); err != nil {
				t.Error(err)
			}
			if code := <-p.ended; code != 4321 {
				t.Errorf("the upstream was told %d", code)
			}
		})
	}
}

// TestWebSocketStops: what may not pass ends the connection, at both ends and
// with a code that says why.
func TestWebSocketStops(t *testing.T) {
	for _, tt := range []struct {
		name, options string
		kind          websocket.MessageType
		sent          string
		answer        string
		code          websocket.StatusCode
	}{
		{"a large message", "max_body 1KiB", websocket.MessageText, strings.Repeat("x", 2000) + canary, "", 1009},
		{"more than a stream may be", "max_stream 1KiB", websocket.MessageText, strings.Repeat("x", 2000) + canary, "", 1009},
		{"a large answer", "max_body 1KiB", websocket.MessageText, "hello", strings.Repeat("x", 2000) + canary, 1009},
		{"unreadable", "", websocket.MessageBinary, "\x89PNG\r\n\x1a\n\x00\xff" + canary, "", 1003},
		{"an unreadable answer", "", websocket.MessageBinary, "hello", "\x89PNG\r\n\x1a\n\x00\xff" + canary, 1003},
		{"a blocked category", "category private_email block", websocket.MessageText, canary, "", 1008},
		{"a blocked answer", "category private_email block", websocket.MessageText, "hello", canary, 1008},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := newSocketPeer(t, tt.answer)
			c := dialSocket(t, socketSite(t, p, tt.options), websocket.CompressionContextTakeover)
			if err := c.Write(t.Context(), tt.kind, []byte(tt.sent)); err != nil {
				t.Fatal(err)
			}
			_, message, err := c.Read(t.Context())
			if websocket.CloseStatus(err) != tt.code {
				t.Errorf("the client read %q, %v; want code %d", message, err, tt.code)
			}
			if code := <-p.ended; code != tt.code {
				t.Errorf("the upstream was told %d", code)
			}
			for len(p.received) > 0 {
				if got := <-p.received; strings.Contains(got, "canary") {
					t.Errorf("the upstream received %q", got)
				}
			}
		})
	}
}

// TestWebSocketPings: pings and pongs go both ways.
func TestWebSocketPings(t *testing.T) {
	p := newSocketPeer(t, "")
	c := dialSocket(t, socketSite(t, p, ""), websocket.CompressionContextTakeover)
	ctx := c.CloseRead(t.Context())
	for range 3 {
		if err := c.Ping(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWebSocketDeltas: what a realtime interface says in deltas is one text, in
// both directions of the same shapes; other messages keep their place among
// them, and the full text that ends it agrees with them.
func TestWebSocketDeltas(t *testing.T) {
	delta := func(kind, s string) string {
		return `{"type":"` + kind + `.delta","item_id":"i1","output_index":0,"content_index":0,"delta":"` + s + `"}`
	}
	for _, kind := range []string{"response.output_text", "response.output_audio_transcript", "conversation.item.input_audio_transcription"} {
		t.Run(kind, func(t *testing.T) {
			g := newRig(t, &Handler{})
			next := make(chan struct{})
			srv, done := serveOnce(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				c, err := websocket.Accept(w, r, nil)
				if err != nil {
					return nil
				}
				defer c.CloseNow()
				for _, message := range []string{
					delta(kind, "I am Ele"), `{"type":"session.updated"}`, delta(kind, "na Marko"), delta(kind, "vic.\n"), "",
					delta(kind, "And who "), delta(kind, "are you"),
				} {
					if message == "" {
						<-next
						continue
					}
					if err := c.Write(r.Context(), websocket.MessageText, []byte(message)); err != nil {
						return nil
					}
				}
				_ = c.Close(1000, "")
				return nil
			}})
			c, _, err := websocket.Dial(t.Context(), srv.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			defer c.CloseNow()
			for i, want := range []string{
				delta(kind, "I am <PRIVATE_PERSON>"), `{"type":"session.updated"}`, delta(kind, ""), delta(kind, ".\n"),
				delta(kind, "And who "), delta(kind, "are you"),
			} {
				if i == 4 {
					close(next)
				}
				_, got, err := c.Read(t.Context())
				if err != nil || string(got) != want {
					t.Errorf("message %d is %s, %v; want %s", i, got, err, want)
				}
			}
			if _, _, err := c.Read(t.Context()); websocket.CloseStatus(err) != 1000 {
				t.Errorf("the end is %v", err)
			}
			<-done
			if used := g.app.budget.Used(); used != 0 {
				t.Errorf("%d bytes are still held", used)
			}
		})
	}
}

// TestPingIsNoBypass: what a ping carries is read like a message, but for the
// few random bytes by which its sender knows the pong again.
func TestPingIsNoBypass(t *testing.T) {
	for _, row := range []struct {
		name, payload, want string
		code                uint16
	}{
		{"token", "\x00\xffab", "\x00\xffab", 0},
		{"text", "to " + canary, "to <PRIVATE_EMAIL>", 0},
		{"no text", canary + "\x00\xff\xfe\x01", "", 1003},
	} {
		g := newRig(t, &Handler{RulesOnly: true})
		x, stopped := g.begin(httptest.NewRequest(http.MethodGet, "/", nil))
		if stopped != nil {
			t.Fatal(stopped)
		}
		s := x.newSocket(httptest.NewRequest(http.MethodGet, "/", nil))
		out, stopped := s.down.write(ws.MustCompileFrame(ws.NewPingFrame([]byte(row.payload))))
		switch {
		case row.code != 0:
			if stopped == nil || codeOf(stopped) != row.code || len(out) > 0 {
				t.Errorf("%s: %q, %v", row.name, out, stopped)
			}
		case stopped != nil || string(out[2:]) != row.want:
			t.Errorf("%s: %q, %v", row.name, out, stopped)
		}
		s.end()
		x.end()
		if used := g.app.budget.Used(); used != 0 {
			t.Errorf("%s: %d bytes are still held", row.name, used)
		}
	}
}

// TestWebSocketExtensions: none is agreed on, and one that the upstream insists
// on fails closed.
func TestWebSocketExtensions(t *testing.T) {
	offered := make(chan string, 1)
	g := newRig(t, &Handler{RulesOnly: true})
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		offered <- r.Header.Get(extensionsField)
		w.Header()["Sec-WebSocket-Extensions"] = []string{"permessage-deflate"}
		return upgrade(w, r)
	}})
	_, resp, err := websocket.Dial(t.Context(), srv.URL, &websocket.DialOptions{CompressionMode: websocket.CompressionContextTakeover})
	if err == nil || resp == nil || resp.StatusCode != http.StatusBadGateway {
		t.Fatalf("response %v, error %v", resp, err)
	}
	if got := <-offered; got != "" {
		t.Errorf("the upstream was offered %q", got)
	}
}

// TestWebSocketFailures: the filter's own failures end the connection, silent
// about what it was; on_error open lets messages pass.
func TestWebSocketFailures(t *testing.T) {
	for _, opens := range []bool{false, true} {
		h := &Handler{}
		if opens {
			h.OnError = onErrorOpen
		}
		g := newRig(t, h)
		g.filter = mustFilter(filter.Options{Rules: failing{errors.New("an error that quotes")}})
		srv, done := serveOnce(t, middleware{g.Handler, echoSocket})
		c, _, err := websocket.Dial(t.Context(), srv.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Write(t.Context(), websocket.MessageText, []byte(canary)); err != nil {
			t.Fatal(err)
		}
		_, message, err := c.Read(t.Context())
		if opens && string(message) != canary || !opens && websocket.CloseStatus(err) != 1011 {
			t.Errorf("opens %v: read %q, %v", opens, message, err)
		}
		_ = c.CloseNow()
		<-done
		checkSilence(t, g, seen{})
	}
}

// echoSocket is a handler within Caddy that speaks WebSocket itself.
func echoSocket(w http.ResponseWriter, r *http.Request) error {
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		return nil
	}
	defer c.CloseNow()
	for {
		kind, message, err := c.Read(r.Context())
		if err != nil {
			return nil
		}
		if err := c.Write(r.Context(), kind, message); err != nil {
			return nil
		}
	}
}

// TestWebSocketGivesBack: a connection that ends, in whatever way, holds no
// memory and no model, and is counted once a direction.
func TestWebSocketGivesBack(t *testing.T) {
	for name, end := range map[string]func(*websocket.Conn){
		"closed": func(c *websocket.Conn) { _ = c.Close(1000, "") },
		"gone":   func(c *websocket.Conn) { _ = c.CloseNow() },
		"gone within a message": func(c *websocket.Conn) {
			w, _ := c.Writer(context.Background(), websocket.MessageText)
			_, _ = w.Write(bytes.Repeat([]byte("x"), 10000))
			_ = c.CloseNow()
		},
	} {
		t.Run(name, func(t *testing.T) {
			g := newRig(t, &Handler{})
			srv, done := serveOnce(t, middleware{g.Handler, echoSocket})
			before := counted(t, request, "masked") + counted(t, response, "clean")
			c, _, err := websocket.Dial(t.Context(), srv.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.Write(t.Context(), websocket.MessageText, []byte("by "+person)); err != nil {
				t.Fatal(err)
			}
			if _, got, err := c.Read(t.Context()); err != nil || string(got) != "by <PRIVATE_PERSON>" {
				t.Fatalf("read %q, %v", got, err)
			}
			end(c)
			<-done
			if used := g.app.budget.Used(); used != 0 {
				t.Errorf("%d bytes are still held", used)
			}
			if n := counted(t, request, "masked") + counted(t, response, "clean") - before; n != 2 {
				t.Errorf("counted %v times", n)
			}
		})
	}
}
