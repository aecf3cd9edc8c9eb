package inference_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

var script = map[pii.Category][]string{
	pii.PrivatePerson: {"Ada Lovelace", "Ada"},
	pii.PrivatePhone:  {"+1 628 555 0147"},
	pii.Secret:        {"hunter2"},
}

func segments(texts ...string) []pii.Segment {
	out := make([]pii.Segment, len(texts))
	for i, text := range texts {
		out[i].Text = text
	}
	return out
}

// found writes spans as "category:text".
func found(text string, spans []pii.Span) string {
	var out []string
	for _, s := range spans {
		out = append(out, fmt.Sprintf("%s:%s", s.Category, text[s.Start:s.End]))
	}
	return strings.Join(out, ", ")
}

func TestDetect(t *testing.T) {
	s := inferencetest.NewModel(script).Service(t)
	for _, test := range []struct{ says, text, want string }{
		{"empty", "", ""},
		{"white space", " \t\u3000\n", ""},
		{"nothing in it", "the weather is fine", ""},
		{"a name", "I am Ada Lovelace.", "private_person:Ada Lovelace"},
		{"several kinds", "Ada: hunter2, +1 628 555 0147", "private_person:Ada, secret:hunter2, private_phone:+1 628 555 0147"},
		{"behind a NUL byte", "x\x00Ada", "private_person:Ada"},
		{"behind invalid UTF-8", "\xff\xfe\xe4Ada\x80", "private_person:Ada"},
		{"invisible characters alone", "\u200b", ""},
		{"at the end of several windows", strings.Repeat("word ", 300) + "Ada Lovelace", "private_person:Ada Lovelace"},
	} {
		for range 2 { // the second time from the cache
			spans, err := s.Detect(t.Context(), segments(test.text))
			if err != nil || len(spans) != 1 || found(test.text, spans[0]) != test.want {
				t.Errorf("%s: got %v, %v", test.says, spans, err)
			}
		}
	}
}

func TestDetectAnswersEverySegmentInOrder(t *testing.T) {
	s := inferencetest.NewModel(script).Service(t)
	var texts []string
	for i := range 300 {
		texts = append(texts, strings.Repeat("word ", i%90)+"Ada "+fmt.Sprint(i))
	}
	texts[7], texts[8] = "", "nothing"
	for range 2 {
		spans, err := s.Detect(t.Context(), segments(texts...))
		if err != nil || len(spans) != len(texts) {
			t.Fatalf("%d answers, %v", len(spans), err)
		}
		for i, text := range texts {
			want := "private_person:Ada"
			if i == 7 || i == 8 {
				want = ""
			}
			if got := found(text, spans[i]); got != want {
				t.Errorf("segment %d: got %q", i, got)
			}
		}
	}
	if spans, err := s.Detect(t.Context(), nil); err != nil || len(spans) != 0 {
		t.Errorf("no segments: %v, %v", spans, err)
	}
}

func TestCallersMayChangeWhatTheyGet(t *testing.T) {
	s := inferencetest.NewModel(script).Service(t)
	for range 3 {
		spans, err := s.Detect(t.Context(), segments("Ada"))
		if err != nil || spans[0][0].Category != pii.PrivatePerson {
			t.Fatalf("got %v, %v", spans, err)
		}
		spans[0][0].Category = "changed"
	}
}

// Every window, and the batch it runs in, must not matter for the result.
func TestResultsDoNotDependOnNeighbours(t *testing.T) {
	o := inferencetest.NewModel(script).Options()
	o.CacheBytes = -1
	s := inferencetest.Service(t, o)
	texts := []string{"Ada Lovelace", "no one", "call +1 628 555 0147 " + strings.Repeat("now ", 60), "x Ada y hunter2"}
	var alone [][]pii.Span
	for _, text := range texts {
		spans, err := s.Detect(t.Context(), segments(text))
		if err != nil {
			t.Fatal(err)
		}
		alone = append(alone, spans[0])
	}
	together, err := s.Detect(t.Context(), segments(texts...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range texts {
		if !slices.Equal(together[i], alone[i]) {
			t.Errorf("segment %d: %v alone, %v together", i, alone[i], together[i])
		}
	}
}

func TestSelfTest(t *testing.T) {
	finds := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {"Elena Markovic"}})
	if err := finds.Service(t).SelfTest(t.Context()); err != nil {
		t.Error(err)
	}
	blind := inferencetest.NewModel(nil)
	if err := blind.Service(t).SelfTest(t.Context()); !errors.Is(err, pii.ErrDetector) {
		t.Errorf("a model that answers O everywhere passes: %v", err)
	}
	other := inferencetest.NewModel(nil)
	var err error
	if other.Config, err = inference.ParseConfig(inferencetest.ConfigJSON(nil, "disease")); err != nil {
		t.Fatal(err)
	}
	o := other.Options()
	o.Engine = zeroEngine{other.Engine}
	if err := inferencetest.Service(t, o).SelfTest(t.Context()); err != nil {
		t.Errorf("a model of other labels: %v", err)
	}
}

