package filter

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// detectorFunc is a detector that does whatever a test needs.
type detectorFunc func(context.Context, []pii.Segment) ([][]pii.Span, error)

func (f detectorFunc) Detect(ctx context.Context, s []pii.Segment) ([][]pii.Span, error) {
	return f(ctx, s)
}

const canary = "canary@example.com"

// No failure of a detector lets a body pass, and none tells what was in it.
func TestFailingDetectors(t *testing.T) {
	fails := func(err error) pii.Detector {
		return detectorFunc(func(context.Context, []pii.Segment) ([][]pii.Span, error) { return nil, err })
	}
	answers := func(found ...[]pii.Span) pii.Detector {
		return detectorFunc(func(context.Context, []pii.Segment) ([][]pii.Span, error) { return found, nil })
	}
	for _, tt := range []struct {
		name     string
		detector pii.Detector
		want     Reason
	}{
		{"overload", fails(fmt.Errorf("%w: 4096 waiting", pii.ErrOverload)), ReasonOverload},
		{"not ready", fails(pii.ErrNotReady), ReasonOverload},
		{"failure", fails(pii.ErrDetector), ReasonDetector},
		{"an error that quotes", fails(errors.New("cannot tokenize " + canary)), ReasonDetector},
		{"a deadline of its own", fails(context.DeadlineExceeded), ReasonTimeout},
		{"cancelled by itself", fails(context.Canceled), ReasonDetector},
		{"a panic that quotes", detectorFunc(func(context.Context, []pii.Segment) ([][]pii.Span, error) { panic(canary) }), ReasonDetector},
		{"no answers", answers(), ReasonDetector},
		{"too many answers", answers(nil, nil), ReasonDetector},
		{"a span behind the end", answers([]pii.Span{{Start: 0, End: 1000, Category: pii.Secret}}), ReasonDetector},
		{"a span before the start", answers([]pii.Span{{Start: -1, End: 1, Category: pii.Secret}}), ReasonDetector},
		{"an inverted span", answers([]pii.Span{{Start: 3, End: 2, Category: pii.Secret}}), ReasonDetector},
	} {
		for role, run := range map[string]func() (Result, error){
			"rules": func() (Result, error) {
				f, err := New(Options{Rules: tt.detector})
				if err != nil {
					t.Fatal(err)
				}
				return f.Process(t.Context(), testModel, Message{Body: []byte(canary)})
			},
			"model": func() (Result, error) {
				return newFilter(t, Policy{}).Process(t.Context(), tt.detector, Message{Body: []byte(canary)})
			},
		} {
			t.Run(tt.name+" as "+role, func(t *testing.T) {
				r, err := run()
				wantReason(t, err, tt.want)
				if r.Body != nil {
					t.Errorf("a body came back: %q", r.Body)
				}
				if strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, err), "canary") {
					t.Errorf("the error quotes: %v", err)
				}
			})
		}
	}
}

func TestWithoutModel(t *testing.T) {
	_, err := newFilter(t, Policy{}).Process(t.Context(), nil, Message{Body: []byte(canary)})
	wantReason(t, err, ReasonDetector)
	r, err := newFilter(t, Policy{RulesOnly: true}).Process(t.Context(), nil, Message{Body: []byte(canary)})
	if err != nil || string(r.Body) != "<PRIVATE_EMAIL>" {
		t.Errorf("rules only: %q, %v", r.Body, err)
	}
}

func TestCancellationAndDeadline(t *testing.T) {
	waits := detectorFunc(func(ctx context.Context, _ []pii.Segment) ([][]pii.Span, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	})
	f := newFilter(t, Policy{})

	ctx, cancel := context.WithCancel(t.Context())
	started := detectorFunc(func(ctx context.Context, s []pii.Segment) ([][]pii.Span, error) {
		cancel()
		return waits(ctx, s)
	})
	if _, err := f.Process(ctx, started, Message{Body: []byte(canary)}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled while the model works: %v", err)
	}
	if _, err := f.Process(ctx, testModel, Message{Body: []byte(canary)}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}

	ctx, cancel = context.WithDeadline(t.Context(), time.Now())
	defer cancel()
	_, err := f.Process(ctx, waits, Message{Body: []byte(canary)})
	wantReason(t, err, ReasonTimeout)
}

// When the rules fail, the model's work is called off.
func TestRulesFailingCancelTheModel(t *testing.T) {
	gone := make(chan struct{})
	model := detectorFunc(func(ctx context.Context, _ []pii.Segment) ([][]pii.Span, error) {
		<-ctx.Done()
		close(gone)
		return nil, ctx.Err()
	})
	f, err := New(Options{Rules: detectorFunc(func(context.Context, []pii.Segment) ([][]pii.Span, error) { return nil, pii.ErrDetector })})
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Process(t.Context(), model, Message{Body: []byte(canary)})
	wantReason(t, err, ReasonDetector)
	<-gone
}

func TestLimits(t *testing.T) {
	f := newFilter(t, Policy{MaxBody: 100})
	_, err := f.Process(t.Context(), testModel, Message{Body: []byte(strings.Repeat("a", 101))})
	wantReason(t, err, ReasonTooLarge)
	if _, err := f.Process(t.Context(), testModel, Message{Body: []byte(strings.Repeat("a", 100))}); err != nil {
		t.Errorf("a body of the limit: %v", err)
	}
}

func TestSpans(t *testing.T) {
	f := newFilter(t, Policy{Allow: []string{"lena@example.com"}, Default: keepAll()})
	got, err := f.Spans(t.Context(), testModel, []string{"Zoë: lena@example.com", "", "by Elena Markovic"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 3 || len(got[0]) != 1 || len(got[1]) != 0 || len(got[2]) != 1 {
		t.Fatalf("spans %v", got)
	}
	if s := got[0][0]; s.Start != 6 || s.End != 22 || s.Category != pii.PrivateEmail {
		t.Errorf("span %+v", s)
	}
	_, err = f.Spans(t.Context(), nil, []string{"x"})
	wantReason(t, err, ReasonDetector)
}
