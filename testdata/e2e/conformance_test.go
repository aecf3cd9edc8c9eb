package e2e

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// A scenario is one HTTP behaviour that must not tell whether the filter is
// there: its transcript behind a filtered site must equal the transcript
// behind the same site without the filter. None of its bodies holds anything
// to mask. What may differ is listed with the reason, and nowhere else.
type scenario struct {
	name string
	only string // a single protocol, or "" for all
	// passing compares the site with "unsupported pass" (access log on).
	passing  bool
	upstream http.HandlerFunc // has to call record itself where raw is set
	raw      bool
	do       func(*testing.T, *call)
	// mayDiffer lists prefixes of transcript lines that are not compared.
	mayDiffer []deviation
}

// deviation is a difference that is intended, and why.
type deviation struct{ prefix, reason string }

// Deviations that more than one scenario has.
var (
	bufferedLength = []deviation{
		{"< framing", "an inspected body is held until it is decided, so its length is known"},
		{"< Content-Length", "as above"},
	}
	requestLength = []deviation{
		{"> framing", "an inspected request body is read before it is forwarded, so its length is known"},
		{"> Content-Length", "as above"},
	}
	noRanges = deviation{"< Accept-Ranges", "ranges of an unmasked body must not be served"}
	headHead = []deviation{
		{"< Content-Length", "HEAD cannot know the length of a masked body"},
		{"< Etag", "HEAD cannot know whether GET would be changed"},
		{"< Last-Modified", "as above"},
	}
)

// call is one run of a scenario against one site.
type call struct {
	site     site
	protocol string
	client   *http.Client
	path     string
	up       *upstream
	lines    []string
}

func (c *call) logf(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	// Ports are the only thing that differs between sites by nature.
	c.lines = append(c.lines, strings.ReplaceAll(line, c.site.addr, "SITE"))
}

// request makes a request through the site and writes down everything that
// the client can see of the answer.
func (c *call) request(t *testing.T, method string, header http.Header, body io.Reader, length int64) *response {
	t.Helper()
	trace := &httptrace.ClientTrace{Got1xxResponse: func(code int, h textproto.MIMEHeader) error {
		c.logf("< interim %d %v", code, h)
		return nil
	}}
	req, err := http.NewRequestWithContext(httptrace.WithClientTrace(context.Background(), trace), method, c.site.url(c.path), body)
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = length
	for name, values := range header {
		if name == "Trailer" {
			req.Trailer = make(http.Header)
			for _, v := range values {
				req.Trailer.Set(v, "request-trailer")
			}
			continue
		}
		req.Header[name] = values
	}
	resp, err := c.client.Do(req)
	if err != nil {
		c.logf("< error")
		return nil
	}
	got := readResponse(resp)
	c.response(got)
	return got
}

func (c *call) response(r *response) {
	c.logf("< status %d %s", r.Status, r.Proto)
	c.logf("< framing length=%d transfer=%v", r.ContentLength, r.TransferEncoding)
	c.header("<", r.Header)
	c.header("< trailer", r.Trailer)
	c.logf("< body %q end=%v", r.Body, r.BodyErr)
}

func (c *call) header(prefix string, h http.Header) {
	names := make([]string, 0, len(h))
	for name := range h {
		if name != "Date" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		c.logf("%s %s: %q", prefix, name, h[name])
	}
}

// arrived writes down what the upstream got.
func (c *call) arrived() {
	for _, a := range c.up.arrivals(c.path) {
		c.logf("> %s %s", a.Method, strings.TrimPrefix(a.URI, c.path))
		c.logf("> framing length=%d transfer=%v", a.ContentLength, a.TransferEncoding)
		c.header(">", a.Header)
		c.header("> trailer", a.Trailer)
		c.logf("> body %q end=%v", a.Body, a.BodyErr)
	}
}

