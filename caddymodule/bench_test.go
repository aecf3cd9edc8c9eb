package caddymodule

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
)

// BenchmarkHandler measures what the handler adds to a request without the
// network: nothing to inspect, and 10 kB of clean JSON each way.
func BenchmarkHandler(b *testing.B) {
	var records []string
	for i := range 100 {
		records = append(records, fmt.Sprintf(`{"id":%d,"title":"a title of some words","ratio":%d.5,"tags":["one","two"]}`, i, i))
	}
	clean := "[" + strings.Join(records, ",\n") + "]"
	for _, row := range []struct{ name, body string }{{"nothing", ""}, {"clean 10 kB JSON", clean}} {
		b.Run(row.name, func(b *testing.B) {
			g := newRig(b, &Handler{RulesOnly: true})
			next := caddyhttp.HandlerFunc(func(w http.ResponseWriter, r *http.Request) error {
				if row.body == "" {
					w.WriteHeader(http.StatusNoContent)
					return nil
				}
				w.Header()["Content-Type"] = []string{"application/json"}
				_, err := io.WriteString(w, row.body)
				return err
			})
			b.ReportAllocs()
			b.SetBytes(2 * int64(len(row.body)))
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(row.body))
				r.Header["Content-Type"] = []string{"application/json"}
				if err := g.ServeHTTP(httptest.NewRecorder(), r, next); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
