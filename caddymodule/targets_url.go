package caddymodule

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"

	"github.com/caddyprivacy/privacyfilter/filter/body"
)

// repeated are headers in which proxies say again what was asked for.
var repeated = []string{"X-Forwarded-Uri", "X-Original-Uri", "X-Original-Url", "X-Rewrite-Url"}

// ofURL collects the URL of a request in all places where it stands: as it is
// now, as it came, and in headers that say it again.
func (t *Targets) ofURL(r *http.Request) (c []*carrier) {
	var parts body.URLParts
	if t.Path {
		parts |= body.URLPath
	}
	if t.Query {
		parts |= body.URLQuery
	}
	if parts == 0 {
		return nil
	}
	add := func(text string, put func(string)) {
		// Most are one and the same, and are inspected once.
		for _, before := range c {
			if before.text == text {
				first := before.put
				before.put = func(masked string) { first(masked); put(masked) }
				return
			}
		}
		one := newCarrier(formatURL, text, []part{{0, len(text), true}}, put)
		one.url = parts
		c = append(c, one)
	}
	if r.URL.Path != "" || r.URL.RawQuery != "" { // not the authority of CONNECT
		add(r.RequestURI, func(masked string) { r.RequestURI = masked })
		add(r.URL.RequestURI(), func(masked string) { setURL(r.URL, masked) })
	}
	if original, ok := r.Context().Value(caddyhttp.OriginalRequestCtxKey).(http.Request); ok && original.URL != nil {
		add(original.URL.RequestURI(), func(masked string) { setURL(original.URL, masked) })
		add(original.RequestURI, func(masked string) { setOriginal(r, masked) })
	}
	for _, name := range repeated {
		if slices.Contains(t.Headers, name) {
			continue // inspected whole
		}
		for i, value := range r.Header[name] {
			add(value, func(masked string) { r.Header[name][i] = masked })
		}
	}
	return c
}

// setURL gives u another path and query.
func setURL(u *url.URL, requestURI string) {
	path, query, _ := strings.Cut(requestURI, "?")
	u.RawQuery = query
	if u.Opaque != "" {
		return
	}
	if decoded, err := url.PathUnescape(path); err == nil {
		u.Path, u.RawPath = decoded, path
	}
}

// setOriginal changes what {http.request.orig_uri} and the routes for errors
// see. The request is changed in place, since handlers around us hold it, too.
func setOriginal(r *http.Request, requestURI string) {
	original, ok := r.Context().Value(caddyhttp.OriginalRequestCtxKey).(http.Request)
	if !ok {
		return
	}
	original.RequestURI = requestURI
	*r = *r.WithContext(context.WithValue(r.Context(), caddyhttp.OriginalRequestCtxKey, original))
}

// readable reports whether the pairs of a query are the same to all readers:
// some take a pair with broken percent-encoding as it is, others leave it out.
func readable(rawQuery string) bool {
	_, err := url.QueryUnescape(rawQuery)
	return err == nil
}
