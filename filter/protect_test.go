package filter

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// seen is a model that remembers what it was asked.
type seen map[string]int

func (s seen) Detect(_ context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	for _, segment := range segments {
		s[segment.Text]++
	}
	return make([][]pii.Span, len(segments)), nil
}

// TestTemplatesCostOnce: entries that differ in their time and ids alone are
// one text to the model, as lines and as NDJSON.
func TestTemplatesCostOnce(t *testing.T) {
	const entries = 50
	for name, format := range map[string]string{
		"lines":  "2026-11-20T06:12:%02d.123Z INFO GET /health id=7b4c1c1e-0e6f-4a4e-8f55-7a1f0c9d2b%02x ok\n",
		"ndjson": `{"ts":"2026-11-20T06:12:%02dZ","level":"info","msg":"GET /health","id":"7b4c1c1e-0e6f-4a4e-8f55-7a1f0c9d2b%02x"}` + "\n",
	} {
		var log strings.Builder
		for i := range entries {
			fmt.Fprintf(&log, format, i, i)
		}
		for kind, want := range map[protect.Kind]int{protect.Logs: 1, protect.Off: entries} {
			model := seen{}
			f := newFilter(t, Policy{Protect: kind})
			if _, err := f.Process(t.Context(), model, Message{Body: []byte(log.String())}); err != nil {
				t.Fatal(err)
			}
			if len(model) != want {
				t.Errorf("%s, protect %s: %d different texts, want %d", name, kind, len(model), want)
			}
		}
	}
}

// TestProtectedCode: the same name is a person in a comment, and none in a path.
func TestProtectedCode(t *testing.T) {
	const in = "// by Elena Markovic\nopen(\"home/Elena Markovic/a\")\nElena Markovic{}\n"
	const want = "// by <PRIVATE_PERSON>\nopen(\"home/Elena Markovic/a\")\nElena Markovic{}\n"
	f, err := New(Options{Policy: Policy{Protect: protect.Code}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Process(t.Context(), modelNames{}, Message{Body: []byte(in)})
	if err != nil || string(got.Body) != want {
		t.Errorf("got %q, %v", got.Body, err)
	}
}

// modelNames finds a name, as a model says it.
type modelNames struct{}

func (modelNames) Detect(ctx context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	found, err := testModel.Detect(ctx, segments)
	for _, spans := range found {
		for i := range spans {
			spans[i].Source, spans[i].Score = pii.SourceModel, 0.9
		}
	}
	return found, err
}
