package e2e

import (
	"encoding/json"
	"strings"
	"testing"
)

// markedRows are two texts that the default finds everything in, and one
// where a name is marked that is none.
const markedRows = `{"text":"Hi, this is Elena Markovic, call me on +1 628 219 4407","spans":{"private_person: Elena Markovic":[[12,26]],"private_phone: +1 628 219 4407":[[39,54]]},"info":{"source":"chat"}}
{"text":"☕ mail j.hartmann@korvin-labs.net","label":[{"category":"private_email","start":7,"end":33}]}
{"text":"the total was 14 and the rest 3","spans":[{"start":4,"end":9,"label":"private_person"}]}
`

// TestEval: the tables and the JSON of eval, with the embedded model and with
// rules alone, and nothing of the texts in them unless it is asked for.
func TestEval(t *testing.T) {
	file := writeFile(t, "marked.jsonl", markedRows)
	type counts struct {
		Marked, Exact, Contained, False int
	}
	for _, tt := range []struct {
		name         string
		args         []string
		chat, marked counts
	}{
		{"the default", nil, counts{2, 2, 2, 0}, counts{2, 1, 1, 0}},
		{"rules alone", []string{"--rules-only"}, counts{2, 1, 1, 0}, counts{2, 1, 1, 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out, errs, err := caddy(t, "", append([]string{"eval", "--json", file}, tt.args...)...)
			if err != nil {
				t.Fatalf("%v: %s", err, errs)
			}
			var doc struct{ Sources map[string]counts }
			if err := json.Unmarshal([]byte(out), &doc); err != nil {
				t.Fatal(err)
			}
			if doc.Sources["chat"] != tt.chat || doc.Sources["marked"] != tt.marked {
				t.Errorf("got %+v", doc.Sources)
			}
		})
	}
	t.Run("tables", func(t *testing.T) {
		out, errs, err := caddy(t, "", "eval", file)
		if err != nil || errs != "" {
			t.Fatalf("%v: %s", err, errs)
		}
		for _, want := range []string{"source", "private_email", "Missed: nothing of it was found (1 of 4 spans)", "marked.jsonl:3"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
		for _, value := range []string{"total", "Elena", "4407", "hartmann"} {
			if strings.Contains(out, value) {
				t.Errorf("it shows %q", value)
			}
		}
	})
	t.Run("with values", func(t *testing.T) {
		out, _, err := caddy(t, "", "eval", "--show", file)
		if err != nil || !strings.Contains(out, `"total"`) {
			t.Errorf("%v\n%s", err, out)
		}
	})
	t.Run("a bad row", func(t *testing.T) {
		bad := writeFile(t, "bad.jsonl", markedRows+`{"text":"canary","spans":[{"start":0,"end":99,"label":"secret"}]}`)
		out, errs, err := caddy(t, "", "eval", "--rules-only", bad)
		if err == nil || out != "" || !strings.Contains(errs, "bad.jsonl: line 4: ") || strings.Contains(errs, "canary") {
			t.Errorf("%v: %q %q", err, out, errs)
		}
	})
}
