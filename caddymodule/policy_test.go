package caddymodule

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// echo is a next handler that answers with what it receives.
func echo(w http.ResponseWriter, r *http.Request) error {
	for _, name := range []string{"Content-Type", "Content-Encoding"} {
		if values := r.Header[name]; len(values) > 0 {
			w.Header()[name] = values
		}
	}
	// All of it first: HTTP/1.1 gives up on a request once it is answered.
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	_, err = w.Write(body)
	return err
}

// TestRequestInPlace: the next handler and everything that holds the request
// find the masked body, and only that.
func TestRequestInPlace(t *testing.T) {
	g := newRig(t, &Handler{Response: modeOff})
	const want = `{"to":"<PRIVATE_PERSON>", "n": 1.0}`
	for _, protocol := range protocols {
		for _, length := range []string{"known", "unknown"} {
			t.Run(protocol+"/"+length, func(t *testing.T) {
				var problems []string
				srv := serve(t, middleware{g.Handler, func(_ http.ResponseWriter, r *http.Request) error {
					check := func(ok bool, what string) {
						if !ok {
							problems = append(problems, what)
						}
					}
					for range 2 { // as for a retry
						body, err := io.ReadAll(r.Body)
						check(err == nil && string(body) == want, fmt.Sprintf("body %q, %v", body, err))
						if r.Body, err = r.GetBody(); err != nil {
							return err
						}
					}
					check(r.ContentLength == int64(len(want)), "ContentLength")
					check(r.Header.Get("Content-Length") == fmt.Sprint(len(want)), "Content-Length")
					check(len(r.TransferEncoding) == 0, "TransferEncoding")
					for _, gone := range []string{"Expect", "Digest", "Content-Digest", "Content-Md5", "Repr-Digest", "Incremental"} {
						check(r.Header.Get(gone) == "", gone)
					}
					check(r.Header.Get("X-Stays") == "here", "X-Stays")
					return nil
				}})
				var body io.Reader = strings.NewReader(`{"to":"` + person + `", "n": 1.0}`)
				if length == "unknown" {
					body = io.MultiReader(body)
				}
				ask(t, client(t, protocol), "PATCH", srv.URL, jsonHeader(
					"Expect", "100-continue", "Digest", "x", "Content-Digest", "x", "Content-Md5", "x",
					"Repr-Digest", "x", "Incremental", "?1", "X-Stays", "here"), body)
				if len(problems) > 0 {
					t.Error(problems)
				}
			})
		}
	}
}

// TestUnchangedRequestKeepsItsDigests: nothing was found, so they still hold.
func TestUnchangedRequestKeepsItsDigests(t *testing.T) {
	g := newRig(t, &Handler{Response: modeOff})
	var digest, signature, body string
	srv := serve(t, middleware{g.Handler, func(_ http.ResponseWriter, r *http.Request) error {
		raw, err := io.ReadAll(r.Body)
		digest, signature, body = r.Header.Get("Content-Digest"), r.Header.Get("X-Hub-Signature-256"), string(raw)
		return err
	}})
	ask(t, client(t, "h1"), "POST", srv.URL, jsonHeader("Content-Digest", "x", "X-Hub-Signature-256", "y"), strings.NewReader(` {"n" : 1.0} `))
	if digest != "x" || signature != "y" || body != ` {"n" : 1.0} ` {
		t.Errorf("digest %q, signature %q, body %q", digest, signature, body)
	}
}

