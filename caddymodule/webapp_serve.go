package caddymodule

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// ServeHTTP answers every request.
func (a *WebApp) ServeHTTP(w http.ResponseWriter, r *http.Request, _ caddyhttp.Handler) (err error) {
	if filtered(w) {
		// The page would show what the filter leaves of its results, and its
		// streams would wait for the filter.
		http.Error(w, "privacy_filter stands in front of privacy_filter_webapp: take it from this route.", http.StatusInternalServerError)
		return nil
	}
	if forwarded := fromProxy(r, "X-Forwarded-Host"); forwarded != "" {
		r = r.Clone(r.Context())
		r.Host = forwarded
	}
	if query := r.URL.Query(); query.Has("token") {
		// It opens a paste: it is no business of a log.
		if entry := a.find.takeAccessEntry(w, r, r.ContentLength, false); entry != nil {
			entry.request.RequestURI = withoutToken(entry.request.RequestURI)
			defer func() { entry.write(err) }()
		}
	}
	a.server.ServeHTTP(w, r)
	return nil
}

// filtered reports whether a response would go through our own filter.
func filtered(w http.ResponseWriter) bool {
	for {
		if _, ok := w.(*responseWriter); ok {
			return true
		}
		inner, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = inner.Unwrap()
	}
}

// withoutToken is a request URI with the token of a paste taken out.
func withoutToken(uri string) string {
	u, err := url.ParseRequestURI(uri)
	if err != nil {
		return "<REDACTED>"
	}
	query := u.Query()
	query.Set("token", "REDACTED")
	u.RawQuery = query.Encode()
	return u.String()
}

// fromProxy is what a trusted proxy says of a request.
func fromProxy(r *http.Request, name string) string {
	if trusted, _ := caddyhttp.GetVar(r.Context(), caddyhttp.TrustedProxyVarKey).(bool); !trusted {
		return ""
	}
	first, _, _ := strings.Cut(r.Header.Get(name), ",")
	return strings.TrimSpace(first)
}

// root is the URL by which a client reaches the page: that of the request, less
// what is below the place where the page is mounted.
func root(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	if forwarded := fromProxy(r, "X-Forwarded-Proto"); forwarded == "http" || forwarded == "https" {
		scheme = forwarded
	}
	mounted := ""
	if original, ok := r.Context().Value(caddyhttp.OriginalRequestCtxKey).(http.Request); ok && original.URL != nil {
		mounted, ok = strings.CutSuffix(original.URL.Path, r.URL.Path)
		if !ok {
			mounted = ""
		}
	}
	return (&url.URL{Scheme: scheme, Host: r.Host, Path: mounted}).String()
}

// owner says whose a request is: the user's who was authenticated, or the
// client's by its address.
func owner(r *http.Request) string {
	if repl, ok := r.Context().Value(caddy.ReplacerCtxKey).(*caddy.Replacer); ok {
		if user, _ := repl.GetString("http.auth.user.id"); user != "" {
			return "user " + user
		}
	}
	address, _ := caddyhttp.GetVar(r.Context(), caddyhttp.ClientIPVarKey).(string)
	return "client " + address
}

// listensOnLoopback reports whether nothing but this machine reaches a server.
func listensOnLoopback(addresses []string) bool {
	for _, address := range addresses {
		parsed, err := caddy.ParseNetworkAddress(address)
		if err != nil {
			return false
		}
		if parsed.IsUnixNetwork() || parsed.Host == "localhost" {
			continue
		}
		ip, err := netip.ParseAddr(parsed.Host)
		if err != nil || !ip.Unmap().IsLoopback() {
			return false
		}
	}
	return len(addresses) > 0
}
