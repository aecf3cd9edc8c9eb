package rules

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Clean texts as they go through a proxy all day: nothing in them is
// personal, much of it looks a little like it.

func cleanJSON(size int) string {
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	b.WriteString("[")
	for b.Len() < size {
		fmt.Fprintf(&b, `{"id": %d, "uuid": "%08x-%04x-4%03x-8%03x-%012x", "created_at": "2026-%02d-%02dT%02d:%02d:%02d.%03dZ", `+
			`"status": "shipped", "total": {"currency": "EUR", "amount": %d.%02d}, "items": [%d, %d, %d], `+
			`"sku": "KX-%d-%d", "description": "Stainless steel bracket, 40 mm, pack of %d", "tags": ["hardware", "in-stock"], `+
			`"etag": "%016x", "ratio": %.12f, "updated_ms": %d},`+"\n",
			r.IntN(900000), r.Uint32(), r.IntN(65536), r.IntN(4096), r.IntN(4096), r.Int64N(1<<48),
			1+r.IntN(12), 1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000),
			r.IntN(1000), r.IntN(100), r.IntN(100), r.IntN(100), r.IntN(100), r.IntN(1000), r.IntN(1000), r.IntN(100),
			r.Uint64(), r.Float64(), 1_700_000_000_000+r.Int64N(1_000_000_000))
	}
	b.WriteString("{}]")
	return b.String()
}

func accessLog(size int) string {
	r := rand.New(rand.NewPCG(3, 4))
	paths := []string{"/", "/assets/app.3f9c2b1d.js", "/api/v2/orders/48213/items?page=3&limit=50", "/healthz", "/static/img/hero@2x.png"}
	var b strings.Builder
	for b.Len() < size {
		fmt.Fprintf(&b, `127.0.0.1 - - [%02d/Nov/2026:%02d:%02d:%02d +0000] "GET %s HTTP/1.1" %d %d "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36" rt=0.%03d`+"\n",
			1+r.IntN(28), r.IntN(24), r.IntN(60), r.IntN(60), paths[r.IntN(len(paths))], 200+r.IntN(5), r.IntN(100000), r.IntN(1000))
	}
	return b.String()
}

// programLog is what services write: entries of JSON, of key=value pairs, and
// of words behind a time.
func programLog(size int) string {
	r := rand.New(rand.NewPCG(7, 8))
	var b strings.Builder
	for b.Len() < size {
		switch r.IntN(3) {
		case 0:
			fmt.Fprintf(&b, `{"level":"info","ts":1732%06d.%06d,"logger":"http.log.access","msg":"handled request","request":{"proto":"HTTP/2.0","method":"GET","host":"shop.internal:8443","uri":"/api/v2/orders?page=%d"},"bytes_read":0,"duration":%.9f,"size":%d,"status":200}`+"\n",
				r.IntN(1e6), r.IntN(1e6), r.IntN(50), r.Float64(), r.IntN(1e5))
		case 1:
			fmt.Fprintf(&b, `time=2026-11-24T%02d:%02d:%02d.%03dZ level=WARN source=pool.go:%d msg="connection pool exhausted" trace_id=%016x%016x waited=%dms in_use=%d`+"\n",
				r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000), r.IntN(900), r.Uint64(), r.Uint64(), r.IntN(1000), r.IntN(64))
		default:
			fmt.Fprintf(&b, "2026-11-24 %02d:%02d:%02d,%03d INFO  [worker-%d] o.a.k.c.consumer.KafkaConsumer - Seeking to offset %d for partition orders-%d (epoch=%d)\n",
				r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1000), r.IntN(16), r.IntN(1e8), r.IntN(12), r.IntN(40))
		}
	}
	return b.String()
}

func prose(size int) string {
	const text = "The committee met on the second Tuesday of the month to discuss the budget. After a long debate, " +
		"which lasted until the early evening, it was agreed that 3 of the 12 proposals should be carried over: " +
		"the new roof, the bicycle racks and the repair of the fountain. Nobody objected; the chair thanked everyone " +
		"and closed the session (see minutes, section 4.2). "
	return strings.Repeat(text, size/len(text)+1)
}

func benchmark(b *testing.B, text string) {
	d := New()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	var spans []pii.Span
	for b.Loop() {
		spans = d.AppendSpans(spans[:0], text)
	}
	b.ReportMetric(float64(len(spans)), "spans")
}

func BenchmarkCleanJSON(b *testing.B) { benchmark(b, cleanJSON(1<<20)) }
func BenchmarkAccessLog(b *testing.B) { benchmark(b, accessLog(1<<20)) }
func BenchmarkLogs(b *testing.B)      { benchmark(b, programLog(1<<20)) }
func BenchmarkProse(b *testing.B)     { benchmark(b, prose(1<<20)) }

// BenchmarkAccents is text in which every line has to be looked at for folding.
func BenchmarkAccents(b *testing.B) {
	benchmark(b, strings.NewReplacer("e", "é", "'", "’", " of", "\u00a0of").Replace(prose(1<<20)))
}

// BenchmarkContacts is the opposite: every line is full of findings.
func BenchmarkContacts(b *testing.B) {
	r := rand.New(rand.NewPCG(5, 6))
	var s strings.Builder
	for s.Len() < 1<<18 {
		fmt.Fprintf(&s, "contact%d@example.com, +1 628 %03d %04d, card 4111 1111 1111 1111, 10.2.%d.%d\n",
			r.IntN(1000), 200+r.IntN(700), r.IntN(10000), r.IntN(256), 1+r.IntN(255))
	}
	benchmark(b, s.String())
}
