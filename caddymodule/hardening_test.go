package caddymodule

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/common/expfmt"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// canary is a value that rules find; no failure may show it.
const canary = "elena.markovic@canary-mailbox.net"

// A failure stops a body that holds the canary.
type failure struct {
	name     string
	handler  Handler
	sabotage func(*rig) // makes the filter fail
	header   http.Header
	body     string
	request  int
	response int
	reason   filter.Reason
}

func failures(t testing.TB) []failure {
	text := `{"mail":"` + canary + `","to":"` + person + `"}`
	engine := func(hook func(context.Context, *inference.Batch) error) func(*rig) {
		return func(g *rig) { g.model.Engine.Hook = hook }
	}
	return []failure{
		{name: "too large", handler: Handler{MaxBody: 20}, header: jsonHeader(), body: text, request: 413, response: 502, reason: filter.ReasonTooLarge},
		{name: "unknown coding", header: jsonHeader("Content-Encoding", "rot13"), body: text, request: 415, response: 502, reason: filter.ReasonCoding},
		{name: "corrupt coding", header: jsonHeader("Content-Encoding", "gzip"), body: text, request: 415, response: 502, reason: filter.ReasonCoding},
		{name: "half of a coding", header: jsonHeader("Content-Encoding", "gzip"), body: zipped(t, text)[:20], request: 415, response: 502, reason: filter.ReasonCoding},
		{name: "binary", header: http.Header{"Content-Type": {"application/pdf"}}, body: "%PDF-1.7\x00\x01\x02\xff" + canary, request: 415, response: 502, reason: filter.ReasonUnsupported},
		{name: "blocked", handler: Handler{Policy: Policy{Categories: map[string]string{"private_email": "block"}}}, header: jsonHeader(), body: text, request: 403, response: 502, reason: filter.ReasonBlocked},
		{name: "signed", header: jsonHeader("Stripe-Signature", "t=1,v1=aa"), body: text, request: 403, response: 502, reason: filter.ReasonSigned},
		{
			name: "engine error", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonDetector,
			sabotage: engine(func(context.Context, *inference.Batch) error { return errors.New("engine quotes " + canary) }),
		},
		{
			name: "logits that are no numbers", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonDetector,
			sabotage: func(g *rig) {
				g.model.Engine.Touch = func(_ *inference.Batch, logits []float32) {
					for i := range logits {
						logits[i] = float32(math.NaN())
					}
				}
			},
		},
		{
			name: "engine too slow", handler: Handler{Deadline: caddy.Duration(50 * time.Millisecond)}, header: jsonHeader(), body: text, request: 504, response: 504, reason: filter.ReasonTimeout,
			sabotage: engine(func(ctx context.Context, _ *inference.Batch) error { <-ctx.Done(); return ctx.Err() }),
		},
		{
			name: "panic in a detector", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonDetector,
			sabotage: func(g *rig) { g.filter = mustFilter(filter.Options{Rules: panicking{}}) },
		},
		{
			name: "model is gone", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonOverload,
			sabotage: func(g *rig) { g.filter = mustFilter(filter.Options{Rules: failing{pii.ErrNotReady}}) },
		},
		{
			name: "queue is full", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonOverload,
			sabotage: func(g *rig) { g.filter = mustFilter(filter.Options{Rules: failing{pii.ErrOverload}}) },
		},
		{
			name: "memory is spent", header: jsonHeader(), body: text, request: 503, response: 502, reason: filter.ReasonOverload,
			sabotage: func(g *rig) { g.app.budget = filter.NewBudget(10) },
		},
	}
}

func mustFilter(o filter.Options) *filter.Filter {
	f, err := filter.New(o)
	if err != nil {
		panic(err)
	}
	return f
}

// panicking is a detector that dies of the text, and says so.
type panicking struct{}

func (panicking) Detect(_ context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	panic(fmt.Sprintf("cannot read %v", segments))
}

// failing is a detector with an error that quotes.
type failing struct{ reason error }

func (f failing) Detect(_ context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	return nil, fmt.Errorf("%w: reading %v", f.reason, segments)
}