// TestConformance runs every scenario over h1 and h2, with the access log on
// and off and with encode around it, with the filter and without.
func TestConformance(t *testing.T) {
	w := shared(t)
	for _, sc := range scenarios() {
		for _, protocol := range protocols {
			if sc.only != "" && sc.only != protocol {
				continue
			}
			for _, pair := range []struct {
				name            string
				filtered, plain site
			}{
				{"access log", w.filtered, w.plain},
				{"no access log", w.filteredQ, w.plainQ},
				{"encode", w.filteredE, w.plainE},
			} {
				if sc.passing {
					pair.name, pair.filtered, pair.plain = "unsupported pass", w.passing, w.plain
				}
				t.Run(fmt.Sprintf("%s/%s/%s", sc.name, protocol, pair.name), func(t *testing.T) {
					want := sc.transcript(t, w.up, pair.plain, protocol)
					got := sc.transcript(t, w.up, pair.filtered, protocol)
					compareTranscripts(t, got, want)
				})
				if sc.passing {
					break
				}
			}
		}
	}
}

func (sc scenario) transcript(t *testing.T, up *upstream, s site, protocol string) []string {
	t.Helper()
	c := &call{site: s, protocol: protocol, client: clientFor(t, protocol), up: up}
	if sc.raw {
		c.path = up.handleRaw(sc.upstream)
	} else {
		c.path = up.handle(sc.upstream)
	}
	sc.do(t, c)
	c.arrived()
	return slices.DeleteFunc(c.lines, func(line string) bool {
		return slices.ContainsFunc(sc.mayDiffer, func(d deviation) bool { return strings.HasPrefix(line, d.prefix) })
	})
}

func compareTranscripts(t *testing.T, got, want []string) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("the scenario has written nothing down")
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("missing with the filter: %s", clip([]byte(line)))
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("only with the filter:    %s", clip([]byte(line)))
		}
	}
	if !t.Failed() && !slices.Equal(got, want) {
		t.Errorf("order differs:\n got %q\nwant %q", got, want)
	}
}

// get is the commonest scenario: one request without a body.
func get(method string, header http.Header) func(*testing.T, *call) {
	return func(t *testing.T, c *call) { c.request(t, method, header, nil, 0) }
}

// post sends a JSON body of known length.
func post(body string, header http.Header) func(*testing.T, *call) {
	return func(t *testing.T, c *call) {
		h := http.Header{"Content-Type": {"application/json"}}
		maps.Copy(h, header)
		c.request(t, http.MethodPost, h, strings.NewReader(body), int64(len(body)))
	}
}

// answer is an upstream that says one thing.
func answer(status int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Add(header[i], header[i+1])
		}
		w.WriteHeader(status)
		io.WriteString(w, body)
	}
}

func scenarios() []scenario {
	return slices.Concat(plainScenarios(), requestScenarios(), interimScenarios(), streamScenarios(), wireScenarios())
}

