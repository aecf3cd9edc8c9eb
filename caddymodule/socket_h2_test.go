package caddymodule

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/gobwas/ws"
	"golang.org/x/net/http2"
)

// TestWebSocketOverHTTP2: an extended CONNECT (RFC 8441) is masked like an
// upgrade. Go's server offers it only to a process that was started with a
// GODEBUG for it.
func TestWebSocketOverHTTP2(t *testing.T) {
	const setting = "http2xconnect=1"
	if !strings.Contains(os.Getenv("GODEBUG"), setting) {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWebSocketOverHTTP2$", "-test.v")
		cmd.Env = append(os.Environ(), "GODEBUG="+setting)
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: TestWebSocketOverHTTP2") {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	p := newSocketPeer(t, "")
	site := startCaddy(t, "{\n\tservers {\n\t\tprotocols h1 h2c\n\t}\n}\n{ADDR} {\n\tlog {\n\t\toutput discard\n\t}\n\tencode gzip\n\tprivacy_filter {\n\t\trules_only\n\t\tmax_body 1KiB\n\t}\n\treverse_proxy "+p.url+"\n}\n")
	transport := &http2.Transport{AllowHTTP: true, DialTLSContext: func(ctx context.Context, network, addr string, _ *tls.Config) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, addr)
	}}
	defer transport.CloseIdleConnections()
	body, feed := io.Pipe()
	defer feed.Close()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodConnect, site, body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header = http.Header{":protocol": {"websocket"}, "Sec-Websocket-Version": {"13"}, "Sec-Websocket-Extensions": {"permessage-deflate"}}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK || hasExtensions(resp.Header) {
		t.Fatalf("status %d, header %v", resp.StatusCode, resp.Header)
	}
	send := func(f ws.Frame) {
		t.Helper()
		if err := ws.WriteFrame(feed, ws.MaskFrame(f)); err != nil {
			t.Error(err)
		}
	}
	for range 2 {
		send(ws.NewFrame(ws.OpText, false, []byte("write to "+canary[:7])))
		send(ws.NewFrame(ws.OpContinuation, true, []byte(canary[7:])))
		if got := <-p.received; got != "write to <PRIVATE_EMAIL>" {
			t.Errorf("the upstream received %q", got)
		}
		if f, err := ws.ReadFrame(resp.Body); err != nil || string(f.Payload) != "write to <PRIVATE_EMAIL>" || f.Header.OpCode != ws.OpText {
			t.Errorf("the client received %q, %v", f.Payload, err)
		}
	}
	send(ws.NewTextFrame([]byte(strings.Repeat("x", 2000) + canary)))
	f, err := ws.ReadFrame(resp.Body)
	if code, _ := ws.ParseCloseFrameData(f.Payload); err != nil || code != 1009 {
		t.Errorf("the client received %v, %v", f, err)
	}
	if code := <-p.ended; code != 1009 {
		t.Errorf("the upstream was told %d", code)
	}
	if _, err := ws.ReadFrame(resp.Body); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("the stream goes on: %v", err)
	}
}
