package caddymodule

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/caddyserver/caddy/v2"
	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/logs"
)

func init() {
	caddy.RegisterModule(new(LogWriter))
}

const logWriterName = "privacy_filter"

// LogWriter masks personal data in Caddy's own logs on their way to another log
// writer: URIs, headers and error texts of access logs, and whatever else
// entries hold. Every entry is masked, or written with every string redacted;
// none is written raw. Levels, times, names of loggers, statuses, durations and
// sizes stay.
//
// The options of preset logs are its defaults, with the model embedded-fast.
//
// Entries are queued and masked in batches, in their order. Until the model is
// loaded they wait; where the detector fails or is too slow they are redacted.
// A reload that changes neither these options nor the writer keeps the queue.
type LogWriter struct {
	// The log writer that gets the masked entries. Default: stderr.
	WriterRaw json.RawMessage `json:"writer,omitempty" caddy:"namespace=caddy.logging.writers inline_key=output"`

	Policy

	// The model: embedded-fast (the default), embedded, or a directory.
	// Placeholders are supported.
	Model string `json:"model,omitempty"`

	// Find with rules alone, without a model.
	RulesOnly bool `json:"rules_only,omitempty"`

	// The key of the hash action. Give it as {env.NAME} or {file./path}.
	Key string `json:"key,omitempty"`

	// What happens when the queue is full: redact (the default: what waits is
	// written at once with every string redacted), block (whoever logs waits,
	// which slows requests down), or drop (new entries are dropped and
	// counted).
	Full logs.Full `json:"full,omitempty"`

	// How many entries may wait; 4 KiB each are their bound in bytes. Default:
	// 8192.
	Queue int `json:"queue,omitempty"`

	// How long the filter may take for a batch, which is redacted then.
	// Default: 10s.
	Deadline caddy.Duration `json:"deadline,omitempty"`

	// How long what is queued is still inspected when the log is closed.
	// Default: 5s.
	Drain caddy.Duration `json:"drain,omitempty"`

	inner   caddy.WriterOpener
	filter  *filter.Filter
	options local.Options // of the model
	key     string        // of the writer
	held    bool          // what is open under the key
}

// CaddyModule returns the Caddy module information.
func (*LogWriter) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  "caddy.logging.writers." + logWriterName,
		New: func() caddy.Module { return new(LogWriter) },
	}
}

// Provision checks the options and provisions the writer below. It loads
// nothing. Logs come before apps: neither the app nor a logger is there yet.
func (l *LogWriter) Provision(ctx caddy.Context) error {
	if err := metrics.register(ctx.GetMetricsRegistry()); err != nil {
		return fmt.Errorf("registering metrics: %w", err)
	}
	l.inner = caddy.StderrWriter{}
	if l.WriterRaw != nil {
		module, err := ctx.LoadModule(l, "WriterRaw")
		if err != nil {
			return fmt.Errorf("loading the writer: %w", err)
		}
		l.inner = module.(caddy.WriterOpener)
	}
	if _, nested := l.inner.(*LogWriter); nested {
		return errors.New("output: privacy_filter does not write to itself")
	}
	repl := caddy.NewReplacer()
	key, err := repl.ReplaceOrErr(l.Key, true, true)
	if err != nil {
		return errors.New("key: a placeholder is unknown or empty") // the error quotes
	}
	if err := l.provisionFilter([]byte(key)); err != nil {
		return err
	}
	if !l.RulesOnly {
		if l.options.Model, err = repl.ReplaceOrErr(l.Model, true, true); err != nil {
			return fmt.Errorf("model: %w", err)
		}
		l.options.Model = cmp.Or(l.options.Model, presets["logs"].model)
		if err := local.Check(l.options); err != nil {
			return fmt.Errorf("checking the model: %w", err)
		}
	}
	l.key = l.writerKey(key)
	if _, discards := l.inner.(*caddy.DiscardWriter); discards {
		return nil
	}
	if err := holdLog(l.key, l.open); err != nil {
		return err
	}
	l.held = true
	return nil
}

// Cleanup lets go of what is open. The last configuration to do so waits until
// the queue is drained.
func (l *LogWriter) Cleanup() error {
	if !l.held {
		return nil
	}
	l.held = false
	return releaseLog(l.key)
}