// zeroEngine answers with equal logits for any label space.
type zeroEngine struct{ inference.Engine }

func (zeroEngine) Run(_ context.Context, _ *inference.Batch, logits []float32) error {
	clear(logits)
	return nil
}

func TestNewServiceRefuses(t *testing.T) {
	for says, change := range map[string]func(*inference.Options){
		"no config":          func(o *inference.Options) { o.Config = nil },
		"no tokenizer":       func(o *inference.Options) { o.Tokenizer = nil },
		"no engine":          func(o *inference.Options) { o.Engine = nil },
		"negative budget":    func(o *inference.Options) { o.MaxBatchTokens = -1 },
		"bias out of bounds": func(o *inference.Options) { o.Biases.EndToStart = 1e9 },
		"specials eat the window": func(o *inference.Options) {
			c := *o.Config
			c.MaxPositions = 34
			o.Config = &c
		},
	} {
		m := inferencetest.NewModel(nil)
		o := m.Options()
		change(&o)
		if s, err := inference.NewService(o); err == nil {
			_ = s.Close()
			t.Errorf("%s passed", says)
		}
		if m.Engine.Closed()+m.Tokenizer.Closed() > 0 {
			t.Errorf("%s: the caller's parts were closed", says)
		}
	}
}

func TestStats(t *testing.T) {
	m := inferencetest.NewModel(script)
	s := m.Service(t)
	texts := segments("one two three", "one two three", "Ada")
	for range 2 {
		if _, err := s.Detect(t.Context(), texts); err != nil {
			t.Fatal(err)
		}
	}
	got := s.Stats()
	if got.Engine != "scripted" || got.CacheMisses != 2 || got.CacheHits < 3 || got.CacheBytes == 0 {
		t.Errorf("cache: %+v", got)
	}
	if got.Rows != 2 || got.Tokens != 5+3 || got.Batches != int64(len(m.Engine.Runs())) {
		t.Errorf("engine: %+v", got)
	}
	if got.QueuedTokens+got.QueuedJobs+got.QueuedWindows+got.Rejected+got.Cancelled+got.Failed != 0 {
		t.Errorf("queue: %+v", got)
	}
}

// A full queue refuses newcomers at once, whatever their deadline, and what it
// holds still comes through.
func TestOverload(t *testing.T) {
	for says, limit := range map[string]func(*inference.Options){
		"texts":  func(o *inference.Options) { o.QueueJobs = 2 },
		"tokens": func(o *inference.Options) { o.QueueTokens = 2*(3+2) + 4 },
	} {
		t.Run(says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := inferencetest.NewModel(script)
				gate := inferencetest.NewGate()
				m.Engine.Hook = gate.Wait
				o := m.Options()
				limit(&o)
				s := inferencetest.Service(t, o)
				results := make(chan error, 2)
				for _, text := range []string{"one is Ada", "two is Ada"} {
					go func() {
						_, err := s.Detect(t.Context(), segments(text))
						results <- err
					}()
				}
				synctest.Wait()
				begin := time.Now()
				if _, err := s.Detect(t.Context(), segments("three is Ada")); !errors.Is(err, pii.ErrOverload) {
					t.Errorf("the third: %v", err)
				}
				if waited := time.Since(begin); waited > 0 {
					t.Errorf("the refusal took %v", waited)
				}
				if got := s.Stats(); got.Rejected != 1 || got.QueuedJobs != 2 || got.QueuedTokens != 10 {
					t.Errorf("stats %+v", got)
				}
				gate.Open()
				for range 2 {
					if err := <-results; err != nil {
						t.Error(err)
					}
				}
				if _, err := s.Detect(t.Context(), segments("three is Ada")); err != nil {
					t.Errorf("afterwards: %v", err)
				}
			})
		})
	}
}

// A call with more text than the queue holds goes through piece by piece, and
// so does a single text of that size.
func TestOneCallMayBeLargerThanTheQueue(t *testing.T) {
	o := inferencetest.NewModel(script).Options()
	o.QueueTokens, o.QueueJobs = 50, 3
	s := inferencetest.Service(t, o)
	var texts []string
	for i := range 100 {
		texts = append(texts, fmt.Sprintf("number %d is Ada", i))
	}
	texts = append(texts, strings.Repeat("long ", 1000)+"Ada")
	spans, err := s.Detect(t.Context(), segments(texts...))
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if found(text, spans[i]) != "private_person:Ada" {
			t.Errorf("segment %d: %v", i, spans[i])
		}
	}
}

