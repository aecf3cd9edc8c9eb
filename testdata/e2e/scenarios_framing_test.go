package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// converse sends bytes as they are on a connection of their own and writes
// down every answer until the server closes it.
func (c *call) converse(t *testing.T, raw string) (statuses []int) {
	t.Helper()
	w := dialWire(t, c.site.addr)
	w.send(t, strings.ReplaceAll(raw, "PATH", c.path))
	for {
		resp, err := http.ReadResponse(w.r, &http.Request{Method: http.MethodPost})
		if err != nil {
			c.logf("< closed")
			return statuses
		}
		statuses = append(statuses, resp.StatusCode)
		c.response(readResponse(resp))
	}
}

func converse(raw string) func(*testing.T, *call) {
	return func(t *testing.T, c *call) { _ = c.converse(t, raw) }
}

// framingScenarios: where a request ends. Whatever a server in front of the
// filter and one behind it might read in two ways is refused or read in the one
// way in which Caddy alone reads it.
func framingScenarios() []scenario {
	const head = "POST PATH HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: text/plain\r\n"
	const chunks = head + "Transfer-Encoding: chunked\r\n\r\n"
	var out []scenario
	for _, row := range []struct {
		name, raw string
		differ    []deviation
	}{
		{"more than Content-Length says", head + "Content-Length: 5\r\n\r\nplain words", nil},
		{"Content-Length twice, the same", head + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nplain", nil},
		{"Content-Length twice, another", head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nplain", nil},
		{"Content-Length as a list", head + "Content-Length: 5, 5\r\n\r\nplain", nil},
		{"Content-Length with a sign", head + "Content-Length: +5\r\n\r\nplain", nil},
		{"Content-Length below zero", head + "Content-Length: -5\r\n\r\nplain", nil},
		{"Content-Length in hexadecimal", head + "Content-Length: 0x5\r\n\r\nplain", nil},
		{"Content-Length beyond 64 bits", head + "Content-Length: 99999999999999999999\r\n\r\nplain", nil},
		{"Content-Length of nothing", head + "Content-Length:\r\n\r\nplain", nil},
		{"Content-Length zero", head + "Content-Length: 0\r\n\r\n", nil},
		{"no length at all", head + "\r\n", nil},
		{"chunked twice", head + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", nil},
		{"chunked as a list", head + "Transfer-Encoding: chunked, chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", nil},
		{"gzip and chunked", head + "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", nil},
		{"identity as a transfer coding", head + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nplain", nil},
		{"a transfer coding like chunked", head + "Transfer-Encoding: xchunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", nil},
		{"a space before the colon", head + "Transfer-Encoding : chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", nil},
		{"a tab before chunked", head + "Transfer-Encoding:\tchunked\r\n\r\n5\r\nplain\r\n0\r\n\r\n", requestLength},
		{"CHUNKED", head + "Transfer-Encoding: CHUNKED\r\n\r\n5\r\nplain\r\n0\r\n\r\n", requestLength},
		{"chunked in HTTP/1.0", strings.Replace(chunks, "HTTP/1.1", "HTTP/1.0", 1) + "5\r\nplain\r\n0\r\n\r\n", nil},
		{"length and chunks, smuggling", head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\n\r\n", requestLength},
		{"chunk extensions", chunks + "5;a=b;c=\"d\"\r\nplain\r\n6;x\r\n words\r\n0;last\r\n\r\n", requestLength},
		{"a chunk in capitals and zeros", chunks + "00A\r\nplain word\r\n0\r\n\r\n", requestLength},
		{"trailers after chunks", head + "Trailer: X-Sum\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nplain\r\n0\r\nX-Sum: abc\r\n\r\n", nil},
	} {
		out = append(out, scenario{name: "framing: " + row.name, only: h1Only, upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: converse(row.raw), mayDiffer: row.differ})
	}
	for _, row := range []struct{ name, raw string }{
		{"an endless chunk size", "ffffffffffffffffff\r\nplain\r\n0\r\n\r\n"},
		{"a chunk size below zero", "-5\r\nplain\r\n0\r\n\r\n"},
		{"a chunk longer than it says", "3\r\nplain\r\n0\r\n\r\n"},
		{"a long chunk extension", "5;" + strings.Repeat("a", 20<<10) + "\r\nplain\r\n0\r\n\r\n"},
		{"no size", "\r\nplain\r\n0\r\n\r\n"},
	} {
		out = append(out, scenario{name: "framing: " + row.name, only: h1Only, raw: true, upstream: answer(200, "ok", "Content-Type", "text/plain"), mayDiffer: brokenRequest, do: func(t *testing.T, c *call) {
			for _, status := range c.converse(t, chunks+row.raw) {
				c.logf("refused %v", status >= 400)
			}
		}})
	}
	return out
}

// headScenarios: request lines and headers.
func headScenarios() []scenario {
	const rest = "Host: localhost\r\nConnection: close\r\n"
	var many strings.Builder
	for i := range 300 {
		fmt.Fprintf(&many, "X-Many-%d: v\r\nX-Same: %d\r\n", i, i)
	}
	var out []scenario
	for _, row := range []struct{ name, raw string }{
		{"a header twice", "GET PATH HTTP/1.1\r\n" + rest + "X-A: 1\r\nx-a: 2\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n"},
		{"600 headers", "GET PATH HTTP/1.1\r\n" + rest + many.String() + "\r\n"},
		{"40 KiB of headers", "GET PATH HTTP/1.1\r\n" + rest + "X-Large: " + strings.Repeat("v", 40<<10) + "\r\n\r\n"},
		{"no Host", "GET PATH HTTP/1.1\r\nConnection: close\r\n\r\n"},
		{"two Hosts", "GET PATH HTTP/1.1\r\nHost: a\r\n" + rest + "\r\n"},
		{"a folded header", "GET PATH HTTP/1.1\r\n" + rest + "X-Folded: a\r\n b\r\n\r\n"},
		{"a header without a colon", "GET PATH HTTP/1.1\r\n" + rest + "X-Bare\r\n\r\n"},
		{"a header with a zero byte", "GET PATH HTTP/1.1\r\n" + rest + "X-Zero: a\x00b\r\n\r\n"},
		{"a header with bytes beyond ASCII", "GET PATH HTTP/1.1\r\n" + rest + "X-Latin: caf\xe9\r\n\r\n"},
		{"lines that end in LF", "GET PATH HTTP/1.1\nHost: localhost\nConnection: close\n\n"},
		{"an absolute target", "GET http://localhostPATH?q=1 HTTP/1.1\r\n" + rest + "\r\n"},
		{"the target *", "OPTIONS * HTTP/1.1\r\n" + rest + "\r\n"},
		{"CONNECT", "CONNECT localhost:443 HTTP/1.1\r\n" + rest + "\r\n"},
		{"TRACE", "TRACE PATH HTTP/1.1\r\n" + rest + "\r\n"},
		{"a method nobody knows", "BREW PATH HTTP/1.1\r\n" + rest + "Content-Length: 5\r\n\r\nwords"},
		{"a method in lower case", "get PATH HTTP/1.1\r\n" + rest + "\r\n"},
		{"GET with a body", "GET PATH HTTP/1.1\r\n" + rest + "Content-Length: 5\r\n\r\nwords"},
		{"DELETE with a body", "DELETE PATH HTTP/1.1\r\n" + rest + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"},
		{"HTTP/1.2", "GET PATH HTTP/1.2\r\n" + rest + "\r\n"},
		{"HTTP/2.0 in a request line", "GET PATH HTTP/2.0\r\n" + rest + "\r\n"},
		{"no version", "GET PATH\r\n\r\n"},
		{"a query of odd bytes", "GET PATH?a=%zz&%00=\"'<>;|&&=? HTTP/1.1\r\n" + rest + "\r\n"},
		{"an empty query", "GET PATH? HTTP/1.1\r\n" + rest + "\r\n"},
		{"a path that climbs", "GET /a/../b//c/%2e%2e/d%2Fe HTTP/1.1\r\n" + rest + "\r\n"},
		{"a path with a bad escape", "GET /%zz HTTP/1.1\r\n" + rest + "\r\n"},
		{"a blank line first", "\r\nGET PATH HTTP/1.1\r\n" + rest + "\r\n"},
		{"hop-by-hop headers", "GET PATH HTTP/1.1\r\nHost: localhost\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: 5\r\nTe: trailers\r\nProxy-Authorization: Basic eDp5\r\n\r\n"},
	} {
		out = append(out, scenario{name: "head: " + row.name, only: h1Only, upstream: answer(200, "ok", "Content-Type", "text/plain", "Content-Length", "2"), do: converse(row.raw)})
	}
	return out
}
