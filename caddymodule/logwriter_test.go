package caddymodule

import (
	"context"
	"encoding/json"
	"errors"
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

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/logs"
)

// logged is an entry of a log, as far as tests look at it.
type logged struct {
	Level   string
	TS      float64
	Logger  string
	Msg     string
	Request struct {
		URI     string
		Headers map[string][]string
	}
	Status   int
	Duration float64
	ErrID    string `json:"err_id"`
	raw      string
}

// readLog reads the entries of a log file, all of which must be JSON.
func readLog(t testing.TB, path string) (entries []logged) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		e := logged{raw: line}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		entries = append(entries, e)
	}
	return entries
}

// logSite is a site whose access log goes to a file through the log writer.
func logSite(file, options string) string {
	return "{ADDR} {\n\tlog {\n\t\toutput privacy_filter {\n\t\t\toutput file " + file + "\n" + options + "\n\t\t}\n\t}\n" +
		"\trespond ok\n}\n"
}

// scriptedLogModel puts the scripted model where the log writer looks for
// embedded-fast.
func scriptedLogModel(t *testing.T, hook func(context.Context, *inference.Batch) error) {
	t.Helper()
	if !embedded.Present(embedded.Fast) {
		t.Skip("without an embedded model in this build, no configuration that needs one provisions")
	}
	model, release := poolModel(t, App{Model: embedded.Fast})
	model.Engine.Hook = hook
	t.Cleanup(func() {
		release()
		if model.Engine.Closed() != 1 {
			t.Errorf("the model was closed %d times", model.Engine.Closed())
		}
	})
}

// TestLogWriterScrubs: URI, headers and error text of access and error logs are
// masked, and nothing else of the entries changes.
func TestLogWriterScrubs(t *testing.T) {
	scriptedLogModel(t, nil)
	file := filepath.Join(t.TempDir(), "access.log")
	addr := freeAddr(t)
	loadCaddy(t, addr, "{\n\tlog everything {\n\t\toutput privacy_filter {\n\t\t\toutput file "+file+"\n\t\t}\n\t\tinclude http.log.access http.log.error\n\t}\n}\n"+
		"{ADDR} {\n\tlog\n\t@fails path /fails/*\n\terror @fails \"no such user: {http.request.uri.path.1}\" 500\n\trespond ok\n}\n", true)
	c, url := client(t, "h1"), "http://"+addr
	ask(t, c, "GET", url+"/a?mail="+strings.ReplaceAll(canary, "@", "%40")+"&page=2", http.Header{
		"X-User": {person}, "Referer": {"https://shop.example/?u=" + canary}, "User-Agent": {"tester"},
	}, nil)
	ask(t, c, "GET", url+"/fails/"+canary, nil, nil)
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	entries := readLog(t, file)
	if len(entries) != 3 { // access, error, access
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		if leaks(e.raw) != "" || strings.Contains(e.raw, person) {
			t.Errorf("raw: %s", e.raw)
		}
		if e.TS < 1e9 || e.Duration <= 0 || !strings.HasPrefix(e.Logger, "http.log.") {
			t.Errorf("head: %s", e.raw)
		}
	}
	first := entries[0]
	if first.Level != "info" || first.Msg != "handled request" || first.Status != 200 ||
		first.Request.URI != "/a?mail=%3CPRIVATE_EMAIL%3E&page=2" ||
		first.Request.Headers["X-User"][0] != "<PRIVATE_PERSON>" || first.Request.Headers["User-Agent"][0] != "tester" {
		t.Errorf("%s", first.raw)
	}
	failed := entries[1]
	if failed.Level != "error" || failed.Msg != "no such user: <PRIVATE_EMAIL>" || failed.Status != 500 || len(failed.ErrID) != 9 {
		t.Errorf("%s", failed.raw)
	}
}

// TestLogWriterReloads: reloads under load lose no entry and keep their order,
// and the file is closed in the end.
func TestLogWriterReloads(t *testing.T) {
	last, late, file := make([]int, 3), 0, filepath.Join(t.TempDir(), "access.log")
	site := logSite(file, "\t\t\tfull block\n\t\t\tdrain 1m")
	sent := reloadUnderLoad(t, site, site+"# changed\n")
	total := eachLogged(t, file, func(client, n int) {
		if n != last[client] {
			t.Errorf("client %d: %d after %d", client, n, last[client]-1)
		}
		last[client] = n + 1
	}, &late)
	if total != sent || late > 0 {
		t.Errorf("%d entries of %d requests, %d late", total, sent, late)
	}
}

// TestLogWriterReloadsWithChanges: neither do reloads lose any that change the
// writer, though what an old one has queued may follow what the new one wrote,
// and entries of requests that outlived both are redacted.
func TestLogWriterReloadsWithChanges(t *testing.T) {
	late, file := 0, filepath.Join(t.TempDir(), "access.log")
	sent := reloadUnderLoad(t, logSite(file, "\t\t\tfull block\n\t\t\tdrain 1m"), logSite(file, "\t\t\tfull block\n\t\t\tdrain 2m"))
	total := eachLogged(t, file, func(int, int) {}, &late)
	if total != sent || late > total/4 {
		t.Errorf("%d entries of %d requests, %d late", total, sent, late)
	}
}

