package caddymodule

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body/coding"
	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
)

// streamCase is a stream of units of one type.
type streamCase struct {
	name, contentType string
	units, want       []string // the want of unit i has left before unit i+1 is sent
	end               string   // what closes it
}

func streamCases() []streamCase {
	return []streamCase{
		{name: "SSE", contentType: "text/event-stream", units: []string{
			": ping\n\n",
			"data: {\"text\":\"Written by " + person + ".\\n\"}\n\n",
			"event: note\nid: 7\ndata: {\"text\":\"Nothing here.\\n\"}\n\n",
			"retry: 10\n\n",
		}, want: []string{
			": ping\n\n",
			"data: {\"text\":\"Written by <PRIVATE_PERSON>.\\n\"}\n\n",
			"event: note\nid: 7\ndata: {\"text\":\"Nothing here.\\n\"}\n\n",
			"retry: 10\n\n",
		}},
		{name: "NDJSON", contentType: "application/x-ndjson", units: []string{
			"{\"by\":\"" + person + "\", \"n\": 1.0}\n", "{\"n\":2}\n",
		}, want: []string{
			"{\"by\":\"<PRIVATE_PERSON>\", \"n\": 1.0}\n", "{\"n\":2}\n",
		}},
		{name: "text", contentType: "text/plain; charset=utf-8", units: []string{
			"Written by " + person + ".\n", "Nothing here.\n",
		}, want: []string{
			"Written by <PRIVATE_PERSON>.\n", "Nothing here.\n",
		}},
		{name: "a list", contentType: "application/json", units: []string{
			"[{\"by\":\"" + person + "\"}\n,", "{\"n\":2}\n,",
		}, want: []string{
			"[{\"by\":\"<PRIVATE_PERSON>\"}", "\n,{\"n\":2}",
		}, end: "{}]"},
	}
}

// TestStreamsStream: each unit whose text has come to an end is there, masked,
// before the upstream sends the next; in every coding that streams come in.
func TestStreamsStream(t *testing.T) {
	g := newRig(t, &Handler{})
	for _, protocol := range protocols {
		for _, code := range []string{"", "gzip", "deflate", "br", "zstd"} {
			for _, sc := range streamCases() {
				t.Run(strings.Join([]string{protocol, code, sc.name}, "/"), func(t *testing.T) {
					next := make(chan struct{})
					srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, _ *http.Request) error {
						w.Header().Set("Content-Type", sc.contentType)
						w.Header().Set("ETag", `"v1"`)
						var chain []string
						if code != "" {
							chain = []string{code}
							w.Header().Set("Content-Encoding", code)
						}
						e, err := coding.NewEncoder(w, chain)
						if err != nil {
							return err
						}
						defer e.Stop()
						for _, unit := range append(sc.units, sc.end) {
							if _, err := io.WriteString(e, unit); err != nil {
								return err
							}
							if err := e.Flush(); err != nil {
								return err
							}
							if err := http.NewResponseController(w).Flush(); err != nil {
								return err
							}
							<-next
						}
						return e.Close()
					}})
					resp, err := client(t, protocol).Get(srv.URL)
					if err != nil {
						t.Fatal(err)
					}
					defer resp.Body.Close()
					if resp.ContentLength >= 0 || resp.Header.Get("ETag") != "" || resp.Header.Get("Content-Encoding") != code {
						t.Errorf("length %d, header %v", resp.ContentLength, resp.Header)
					}
					body := &plainBody{t: t, from: resp.Body}
					if body.decoder, err = coding.NewDecoder([]string{code}, coding.Limits{}); err != nil {
						t.Fatal(err)
					}
					defer body.decoder.Stop()
					for _, want := range sc.want {
						if got := body.next(len(want)); got != want {
							t.Errorf("got %q, want %q", got, want)
						}
						next <- struct{}{}
					}
					close(next)
					if rest := body.rest(); !strings.HasSuffix(rest, sc.end) || strings.Contains(rest, "Elena") {
						t.Errorf("the rest is %q", rest)
					}
				})
			}
		}
	}
}

// plainBody reads a coded body as far as it has come.
type plainBody struct {
	t       *testing.T
	from    io.Reader
	decoder *coding.Decoder
	plain   []byte
}

func (b *plainBody) take(p []byte) error { b.plain = append(b.plain, p...); return nil }

