package inference

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Options configure a Service. Config, Tokenizer and Engine are required.
type Options struct {
	Config *Config // of the model; see ModelFiles
	Biases Biases  // of the decoder, in nats
	ID     string  // tells models apart, part of the cache key; ModelFiles.ID

	Tokenizer Tokenizer // owned by the Service once NewService succeeds
	Engine    Engine    // owned by the Service once NewService succeeds

	MaxBatchTokens int   // padded tokens a Run; 0: 2,048, the knee of a CPU
	QueueTokens    int   // tokens admitted at once, halos included; 0: 131,072
	QueueJobs      int   // texts admitted at once; 0: 4,096
	CacheBytes     int64 // bound of the span cache; 0: 64 MiB, negative: no cache

	// OnEngineError, if set, is told the engine's own errors, which callers
	// of Detect never see: a native library may quote what it was given. It
	// is called from one goroutine and must not block.
	OnEngineError func(error)
}

// Service is a pii.Detector over one model and one engine.
type Service struct{}

// NewService starts a Service. On an error the caller keeps the Tokenizer
// and the Engine.
func NewService(o Options) (*Service, error) { return nil, pii.ErrNotReady }

// Detect implements pii.Detector.
func (s *Service) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	return nil, pii.ErrNotReady
}

// Acquire takes a lease: the native session and tokenizer outlive it. ok is
// false once Close was called. release may be called more than once.
func (s *Service) Acquire() (release func(), ok bool) { return func() {}, false }

// Close lets no new lease start. Engine and Tokenizer are freed when the last
// lease ends; Close waits for that only when no lease is out. It may be called
// more than once.
func (s *Service) Close() error { return nil }

// SelfTest detects in a fixed sentence and fails when a model that knows
// persons, e-mail addresses or phone numbers finds none of them: a wrong
// graph or provider typically answers O everywhere.
func (s *Service) SelfTest(ctx context.Context) error { return nil }

// Stats returns a snapshot of the counters.
func (s *Service) Stats() Stats { return Stats{} }

// Stats are counters since the start, and gauges.
type Stats struct {
	Engine string // Engine.Name

	QueuedTokens  int64 // gauge: tokens of the texts admitted now
	QueuedJobs    int64 // gauge: texts admitted now
	QueuedWindows int64 // gauge: windows waiting for a batch

	Batches      int64 // runs of the engine
	Rows         int64 // windows run
	Tokens       int64 // tokens run, special tokens and halos included
	PaddedTokens int64 // padding run beside them

	CacheHits   int64
	CacheMisses int64
	CacheBytes  int64 // gauge

	Rejected  int64 // texts refused for overload
	Cancelled int64 // windows dropped before or while they ran
	Failed    int64 // windows the engine failed
}
