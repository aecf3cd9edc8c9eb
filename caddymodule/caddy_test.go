package caddymodule

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/caddyserver/caddy/v2"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/fileserver"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/requestbody"
	_ "github.com/caddyserver/caddy/v2/modules/logging"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// freeAddr finds a port for one test.
func freeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// startCaddy runs a whole Caddy in this process until the test ends. The
// sites see {ADDR} as the address to listen on; it is returned as a URL.
func startCaddy(t testing.TB, sites string) string {
	t.Helper()
	addr := freeAddr(t)
	loadCaddy(t, addr, sites, false)
	t.Cleanup(func() {
		if err := caddy.Stop(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + addr
}

func loadCaddy(t testing.TB, addr, sites string, force bool) {
	t.Helper()
	options, sites := "", strings.ReplaceAll(sites, "{ADDR}", "http://"+addr)
	if rest, ok := strings.CutPrefix(sites, "{\n"); ok { // global options of the test
		options, sites, _ = strings.Cut(rest, "\n}\n")
	}
	config := "{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n\tlog {\n\t\toutput discard\n\t}\n" + options + "\n}\n" + sites
	raw, _, err := adapter().Adapt([]byte(config), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := caddy.Load(raw, force); err != nil {
		t.Fatal(err)
	}
}

// TestEncodeOutside: the compressed response is the masked one, and its tag
// is not the upstream's.
func TestEncodeOutside(t *testing.T) {
	padding := strings.Repeat("plain words ", 100)
	url := startCaddy(t, "{ADDR} {\n\tencode gzip\n\tprivacy_filter {\n\t\trules_only\n\t}\n\theader Etag `\"v1\"`\n\trespond \""+padding+canary+"\"\n}\n")
	got := ask(t, client(t, "h1"), "GET", url, http.Header{"Accept-Encoding": {"gzip"}}, nil)
	if got.header.Get("Content-Encoding") != "gzip" {
		t.Fatalf("header %v", got.header)
	}
	zr, err := gzip.NewReader(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(zr)
	if err != nil || string(plain) != padding+"<PRIVATE_EMAIL>" {
		t.Errorf("body %q, %v", plain, err)
	}
}

// TestErrorRoutes: a site with handle_errors answers for stopped bodies
// itself; the reason is there to be told.
func TestErrorRoutes(t *testing.T) {
	url := startCaddy(t, `{ADDR} {
	privacy_filter {
		rules_only
		category private_email block
	}
	respond "fine"
	handle_errors {
		respond "sorry: {err.status_code} {http.privacy_filter.request.outcome} {err.message}"
	}
}
`)
	got := ask(t, client(t, "h1"), "POST", url, http.Header{"Content-Type": {"text/plain"}}, strings.NewReader(canary))
	if got.status != http.StatusForbidden || !strings.HasPrefix(got.body, "sorry: 403 blocked body stopped: blocked") || leaks(got.body) != "" {
		t.Errorf("status %d, body %q", got.status, got.body)
	}
}

// TestErrorRoutesAreFiltered: a privacy_filter within handle_errors masks what
// those routes say, and can itself refuse.
func TestErrorRoutesAreFiltered(t *testing.T) {
	url := startCaddy(t, `{ADDR} {
	error 500
	handle_errors {
		privacy_filter {
			rules_only
			category private_ip block
		}
		@ip path /ip
		respond @ip "at 81.2.69.142"
		respond "write to elena.markovic@canary-mailbox.net"
	}
}
`)
	c := client(t, "h1")
	if got := ask(t, c, "GET", url, nil, nil); got.body != "write to <PRIVATE_EMAIL>" {
		t.Errorf("status %d, body %q", got.status, got.body)
	}
	if got := ask(t, c, "GET", url+"/ip", nil, nil); got.status != http.StatusBadGateway || strings.Contains(got.body, "81.2") {
		t.Errorf("status %d, body %q", got.status, got.body)
	}
}

// TestFileServer: sendfile is no way around the filter, neither is a range,
// and what did not change can still be revalidated.
func TestFileServer(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "mail " + canary + " now", "b.txt": strings.Repeat("plain words ", 9000)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	url := startCaddy(t, "{ADDR} {\n\tprivacy_filter {\n\t\trules_only\n\t}\n\troot "+dir+"\n\tfile_server\n}\n")
	c := client(t, "h1")
	got := ask(t, c, "GET", url+"/a.txt", http.Header{"Range": {"bytes=5-9"}}, nil)
	if got.status != 200 || got.body != "mail <PRIVATE_EMAIL> now" || got.header.Get("ETag") != "" {
		t.Errorf("got %+v", got)
	}
	got = ask(t, c, "GET", url+"/b.txt", nil, nil)
	if got.status != 200 || got.body != strings.Repeat("plain words ", 9000) || got.header.Get("ETag") == "" {
		t.Fatalf("status %d, %d bytes, tag %q", got.status, len(got.body), got.header.Get("ETag"))
	}
	got = ask(t, c, "GET", url+"/b.txt", http.Header{"If-None-Match": {got.header.Get("ETag")}}, nil)
	if got.status != http.StatusNotModified {
		t.Errorf("revalidation: status %d", got.status)
	}
}

// TestRequestBodyLimit: the request_body directive's limit is still a 413.
func TestRequestBodyLimit(t *testing.T) {
	url := startCaddy(t, "{ADDR} {\n\trequest_body {\n\t\tmax_size 10\n\t}\n\tprivacy_filter {\n\t\trules_only\n\t}\n\trespond {http.request.body}\n}\n")
	got := ask(t, client(t, "h1"), "POST", url, http.Header{"Content-Type": {"text/plain"}}, stream(canary))
	if got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d, body %q", got.status, got.body)
	}
}

// TestPlaceholderSeesMaskedBody: no raw body is reachable behind the filter.
func TestPlaceholderSeesMaskedBody(t *testing.T) {
	url := startCaddy(t, "{ADDR} {\n\tprivacy_filter {\n\t\trules_only\n\t\tresponse off\n\t}\n"+
		"\troute {\n\t\theader X-Masked {http.privacy_filter.request.masked}\n\t\trespond {http.request.body}\n\t}\n}\n")
	got := ask(t, client(t, "h1"), "POST", url, jsonHeader(), strings.NewReader(`{"a":"{http.request.host}","b":"`+canary+`"}`))
	if got.body != `{"a":"{http.request.host}","b":"<PRIVATE_EMAIL>"}` {
		t.Errorf("body %q", got.body)
	}
	if got.header.Get("X-Masked") != "1" {
		t.Errorf("masked %q, want 1", got.header.Get("X-Masked"))
	}
}

// askAgain asks until there is an answer. A reload closes Caddy's old listener
// together with connections that nobody has accepted yet, filter or not; a
// filter that lost requests would lose them again.
func askAgain(t *testing.T, c *http.Client, url, body string) (got seen) {
	t.Helper()
	for range 5 {
		got = ask(t, c, "POST", url, http.Header{"Content-Type": {"text/plain"}}, strings.NewReader(body))
		if got.err == nil {
			break
		}
	}
	return got
}

// poolModel puts a scripted model where the app would look for its own: whoever
// comes first has loaded it, and here it is the test.
func poolModel(t *testing.T, a App) (model *inferencetest.Model, release func()) {
	t.Helper()
	options, err := a.localOptions(caddy.NewReplacer())
	if err != nil {
		t.Fatal(err)
	}
	model = inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}})
	service, err := inference.NewService(model.Options())
	if err != nil {
		t.Fatal(err)
	}
	key := modelID(local.Key(options))
	if _, _, err := models.LoadOrNew(key, func() (caddy.Destructor, error) { return pooledModel{service}, nil }); err != nil {
		t.Fatal(err)
	}
	return model, func() {
		if err := releaseModel(key); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReloadSwapsTheModel: a request that has begun ends on the model it began
// with, response and all; only then is that model freed (I6).
func TestReloadSwapsTheModel(t *testing.T) {
	if !embedded.Present(embedded.Default) {
		t.Skip("without an embedded model in this build, no configuration that needs one provisions")
	}
	first, releaseFirst := poolModel(t, App{})
	second, releaseSecond := poolModel(t, App{MaxBatchTokens: 1000})
	gate := inferencetest.NewGate()
	first.Engine.Hook = gate.Wait
	addr := freeAddr(t)
	sites := "{ADDR} {\n\tprivacy_filter\n\trespond \"{http.request.body}, signed " + person + "\"\n}\n"
	loadCaddy(t, addr, sites, true)
	releaseFirst()

	answered := make(chan seen)
	go func() {
		answered <- ask(t, client(t, "h1"), "POST", "http://"+addr, http.Header{"Content-Type": {"text/plain"}}, strings.NewReader("to "+person))
	}()
	<-gate.Entered()
	loadCaddy(t, addr, "{\n\tprivacy_filter {\n\t\tmax_batch_tokens 1000\n\t}\n}\n"+sites, true)
	releaseSecond()
	if first.Engine.Closed() != 0 {
		t.Error("the reload freed a model that is in use")
	}
	gate.Open()
	if got := <-answered; got.body != "to <PRIVATE_PERSON>, signed <PRIVATE_PERSON>" {
		t.Errorf("status %d, body %q, %v", got.status, got.body, got.err)
	}
	for first.Engine.Closed() == 0 && t.Context().Err() == nil {
		runtime.Gosched() // the handler may still be returning
	}
	if len(second.Engine.Runs()) != 0 {
		t.Error("the request changed its model on the way")
	}
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	if first.Engine.Closed() != 1 || second.Engine.Closed() != 1 {
		t.Errorf("closed %d and %d times", first.Engine.Closed(), second.Engine.Closed())
	}
}

// TestReloadKeepsTheModel reloads under load: the session is the same, no
// request is lost, and the last configuration to go frees it (I6, I8).
func TestReloadKeepsTheModel(t *testing.T) {
	if !embedded.Present(embedded.Default) {
		t.Skip("without an embedded model in this build, no configuration that needs one provisions")
	}
	model, release := poolModel(t, App{})
	addr := freeAddr(t)
	sites := "{ADDR} {\n\tprivacy_filter\n\trespond {http.request.body}\n}\n"
	loadCaddy(t, addr, sites, true)
	release()

	ctx, cancel := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	var asked atomic.Int64
	for i := range 4 {
		c := client(t, protocols[0])
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				body := fmt.Sprintf("%d %d written by %s", i, n, person)
				got := askAgain(t, c, "http://"+addr, body)
				if want := fmt.Sprintf("%d %d written by <PRIVATE_PERSON>", i, n); got.body != want {
					t.Errorf("status %d, body %q, %v", got.status, got.body, got.err)
					return
				}
				asked.Add(1)
			}
		})
	}
	for range 20 {
		for before := asked.Load(); asked.Load() < before+4 && !t.Failed(); {
			runtime.Gosched()
		}
		loadCaddy(t, addr, sites, true)
	}
	cancel()
	clients.Wait()
	if model.Engine.Closed() != 0 {
		t.Error("a reload closed the session")
	}
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	if model.Engine.Closed() != 1 {
		t.Errorf("after the end the session was closed %d times", model.Engine.Closed())
	}
}