func zipped(t testing.TB, s string) string {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// leaks names the spelling in which a text holds a canary, or "".
func leaks(text string) string {
	for _, secret := range []string{canary, "canary-mailbox", person, "Markovic"} {
		quoted, _ := json.Marshal(secret)
		for _, spelling := range []string{
			secret, url.QueryEscape(secret), strings.Trim(string(quoted), `"`),
			base64.StdEncoding.EncodeToString([]byte(secret))[:len(secret)], strings.Trim(fmt.Sprintf("%d", []byte(secret)), "[]"),
		} {
			if strings.Contains(text, spelling) {
				return spelling
			}
		}
	}
	return ""
}

// TestFailuresAreClosedAndSilent pushes the canary through every way to fail,
// in both directions: nothing of it passes, the answer is DESIGN's, and no
// header, body, log line or metric shows it.
func TestFailuresAreClosedAndSilent(t *testing.T) {
	for _, protocol := range protocols {
		c := client(t, protocol)
		for _, f := range failures(t) {
			for _, d := range []direction{request, response} {
				t.Run(fmt.Sprintf("%s/%s/%s", protocol, f.name, d), func(t *testing.T) {
					handler := f.handler
					if d == request {
						handler.Response = modeOff
					} else {
						handler.Request = modeOff
					}
					g := newRig(t, &handler)
					if f.sabotage != nil {
						f.sabotage(g)
					}
					want, reached := f.request, false
					next := func(w http.ResponseWriter, r *http.Request) error {
						reached = true
						maps.Copy(w.Header(), f.header)
						w.Header().Set("ETag", `"`+canary+`"`)
						w.Header().Set("Content-Disposition", "attachment; filename="+canary)
						_, err := io.WriteString(w, f.body)
						return err
					}
					before := counted(t, d, f.reason)
					var got seen
					if d == request {
						srv := serve(t, middleware{g.Handler, next})
						got = ask(t, c, "POST", srv.URL, f.header, stream(f.body))
					} else {
						want = f.response
						srv := serve(t, middleware{g.Handler, next})
						got = ask(t, c, "GET", srv.URL, nil, nil)
					}
					checkStopped(t, got, want, f.reason)
					if d == request && reached {
						t.Error("the next handler ran")
					}
					if n := counted(t, d, f.reason) - before; n != 1 {
						t.Errorf("counted %v times under %s, want once", n, f.reason)
					}
					checkSilence(t, g, got)
				})
			}
		}
	}
}

func checkStopped(t *testing.T, got seen, status int, reason filter.Reason) {
	t.Helper()
	if got.status != status || got.failed {
		t.Fatalf("status %d, failed %v, want %d: %s", got.status, got.failed, status, got.body)
	}
	var doc problem
	if err := json.Unmarshal([]byte(got.body), &doc); err != nil {
		t.Fatalf("no problem document: %q", got.body)
	}
	if got.header.Get("Content-Type") != "application/problem+json" || doc.Status != status || doc.Reason != string(reason) || doc.Title == "" {
		t.Errorf("document %+v of type %s", doc, got.header.Get("Content-Type"))
	}
	if retry := got.header.Get("Retry-After") != ""; retry != (reason == filter.ReasonOverload && status == 503) {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
	for _, name := range []string{"Etag", "Content-Encoding", "Content-Disposition", "Stripe-Signature"} {
		if got.header.Get(name) != "" {
			t.Errorf("the stopped response's %s is on the error document", name)
		}
	}
}

func checkSilence(t *testing.T, g *rig, got seen) {
	t.Helper()
	if found := leaks(fmt.Sprint(got)); found != "" {
		t.Errorf("the answer shows %q", found)
	}
	for _, entry := range g.logs.All() {
		if found := leaks(fmt.Sprint(entry.Entry, entry.ContextMap())); found != "" {
			t.Errorf("the log shows %q", found)
		}
	}
	if found := leaks(exposition(t)); found != "" {
		t.Errorf("the metrics show %q", found)
	}
}

// exposition is what Prometheus would read.
func exposition(t testing.TB) string {
	t.Helper()
	registry := prometheus.NewPedanticRegistry()
	if err := metrics.register(registry); err != nil {
		t.Fatal(err)
	}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, family := range families {
		if _, err := expfmt.MetricFamilyToText(&b, family); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// counted is the number of bodies of an outcome, over all formats.
func counted[T ~string](t testing.TB, d direction, outcome T) (n float64) {
	t.Helper()
	for line := range strings.Lines(exposition(t)) {
		if strings.HasPrefix(line, "caddy_privacy_filter_bodies_total{") &&
			strings.Contains(line, fmt.Sprintf("direction=%q", d)) && strings.Contains(line, fmt.Sprintf("outcome=%q", outcome)) {
			var value float64
			if _, err := fmt.Sscan(line[strings.LastIndexByte(line, ' '):], &value); err != nil {
				t.Fatal(err)
			}
			n += value
		}
	}
	return n
}

// TestFailuresOpen: on_error open lets pass what the filter failed at, and
// nothing else.
func TestFailuresOpen(t *testing.T) {
	for _, f := range failures(t) {
		t.Run(f.name, func(t *testing.T) {
			handler := f.handler
			handler.OnError = onErrorOpen
			handler.Response = modeOff
			g := newRig(t, &handler)
			if f.sabotage != nil {
				f.sabotage(g)
			}
			var received string
			srv := serve(t, middleware{g.Handler, func(_ http.ResponseWriter, r *http.Request) error {
				raw, err := io.ReadAll(r.Body)
				received = string(raw)
				return err
			}})
			got := ask(t, client(t, "h1"), "POST", srv.URL, f.header, stream(f.body))
			opens := f.reason == filter.ReasonDetector || f.reason == filter.ReasonTimeout || f.reason == filter.ReasonOverload
			switch {
			case opens && (got.status != 200 || received != f.body):
				t.Errorf("status %d, received %q", got.status, received)
			case !opens && (got.status != f.request || received != ""):
				t.Errorf("status %d, received %q", got.status, received)
			}
		})
	}
}

// TestOpenResponseIsWhole: a response that is let go while it is held back
// comes out whole, wherever that happens.
func TestOpenResponseIsWhole(t *testing.T) {
	large := strings.Repeat("plain words ", 20000)
	for _, budget := range []int64{1, firstChunkUnknown, 3 * firstChunkUnknown, 100_000} {
		g := newRig(t, &Handler{RulesOnly: true, OnError: onErrorOpen})
		g.app.budget = filter.NewBudget(budget)
		for _, size := range []int{1, 300, 513, 5000, len(large)} {
			srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, _ *http.Request) error {
				w.Header().Set("Content-Type", "text/plain")
				for part := range slices.Chunk([]byte(large), size) {
					if n, err := w.Write(part); err != nil || n != len(part) {
						return fmt.Errorf("wrote %d of %d: %w", n, len(part), err)
					}
				}
				return nil
			}})
			got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
			if got.status != http.StatusOK || got.body != large {
				t.Errorf("budget %d, writes of %d: status %d, %d of %d bytes", budget, size, got.status, len(got.body), len(large))
			}
		}
	}
}

// TestMonitorStopsNothing: what would have been stopped is counted and passes
// as it came, in both directions.
func TestMonitorStopsNothing(t *testing.T) {
	for _, f := range failures(t) {
		t.Run(f.name, func(t *testing.T) {
			handler := f.handler
			handler.Monitor = true
			g := newRig(t, &handler)
			if f.sabotage != nil {
				f.sabotage(g)
			}
			srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				maps.Copy(w.Header(), f.header)
				w.Header().Set("ETag", `"v1"`)
				_, err := io.Copy(w, r.Body)
				return err
			}})
			got := ask(t, client(t, "h1"), "POST", srv.URL, f.header, stream(f.body))
			if got.status != 200 || got.body != f.body || got.header.Get("ETag") != `"v1"` {
				t.Errorf("got %+v", got)
			}
		})
	}
}

