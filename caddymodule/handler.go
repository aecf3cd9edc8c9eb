package caddymodule

import (
	"fmt"
	"net/http"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/caddyprivacy/privacyfilter/filter"
)

func init() {
	caddy.RegisterModule(new(Handler))
}

// What the two directions may be set to.
const (
	modeMask = "mask"
	modeOff  = "off"
)

// What on_error may be set to.
const (
	onErrorClose = "close"
	onErrorOpen  = "open"
)

// Handler masks personal data in the bodies of requests and responses. A body
// it was asked to inspect is masked, or it does not pass.
//
// The zero value is right for most sites: both directions, rules and model,
// every category replaced by its name, and refusal of whatever cannot be
// read.
//
// Place it outside of what produces the response; the Caddyfile directive is
// ordered after encode. Responses of handle_errors routes do not come through
// it: put a privacy_filter into those routes too.
//
// While responses are masked, Range is not served (the answer is the whole
// body), and Accept-Encoding is cut down to the codings the filter reads.
// Validators and digests stay with bodies that did not change and are dropped
// from those that did. Trailers are masked like bodies. Responses that are
// streams (text/event-stream, JSON lines, and JSON lists and plain text of
// unknown length) leave piece by piece, and WebSockets are masked message by
// message; other requests to switch protocols are unsupported, and an offer of
// h2c is declined.
//
// These placeholders are set for bodies that were inspected or stopped:
//
// Placeholder | Description
// ------------|-------------
// `{http.privacy_filter.request.outcome}` | clean, masked or kept, or the reason why it was stopped
// `{http.privacy_filter.request.masked}` | how many values were masked
// `{http.privacy_filter.response.outcome}` | the same for the response
// `{http.privacy_filter.response.masked}` | the same for the response
type Handler struct {
	// Options by the name of what they are good for: llm, code, logs or
	// strict. Options that are set beside it win. Default: none.
	Preset string `json:"preset,omitempty"`

	// What to do with request bodies: mask (the default) or off.
	Request string `json:"request,omitempty"`

	// What to do with response bodies: mask (the default) or off.
	Response string `json:"response,omitempty"`

	Policy

	// What is inspected beside bodies: parts of the URL, headers, cookies.
	Targets *Targets `json:"targets,omitempty"`

	// The model of this handler, if it is not that of the app. The same
	// names are known. Placeholders are supported.
	Model string `json:"model,omitempty"`

	// The largest body that is read, in bytes before any content coding. Of
	// a stream it is what may be held back at once, of a WebSocket the
	// largest message.
	// Default: 10 MiB.
	MaxBody int64 `json:"max_body,omitempty"`

	// How long a stream may be in all, in bytes, as transferred and without
	// its content coding; of a WebSocket, each direction as transferred. A
	// longer one is aborted.
	// Default: no limit, since what a stream holds in memory has one.
	MaxStream int64 `json:"max_stream,omitempty"`

	// What to do with types that cannot be read: block (the default) or
	// pass. What passes is counted.
	Unsupported filter.Unsupported `json:"unsupported,omitempty"`

	// What to do with pictures, as bodies, parts of bodies and base64 in
	// values: redact, which reads them and paints over what is personal, block,
	// or pass. Default: whole pictures and parts are types that cannot be read,
	// and those in base64 pass unseen.
	Images string `json:"images,omitempty"`

	// What to do when the filter itself fails, is overloaded or too slow:
	// close (the default) or open, which lets the body pass unmasked.
	OnError string `json:"on_error,omitempty"`

	// What to do with signed bodies that would have to be changed: block
	// (the default) or pass, which lets them pass unmasked.
	Signed filter.Unsupported `json:"signed,omitempty"`

	// How long the filter may take for one body, and how long it waits for
	// a body that does not arrive. Default: the deadline of the queue.
	Deadline caddy.Duration `json:"deadline,omitempty"`

	// Decide and count, but change nothing: bodies are held back as long as
	// it takes to count, and pass as they came. What would have been stopped
	// is counted under its reason.
	Monitor bool `json:"monitor,omitempty"`

	// Find with rules alone. The model is not loaded for this handler.
	RulesOnly bool `json:"rules_only,omitempty"`

	app     *App
	model   *appModel // nil with rules alone
	filter  *filter.Filter
	logger  *zap.Logger
	metrics *handlerMetrics

	accessLog *zap.Logger // Caddy's; nil without targets

	deadline time.Duration
	maxBody  int64
}

