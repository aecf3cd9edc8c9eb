package logs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	person = "Elena Markovic"
	email  = "elena.markovic@canary-mailbox.net"
)

// sink is the writer below.
type sink struct {
	mu     sync.Mutex
	lines  []string
	closed bool
	err    error
}

func (s *sink) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return 0, s.err
	}
	s.lines = append(s.lines, string(p))
	return len(p), nil
}

func (s *sink) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	return nil
}

func (s *sink) all() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lines
}

// tally is a Counter.
type tally struct {
	mu sync.Mutex
	n  map[Outcome]int
}

func (c *tally) Entries(o Outcome, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == nil {
		c.n = map[Outcome]int{}
	}
	c.n[o] += n
}

func (*tally) Inspected(filter.Report) {}

func (c *tally) of(o Outcome) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n[o]
}

// served is a Model that is there at once.
type served struct{ *inference.Service }

func (s served) Acquire(context.Context) (pii.Detector, func(), error) {
	release, ok := s.Service.Acquire()
	if !ok {
		return nil, nil, pii.ErrNotReady
	}
	return s.Service, release, nil
}

func (served) Close() error { return nil }

// broken is a Model that fails in one of several ways.
type broken struct {
	acquire error
	detect  func(context.Context, []pii.Segment) ([][]pii.Span, error)
}

func (b broken) Acquire(context.Context) (pii.Detector, func(), error) {
	return b, func() {}, b.acquire
}
func (b broken) Close() error { return nil }
func (b broken) Detect(ctx context.Context, s []pii.Segment) ([][]pii.Span, error) {
	return b.detect(ctx, s)
}

// rig is a writer with what is around it.
type rig struct {
	*Writer
	sink  sink
	tally tally
	model *inferencetest.Model
}

func newRig(t testing.TB, o Options, policy filter.Policy) *rig {
	t.Helper()
	r := &rig{model: inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}})}
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	o.Filter, o.To, o.Counter = f, &r.sink, &r.tally
	if o.Model == nil && !policy.RulesOnly {
		o.Model = served{r.model.Service(t)}
	}
	if r.Writer, err = New(o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

func (r *rig) close(t testing.TB) []string {
	t.Helper()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if !r.sink.closed {
		t.Error("the writer below is still open")
	}
	return r.sink.all()
}

func write(t testing.TB, w *Writer, entries ...string) {
	t.Helper()
	for _, entry := range entries {
		p := []byte(entry)
		if n, err := w.Write(p); n != len(p) || err != nil {
			t.Fatalf("wrote %d of %d, %v", n, len(p), err)
		}
		clear(p) // zap uses it again
	}
}

// TestEntries: what is written, and what stays byte for byte.
func TestEntries(t *testing.T) {
	r := newRig(t, Options{}, filter.Policy{Skip: []string{"$.ts"}})
	cases := [][2]string{
		{`{"level":"info","ts":1769000000.123,"msg":"by ` + person + `"}` + "\n", `{"level":"info","ts":1769000000.123,"msg":"by <PRIVATE_PERSON>"}` + "\n"},
		{`{"msg":"nothing", "n": 1.0}` + "\n", `{"msg":"nothing", "n": 1.0}` + "\n"},
		{`{"msg":"` + email + `"}`, `{"msg":"<PRIVATE_EMAIL>"}`}, // no line end
		{"{\n  \"msg\": \"" + email + "\"\n}\r\n", "{\n  \"msg\": \"<PRIVATE_EMAIL>\"\n}\r\n"},
		{`{"request":{"uri":"/a?mail=elena.markovic%40canary-mailbox.net&x=1"}}` + "\n", `{"request":{"uri":"/a?mail=%3CPRIVATE_EMAIL%3E&x=1"}}` + "\n"},
		{"INFO\tsent by " + person + "\t{\"to\": \"" + email + "\"}\n", "INFO\tsent by <PRIVATE_PERSON>\t{\"to\": \"<PRIVATE_EMAIL>\"}\n"},
		{`{"msg":"cut off by ` + person + "\n", `{"msg":"cut off by <PRIVATE_PERSON>` + "\n"},
		{"two lines by " + person + "\n\tat " + email + "\n", "two lines by <PRIVATE_PERSON>\n\tat <PRIVATE_EMAIL>\n"},
		{"\n", "\n"},
		{"", ""},
	}
	for _, c := range cases {
		write(t, r.Writer, c[0])
	}
	got := r.close(t)
	if len(got) != len(cases) {
		t.Fatalf("%d entries of %d: %q", len(got), len(cases), got)
	}
	for i, c := range cases {
		if got[i] != c[1] {
			t.Errorf("got  %q\nwant %q", got[i], c[1])
		}
	}
	if m, u := r.tally.of(Masked), r.tally.of(Unchanged); m != 7 || u != 3 {
		t.Errorf("masked %d, unchanged %d", m, u)
	}
}

// TestOrderAndBatches: many entries of several callers stay in the order of
// each, all are there, and they do not go to the model one by one.
func TestOrderAndBatches(t *testing.T) {
	const callers, each = 4, 500
	r := newRig(t, Options{Full: FullBlock, Queue: 64, Drain: time.Minute}, filter.Policy{})
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := range each {
				write(t, r.Writer, fmt.Sprintf(`{"caller":"c%d","i":%d,"msg":"by %s"}`+"\n", c, i, person))
			}
		})
	}
	wg.Wait()
	next := map[string]int{}
	for _, line := range r.close(t) {
		var caller string
		var i int
		if _, err := fmt.Sscanf(line, `{"caller":%q,"i":%d,"msg":"by <PRIVATE_PERSON>"}`, &caller, &i); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if next[caller] != i {
			t.Fatalf("%s: got %d, want %d", caller, i, next[caller])
		}
		next[caller]++
	}
	if r.tally.of(Masked) != callers*each {
		t.Errorf("%v", r.tally.n)
	}
}

