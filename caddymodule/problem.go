package caddymodule

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// direction is the way a body travels. It labels metrics.
type direction string

const (
	request  direction = "request"
	response direction = "response"
)

// reasonAborted is a body that ended before it was complete: the client went
// away or broke the framing. It joins the closed set of filter's reasons.
const reasonAborted filter.Reason = "aborted"

// retryAfterSeconds is what overloaded clients are asked to wait. The queue
// holds seconds of work, so asking for longer would leave it empty.
const retryAfterSeconds = 1

// statusOf is DESIGN's failure table.
func statusOf(d direction, reason filter.Reason) int {
	if reason == filter.ReasonTimeout {
		return http.StatusGatewayTimeout
	}
	if d == response {
		return http.StatusBadGateway
	}
	switch reason {
	case filter.ReasonTooLarge:
		return http.StatusRequestEntityTooLarge
	case filter.ReasonCoding, filter.ReasonUnsupported:
		return http.StatusUnsupportedMediaType
	case filter.ReasonBlocked, filter.ReasonSigned:
		return http.StatusForbidden
	case reasonAborted:
		return http.StatusBadRequest
	default: // detector, overload
		return http.StatusServiceUnavailable
	}
}

// problem is an RFC 9457 document. It names the reason and never the content.
type problem struct {
	Type      string    `json:"type"`
	Title     string    `json:"title"`
	Status    int       `json:"status"`
	Direction direction `json:"direction"`
	Reason    string    `json:"reason"`
}

// problemTitles are fixed sentences, one a reason.
var problemTitles = map[filter.Reason]string{
	filter.ReasonTooLarge:    "The body is larger than the privacy filter may read.",
	filter.ReasonCoding:      "The content coding of the body cannot be read.",
	filter.ReasonUnsupported: "The type of the body cannot be inspected.",
	filter.ReasonDetector:    "The body could not be inspected.",
	filter.ReasonOverload:    "The privacy filter has no capacity left; try again later.",
	filter.ReasonTimeout:     "The body was not inspected in time.",
	filter.ReasonBlocked:     "The body holds data that may not pass.",
	filter.ReasonSigned:      "The body is signed and would have to be changed.",
	reasonAborted:            "The body ended before it was complete.",
}

// answer answers in place of a stopped body. A site with error routes of its
// own gets Caddy's error instead, so that handle_errors decides what the
// client sees; every other site gets the problem document, in the provider's
// own shape where the route is one of a language model.
func (h *Handler) answer(w http.ResponseWriter, r *http.Request, d direction, stopped *filter.Error) error {
	status := statusOf(d, stopped.Reason)
	if status == http.StatusServiceUnavailable && stopped.Reason == filter.ReasonOverload {
		w.Header().Set("Retry-After", strconv.Itoa(retryAfterSeconds))
	}
	if err := caddyhttp.Error(status, stopped); hasErrorRoutes(r) {
		return err
	}
	p := problem{
		Type:      "about:blank",
		Title:     problemTitles[stopped.Reason],
		Status:    status,
		Direction: d,
		Reason:    string(stopped.Reason),
	}
	header, doc := w.Header(), any(p)
	header.Set("Content-Type", "application/problem+json")
	if speak := h.dialectOf(r); speak != nil {
		doc = speak(p, header)
		header.Set("Content-Type", "application/json")
	}
	body, err := json.Marshal(doc)
	if err != nil {
		return caddyhttp.Error(status, errors.New("encoding the problem document"))
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a client that has gone away needs no document
	return nil
}

// hasErrorRoutes says whether the server would run an error route for r. Only
// the outermost matchers are asked (the site's host); what a route does with
// one status or another is its own affair. Within an error route there is no
// further one.
func hasErrorRoutes(r *http.Request) bool {
	if r.Context().Value(caddyhttp.ErrorCtxKey) != nil {
		return false
	}
	server, _ := r.Context().Value(caddyhttp.ServerCtxKey).(*caddyhttp.Server)
	if server == nil || server.Errors == nil {
		return false
	}
	for _, route := range server.Errors.Routes {
		if matched, err := route.MatcherSets.AnyMatchWithError(r); matched && err == nil {
			return true
		}
	}
	return false
}
