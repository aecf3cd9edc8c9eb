package inference

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Service is a pii.Detector over one model and one engine. It owns both, and
// a goroutine; Close ends them.
type Service struct {
	id        string
	config    *Config
	tokenizer Tokenizer
	features  Features // or nil
	engine    Engine
	geometry  Geometry
	prefix    []int64
	suffix    []int64

	points  map[string]*point
	cache   *cache
	flights flights
	door    admission
	queue   *queue
	leases  leases

	tokenizing chan struct{} // holds one for every Encode that runs
	tokens     sync.Pool     // of *[]Token
	jobs       sync.Pool     // of *job
	ahead      int           // windows of one text in the queue at once
	parallel   int           // texts of one call in work at once

	second  *Service // reads again what this one doubts, or nil; owned
	context int      // tokens around such a place that it is shown

	misses, rejected, readBytes, pieces, againBytes atomic.Int64
}

var _ pii.Detector = (*Service)(nil)

// NewService starts a Service. On an error the caller keeps the Tokenizer,
// the Engine and the second Service.
func NewService(o Options) (*Service, error) {
	if err := o.setDefaults(); err != nil {
		return nil, fmt.Errorf("starting inference: %w", err)
	}
	s := &Service{id: o.ID, config: o.Config, tokenizer: o.Tokenizer, features: o.Features, engine: o.Engine}
	s.prefix, s.suffix = o.Tokenizer.Specials()
	var err error
	if s.geometry, err = o.Config.Geometry.within(o.Config.MaxPositions, s.specials()); err != nil {
		return nil, fmt.Errorf("starting inference: %w", err)
	}
	if o.Second != nil {
		s.second, s.context = o.Second.Service, o.Second.Context
	}
	if s.points, err = newPoints(o, s.geometry); err != nil {
		return nil, fmt.Errorf("starting inference: %w", err)
	}
	s.cache = newCache(o.CacheBytes)
	s.door = admission{maxTokens: o.QueueTokens, maxTexts: o.QueueJobs}
	s.tokenizing = make(chan struct{}, runtime.GOMAXPROCS(0))

	// Two batches' worth: one runs while the next collects.
	s.ahead = max(2, 2*o.MaxBatchTokens/(s.geometry.Window+s.specials()))
	s.parallel = min(512, max(16, sharedBatches*o.MaxBatchTokens/32))

	s.leases.free = func() { s.queue.stop() }
	s.queue = &queue{
		engine:  o.Engine,
		former:  former{maxTokens: o.MaxBatchTokens, maxArea: o.MaxBatchTokens * areaPerToken},
		shape:   rowShape{padID: o.Config.PadID, classes: o.Config.Labels.Classes()},
		onError: o.OnEngineError,
		onStop:  s.free,
	}
	if o.Features != nil {
		s.queue.shape.columns = o.Features.Columns()
	}
	s.queue.start()
	return s, nil
}

func (s *Service) specials() int { return len(s.prefix) + len(s.suffix) }

// ID is Options.ID.
func (s *Service) ID() string { return s.id }

// Acquire takes a lease: the native session and tokenizer outlive it. ok is
// false once Close was called. release may be called more than once.
func (s *Service) Acquire() (release func(), ok bool) { return s.leases.acquire() }

// Close lets no new lease start. Engine and Tokenizer are freed when the last
// lease ends; Close waits for that only when no lease is out. It may be called
// more than once. It always returns nil.
func (s *Service) Close() error {
	if s.leases.close() {
		<-s.queue.stopped
	}
	return nil
}

// free runs on the queue's goroutine after its last batch, when no call is in
// progress.
func (s *Service) free() {
	closers := []interface{ Close() error }{s.engine, s.tokenizer}
	if s.second != nil {
		closers = append(closers, s.second)
	}
	for _, closer := range closers {
		if err := closer.Close(); err != nil {
			s.queue.report(err)
		}
	}
}

// Detect implements pii.Detector. It waits as long as ctx lets it, so ctx
// should have a deadline.
func (s *Service) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	return s.detect(ctx, s.points[PointDefault], segments)
}

func (s *Service) detect(ctx context.Context, p *point, segments []pii.Segment) ([][]pii.Span, error) {
	if !s.leases.enter() {
		return nil, pii.ErrNotReady
	}
	defer s.leases.release()
	return s.answer(ctx, s.call(p), segments)
}

// answer detects in segments for a call, whose lease keeps the Service open.
func (s *Service) answer(ctx context.Context, c *call, segments []pii.Segment) ([][]pii.Span, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	out := make([][]pii.Span, len(segments))
	var missed []missedText
	for i, segment := range segments {
		if isBlank(segment.Text) {
			continue
		}
		key := c.point.keyer.key(segment.Text)
		if spans, ok := s.cache.get(key); ok {
			out[i] = spans
			continue
		}
		missed = append(missed, missedText{i, key})
	}
	if err := s.detectMissed(ctx, c, segments, missed, out); err != nil {
		return nil, err
	}
	return out, nil
}

// missedText is a segment that the cache does not know.
type missedText struct {
	index int
	key   cacheKey
}

// detectMissed detects what was not in the cache, several texts at a time, so
// that they can share batches.
func (s *Service) detectMissed(ctx context.Context, c *call, segments []pii.Segment, missed []missedText, out [][]pii.Span) error {
	detect := func(ctx context.Context, m missedText) (err error) {
		out[m.index], err = s.detectKeyed(ctx, c, m.key, segments[m.index].Text)
		return err
	}
	switch len(missed) {
	case 0:
		return nil
	case 1:
		return detect(ctx, missed[0])
	}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(s.parallel)
	for _, m := range missed {
		if inner.Err() != nil {
			break
		}
		group.Go(func() error { return detect(inner, m) })
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return ctx.Err() // the loop may have ended early without an error
}

// detectKeyed shares the work on a text with whoever has the same one.
func (s *Service) detectKeyed(ctx context.Context, c *call, key cacheKey, text string) ([]pii.Span, error) {
	return s.flights.do(ctx, key, func() ([]pii.Span, error) {
		// Between the look into the cache and take-off another flight may
		// have landed.
		if spans, ok := s.cache.get(key); ok {
			return spans, nil
		}
		s.misses.Add(1)
		spans, err := s.detectText(ctx, c, text)
		if err != nil {
			return nil, err
		}
		s.cache.put(key, spans)
		return spans, nil
	})
}

// isBlank says whether a text is empty or nothing but white space.
func isBlank(text string) bool {
	for _, r := range text {
		if !isSpace(r) {
			return false
		}
	}
	return true
}
