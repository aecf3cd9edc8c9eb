package filter

import (
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// TestLocate: what was found is reported by the range of the body that spells
// it, whatever escapes lie between; nobody else pays for it.
func TestLocate(t *testing.T) {
	f, err := New(Options{Rules: rules.New(), Policy: Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, body string
		want       []string
	}{
		{"text", "é mail ann@canary-mailbox.net, 81.2.69.142", []string{"ann@canary-mailbox.net", "81.2.69.142"}},
		{"escapes", `{"a":"x ann\u0040canary-mailbox.net"}`, []string{`ann\u0040canary-mailbox.net`}},
		{"JSON in a JSON string", `{"a":"{\"b\":\"ann\\u0040canary-mailbox.net\"}"}`, []string{`ann\\u0040canary-mailbox.net`}},
		{"short and long values, in order", `{"a":"81.2.69.142","b":"this one is long enough to stand alone, with ann@canary-mailbox.net in it","c":"81.2.69.143"}`, []string{"81.2.69.142", "ann@canary-mailbox.net", "81.2.69.143"}},
		{"nothing", `{"a":1}`, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, err := f.Process(t.Context(), nil, Message{Body: []byte(tt.body), Locate: true})
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Spans) != len(tt.want) {
				t.Fatalf("%d spans, want %d", len(res.Spans), len(tt.want))
			}
			for i, s := range res.Spans {
				if got := tt.body[s.Start:s.End]; got != tt.want[i] {
					t.Errorf("span %d is %q, want %q", i, got, tt.want[i])
				}
			}
			if res, _ := f.Process(t.Context(), nil, Message{Body: []byte(tt.body)}); res.Spans != nil {
				t.Error("spans although nobody asked")
			}
		})
	}
}