// next waits for n bytes.
func (b *plainBody) next(n int) string {
	b.t.Helper()
	buf := make([]byte, 4096)
	for len(b.plain) < n {
		got, err := b.from.Read(buf)
		if err := errors.Join(err, b.decoder.Write(buf[:got], b.take)); err != nil {
			b.t.Fatalf("%v after %q", err, b.plain)
		}
	}
	out := string(b.plain[:n])
	b.plain = b.plain[n:]
	return out
}

// rest reads to the end.
func (b *plainBody) rest() string {
	b.t.Helper()
	raw, err := io.ReadAll(b.from)
	if err := errors.Join(err, b.decoder.Write(raw, b.take), b.decoder.Close(b.take)); err != nil {
		b.t.Fatal(err)
	}
	return string(b.plain)
}

// sse is a next handler that sends events, and flushes each.
func sse(events ...string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, event := range events {
			if _, err := io.WriteString(w, event); err != nil {
				panic(http.ErrAbortHandler) // what a proxy does
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				panic(http.ErrAbortHandler)
			}
		}
		return nil
	}
}

func event(text string) string { return "data: {\"text\":\"" + text + ".\\n\"}\n\n" }

// TestStreamHeaderComesAtOnce: a client learns that it is connected before
// there is an event.
func TestStreamHeaderComesAtOnce(t *testing.T) {
	g := newRig(t, &Handler{})
	for _, protocol := range protocols {
		connected := make(chan struct{})
		srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Type", "text/event-stream")
			w.WriteHeader(http.StatusOK)
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
			<-connected
			return sse(event("by "+person))(w, r)
		}})
		resp, err := client(t, protocol).Get(srv.URL)
		if err != nil {
			t.Fatal(err)
		}
		close(connected)
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || string(body) != event("by <PRIVATE_PERSON>") {
			t.Errorf("%s: %q, %v", protocol, body, err)
		}
	}
}

// TestStreamFailures: a stream that fails before its first byte has the answer
// of every other body; later, the connection is aborted. Nothing raw leaves,
// and each is counted once.
func TestStreamFailures(t *testing.T) {
	first := event("All is well")
	for _, protocol := range protocols {
		c := client(t, protocol)
		for _, row := range []struct {
			name    string
			handler Handler
			engine  func(context.Context, *inference.Batch) error
			coding  string
			event   string
			status  int
			reason  filter.Reason
		}{
			{name: "blocked", handler: Handler{Policy: Policy{Categories: map[string]string{"private_email": "block"}}}, event: event(canary), status: 502, reason: filter.ReasonBlocked},
			{name: "too large", handler: Handler{MaxBody: 2000}, event: "data: " + canary + strings.Repeat("x", 4000), status: 502, reason: filter.ReasonTooLarge},
			{name: "more than a stream may be", handler: Handler{MaxStream: 100}, event: event(canary + strings.Repeat("x", 100)), status: 502, reason: filter.ReasonTooLarge},
			{name: "more than a stream may be when decoded", handler: Handler{MaxStream: 150}, coding: "gzip", event: zipped(t, event(canary+strings.Repeat("x", 300))), status: 502, reason: filter.ReasonTooLarge},
			{name: "engine error", engine: func(_ context.Context, b *inference.Batch) error {
				return errors.New("engine quotes " + canary)
			}, event: event(canary), status: 502, reason: filter.ReasonDetector},
			{name: "engine too slow", handler: Handler{Deadline: caddy.Duration(50e6)}, engine: func(ctx context.Context, _ *inference.Batch) error {
				<-ctx.Done()
				return ctx.Err()
			}, event: event(canary), status: 504, reason: filter.ReasonTimeout},
			{name: "corrupt coding", coding: "gzip", event: canary, status: 502, reason: filter.ReasonCoding},
			{name: "unknown coding", coding: "rot13", event: canary, status: 502, reason: filter.ReasonCoding},
		} {
			for _, late := range []bool{false, true} {
				if late && (row.coding == "rot13" || row.handler.MaxStream > 0 && row.coding != "") {
					continue // that is seen in the header, or goes on in another coded stream
				}
				t.Run(fmt.Sprintf("%s/%s/late %v", protocol, row.name, late), func(t *testing.T) {
					handler := row.handler
					g := newRig(t, &handler)
					events := []string{row.event, event(canary)}
					next := func(w http.ResponseWriter, r *http.Request) error {
						if row.coding != "" {
							w.Header().Set("Content-Encoding", row.coding)
						}
						if late {
							out := first
							if row.coding != "" {
								out = flushedGzip(t, first)
							}
							if err := sse(out)(w, r); err != nil {
								return err
							}
						}
						if row.engine != nil {
							g.model.Engine.Hook = row.engine
						}
						return sse(events...)(w, r)
					}
					before := counted(t, response, row.reason)
					srv, done := serveOnce(t, middleware{g.Handler, next})
					got := ask(t, c, "GET", srv.URL, nil, nil)
					<-done
					if !late {
						checkStopped(t, got, row.status, row.reason)
					} else if !got.failed || got.status != http.StatusOK {
						t.Errorf("got %+v", got)
					}
					checkSilence(t, g, got)
					if n := counted(t, response, row.reason) - before; n != 1 {
						t.Errorf("counted %v times", n)
					}
					if used := g.app.budget.Used(); used != 0 {
						t.Errorf("%d bytes are still held", used)
					}
				})
			}
		}
	}
}

