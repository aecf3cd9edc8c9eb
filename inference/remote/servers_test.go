package remote

import (
	"encoding/pem"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
)

func unavailable(w http.ResponseWriter, _ *http.Request) bool {
	http.Error(w, canary, http.StatusServiceUnavailable)
	return true
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter, _ *http.Request) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
	return true
}

// Another server is asked only where the first one has not begun to answer.
func TestAnotherServerIsAskedWhenThatIsSafe(t *testing.T) {
	for _, c := range []struct {
		name   string
		faults remotetest.Faults
		safe   bool
	}{
		{"503", remotetest.Faults{Before: unavailable}, true},
		{"hung up", remotetest.Faults{Before: hangUp}, true},
		{"500", remotetest.Faults{Before: func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusInternalServerError)
			return true
		}}, false},
		{"broke off in the middle", remotetest.Faults{Tail: func(h http.Header, body []byte) []byte {
			h.Set("Content-Length", "1000")
			return body
		}}, false},
		{"wrong answer", remotetest.Faults{Data: func(raw []byte) []byte { return raw[:4] }}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			bad, urlBad := serve(t, KServe, served())
			good, urlGood := serve(t, KServe, served())
			e := mustOpen(t, Options{Protocol: KServe, URLs: []string{urlBad, urlGood}, Model: modelName}, contract)
			bad.Set(c.faults)
			before, _ := good.Asked()
			b := randomBatch(1, 1, 3, 0)
			failed := 0
			for range 2 { // the one or the other is asked first
				got, err := run(t, e, b)
				if err != nil {
					failed++
					continue
				}
				sameAsHere(t, b, got)
			}
			after, _ := good.Asked()
			if want := map[bool]int{true: 0, false: 1}[c.safe]; failed != want || after-before != 2-want {
				t.Errorf("%d failed, the good one was asked %d times", failed, after-before)
			}
		})
	}
}

// A server that fails is left alone for a while, and comes back when it has
// proven what it serves.
func TestBreaker(t *testing.T) {
	c := &clock{at: time.Unix(1e9, 0)}
	s, url := serve(t, KServe, served())
	e, err := open(t.Context(), Options{Protocol: KServe, URLs: []string{url}, Model: modelName}, contract, c.now)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	b := randomBatch(1, 1, 3, 0)
	requests := make(chan struct{}, 100)
	s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		requests <- struct{}{}
		return unavailable(w, r)
	}})
	for range failuresToOpen {
		_, err := run(t, e, b)
		silent[*StatusError](t, err, "503")
	}
	seen := len(requests)
	if _, err := run(t, e, b); !errors.Is(err, ErrNoServer) || len(requests) != seen {
		t.Fatalf("open: %v, and %d requests", err, len(requests)-seen)
	}
	c.advance(firstPause)
	if _, err := run(t, e, b); !errors.Is(err, ErrNoServer) || len(requests) != seen+1 {
		t.Fatalf("half open: %v, and %d requests", err, len(requests)-seen)
	}
	// Something else came up in its place.
	s.Set(remotetest.Faults{Metadata: func(m map[string]any) { entry(m, "outputs", 0)["shape"] = []int{-1, -1, 9} }})
	c.advance(longestPause)
	asked, _ := s.Asked()
	if _, err := run(t, e, b); !errors.Is(err, ErrNoServer) {
		t.Fatal(err)
	}
	if now, _ := s.Asked(); now != asked {
		t.Error("another model was asked")
	}
	s.Set(remotetest.Faults{})
	c.advance(longestPause)
	got, err := run(t, e, b)
	if err != nil {
		t.Fatal(err)
	}
	sameAsHere(t, b, got)
}

// A server that is down does not keep a configuration from being loaded, as
// long as another one is up; and nobody who serves something else may hide
// among those who do not.
func TestOpenWithServersThatAreDown(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	_, url := serve(t, KServe, served())
	o := Options{Protocol: KServe, URLs: []string{closed.URL, url}, Model: modelName}
	e := mustOpen(t, o, contract)
	for range 3 {
		if _, err := run(t, e, randomBatch(1, 1, 3, 0)); err != nil {
			t.Fatal(err)
		}
	}
	o.URLs = []string{closed.URL}
	_, err := Open(t.Context(), o, contract)
	silent[*ConnectionError](t, err, "refused")

	other, urlOther := serve(t, KServe, served())
	other.Set(remotetest.Faults{Metadata: func(m map[string]any) { m["name"] = canary }})
	o.URLs = []string{url, urlOther}
	_, err = Open(t.Context(), o, contract)
	silent[*ContractError](t, err, "does not describe")

	o.URLs = []string{listen(t, http.NotFoundHandler())}
	_, err = Open(t.Context(), o, contract)
	silent[*ContractError](t, err, "knows no such model, or does not speak the protocol")
}

