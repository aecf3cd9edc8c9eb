package caddymodule

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// appModel is one of the models that the handlers of a configuration ask. Most
// configurations have one; handlers that name another, or whose preset does,
// bring it in. Handlers that want the same share it, and so do configurations
// (I8).
type appModel struct {
	options  local.Options
	fallback *appModel // asked where this one fails, or nil

	service *inference.Service // nil until the model is held
	key     modelID            // of service
	ready   chan struct{}      // closed when service is set
}

// needModel is told by a handler which model it will ask, or "" for the one of
// the app. A preset's wish counts only where nobody has named a model.
func (a *App) needModel(named, wish string) (*appModel, error) {
	options := a.options
	switch {
	case named != "" && named != options.Model:
		options.Model, options.Variant, options.Remote = named, "", nil
	case named == "" && a.Model == "" && embedded.Present(wish):
		options.Model = wish
	}
	m, err := a.addModel(options)
	if err != nil || a.Fallback == "" || m.fallback != nil {
		return m, err
	}
	options = a.options
	options.Model, options.Variant, options.Remote = a.Fallback, "", nil
	second, err := a.addModel(options)
	if err != nil {
		return nil, fmt.Errorf("fallback: %w", err)
	}
	if second != m {
		m.fallback = second
	}
	return m, nil
}

// addModel finds the model among those of the configuration, or checks it and
// adds it.
func (a *App) addModel(options local.Options) (*appModel, error) {
	key := modelID(local.Key(options))
	for _, m := range a.models {
		if m.key == key {
			return m, nil
		}
	}
	if err := local.Check(options); err != nil {
		return nil, fmt.Errorf("checking the model: %w", err)
	}
	m := &appModel{options: options, key: key, ready: make(chan struct{})}
	a.models = append(a.models, m)
	return m, nil
}

// hold loads the model, or takes a reference where it is loaded already.
func (m *appModel) hold(logger *zap.Logger) error {
	start := time.Now()
	service, key, kept, err := holdModel(m.options)
	if err != nil {
		return fmt.Errorf("loading the model: %w", err)
	}
	m.service, m.key = service, key
	close(m.ready)
	logger.Info("model is ready",
		zap.String("model", cmp.Or(m.options.Model, embedded.Default)),
		zap.String("engine", service.Stats().Engine),
		zap.Bool("kept", kept),
		zap.Duration("took", time.Since(start)))
	return nil
}

// release gives the model back, if it was held.
func (m *appModel) release() error {
	if m.service == nil {
		return nil
	}
	return releaseModel(m.key)
}

// points are the names of the operating points, as models have them.
var points = map[string]string{pointBalanced: inference.PointDefault, pointRecall: inference.PointRecall}

// at is the model at an operating point, or balanced if it has no such point.
func (m *appModel) at(point string) pii.Detector {
	if name := points[point]; name != "" && name != inference.PointDefault {
		if d, ok := m.service.At(name); ok {
			return d
		}
	}
	return m.service
}

// acquire leases the model at an operating point, and the one that answers for
// it. Caddy starts apps
// in random order, so the first requests may come before Start has run: they
// wait until ctx ends.
func (m *appModel) acquire(ctx context.Context, point string) (pii.Detector, func(), error) {
	select {
	case <-m.ready:
	default:
		select {
		case <-m.ready:
		case <-ctx.Done():
			return nil, nil, pii.ErrNotReady
		}
	}
	release, ok := m.service.Acquire()
	if !ok {
		return nil, nil, pii.ErrNotReady
	}
	if m.fallback == nil {
		return m.at(point), release, nil
	}
	second, releaseSecond, err := m.fallback.acquire(ctx, point)
	if err != nil {
		release()
		return nil, nil, err
	}
	return withFallback{m.at(point), second}, func() { release(); releaseSecond() }, nil
}

// withFallback asks a second model where the first one fails. A full queue and
// a passed deadline are no failures: a second model would only be late, too.
type withFallback struct{ first, second pii.Detector }

// Detect implements pii.Detector.
func (d withFallback) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	found, err := d.first.Detect(ctx, segments)
	if !errors.Is(err, pii.ErrDetector) || ctx.Err() != nil {
		return found, err
	}
	return d.second.Detect(ctx, segments)
}