// gated is a writer whose model holds at a gate with the first entry in its
// hands. The queue has room for four more.
func gated(t *testing.T, full Full, policy filter.Policy) (*rig, *inferencetest.Gate) {
	t.Helper()
	gate := inferencetest.NewGate()
	model := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}})
	model.Engine.Hook = gate.Wait
	r := newRig(t, Options{Full: full, Queue: 4, Drain: time.Minute, Deadline: time.Minute, Model: served{model.Service(t)}}, policy)
	write(t, r.Writer, entry(0))
	<-gate.Entered()
	return r, gate
}

// full is one whose queue is full.
func full(t *testing.T, policy Full) (*rig, *inferencetest.Gate) {
	t.Helper()
	r, gate := gated(t, policy, filter.Policy{})
	for i := range 4 {
		write(t, r.Writer, entry(i+1))
	}
	return r, gate
}

func entry(i int) string { return fmt.Sprintf(`{"i":%d,"msg":"by %s %d"}`+"\n", i, person, i) }

func TestFullBlocks(t *testing.T) {
	r, gate := full(t, FullBlock)
	done := make(chan struct{})
	go func() { defer close(done); write(t, r.Writer, entry(5)) }()
	select {
	case <-done:
		t.Error("there was room")
	default:
	}
	gate.Open()
	<-done
	want := ""
	for i := range 6 {
		want += strings.ReplaceAll(entry(i), person, "<PRIVATE_PERSON>")
	}
	if got := strings.Join(r.close(t), ""); got != want {
		t.Errorf("got %s", got)
	}
}

func TestFullDrops(t *testing.T) {
	r, gate := full(t, FullDrop)
	for i := range 10 {
		write(t, r.Writer, entry(5+i))
	}
	gate.Open()
	if got := r.close(t); len(got) != 5 || r.tally.of(Dropped) != 10 || r.tally.of(Masked) != 5 {
		t.Errorf("%q, %v", got, r.tally.n)
	}
}

