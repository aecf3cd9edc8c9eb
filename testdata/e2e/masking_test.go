package e2e

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"testing"
)

// TestRequestsAreMasked sends every format in every coding and delivery
// through the filter and looks at what the upstream received.
func TestRequestsAreMasked(t *testing.T) {
	w := shared(t)
	eachBody(t, func(t *testing.T, c *http.Client, f format, coding string, d delivery) {
		path := w.up.handle(nil)
		body := encode(t, []byte(f.body), coding)
		resp := send(t, c, http.MethodPost, w.filtered.url(path), bodyHeader(f, coding), body, d)
		if resp.Status != http.StatusNoContent {
			t.Fatalf("status %d, want 204: %s", resp.Status, resp.Body)
		}
		got := w.up.only(t, path)
		checkMasked(t, f, coding, got.Header, got.Body)
		checkLength(t, got.ContentLength, got.TransferEncoding, got.Body)
	})
}

// TestResponsesAreMasked is the same in the other direction.
func TestResponsesAreMasked(t *testing.T) {
	w := shared(t)
	eachBody(t, func(t *testing.T, c *http.Client, f format, coding string, d delivery) {
		body := encode(t, []byte(f.body), coding)
		path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
			maps.Copy(rw.Header(), bodyHeader(f, coding))
			if f.contentType == "" {
				rw.Header()["Content-Type"] = nil // no sniffing by net/http
			}
			rw.Header().Set("ETag", `"upstream"`)
			rw.Header().Set("Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT")
			rw.Header().Set("Accept-Ranges", "bytes")
			rw.Header().Set("Content-Digest", "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:")
			d.serve(rw, http.StatusOK, body)
		})
		resp := send(t, c, http.MethodGet, w.filtered.url(path), http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}, nil, whole)
		if resp.Status != http.StatusOK || resp.BodyErr != nil {
			t.Fatalf("status %d, body error %v: %s", resp.Status, resp.BodyErr, resp.Body)
		}
		checkMasked(t, f, coding, resp.Header, resp.Body)
		checkLength(t, resp.ContentLength, resp.TransferEncoding, resp.Body)
		if f.want != f.body {
			checkNoStaleValidators(t, resp.Header)
		}
	})
}

// eachBody runs the matrix of formats, codings, deliveries and protocols.
func eachBody(t *testing.T, run func(*testing.T, *http.Client, format, string, delivery)) {
	t.Helper()
	for _, protocol := range protocols {
		client := clientFor(t, protocol)
		for _, f := range formats() {
			for _, coding := range codings {
				for _, d := range deliveries {
					t.Run(fmt.Sprintf("%s/%s/%s/%s", protocol, f.name, named(coding), d), func(t *testing.T) {
						run(t, client, f, coding, d)
					})
				}
			}
		}
	}
}

func named(coding string) string {
	if coding == "" {
		return "identity"
	}
	return coding
}

func bodyHeader(f format, coding string) http.Header {
	h := make(http.Header)
	if f.contentType != "" {
		h.Set("Content-Type", f.contentType)
	}
	if coding != "" {
		h.Set("Content-Encoding", coding)
	}
	return h
}

func checkMasked(t *testing.T, f format, coding string, header http.Header, body []byte) {
	t.Helper()
	if got := header.Get("Content-Encoding"); got != coding {
		t.Errorf("Content-Encoding %q, want %q", got, coding)
	}
	// Caddy itself guesses a type for answers that have none.
	if got := header.Get("Content-Type"); f.contentType != "" && got != f.contentType {
		t.Errorf("Content-Type %q, want %q", got, f.contentType)
	}
	plain := decode(t, body, header.Get("Content-Encoding"))
	if string(plain) != f.want {
		t.Errorf("body\n got %q\nwant %q", clip(plain), clip([]byte(f.want)))
	}
	if f.want == f.body && coding != "" && !bytes.Equal(body, encode(t, []byte(f.body), coding)) {
		t.Error("nothing was found, yet the coded bytes changed")
	}
	for _, c := range canaries {
		if bytes.Contains(plain, []byte(c)) {
			t.Errorf("canary %q passed", c)
		}
	}
}

