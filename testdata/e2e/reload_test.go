package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestReloads changes the configuration hundreds of times while clients send
// bodies that need the model. No request may fail, the model may be loaded
// only once, and what one reload takes it must give back.
func TestReloads(t *testing.T) {
	reloads := 300
	if testing.Short() {
		reloads = 30
	}
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	path := up.handleRaw(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		io.Copy(w, r.Body)
	})
	s := site{addr: freeAddr(), upstream: up.addr, proxy: keepNoConnections}
	config := func(n int) string {
		s.extra = []string{fmt.Sprintf("header X-Generation %d", n)}
		return caddyfile("", s)
	}
	srv := startServer(t, config(0), s.addr)
	goroutines := srv.goroutines(t)

	load := startLoad(t, s.url(path))
	const warmUp = 20 // arenas, pools and the garbage collector find their size
	for n := 1; n <= warmUp; n++ {
		srv.load(t, config(n))
		load.await(t, 3)
	}
	memory := srv.residentBytes(t)
	for n := warmUp + 1; n <= warmUp+reloads; n++ {
		srv.load(t, config(n))
		load.await(t, 3)
	}
	grown := srv.residentBytes(t)
	load.stop(t)

	if limit := memory + memory/4 + 64<<20; grown > limit {
		t.Errorf("resident memory grew from %d to %d MiB", memory>>20, grown>>20)
	}
	if err := eventually(func() error {
		if n := srv.goroutines(t); n > goroutines+10 {
			return fmt.Errorf("%d goroutines, %d before the reloads", n, goroutines)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
	if n := strings.Count(srv.out.String(), "model is ready"); n != 1+warmUp+reloads {
		t.Errorf("%d configurations say that their model is ready, want %d", n, 1+warmUp+reloads)
	}
	if n := len(freshModel.FindAllString(srv.out.String(), -1)); n != 1 {
		t.Errorf("the model was loaded %d times", n)
	}
	metrics := srv.adminGet(t, "/metrics")
	if !strings.Contains(metrics, "caddy_privacy_filter_models 1\n") {
		t.Error("there is not one model in memory")
	}
	for _, series := range outcomes.FindAllStringSubmatch(metrics, -1) {
		// A response is clean: its placeholders are what the request became.
		if series[1] != "masked" && series[1] != "clean" {
			t.Errorf("some bodies ended as %q", series[1])
		}
	}
	checkNothingHeld(t, srv)
	t.Logf("%d reloads, %d requests, %d connections closed by Caddy, %d → %d MiB, %d goroutines",
		reloads, load.served.Load(), load.retried.Load(), memory>>20, grown>>20, goroutines)
}

// keepNoConnections: each reload leaves Caddy's idle upstream connections
// behind for two minutes, filter or not. Without any, goroutines count only
// what is ours.
const keepNoConnections = "transport http {\n\t\t\tkeepalive off\n\t\t}"

var outcomes = regexp.MustCompile(`caddy_privacy_filter_bodies_total\{[^}]*outcome="([^"]*)"`)

// freshModel matches the log line of a model that was not kept.
var freshModel = regexp.MustCompile(`model is ready.*"kept": ?false`)

// load replaces the server's configuration and waits until it is in force.
// The admin endpoint is replaced, too, so a connection to it may break; asked
// again for what it has already loaded, Caddy does nothing.
func (s *server) load(t testing.TB, caddyfile string) {
	t.Helper()
	err := eventually(func() error {
		resp, err := http.Post("http://"+s.admin+"/load", "text/caddyfile", strings.NewReader(s.expand(caddyfile)))
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err == nil && resp.StatusCode != http.StatusOK {
			err = permanent{fmt.Errorf("loading a configuration: %d %s", resp.StatusCode, body)}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

var goroutineTotal = regexp.MustCompile(`goroutine profile: total (\d+)`)

func (s *server) goroutines(t testing.TB) int {
	t.Helper()
	m := goroutineTotal.FindStringSubmatch(s.adminGet(t, "/debug/pprof/goroutine?debug=1"))
	if m == nil {
		t.Fatal("the admin endpoint shows no goroutine profile")
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var residentKB = regexp.MustCompile(`VmRSS:\s+(\d+) kB`)

// residentBytes is the process's resident memory, after a collection.
func (s *server) residentBytes(t testing.TB) int64 {
	t.Helper()
	s.adminGet(t, "/debug/pprof/heap?gc=1&debug=1")
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		t.Skip("needs /proc:", err)
	}
	m := residentKB.FindSubmatch(status)
	if m == nil {
		t.Fatal("no VmRSS")
	}
	kb, err := strconv.ParseInt(string(m[1]), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return kb << 10
}

// load is clients that send requests until they are stopped.
type load struct {
	quit    chan struct{}
	wg      sync.WaitGroup
	served  atomic.Int64
	retried atomic.Int64
	tick    chan struct{} // one for each request that was served

	mu       sync.Mutex
	failures []string // guarded by mu
}

// startLoad starts clients of both kinds: those that keep their connection,
// and those that open one for every request.
func startLoad(t *testing.T, url string) *load {
	l := &load{quit: make(chan struct{}), tick: make(chan struct{})}
	for i := range 4 {
		client := clientFor(t, "h1")
		client.Transport.(*http.Transport).DisableKeepAlives = i%2 == 0
		l.wg.Go(func() {
			defer client.CloseIdleConnections()
			for n := 0; ; n++ {
				if err := l.request(client, url, i, n); err != nil {
					l.mu.Lock()
					l.failures = append(l.failures, err.Error())
					l.mu.Unlock()
				}
				l.served.Add(1)
				select {
				case <-l.quit:
					return
				case l.tick <- struct{}{}:
				}
			}
		})
	}
	return l
}

// request sends a body that no cache has seen and checks what comes back.
//
// When Caddy replaces its listeners it closes connections that it has
// accepted and not yet read from, with or without the filter (measured: as
// often). Such a request was never begun, so it is sent again.
func (l *load) request(client *http.Client, url string, i, n int) error {
	body := fmt.Sprintf(`{"note": "Ticket %d-%d: write to %s or call %s"}`, i, n, canaryEmail, canaryPhone)
	var resp *http.Response
	for attempt := 0; ; attempt++ {
		var err error
		resp, err = client.Post(url, "application/json", strings.NewReader(body))
		if err == nil {
			break
		}
		if attempt == 20 {
			return err
		}
		l.retried.Add(1)
	}
	got := readResponse(resp)
	if got.Status != http.StatusOK || got.BodyErr != nil {
		return fmt.Errorf("status %d, body error %v: %s", got.Status, got.BodyErr, got.Body)
	}
	if found := findCanary(string(got.Body)); found != "" {
		return fmt.Errorf("a canary came back as %s", found)
	}
	if !strings.Contains(string(got.Body), "<PRIVATE_EMAIL>") {
		return fmt.Errorf("answer without a placeholder: %s", got.Body)
	}
	return nil
}

// await returns when so many further requests were served.
func (l *load) await(t *testing.T, requests int) {
	t.Helper()
	timeout := time.After(patience)
	for range requests {
		select {
		case <-l.tick:
		case <-timeout:
			t.Fatal("no request is served any more")
		}
	}
}

func (l *load) stop(t *testing.T) {
	t.Helper()
	close(l.quit)
	l.wg.Wait()
	for _, f := range l.failures {
		t.Error("a request failed:", f)
	}
}
