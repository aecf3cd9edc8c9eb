package inference_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// instant is an engine that costs nothing: what remains is ours.
type instant struct{ inference.Engine }

func (instant) Run(_ context.Context, b *inference.Batch, logits []float32) error {
	clear(logits)
	for t := range b.Rows * b.Cols {
		logits[t*b.Labels] = 9
	}
	return nil
}

// BenchmarkService measures everything around the engine: tokenizing with the
// scripted tokenizer, queue, batches, decoding.
func BenchmarkService(b *testing.B) {
	for _, callers := range []int{1, 32} {
		for _, words := range []int{20, 60} {
			b.Run(fmt.Sprintf("%d callers, %d tokens", callers, words), func(b *testing.B) {
				m := inferencetest.NewModel(nil)
				o := m.Options()
				o.Engine, o.CacheBytes, o.QueueJobs = instant{m.Engine}, -1, 1<<20
				s := inferencetest.Service(b, o)
				b.SetParallelism(callers)
				b.ReportAllocs()
				b.ResetTimer()
				b.RunParallel(func(pb *testing.PB) {
					// Texts of different callers differ, or they would share
					// one flight.
					text := []pii.Segment{{Text: strings.Repeat("word ", words-1) + fmt.Sprintf("%p", pb)}}
					for pb.Next() {
						if _, err := s.Detect(context.Background(), text); err != nil {
							b.Error(err)
						}
					}
				})
				got := s.Stats()
				b.ReportMetric(float64(got.Rows)/float64(got.Batches), "rows/batch")
				b.ReportMetric(float64(got.Tokens)/b.Elapsed().Seconds(), "tokens/s")
			})
		}
	}
}
