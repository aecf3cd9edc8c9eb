package e2e

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"strings"
)

func responseScenarios() []scenario {
	validators := []string{"Content-Type", "application/json", "Etag", `"v1"`, "Last-Modified", "Tue, 24 Nov 2026 10:00:00 GMT", "Cache-Control", "no-transform, max-age=5", "Vary", "Origin"}
	return []scenario{
		{name: "GET keeps validators of an unchanged body", upstream: answer(200, `{"n": 1.0}`, validators...), do: get("GET", nil)},
		{name: "GET of an answer of unknown length", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			for _, part := range []string{"some ", "more ", "words"} {
				io.WriteString(w, part)
				http.NewResponseController(w).Flush()
			}
		}, do: get("GET", nil), mayDiffer: bufferedLength},
		{name: "GET of an empty body", upstream: answer(200, "", "Content-Type", "application/json"), do: get("GET", nil)},
		{name: "GET without a content type", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			io.WriteString(w, "plain words")
		}, do: get("GET", nil)},
		{name: "HEAD", upstream: answer(200, "", append([]string{"Content-Length", "1234", "Accept-Ranges", "bytes"}, validators...)...), do: get("HEAD", nil), mayDiffer: append(headHead, noRanges, deviation{prefix: "< framing", reason: "as Content-Length"})},
		{name: "HEAD of a type that passes", upstream: answer(200, "", "Content-Type", "font/woff2", "Content-Length", "1234", "Etag", `"v1"`, "Accept-Ranges", "bytes"), do: get("HEAD", nil)},
		{name: "204", upstream: answer(204, "", "Etag", `"v1"`), do: get("DELETE", nil)},
		{name: "205", upstream: answer(205, "", "X-A", "b"), do: get("GET", nil)},
		{name: "304", upstream: answer(304, "", "Etag", `"v1"`, "Cache-Control", "max-age=9"), do: get("GET", http.Header{"If-None-Match": {`"v1"`}})},
		{name: "conditional headers reach the upstream", upstream: answer(412, ""), do: post(`{"a":1}`, http.Header{"If-Match": {`"v1"`}, "If-Unmodified-Since": {"Tue, 24 Nov 2026 10:00:00 GMT"}})},
		{name: "redirect", upstream: answer(307, "", "Location", "/elsewhere?a=b"), do: get("GET", nil)},
		{name: "401", upstream: answer(401, `{"error":"who"}`, "Content-Type", "application/json", "Www-Authenticate", `Basic realm="x"`, "Www-Authenticate", "Bearer"), do: get("GET", nil)},
		{name: "500 with a body", upstream: answer(500, "oops", "Content-Type", "text/plain"), do: get("GET", nil)},
		{name: "an unusual status", upstream: answer(299, "odd", "Content-Type", "text/plain"), do: get("GET", nil)},
		{name: "many cookies and repeated headers in order", upstream: answer(200, "ok", "Content-Type", "text/plain", "Set-Cookie", "a=1", "Set-Cookie", "b=2; Path=/", "X-Many", "1", "X-Many", "2"), do: get("GET", nil)},
		{name: "60 KiB of response headers", upstream: answer(200, "ok", "Content-Type", "text/plain", "X-Large", strings.Repeat("v", 60<<10)), do: get("GET", nil)},
		{name: "10 KiB of request headers", upstream: answer(200, "ok", "Content-Type", "text/plain"), do: get("GET", http.Header{"X-Large": {strings.Repeat("v", 10<<10)}})},
		{name: "compressed answer that the client asked for", upstream: func(w http.ResponseWriter, r *http.Request) {
			var buf bytes.Buffer
			zw := gzip.NewWriter(&buf)
			io.WriteString(zw, `{"n": 1.0}`)
			zw.Close()
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			w.Header().Set("Vary", "Accept-Encoding")
			w.Write(buf.Bytes())
		}, do: get("GET", http.Header{"Accept-Encoding": {"gzip"}})},
		{name: "an answer that encode may compress", upstream: answer(200, strings.Repeat("plain words ", 100), "Content-Length", "1200", "Content-Type", "text/plain", "Etag", `"v1"`), do: get("GET", http.Header{"Accept-Encoding": {"gzip"}})},
		{name: "an ETag that encode has marked", upstream: func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			answer(200, "plain words", "Content-Type", "text/plain")(w, r)
		}, do: get("GET", http.Header{"Accept-Encoding": {"gzip"}, "If-None-Match": {`"v1-gzip"`}})},
		{name: "codings that Caddy does not know", upstream: answer(200, "plain words", "Content-Type", "text/plain"), mayDiffer: []deviation{
			{prefix: "> Accept-Encoding", reason: "what the filter cannot read is not asked for"},
		}, do: get("GET", http.Header{"Accept-Encoding": {"dcb, gzip;q=0.5, *"}})},
		{name: "a client that refuses identity", upstream: answer(406, "", "X-A", "b"), do: get("GET", http.Header{"Accept-Encoding": {"gzip, identity;q=0"}})},
		{name: "response trailers, announced", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.Header().Set("Trailer", "X-Sum, X-Count")
			io.WriteString(w, "body with trailers")
			w.Header().Set("X-Sum", "abc")
			w.Header().Set("X-Count", "18")
		}, do: get("GET", nil)},
		{name: "response trailers, not announced", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			io.WriteString(w, "body with trailers")
			http.NewResponseController(w).Flush()
			w.Header().Set(http.TrailerPrefix+"X-Late", "late")
		}, do: get("GET", nil)},
	}
}

func interimScenarios() []scenario {
	return []scenario{
		{name: "103 before 200", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(http.StatusOK)
			io.WriteString(w, "final")
		}, do: get("GET", nil)},
		{name: "two 103 before 404", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "</a.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.Header().Add("Link", "</b.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusNotFound)
		}, do: get("GET", nil)},
		{name: "102 before 204", upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusProcessing)
			w.WriteHeader(http.StatusNoContent)
		}, do: get("PUT", nil)},
	}
}
