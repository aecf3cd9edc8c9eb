package caddymodule

import (
	"encoding/base64"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
)

func isGRPC(kind string) bool {
	return kind == "application/grpc" || strings.HasPrefix(kind, "application/grpc+")
}

// messageEncoding is what lies over compressed messages of a gRPC body.
func messageEncoding(head http.Header) string { return strings.Join(head["Grpc-Encoding"], ",") }

// statusDetails is the trailer that says once more what Grpc-Message says, as
// a message in base64.
const statusDetails = "Grpc-Status-Details-Bin"

// notSaid are fields of a header that no call has set.
var notSaid = []string{
	"Alt-Svc", "Content-Length", "Content-Type", "Date", "Grpc-Accept-Encoding", "Grpc-Encoding", "Grpc-Status", "Server", "Trailer", "Via",
}

// earlyTrailers are the trailers of a call that failed before it had a
// message: gRPC sends them as the header ("Trailers-Only").
func earlyTrailers(head, base http.Header) http.Header {
	kind, _, _ := mime.ParseMediaType(head.Get("Content-Type"))
	if !isGRPC(kind) || len(head["Grpc-Status"]) == 0 {
		return nil
	}
	early := make(http.Header)
	for name, values := range head {
		if _, ours := base[name]; !ours && !slices.Contains(notSaid, name) {
			early[name] = values // the same values: they are masked in place
		}
	}
	return early
}

// trailerMessage describes the value of a trailer to the filter, with the way
// back from its answer to a value. A value that is not what its name says is
// read as it stands.
func trailerMessage(name, value string) (m filter.Message, back func([]byte) string) {
	if strings.TrimPrefix(name, http.TrailerPrefix) == statusDetails {
		if raw, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(value, "=")); err == nil {
			return filter.Message{Body: raw, ContentType: []string{body.StatusDetails}}, base64.RawStdEncoding.EncodeToString
		}
	}
	return filter.Message{Body: []byte(value), ContentType: []string{"text/plain; charset=utf-8"}}, func(b []byte) string { return string(b) }
}
