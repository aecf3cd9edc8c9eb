package caddymodule

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// behaviour is one thing that handlers do with a response writer. With
// nothing to mask, a client must not see whether the filter is there (I10);
// the exceptions are named. testdata/e2e has the same idea with the real
// server and a proxy; here are the handlers that a proxy is not.
type behaviour struct {
	name   string
	method string
	header http.Header
	body   string
	next   func(http.ResponseWriter, *http.Request) error
	differ []string // response fields that may differ
	only   string   // one protocol, "" for both
}

// framing fields follow from holding a body back until it is decided.
var framing = []string{"Content-Length", "Transfer-Encoding"}

func behaviours() []behaviour {
	text := http.Header{"Content-Type": {"text/plain"}}
	content := strings.Repeat("nothing to see here. ", 5000)
	return []behaviour{
		{name: "nothing is written", next: func(http.ResponseWriter, *http.Request) error { return nil }},
		{name: "header only", next: func(w http.ResponseWriter, _ *http.Request) error { w.Header().Set("X-A", "b"); return nil }},
		{name: "status without body", next: answer(http.StatusCreated, "", "X-A", "b")},
		{name: "write without status", next: func(w http.ResponseWriter, _ *http.Request) error {
			_, err := io.WriteString(w, "plain words")
			return err
		}},
		{name: "many writes", differ: framing, next: func(w http.ResponseWriter, _ *http.Request) error {
			for part := range strings.SplitSeq(content, " ") {
				if _, err := io.WriteString(w, part); err != nil {
					return err
				}
			}
			return nil
		}},
		{name: "second status is ignored", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusTeapot)
			w.WriteHeader(http.StatusOK)
			return nil
		}},
		{name: "header after the status is ignored", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusOK)
			w.Header().Set("X-Late", "1")
			_, err := io.WriteString(w, "words")
			return err
		}},
		{name: "serve content", differ: []string{"Accept-Ranges"}, next: func(w http.ResponseWriter, r *http.Request) error {
			http.ServeContent(w, r, "file.txt", time.Unix(1e9, 0), strings.NewReader(content))
			return nil
		}},
		{name: "serve content of an inert type", differ: []string{"Accept-Ranges"}, next: func(w http.ResponseWriter, r *http.Request) error {
			http.ServeContent(w, r, "style.css", time.Unix(1e9, 0), strings.NewReader(strings.Repeat("p { color: red }\n", 9000)))
			return nil
		}},
		{name: "serve content, not modified", header: http.Header{"If-Modified-Since": {"Sun, 09 Sep 2001 01:46:40 GMT"}}, next: func(w http.ResponseWriter, r *http.Request) error {
			http.ServeContent(w, r, "file.txt", time.Unix(1e9, 0), strings.NewReader(content))
			return nil
		}},
		{name: "serve content, HEAD", method: "HEAD", differ: []string{"Accept-Ranges", "Content-Length", "Last-Modified"}, next: func(w http.ResponseWriter, r *http.Request) error {
			http.ServeContent(w, r, "file.txt", time.Unix(1e9, 0), strings.NewReader(content))
			return nil
		}},
		{name: "HEAD of a handler that writes", method: "HEAD", differ: framing, next: answer(http.StatusOK, "words", "Content-Type", "text/plain")},
		{name: "204 of a handler that writes", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(http.StatusNoContent)
			if _, err := io.WriteString(w, "words"); !errors.Is(err, http.ErrBodyNotAllowed) {
				return errors.New("a 204 took a body")
			}
			return nil
		}},
		{name: "304 with validators", next: answer(http.StatusNotModified, "", "Etag", `"v1"`, "Last-Modified", "Sun, 09 Sep 2001 01:46:40 GMT")},
		{name: "early hints", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusProcessing)
			return answer(http.StatusNotFound, "gone", "Content-Type", "text/plain")(w, nil)
		}},
		{name: "flush before anything", differ: framing, next: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Type", "text/plain")
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
			_, err := io.WriteString(w, "words")
			return err
		}},
		{name: "flush between writes", differ: framing, next: func(w http.ResponseWriter, _ *http.Request) error {
			for range 3 {
				if _, err := io.WriteString(w, "words "); err != nil {
					return err
				}
				if err := http.NewResponseController(w).Flush(); err != nil {
					return err
				}
			}
			return nil
		}},
		{name: "announced trailers", differ: framing, next: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Trailer", "X-Sum")
			if _, err := io.WriteString(w, "words"); err != nil {
				return err
			}
			w.Header().Set("X-Sum", "abc")
			return nil
		}},
		{name: "late trailers", differ: framing, next: func(w http.ResponseWriter, _ *http.Request) error {
			if _, err := io.WriteString(w, "words"); err != nil {
				return err
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				return err
			}
			w.Header().Set(http.TrailerPrefix+"X-Late", "abc")
			return nil
		}},
		{name: "validators of what did not change", next: answer(http.StatusOK, "words", "Content-Type", "text/plain", "Etag", `"v1"`, "Content-Digest", "sha-256=:aaaa:", "Cache-Control", "no-transform")},
		{name: "error before anything", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("X-A", "b")
			return caddyhttp.Error(http.StatusForbidden, errors.New("no"))
		}},
		{name: "aborted", next: func(http.ResponseWriter, *http.Request) error { panic(http.ErrAbortHandler) }},
		{name: "less than announced", next: answer(http.StatusOK, "words", "Content-Length", "9", "Content-Type", "text/plain")},
		{name: "more than announced", only: "h1", next: func(w http.ResponseWriter, _ *http.Request) error {
			w.Header().Set("Content-Length", "5")
			w.Header().Set("Content-Type", "text/plain")
			_, err := io.WriteString(w, "words")
			if _, again := io.WriteString(w, "more"); !errors.Is(again, http.ErrContentLength) {
				return errors.New("too much was taken")
			}
			return err
		}},
		{name: "the request is readable", method: "POST", header: text, body: "some words", differ: framing, next: func(w http.ResponseWriter, r *http.Request) error {
			w.Header().Set("Content-Type", "text/plain")
			_, err := io.Copy(w, r.Body)
			return err
		}},
		{name: "a body is not touched where there is none", method: "GET", next: func(w http.ResponseWriter, r *http.Request) error {
			if r.ContentLength != 0 || r.GetBody != nil || r.Header.Get("Content-Length") != "" {
				return errors.New("a body was made")
			}
			return answer(http.StatusOK, "words", "Content-Type", "text/plain")(w, r)
		}},
	}
}

