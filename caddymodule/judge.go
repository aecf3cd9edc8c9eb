package caddymodule

import (
	"context"
	"net/http"
	"time"

	"github.com/caddyserver/caddy/v2"
	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// judge inspects one whole body and applies what the site decided about
// failures (on_error) and signatures (signed). It counts what passes; what it
// stops is counted where it is refused.
func (x *exchange) judge(ctx context.Context, d direction, head http.Header, raw []byte) (filter.Result, *filter.Error) {
	h := x.handler
	working := h.app.budget.Reserve()
	defer working.Release()
	if !working.Grow(h.workingSize(head, len(raw))) {
		return filter.Result{}, errBudget
	}
	start := time.Now()
	res, stopped := x.inspect(ctx, x.message(d, head, raw))
	h.metrics.took(d, len(raw), time.Since(start))
	unmasked := filter.Result{Body: raw, Report: res.Report}
	switch {
	case stopped != nil && h.opens(stopped.Reason):
		h.opened(d, stopped)
		return unmasked, nil
	case stopped != nil:
		return filter.Result{}, stopped
	case res.Changed && isSigned(head):
		if h.Signed != policyPass {
			return filter.Result{}, &filter.Error{Reason: filter.ReasonSigned}
		}
		h.metrics.inspected(d, kept(res.Report), outcomeSigned)
		return unmasked, nil
	case res.Changed && !x.memory.Grow(int64(len(res.Body))):
		return filter.Result{}, errBudget
	}
	h.metrics.inspected(d, res.Report, string(res.Report.Outcome))
	x.note(ctx, d, res.Report)
	if res.Changed {
		h.logMasked(d, res.Report)
	}
	return res, nil
}

// opened counts a body that passes although the filter would stop it. Monitor
// counts what would have been.
func (h *Handler) opened(d direction, stopped *filter.Error) {
	if h.Monitor {
		h.metrics.stopped(d, stopped.Reason)
		return
	}
	h.metrics.opened(d)
	h.logger.Warn("body passed unmasked: on_error open",
		zap.String("direction", string(d)), zap.String("reason", string(stopped.Reason)))
}

// passed counts a body that passes unread. Under monitor it may be one that
// the policy would have stopped.
func (h *Handler) passed(d direction, format string) {
	if h.Monitor && h.Unsupported != policyPass && format != string(body.Inert) {
		h.metrics.stopped(d, filter.ReasonUnsupported)
		return
	}
	h.metrics.passed(d, format)
}

// workingSize estimates, in bytes, what the filter takes while it looks at a
// body: its text once more, and all that a content coding may unpack.
func (h *Handler) workingSize(head http.Header, length int) int64 {
	if !isCoded(head) {
		return int64(length)
	}
	return 2 * min(h.maxBody, max(1<<20, maxExpansion*int64(length)))
}

// maxExpansion is the ratio of output to input beyond which filter/body/coding
// refuses a body as a bomb.
const maxExpansion = 200

// noted is what placeholders say of a direction: its body and its targets.
type noted struct {
	outcome filter.Outcome
	masked  int
}

// note adds a report to what placeholders say.
func (x *exchange) note(ctx context.Context, d direction, report filter.Report) {
	x.noting.Lock() // a body that is streamed may end while the response begins
	defer x.noting.Unlock()
	if x.noted == nil {
		x.noted = make(map[direction]noted, 2)
	}
	n := x.noted[d]
	n.masked += sum(report.Masked)
	if n.outcome != filter.OutcomeMasked && (n.outcome != filter.OutcomeKept || report.Outcome == filter.OutcomeMasked) {
		n.outcome = report.Outcome
	}
	x.noted[d] = n
	note(ctx, d, string(n.outcome), n.masked)
}

func sum(counts map[pii.Category]int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}

// note leaves the outcome where other handlers and logs can use it.
func note(ctx context.Context, d direction, outcome string, masked int) {
	repl, ok := ctx.Value(caddy.ReplacerCtxKey).(*caddy.Replacer)
	if !ok {
		return
	}
	repl.Set("http.privacy_filter."+string(d)+".outcome", outcome)
	repl.Set("http.privacy_filter."+string(d)+".masked", masked)
}

// kept is a report in which nothing was masked after all.
func kept(report filter.Report) filter.Report {
	report.Masked = nil
	return report
}

// logMasked says how much was masked in one body: counts, never text (I7).
func (h *Handler) logMasked(d direction, report filter.Report) {
	entry := h.logger.Check(zap.DebugLevel, "body masked")
	if entry == nil {
		return
	}
	fields := []zap.Field{
		zap.String("direction", string(d)),
		zap.String("format", report.Format),
		zap.Int("segments", report.Segments),
	}
	for category, n := range report.Masked {
		fields = append(fields, zap.Int(string(closedCategory(category)), n))
	}
	entry.Write(fields...)
}

// refuse counts a stopped body, says so in the log, and answers for it.
func (h *Handler) refuse(w http.ResponseWriter, r *http.Request, d direction, stopped *filter.Error) error {
	h.tellStopped(r.Context(), d, stopped, statusOf(d, stopped.Reason))
	return h.answer(w, r, d, stopped)
}

// tellStopped counts a stopped body and says so in the log, with the status
// that its answer has.
func (h *Handler) tellStopped(ctx context.Context, d direction, stopped *filter.Error, status int) {
	h.metrics.stopped(d, stopped.Reason)
	note(ctx, d, string(stopped.Reason), 0)
	if entry := h.logger.Check(levelOf(stopped.Reason), "body stopped"); entry != nil {
		entry.Write(
			zap.String("direction", string(d)),
			zap.String("reason", string(stopped.Reason)),
			zap.String("detail", stopped.Detail),
			zap.Int("status", status),
		)
	}
}
