package e2e

import (
	"io"
	"net/http"
	"strconv"
	"testing"
)

// wireScenarios need a raw HTTP/1.1 connection.
func wireScenarios() []scenario {
	return []scenario{
		{name: "several requests on one connection", only: h1Only, upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			for range 3 {
				w.head(t, "POST "+c.path, "Content-Type: application/json", "Content-Length: 7")
				w.send(t, `{"a":1}`)
				c.response(w.receive(t, "POST"))
			}
			w.head(t, "GET "+c.path, "Connection: close")
			c.response(w.receive(t, "GET"))
			c.logf("< closed %v", w.closed())
		}},
		{name: "a client that waits for 100 Continue", only: h1Only, upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), mayDiffer: []deviation{{prefix: "> Expect", reason: "the body was read before the upstream was asked"}}, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: application/json", "Content-Length: 7", "Expect: 100-continue")
			c.logf("< interim %d", w.receive(t, "POST").Status)
			w.send(t, `{"a":1}`)
			final := w.receive(t, "POST")
			for final.Status == http.StatusContinue {
				final = w.receive(t, "POST")
			}
			c.response(final)
		}},
		{name: "pipelined requests", only: h1Only, upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Content-Length: 3")
			w.send(t, "one")
			w.head(t, "GET "+c.path)
			c.response(w.receive(t, "POST"))
			c.response(w.receive(t, "GET"))
		}},
		{name: "HTTP/1.0", only: h1Only, upstream: answer(200, "old", "Content-Type", "text/plain"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.send(t, "GET "+c.path+" HTTP/1.0\r\nHost: localhost\r\n\r\n")
			c.response(w.receive(t, "GET"))
			c.logf("< closed %v", w.closed())
		}},
		{name: "Content-Length and Transfer-Encoding together", only: h1Only, upstream: answer(200, "ok"), mayDiffer: requestLength, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Content-Length: 4", "Transfer-Encoding: chunked")
			w.sendChunks(t, [][]byte{[]byte("one"), []byte("two")})
			c.response(w.receive(t, "POST"))
		}},
		{name: "a broken chunk", only: h1Only, raw: true, upstream: answer(200, "ok"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Transfer-Encoding: chunked")
			w.send(t, "zz\r\n")
			got := w.receive(t, "POST")
			c.logf("< failed %v", got.Status >= 400)
		}},
		{name: "a connection that outlives errors", only: h1Only, upstream: func(w http.ResponseWriter, r *http.Request) {
			status, err := strconv.Atoi(r.Header.Get("X-Status"))
			if err != nil || status == 0 {
				panic(http.ErrAbortHandler) // a 502 of Caddy's
			}
			answer(status, "", "Content-Type", "text/plain")(w, r)
		}, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			for _, status := range []string{"404", "500", "0", "204", "304", "401", "503", "200"} {
				w.head(t, "POST "+c.path, "X-Status: "+status, "Content-Type: application/json", "Content-Length: 7")
				w.send(t, `{"a":1}`)
				c.response(w.receive(t, "POST"))
			}
			w.head(t, "GET "+c.path, "X-Status: 200", "Connection: close")
			c.response(w.receive(t, "GET"))
			c.logf("< closed %v", w.closed())
		}},
		{name: "a WebSocket that is declined", only: h1Only, upstream: answer(403, "no", "Content-Type", "text/plain"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "GET "+c.path, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
			c.response(w.receive(t, "GET"))
		}},
		{name: "a WebSocket nobody knows of", only: h1Only, upstream: answer(200, "hello", "Content-Type", "text/plain"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "GET "+c.path, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
			c.response(w.receive(t, "GET"))
		}},
		{name: "an upgrade to h2c", only: h1Only, upstream: answer(200, "hello", "Content-Type", "text/plain"), mayDiffer: []deviation{
			{prefix: "> Upgrade", reason: "an offer of h2c is declined: what follows would not be HTTP/1.1 any more"},
			{prefix: "> Connection", reason: "as above"},
		}, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "GET "+c.path, "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA")
			c.response(w.receive(t, "GET"))
		}},
		{name: "an upgrade that may pass", only: h1Only, passing: true, raw: true, upstream: echoUpgrade, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "GET "+c.path, "Connection: Upgrade", "Upgrade: echo/1")
			c.response(w.receive(t, "GET"))
			w.send(t, "over and out")
			echo := make([]byte, 12)
			_, err := io.ReadFull(w.r, echo)
			c.logf("< echoed %q %v", echo, err)
		}},
	}
}

// echoUpgrade switches protocols and sends back what it reads.
func echoUpgrade(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Connection", "Upgrade")
	w.Header().Set("Upgrade", "echo/1")
	w.WriteHeader(http.StatusSwitchingProtocols)
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	defer conn.Close()
	io.Copy(conn, rw)
}
