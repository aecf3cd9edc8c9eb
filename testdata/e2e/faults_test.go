package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/Shopify/toxiproxy/v2"
	"github.com/Shopify/toxiproxy/v2/stream"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rs/zerolog"
)

// A fault is what a network between two of client, filter and upstream does.
type fault struct {
	toxic      string
	attributes map[string]any
	harmless   bool // everything arrives, only later or in other pieces
}

var faultTable = []fault{
	{"latency", map[string]any{"latency": 30, "jitter": 20}, true},
	{"slicer", map[string]any{"average_size": 40, "size_variation": 39, "delay": 0}, true},
	{"bandwidth", map[string]any{"rate": 400}, true},
	{"slow_close", map[string]any{"delay": 50}, true},
	{"reset_peer", map[string]any{"timeout": 0}, false},
	{"reset_peer", map[string]any{"timeout": 5}, false},
	{"limit_data", map[string]any{"bytes": 0}, false},
	{"limit_data", map[string]any{"bytes": 700}, false},
	{"limit_data", map[string]any{"bytes": 4000}, false},
	{"timeout", map[string]any{"timeout": 100}, false},
}

// network is a filtered site with a faulty network on both of its sides.
type network struct {
	up          *upstream
	front, back *toxiproxy.Proxy // client to filter, filter to upstream
	srv         *server
	client      *http.Client
	received    *recorder // every byte that came to the client
	addr        string
}

// recorder keeps what a client's connections have read, before HTTP.
type recorder struct {
	mu    sync.Mutex
	bytes bytes.Buffer // guarded by mu
}

type recordedConn struct {
	net.Conn
	to *recorder
}

func (c recordedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.to.mu.Lock()
	defer c.to.mu.Unlock()
	c.to.bytes.Write(p[:n])
	return n, err
}

func (r *recorder) String() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.bytes.String()
}

func newNetwork(t *testing.T) *network {
	t.Helper()
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	n := &network{up: up, received: new(recorder), addr: freeAddr()}
	control := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(prometheus.NewRegistry()), zerolog.Nop())
	n.back = startProxy(t, control, "back", up.addr)
	s := site{
		addr: n.addr, upstream: n.back.Listen, accessLog: true,
		filter: rulesOnly + "\ndeadline 2s",
		proxy:  "transport http {\n\t\t\tkeepalive off\n\t\t\tresponse_header_timeout 2s\n\t\t\tread_timeout 2s\n\t\t\twrite_timeout 2s\n\t\t}",
	}
	n.srv = startServer(t, caddyfile("", s), s.addr)
	n.front = startProxy(t, control, "front", n.addr)
	n.client = &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			DisableKeepAlives: true, DisableCompression: true,
			DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
				c, err := new(net.Dialer).DialContext(ctx, network, addr)
				if err != nil {
					return nil, err
				}
				return recordedConn{c, n.received}, nil
			},
		},
	}
	return n
}

func startProxy(t *testing.T, control *toxiproxy.ApiServer, name, upstream string) *toxiproxy.Proxy {
	t.Helper()
	p := toxiproxy.NewProxy(control, name, "127.0.0.1:0", upstream)
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// inject makes one direction of one side faulty until the test ends.
func (f fault) inject(t *testing.T, p *toxiproxy.Proxy, direction string) {
	t.Helper()
	doc, err := json.Marshal(map[string]any{"name": "fault", "type": f.toxic, "stream": direction, "attributes": f.attributes})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Toxics.AddToxicJson(bytes.NewReader(doc)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Toxics.ResetToxics(context.Background()) })
}

// faultyBody is a document with canaries from its beginning to its end.
func faultyBody() (raw, masked string) {
	var b strings.Builder
	b.WriteString(`{"items": [`)
	for i := range 120 {
		fmt.Fprintf(&b, `{"n": %d, "note": "write to %s about it"}, `, i, canaryEmail)
	}
	b.WriteString(`{}]}`)
	return b.String(), strings.ReplaceAll(b.String(), canaryEmail, "<PRIVATE_EMAIL>")
}

// kinds are the ways in which bodies are held back, or not.
var kinds = map[string]struct {
	contentType string
	prefix      string // of what an event stream makes of a document
	chunks      bool
}{
	"JSON of known length":   {"application/json", "", false},
	"JSON of unknown length": {"application/json", "", true},
	"an event stream":        {"text/event-stream", "data: ", true},
}

