package named

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

func TestSpans(t *testing.T) {
	for in, want := range map[string]string{
		"user=adiaz ip=1.2.3.4":                 "adiaz",
		`{"userName":"a.diaz","id":7}`:          "a.diaz",
		"username: adiaz\nrole: admin":          "adiaz",
		"customer.city: Bad Honnef\nzip: 53604": "Bad Honnef|53604",
		"PLZ=53604&Ort=Bonn":                    "53604|Bonn",
		`login="Ana Ruiz" ok`:                   "Ana Ruiz",
		"user=root x":                           "",
		"user: null":                            "",
		"user=":                                 "",
		"user: please tell me what the weather is like today": "",
		"superuser=yes":   "",
		"at 10:12:01 x=y": "",
		"город: x":        "",
	} {
		var got []string
		for _, s := range Spans(in) {
			got = append(got, in[s.Start:s.End])
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestBeside(t *testing.T) {
	found, err := With(rules.New()).Detect(t.Context(), []pii.Segment{{Text: "user=adiaz mail=ana@ruiz.net"}, {Text: "x"}})
	if err != nil || len(found[0]) != 2 || len(found[1]) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

func TestSpansAreSound(t *testing.T) {
	alphabet := []string{"user", "city", "=", ":", " ", "\"", "\n", "é", "\xff", "x", ",", "&", strings.Repeat("y", 50)}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, 20).Draw(rt, "text"), "")
		last := 0
		for _, s := range Spans(text) {
			if s.Start < last || s.Start >= s.End || s.End > len(text) || !utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End]) && utf8.ValidString(text) {
				rt.Fatalf("%v after %d in %q", s, last, text)
			}
			last = s.End
		}
	})
}
