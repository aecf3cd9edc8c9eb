package inference

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func jobsOf(lengths ...int) []*job {
	jobs := make([]*job, len(lengths))
	for i, n := range lengths {
		jobs[i] = &job{ids: make([]int64, n)}
	}
	return jobs
}

func lengthsOf(jobs []*job) []int {
	lengths := make([]int, len(jobs))
	for i, j := range jobs {
		lengths[i] = len(j.ids)
	}
	return lengths
}

func TestFormBatches(t *testing.T) {
	for _, test := range []struct {
		says      string
		maxTokens int
		maxArea   int
		waiting   []int
		want      []int
	}{
		{"nothing waits", 100, 1e6, nil, nil},
		{"one window larger than every budget runs alone", 100, 1e3, []int{500, 500}, []int{500}},
		{"up to the budget", 100, 1e6, []int{30, 30, 30, 30}, []int{30, 30, 30}},
		{"the oldest sets the length", 2000, 1e9, []int{10, 200, 200, 10, 200}, []int{10, 10}},
		{"the closest lengths first", 120, 1e6, []int{30, 40, 29, 31, 28}, []int{30, 29, 31}},
		{"a longer one widens all rows", 100, 1e6, []int{30, 30, 35}, []int{30, 30}},
		{"padding is bounded to a quarter", 1000, 1e6, []int{100, 60, 45}, []int{100, 60}},
		{"but not in a batch too small to matter", 1600, 1e6, []int{30, 5, 3}, []int{30, 5, 3}},
		{"attention is bounded by its square", 1000, 2 * 100 * 100, []int{100, 100, 100}, []int{100, 100}},
	} {
		t.Run(test.says, func(t *testing.T) {
			f := former{maxTokens: test.maxTokens, maxArea: test.maxArea}
			if got := lengthsOf(f.form(jobsOf(test.waiting...))); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestBatchesKeepTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := former{maxTokens: rapid.IntRange(1, 300).Draw(t, "tokens")}
		f.maxArea = f.maxTokens * rapid.IntRange(1, 100).Draw(t, "area")
		waiting := jobsOf(rapid.SliceOfN(rapid.IntRange(1, 200), 1, 60).Draw(t, "lengths")...)
		oldest, all := waiting[0], slices.Clone(waiting)
		batch := f.form(waiting)
		cols, tokens := 0, 0
		for i, j := range batch {
			if !slices.Contains(all, j) || slices.Contains(batch[:i], j) {
				t.Fatal("a window that did not wait, or twice")
			}
			cols, tokens = max(cols, len(j.ids)), tokens+len(j.ids)
		}
		if batch[0] != oldest {
			t.Fatal("the oldest is not in it")
		}
		if padded := len(batch) * cols; len(batch) > 1 && (padded > f.maxTokens || padded*cols > f.maxArea) {
			t.Fatalf("%d rows of %d", len(batch), cols)
		}
	})
}

func TestPackAndScatter(t *testing.T) {
	var b buffers
	jobs := []*job{
		{ids: []int64{7, 8, 9}, features: []int64{1, 2, 3, 4, 5, 6}, from: 1, rows: 1},
		{ids: []int64{5}, features: []int64{7, 8}, from: 0, rows: 1},
	}
	for range 2 { // the second time in reused memory
		batch, logits, tokens := b.pack(jobs, rowShape{padID: 99, classes: 2, columns: 2})
		want := Batch{
			Rows: 2, Cols: 3, IDs: []int64{7, 8, 9, 5, 99, 99}, Mask: []int64{1, 1, 1, 1, 0, 0}, Labels: 2,
			Columns: 2, Features: []int64{1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0},
		}
		if fmt.Sprint(*batch) != fmt.Sprint(want) || tokens != 4 || len(logits) != 12 {
			t.Fatalf("got %+v, %d tokens, %d logits", *batch, tokens, len(logits))
		}
		for i, v := range logits {
			if v == v {
				t.Fatalf("logit %d is %v before the run", i, v)
			}
			logits[i] = float32(i)
		}
		scatter(jobs, batch, logits)
		if !slices.Equal(jobs[0].logits, []float32{2, 3}) || !slices.Equal(jobs[1].logits, []float32{6, 7}) {
			t.Errorf("got %v and %v", jobs[0].logits, jobs[1].logits)
		}
		logits[2] = -1
		if jobs[0].logits[0] != 2 {
			t.Error("a job shares memory with the engine")
		}
		b.pack(jobsOf(50), rowShape{padID: 99, classes: 2, columns: 2})
	}
}

func TestAdmissionServesWaitersInOrderAndBeforeNewcomers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := admission{maxTokens: 10, maxTexts: 3}
		ctx, cancel := context.WithCancel(t.Context())
		if err := a.enter(ctx, 8, false); err != nil {
			t.Fatal(err)
		}
		order := make(chan int, 3)
		for i, tokens := range []int{9, 2, 1} {
			waiting := t.Context()
			if i == 0 {
				waiting = ctx
			}
			go func() {
				if err := a.enter(waiting, tokens, true); err != nil {
					order <- -1
					return
				}
				order <- tokens
			}()
			synctest.Wait()
		}
		if len(order) > 0 {
			t.Error("somebody went before the first waiter")
		}
		if err := a.enter(t.Context(), 1, false); !errors.Is(err, pii.ErrOverload) {
			t.Errorf("a newcomer before the waiters: %v", err)
		}
		cancel() // the first waiter, behind whom the others stood, leaves
		synctest.Wait()
		if got := []int{<-order, <-order}; !slices.Contains(got, -1) || !slices.Contains(got, 2) {
			t.Errorf("got %v", got)
		}
		a.leave(8)
		if got := <-order; got != 1 {
			t.Errorf("then %d", got)
		}
		a.leave(2)
		a.leave(1)
		if tokens, texts := a.held(); tokens != 0 || texts != 0 {
			t.Errorf("%d tokens of %d texts are left", tokens, texts)
		}
		if err := a.enter(t.Context(), 1000, false); err != nil {
			t.Errorf("a text larger than an empty queue: %v", err)
		}
	})
}