// TestFullRedacts: nobody waits for a model that does not answer, nothing is
// lost, nothing is raw, and the order is kept.
func TestFullRedacts(t *testing.T) {
	r, _ := full(t, FullRedact) // the gate is never opened
	for i := range 100 {
		write(t, r.Writer, entry(5+i))
	}
	r.queue.hurry(0)
	got := r.close(t)
	if len(got) != 105 || r.tally.of(Redacted) != 105 {
		t.Fatalf("%d entries, %v", len(got), r.tally.n)
	}
	for i, line := range got {
		if want := fmt.Sprintf(`{"i":%d,"msg":"<REDACTED>"}`+"\n", i); line != want {
			t.Fatalf("got %q, want %q", line, want)
		}
	}
}

// TestCloseHasADeadline: a model that does not answer holds nobody up for
// longer, and what was queued is still written.
func TestCloseHasADeadline(t *testing.T) {
	gate := inferencetest.NewGate()
	model := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}})
	model.Engine.Hook = gate.Wait
	r := newRig(t, Options{Drain: 300 * time.Millisecond, Model: served{model.Service(t)}}, filter.Policy{})
	for i := range 300 {
		write(t, r.Writer, entry(i))
	}
	<-gate.Entered()
	got := r.close(t)
	if len(got) != 300 || r.tally.of(Redacted) != 300 || strings.Contains(strings.Join(got, ""), person) {
		t.Errorf("%d entries, %v", len(got), r.tally.n)
	}
	if err := r.Close(); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closed twice: %v", err)
	}
}

// TestWritesAfterClose: requests that outlive a reload still log.
func TestWritesAfterClose(t *testing.T) {
	r := newRig(t, Options{}, filter.Policy{})
	write(t, r.Writer, entry(0))
	r.close(t)
	write(t, r.Writer, entry(1))
	if got := r.sink.all(); len(got) != 2 || got[1] != `{"i":1,"msg":"<REDACTED>"}`+"\n" {
		t.Errorf("%q", got)
	}
}

// TestFailuresAreRedacted: whatever the detector does, an entry keeps its
// structure and loses its strings.
func TestFailuresAreRedacted(t *testing.T) {
	record := `{"level":"error","ts":1769000000.5,"logger":"http.log.access.log0","msg":"to ` + email + `","request":{"uri":"/u/` + person +
		`","headers":{"User-Agent":["x"],"Elena-Markovic":["` + email + `"]}},"status":200}` + "\n"
	want := `{"level":"error","ts":1769000000.5,"logger":"http.log.access.log0","msg":"<REDACTED>","request":{"uri":"<REDACTED>` +
		`","headers":{"User-Agent":["<REDACTED>"],"<REDACTED>1":["<REDACTED>"]}},"status":200}` + "\n"
	for name, model := range map[string]Model{
		"not ready":  broken{acquire: pii.ErrNotReady},
		"no model":   broken{acquire: pii.ErrDetector},
		"an error":   broken{detect: func(context.Context, []pii.Segment) ([][]pii.Span, error) { return nil, errors.New(email) }},
		"overload":   broken{detect: func(context.Context, []pii.Segment) ([][]pii.Span, error) { return nil, pii.ErrOverload }},
		"a panic":    broken{detect: func(context.Context, []pii.Segment) ([][]pii.Span, error) { panic(email) }},
		"too few":    broken{detect: func(context.Context, []pii.Segment) ([][]pii.Span, error) { return nil, nil }},
		"a deadline": broken{detect: func(ctx context.Context, _ []pii.Segment) ([][]pii.Span, error) { <-ctx.Done(); return nil, ctx.Err() }},
		"outside": broken{detect: func(_ context.Context, s []pii.Segment) ([][]pii.Span, error) {
			out := make([][]pii.Span, len(s))
			out[0] = []pii.Span{{Start: 0, End: 1 << 20}}
			return out, nil
		}},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, Options{Model: model, Deadline: 10 * time.Millisecond}, filter.Policy{})
			write(t, r.Writer, record, "plain "+email+"\n", record)
			got := r.close(t)
			if len(got) != 3 || got[0] != want || got[1] != "<REDACTED>\n" || got[2] != want || r.tally.of(Redacted) != 3 {
				t.Errorf("%q, %v", got, r.tally.n)
			}
		})
	}
}