func plainScenarios() []scenario {
	validators := []string{"Content-Type", "application/json", "Etag", `"v1"`, "Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT", "Cache-Control", "no-transform, max-age=5", "Vary", "Origin"}
	return []scenario{
		{name: "GET keeps validators of an unchanged body", upstream: answer(200, `{"n": 1.0}`, validators...), do: get("GET", nil)},
		{name: "GET of an answer of unknown length", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			for _, part := range []string{"some ", "more ", "words"} {
				io.WriteString(w, part)
				http.NewResponseController(w).Flush()
			}
		}, do: get("GET", nil), mayDiffer: bufferedLength},
		{name: "GET of an empty body", upstream: answer(200, "", "Content-Type", "application/json"), do: get("GET", nil)},
		{name: "GET without a content type", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, "plain words")
		}, do: get("GET", nil)},
		{name: "HEAD", upstream: answer(200, "", append([]string{"Content-Length", "1234", "Accept-Ranges", "bytes"}, validators...)...), do: get("HEAD", nil), mayDiffer: append(headHead, noRanges, deviation{"< framing", "as Content-Length"})},
		{name: "HEAD of a type that passes", upstream: answer(200, "", "Content-Type", "font/woff2", "Content-Length", "1234", "Etag", `"v1"`, "Accept-Ranges", "bytes"), do: get("HEAD", nil), mayDiffer: []deviation{noRanges}},
		{name: "204", upstream: answer(204, "", "Etag", `"v1"`), do: get("DELETE", nil)},
		{name: "205", upstream: answer(205, "", "X-A", "b"), do: get("GET", nil)},
		{name: "304", upstream: answer(304, "", "Etag", `"v1"`, "Cache-Control", "max-age=9"), do: get("GET", http.Header{"If-None-Match": {`"v1"`}})},
		{name: "conditional headers reach the upstream", upstream: answer(412, ""), do: post(`{"a":1}`, http.Header{"If-Match": {`"v1"`}, "If-Unmodified-Since": {"Tue, 24 Nov 2026 10:00:00 GMT"}})},
		{name: "redirect", upstream: answer(307, "", "Location", "/elsewhere?a=b"), do: get("GET", nil)},
		{name: "401", upstream: answer(401, `{"error":"who"}`, "Content-Type", "application/json", "Www-Authenticate", `Basic realm="x"`, "Www-Authenticate", "Bearer"), do: get("GET", nil)},
		{name: "500 with a body", upstream: answer(500, "oops", "Content-Type", "text/plain"), do: get("GET", nil)},
		{name: "an unusual status", upstream: answer(299, "odd", "Content-Type", "text/plain"), do: get("GET", nil)},
		{name: "many cookies and repeated headers in order", upstream: answer(200, "ok", "Content-Type", "text/plain", "Set-Cookie", "a=1", "Set-Cookie", "b=2; Path=/", "X-Many", "1", "X-Many", "2"), do: get("GET", nil)},
		{name: "60 KiB of response headers", upstream: answer(200, "ok", "Content-Type", "text/plain", "X-Large", strings.Repeat("v", 60<<10)), do: get("GET", nil)},
		{name: "10 KiB of request headers", upstream: answer(200, "ok", "Content-Type", "text/plain"), do: get("GET", http.Header{"X-Large": {strings.Repeat("v", 10<<10)}})},
		{name: "compressed answer that the client asked for", upstream: func(w http.ResponseWriter, r *http.Request) {
			var buf bytes.Buffer
			zw := gzip.NewWriter(&buf)
			io.WriteString(zw, `{"n": 1.0}`)
			zw.Close()
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Vary", "Accept-Encoding")
			w.Write(buf.Bytes())
		}, do: get("GET", http.Header{"Accept-Encoding": {"gzip"}})},
		{name: "an answer that encode may compress", upstream: answer(200, strings.Repeat("plain words ", 100), "Content-Length", "1200", "Content-Type", "text/plain", "Etag", `"v1"`), do: get("GET", http.Header{"Accept-Encoding": {"gzip"}})},
		{name: "an ETag that encode has marked", upstream: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			answer(200, "plain words", "Content-Type", "text/plain")(w, r)
		}, do: get("GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {`"v1-gzip"`}})},
		{name: "codings that Caddy does not know", upstream: answer(200, "plain words", "Content-Type", "text/plain"), mayDiffer: []deviation{
			{"> Accept-Encoding", "what the filter cannot read is not asked for"},
		}, do: get("GET", http.Header{"Accept-Encoding": {"dcb, gzip;q=0.5, *"}})},
		{name: "a client that refuses identity", upstream: answer(406, "", "X-A", "b"), do: get("GET", http.Header{"Accept-Encoding": {"gzip, identity;q=0"}})},
		{name: "response trailers, announced", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Trailer", "X-Sum, X-Count")
			io.WriteString(w, "body with trailers")
			w.Header().Set("X-Sum", "abc")
			w.Header().Set("X-Count", "18")
		}, do: get("GET", nil)},
		{name: "response trailers, not announced", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "body with trailers")
			http.NewResponseController(w).Flush()
			w.Header().Set(http.TrailerPrefix+"X-Late", "late")
		}, do: get("GET", nil)},
	}
}

