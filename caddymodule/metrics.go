package caddymodule

import (
	"errors"
	"slices"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Labels that are not formats or outcomes of the filter: bodies that never
// reached it. All label values come from closed sets (I7, I9).
const (
	formatStream  = "stream"  // an endless type
	formatUpgrade = "upgrade" // another protocol
	formatNone    = "none"    // stopped before it was read

	formatWebSocket = "websocket" // one direction of a connection

	outcomeOpened = "opened"      // on_error open let it pass unmasked
	outcomeSigned = "signed_pass" // signed pass let it pass unmasked

	categoryOther pii.Category = "other" // a category of a fine-tuned model
)

// handlerMetrics are the series of all handlers of the process. Caddy makes a
// registry for each configuration; the collectors are made once and join each
// registry in turn, so that counts go on over reloads.
type handlerMetrics struct {
	bodies   *prometheus.CounterVec   // direction, outcome, format
	found    *prometheus.CounterVec   // category, action
	bytes    *prometheus.CounterVec   // direction
	duration *prometheus.HistogramVec // direction

	logEntries *prometheus.CounterVec // outcome
}

var metrics = newHandlerMetrics()

func newHandlerMetrics() *handlerMetrics {
	const ns, sub = "caddy", "privacy_filter"
	return &handlerMetrics{
		bodies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: ns, Subsystem: sub, Name: "bodies_total",
			Help: "Bodies by what happened to them: an outcome or the reason why they were stopped.",
		}, []string{"direction", "outcome", "format"}),
		found: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: ns, Subsystem: sub, Name: "spans_total",
			Help: "Spans of personal data found, by category and whether they were masked or kept.",
		}, []string{"category", "action"}),
		bytes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: ns, Subsystem: sub, Name: "body_bytes_total",
			Help: "Bytes of bodies given to the filter, as transferred.",
		}, []string{"direction"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: ns, Subsystem: sub, Name: "duration_seconds",
			Help:    "Time the filter took for one body.",
			Buckets: prometheus.ExponentialBuckets(0.0001, 4, 10), // 0.1 ms to 26 s
		}, []string{"direction"}),
		logEntries: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: ns, Subsystem: sub, Name: "log_entries_total",
			Help: "Entries of Caddy's own logs by what happened to them in a log writer.",
		}, []string{"outcome"}),
	}
}

// register joins the registry of a new configuration. Several handlers share
// one; that they meet there is no error.
func (m *handlerMetrics) register(registry *prometheus.Registry) error {
	for _, c := range []prometheus.Collector{m.bodies, m.found, m.bytes, m.duration, m.logEntries, engineCollector{}} {
		var already prometheus.AlreadyRegisteredError
		if err := registry.Register(c); err != nil && !errors.As(err, &already) {
			return err
		}
	}
	return nil
}

// inspected counts a body that the filter has read.
func (m *handlerMetrics) inspected(d direction, report filter.Report, outcome string) {
	format := report.Format
	if format == "" {
		format = formatNone
	}
	m.bodies.WithLabelValues(string(d), outcome, format).Inc()
	m.spans(report)
}

// passed counts a body that passed unread.
func (m *handlerMetrics) passed(d direction, format string) {
	m.bodies.WithLabelValues(string(d), string(filter.OutcomeUninspected), format).Inc()
}

// stopped counts a body that did not pass.
func (m *handlerMetrics) stopped(d direction, reason filter.Reason) {
	m.bodies.WithLabelValues(string(d), string(reason), formatNone).Inc()
}

// opened counts a body that passed unmasked because the filter failed.
func (m *handlerMetrics) opened(d direction) {
	m.bodies.WithLabelValues(string(d), outcomeOpened, formatNone).Inc()
}

// took records the time and size of one run of the filter.
func (m *handlerMetrics) took(d direction, bytes int, elapsed time.Duration) {
	m.bytes.WithLabelValues(string(d)).Add(float64(bytes))
	m.duration.WithLabelValues(string(d)).Observe(elapsed.Seconds())
}

// spans counts what was found. A model may bring categories of its own; they
// share one label, since labels must come from a closed set.
func (m *handlerMetrics) spans(report filter.Report) {
	for category, n := range report.Found {
		label := string(closedCategory(category))
		masked := min(report.Masked[category], n)
		if masked > 0 {
			m.found.WithLabelValues(label, "masked").Add(float64(masked))
		}
		if kept := n - masked; kept > 0 {
			m.found.WithLabelValues(label, "kept").Add(float64(kept))
		}
	}
}

func closedCategory(category pii.Category) pii.Category {
	if slices.Contains(pii.Categories(), category) {
		return category
	}
	return categoryOther
}