func flushedGzip(t *testing.T, s string) string {
	t.Helper()
	var buf bytes.Buffer
	e, err := coding.NewEncoder(&buf, []string{"gzip"})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Stop()
	_, _ = io.WriteString(e, s)
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// TestStreamFailuresOpen: with on_error open the rest leaves as it came, from
// the event that failed on.
func TestStreamFailuresOpen(t *testing.T) {
	events := []string{event("by " + person), event("and by " + person), event("mail " + canary)}
	for _, code := range []string{"", "gzip"} {
		g := newRig(t, &Handler{OnError: onErrorOpen})
		calls := 0
		g.model.Engine.Hook = func(context.Context, *inference.Batch) error {
			if calls++; calls > 1 {
				return errors.New("broken")
			}
			return nil
		}
		before := counted(t, response, outcomeOpened)
		srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
			if code == "" {
				return sse(events...)(w, r)
			}
			w.Header().Set("Content-Encoding", code)
			return sse(zipped(t, strings.Join(events, "")))(w, r)
		}})
		got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
		body := got.body
		if code != "" {
			plain, _, err := coding.Decode([]byte(body), []string{code}, coding.Limits{})
			if err != nil {
				t.Fatal(err)
			}
			body = string(plain)
		}
		if want := event("by <PRIVATE_PERSON>") + events[1] + events[2]; got.failed || body != want {
			t.Errorf("%q: got %q, want %q", code, body, want)
		}
		if n := counted(t, response, outcomeOpened) - before; n != 1 {
			t.Errorf("counted %v times", n)
		}
	}
}

// TestStreamUnderMonitor: nothing changes, not even a header, and what would
// have been masked is counted.
func TestStreamUnderMonitor(t *testing.T) {
	g := newRig(t, &Handler{Monitor: true})
	raw := event("by "+person) + "data: half"
	before := counted(t, response, filter.OutcomeKept)
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("ETag", `"v1"`)
		return sse(raw)(w, r)
	}})
	if got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil); got.body != raw || got.header.Get("ETag") != `"v1"` {
		t.Errorf("got %+v", got)
	}
	if n := counted(t, response, filter.OutcomeKept) - before; n != 1 {
		t.Errorf("counted %v times", n)
	}
}

// TestStreamTrailers: a stream's trailers are masked like any other's.
func TestStreamTrailers(t *testing.T) {
	g := newRig(t, &Handler{})
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("Trailer", "X-Author, Content-Digest")
		err := sse(event("by "+person))(w, r)
		w.Header().Set("X-Author", person)
		w.Header().Set("Content-Digest", "sha-256=:aaaa:")
		w.Header().Set(http.TrailerPrefix+"X-Late", "by "+person)
		return err
	}})
	for _, protocol := range protocols {
		got := ask(t, client(t, protocol), "GET", srv.URL, nil, nil)
		if got.body != event("by <PRIVATE_PERSON>") || got.trailer.Get("X-Author") != "<PRIVATE_PERSON>" ||
			got.trailer.Get("X-Late") != "by <PRIVATE_PERSON>" || got.trailer.Get("Content-Digest") != "" {
			t.Errorf("%s: got %+v", protocol, got)
		}
	}
}

