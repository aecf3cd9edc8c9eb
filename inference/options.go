package inference

import (
	"errors"
	"fmt"
)

// DefaultCacheBytes bounds the span cache where Options do not.
const DefaultCacheBytes = 64 << 20

// Options configure a Service. Config, Tokenizer and Engine are required.
type Options struct {
	Config *Config           // of the model; see ModelFiles
	Biases Biases            // of the decoder, in nats; see ModelFiles
	Points map[string]Biases // of other operating points, by name; see Service.At
	ID     string            // tells models apart, part of the cache key; see ModelFiles

	Tokenizer Tokenizer // owned by the Service once NewService succeeds
	Engine    Engine    // owned by the Service once NewService succeeds
	Features  Features  // of tokens, if the model's graph reads any; may be nil
	Second    *Second   // who reads again what this model doubts; may be nil

	MaxBatchTokens int   // padded tokens a Run; 0: 2,048, the knee of a CPU
	QueueTokens    int   // tokens admitted at once, halos included; 0: 131,072
	QueueJobs      int   // texts admitted at once; 0: 4,096
	CacheBytes     int64 // bound of the span cache; 0: 64 MiB, negative: no cache

	// OnEngineError, if set, is told the engine's own errors, which callers
	// of Detect never see: a native library may quote what it was given. It
	// is called from one goroutine and must neither block nor panic.
	OnEngineError func(error)
}

const (
	defaultBatchTokens = 2048
	defaultQueueTokens = 1 << 17
	defaultQueueJobs   = 1 << 12

	// areaPerToken bounds what dense attention costs: rows × cols² of a batch
	// is at most this times its tokens, so rows of up to 1,024 tokens are
	// bounded by tokens alone and longer ones by their square.
	areaPerToken = 1024
)

func (o *Options) setDefaults() error {
	switch {
	case o.Config == nil || o.Config.Labels == nil:
		return errors.New("the configuration of the model is missing")
	case o.Tokenizer == nil:
		return errors.New("the tokenizer is missing")
	case o.Engine == nil:
		return errors.New("the engine is missing")
	case o.Second != nil:
		if err := o.Second.check(); err != nil {
			return err
		}
	}
	for _, size := range []struct {
		name      string
		value     *int
		otherwise int
	}{
		{"MaxBatchTokens", &o.MaxBatchTokens, defaultBatchTokens},
		{"QueueTokens", &o.QueueTokens, defaultQueueTokens},
		{"QueueJobs", &o.QueueJobs, defaultQueueJobs},
	} {
		if *size.value < 0 {
			return fmt.Errorf("%s is negative", size.name)
		}
		if *size.value == 0 {
			*size.value = size.otherwise
		}
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = DefaultCacheBytes
	}
	return nil
}
