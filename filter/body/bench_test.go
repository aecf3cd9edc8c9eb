package body

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// records is about size bytes of the JSON that APIs exchange.
func records(size int) []byte {
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

func benchmarkParse(b *testing.B, raw []byte, contentType string) {
	h := NewHint([]string{contentType}, "")
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(raw, h, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSlotsJSON10kB(b *testing.B) { benchmarkParse(b, records(10_000), "application/json") }
func BenchmarkSlotsJSON1MB(b *testing.B)  { benchmarkParse(b, records(1_000_000), "application/json") }

func BenchmarkSlotsText1MB(b *testing.B) {
	benchmarkParse(b, bytes.Repeat([]byte("2026-11-24T10:00:00Z INFO request done status=200 bytes=1234\n"), 16_000), "text/plain")
}

func BenchmarkSlotsXML1MB(b *testing.B) {
	benchmarkParse(b, []byte("<r>"+strings.Repeat(`<order id="17"><note>Please leave the parcel with the neighbour.</note><city>Oslo</city></order>`, 11_000)+"</r>"), "application/xml")
}

func BenchmarkSlotsHTML1MB(b *testing.B) {
	benchmarkParse(b, bytes.Repeat([]byte(`<div class="row"><p>Please leave the <b>parcel</b> with the neighbour.</p><a href="/orders/17">more</a></div>`), 9_000), "text/html")
}
