package e2e

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// prose is text that the model must read: long enough that no deadline of a
// millisecond is met, with a canary in it.
func prose() []byte {
	return []byte(`{"note":"` + strings.Repeat("The quarterly report was sent to everybody in the office last week. ", 200) + canaryEmail + `"}`)
}

// bothWays sends a body through a site as a request and as a response.
func bothWays(t *testing.T, up *upstream, s site, body []byte) (request, response *response) {
	t.Helper()
	client := clientFor(t, "h1")
	path := up.handle(nil)
	request = send(t, client, http.MethodPost, s.url(path), http.Header{"Content-Type": {"application/json"}}, body, whole)
	path = up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		whole.serve(rw, 200, body)
	})
	response = send(t, client, http.MethodGet, s.url(path), nil, nil, whole)
	return request, response
}

// TestDeadline: work that is not done in time is not forwarded undone.
func TestDeadline(t *testing.T) {
	up, s, _ := strained(t, "queue 4096 {\n\tdeadline 1ms\n}", "")
	request, response := bothWays(t, up, s, prose())
	checkProblem(t, request, http.StatusGatewayTimeout, "timeout")
	checkProblem(t, response, http.StatusGatewayTimeout, "timeout")
}

// TestMemoryBudget: bodies beyond the process's budget are refused at once.
func TestMemoryBudget(t *testing.T) {
	up, s, _ := strained(t, "memory 4KiB", rulesOnly)
	request, response := bothWays(t, up, s, prose())
	checkProblem(t, request, http.StatusServiceUnavailable, "overload")
	checkProblem(t, response, http.StatusBadGateway, "overload")
	if found := findCanary(up.everything()); found != "" {
		t.Error("the upstream received a canary as", found)
	}
}

// TestFullQueue: of many requests at once, those that find the queue full
// are told so; the others are masked; none passes as it is.
func TestFullQueue(t *testing.T) {
	up, s, _ := strained(t, "queue 1", "")
	client := clientFor(t, "h1")
	path := up.handle(nil)
	const requests = 24
	answers := make([]*response, requests)
	var wg sync.WaitGroup
	for i := range requests {
		wg.Go(func() {
			// Different texts, so that no cache answers for another.
			body := []byte(strings.Replace(string(prose()), "note", strings.Repeat("n", i+1), 1))
			body = []byte(strings.Replace(string(body), "The", strings.Repeat("Now the ", i+1), 1))
			answers[i] = send(t, client, http.MethodPost, s.url(path), http.Header{"Content-Type": {"application/json"}}, body, whole)
		})
	}
	wg.Wait()
	masked, refused := 0, 0
	for _, a := range answers {
		switch a.Status {
		case http.StatusNoContent:
			masked++
		case http.StatusServiceUnavailable:
			refused++
			checkProblem(t, a, http.StatusServiceUnavailable, "overload")
		default:
			t.Errorf("status %d: %s", a.Status, a.Body)
		}
	}
	if masked == 0 || refused == 0 {
		t.Errorf("%d requests were masked and %d refused; want some of both", masked, refused)
	}
	if n := len(up.arrivals(path)); n != masked {
		t.Errorf("the upstream received %d requests, %d were answered", n, masked)
	}
	if found := findCanary(up.everything()); found != "" {
		t.Error("the upstream received a canary as", found)
	}
}

// TestAbandonedRequest: work for a client that has gone leaves the queue, and
// its body goes nowhere.
func TestAbandonedRequest(t *testing.T) {
	up, s, srv := strained(t, "queue 4096 {\n\tdeadline 10m\n}", "")
	path := up.handle(nil)
	// Minutes of work, so that it cannot be done before the client leaves.
	body := []byte(strings.Repeat("The quarterly report was sent to everybody in the office last week. ", 20_000) + canaryEmail)
	c := dialWire(t, s.addr)
	c.head(t, "POST "+path, "Content-Type: text/plain", "Content-Length: "+strconv.Itoa(len(body)))
	c.send(t, string(body))
	if err := eventually(func() error {
		if strings.Contains(srv.adminGet(t, "/metrics"), "caddy_privacy_filter_queue_texts 0\n") {
			return errors.New("nothing is queued")
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	c.Close()
	checkNothingHeld(t, srv)
	if n := len(up.arrivals(path)); n != 0 {
		t.Error("the upstream received the body of a client that had gone")
	}
}

// TestMissingModel: without its model the server does not start, rather than
// start without protection, and says what is missing.
func TestMissingModel(t *testing.T) {
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	s := site{addr: freeAddr(), upstream: up.addr}
	srv, err := launch(t.TempDir(), caddyfile("model {DIR}/no-such-model", s), s.addr)
	if err == nil {
		srv.stop()
		t.Fatal("the server has started")
	}
	if !strings.Contains(err.Error(), "no-such-model") {
		t.Errorf("the error does not name the model: %v", err)
	}
}

// strained starts a caddy of its own with the given global options.
func strained(t *testing.T, options, filter string) (*upstream, site, *server) {
	t.Helper()
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	s := site{addr: freeAddr(), filter: filter, accessLog: true, upstream: up.addr}
	return up, s, startServer(t, caddyfile(options, s), s.addr)
}
