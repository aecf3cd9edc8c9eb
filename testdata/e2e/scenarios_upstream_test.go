package e2e

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// says is an upstream that answers with these bytes and closes the connection,
// whatever HTTP thinks of them.
func says(raw string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err) // Caddy asks its upstream in HTTP/1.1
		}
		defer conn.Close()
		io.WriteString(conn, raw)
	}
}

// upstreamScenarios: answers that net/http would not write.
func upstreamScenarios() []scenario {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
	var many strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&many, "X-Many-%d: v\r\nX-Same: %d\r\n", i, i)
	}
	var out []scenario
	for _, row := range []struct {
		name, raw string
		differ    []deviation
	}{
		{"a body that ends with the connection", head + "Connection: close\r\n\r\nplain words", bufferedLength},
		{"a body of HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nplain words", bufferedLength},
		{"a JSON body that ends with the connection", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"n\": 1.0}", bufferedLength},
		{"chunks with extensions", head + "Transfer-Encoding: chunked\r\n\r\n6;a=b;c=\"d e\"\r\nplain \r\n5;x\r\nwords\r\n0;y=z\r\n\r\n", bufferedLength},
		{"chunks and trailers", head + "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nplain words\r\n0\r\nX-Sum: abc\r\n\r\n", nil},
		{"a length that is said twice", head + "Content-Length: 11\r\nContent-Length: 11\r\n\r\nplain words", nil},
		{"two lengths", head + "Content-Length: 11\r\nContent-Length: 12\r\n\r\nplain words!", nil},
		{"length and chunks", head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nplain words\r\n0\r\n\r\n", bufferedLength},
		{"more than announced", head + "Content-Length: 5\r\n\r\nplain words", nil},
		{"a 204 with a body", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nwords", nil},
		{"a 304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nEtag: \"v1\"\r\n\r\n", nil},
		{"a 205 with a body", "HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nwords", nil},
		{"an empty body with a length", head + "Content-Length: 0\r\n\r\n", nil},
		{"an empty body in chunks", head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", bufferedLength},
		{"a status without a reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", nil},
		{"a status nobody knows", "HTTP/1.1 799 Odd\r\nContent-Length: 2\r\n\r\nok", nil},
		{"a header folded over two lines", head + "X-Folded: a\r\n b\r\nContent-Length: 2\r\n\r\nok", nil},
		{"a header that is empty", head + "X-Empty:\r\nContent-Length: 2\r\n\r\nok", nil},
		{"hop-by-hop headers", head + "Connection: X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nok", nil},
		{"a thousand headers", head + many.String() + "Content-Length: 2\r\n\r\nok", nil},
		{"no HTTP at all", "SSH-2.0-OpenSSH_9.9\r\n", nil},
		{"no answer", "", nil},
		{"half a head", "HTTP/1.1 200 OK\r\nContent-Type: text", nil},
		{"a switch of protocols that nobody asked for", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo/1\r\n\r\n", nil},
		{"an interim answer and no other", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", nil},
		{"100 before the answer", "HTTP/1.1 100 Continue\r\n\r\n" + head + "Content-Length: 2\r\n\r\nok", nil},
		{"four interim answers", strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n", 4) + head + "Content-Length: 2\r\n\r\nok", nil},
	} {
		out = append(out, scenario{name: "upstream: " + row.name, upstream: says(row.raw), do: get("GET", nil), mayDiffer: row.differ})
	}
	for _, row := range []struct{ name, raw string }{
		{"fewer bytes than announced", head + "Content-Length: 50\r\n\r\nplain words"},
		{"a last chunk that never comes", head + "Transfer-Encoding: chunked\r\n\r\nb\r\nplain words\r\n"},
		{"a chunk cut short", head + "Transfer-Encoding: chunked\r\n\r\nff\r\nplain words"},
		{"a chunk that is none", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\nplain words\r\n0\r\n\r\n"},
	} {
		out = append(out, scenario{name: "upstream: " + row.name, upstream: says(row.raw), mayDiffer: brokenAnswer, do: func(t *testing.T, c *call) {
			got := c.request(t, "GET", nil, nil, 0)
			c.logf("failed %v", got == nil || got.BodyErr != nil || got.Status >= 500)
		}})
	}
	return append(out, scenario{
		name: "upstream: HEAD with a body", upstream: says(head + "Content-Length: 11\r\n\r\nplain words"), do: get("HEAD", nil),
		mayDiffer: []deviation{headHead[0], {prefix: "< framing", reason: "as Content-Length"}, headVary},
	})
}