// TestSigned: a signed body is not changed, neither silently nor by halves.
func TestSigned(t *testing.T) {
	body := `{"to":"` + person + `"}`
	for _, row := range []struct {
		name   string
		header http.Header
		signed bool
	}{
		{"none", nil, false},
		{"a bearer token", http.Header{"Authorization": {"Bearer aa"}}, false},
		{"SigV4", http.Header{"Authorization": {"AWS4-HMAC-SHA256 Credential=a/b"}}, true},
		{"SigV4a", http.Header{"Authorization": {"AWS4-ECDSA-P256-SHA256 Credential=a/b"}}, true},
		{"S3 hash", http.Header{"X-Amz-Content-Sha256": {"UNSIGNED-PAYLOAD"}}, true},
		{"Stripe", http.Header{"Stripe-Signature": {"t=1"}}, true},
		{"GitHub", http.Header{"X-Hub-Signature-256": {"sha256=aa"}}, true},
		{"message signature", http.Header{"Signature-Input": {`sig1=("content-digest")`}, "Signature": {"sig1=:aa:"}}, true},
		{"draft signature", http.Header{"Authorization": {`Signature keyId="a",headers="digest"`}}, true},
		{"digest of the body", http.Header{"Authorization": {`Digest username="a", qop=auth-int`}}, true},
		{"digest of the request line", http.Header{"Authorization": {`Digest username="a", qop=auth`}}, false},
		{"JWS", http.Header{"Content-Type": {"application/jose+json"}}, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := isSigned(row.header); got != row.signed {
				t.Fatalf("isSigned is %v", got)
			}
			if !row.signed {
				return
			}
			for _, policy := range []filter.Unsupported{"", filter.UnsupportedBlock, filter.UnsupportedPass} {
				g := newRig(t, &Handler{Response: modeOff, Signed: policy})
				var received string
				srv := serve(t, middleware{g.Handler, func(_ http.ResponseWriter, r *http.Request) error {
					raw, err := io.ReadAll(r.Body)
					received = string(raw)
					return err
				}})
				header := row.header.Clone()
				if header.Get("Content-Type") == "" {
					header.Set("Content-Type", "application/json")
				}
				got := ask(t, client(t, "h1"), "POST", srv.URL, header, strings.NewReader(body))
				switch {
				case policy == filter.UnsupportedPass && (received != body || got.status != 200):
					t.Errorf("signed pass: status %d, received %q", got.status, received)
				case policy != filter.UnsupportedPass && (received != "" || got.status != 403):
					t.Errorf("signed %q: status %d, received %q", policy, got.status, received)
				}
			}
		})
	}
}

// TestDirections: a direction that is off is left alone.
func TestDirections(t *testing.T) {
	for _, row := range []struct{ request, response, sent, want string }{
		{"", "", "a " + person, "a <PRIVATE_PERSON>"},
		{"off", "", "a " + person, "a <PRIVATE_PERSON>"},
		{"", "off", "a " + person, "a <PRIVATE_PERSON>"},
		{"off", "off", "a " + person, "a " + person},
	} {
		g := newRig(t, &Handler{Request: row.request, Response: row.response})
		srv := serve(t, middleware{g.Handler, echo})
		got := ask(t, client(t, "h1"), "POST", srv.URL, http.Header{"Content-Type": {"text/plain"}}, strings.NewReader(row.sent))
		if got.body != row.want {
			t.Errorf("request %q, response %q: %q", row.request, row.response, got.body)
		}
	}
}

// TestStopsAtTheHeader: what can never be inspected is refused before its
// body, which may have no end, is waited for.
func TestStopsAtTheHeader(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true, MaxBody: 1000})
	for _, row := range []struct {
		name   string
		status int
		header []string
		reason filter.Reason
	}{
		{"pictures in turn", 200, []string{"Content-Type", "multipart/x-mixed-replace; boundary=b"}, filter.ReasonUnsupported},
		{"gRPC", 200, []string{"Content-Type", "application/grpc+proto"}, filter.ReasonUnsupported},
		{"a part", 206, []string{"Content-Type", "text/plain", "Content-Range", "bytes 0-3/10"}, filter.ReasonUnsupported},
		{"a delta", 226, []string{"Content-Type", "text/plain", "Im", "vcdiff"}, filter.ReasonUnsupported},
		{"a binary of unknown length", 200, []string{"Content-Type", "application/zip"}, filter.ReasonUnsupported},
		{"announced too large", 200, []string{"Content-Type", "application/json", "Content-Length", "1001"}, filter.ReasonTooLarge},
	} {
		t.Run(row.name, func(t *testing.T) {
			srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
				for i := 0; i+1 < len(row.header); i += 2 {
					w.Header().Set(row.header[i], row.header[i+1])
				}
				w.WriteHeader(row.status)
				for { // a stream: it ends when it is refused
					if _, err := io.WriteString(w, "\x00"+canary); err != nil {
						panic(http.ErrAbortHandler) // what a proxy does
					}
				}
			}})
			got := ask(t, client(t, "h1"), "GET", srv.URL, nil, nil)
			checkStopped(t, got, 502, row.reason)
			checkSilence(t, g, got)
		})
	}
}

// TestRequestStopsAtItsBeginning: a call that waits for an answer to its first
// message is refused by that message.
func TestRequestStopsAtItsBeginning(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true, Deadline: caddy.Duration(time.Hour)})
	srv := serve(t, middleware{g.Handler, echo})
	body, feed := io.Pipe()
	defer feed.Close()
	go func() { _, _ = feed.Write([]byte("\x00\x00\x00\x00\x05hello")) }()
	got := ask(t, client(t, "h2"), "POST", srv.URL, http.Header{"Content-Type": {"application/grpc"}}, body)
	checkStopped(t, got, http.StatusUnsupportedMediaType, filter.ReasonUnsupported)
}