// TestStreamThatIsCutOff: an upstream that dies takes what was undecided with
// it, and the client sees that something is missing.
func TestStreamThatIsCutOff(t *testing.T) {
	for name, die := range map[string]func(http.ResponseWriter) error{
		"aborted":             func(http.ResponseWriter) error { panic(http.ErrAbortHandler) },
		"failed":              func(http.ResponseWriter) error { return io.ErrUnexpectedEOF },
		"less than announced": func(http.ResponseWriter) error { return nil },
	} {
		for _, protocol := range protocols {
			g := newRig(t, &Handler{})
			before := counted(t, response, reasonAborted)
			srv, done := serveOnce(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				if name == "less than announced" {
					w.Header().Set("Content-Length", "1000")
				}
				if err := sse(event("by "+person), "data: {\"text\":\"and Elena")(w, r); err != nil {
					return err
				}
				return die(w)
			}})
			got := ask(t, client(t, protocol), "GET", srv.URL, nil, nil)
			<-done
			if !got.failed || strings.Contains(got.body, "Elena") {
				t.Errorf("%s, %s: got %+v", name, protocol, got)
			}
			if n := counted(t, response, reasonAborted) - before; n != 1 {
				t.Errorf("%s, %s: counted %v times", name, protocol, n)
			}
			if used := g.app.budget.Used(); used != 0 {
				t.Errorf("%s, %s: %d bytes are still held", name, protocol, used)
			}
		}
	}
}

// TestStreamOfAClientThatLeaves frees its place in the queue and its memory.
func TestStreamOfAClientThatLeaves(t *testing.T) {
	g := newRig(t, &Handler{})
	gate := inferencetest.NewGate()
	g.model.Engine.Hook = gate.Wait
	srv, done := serveOnce(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		return sse(": hello\n\n", event("by "+person))(w, r)
	}})
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := client(t, "h1").Do(req)
	if err != nil {
		t.Fatal(err)
	}
	<-gate.Entered()
	cancel()
	resp.Body.Close()
	<-done
	gate.Open()
	if used := g.app.budget.Used(); used != 0 {
		t.Errorf("%d bytes are still held", used)
	}
}

// TestSignedStreamIsHeldBack: what its sender signed leaves unchanged or not
// at all.
func TestSignedStreamIsHeldBack(t *testing.T) {
	for text, want := range map[string]int{"Nothing here": 200, "by " + person: 502} {
		g := newRig(t, &Handler{})
		srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Signature-Input", "sig=()")
			w.Header().Set("Content-Type", "text/plain")
			_, err := io.WriteString(w, text)
			return err
		}})
		got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
		if got.status != want || want == 200 && (got.body != text || got.header.Get("Signature-Input") == "") {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// TestStreamThatEndsUnsentKeepsItsHeader: a body that is all there before a
// byte of it has left is known to be unchanged, like one that was held back.
func TestStreamThatEndsUnsentKeepsItsHeader(t *testing.T) {
	g := newRig(t, &Handler{})
	for text, tag := range map[string]string{"nothing to see": `"v1"`, "by " + person: ""} {
		srv := serve(t, middleware{g.Handler, answer(http.StatusOK, text, "Content-Type", "text/plain", "Etag", `"v1"`)})
		if got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil); got.header.Get("Etag") != tag || strings.Contains(got.body, person) {
			t.Errorf("%q: got %+v", text, got)
		}
	}
}

// TestStreamLabelIsNoBypass: what is called a stream and is something else is
// read all the same, or stopped.
func TestStreamLabelIsNoBypass(t *testing.T) {
	for _, unsupported := range []filter.Unsupported{filter.UnsupportedBlock, filter.UnsupportedPass} {
		g := newRig(t, &Handler{Unsupported: unsupported})
		for _, label := range []string{"text/event-stream", "application/x-ndjson", "text/plain", "application/json"} {
			for name, body := range map[string]string{
				"JSON":        `{"a":1,"to":"` + person + `"}`,
				"long JSON":   `{"a":"` + strings.Repeat("x", 9000) + `","to":"` + person + `"}`,
				"pretty JSON": "{\n  \"to\":\n    \"" + canary + "\"\n}\n",
				"a list":      `[{"a":1},{"to":"` + person + `"}]`,
				"text":        "to " + person + strings.Repeat(" and nobody", 500),
				"UTF-16":      "\xff\xfet\x00o\x00 \x00" + strings.Join(strings.Split(person, ""), "\x00") + "\x00",
			} {
				for _, size := range []int{1, 7, 10000} {
					srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, _ *http.Request) error {
						w.Header().Set("Content-Type", label)
						for rest := body; rest != ""; {
							n := min(size, len(rest))
							if _, err := io.WriteString(w, rest[:n]); err != nil {
								panic(http.ErrAbortHandler)
							}
							_ = http.NewResponseController(w).Flush()
							rest = rest[n:]
						}
						return nil
					}})
					got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
					if found := leaks(got.body); found != "" || strings.Contains(got.body, "M\x00a\x00r\x00k") {
						t.Errorf("%s called %s, by %d: %q passed", name, label, size, found)
					}
					srv.Close()
				}
			}
		}
	}
}