// TestSlowBodyIsBounded: a client that sends nothing more holds its memory
// for the deadline only.
func TestSlowBodyIsBounded(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true, Deadline: caddy.Duration(50 * time.Millisecond)})
	srv := serve(t, middleware{g.Handler, func(http.ResponseWriter, *http.Request) error {
		t.Error("the next handler ran")
		return nil
	}})
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\n\r\n%s", canary)
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusGatewayTimeout {
		t.Errorf("status %d, want 504", resp.StatusCode)
	}
	if used := g.app.budget.Used(); used != 0 {
		t.Errorf("%d bytes are still held", used)
	}
}

// TestTruncatedBodyDoesNotPass: half a body is none.
func TestTruncatedBodyDoesNotPass(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true})
	srv := serve(t, middleware{g.Handler, func(http.ResponseWriter, *http.Request) error {
		t.Error("the next handler ran")
		return nil
	}})
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusBadRequest {
		t.Errorf("status %d, want 400", resp.StatusCode)
	}
}

// TestCancelledRequestLeavesTheQueue: a client that goes away frees its place
// and its memory.
func TestCancelledRequestLeavesTheQueue(t *testing.T) {
	g := newRig(t, &Handler{})
	gate := inferencetest.NewGate()
	g.model.Engine.Hook = gate.Wait
	done := make(chan struct{})
	srv := serve(t, middleware{nil, func(w http.ResponseWriter, r *http.Request) error {
		defer close(done)
		return g.ServeHTTP(w, r, nil)
	}})
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL, strings.NewReader("written by "+person))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "text/plain")
	go func() {
		<-gate.Entered()
		cancel()
	}()
	if resp, err := client(t, "h1").Do(req); err == nil {
		resp.Body.Close()
		t.Fatal("the request was answered")
	}
	<-done
	gate.Open()
	if used := g.app.budget.Used(); used != 0 {
		t.Errorf("%d bytes are still held", used)
	}
}