// reloadUnderLoad loads two sites in turn while three clients ask, and counts
// what they have asked.
func reloadUnderLoad(t *testing.T, sites ...string) (sent int) {
	scriptedLogModel(t, nil)
	addr := freeAddr(t)
	loadCaddy(t, addr, sites[0], true)
	ctx, cancel := context.WithCancel(t.Context())
	var clients sync.WaitGroup
	var asked atomic.Int64
	for i := range 3 {
		c := client(t, "h1")
		clients.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				got := askAgain(t, c, fmt.Sprintf("http://%s/?client=c%d&n=n%d&mail=%s", addr, i, n, canary), "")
				if got.err != nil {
					t.Error(got.err)
					return
				}
				asked.Add(1)
			}
		})
	}
	for i := range 30 {
		for before := asked.Load(); asked.Load() < before+20 && !t.Failed(); {
			runtime.Gosched()
		}
		loadCaddy(t, addr, sites[i%len(sites)], true)
	}
	cancel()
	clients.Wait()
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	for _, pool := range []*caddy.UsagePool{openLogs, openOutputs} {
		pool.Range(func(key, _ any) bool {
			t.Errorf("%v is still open", key)
			return true
		})
	}
	return int(asked.Load())
}

// eachLogged calls a function for every entry of reloadUnderLoad, and counts
// those that came too late to be inspected.
func eachLogged(t *testing.T, file string, each func(client, n int), late *int) (total int) {
	t.Helper()
	for _, e := range readLog(t, file) {
		total++
		if e.Request.URI == "<REDACTED>" {
			*late++
			continue
		}
		var client, n int
		uri, _, masked := strings.Cut(e.Request.URI, "&mail=<PRIVATE_EMAIL>")
		if _, err := fmt.Sscanf(uri, "/?client=c%d&n=n%d", &client, &n); err != nil || !masked {
			t.Fatalf("%s: %v", e.raw, err)
		}
		each(client, n)
	}
	return total
}

// TestLogWriterWithABrokenEngine: entries lose their strings, and the log of
// the engine's failures does not feed itself.
func TestLogWriterWithABrokenEngine(t *testing.T) {
	scriptedLogModel(t, func(context.Context, *inference.Batch) error { return errors.New("of " + canary) })
	redacted := entriesCounted(t, logs.Redacted)
	file := filepath.Join(t.TempDir(), "all.log")
	addr := freeAddr(t)
	loadCaddy(t, addr, "{\n\tlog everything {\n\t\toutput privacy_filter {\n\t\t\toutput file "+file+"\n\t\t}\n\t}\n}\n"+
		"{ADDR} {\n\tlog\n\trespond ok\n}\n", true)
	for range 10 {
		ask(t, client(t, "h1"), "GET", "http://"+addr+"/?mail="+canary, http.Header{"X-User": {person}}, nil)
	}
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	entries := readLog(t, file)
	handled := 0
	for _, e := range entries {
		if leaks(e.raw) != "" || strings.Contains(e.raw, person) {
			t.Errorf("raw: %s", e.raw)
		}
		if strings.HasPrefix(e.Logger, "http.log.access") {
			handled++
			if e.Msg != "<REDACTED>" || e.Request.URI != "<REDACTED>" || e.Status != 200 || e.Level != "info" {
				t.Errorf("%s", e.raw)
			}
		}
	}
	if handled != 10 || len(entries) > 100 {
		t.Errorf("%d requests, %d entries", handled, len(entries))
	}
	if got := entriesCounted(t, logs.Redacted) - redacted; got < 10 {
		t.Errorf("%v redacted", got)
	}
}

// entriesCounted is the number of entries of an outcome.
func entriesCounted(t testing.TB, outcome logs.Outcome) (n float64) {
	t.Helper()
	for line := range strings.Lines(exposition(t)) {
		if value, ok := strings.CutPrefix(line, `caddy_privacy_filter_log_entries_total{outcome="`+string(outcome)+`"} `); ok {
			if _, err := fmt.Sscan(value, &n); err != nil {
				t.Fatal(err)
			}
		}
	}
	return n
}

// TestLogWriterToANetwork: each entry is one write of its own, masked.
func TestLogWriterToANetwork(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	received := make(chan string)
	go func() {
		conn, err := listener.Accept()
		if err != nil {
			close(received)
			return
		}
		raw, _ := io.ReadAll(conn)
		conn.Close()
		received <- string(raw)
	}()
	addr := freeAddr(t)
	loadCaddy(t, addr, "{ADDR} {\n\tlog {\n\t\toutput privacy_filter {\n\t\t\trules_only\n\t\t\toutput net "+listener.Addr().String()+
		" {\n\t\t\t\tdial_timeout 5s\n\t\t\t}\n\t\t}\n\t\tformat console\n\t}\n\trespond ok\n}\n", true)
	ask(t, client(t, "h1"), "GET", "http://"+addr+"/?mail="+canary, nil, nil)
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	got := <-received
	if leaks(got) != "" || !strings.Contains(got, "handled request") || !strings.Contains(got, "PRIVATE_EMAIL") {
		t.Errorf("%q", got)
	}
}
