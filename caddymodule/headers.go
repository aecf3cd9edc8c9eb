package caddymodule

import (
	"maps"
	"net/http"
	"net/textproto"
	"slices"
	"strings"
)

// validators describe the exact bytes of a body. A body that was changed, or
// that a GET might have changed, must not travel with them: a cache would
// answer for bytes it never saw (RFC 9110 §8.8), a client would reject what
// does not match the digest (RFC 9530).
var validators = []string{
	"Accept-Ranges",
	"Content-Digest",
	"Content-Md5",
	"Digest",
	"Etag",
	"Last-Modified",
	"Repr-Digest",
	"Signature",
	"Signature-Input",
	"Unencoded-Digest",
	"X-Amz-Content-Sha256",
	"X-Goog-Hash",
}

// dropValidators removes from a header or from trailers whatever vouches for
// the former bytes.
func dropValidators(h http.Header) {
	for name := range h {
		field := strings.TrimPrefix(name, http.TrailerPrefix)
		if slices.Contains(validators, field) || strings.HasPrefix(field, "X-Amz-Checksum-") {
			delete(h, name)
		}
	}
}

// readableCodings are the content codings that the filter decodes and
// encodes again; "x-gzip" is RFC 9110's alias of gzip.
var readableCodings = []string{"gzip", "x-gzip", "deflate", "br", "zstd", "identity"}

// offerReadableCodings cuts Accept-Encoding down to what the filter can read,
// so that a next handler never answers in a coding that must be stopped. The
// client's own preferences stay as they are; the encode directive, ordered
// before us, has already read the full field.
//
// Without the field nothing is done: like plain Caddy, the proxy's transport
// then negotiates gzip for itself and decodes it.
func offerReadableCodings(h http.Header) {
	lines, ok := h["Accept-Encoding"]
	if !ok {
		return
	}
	var kept []string
	changed := len(lines) > 1
	for _, line := range lines {
		for item := range strings.SplitSeq(line, ",") {
			name, _, _ := strings.Cut(item, ";")
			switch name = strings.ToLower(strings.TrimSpace(name)); {
			case slices.Contains(readableCodings, name):
				kept = append(kept, strings.TrimSpace(item))
			case name != "": // an empty field says that no coding is wanted
				changed = true
			}
		}
	}
	switch {
	case !changed:
	case len(kept) == 0:
		h["Accept-Encoding"] = []string{"identity"}
	default:
		h["Accept-Encoding"] = []string{strings.Join(kept, ", ")}
	}
}

// askForWholeBodies removes what would make a next handler answer with a part
// or a delta: a value cut in two by a range is found by no detector, and the
// parts are put together again at the client (RFC 9110 §14.2 lets any server
// ignore Range; RFC 3229 is the delta encoding).
func askForWholeBodies(h http.Header) {
	delete(h, "Range")
	delete(h, "If-Range")
	delete(h, "A-Im")
	delete(h, "Available-Dictionary")
	delete(h, "Dictionary-Id")
}

// trailerNames lists the announced trailer fields, in canonical form.
func trailerNames(h http.Header) []string {
	var names []string
	for _, line := range h["Trailer"] {
		for name := range strings.SplitSeq(line, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, textproto.CanonicalMIMEHeaderKey(name))
			}
		}
	}
	return names
}

// takeTrailers returns the trailers a handler has set: fields announced in
// head, the header as it was when the status was written, that are in now,
// and fields with http.TrailerPrefix. It copies, so now may be changed.
func takeTrailers(head, now http.Header) http.Header {
	var found http.Header
	take := func(name string, values []string) {
		if found == nil {
			found = make(http.Header)
		}
		found[name] = slices.Clone(values)
	}
	for _, name := range trailerNames(head) {
		if values, ok := now[name]; ok {
			take(name, values)
		}
	}
	for name, values := range now {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			take(name, values)
		}
	}
	return found
}

// setHeader makes dst equal to src in place: the map is shared with the
// writers around us.
func setHeader(dst, src http.Header) {
	clear(dst)
	maps.Copy(dst, src)
}
