package caddymodule

import (
	"context"
	"net/http"
	"net/url"

	"golang.org/x/sync/errgroup"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// filterURLAndHeader masks what a request holds beside its body.
func (x *exchange) filterURLAndHeader(r *http.Request) *filter.Error {
	t := x.handler.Targets
	if t == nil {
		return nil
	}
	if t.Query && !readable(r.URL.RawQuery) {
		stopped := &filter.Error{Reason: filter.ReasonUnsupported, Detail: "readers disagree about the query"}
		if !x.handler.Monitor {
			return stopped
		}
		x.handler.opened(request, stopped)
		return nil
	}
	carriers := t.ofRequest(r)
	signed := isSigned(r.Header) || t.Query && isPresigned(r.URL)
	return x.maskCarriers(r.Context(), request, carriers, signed)
}

// filterHeader masks what the header of a response holds.
func (w *responseWriter) filterHeader() *filter.Error {
	t := w.x.handler.Targets
	if t == nil || w.unread {
		return nil
	}
	h := w.Header()
	return w.x.maskCarriers(w.r.Context(), response, t.ofResponse(h), isSigned(h))
}

// maskCarriers inspects all carriers and then changes them: all, or none if
// one of them stops the message.
func (x *exchange) maskCarriers(ctx context.Context, d direction, carriers []*carrier, signed bool) *filter.Error {
	h := x.handler
	reports, stopped := x.inspectCarriers(ctx, carriers)
	if stopped != nil {
		if h.opens(stopped.Reason) {
			h.opened(d, stopped)
			return nil
		}
		return stopped
	}
	type change struct {
		*carrier
		masked string
	}
	var changes []change
	for _, c := range carriers {
		masked, valid := c.result()
		switch {
		case masked == c.text:
		case !valid:
			return &filter.Error{Reason: filter.ReasonDetector, Detail: "what is masked would be no header"}
		default:
			changes = append(changes, change{c, masked})
		}
	}
	if signed && len(changes) > 0 {
		if h.Signed != policyPass {
			return &filter.Error{Reason: filter.ReasonSigned}
		}
		for _, report := range reports {
			h.metrics.inspected(d, kept(report), outcomeSigned)
		}
		return nil
	}
	for _, c := range changes {
		c.put(c.masked)
		x.rewrote = x.rewrote || d == request
	}
	for _, report := range reports {
		h.metrics.inspected(d, report, string(report.Outcome))
		x.note(ctx, d, report)
	}
	return nil
}

// inspectCarriers runs all parts through the filter at the same time, so that
// they meet in one batch of the model.
func (x *exchange) inspectCarriers(ctx context.Context, carriers []*carrier) ([]filter.Report, *filter.Error) {
	type job struct {
		*carrier
		part   int
		report filter.Report
	}
	var jobs []*job
	for _, c := range carriers {
		for i := range c.parts {
			jobs = append(jobs, &job{carrier: c, part: i})
		}
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(16)
	for _, j := range jobs {
		group.Go(func() error {
			res, stopped := x.inspect(ctx, j.message(j.part))
			if stopped != nil {
				return stopped
			}
			j.masked[j.part], j.report = string(res.Body), res.Report
			j.report.Format = j.format
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, stopReason(err)
	}
	reports := make([]filter.Report, len(jobs))
	for i, j := range jobs {
		reports[i] = j.report
	}
	return reports, nil
}

// isPresigned says whether the query of a URL carries a signature over the
// rest of it: AWS, Google, Azure, CloudFront.
func isPresigned(u *url.URL) bool {
	q := u.Query()
	return q.Has("X-Amz-Signature") || q.Has("X-Goog-Signature") || q.Has("sig") && q.Has("se") ||
		q.Has("Signature") && (q.Has("Expires") || q.Has("Key-Pair-Id"))
}