func TestConformance(t *testing.T) {
	g := newRig(t, &Handler{})
	for _, protocol := range protocols {
		c := client(t, protocol)
		for _, b := range behaviours() {
			if b.only != "" && b.only != protocol {
				continue
			}
			t.Run(protocol+"/"+b.name, func(t *testing.T) {
				method := b.method
				if method == "" {
					method = http.MethodGet
				}
				run := func(h *Handler) seen {
					srv := serve(t, middleware{h, b.next})
					s := ask(t, c, method, srv.URL, b.header, bodyOf(b.body))
					for _, name := range b.differ {
						delete(s.header, name)
					}
					return s
				}
				want, got := run(nil), run(g.Handler)
				if want.failed && got.failed {
					return // where in an aborted response the end is seen is up to the network
				}
				if !reflect.DeepEqual(got, want) {
					t.Errorf("\n got %+v\nwant %+v", got, want)
				}
			})
		}
	}
}

func bodyOf(s string) io.Reader {
	if s == "" {
		return nil
	}
	return strings.NewReader(s)
}

// TestMaskedResponse: what leaves is masked, with a length of its own and
// without what vouched for the former bytes.
func TestMaskedResponse(t *testing.T) {
	g := newRig(t, &Handler{})
	validated := []string{"Content-Type", "application/json", "Etag", `"v1"`, "Last-Modified", "Sun, 09 Sep 2001 01:46:40 GMT", "Content-Digest", "sha-256=:aaaa:", "Repr-Digest", "sha-256=:aaaa:", "Content-Md5", "aaaa", "Accept-Ranges", "bytes", "X-Amz-Checksum-Crc32", "aaaa", "X-Stays", "here"}
	srv := serve(t, middleware{g.Handler, answer(http.StatusOK, `{"to":"`+person+`", "n": 1.0}`, validated...)})
	for _, protocol := range protocols {
		got := ask(t, client(t, protocol), "GET", srv.URL, nil, nil)
		if got.body != `{"to":"<PRIVATE_PERSON>", "n": 1.0}` {
			t.Errorf("%s: body %s", protocol, got.body)
		}
		want := http.Header{"Content-Type": {"application/json"}, "X-Stays": {"here"}, "Content-Length": {"35"}}
		if !reflect.DeepEqual(got.header, want) {
			t.Errorf("%s: header %v, want %v", protocol, got.header, want)
		}
	}
}

