package local

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Measurement is how fast a model runs batches of one shape.
type Measurement struct {
	Rows            int     `json:"rows"`
	Tokens          int     `json:"tokens"` // of a row
	TokensPerSecond float64 `json:"tokens_per_second"`
	Seconds         float64 `json:"seconds"` // of one run, the fastest
}

// Speed is what Measure found.
type Speed struct {
	Engine       string        `json:"engine"`
	OpenSeconds  float64       `json:"open_seconds"` // until the session was built
	Measurements []Measurement `json:"measurements"`

	// MaxBatchTokens is the smallest batch that is nearly as fast as the
	// fastest: more only makes everybody wait longer.
	MaxBatchTokens int `json:"max_batch_tokens"`
}

// What batches are measured, as far as the model's windows allow them.
var (
	measuredTokens = []int{16, 64, 128, 256, 512, 1024, 2048, 4096}
	measuredRows   = []int{1, 4, 16, 64}
)

const (
	maxMeasured  = 16384 // tokens of a batch
	nearlyPeak   = 0.95
	minMeasuring = 400 * time.Millisecond
	minRuns      = 2
)

// Measure runs batches of random tokens in the model's own session, without
// queue, tokenizer and decoder, and calls each after every measurement. It
// takes from half a minute to several, as the model is fast.
func Measure(ctx context.Context, o Options, each func(Measurement)) (*Speed, error) {
	p, err := prepare(o)
	if err != nil {
		return nil, err
	}
	defer p.tokenizer.Close()
	start := time.Now()
	engine, err := p.open(ctx, o)
	if err != nil {
		return nil, err
	}
	s := &Speed{Engine: engine.Name(), OpenSeconds: time.Since(start).Seconds()}
	err = s.measure(ctx, engine, p, each)
	if err := errors.Join(err, engine.Close()); err != nil {
		return nil, fmt.Errorf("measuring the model: %w", err)
	}
	s.recommend()
	return s, nil
}

func (s *Speed) measure(ctx context.Context, engine inference.Engine, p *prepared, each func(Measurement)) error {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, tokens := range measuredTokens {
		if tokens > p.files.Config.Geometry.Window || tokens > p.files.Config.MaxPositions {
			break
		}
		for _, rows := range measuredRows {
			if rows*tokens > maxMeasured {
				break
			}
			m, err := timed(ctx, engine, p.randomBatch(rng, rows, tokens))
			if err != nil {
				return err
			}
			s.Measurements = append(s.Measurements, m)
			each(m)
		}
	}
	return nil
}

// randomBatch has no padding.
func (p *prepared) randomBatch(rng *rand.Rand, rows, tokens int) *inference.Batch {
	config, n := p.files.Config, rows*tokens
	b := &inference.Batch{Rows: rows, Cols: tokens, Labels: config.Labels.Classes(), IDs: make([]int64, n), Mask: make([]int64, n)}
	for i := range n {
		b.IDs[i], b.Mask[i] = rng.Int64N(int64(config.VocabSize)), 1
	}
	if p.features != nil {
		b.Columns = p.features.Columns()
		b.Features = make([]int64, n*b.Columns)
		for i := range b.Features {
			b.Features[i] = rng.Int64N(int64(p.features.Rows()))
		}
	}
	return b
}

// timed takes the fastest of several runs, after one that warms up.
func timed(ctx context.Context, engine inference.Engine, b *inference.Batch) (Measurement, error) {
	logits := make([]float32, b.Rows*b.Cols*b.Labels)
	var fastest, spent time.Duration
	for i := 0; i <= minRuns || spent < minMeasuring; i++ {
		start := time.Now()
		if err := engine.Run(ctx, b, logits); err != nil {
			return Measurement{}, err
		}
		took := time.Since(start)
		if i == 0 {
			continue
		}
		spent += took
		if fastest == 0 || took < fastest {
			fastest = took
		}
	}
	return Measurement{
		Rows: b.Rows, Tokens: b.Cols, Seconds: fastest.Seconds(),
		TokensPerSecond: float64(b.Rows*b.Cols) / fastest.Seconds(),
	}, nil
}

// recommend finds the knee of tokens a second over tokens of a batch.
func (s *Speed) recommend() {
	peak := 0.0
	for _, m := range s.Measurements {
		peak = max(peak, m.TokensPerSecond)
	}
	for _, m := range s.Measurements {
		if n := m.Rows * m.Tokens; m.TokensPerSecond >= nearlyPeak*peak && (s.MaxBatchTokens == 0 || n < s.MaxBatchTokens) {
			s.MaxBatchTokens = n
		}
	}
}
