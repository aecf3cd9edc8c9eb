package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLogsAreMasked runs the log writer with its own model, embedded-fast, and
// stops the server as a service manager would: what was queued is written,
// masked, in order.
func TestLogsAreMasked(t *testing.T) {
	const requests = 200
	s := site{addr: freeAddr(), filter: noFilter}
	host, port, _ := strings.Cut(s.addr, ":")
	config := "{\n\tadmin {ADMIN}\n\tauto_https off\n\tpersist_config off\n}\n" +
		"http://:" + port + " {\n\tbind " + host + "\n\tlog {\n\t\toutput privacy_filter {\n\t\t\toutput file {DIR}/masked.log\n\t\t\tdrain 1m\n\t\t}\n\t}\n\trespond ok\n}\n"
	srv := startServer(t, config, s.addr)
	c := clientFor(t, "h1")
	for i := range requests {
		header := http.Header{"X-Note": {"This was written by Elena Markovic in Ljubljana"}}
		send(t, c, "GET", s.url(fmt.Sprintf("/orders/n%d?mail=elena.markovic%%40canary-mailbox.net", i)), header, nil, whole)
	}
	srv.stop()
	raw, err := os.ReadFile(filepath.Join(srv.dir, "masked.log"))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for line := range strings.Lines(string(raw)) {
		var entry struct {
			Level   string
			Status  int
			Request struct {
				URI     string
				Headers http.Header
			}
		}
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if want := fmt.Sprintf("/orders/n%d?mail=%%3CPRIVATE_EMAIL%%3E", n); entry.Request.URI != want {
			t.Errorf("got %s, want %s", entry.Request.URI, want)
		}
		if note := entry.Request.Headers.Get("X-Note"); !strings.HasPrefix(note, "This was written by <PRIVATE_PERSON>") || entry.Status != 200 || entry.Level != "info" {
			t.Errorf("%s", line)
		}
		n++
	}
	if n != requests {
		t.Errorf("%d entries of %d requests", n, requests)
	}
}