// TestBudgetComesBack: whatever happens to a body, its memory is given back.
func TestBudgetComesBack(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true})
	large := strings.Repeat("plain words and "+canary+" ", 4000)
	for name, next := range map[string]func(http.ResponseWriter, *http.Request) error{
		"masked": echo,
		"aborted": func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = io.WriteString(w, large)
			panic(http.ErrAbortHandler)
		},
		"failed": func(w http.ResponseWriter, _ *http.Request) error {
			_, _ = io.WriteString(w, large)
			return io.ErrClosedPipe
		},
		"panic": func(w http.ResponseWriter, _ *http.Request) error { _, _ = io.WriteString(w, large); panic("boom") },
	} {
		t.Run(name, func(t *testing.T) {
			done := make(chan struct{})
			srv := serve(t, middleware{nil, func(w http.ResponseWriter, r *http.Request) error {
				defer close(done)
				middleware{g.Handler, next}.ServeHTTP(w, r)
				return nil
			}})
			ask(t, client(t, "h1"), "POST", srv.URL, http.Header{"Content-Type": {"text/plain"}}, stream(large))
			<-done
			if used := g.app.budget.Used(); used != 0 {
				t.Errorf("%d bytes are still held", used)
			}
		})
	}
}

// TestReadDeadline: the wait grows with what arrives, and not otherwise.
func TestReadDeadline(t *testing.T) {
	start := time.Unix(1e9, 0)
	for _, row := range []struct {
		bytes int
		want  time.Duration
	}{{0, 10 * time.Second}, {1, 10*time.Second + 122070*time.Nanosecond}, {minBytesPerSecond, 11 * time.Second}} {
		if got := readDeadline(start, 10*time.Second, row.bytes).Sub(start); got != row.want {
			t.Errorf("after %d bytes: %v, want %v", row.bytes, got, row.want)
		}
	}
}

// TestKeyStaysHidden: the key is in the file of the environment, and nowhere
// in what Caddy shows of the configuration.
func TestKeyStaysHidden(t *testing.T) {
	t.Setenv("PRIVACY_FILTER_TEST_KEY", "hidden-key")
	ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
	defer cancel()
	app := &App{Key: "{env.PRIVACY_FILTER_TEST_KEY}"}
	if err := app.Provision(ctx); err != nil {
		t.Fatal(err)
	}
	defer releaseBudget(app.memory)
	if string(app.key) != "hidden-key" {
		t.Fatalf("key is %q", app.key)
	}
	if os.Getenv("PRIVACY_FILTER_TEST_KEY") != string(app.key) || app.Key != "{env.PRIVACY_FILTER_TEST_KEY}" {
		t.Errorf("the exported key is %q", app.Key)
	}
	if err := (&App{Key: "{env.NO_SUCH_SECRET_KEY}"}).Provision(ctx); err == nil || strings.Contains(err.Error(), "NO_SUCH") {
		t.Errorf("a missing key: %v", err)
	}
}

// TestInvalidConfigurations are refused while provisioning.
func TestInvalidConfigurations(t *testing.T) {
	for _, h := range []*Handler{
		{Request: "maybe"},
		{Response: "restore"},
		{Policy: Policy{Numbers: "roman"}},
		{Unsupported: "strip"},
		{Signed: "maybe"},
		{OnError: "half"},
		{MaxBody: -1},
		{MaxBody: 2 << 30},
		{Deadline: -1},
		{Policy: Policy{Default: "hash"}},
		{Policy: Policy{Categories: map[string]string{"a b": "keep"}}},
		{Policy: Policy{Categories: map[string]string{"secret": "hide"}}},
		{Policy: Policy{Skip: []string{"tools"}}},
		{Policy: Policy{Format: "a\nb"}},
	} {
		app := &App{budget: filter.NewBudget(1), deadline: time.Second}
		h.RulesOnly = true
		if err := h.provision(app, caddy.Log()); err == nil && h.Validate() == nil {
			t.Errorf("%+v is accepted", h)
		}
	}
	for _, a := range []*App{{Engine: "vllm"}, {MaxBatchTokens: -1}, {Memory: -1}, {Queue: &Queue{Size: -1}}} {
		if a.Validate() == nil {
			t.Errorf("%+v is accepted", a)
		}
	}
}
