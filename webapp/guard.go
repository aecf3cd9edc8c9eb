package webapp

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// policy is what browsers may do with our pages: nothing but what they bring.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// guardHeaders stand on every response.
var guardHeaders = map[string]string{
	"Content-Security-Policy":      policy,
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Referrer-Policy":              "no-referrer",
	"X-Content-Type-Options":       "nosniff",
	"X-Frame-Options":              "DENY",
	"Cache-Control":                "no-store",
}

// guard refuses what pages of other origins send, and names that were made to
// point here (DNS rebinding).
type guard struct {
	hosts []string // lower case, without ports; nil: any
	cross *http.CrossOriginProtection
}

func newGuard(hosts []string) *guard {
	g := &guard{cross: http.NewCrossOriginProtection()}
	for _, host := range hosts {
		g.hosts = append(g.hosts, strings.ToLower(host))
	}
	return g
}

// admit answers what may not go on.
func (g *guard) admit(w http.ResponseWriter, r *http.Request) bool {
	for name, value := range guardHeaders {
		w.Header().Set(name, value)
	}
	if !g.knows(r.Host) {
		http.Error(w, "This name is not served here.", http.StatusMisdirectedRequest)
		return false
	}
	if g.cross.Check(r) != nil || foreign(r) {
		http.Error(w, "Requests of other origins are not served.", http.StatusForbidden)
		return false
	}
	return true
}

func (g *guard) knows(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if g.hosts == nil || slices.Contains(g.hosts, host) {
		return true
	}
	return false
}

// foreign reports whether a page of another origin asks, by any method: only
// links to a page may come from elsewhere. Programs send neither header.
func foreign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || !strings.EqualFold(u.Host, r.Host) { // "null" has no host
			return true
		}
	}
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	page := r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/view/")
	return !page || r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.Header.Get("Sec-Fetch-Dest") != "document"
}

// Loopback are the names of this machine.
func Loopback() []string { return []string{"localhost", "127.0.0.1", "::1"} }
