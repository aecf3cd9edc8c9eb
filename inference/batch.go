package inference

import (
	"math"
	"slices"
)

// lookahead is how many of the oldest waiting windows a batch is chosen from.
const lookahead = 512

// former chooses which windows run together.
type former struct {
	maxTokens int // rows × cols of a batch, unless it is one window alone
	maxArea   int // rows × cols², what dense attention costs; likewise

	candidates []*job // scratch of the queue
	batch      []*job // scratch of form
}

// form picks a batch from windows in order of arrival. The oldest is always
// in it, so nobody starves behind a stream of windows of another length; the
// others are those whose lengths are closest to it, oldest first among equals,
// as long as tokens, attention and padding stay within bounds. The result is
// valid until the next call.
func (f *former) form(waiting []*job) []*job {
	f.batch = f.batch[:0]
	if len(waiting) == 0 {
		return nil
	}
	oldest := len(waiting[0].ids)
	rest := waiting[1:]
	slices.SortStableFunc(rest, func(a, b *job) int {
		return abs(len(a.ids)-oldest) - abs(len(b.ids)-oldest)
	})
	f.batch = append(f.batch, waiting[0])
	cols, tokens := oldest, oldest
	for _, j := range rest {
		rows := len(f.batch) + 1
		if rows*cols > f.maxTokens {
			break // no room for a row of any length
		}
		wide := max(cols, len(j.ids))
		if f.fits(rows, wide, tokens+len(j.ids)) {
			f.batch = append(f.batch, j)
			cols, tokens = wide, tokens+len(j.ids)
		}
	}
	return f.batch
}

// fits bounds a batch. Padding costs as much as tokens, so at most a quarter
// of a batch is padding, except in one so small that a run costs the same
// with or without it.
func (f *former) fits(rows, cols, tokens int) bool {
	padded := rows * cols
	return padded <= f.maxTokens &&
		padded*cols <= f.maxArea &&
		(padded-tokens <= padded/4 || padded <= f.maxTokens/16)
}

func abs(n int) int { return max(n, -n) }

// buffers are what the engine reads from and writes to, reused from run to
// run by the one goroutine that owns them.
type buffers struct {
	batch    Batch
	ids      []int64
	mask     []int64
	features []int64
	logits   []float32
}

// rowShape is what the model wants a row to be made of.
type rowShape struct {
	padID   int64
	classes int // a token
	columns int // features a token
}

// pack lays a batch out as right-padded rows and says how many tokens are not
// padding. The logits are filled with NaN, so that rows an engine forgets are
// an error and not those of an earlier text.
func (b *buffers) pack(jobs []*job, shape rowShape) (*Batch, []float32, int) {
	cols, tokens := 0, 0
	for _, j := range jobs {
		cols, tokens = max(cols, len(j.ids)), tokens+len(j.ids)
	}
	cells := len(jobs) * cols
	b.ids = resize(b.ids, cells)
	b.mask = resize(b.mask, cells)
	b.features = resize(b.features, cells*shape.columns)
	b.logits = resize(b.logits, cells*shape.classes)
	for r, j := range jobs {
		ids, mask := b.ids[r*cols:][:cols], b.mask[r*cols:][:cols]
		n := copy(ids, j.ids)
		fill(mask[:n], 1)
		fill(ids[n:], shape.padID)
		fill(mask[n:], 0)
		row := b.features[r*cols*shape.columns:][:cols*shape.columns]
		clear(row[copy(row, j.features):])
	}
	fill(b.logits, float32(math.NaN()))
	b.batch = Batch{
		Rows: len(jobs), Cols: cols, IDs: b.ids, Mask: b.mask, Labels: shape.classes,
		Columns: shape.columns, Features: b.features,
	}
	return &b.batch, b.logits, tokens
}

// scatter copies to every job the rows it wants.
func scatter(jobs []*job, b *Batch, logits []float32) {
	for r, j := range jobs {
		first := (r*b.Cols + j.from) * b.Labels
		j.logits = append(j.logits[:0], logits[first:][:j.rows*b.Labels]...)
	}
}

// resize returns a slice of the given length, in the same memory if it fits.
func resize[T any](s []T, length int) []T {
	if cap(s) < length {
		return make([]T, length)
	}
	return s[:length]
}

func fill[T any](s []T, v T) {
	for i := range s {
		s[i] = v
	}
}
