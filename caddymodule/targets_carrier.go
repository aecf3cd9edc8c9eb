package caddymodule

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// Formats of targets, beside those of bodies: they label metrics.
const (
	formatURL    = string(body.URL)
	formatHeader = "header"
	formatCookie = "cookie"
)

// carrier is a text that is no body and holds some that is inspected.
type carrier struct {
	format string
	text   string
	url    body.URLParts // of parts that are URLs
	parts  []part
	masked []string // of each part
	put    func(masked string)
}

// part is a range of a carrier's text, a URL or plain text.
type part struct {
	start, end int
	url        bool
}

func newCarrier(format, text string, parts []part, put func(string)) *carrier {
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.start == p.end })
	return &carrier{
		format: format, text: text, url: body.URLPath | body.URLQuery,
		parts: parts, masked: make([]string, len(parts)), put: put,
	}
}

// message is a part as the filter takes it.
func (c *carrier) message(i int) filter.Message {
	p := c.parts[i]
	m := filter.Message{Body: []byte(c.text[p.start:p.end])}
	if p.url {
		m.URL = c.url
	} else {
		m.ContentType = []string{"text/plain"}
	}
	return m
}

// result is the text with its parts masked. It reports false if that would be
// no line of a header any more.
func (c *carrier) result() (string, bool) {
	var b strings.Builder
	at := 0
	for i, p := range c.parts {
		b.WriteString(c.text[at:p.start])
		b.WriteString(c.masked[i])
		at = p.end
	}
	b.WriteString(c.text[at:])
	return b.String(), httpguts.ValidHeaderFieldValue(b.String())
}

// urlHeaders hold one URL, and nothing else.
var urlHeaders = map[string]bool{
	"Content-Location": true, "Destination": true, "Location": true, "Origin": true, "Referer": true,
	"X-Forwarded-Uri": true, "X-Original-Uri": true, "X-Original-Url": true, "X-Rewrite-Url": true,
}

// headerParts takes a value apart: URLs by themselves, all else as text.
func headerParts(name, value string) (parts []part) {
	switch {
	case urlHeaders[name]:
		return []part{{0, len(value), true}}
	case name == "Link":
		return linkParts(value)
	case name == "Refresh":
		// "5; url=/next" (HTML Living Standard, section 4.2.5.3)
		if i := strings.Index(strings.ToLower(value), "url="); i >= 0 {
			i += len("url=")
			return []part{{0, i, false}, {i, len(value), true}}
		}
	}
	return extendedParts(value)
}

// extended begins a parameter with a charset (RFC 8187, section 3.2), as in
// filename*=UTF-8”%C3%A9. The quotes would be read as part of what follows.
var extended = regexp.MustCompile(`\*[ \t]*=[ \t]*[A-Za-z0-9!#$%&+^_{}~-]+'[A-Za-z0-9-]*'`)

// extendedParts finds such parameters, which are percent-encoded.
func extendedParts(value string) (parts []part) {
	at := 0
	for _, found := range extended.FindAllStringIndex(value, -1) {
		if found[0] < at {
			continue
		}
		end := len(value)
		if i := strings.IndexAny(value[found[1]:], "; \t,"); i >= 0 {
			end = found[1] + i
		}
		parts = append(parts, part{at, found[1], false}, part{found[1], end, true})
		at = end
	}
	return append(parts, part{at, len(value), false})
}

// linkParts finds the targets of links, which stand in angle brackets
// (RFC 8288, section 3).
func linkParts(value string) (parts []part) {
	at := 0
	for {
		open := strings.IndexByte(value[at:], '<')
		if open < 0 {
			break
		}
		open += at + 1
		end := strings.IndexByte(value[open:], '>')
		if end < 0 {
			break
		}
		parts = append(parts, part{at, open, false}, part{open, open + end, true})
		at = open + end
	}
	return append(parts, part{at, len(value), false})
}
