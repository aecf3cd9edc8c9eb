package e2e

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptrace"
	"net/textproto"
	"slices"
	"strings"
	"testing"
)

// A scenario is one HTTP behaviour that must not tell whether the filter is
// there: its transcript behind a filtered site must equal the transcript
// behind the same site without the filter. None of its bodies holds anything
// to mask. What may differ is listed with the reason, and nowhere else.
type scenario struct {
	name string
	only []string // protocols; none for all
	// passing compares the site with "unsupported pass" (access log on).
	passing  bool
	upstream http.HandlerFunc // has to call record itself where raw is set
	raw      bool
	do       func(*testing.T, *call)
	// mayDiffer lists prefixes of transcript lines that are not compared.
	mayDiffer []deviation
}

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
	// Ports are the only thing that differs between sites by nature.
	_, port, _ := strings.Cut(c.site.addr, ":")
	c.lines = append(c.lines, strings.ReplaceAll(fmt.Sprintf(format, args...), ":"+port, ":PORT"))
}

// ending names how a body ended. The network's own words for it hold addresses.
func ending(err error) string {
	switch {
	case err == nil:
		return "complete"
	case errors.Is(err, io.ErrUnexpectedEOF):
		return "cut off"
	default:
		return "broken"
	}
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
	c.logf("< body %q %s", r.Body, ending(r.BodyErr))
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
		c.logf("> body %q %s", a.Body, ending(a.BodyErr))
	}
}

// pair is the same site with the filter and without.
type pair struct {
	name            string
	filtered, plain site
}

// pairs are the sites that a scenario is compared on in one protocol.
func (w *world) pairs(sc scenario, protocol string) []pair {
	secure := slices.Contains(secureProtocols, protocol)
	switch {
	case sc.passing && secure:
		return []pair{{"unsupported pass", w.passingT, w.plainT}}
	case sc.passing:
		return []pair{{"unsupported pass", w.passing, w.plain}}
	case secure:
		return []pair{{"access log", w.filteredT, w.plainT}, {"encode", w.filteredTE, w.plainTE}}
	}
	return []pair{
		{"access log", w.filtered, w.plain},
		{"no access log", w.filteredQ, w.plainQ},
		{"encode", w.filteredE, w.plainE},
	}
}

// TestConformance runs every scenario over every protocol, with the access log
// on and off and with encode around it, with the filter and without. A
// deviation that no run shows is an error as well: the list is to be true.
func TestConformance(t *testing.T) {
	w := shared(t)
	for _, sc := range scenarios(t) {
		t.Run(sc.name, func(t *testing.T) {
			shown := make(map[deviation]bool)
			planned, ran := 0, 0
			for _, protocol := range slices.Concat(protocols, secureProtocols) {
				if len(sc.only) > 0 && !slices.Contains(sc.only, protocol) {
					continue
				}
				for _, p := range w.pairs(sc, protocol) {
					planned++
					t.Run(protocol+"/"+p.name, func(t *testing.T) {
						ran++
						want := sc.transcript(t, w.up, p.plain, protocol)
						got := sc.transcript(t, w.up, p.filtered, protocol)
						for _, d := range sc.mayDiffer {
							shown[d] = shown[d] || !slices.Equal(d.lines(want), d.lines(got))
						}
						compareTranscripts(t, sc.without(got), sc.without(want))
					})
				}
			}
			for _, d := range sc.mayDiffer {
				if !shown[d] && !d.sometimes && ran == planned {
					t.Errorf("nothing differs in %q any more", d.prefix)
				}
			}
		})
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
	return c.lines
}

// without leaves out what may differ.
func (sc scenario) without(lines []string) []string {
	return slices.DeleteFunc(slices.Clone(lines), func(line string) bool {
		return slices.ContainsFunc(sc.mayDiffer, func(d deviation) bool { return d.covers(line) })
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

func scenarios(t testing.TB) []scenario {
	return slices.Concat(
		responseScenarios(), rangeScenarios(), interimScenarios(), codingScenarios(t), upstreamScenarios(),
		requestScenarios(), framingScenarios(), headScenarios(), streamScenarios(), wireScenarios(),
	)
}
