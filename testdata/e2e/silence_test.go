package e2e

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCanariesLeaveNoTrace pushes canaries through every failure path of a
// server that logs all it can, and then searches everything the server has
// said: its output, its log files, its metrics, its answers (checked by the
// paths themselves) and every file it left behind.
func TestCanariesLeaveNoTrace(t *testing.T) {
	up, err := newUpstream()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{up: up}
	logged := func(filter string) site {
		return site{addr: freeAddr(), filter: filter, accessLog: true, upstream: up.addr}
	}
	w.filtered = logged(rulesOnly)
	w.small = logged(rulesOnly + "\nmax_body 2KiB")
	w.blocking = logged(rulesOnly + "\ncategory account_number block")
	w.withModel = logged("")
	hashing := logged(rulesOnly + "\ncategory private_email hash\ncategory private_phone partial 2\ncategory private_ip redact")
	config := caddyfile("key canary-test-key-0123456789abcdef\nqueue 4096 {\n\tdeadline 60s\n}", w.filtered, w.small, w.blocking, w.withModel, hashing)
	// Debug logs to a file of their own, beside what goes to stderr.
	config = strings.Replace(config, "\tdebug\n", "\tdebug\n\tlog everything {\n\t\toutput file {DIR}/everything.log\n\t\tlevel DEBUG\n\t}\n", 1)
	srv := startServer(t, config, w.filtered.addr, w.small.addr, w.blocking.addr, w.withModel.addr, hashing.addr)
	w.server = srv

	t.Run("failing requests and responses", func(t *testing.T) { w.failBothWays(t) })
	t.Run("masked bodies", func(t *testing.T) {
		for _, s := range []site{w.filtered, w.withModel, hashing} {
			for _, f := range formats() {
				if len(f.body) < 4096 { // the model is there for its failures, not for its speed
					w.roundTrip(t, s, f)
				}
			}
		}
	})
	t.Run("a client that leaves while it sends", func(t *testing.T) { w.abortedUpload(t) })
	t.Run("an upstream that dies while it answers", func(t *testing.T) { w.abortedAnswer(t) })
	t.Run("broken framing", func(t *testing.T) { w.brokenFraming(t) })
	t.Run("canaries in trailers", func(t *testing.T) { w.trailer(t) })
	t.Run("an upgrade", func(t *testing.T) { w.upgrade(t) })

	if found := findCanary(up.everything()); found != "" {
		t.Error("the upstream received a canary as", found)
	}
	for _, page := range []string{"/metrics", "/config/", "/reverse_proxy/upstreams", "/debug/vars", "/debug/pprof/goroutine?debug=2"} {
		if found := findCanary(srv.adminGet(t, page)); found != "" {
			t.Errorf("admin page %s shows a canary as %s", page, found)
		}
	}
	checkNothingHeld(t, srv)
	srv.stop() // everything that is logged is written
	output := srv.out.String()
	if found := findCanary(output); found != "" {
		t.Error("the server's output shows a canary as", found)
	}
	if strings.Contains(output, "panic") {
		t.Errorf("the server has panicked:\n%s", output)
	}
	searchFiles(t, srv.dir)
}

// checkNothingHeld: after all that went wrong, no body and no text is held.
func checkNothingHeld(t *testing.T, s *server) {
	t.Helper()
	if err := eventually(func() error {
		metrics := s.adminGet(t, "/metrics")
		for _, gauge := range []string{"memory_bytes", "queue_texts", "queue_tokens"} {
			if !strings.Contains(metrics, "caddy_privacy_filter_"+gauge+" 0\n") {
				return fmt.Errorf("%s is not 0", gauge)
			}
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

// searchFiles looks for canaries in all files below a directory.
func searchFiles(t *testing.T, dir string) {
	t.Helper()
	searched := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		searched++
		if found := findCanary(string(content)); found != "" {
			t.Errorf("%s holds a canary as %s", filepath.Base(path), found)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if searched < 3 { // Caddyfile, access.log, everything.log
		t.Errorf("only %d files were searched", searched)
	}
}

func (w *world) failBothWays(t *testing.T) {
	client := clientFor(t, "h1")
	for _, f := range failures(t) {
		path := w.up.handle(nil)
		checkProblem(t, send(t, client, http.MethodPost, f.site(w).url(path), f.header, f.body, chunked), f.request, f.reason)
		path = w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
			maps.Copy(rw.Header(), f.header)
			chunked.serve(rw, 200, f.body)
		})
		anyCoding := http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}
		checkProblem(t, send(t, client, http.MethodGet, f.site(w).url(path), anyCoding, nil, whole), f.response, f.reason)
	}
}

func (w *world) roundTrip(t *testing.T, s site, f format) {
	path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		if f.contentType != "" {
			rw.Header().Set("Content-Type", f.contentType)
		}
		chunked.serve(rw, 200, []byte(f.body))
	})
	resp := send(t, clientFor(t, "h1"), http.MethodPost, s.url(path), bodyHeader(f, ""), []byte(f.body), chunked)
	if resp.Status != 200 {
		t.Errorf("%s: status %d: %s", f.name, resp.Status, resp.Body)
	}
	checkSilent(t, resp)
}

