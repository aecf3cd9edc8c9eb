package e2e

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// failure is one row of DESIGN's failure table that a body alone can cause.
type failure struct {
	name     string
	site     func(*world) site
	header   http.Header
	body     []byte
	request  int // status when the request is at fault
	response int // status when the response is
	reason   string
}

func failures(t testing.TB) []failure {
	filtered := func(w *world) site { return w.filtered }
	jsonType := http.Header{"Content-Type": {"application/json"}}
	secret := []byte(`{"mail":"` + canaryEmail + `","card":"` + canaryCard + `"}`)
	coded := func(coding string) http.Header {
		return http.Header{"Content-Type": {"application/json"}, "Content-Encoding": {coding}}
	}
	gz := encode(t, secret, "gzip")
	return []failure{
		{
			"larger than max_body", func(w *world) site { return w.small }, jsonType,
			[]byte(`"` + canaryEmail + strings.Repeat(" x", 2048) + `"`), 413, 502, "too_large",
		},
		{
			"larger than max_body once decoded", func(w *world) site { return w.small }, coded("gzip"),
			encode(t, []byte(`"`+canaryEmail+strings.Repeat(" x", 2048)+`"`), "gzip"), 413, 502, "too_large",
		},
		{"not gzip at all", filtered, coded("gzip"), secret, 415, 502, "coding"},
		{"gzip cut short", filtered, coded("gzip"), gz[:len(gz)-9], 415, 502, "coding"},
		{"gzip with a wrong checksum", filtered, coded("gzip"), flip(gz, len(gz)-6), 415, 502, "coding"},
		{"gzip with a tail of plain text", filtered, coded("gzip"), append(slices.Clone(gz), canaryEmail...), 415, 502, "coding"},
		{"brotli cut short", filtered, coded("br"), cut(encode(t, secret, "br")), 415, 502, "coding"},
		{"zstd cut short", filtered, coded("zstd"), cut(encode(t, secret, "zstd")), 415, 502, "coding"},
		{"deflate cut short", filtered, coded("deflate"), cut(encode(t, secret, "deflate")), 415, 502, "coding"},
		{"a coding nobody knows", filtered, coded("rot13"), secret, 415, 502, "coding"},
		{"four codings", filtered, coded(strings.Repeat("gzip, ", 3) + "gzip"), encode(t, secret, "gzip,gzip,gzip,gzip"), 415, 502, "coding"},
		{"a bomb", filtered, coded("gzip"), bomb(), 415, 502, "coding"},
		{"a bomb in a bomb", filtered, coded("gzip, gzip"), encode(t, bomb(), "gzip"), 415, 502, "coding"},
		{
			"an image", filtered,
			http.Header{"Content-Type": {"image/png"}},
			append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00"), canaryEmail...), 415, 502, "unsupported",
		},
		{
			"multipart without an end", filtered,
			http.Header{"Content-Type": {"multipart/form-data; boundary=b"}},
			[]byte("--b\r\nContent-Disposition: form-data; name=\"m\"\r\n\r\n" + canaryEmail + "\r\n"), 415, 502, "unsupported",
		},
		{
			"binary called JSON", filtered, jsonType,
			append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xfe\xfd"), canaryEmail...), 415, 502, "unsupported",
		},
		{"a blocked category", func(w *world) site { return w.blocking }, jsonType, secret, 403, 502, "blocked"},
	}
}

// flip returns a copy with one byte changed.
func flip(b []byte, i int) []byte {
	out := slices.Clone(b)
	out[i] ^= 0xff
	return out
}

// cut returns the first two thirds.
func cut(b []byte) []byte { return b[:len(b)*2/3] }

// bomb is 64 MiB of blanks in about 64 KiB of gzip. It takes a while to make.
var bomb = sync.OnceValue(func() []byte {
	var buf bytes.Buffer
	w, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	block := bytes.Repeat([]byte(" "), 1<<20)
	for range 64 {
		w.Write(block)
	}
	w.Close()
	return buf.Bytes()
})

// TestFailingRequests: what the filter cannot mask does not reach the
// upstream, the client learns why, and the connection stays in order.
func TestFailingRequests(t *testing.T) {
	w := shared(t)
	for _, protocol := range protocols {
		client := clientFor(t, protocol)
		for _, f := range failures(t) {
			for _, d := range deliveries {
				t.Run(fmt.Sprintf("%s/%s/%s", protocol, f.name, d), func(t *testing.T) {
					path := w.up.handle(nil)
					resp := send(t, client, http.MethodPost, f.site(w).url(path), f.header, f.body, d)
					checkProblem(t, resp, f.request, f.reason)
					if got := w.up.arrivals(path); len(got) != 0 {
						t.Errorf("the upstream received %d bytes of it", len(got[0].Body))
					}
				})
			}
		}
	}
}

