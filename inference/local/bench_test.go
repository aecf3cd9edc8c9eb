//go:build cgo && (linux || darwin)

package local

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// benchModelEnv lets the benchmarks run another model than embedded-full.
const benchModelEnv = "PRIVACY_FILTER_BENCH_MODEL"

func benchOptions(b *testing.B) Options {
	b.Helper()
	return Options{Model: cmp.Or(os.Getenv(benchModelEnv), EmbeddedFull), CacheBytes: -1}
}

// mixedTexts are like the strings of API traffic: most are short, some fill a
// window, a few take several.
func mixedTexts() []string {
	sentences := []string{
		"Hi, this is Elena Markovic, call me on +1 628 219 4407. ",
		"The build failed again because the cache was cold; see the log for details. ",
		"Please ship it to 12 Baker Street, London NW1 6XE before Friday. ",
		"func main() { fmt.Println(\"hello\") } // nothing to see here\n",
		"Our meeting was moved to room 4, bring the quarterly numbers with you. ",
	}
	random := rand.New(rand.NewPCG(1, 2))
	var texts []string
	for _, n := range slices.Concat(
		slices.Repeat([]int{1}, 40), slices.Repeat([]int{3}, 16),
		slices.Repeat([]int{12}, 6), []int{60}) {
		var text strings.Builder
		// No two are equal: equal ones in flight would be detected once.
		fmt.Fprintf(&text, "Item %d. ", len(texts))
		for range n {
			text.WriteString(sentences[random.IntN(len(sentences))])
		}
		texts = append(texts, text.String())
	}
	return texts
}

// BenchmarkServiceAgainstBareRuntime runs the same texts through Detect, from
// 32 clients that send one text each, and through ONNX Runtime alone, with
// windows tokenised, sorted by length and batched beforehand. Both are done
// in turn. On a machine that is busy with other work look at the ratio of
// processor time, which does not see time lost in waiting.
func BenchmarkServiceAgainstBareRuntime(b *testing.B) {
	o := benchOptions(b)
	texts := mixedTexts()
	bare := newBareLoop(b, o, texts)
	service := openModel(b, o)
	detectAll(b, service, texts)
	bare.run(b)

	var inService, inBare spent
	for b.Loop() {
		start := now(b)
		detectAll(b, service, texts)
		middle := now(b)
		bare.run(b)
		end := now(b)
		inService.add(start, middle)
		inBare.add(middle, end)
	}
	tokens := float64(bare.tokens * b.N)
	b.ReportMetric(tokens/inService.wall.Seconds(), "service-tokens/s")
	b.ReportMetric(tokens/inBare.wall.Seconds(), "bare-tokens/s")
	b.ReportMetric(100*inBare.wall.Seconds()/inService.wall.Seconds(), "%-of-bare")
	b.ReportMetric(100*inBare.cpu.Seconds()/inService.cpu.Seconds(), "%-of-bare-cpu")
	b.ReportMetric(0, "ns/op")
}

// spent is time that passed and time that processors worked for us.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(from, to spent) {
	s.wall += to.wall - from.wall
	s.cpu += to.cpu - from.cpu
}

var epoch = time.Now()

func now(b *testing.B) spent {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return spent{time.Since(epoch), time.Duration(usage.Utime.Nano() + usage.Stime.Nano())}
}