// checkLength wants a length that is either absent or right.
func checkLength(t *testing.T, length int64, transfer []string, body []byte) {
	t.Helper()
	if length >= 0 && length != int64(len(body)) {
		t.Errorf("Content-Length %d, body has %d bytes", length, len(body))
	}
	if length >= 0 && len(transfer) > 0 {
		t.Errorf("both Content-Length and Transfer-Encoding %v", transfer)
	}
}

// checkNoStaleValidators wants nothing that describes the upstream's bytes
// on a body that is no longer those bytes.
func checkNoStaleValidators(t *testing.T, h http.Header) {
	t.Helper()
	if h.Get("ETag") == `"upstream"` {
		t.Error("the upstream's strong ETag is still on a changed body")
	}
	for _, name := range []string{"Content-Digest", "Repr-Digest", "Digest", "Content-Md5", "Accept-Ranges", "Last-Modified"} {
		if v := h.Get(name); v != "" {
			t.Errorf("%s: %s is still on a changed body", name, v)
		}
	}
}

// clip shortens a long body to where differences are likely to be seen.
func clip(b []byte) []byte {
	if len(b) <= 400 {
		return b
	}
	return []byte(string(b[:150]) + " … " + strconv.Itoa(len(b)) + " bytes … " + string(b[len(b)-150:]))
}

// TestMethodsAreAllInspected: the method says nothing about whether a body
// holds personal data.
func TestMethodsAreAllInspected(t *testing.T) {
	w := shared(t)
	for _, protocol := range protocols {
		client := clientFor(t, protocol)
		for _, method := range []string{"GET", "DELETE", "PUT", "PATCH", "OPTIONS", "PROPFIND", "QUERY"} {
			t.Run(protocol+"/"+method, func(t *testing.T) {
				path := w.up.handle(nil)
				body := []byte(`{"mail":"` + canaryEmail + `"}`)
				send(t, client, method, w.filtered.url(path), http.Header{"Content-Type": {"application/json"}}, body, chunked)
				if got := string(w.up.only(t, path).Body); got != `{"mail":"<PRIVATE_EMAIL>"}` {
					t.Errorf("upstream received %q", got)
				}
			})
		}
	}
}

// TestMonitorChangesNothing: monitor decides and counts only.
func TestMonitorChangesNothing(t *testing.T) {
	w := shared(t)
	client := clientFor(t, "h1")
	path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("ETag", `"upstream"`)
		whole.serve(rw, 200, []byte(canaryEmail))
	})
	body := []byte(`{"mail":"` + canaryEmail + `"}`)
	resp := send(t, client, http.MethodPost, w.monitoring.url(path), http.Header{"Content-Type": {"application/json"}}, body, whole)
	if got := w.up.only(t, path).Body; !bytes.Equal(got, body) {
		t.Errorf("upstream received %q", got)
	}
	if string(resp.Body) != canaryEmail || resp.Header.Get("ETag") != `"upstream"` {
		t.Errorf("client received %q with ETag %q", resp.Body, resp.Header.Get("ETag"))
	}
}

// TestModelMasksNames runs the default configuration, embedded model and
// all: the names in the issue's own example.
func TestModelMasksNames(t *testing.T) {
	w := shared(t)
	client := clientFor(t, "h1")
	const body = `{"note": "Hi, this is Elena Markovic, call me on +1 628 219 4407", "n": 1.0}`
	const want = `{"note": "Hi, this is <PRIVATE_PERSON>, call me on <PRIVATE_PHONE>", "n": 1.0}`
	path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "application/json")
		whole.serve(rw, 200, []byte(body))
	})
	resp := send(t, client, http.MethodPost, w.withModel.url(path), http.Header{"Content-Type": {"application/json"}}, []byte(body), whole)
	if got := string(w.up.only(t, path).Body); got != want {
		t.Errorf("upstream received %s", got)
	}
	if got := string(resp.Body); got != want {
		t.Errorf("client received %s", got)
	}
}