// TestFaultyNetworks: whatever the network does on either side and in either
// direction, nothing unmasked passes the filter. What is harmless changes
// nothing, and of what breaks a part of the masked body is the most that
// anybody sees, and nobody takes it for the whole.
func TestFaultyNetworks(t *testing.T) {
	n := newNetwork(t)
	raw, masked := faultyBody()
	for _, side := range []struct {
		name  string
		proxy *toxiproxy.Proxy
	}{{"client side", n.front}, {"upstream side", n.back}} {
		for _, direction := range []string{stream.Upstream.String(), stream.Downstream.String()} {
			for _, f := range faultTable {
				for kind, k := range kinds {
					t.Run(fmt.Sprintf("%s/%s/%s %v/%s", side.name, direction, f.toxic, f.attributes, kind), func(t *testing.T) {
						f.inject(t, side.proxy, direction)
						path := n.up.handle(func(w http.ResponseWriter, _ *http.Request) {
							w.Header().Set("Content-Type", k.contentType)
							d := whole
							if k.chunks {
								d = chunked
							}
							d.serve(w, 200, []byte(k.prefix+raw+"\n\n"))
						})
						got := n.exchange(t, path, raw)
						n.checkMasked(t, f, path, masked, got, k.prefix+masked+"\n\n")
					})
				}
			}
		}
	}
	if found := findCanary(n.received.String()); found != "" {
		t.Error("a client received a canary as", found)
	}
	if found := findCanary(n.up.everything()); found != "" {
		t.Error("the upstream received a canary as", found)
	}
	if found := findCanary(n.srv.out.String()); found != "" {
		t.Error("the log holds a canary as", found)
	}
	checkNothingHeld(t, n.srv)
}

// exchange posts a body through the faulty network; nil if no answer came.
func (n *network) exchange(t *testing.T, path, body string) *response {
	t.Helper()
	req, err := http.NewRequest(http.MethodPost, "http://"+n.front.Listen+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := n.client.Do(req)
	if err != nil {
		return nil
	}
	return readResponse(resp)
}

func (n *network) checkMasked(t *testing.T, f fault, path, sent string, got *response, want string) {
	t.Helper()
	complete := got != nil && got.Status == http.StatusOK && got.BodyErr == nil
	if complete != f.harmless {
		t.Errorf("a complete answer: %v, want %v: %+v", complete, f.harmless, got)
	}
	if complete && string(got.Body) != want {
		t.Errorf("the answer is %s", clip(got.Body))
	}
	if got != nil && got.Status == http.StatusOK && !strings.HasPrefix(want, string(got.Body)) {
		t.Errorf("the answer is no part of the masked one: %s", clip(got.Body))
	}
	for _, a := range n.up.arrivals(path) {
		if !strings.HasPrefix(sent, string(a.Body)) || f.harmless && string(a.Body) != sent {
			t.Errorf("the upstream received %s", clip(a.Body))
		}
	}
}

// TestFaultsByTheTable: where somebody is left to be told, the answer is that
// of the failure table.
func TestFaultsByTheTable(t *testing.T) {
	n := newNetwork(t)
	raw, _ := faultyBody()
	silence := fault{toxic: "timeout", attributes: map[string]any{"timeout": 0}}
	jsonAnswer := answer(200, raw, "Content-Type", "application/json")
	never := func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }
	t.Run("a body that never arrives", func(t *testing.T) {
		c := dialWire(t, n.front.Listen)
		path := n.up.handle(jsonAnswer)
		c.head(t, "POST "+path, "Content-Type: application/json", fmt.Sprintf("Content-Length: %d", len(raw)))
		c.send(t, raw[:len(raw)/2])
		checkProblem(t, c.receive(t, "POST"), http.StatusGatewayTimeout, "timeout")
		if len(n.up.arrivals(path)) != 0 {
			t.Error("the upstream was asked")
		}
	})
	for _, row := range []struct {
		name      string
		fault     fault
		direction string
		upstream  http.HandlerFunc
		status    int
	}{
		{"an upstream that hangs up", fault{toxic: "limit_data", attributes: map[string]any{"bytes": 0}}, "downstream", jsonAnswer, http.StatusBadGateway},
		{"an upstream that resets", fault{toxic: "reset_peer", attributes: map[string]any{"timeout": 0}}, "upstream", jsonAnswer, http.StatusBadGateway},
		{"an upstream that never answers", silence, "downstream", never, http.StatusGatewayTimeout},
		{"an upstream that never hears", silence, "upstream", jsonAnswer, http.StatusGatewayTimeout},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.fault.inject(t, n.back, row.direction)
			got := n.exchange(t, n.up.handle(row.upstream), raw)
			if got == nil || got.Status != row.status {
				t.Fatalf("got %+v, want status %d", got, row.status)
			}
			checkSilent(t, got)
		})
	}
	t.Run("an upstream that is not there", func(t *testing.T) {
		n.back.Stop()
		got := n.exchange(t, n.up.handle(jsonAnswer), raw)
		if got == nil || got.Status != http.StatusBadGateway {
			t.Fatalf("got %+v, want status 502", got)
		}
		checkSilent(t, got)
	})
	if found := findCanary(n.up.everything()); found != "" {
		t.Error("the upstream received a canary as", found)
	}
}
