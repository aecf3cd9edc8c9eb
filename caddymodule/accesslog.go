package caddymodule

import (
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

// accessEntry is the entry that Caddy's access log gets for a request whose URL
// or header was masked, in the place of its own.
//
// Caddy copies a request for its log before any handler runs, and nobody can
// change the copy: it would say what was masked. So the request is left out of
// the log there, and entered here, with the same fields. Three of them are as
// this handler sees them: the size and the duration end here, inside of what
// encode adds, and what log_append adds is missing.
type accessEntry struct {
	loggers   []*zap.Logger
	request   *http.Request // a copy, as masked
	recorder  caddyhttp.ResponseRecorder
	bytesRead int64
	secrets   bool // headers with credentials are shown
}

// takeAccessEntry prepares the entry, and keeps Caddy from making its own. It
// returns nil if the request is not logged. hidden says that nothing could be
// masked, so that what is targeted must not be shown.
func (h *Handler) takeAccessEntry(w http.ResponseWriter, r *http.Request, bytesRead int64, hidden bool) *accessEntry {
	server, _ := r.Context().Value(caddyhttp.ServerCtxKey).(*caddyhttp.Server)
	recorder := serverRecorder(w)
	if h.accessLog == nil || server == nil || recorder == nil || !logsRequest(server.Logs, r) {
		return nil
	}
	if skip, ok := caddyhttp.GetVar(r.Context(), caddyhttp.LogSkipVar).(bool); ok && skip {
		return nil
	}
	caddyhttp.SetVar(r.Context(), caddyhttp.LogSkipVar, true)
	e := &accessEntry{
		request: r.Clone(r.Context()), recorder: recorder, bytesRead: max(0, bytesRead), secrets: server.Logs.ShouldLogCredentials,
	}
	for _, name := range loggerNames(server.Logs, r) {
		logger := h.accessLog
		if name != "" {
			logger = logger.Named(name)
		}
		e.loggers = append(e.loggers, logger)
	}
	if original, ok := r.Context().Value(caddyhttp.OriginalRequestCtxKey).(http.Request); ok {
		e.request.RequestURI = original.RequestURI
	}
	if hidden {
		e.request.RequestURI = "<REDACTED>"
		for _, name := range slices.Concat(h.Targets.Headers, repeated, []string{"Cookie"}) {
			delete(e.request.Header, name)
		}
	}
	return e
}

// write makes the entry, as caddyhttp.Server does.
func (e *accessEntry) write(err error) {
	ctx := e.request.Context()
	status := e.recorder.Status()
	if status == 0 && err != nil {
		status = http.StatusInternalServerError
		if he, ok := errors.AsType[caddyhttp.HandlerError](err); ok {
			status = he.StatusCode
		}
	}
	level := zapcore.InfoLevel
	if status >= 500 {
		level = zapcore.ErrorLevel
	}
	if name, ok := caddyhttp.GetVar(ctx, caddyhttp.LogLevelVar).(string); ok {
		if wanted, err := zapcore.ParseLevel(name); err == nil && wanted >= zapcore.DebugLevel && wanted <= zapcore.ErrorLevel {
			level = wanted
		}
	}
	user := ""
	if repl, ok := ctx.Value(caddy.ReplacerCtxKey).(*caddy.Replacer); ok {
		user, _ = repl.GetString("http.auth.user.id")
	}
	var took time.Duration
	if start, ok := caddyhttp.GetVar(ctx, "start_time").(time.Time); ok {
		took = time.Since(start)
	}
	for _, logger := range e.loggers {
		if entry := logger.Check(level, "handled request"); entry != nil {
			entry.Write(
				zap.Object("request", caddyhttp.LoggableHTTPRequest{Request: e.request, ShouldLogCredentials: e.secrets}),
				zap.Int64("bytes_read", e.bytesRead),
				zap.String("user_id", user),
				zap.Duration("duration", took),
				zap.Int("size", e.recorder.Size()),
				zap.Int("status", status),
				zap.Object("resp_headers", caddyhttp.LoggableHTTPHeader{Header: e.recorder.Header(), ShouldLogCredentials: e.secrets}),
			)
		}
	}
}

// serverRecorder finds what the server counts with: the outermost recorder.
func serverRecorder(w http.ResponseWriter) (recorder caddyhttp.ResponseRecorder) {
	for w != nil {
		if found, ok := w.(caddyhttp.ResponseRecorder); ok {
			recorder = found
		}
		inner, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			break
		}
		w = inner.Unwrap()
	}
	return recorder
}

// logsRequest says whether a server has an access log for a request.
func logsRequest(logs *caddyhttp.ServerLogConfig, r *http.Request) bool {
	if logs == nil {
		return false
	}
	for _, host := range hostForms(r) {
		if _, ok := logs.LoggerNames[host]; ok {
			return true
		}
	}
	for _, host := range hostForms(r) {
		if slices.ContainsFunc(logs.SkipHosts, func(skipped string) bool { return strings.EqualFold(skipped, host) }) {
			return false
		}
	}
	return !logs.SkipUnmappedHosts
}

// loggerNames are the names of the access logs of a request.
func loggerNames(logs *caddyhttp.ServerLogConfig, r *http.Request) (names []string) {
	if set, ok := caddyhttp.GetVar(r.Context(), caddyhttp.AccessLoggerNameVarKey).([]any); ok {
		for _, name := range set {
			if name, ok := name.(string); ok {
				names = append(names, name)
			}
		}
		return names
	}
	for _, host := range hostForms(r) {
		if names, ok := logs.LoggerNames[host]; ok {
			return names
		}
	}
	return []string{logs.DefaultLoggerName}
}

// hostForms are the host of a request and the wildcards that cover it, as
// servers look for them: a.b.c, *.b.c, *.*.c, *.*.*.
func hostForms(r *http.Request) []string {
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	host = strings.ToLower(host)
	forms := []string{host}
	labels := strings.Split(host, ".")
	for i := range labels {
		if labels[i] != "" {
			labels[i] = "*"
			forms = append(forms, strings.Join(labels, "."))
		}
	}
	return forms
}
