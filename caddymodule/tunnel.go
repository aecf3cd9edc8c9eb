package caddymodule

import (
	"net/http"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// wantsTunnel says whether the client asks to leave HTTP: an upgrade in
// HTTP/1.1 (RFC 9110 §7.8), or an extended CONNECT in HTTP/2 and HTTP/3
// (RFC 8441, RFC 9220), whose "body" is the stream itself.
func wantsTunnel(r *http.Request) bool {
	return isExtendedConnect(r) || upgradeOffer(r) != ""
}

func isExtendedConnect(r *http.Request) bool {
	if r.Method != http.MethodConnect {
		return false
	}
	// net/http leaves the pseudo-header in the map; quic-go puts its value
	// in place of the version.
	return r.ProtoMajor == 2 && r.Header.Get(":protocol") != "" ||
		r.ProtoMajor == 3 && !strings.HasPrefix(r.Proto, "HTTP/")
}

// upgradeOffer returns the protocols that an HTTP/1.1 client offers to switch
// to, or "".
func upgradeOffer(r *http.Request) string {
	if r.ProtoMajor != 1 || !httpguts.HeaderValuesContainsToken(r.Header["Connection"], "Upgrade") {
		return ""
	}
	return r.Header.Get("Upgrade")
}

// declineH2C takes back an offer to switch to cleartext HTTP/2. Clients make
// it with ordinary requests (Java's HttpClient with each first one), any
// server may ignore it, and a proxy that forwards it hands its client a raw
// connection to the upstream.
func declineH2C(r *http.Request) {
	if !strings.EqualFold(upgradeOffer(r), "h2c") {
		return
	}
	delete(r.Header, "Upgrade")
	delete(r.Header, "Http2-Settings")
	var kept []string
	for _, line := range r.Header["Connection"] {
		for token := range strings.SplitSeq(line, ",") {
			token = strings.TrimSpace(token)
			if token != "" && !strings.EqualFold(token, "Upgrade") && !strings.EqualFold(token, "HTTP2-Settings") {
				kept = append(kept, token)
			}
		}
	}
	if len(kept) == 0 {
		delete(r.Header, "Connection")
		return
	}
	r.Header["Connection"] = []string{strings.Join(kept, ", ")}
}