func (l *LogWriter) provisionFilter(key []byte) error {
	l.apply(presets["logs"])
	policy, err := l.forFilter(key, func(category string) {
		caddy.Log().Named(appName).Warn("category is none of the built-in ones: only a model that knows it can find it",
			zap.String("category", category))
	})
	if err != nil {
		return err
	}
	policy.RulesOnly = l.RulesOnly
	policy.Skip = append(policy.Skip, logPaths...)
	l.filter, err = filter.New(filter.Options{Rules: l.ruleSet(), Policy: policy})
	return err
}

// logPaths are the fields of an entry that its encoder and the server write,
// and nobody else.
var logPaths = []string{
	"$.level", "$.ts", "$.logger", "$.caller", "$.status", "$.duration", "$.size", "$.bytes_read", "$.err_id",
	"$.traceID", "$.spanID", "$.request.remote_port", "$.request.tls.version", "$.request.tls.cipher_suite",
}

// writerKey identifies what is opened: a reload that changes nothing of it
// keeps the open writer.
func (l *LogWriter) writerKey(secret string) string {
	h := sha256.New()
	options := *l
	options.WriterRaw, options.Key = nil, secret
	// Maps are sorted, and no option fails to marshal.
	_ = json.NewEncoder(h).Encode(options)
	if !l.RulesOnly {
		_, _ = io.WriteString(h, local.Key(l.options))
	}
	return fmt.Sprintf("%s:%x:%s", logWriterName, h.Sum(nil), l.inner.WriterKey())
}

// Validate refuses what cannot be meant.
func (l *LogWriter) Validate() error {
	if err := l.Policy.validate(); err != nil {
		return err
	}
	switch {
	case l.Queue < 0:
		return errors.New("queue must not be negative")
	case l.Deadline < 0 || l.Drain < 0:
		return errors.New("neither deadline nor drain may be negative")
	}
	return checkChoices([]choice{
		{"full", string(l.Full), []string{string(logs.FullRedact), string(logs.FullBlock), string(logs.FullDrop)}},
	})
}

// String says where the entries go.
func (l *LogWriter) String() string { return logWriterName + " to " + l.inner.String() }

// WriterKey implements caddy.WriterOpener.
func (l *LogWriter) WriterKey() string { return l.key }

// OpenWriter implements caddy.WriterOpener.
func (l *LogWriter) OpenWriter() (io.WriteCloser, error) {
	if !l.held {
		return l.inner.OpenWriter() // which discards
	}
	return doorOf(l.key), nil
}

// open opens the writer below and starts masking. What it opens outlives the
// configuration, so it takes nothing of it along but values.
func (l *LogWriter) open() (*logs.Writer, error) {
	to, err := holdOutput(l.inner)
	if err != nil {
		return nil, fmt.Errorf("opening the writer: %w", err)
	}
	o := logs.Options{
		Filter:   l.filter,
		To:       to,
		Counter:  logCounter{metrics},
		Full:     l.Full,
		Queue:    l.Queue,
		Deadline: time.Duration(l.Deadline),
		Drain:    time.Duration(l.Drain),
	}
	if !l.RulesOnly {
		o.Model = &logModel{options: l.options, point: l.OperatingPoint}
	}
	w, err := logs.New(o)
	if err != nil {
		return nil, errors.Join(err, to.Close())
	}
	return w, nil
}

// logCounter counts entries in the metrics of the process.
type logCounter struct{ *handlerMetrics }

// Entries implements logs.Counter.
func (c logCounter) Entries(outcome logs.Outcome, n int) {
	c.logEntries.WithLabelValues(string(outcome)).Add(float64(n))
}

// Inspected implements logs.Counter.
func (c logCounter) Inspected(report filter.Report) { c.spans(report) }

// Interface guards
var (
	_ caddy.Provisioner  = (*LogWriter)(nil)
	_ caddy.Validator    = (*LogWriter)(nil)
	_ caddy.CleanerUpper = (*LogWriter)(nil)
	_ caddy.WriterOpener = (*LogWriter)(nil)
	_ logs.Counter       = logCounter{}
)
