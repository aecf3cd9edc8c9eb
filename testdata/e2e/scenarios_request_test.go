package e2e

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func requestScenarios() []scenario {
	ok := answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2")
	return []scenario{
		{name: "GET without a body", upstream: ok, do: get("GET", nil)},
		{name: "POST of nothing", upstream: ok, mayDiffer: requestLength, do: post("", nil)},
		{name: "POST keeps length and digests of an unchanged body", upstream: ok, do: post(`{"n": 1.0}`, http.Header{"Content-Digest": {"sha-256=:aaaa:"}, "Content-Md5": {"bbbb"}})},
		{name: "POST of unknown length", upstream: ok, mayDiffer: requestLength, do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/plain"}}, io.MultiReader(strings.NewReader("some "), strings.NewReader("words")), -1)
		}},
		{name: "POST of a type that passes", upstream: ok, do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/css"}}, strings.NewReader("p { color: red }"), 16)
		}},
		{name: "query strings are left alone", upstream: ok, do: func(t *testing.T, c *call) {
			path := c.path
			c.path += "?q=a%20b&c=%7e;d"
			c.request(t, "GET", nil, nil, 0)
			c.path = path
		}},
		{name: "request trailers", upstream: ok, do: func(t *testing.T, c *call) {
			c.request(t, "POST", http.Header{"Content-Type": {"text/plain"}, "Trailer": {"X-Sum"}}, io.MultiReader(strings.NewReader("with trailer")), -1)
		}},
		{name: "Expect: 100-continue", upstream: ok, mayDiffer: []deviation{
			{prefix: "> Expect", reason: "the body was read before the upstream was asked"},
			{prefix: "< interim 100", reason: "Caddy alone relays the upstream's 100 beside its own, a second one that says nothing"},
		}, do: post(`{"n": 1.0}`, http.Header{"Expect": {"100-continue"}})},
		{name: "the upstream answers before it reads", raw: true, upstream: func(w http.ResponseWriter, _ *http.Request) {
			answer(403, "no", "Content-Type", "text/plain", "Connection", "close")(w, nil)
		}, do: post(`{"pad":"`+strings.Repeat("lorem ipsum ", 20000)+`"}`, nil)},
		{name: "a refusal before the body, as Expect asks for", raw: true, upstream: answer(417, "no", "Content-Type", "text/plain", "Content-Length", "2", "Connection", "close"), mayDiffer: []deviation{
			{prefix: "< interim 100", reason: "the body is read before the upstream is asked; Caddy alone reads it if the answer takes a moment", sometimes: true},
		}, do: post(`{"n": 1.0}`, http.Header{"Expect": {"100-continue"}})},
		{name: "a body that comes byte by byte", upstream: ok, mayDiffer: requestLength, do: func(t *testing.T, c *call) {
			c.response(send(t, c.client, "POST", c.site.url(c.path), http.Header{"Content-Type": {"application/json"}}, []byte(`{"words": "plain", "n": 1.0}`), trickled))
		}},
		{name: "a large body each way", upstream: answer(200, strings.Repeat("plain words ", 20000), "Content-Type", "text/plain"), do: post(`"`+strings.Repeat("plain words ", 20000)+`"`, nil)},
		{name: "a call that goes both ways", passing: true, raw: true, only: multiplexed, upstream: echoPieces, do: talk},
		{name: "200 headers", upstream: ok, do: get("GET", manyHeaders(200))},
		{name: "20 KiB of headers", upstream: ok, do: get("GET", http.Header{"X-Large": {strings.Repeat("v", 20<<10)}})},
		{name: "cookies", upstream: ok, do: get("GET", http.Header{"Cookie": {"a=1; b=2", "c=3"}})},
		{name: "the method OPTIONS", upstream: answer(204, "", "Allow", "GET, POST", "Access-Control-Allow-Origin", "*"), do: get("OPTIONS", http.Header{"Origin": {"https://example.org"}, "Access-Control-Request-Method": {"POST"}})},
		{name: "a method nobody knows", upstream: ok, mayDiffer: requestLength[:1], do: get("BREW", nil)},
		{name: "PATCH with a body", upstream: answer(200, `{"n": 1.0}`, "Content-Type", "application/json"), do: func(t *testing.T, c *call) {
			c.request(t, "PATCH", http.Header{"Content-Type": {"application/merge-patch+json"}}, strings.NewReader(`{"n":1e2}`), 9)
		}},
	}
}

func manyHeaders(n int) http.Header {
	h := make(http.Header)
	for i := range n {
		h[fmt.Sprintf("X-Many-%d", i)] = []string{"v"}
	}
	return h
}

// binaryPiece is nothing that the filter could read, and larger than what it
// waits for to see that.
var binaryPiece = bytes.Repeat([]byte{0, 255, 7, 1}, 1024)

// echoPieces answers each piece of a request before the next one comes.
func echoPieces(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	http.NewResponseController(w).EnableFullDuplex()
	piece := make([]byte, len(binaryPiece))
	for {
		if _, err := io.ReadFull(r.Body, piece); err != nil {
			return
		}
		w.Write(piece)
		http.NewResponseController(w).Flush()
	}
}

// talk sends a piece when the one before has come back.
func talk(t *testing.T, c *call) {
	pr, pw := io.Pipe()
	defer pw.Close()
	req, err := http.NewRequest(http.MethodPost, c.site.url(c.path), pr)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "image/png")
	go pw.Write(binaryPiece)
	resp, err := c.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	c.logf("< status %d", resp.StatusCode)
	c.header("<", resp.Header)
	piece := make([]byte, len(binaryPiece))
	for range 3 {
		_, err := io.ReadFull(resp.Body, piece)
		c.logf("< piece %v %s", bytes.Equal(piece, binaryPiece), ending(err))
		if _, err := pw.Write(binaryPiece); err != nil {
			t.Fatal(err)
		}
	}
}
