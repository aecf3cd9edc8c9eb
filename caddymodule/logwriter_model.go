package caddymodule

import (
	"context"
	"sync"
	"time"

	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/logs"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// loadAgain is how long a model that did not load is left alone.
const loadAgain = 30 * time.Second

// logModel loads the model of a log writer with the first entry, and not when
// the log is opened, which validating a configuration does too. It comes from
// the pool of the process, so it is the one of a handler that asks for the same.
type logModel struct {
	options local.Options
	point   string

	mu      sync.Mutex
	model   *appModel     // loaded, or nil
	loading chan struct{} // closed when loading has ended; nil before the first time
	again   time.Time     // not before that
	closed  bool
}

// Acquire implements logs.Model.
func (m *logModel) Acquire(ctx context.Context) (pii.Detector, func(), error) {
	loading, ok := m.load()
	if !ok {
		return nil, nil, pii.ErrNotReady
	}
	select {
	case <-loading:
	case <-ctx.Done():
		return nil, nil, pii.ErrNotReady
	}
	m.mu.Lock()
	model := m.model
	m.mu.Unlock()
	if model == nil {
		return nil, nil, pii.ErrDetector
	}
	return model.acquire(ctx, m.point)
}

// load starts to load the model, unless it is loaded, being loaded or has just
// failed to.
func (m *logModel) load() (loading <-chan struct{}, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, false
	}
	if m.model == nil && (m.loading == nil || ended(m.loading)) && !time.Now().Before(m.again) {
		done := make(chan struct{})
		m.loading = done
		go m.hold(done)
	}
	return m.loading, true
}

func ended(done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	default:
		return false
	}
}

// hold loads the model. It logs nothing: the log may be what waits for it.
func (m *logModel) hold(done chan<- struct{}) {
	defer close(done)
	model := &appModel{options: m.options, ready: make(chan struct{})}
	err := model.hold(zap.NewNop())
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case err != nil:
		m.again = time.Now().Add(loadAgain)
	case m.closed:
		_ = model.release()
	default:
		m.model = model
	}
}

// Close implements logs.Model.
func (m *logModel) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	if m.model == nil {
		return nil
	}
	return m.model.release()
}

// Interface guard
var _ logs.Model = (*logModel)(nil)
