package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// rangeScenarios: parts of bodies, and what a client may ask to be spared.
func rangeScenarios() []scenario {
	content := strings.Repeat("plain words ", 2000)
	file := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Etag", `"v1"`)
			http.ServeContent(w, r, name, time.Unix(1e9, 0), strings.NewReader(content))
		}
	}
	var out []scenario
	for _, row := range []struct {
		name   string
		header http.Header
	}{
		{"a range", http.Header{"Range": {"bytes=6-10"}}},
		{"the end of a body", http.Header{"Range": {"bytes=-5"}}},
		{"two ranges", http.Header{"Range": {"bytes=0-3,8-9"}}},
		{"a range that is not there", http.Header{"Range": {"bytes=99999-"}}},
		{"If-Range of the same version", http.Header{"Range": {"bytes=6-10"}, "If-Range": {`"v1"`}}},
	} {
		differ := wholeForRange
		if len(row.header["If-Range"]) > 0 {
			differ = append(slices.Clip(differ), deviation{prefix: "> If-Range", reason: "as Range"})
		}
		out = append(out, scenario{name: row.name, upstream: file("words.txt"), do: get("GET", row.header), mayDiffer: differ})
	}
	out = append(
		out,
		scenario{name: "a file", upstream: file("words.txt"), do: get("GET", nil), mayDiffer: []deviation{noRanges}},
		scenario{name: "a file of a type that passes", upstream: file("words.css"), do: get("GET", nil), mayDiffer: []deviation{noRanges}},
	)
	for _, row := range []struct {
		name, method string
		header       http.Header
	}{
		{"If-None-Match, the same", "GET", http.Header{"If-None-Match": {`"v1"`}}},
		{"If-None-Match, any", "GET", http.Header{"If-None-Match": {"*"}}},
		{"If-None-Match, HEAD", "HEAD", http.Header{"If-None-Match": {`"v0", W/"v1"`}}},
		{"If-Modified-Since", "GET", http.Header{"If-Modified-Since": {"Sun, 09 Sep 2001 01:46:40 GMT"}}},
		{"If-Match, another", "GET", http.Header{"If-Match": {`"v2"`}}},
		{"If-Unmodified-Since", "GET", http.Header{"If-Unmodified-Since": {"Sun, 09 Sep 2001 01:46:39 GMT"}}},
	} {
		sc := scenario{name: row.name, upstream: file("words.txt"), do: get(row.method, row.header)}
		if row.method == http.MethodHead {
			// Caddy's proxy flushes an answer to HEAD at once or not, as its
			// timer has it, and over HTTP/3 that decides about a length of 0.
			sc.only = []string{"h1", "h2", "h2 over TLS"}
		}
		out = append(out, sc)
	}
	return out
}

// codingScenarios: compressed bodies in which there is nothing to mask leave
// as they came, to the byte, in both directions.
func codingScenarios(t testing.TB) []scenario {
	plain := []byte(`{"words": "` + strings.Repeat("nothing to see here, ", 200) + `", "n": 1.0}`)
	var out []scenario
	for _, coding := range []string{"gzip", "deflate", "br", "zstd", "gzip, br"} {
		coded := string(encode(t, plain, strings.ReplaceAll(coding, " ", "")))
		out = append(
			out,
			scenario{
				name:     "an answer in " + coding,
				upstream: answer(200, coded, "Content-Type", "application/json", "Content-Encoding", coding, "Etag", `"v1"`, "Vary", "Accept-Encoding"),
				do:       get("GET", http.Header{"Accept-Encoding": {"gzip, deflate, br, zstd"}}),
			},
			scenario{
				name:     "a request in " + coding,
				upstream: answer(200, "ok", "Content-Type", "text/plain"),
				do:       post(coded, http.Header{"Content-Encoding": {coding}, "Content-Digest": {"sha-256=:aaaa:"}}),
			},
		)
	}
	identity := answer(200, string(plain), "Content-Type", "application/json", "Content-Encoding", "identity")
	return append(
		out,
		scenario{name: "an answer in identity, said aloud", upstream: identity, do: get("GET", nil), mayDiffer: bufferedLength},
		scenario{name: "an answer that must not be transformed", upstream: answer(200, string(plain), "Content-Type", "application/json", "Cache-Control", "no-transform"), do: get("GET", http.Header{"Accept-Encoding": {"gzip"}}), mayDiffer: bufferedLength},
		scenario{name: "a client that takes no coding", upstream: answer(200, string(plain), "Content-Type", "application/json"), do: get("GET", http.Header{"Accept-Encoding": {""}}), mayDiffer: bufferedLength},
	)
}