// TestOneBadEntry: an entry that the policy stops costs the others nothing.
func TestOneBadEntry(t *testing.T) {
	r, gate := gated(t, FullBlock, filter.Policy{Actions: map[pii.Category]mask.Action{pii.PrivateIP: {Kind: mask.Block}}})
	write(t, r.Writer, `{"msg":"at 81.2.69.142"}`+"\n", `{"msg":"`+email+`"}`+"\n", "at 81.2.69.142\n", email+"\n")
	gate.Open()
	want := []string{`{"i":0,"msg":"by <PRIVATE_PERSON> 0"}` + "\n", `{"msg":"<REDACTED>"}` + "\n", `{"msg":"<PRIVATE_EMAIL>"}` + "\n", "<REDACTED>\n", "<PRIVATE_EMAIL>\n"}
	if got := r.close(t); strings.Join(got, "") != strings.Join(want, "") {
		t.Errorf("%q", got)
	}
}

// TestWriterBelowFails: it is told, and counted.
func TestWriterBelowFails(t *testing.T) {
	r := newRig(t, Options{}, filter.Policy{RulesOnly: true})
	r.sink.err = errors.New("disk is full")
	_, first := r.Write([]byte(entry(0))) // may hear of it itself, if the writer below is quick
	for r.tally.of(Lost) == 0 && t.Context().Err() == nil {
		continue
	}
	_, second := r.Write([]byte(entry(1)))
	if err := errors.Join(first, second); !errors.Is(err, r.sink.err) {
		t.Errorf("%v", err)
	}
	_ = r.Close()
	if r.tally.of(Lost) != 2 {
		t.Errorf("%v", r.tally.n)
	}
}

// TestHugeEntry: what is over every bound is redacted, not raw.
func TestHugeEntry(t *testing.T) {
	r := newRig(t, Options{Queue: 4}, filter.Policy{RulesOnly: true, MaxBody: 1 << 20})
	write(t, r.Writer, `{"msg":"`+strings.Repeat("x ", 1<<20)+email+`"}`+"\n", entry(1))
	got := r.close(t)
	if len(got) != 2 || got[0] != `{"msg":"<REDACTED>"}`+"\n" {
		t.Errorf("%.200q", got)
	}
}

func BenchmarkRulesOnly(b *testing.B) {
	benchmarkWriter(b, filter.Policy{RulesOnly: true})
}

func benchmarkWriter(b *testing.B, policy filter.Policy) {
	r := newRig(b, Options{Full: FullBlock, Drain: time.Minute}, policy)
	line := []byte(`{"level":"info","ts":1769000000.1234,"logger":"http.log.access.log0","msg":"handled request","request":{"remote_ip":"10.0.0.1","method":"GET","host":"shop.example.org","uri":"/search?q=boots&page=2","headers":{"User-Agent":["curl/8.1"],"Accept":["*/*"]}},"bytes_read":0,"user_id":"","duration":0.000172,"size":1234,"status":200,"resp_headers":{"Server":["Caddy"]}}` + "\n")
	b.SetBytes(int64(len(line)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := r.Write(line); err != nil {
			b.Fatal(err)
		}
	}
	_ = r.Close()
	if !bytes.Contains([]byte(r.sink.lines[0]), []byte("handled")) {
		b.Fatal("nothing was written")
	}
}
