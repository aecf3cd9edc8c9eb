package main

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/hftokenizer"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
)

// bare is the upper bound: ONNX Runtime alone, fed from memory with the rows
// that the service would feed it, tokenised before the clock starts, sorted
// by length and packed into the fullest batches there are. It decodes
// nothing. No server can be faster with this model on this machine.
type bare struct {
	config    *inference.Config
	tokenizer *hftokenizer.Tokenizer
	engine    *onnx.Engine
}

// batchTokens is the service's default of MaxBatchTokens.
const batchTokens = 2048

func openBare(model string) (*bare, error) {
	files, err := readModel(model)
	if err != nil {
		return nil, err
	}
	b := &bare{config: files.Config}
	if b.tokenizer, err = hftokenizer.New(files.Tokenizer); err != nil {
		return nil, err
	}
	graph := onnx.Model{Path: files.ONNXPath()}
	if graph.Path == "" {
		if graph.Data, err = fs.ReadFile(files.FS, files.ONNX); err != nil {
			return nil, err
		}
	}
	b.engine, err = onnx.Open(graph, files.Config.Labels.Classes(), onnx.Options{})
	return b, err
}

func readModel(model string) (*inference.ModelFiles, error) {
	if embedded.Known(model) {
		return inference.ReadModelFS(embedded.FS(model), "")
	}
	return inference.ReadModelDir(model, "")
}

// rows are the texts as the engine will see them, and the number of tokens
// in them, halos and special tokens not counted.
func (b *bare) rows(texts []string) (rows [][]int64, tokens int, err error) {
	prefix, suffix := b.tokenizer.Specials()
	for _, text := range texts {
		encoded, err := b.tokenizer.Encode(nil, inference.Sanitize(text))
		if err != nil {
			return nil, 0, err
		}
		tokens += len(encoded)
		for k := range b.config.Geometry.Windows(len(encoded)) {
			w := b.config.Geometry.At(len(encoded), k)
			row := slices.Clone(prefix)
			for _, t := range encoded[w.Start:w.End] {
				row = append(row, t.ID)
			}
			rows = append(rows, append(row, suffix...))
		}
	}
	return rows, tokens, nil
}

// batches packs rows, longest first, so that a batch has little padding.
func (b *bare) batches(rows [][]int64) []*inference.Batch {
	slices.SortStableFunc(rows, func(x, y []int64) int { return len(y) - len(x) })
	var out []*inference.Batch
	for len(rows) > 0 {
		cols := len(rows[0])
		n := min(len(rows), max(1, batchTokens/cols))
		out = append(out, b.pack(rows[:n], cols))
		rows = rows[n:]
	}
	return out
}

func (b *bare) pack(rows [][]int64, cols int) *inference.Batch {
	batch := &inference.Batch{
		Rows: len(rows), Cols: cols, Labels: b.config.Labels.Classes(),
		IDs: make([]int64, len(rows)*cols), Mask: make([]int64, len(rows)*cols),
	}
	for i, row := range rows {
		for j := range cols {
			at := i*cols + j
			if j < len(row) {
				batch.IDs[at], batch.Mask[at] = row[j], 1
			} else {
				batch.IDs[at] = b.config.PadID
			}
		}
	}
	return batch
}

// run runs the texts and returns how many tokens they have and what it took.
func (b *bare) run(ctx context.Context, texts []string) (tokens int, took, cpu time.Duration, err error) {
	rows, tokens, err := b.rows(texts)
	if err != nil {
		return 0, 0, 0, err
	}
	batches := b.batches(rows)
	logits := make([]float32, batchTokens*4*b.config.Labels.Classes())
	start, before := time.Now(), ownCPU()
	for _, batch := range batches {
		need := batch.Rows * batch.Cols * batch.Labels
		if need > len(logits) {
			logits = make([]float32, need)
		}
		if err := b.engine.Run(ctx, batch, logits[:need]); err != nil {
			return 0, 0, 0, fmt.Errorf("running a batch: %w", err)
		}
	}
	return tokens, time.Since(start), ownCPU() - before, nil
}

func (b *bare) close() {
	b.engine.Close()
	b.tokenizer.Close()
}