func detectAll(b *testing.B, s *inference.Service, texts []string) {
	const clients = 32
	next := make(chan string)
	var wg sync.WaitGroup
	for range clients {
		wg.Go(func() {
			for text := range next {
				if _, err := s.Detect(context.Background(), []pii.Segment{{Text: text}}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, text := range texts {
		next <- text
	}
	close(next)
	wg.Wait()
}

// bareLoop is ONNX Runtime with nothing around it.
type bareLoop struct {
	engine  *onnx.Engine
	batches []*inference.Batch
	logits  []float32
	tokens  int // of the texts: special tokens, halos and padding not counted
}

func newBareLoop(b *testing.B, o Options, texts []string) *bareLoop {
	p, engine := openBare(b, o)
	defer p.tokenizer.Close()
	labels := p.files.Config.Labels.Classes()
	l := &bareLoop{engine: engine}
	for _, rows := range group(l.windows(b, p, texts)) {
		batch := rectangle(rows, p, labels)
		l.batches = append(l.batches, batch)
		if size := len(batch.IDs) * labels; size > len(l.logits) {
			l.logits = make([]float32, size)
		}
	}
	return l
}

// openBare opens the engine of a model alone.
func openBare(b *testing.B, o Options) (*prepared, *onnx.Engine) {
	b.Helper()
	p, err := prepare(o)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := onnx.Open(p.model, p.files.Config.Labels.Classes(), onnx.Options{
		Threads: o.Threads, RowThreads: p.files.Config.RowThreads, Features: p.input,
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = engine.Close() })
	return p, engine
}

// bareRow is a window.
type bareRow struct{ ids, features []int64 }

// windows cuts as the service does: only what is inside a window counts.
func (l *bareLoop) windows(b *testing.B, p *prepared, texts []string) []bareRow {
	prefix, suffix := p.tokenizer.Specials()
	g := p.files.Config.Geometry
	var rows []bareRow
	for _, text := range texts {
		tokens, err := p.tokenizer.Encode(nil, text)
		if err != nil {
			b.Fatal(err)
		}
		l.tokens += len(tokens)
		for start := 0; ; start += g.Window - 2*g.Halo {
			end := min(start+g.Window, len(tokens))
			row := bareRow{ids: slices.Clone(prefix)}
			for _, t := range tokens[start:end] {
				row.ids = append(row.ids, t.ID)
			}
			row.ids = append(row.ids, suffix...)
			if p.features != nil {
				row.features = make([]int64, len(prefix)*p.input.Columns)
				row.features = p.features.Append(row.features, text, tokens, start, end)
				row.features = append(row.features, make([]int64, len(suffix)*p.input.Columns)...)
			}
			rows = append(rows, row)
			if end == len(tokens) {
				break
			}
		}
	}
	return rows
}

// group sorts rows by length and fills batches of up to 2,048 tokens.
func group(rows []bareRow) (groups [][]bareRow) {
	const budget = 2048
	slices.SortFunc(rows, func(a, b bareRow) int { return cmp.Compare(len(a.ids), len(b.ids)) })
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && (n+1)*len(rows[n].ids) <= budget {
			n++
		}
		groups, rows = append(groups, rows[:n]), rows[n:]
	}
	return groups
}

func rectangle(rows []bareRow, p *prepared, labels int) *inference.Batch {
	b := &inference.Batch{Rows: len(rows), Cols: len(rows[len(rows)-1].ids), Labels: labels, Columns: p.input.Columns}
	for _, row := range rows {
		n, padding := len(row.ids), b.Cols-len(row.ids)
		b.IDs = append(append(b.IDs, row.ids...), slices.Repeat([]int64{p.files.Config.PadID}, padding)...)
		b.Mask = append(append(b.Mask, slices.Repeat([]int64{1}, n)...), make([]int64, padding)...)
		b.Features = append(append(b.Features, row.features...), make([]int64, padding*b.Columns)...)
	}
	return b
}

func (l *bareLoop) run(b *testing.B) {
	for _, batch := range l.batches {
		if err := l.engine.Run(context.Background(), batch, l.logits[:len(batch.IDs)*batch.Labels]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDetectShort is the latency of one sentence on an idle service.
func BenchmarkDetectShort(b *testing.B) {
	service := openModel(b, benchOptions(b))
	segments := []pii.Segment{{Text: mixedTexts()[0]}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := service.Detect(context.Background(), segments); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkOpen is what a start, or a reload that changes the model, waits for.
func BenchmarkOpen(b *testing.B) {
	o := benchOptions(b)
	for b.Loop() {
		s, err := Open(context.Background(), o)
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
