package caddymodule

import (
	"errors"
	"fmt"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// Targets are what is inspected beside bodies. None is by default: URLs,
// headers and cookies run the web, and what is masked in them is gone for
// whoever needs it.
//
// What is masked stays valid where it stands: percent-encoded in URLs, in one
// line in headers. What cannot be inspected, or would hold what the policy
// blocks, stops the message as a body would.
type Targets struct {
	// The values of the query of requests, and its names if rules find them.
	// A query with broken percent-encoding is refused: readers disagree
	// about it.
	Query bool `json:"query,omitempty"`

	// The segments of the path of requests.
	Path bool `json:"path,omitempty"`

	// The values of these headers, of requests and of responses. Those that
	// hold URLs (Location, Content-Location, Referer, Link, Refresh) are read
	// as such.
	Headers []string `json:"headers,omitempty"`

	// The values of these cookies, in Cookie and in Set-Cookie, whose
	// attributes stay. "*" stands for all.
	Cookies []string `json:"cookies,omitempty"`
}

// framingHeaders say where a message begins, ends and goes, or what its body
// is. They are no target; cookies are one of their own.
var framingHeaders = []string{
	"Host", "Content-Length", "Transfer-Encoding", "Connection", "Trailer", "Te", "Upgrade", "Expect", "Content-Encoding",
	"Content-Type", "Accept-Encoding", "Range", "Content-Range", "Cookie", "Set-Cookie",
}

// provision checks the names and brings them to the form that headers have.
// format is how replaced values are written.
func (t *Targets) provision(format string) error {
	for i, name := range t.Headers {
		if !isToken(name) {
			return errors.New("target header: want names of headers")
		}
		t.Headers[i] = textproto.CanonicalMIMEHeaderKey(name)
		if slices.Contains(framingHeaders, t.Headers[i]) {
			return fmt.Errorf("target header: %s cannot be changed here", t.Headers[i])
		}
	}
	for _, name := range t.Cookies {
		if !isToken(name) {
			return errors.New("target cookie: want names of cookies, or *")
		}
	}
	if len(t.Cookies) > 0 && strings.ContainsAny(format, "\"\\,; ") {
		return errors.New(`target cookie: format must have no blank, quote, comma, semicolon or backslash`)
	}
	return nil
}

// isToken recognises names of fields and of cookies (RFC 9110, section 5.6.2).
func isToken(name string) bool {
	return name != "" && strings.IndexFunc(name, func(r rune) bool {
		return r <= ' ' || r >= 0x7F || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
	}) < 0
}

func (t *Targets) cookie(name string) bool {
	return slices.Contains(t.Cookies, "*") || slices.Contains(t.Cookies, name)
}

// ofRequest collects what is inspected of a request.
func (t *Targets) ofRequest(r *http.Request) []*carrier {
	c := t.ofHeaders(r.Header)
	for i, line := range r.Header["Cookie"] {
		c = append(c, newCarrier(formatCookie, line, t.cookieParts(line), func(masked string) { r.Header["Cookie"][i] = masked }))
	}
	return append(c, t.ofURL(r)...)
}

// ofResponse collects what is inspected of the header of a response.
func (t *Targets) ofResponse(h http.Header) []*carrier {
	c := t.ofHeaders(h)
	for i, line := range h["Set-Cookie"] {
		pair, _, _ := strings.Cut(line, ";")
		c = append(c, newCarrier(formatCookie, line, t.cookieParts(pair), func(masked string) { h["Set-Cookie"][i] = masked }))
	}
	return c
}

func (t *Targets) ofHeaders(h http.Header) (c []*carrier) {
	for _, name := range t.Headers {
		for i, value := range h[name] {
			c = append(c, newCarrier(formatHeader, value, headerParts(name, value), func(masked string) { h[name][i] = masked }))
		}
	}
	return c
}

// cookieParts finds the values of cookies in a line of them (RFC 6265).
func (t *Targets) cookieParts(line string) (parts []part) {
	for start := 0; start <= len(line); {
		end := len(line)
		if i := strings.IndexByte(line[start:], ';'); i >= 0 {
			end = start + i
		}
		name, _, ok := strings.Cut(line[start:end], "=")
		if ok && t.cookie(strings.TrimSpace(name)) {
			parts = append(parts, part{start + len(name) + 1, end, false})
		}
		start = end + 1
	}
	return parts
}
