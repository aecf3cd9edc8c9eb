package filter

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// counting counts the segments that a detector is asked about.
type counting struct {
	pii.Detector
	asked int
}

func (c *counting) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	c.asked += len(segments)
	return c.Detector.Detect(ctx, segments)
}

// TestStreamLooksOnce: what is the same in every event and holds nothing is
// looked at once; what holds something, each time; and little is remembered.
func TestStreamLooksOnce(t *testing.T) {
	model := &counting{Detector: testModel}
	f := newFilter(t, Policy{})
	s, err := f.NewStream(model, sse)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Stop()
	send := func(in, want string) (asked int) {
		t.Helper()
		before := model.asked
		out, err := s.Write(t.Context(), []byte(in))
		if got := string(bytes.Join(out, nil)); err != nil || got != want {
			t.Fatalf("of %q left %q, %v", in, got, err)
		}
		return model.asked - before
	}
	const clean = "data: {\"type\":\"state\",\"by\":\"nobody here\"}\n\n"
	const found = "data: {\"type\":\"state\",\"by\":\"Elena Markovic\"}\n\n"
	const masked = "data: {\"type\":\"state\",\"by\":\"<PRIVATE_PERSON>\"}\n\n"
	if first, second := send(clean, clean), send(clean, clean); first == 0 || second != 0 {
		t.Errorf("asked %d and %d times", first, second)
	}
	for range 2 {
		if send(found, masked) == 0 {
			t.Error("what holds a name was not looked at")
		}
	}
	both := fmt.Sprintf("data: {\"type\":\"state\",\"a\":{\"by\":\"nobody here\"},\"b\":{\"by\":%q}}\n\n", "Elena Markovic")
	for range 2 {
		send(both, string(bytes.ReplaceAll([]byte(both), []byte("Elena Markovic"), []byte("<PRIVATE_PERSON>"))))
	}
	for i := range 3 * maxClean {
		in := fmt.Sprintf("data: {\"type\":\"state\",\"by\":\"nobody %d\"}\n\n", i)
		send(in, in)
	}
	if n := len(s.clean); n > maxClean {
		t.Errorf("%d segments are remembered", n)
	}
}