func TestTLS(t *testing.T) {
	_, handler := remotetest.KServe(served())
	server := httptest.NewUnstartedServer(handler)
	server.Config.ErrorLog = discard()
	server.StartTLS()
	defer server.Close()
	o := Options{Protocol: KServe, URLs: []string{server.URL}, Model: modelName}
	_, err := Open(t.Context(), o, contract)
	silent[*ConnectionError](t, err, "certificate was not accepted")

	o.CAFile = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(o.CAFile, []byte("no certificate"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), o, contract); err == nil || !strings.Contains(err.Error(), "PEM") {
		t.Errorf("got %v", err)
	}
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(o.CAFile, block, 0o600); err != nil {
		t.Fatal(err)
	}
	e := mustOpen(t, o, contract)
	b := randomBatch(1, 2, 3, 0)
	got, err := run(t, e, b)
	if err != nil {
		t.Fatal(err)
	}
	sameAsHere(t, b, got)

	// Plain text where TLS is expected, and a certificate of another name.
	o.URLs = []string{"https://" + strings.TrimPrefix(listen(t, handler), "http://")}
	_, err = Open(t.Context(), o, contract)
	silent[*ConnectionError](t, err, "TLS could not be agreed on")
	_, port, _ := net.SplitHostPort(server.Listener.Addr().String())
	o.URLs = []string{"https://localhost:" + port}
	_, err = Open(t.Context(), o, contract)
	silent[*ConnectionError](t, err, "certificate was not accepted")
}

func TestOptionsAreChecked(t *testing.T) {
	good := Options{Protocol: KServe, URLs: []string{"https://a.example"}, Model: "m"}
	with := func(change func(o *Options)) Options { o := good; change(&o); return o }
	urls := func(list ...string) Options { return with(func(o *Options) { o.URLs = list }) }
	for name, o := range map[string]Options{
		"plain HTTP to another machine": urls("http://10.0.0.1:8000"),
		"plain HTTP to a name":          urls("http://localhost.example"),
		"a password":                    urls("https://user:secret@a.example"),
		"a query":                       urls("https://a.example?key=secret"),
		"no scheme":                     urls("a.example:8000"),
		"another scheme":                urls("grpc://a.example"),
		"the same twice":                urls("https://a.example", "https://a.example/"),
		"no URL":                        urls(),
		"no model":                      with(func(o *Options) { o.Model = "" }),
		"a path":                        with(func(o *Options) { o.Model = "../admin" }),
		"another protocol":              with(func(o *Options) { o.Protocol = "grpc" }),
		"a header of ours":              with(func(o *Options) { o.Header = http.Header{"content-length": {"1"}} }),
		"two lines":                     with(func(o *Options) { o.Header = http.Header{"X-Key": {"secret\r\nX: y"}} }),
		"an empty header":               with(func(o *Options) { o.Header = http.Header{"Authorization": {""}} }),
		"too many in flight":            with(func(o *Options) { o.InFlight = 1 << 20 }),
	} {
		if err := o.Check(); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for _, o := range []Options{
		good, urls("http://127.0.0.1:8000"), urls("http://[::1]:8000"), urls("http://localhost:8000/prefix/"),
		with(func(o *Options) { o.URLs, o.Insecure = []string{"http://10.0.0.1:8000"}, true }),
		with(func(o *Options) { o.Protocol, o.Model = VLLM, "openai/privacy-filter" }),
	} {
		if err := o.Check(); err != nil {
			t.Error(err)
		}
	}
}

// A name of this machine that leads elsewhere is found out when it is dialled.
func TestPlainHTTPStaysOnThisMachine(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1:80": true, "127.9.9.9:80": true, "[::1]:80": true, "[::ffff:127.0.0.1]:80": true,
		"10.0.0.1:80": false, "[2001:db8::1]:80": false, "0.0.0.0:80": false, "": false,
	} {
		if got := onlyLoopback("tcp", address, nil) == nil; got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
}
