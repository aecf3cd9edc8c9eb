package filter

import (
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter/protect"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// BenchmarkLogs1000Lines is what a thousand records of a log cost beside the
// model, which is given a text a template (TestRecordsCostOnce).
func BenchmarkLogs1000Lines(b *testing.B) {
	f, err := New(Options{Rules: rules.New(), Policy: Policy{Protect: protect.Logs}})
	if err != nil {
		b.Fatal(err)
	}
	m := Message{Body: templates(1000), ContentType: []string{"application/x-ndjson"}}
	b.SetBytes(int64(len(m.Body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Process(b.Context(), scripted{}, m); err != nil {
			b.Fatal(err)
		}
	}
}