// CaddyModule returns the Caddy module information.
func (*Handler) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "http.handlers.privacy_filter",
		New: func() caddy.Module { return new(Handler) },
	}
}

// Provision checks the policy and finds the app. It loads nothing.
func (h *Handler) Provision(ctx caddy.Context) error {
	if err := metrics.register(ctx.GetMetricsRegistry()); err != nil {
		return fmt.Errorf("registering metrics: %w", err)
	}
	app, err := ctx.App(appName)
	if err != nil {
		return err
	}
	if h.Targets != nil {
		h.accessLog = ctx.Logger(new(caddyhttp.App)).Named("log.access")
	}
	return h.provision(app.(*App), ctx.Logger())
}

// provision prepares the handler for an app.
func (h *Handler) provision(app *App, logger *zap.Logger) error {
	h.app, h.logger, h.metrics = app, logger, metrics
	preset, err := presetOf(h.Preset)
	if err != nil {
		return err
	}
	h.apply(preset)
	if h.Targets != nil {
		if err := h.Targets.provision(h.Format); err != nil {
			return err
		}
	}
	h.deadline = time.Duration(h.Deadline)
	if h.deadline == 0 {
		h.deadline = h.app.deadline
		if h.Images == filter.ImagesRedact {
			h.deadline = max(h.deadline, pictureDeadline)
		}
	}
	h.maxBody = h.MaxBody
	if h.maxBody == 0 {
		h.maxBody = filter.DefaultMaxBody
	}
	policy, err := h.policy()
	if err != nil {
		return err
	}
	if h.filter, err = h.newFilter(policy); err != nil || h.RulesOnly || h.model != nil {
		return err
	}
	named, err := caddy.NewReplacer().ReplaceOrErr(h.Model, true, true)
	if err != nil {
		return fmt.Errorf("model: %w", err)
	}
	h.model, err = h.app.needModel(named, preset.model)
	return err
}

// ServeHTTP masks the request, runs the next handler and masks its response.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request, next caddyhttp.Handler) (err error) {
	masksRequest, masksResponse := h.Request != modeOff, h.Response != modeOff
	if !masksRequest && !masksResponse {
		return next.ServeHTTP(w, r)
	}
	declineH2C(r)
	tunnel, socket := wantsTunnel(r), isWebSocket(r)
	if tunnel && !socket && !h.passesUnsupported() {
		return h.refuse(w, r, request, &filter.Error{Reason: filter.ReasonUnsupported, Detail: "protocol switch"})
	}
	x, stopped := h.begin(r)
	if stopped != nil && h.opens(stopped.Reason) {
		h.opened(request, stopped)
		return next.ServeHTTP(w, r)
	}
	if stopped != nil {
		return h.refuse(w, r, request, stopped)
	}
	defer x.end()
	if masksRequest {
		arriving := r.ContentLength
		stopped := x.filterURLAndHeader(r)
		if stopped != nil || x.rewrote {
			if entry := h.takeAccessEntry(w, r, arriving, stopped != nil); entry != nil {
				defer func() { entry.write(err) }()
			}
		}
		if stopped == nil {
			stopped = x.filterRequest(w, r)
		}
		if stopped != nil {
			return h.refuse(w, r, request, stopped)
		}
	}
	if !masksResponse && !socket {
		x.endLease()
		return next.ServeHTTP(w, r)
	}
	if masksResponse && !h.Monitor {
		askForWholeBodies(r.Header)
		offerReadableCodings(r.Header)
	}
	rw := x.newResponseWriter(w, r, tunnel && h.passesUnsupported())
	rw.unread = !masksResponse
	if socket {
		rw.openSocket()
	}
	return rw.respond(next)
}

// levelOf says how loud a stopped body is logged: the filter's own failures
// matter to whoever runs it, what clients send is their affair.
func levelOf(reason filter.Reason) zapcore.Level {
	switch reason {
	case filter.ReasonDetector:
		return zapcore.ErrorLevel
	case filter.ReasonOverload, filter.ReasonTimeout:
		return zapcore.WarnLevel
	default:
		return zapcore.InfoLevel
	}
}

// typeName names the type of a recovered value; the value stays unseen.
func typeName(v any) string { return fmt.Sprintf("%T", v) }

// Interface guards
var (
	_ caddy.Provisioner           = (*Handler)(nil)
	_ caddy.Validator             = (*Handler)(nil)
	_ caddyhttp.MiddlewareHandler = (*Handler)(nil)
)
