package body

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestLogfmtSlots(t *testing.T) {
	for _, tt := range []struct {
		name, in string
		want     []string
	}{
		{"pairs", "level=info user=\"Elena M\" mail=x\n", []string{"k:level", "v:level=info", "k:user", "v:user=Elena M", "k:mail", "v:mail=x"}},
		{"escapes", `a=1b msg="say \"x\" \u0041\n"`, []string{"k:a", "v:a=1b", "k:msg", "v:msg=say \"x\" A\n"}},
		{"JSON in a value", `a=b c="{\"d\":\"x\"}"`, []string{"k:a", "v:a=b", "k:c", "k:d", "v:d=x"}},
		{"empty values and constants", "a= b=\"\" c=true d=x?y=z\r\n\r\ne=f g=h\r\n", []string{"k:a", "k:b", "k:c", "k:d", "v:d=x?y=z", "k:e", "v:e=f", "k:g", "v:g=h"}},
		{"other lines between", "a=b c=d\n  at main.go:3\ne=f g=h\n", []string{"k:a", "v:a=b", "k:c", "v:c=d", "v:  at main.go:3\n", "k:e", "v:e=f", "k:g", "v:g=h"}},
		// What is prose stays one text.
		{"one pair", "a=\"b c\"\n", []string{"v:a=\"b c\"\n"}},
		{"prose with pairs", "set a=b and c=d, then go\n", []string{"v:set a=b and c=d, then go\n"}},
		{"mostly prose", "a=b c=d\nhello\nworld\n", []string{"v:a=b c=d\nhello\nworld\n"}},
		{"an open quote", "a=b c=\"d\n", []string{"v:a=b c=\"d\n"}},
		{"numbers in front", "1=2 3=4\n", []string{"v:1=2 3=4\n"}},
		{"a comparison", "a==b c==d\n", []string{"v:a==b c==d\n"}},
	} {
		doc := parse(t, []byte(tt.in), "text/plain")
		if got := texts(doc); doc.Format != Text || !slices.Equal(got, tt.want) {
			t.Errorf("%s: %s\ngot  %q\nwant %q", tt.name, doc.Format, got, tt.want)
		}
		if got := doc.Splice(nil); string(got) != tt.in {
			t.Errorf("%s: without edits the body became %q", tt.name, got)
		}
	}
	doc := parse(t, []byte("id=xy a="+canary+" b=\""+canary+"\"\n"), "text/plain", "$.id")
	if got := string(maskWith(doc, `X "y"`)); got != `id=xy a="X \"y\"" b="X \"y\""`+"\n" || slices.Contains(texts(doc), "v:id=xy") {
		t.Errorf("masked: %q", got)
	}
}

func FuzzLogfmt(f *testing.F) {
	for _, in := range []string{"a=b c=lena@example.com\n", "a=\"lena@example.com\" b=\n", "a=b c=d\nlena@example.com\n", "a=\"\\\"\" b=c", "a=b\tc=d\r\n"} {
		f.Add([]byte(in))
	}
	h := NewHint([]string{"text/plain"}, "")
	f.Fuzz(func(t *testing.T, raw []byte) {
		doc, err := Parse(raw, h, Options{})
		if err != nil || doc.Format != Text {
			return
		}
		if out := doc.Splice(nil); !bytes.Equal(out, raw) {
			t.Fatalf("%q became %q without an edit", raw, out)
		}
		out := maskWith(doc, "MASK IT")
		if bytes.Contains(raw, []byte(canary)) && bytes.Contains(out, []byte(canary)) {
			t.Fatalf("%q became %q", raw, out)
		}
		for line := range strings.Lines(string(raw)) {
			if pairs := logPairs([]byte(line)); pairs != nil && len(logPairs([]byte(strings.TrimSpace(line)))) != len(pairs) {
				t.Fatalf("%q is two things", line)
			}
		}
	})
}
