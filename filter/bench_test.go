package filter

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// cleanJSON is about size bytes of JSON without personal data.
func cleanJSON(size int) []byte {
	var b bytes.Buffer
	b.WriteString(`{"object":"list","data":[`)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"id":"ord_%06d","status":"shipped","total":%d.50,"paid":true,"tags":["blue","large"],`+
			`"note":"Please leave the parcel with the neighbour if nobody is at home, and ring twice.","address":{"zone":"north","floor":3}}`, i, i*7)
	}
	b.WriteString(`],"has_more":false}`)
	return b.Bytes()
}

func benchmark(b *testing.B, body []byte, contentType string) {
	f, err := New(Options{Rules: rules.New(), Policy: Policy{RulesOnly: true}})
	if err != nil {
		b.Fatal(err)
	}
	m := Message{Body: body, ContentType: []string{contentType}}
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Process(b.Context(), nil, m); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRulesCleanJSON10kB(b *testing.B) { benchmark(b, cleanJSON(10_000), "application/json") }

func BenchmarkRulesCleanJSON1MB(b *testing.B) { benchmark(b, cleanJSON(1_000_000), "application/json") }

func BenchmarkRulesDirtyJSON10kB(b *testing.B) {
	benchmark(b, bytes.ReplaceAll(cleanJSON(10_000), []byte(`"north"`), []byte(`"lena@example.com"`)), "application/json")
}

func BenchmarkRulesText1MB(b *testing.B) {
	benchmark(b, []byte(strings.Repeat("2026-11-24T10:00:00Z INFO request done status=200 bytes=1234\n", 16_000)), "text/plain")
}

func BenchmarkCut10kB(b *testing.B) {
	body := cleanJSON(10_000)
	doc := mustParse(b, body)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		cut(doc, cutting{})
	}
}