// abortedUpload ends the connection in the middle of a body.
func (w *world) abortedUpload(t *testing.T) {
	for _, head := range []string{"Content-Length: 5000", "Transfer-Encoding: chunked"} {
		path := w.up.handle(nil)
		c := dialWire(t, w.filtered.addr)
		c.head(t, "POST "+path, "Content-Type: application/json", head)
		body := `{"mail":"` + canaryEmail + `",`
		if strings.Contains(head, "chunked") {
			body = fmt.Sprintf("%x\r\n%s\r\n", len(body), body)
		}
		c.send(t, body)
		c.Close()
		// The server has finished with it once its access log says so.
		if err := eventually(func() error {
			log, err := os.ReadFile(filepath.Join(w.dir, "access.log"))
			if err == nil && !strings.Contains(string(log), path+`"`) {
				err = fmt.Errorf("%s is not in the access log", path)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
		if n := len(w.up.arrivals(path)); n != 0 {
			t.Errorf("half a body was forwarded (%s)", head)
		}
	}
}

// abortedAnswer: half a body from upstream is no body.
func (w *world) abortedAnswer(t *testing.T) {
	client := clientFor(t, "h1")
	for _, length := range []string{"5000", ""} {
		path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "application/json")
			if length != "" {
				rw.Header().Set("Content-Length", length)
			}
			io.WriteString(rw, `{"mail":"`+canaryEmail+`",`)
			http.NewResponseController(rw).Flush()
			panic(http.ErrAbortHandler)
		})
		resp, err := client.Get(w.filtered.url(path))
		if err != nil {
			continue // an aborted connection is an honest answer, too
		}
		got := readResponse(resp)
		if got.Status < 500 && got.BodyErr == nil {
			t.Errorf("a broken answer came through as %d: %s", got.Status, got.Body)
		}
		checkSilent(t, got)
	}
}

func (w *world) brokenFraming(t *testing.T) {
	for _, body := range []string{
		canaryEmail + "\r\n",
		"5;" + canaryEmail + "\r\nhel",
		"5\r\nhello" + canaryEmail,
		"5\r\nhello\r\n0\r\n" + canaryEmail + "\r\n\r\n",
		"fffffffffffffffff\r\n" + canaryEmail,
	} {
		path := w.up.handle(nil)
		c := dialWire(t, w.filtered.addr)
		c.head(t, "POST "+path, "Content-Type: text/plain", "Transfer-Encoding: chunked")
		c.send(t, body)
		c.Conn.(interface{ CloseWrite() error }).CloseWrite()
		answer, err := io.ReadAll(c.r)
		if err == nil && findCanary(string(answer)) != "" {
			t.Errorf("answer to %q quotes", body)
		}
		if n := len(w.up.arrivals(path)); n != 0 {
			t.Errorf("a broken body was forwarded: %q", body)
		}
	}
}

// trailer: personal data in trailers is masked or gone, never passed.
func (w *world) trailer(t *testing.T) {
	client := clientFor(t, "h1")
	path := w.up.handle(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/plain")
		rw.Header().Set("Trailer", "X-Contact")
		io.WriteString(rw, "body")
		rw.Header().Set("X-Contact", canaryEmail)
	})
	checkSilent(t, send(t, client, http.MethodGet, w.filtered.url(path), nil, nil, whole))

	path = w.up.handle(nil)
	c := dialWire(t, w.filtered.addr)
	c.head(t, "POST "+path, "Content-Type: text/plain", "Transfer-Encoding: chunked", "Trailer: X-Contact")
	c.send(t, "5\r\nhello\r\n0\r\nX-Contact: "+canaryEmail+"\r\n\r\n")
	c.receive(t, "POST")
	for _, a := range w.up.arrivals(path) {
		if v := a.Trailer.Get("X-Contact"); findCanary(v) != "" {
			t.Errorf("the upstream received the trailer %q", v)
		}
	}
}

// upgrade: what cannot be inspected is not switched to.
func (w *world) upgrade(t *testing.T) {
	path := w.up.handleRaw(echoUpgrade)
	c := dialWire(t, w.filtered.addr)
	c.head(t, "GET "+path, "Connection: Upgrade", "Upgrade: echo/1")
	checkProblem(t, c.receive(t, "GET"), http.StatusUnsupportedMediaType, "unsupported")
}
