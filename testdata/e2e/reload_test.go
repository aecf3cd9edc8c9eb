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
		io.Copy(w, r.Body) //nolint:errcheck // the client compares what it gets
	})
	s := site{addr: freeAddr(), upstream: up.addr}
	config := func(n int) string {
		s.extra = []string{fmt.Sprintf("header X-Generation %d", n)}
		return caddyfile("", s)
	}
	srv := startServer(t, config(0), nil, s.addr)

	load := startLoad(t, s.url(path))
	const warmUp = 10 // arenas, pools and the garbage collector find their size
	for n := 1; n <= warmUp; n++ {
		srv.load(t, config(n))
	}
	goroutines, memory := srv.goroutines(t), srv.residentBytes(t)
	for n := warmUp + 1; n <= warmUp+reloads; n++ {
		srv.load(t, config(n))
	}
	grown := srv.residentBytes(t)
	served := load.stop(t)

	if served < int64(reloads) {
		t.Errorf("only %d requests in %d reloads: not much of a load", served, reloads)
	}
	if limit := memory + memory/4 + 64<<20; grown > limit {
		t.Errorf("resident memory grew from %d to %d MiB", memory>>20, grown>>20)
	}
	// Connections of old configurations close on their own time.
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
	t.Logf("%d reloads, %d requests, %d → %d MiB, %d goroutines", reloads, served, memory>>20, grown>>20, goroutines)
}

// freshModel matches the log line of a model that was not kept.
var freshModel = regexp.MustCompile(`model is ready.*"kept": ?false`)

// load replaces the server's configuration and waits until it is in force.
func (s *server) load(t testing.TB, caddyfile string) {
	t.Helper()
	resp, err := http.Post("http://"+s.admin+"/load", "text/caddyfile", strings.NewReader(s.expand(caddyfile)))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, _ := io.ReadAll(resp.Body); resp.StatusCode != http.StatusOK {
		t.Fatalf("loading a configuration: %d %s", resp.StatusCode, body)
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
	quit   chan struct{}
	wg     sync.WaitGroup
	served atomic.Int64

	mu       sync.Mutex
	failures []string // guarded by mu
}

// startLoad starts clients of both kinds: those that keep their connection,
// and those that open one for every request.
func startLoad(t *testing.T, url string) *load {
	l := &load{quit: make(chan struct{})}
	for i := range 4 {
		client := clientFor(t, "h1")
		client.Transport.(*http.Transport).DisableKeepAlives = i%2 == 0
		l.wg.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-l.quit:
					return
				default:
				}
				if err := oneRequest(client, url, i, n); err != nil {
					l.mu.Lock()
					l.failures = append(l.failures, err.Error())
					l.mu.Unlock()
					return
				}
				l.served.Add(1)
			}
		})
	}
	return l
}

// oneRequest sends a body that no cache has seen and checks what comes back.
func oneRequest(client *http.Client, url string, i, n int) error {
	body := fmt.Sprintf(`{"note": "Ticket %d-%d: write to %s or call %s"}`, i, n, canaryEmail, canaryPhone)
	req, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	// A server may close an idle connection just when a request is written.
	// That race is HTTP's own; this lets the client repeat such a request.
	req.Header.Set("Idempotency-Key", "load")
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	got := readResponse(resp)
	if got.Status != http.StatusOK || got.BodyErr != nil {
		return fmt.Errorf("status %d, body error %w: %s", got.Status, got.BodyErr, got.Body)
	}
	if found := findCanary(string(got.Body)); found != "" {
		return fmt.Errorf("a canary came back as %s", found)
	}
	if !strings.Contains(string(got.Body), "<PRIVATE_EMAIL>") {
		return fmt.Errorf("answer without a placeholder: %s", got.Body)
	}
	return nil
}

func (l *load) stop(t *testing.T) int64 {
	t.Helper()
	close(l.quit)
	l.wg.Wait()
	for _, f := range l.failures {
		t.Error("a request failed:", f)
	}
	return l.served.Load()
}
