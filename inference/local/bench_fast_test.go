//go:build cgo && (linux || darwin)

package local

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// BenchmarkFastAgainstEmbedded runs both embedded models in turn on one thread:
// batches of 8 rows of 128 tokens through the engines, and the same texts
// through the services, which is what a user gets and counts characters, since
// their tokens are not alike.
//
//	go test -run '^$' -bench FastAgainstEmbedded -benchtime 20x ./inference/local
func BenchmarkFastAgainstEmbedded(b *testing.B) {
	models := []string{EmbeddedFull, EmbeddedFast}
	const rows, cols = 8, 128
	text := strings.Join(mixedTexts(), "\n")
	segments := []pii.Segment{{Text: text}}
	engines, services := make([]func(), 2), make([]func(), 2)
	memory := make([]float64, 2)
	for i, model := range models {
		o := Options{Model: model, Threads: 1, CacheBytes: -1}
		before := residentBytes(b)
		s := openModel(b, o)
		detect := func() {
			if _, err := s.Detect(context.Background(), segments); err != nil {
				b.Fatal(err)
			}
		}
		detect()
		memory[i] = residentBytes(b) - before
		services[i] = detect
		engines[i] = engineLoop(b, o, rows, cols)
	}
	inEngine, inService := make([]spent, 2), make([]spent, 2)
	for b.Loop() {
		for i := range models {
			start := now(b)
			engines[i]()
			middle := now(b)
			services[i]()
			inEngine[i].add(start, middle)
			inService[i].add(middle, now(b))
		}
	}
	runs := float64(b.N)
	for i, name := range []string{"embedded", "fast"} {
		b.ReportMetric(runs*rows*cols/inEngine[i].cpu.Seconds(), name+"-tokens/cpu-s")
		b.ReportMetric(runs*float64(len(text))/inService[i].cpu.Seconds(), name+"-chars/cpu-s")
		b.ReportMetric(memory[i]/1e6, name+"-MB")
	}
	b.ReportMetric(inEngine[0].cpu.Seconds()/inEngine[1].cpu.Seconds(), "x-tokens")
	b.ReportMetric(inService[0].cpu.Seconds()/inService[1].cpu.Seconds(), "x-chars")
	b.ReportMetric(0, "ns/op")
}

// engineLoop is one run of a batch without padding.
func engineLoop(b *testing.B, o Options, rows, cols int) func() {
	p, engine := openBare(b, o)
	b.Cleanup(func() { _ = p.tokenizer.Close() })
	random := rand.New(rand.NewPCG(3, 4))
	labels := p.files.Config.Labels.Classes()
	batch := &inference.Batch{Rows: rows, Cols: cols, Labels: labels, Columns: p.input.Columns}
	for range rows * cols {
		batch.IDs = append(batch.IDs, random.Int64N(int64(p.files.Config.VocabSize)))
		batch.Mask = append(batch.Mask, 1)
		for range batch.Columns {
			batch.Features = append(batch.Features, random.Int64N(int64(p.features.Rows())))
		}
	}
	logits := make([]float32, rows*cols*labels)
	return func() {
		if err := engine.Run(context.Background(), batch, logits); err != nil {
			b.Fatal(err)
		}
	}
}

// residentBytes is the memory of this process, where the system tells.
func residentBytes(b *testing.B) float64 {
	raw, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := bytes.Cut(raw, []byte("VmRSS:"))
	kilobytes, err := strconv.Atoi(string(bytes.Fields(rest)[0]))
	if err != nil {
		b.Fatal(err)
	}
	return float64(kilobytes) * 1024
}