func requestScenarios() []scenario {
	ok := answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2")
	return []scenario{
		{name: "GET without a body", upstream: ok, do: get("GET", nil)},
		{name: "POST of nothing", upstream: ok, do: post("", nil)},
		{name: "POST keeps length and digests of an unchanged body", upstream: ok, do: post(`{"n": 1.0}`, http.Header{"Content-Digest": {"sha-256=:aaaa:"}, "Content-Md5": {"bbbb"}})},
		{name: "POST of unknown length", upstream: ok, mayDiffer: requestLength, do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/plain"}}, io.MultiReader(strings.NewReader("some "), strings.NewReader("words")), -1)
		}},
		{name: "POST of a type that passes", upstream: ok, do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/css"}}, strings.NewReader("p { color: red }"), 16)
		}},
		{name: "query strings are left alone", upstream: ok, do: func(t *testing.T, c *call) {
			path := c.path
			c.path += "?q=a%20b&c=%7e;d"
			c.request(t, "GET", nil, nil, 0)
			c.path = path
		}},
		{name: "request trailers", upstream: ok, mayDiffer: append([]deviation{{"> trailer", "trailers need a chunked body; a masked body has a length"}, {"> Trailer", "as above"}, {"> Te", "as above"}}, requestLength...), do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/plain"}, "Trailer": {"X-Sum"}}, io.MultiReader(strings.NewReader("with trailer")), -1)
		}},
		{name: "Expect: 100-continue", upstream: ok, mayDiffer: []deviation{
			{"> Expect", "the body was read before the upstream was asked"},
			{"< interim 100", "Caddy alone relays the upstream's 100 beside its own, a second one that says nothing"},
		}, do: post(`{"n": 1.0}`, http.Header{"Expect": {"100-continue"}})},
		{name: "the upstream answers before it reads", raw: true, upstream: func(w http.ResponseWriter, _ *http.Request) {
			answer(403, "no", "Content-Type", "text/plain", "Connection", "close")(w, nil)
		}, do: post(`{"pad":"`+strings.Repeat("lorem ipsum ", 20000)+`"}`, nil)},
	}
}

func interimScenarios() []scenario {
	return []scenario{
		{name: "103 before 200", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(http.StatusOK)
			io.WriteString(w, "final")
		}, do: get("GET", nil)},
		{name: "two 103 before 404", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Add("Link", "</b.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusNotFound)
		}, do: get("GET", nil)},
		{name: "102 before 204", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusProcessing)
			w.WriteHeader(http.StatusNoContent)
		}, do: get("PUT", nil)},
	}
}

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
		{name: "a WebSocket", only: "h1", raw: true, upstream: func(w http.ResponseWriter, r *http.Request) {
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

// wireScenarios need a raw HTTP/1.1 connection.
func wireScenarios() []scenario {
	return []scenario{
		{name: "several requests on one connection", only: "h1", upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: func(t *testing.T, c *call) {
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
		{name: "a client that waits for 100 Continue", only: "h1", upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), mayDiffer: []deviation{{"> Expect", "the body was read before the upstream was asked"}}, do: func(t *testing.T, c *call) {
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
		{name: "pipelined requests", only: "h1", upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Content-Length: 3")
			w.send(t, "one")
			w.head(t, "GET "+c.path)
			c.response(w.receive(t, "POST"))
			c.response(w.receive(t, "GET"))
		}},
		{name: "HTTP/1.0", only: "h1", upstream: answer(200, "old", "Content-Type", "text/plain"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.send(t, "GET "+c.path+" HTTP/1.0\r\nHost: localhost\r\n\r\n")
			c.response(w.receive(t, "GET"))
			c.logf("< closed %v", w.closed())
		}},
		{name: "Content-Length and Transfer-Encoding together", only: "h1", upstream: answer(200, "ok"), mayDiffer: requestLength, do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Content-Length: 4", "Transfer-Encoding: chunked")
			w.sendChunks(t, [][]byte{[]byte("one"), []byte("two")})
			c.response(w.receive(t, "POST"))
		}},
		{name: "a broken chunk", only: "h1", raw: true, upstream: answer(200, "ok"), do: func(t *testing.T, c *call) {
			w := dialWire(t, c.site.addr)
			w.head(t, "POST "+c.path, "Content-Type: text/plain", "Transfer-Encoding: chunked")
			w.send(t, "zz\r\n")
			got := w.receive(t, "POST")
			c.logf("< failed %v", got.Status >= 400)
		}},
		{name: "an upgrade that may pass", only: "h1", passing: true, raw: true, upstream: echoUpgrade, do: func(t *testing.T, c *call) {
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