// TestFailingResponses is the same in the other direction: no byte of the
// upstream's body reaches the client.
func TestFailingResponses(t *testing.T) {
	w := shared(t)
	for _, protocol := range protocols {
		client := clientFor(t, protocol)
		for _, f := range failures(t) {
			for _, d := range deliveries {
				t.Run(fmt.Sprintf("%s/%s/%s", protocol, f.name, d), func(t *testing.T) {
					path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
						maps.Copy(rw.Header(), f.header)
						rw.Header().Set("ETag", `"upstream"`)
						d.serve(rw, http.StatusOK, f.body)
					})
					// A client that names codings gets them as they are. For one
					// that does not, Caddy asks for gzip and undoes it itself.
					resp := send(t, client, http.MethodGet, f.site(w).url(path), http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}, nil, whole)
					checkProblem(t, resp, f.response, f.reason)
					if resp.Header.Get("ETag") != "" || resp.Header.Get("Content-Encoding") != "" {
						t.Errorf("the upstream's headers describe the error document: %v", resp.Header)
					}
				})
			}
		}
	}
}

// TestBrokenAnswerToAClientWithoutCodings: when Caddy's own transport undoes
// gzip, a stream that breaks ends the answer there. Nothing of it may have
// come through.
func TestBrokenAnswerToAClientWithoutCodings(t *testing.T) {
	w := shared(t)
	client := clientFor(t, "h1")
	gz := encode(t, []byte(`"`+strings.Repeat(canaryEmail+" ", 5000)+`"`), "gzip")
	for _, body := range [][]byte{gz[:len(gz)-9], flip(gz, len(gz)-6), []byte(canaryEmail)} {
		path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "application/json")
			rw.Header().Set("Content-Encoding", "gzip")
			chunked.serve(rw, http.StatusOK, body)
		})
		resp, err := client.Get(w.filtered.url(path))
		if err != nil {
			continue // cut off before the first byte
		}
		got := readResponse(resp)
		if got.Status != http.StatusBadGateway && got.BodyErr == nil {
			t.Errorf("status %d and a complete body", got.Status)
		}
		checkSilent(t, got)
	}
}

// TestUnsupportedPass: with "unsupported pass" the same binary body goes
// through, every byte of it, and is counted as uninspected.
func TestUnsupportedPass(t *testing.T) {
	w := shared(t)
	client := clientFor(t, "h1")
	image := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00"), bytes.Repeat([]byte{0, 255, 7}, 9000)...)
	path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "image/png")
		rw.Header().Set("ETag", `"upstream"`)
		whole.serve(rw, 200, image)
	})
	resp := send(t, client, http.MethodPost, w.passing.url(path), http.Header{"Content-Type": {"image/png"}}, image, chunked)
	if !bytes.Equal(w.up.only(t, path).Body, image) {
		t.Error("the upstream received other bytes")
	}
	if !bytes.Equal(resp.Body, image) || resp.Header.Get("ETag") != `"upstream"` {
		t.Errorf("the client received %d other bytes, ETag %q", len(resp.Body), resp.Header.Get("ETag"))
	}
	if m := w.adminGet(t, "/metrics"); !strings.Contains(m, `outcome="uninspected"`) {
		t.Error("no metric counts an uninspected body")
	}
}

// TestUnexpectedPartialContent: an upstream that answers 206 although no
// range was asked for cannot be masked, so it is stopped.
func TestUnexpectedPartialContent(t *testing.T) {
	w := shared(t)
	client := clientFor(t, "h1")
	path := w.up.handle(func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Content-Type", "text/plain")
		rw.Header().Set("Content-Range", "bytes 3-40/100")
		whole.serve(rw, http.StatusPartialContent, []byte(canaryEmail))
	})
	resp := send(t, client, http.MethodGet, w.filtered.url(path), http.Header{"Range": {"bytes=3-40"}}, nil, whole)
	if resp.Status != http.StatusBadGateway {
		t.Errorf("status %d, want 502", resp.Status)
	}
	if r := w.up.only(t, path).Header.Get("Range"); r != "" {
		t.Errorf("Range %q went upstream", r)
	}
	checkSilent(t, resp)
}

// checkProblem wants an RFC 9457 document that names the reason.
func checkProblem(t *testing.T, resp *response, status int, reason string) {
	t.Helper()
	if resp.Status != status {
		t.Fatalf("status %d, want %d: %s", resp.Status, status, clip(resp.Body))
	}
	if got := resp.Header.Get("Content-Type"); got != "application/problem+json" {
		t.Errorf("Content-Type %q, want application/problem+json", got)
	}
	var doc map[string]any
	if err := json.Unmarshal(resp.Body, &doc); err != nil {
		t.Fatalf("error document %q: %v", clip(resp.Body), err)
	}
	if doc["status"] != float64(status) {
		t.Errorf("document says status %v, want %d", doc["status"], status)
	}
	if doc["title"] == nil || doc["title"] == "" {
		t.Error("document has no title")
	}
	if !strings.Contains(string(resp.Body), reason) {
		t.Errorf("document does not name %q: %s", reason, resp.Body)
	}
	if reason == "overload" && resp.Status == http.StatusServiceUnavailable && resp.Header.Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	checkSilent(t, resp)
}

// checkSilent wants no canary in an answer, whatever its spelling.
func checkSilent(t *testing.T, resp *response) {
	t.Helper()
	var head strings.Builder
	resp.Header.Write(&head)
	resp.Trailer.Write(&head)
	for what, text := range map[string]string{"head": head.String(), "body": string(resp.Body)} {
		if found := findCanary(text); found != "" {
			t.Errorf("the answer's %s holds a canary as %s", what, found)
		}
	}
}