// TestTrailersAreMasked: a trailer is part of the message.
func TestTrailersAreMasked(t *testing.T) {
	g := newRig(t, &Handler{})
	var upstream http.Header
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		upstream = r.Trailer.Clone()
		w.Header().Set("Trailer", "X-Author, Content-Digest")
		_, _ = io.WriteString(w, "words")
		w.Header().Set("X-Author", person)
		w.Header().Set("Content-Digest", "sha-256=:aaaa:")
		w.Header().Set(http.TrailerPrefix+"X-Late", "by "+person)
		w.Header().Set(http.TrailerPrefix+"Repr-Digest", "sha-256=:aaaa:")
		return err
	}})
	for _, protocol := range protocols {
		req, err := http.NewRequest(http.MethodPost, srv.URL, stream("words"))
		if err != nil {
			t.Fatal(err)
		}
		req.Trailer = http.Header{"X-Author": {person}, "X-Other": {"stays"}}
		resp, err := client(t, protocol).Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || string(body) != "words" {
			t.Errorf("%s: body %q, %v", protocol, body, err)
		}
		if got := resp.Trailer; got.Get("X-Author") != "<PRIVATE_PERSON>" || got.Get("X-Late") != "by <PRIVATE_PERSON>" ||
			got.Get("Content-Digest") != "" || got.Get("Repr-Digest") != "" {
			t.Errorf("%s: response trailer %v", protocol, got)
		}
		if want := (http.Header{"X-Author": {"<PRIVATE_PERSON>"}, "X-Other": {"stays"}}); !reflect.DeepEqual(upstream, want) {
			t.Errorf("%s: request trailer %v", protocol, upstream)
		}
	}
}

// TestRangesAreNotServed: two ranges can cut a name in two.
func TestRangesAreNotServed(t *testing.T) {
	g := newRig(t, &Handler{})
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		http.ServeContent(w, r, "file.txt", time.Unix(1e9, 0), strings.NewReader("written by "+person+" alone"))
		return nil
	}})
	got := ask(t, client(t, "h1"), "GET", srv.URL, http.Header{"Range": {"bytes=11-17"}}, nil)
	if got.status != http.StatusOK || got.body != "written by <PRIVATE_PERSON> alone" || got.header.Get("Accept-Ranges") != "" {
		t.Errorf("got %+v", got)
	}
}

// TestAcceptEncodingIsCutDown: the next handler is never offered a coding
// that its response would be stopped for.
func TestAcceptEncodingIsCutDown(t *testing.T) {
	for _, row := range []struct {
		name     string
		from, to []string
	}{
		{"none stays none", nil, nil},
		{"known ones stay as they are", []string{"gzip, deflate;q=0.5,br"}, []string{"gzip, deflate;q=0.5,br"}},
		{"refused ones stay refused", []string{"gzip;q=0, identity"}, []string{"gzip;q=0, identity"}},
		{"unknown ones go", []string{"dcb, gzip, exi;q=1, zstd"}, []string{"gzip, zstd"}},
		{"the wildcard goes", []string{"*"}, []string{"identity"}},
		{"several lines", []string{"gzip", "compress, br"}, []string{"gzip, br"}},
		{"upper case", []string{"GZIP"}, []string{"GZIP"}},
		{"an empty field stays empty", []string{""}, []string{""}},
	} {
		h := http.Header{}
		if row.from != nil {
			h["Accept-Encoding"] = slices.Clone(row.from)
		}
		offerReadableCodings(h)
		if !reflect.DeepEqual(h["Accept-Encoding"], row.to) {
			t.Errorf("%s: got %q, want %q", row.name, h["Accept-Encoding"], row.to)
		}
	}
}