// One huge body takes a share of the queue, not all of it.
func TestAHugeCallDoesNotShutTheDoor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		var runs, smallRan int // the engine's goroutine counts; read after its answers
		m.Engine.Hook = func(ctx context.Context, b *inference.Batch) error {
			if runs++; smallRan == 0 && shortestRow(b) < 20 {
				smallRan = runs
			}
			return gate.Wait(ctx, b)
		}
		o := m.Options()
		o.MaxBatchTokens, o.QueueTokens = 200, 2000
		s := inferencetest.Service(t, o)
		var texts []string
		for i := range 200 {
			texts = append(texts, fmt.Sprintf("%s %d", strings.Repeat("long ", 100), i))
		}
		huge, small := make(chan error, 1), make(chan error, 1)
		go func() {
			_, err := s.Detect(t.Context(), segments(texts...))
			huge <- err
		}()
		synctest.Wait()
		if got := s.Stats(); got.QueuedTokens > 800 {
			t.Errorf("the huge call holds %d tokens", got.QueuedTokens)
		}
		go func() {
			_, err := s.Detect(t.Context(), segments("I am Ada"))
			small <- err
		}()
		synctest.Wait()
		gate.Open()
		if err := errors.Join(<-small, <-huge); err != nil {
			t.Error(err)
		}
		if smallRan == 0 || smallRan > 10 {
			t.Errorf("the small call was in run %d of %d", smallRan, runs)
		}
	})
}

// shortestRow is the number of tokens of a batch's shortest row.
func shortestRow(b *inference.Batch) int {
	shortest := b.Cols
	for row := range slices.Chunk(b.Mask, b.Cols) {
		tokens := 0
		for _, m := range row {
			tokens += int(m)
		}
		shortest = min(shortest, tokens)
	}
	return shortest
}

func TestCancelledWorkLeavesBeforeItRuns(t *testing.T) {
	for says, end := range map[string]func(context.Context) (context.Context, context.CancelFunc){
		"cancelled": context.WithCancel,
		"past its deadline": func(ctx context.Context) (context.Context, context.CancelFunc) {
			return context.WithTimeout(ctx, time.Second)
		},
	} {
		t.Run(says, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := inferencetest.NewModel(script)
				gate := inferencetest.NewGate()
				m.Engine.Hook = gate.Wait
				s := m.Service(t)
				first := make(chan error, 1)
				go func() {
					_, err := s.Detect(t.Context(), segments("the first"))
					first <- err
				}()
				synctest.Wait() // it runs, and holds the engine

				ctx, cancel := end(t.Context())
				defer cancel()
				second := make(chan error, 1)
				go func() {
					_, err := s.Detect(ctx, segments("the second", strings.Repeat("long ", 500)))
					second <- err
				}()
				synctest.Wait()
				if got := s.Stats(); got.QueuedWindows < 3 || got.QueuedJobs != 3 {
					t.Errorf("before: %+v", got)
				}
				if says == "cancelled" {
					cancel()
				}
				if err := <-second; !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) || ctx.Err() == nil {
					t.Errorf("got %v", err)
				}
				synctest.Wait()
				if got := s.Stats(); got.QueuedWindows != 0 || got.QueuedJobs != 1 || got.Cancelled < 3 {
					t.Errorf("after: %+v", got)
				}
				gate.Open()
				if err := <-first; err != nil {
					t.Error(err)
				}
				synctest.Wait()
				if runs := m.Engine.Runs(); len(runs) != 1 {
					t.Errorf("the engine ran %v", runs)
				}
			})
		})
	}
}

func TestARunIsCancelledOnceNobodyWaitsForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		s := m.Service(t)
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error, 1)
		go func() {
			_, err := s.Detect(ctx, segments("the first"))
			result <- err
		}()
		<-gate.Entered()
		cancel()
		if err := <-result; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		synctest.Wait() // without the cancellation the gate would hold the engine
		m.Engine.Hook = nil
		if spans, err := s.Detect(t.Context(), segments("Ada")); err != nil || len(spans[0]) != 1 {
			t.Errorf("afterwards: %v, %v", spans, err)
		}
		if got := s.Stats(); got.Failed != 0 || got.Batches != 2 {
			t.Errorf("stats %+v", got)
		}
	})
}

func TestDetectNeedsLiveContext(t *testing.T) {
	s := inferencetest.NewModel(script).Service(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Detect(ctx, segments("Ada")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// A text of many windows takes turns with others.
func TestALongTextDoesNotBlockAShortOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := inferencetest.NewModel(script)
		gate := inferencetest.NewGate()
		m.Engine.Hook = gate.Wait
		o := m.Options()
		o.MaxBatchTokens = 200
		s := inferencetest.Service(t, o)
		long := make(chan error, 1)
		go func() {
			_, err := s.Detect(t.Context(), segments(strings.Repeat("long ", 10_000)))
			long <- err
		}()
		synctest.Wait()
		short := make(chan int, 1)
		go func() {
			if _, err := s.Detect(t.Context(), segments("Ada")); err != nil {
				t.Error(err)
			}
			short <- len(m.Engine.Runs())
		}()
		synctest.Wait()
		gate.Open()
		if runs := <-short; runs > 8 {
			t.Errorf("the short text had to wait for %d runs", runs)
		}
		if err := <-long; err != nil {
			t.Error(err)
		}
	})
}
