package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sampled draws one of a list.
func sampled[T any](t *rapid.T, name string, list ...T) T {
	return rapid.SampledFrom(list).Draw(t, name)
}

// machineText is what machines write and shortcuts pass over, nearly right or
// not at all.
func machineText(t *rapid.T) string {
	digits := func(n int) string {
		return rapid.StringMatching(fmt.Sprintf("[0-9]{%d}", n)).Draw(t, "digits")
	}
	hex := func(n int) string {
		return rapid.StringMatching(fmt.Sprintf("[0-9a-f]{%d}", n)).Draw(t, "hex")
	}
	switch rapid.IntRange(0, 7).Draw(t, "machine") {
	case 0:
		return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12)
	case 1:
		return digits(8) + "-" + digits(4) + "-" + digits(4) + "-" + digits(4) + "-" + digits(12)
	case 2, 3:
		date := sampled(t, "date", "1971-03-04", "2026-11-24", "2008-02-30", "2031-1-2")
		clock := sampled(t, "clock", "T10:11:12", " 10:11:12", "T10:11", "T101112", "")
		if rapid.Bool().Draw(t, "fraction") {
			clock += sampled(t, "mark", ".", ",") + digits(rapid.IntRange(1, 9).Draw(t, "places"))
		}
		return date + clock + sampled(t, "zone", "", "Z", "+02:00", "-0500", " UTC")
	case 4:
		return "[" + digits(2) + "/" + sampled(t, "month", "Nov", "Mai", "xyz") + "/" + sampled(t, "year", "2026", "1971") + ":10:11:12 " + sampled(t, "zone", "+0000]", "-0500]", "+0000")
	case 5:
		return hex(rapid.IntRange(2, 48).Draw(t, "size"))
	case 6:
		return digits(rapid.IntRange(1, 14).Draw(t, "size"))
	default:
		return digits(rapid.IntRange(1, 4).Draw(t, "whole")) + "." + digits(rapid.IntRange(1, 12).Draw(t, "places"))
	}
}

// namingWords make something of a number or a value, and keys of fields.
var namingWords = strings.Fields(`born dob customer_no geboren ssn tax_id passport phone tel card iban account_number password secret token api_key
	pesel nif steuer-id medicare name first_name email address id created_at uuid value lat mac pin is Date-Naissance key`)

// TestShortcutsLoseNothing: with the shortcuts the spans are those of looking
// at everything, in texts made of what shortcuts are about, of values and of
// the words that name them.
func TestShortcutsLoseNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 8).Draw(t, "pieces") {
			switch rapid.IntRange(0, 5).Draw(t, "piece") {
			case 0, 1:
				b.WriteString(machineText(t))
			case 2:
				fmt.Fprintf(&b, `"%s": `, rapid.SampledFrom(namingWords).Draw(t, "key"))
			case 3:
				b.WriteString(rapid.SampledFrom(namingWords).Draw(t, "word"))
			case 4:
				b.WriteString(rapid.SampledFrom(shortcutValues).Draw(t, "value"))
			}
			b.WriteString(sampled(t, "between", "", " ", `"`, ", ", "\n", ": ", "=", "-", "/", ".", "[", "] ", "{", "}", "(", "+", "T", "x", `", "`, `{"`))
		}
		text := b.String()
		if got, want := New().AppendSpans(nil, text), exhaustive(text); !slices.Equal(got, want) {
			t.Fatalf("%q: got %v, looking everywhere %v", text, got, want)
		}
	})
}

// TestLexiconsHearAll: the question before the words of a lexicon loses none.
func TestLexiconsHearAll(t *testing.T) {
	lexicons := map[string]*lexicon{"identifiers": &idWords, "births": &birthWords, "months": &months, "after births": &afterBirth}
	for name, l := range lexicons {
		every := *l
		for k := range every.begins {
			every.begins[k] = ^uint64(0)
		}
		var words []string
		for _, buckets := range l.latin {
			for _, bucket := range buckets {
				for _, e := range bucket {
					words = append(words, strings.NewReplacer("_", "", "*", "s").Replace(e.word), strings.NewReplacer("_", "-", "*", "").Replace(e.word))
				}
			}
		}
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			var b strings.Builder
			for range rapid.IntRange(1, 4).Draw(t, "words") {
				word := rapid.SampledFrom(words).Draw(t, "word")
				switch rapid.IntRange(0, 3).Draw(t, "case") {
				case 0:
					word = strings.ToUpper(word)
				case 1:
					word = strings.ToUpper(word[:1]) + word[1:]
				case 2:
					word = strings.NewReplacer("a", "ä", "e", "É", "o", "ø").Replace(word)
				}
				b.WriteString(word + sampled(t, "between", "", " ", "_", ". ", "1", "е", "X"))
			}
			if got, want := l.hear(b.String()), every.hear(b.String()); got != want {
				t.Fatalf("%q: got %v, asking for every word %v", b.String(), got, want)
			}
		}))
	}
}

// shortcutValues are things to find.
var shortcutValues = []string{
	"4111 1111 1111 1111", "+1 628 219 4407", "078-05-1120", "DE89 3704 0044 0532 0130 00", "44051401359", "12345678Z", "RSSMRA80A01H501U", "1EG4-TE5-MK73",
	"4 March 1971", "04.03.1971", "19710304", "203.0.113.7", "2001:db8::1", "jane@example.com", "hunter2!", "sk-abc123def456ghi789jkl012", "Ann Lee", "three five five zero one two four",
	"abandon ability able about above absent absorb abstract absurd abuse access accident", "legal winner thank year wave sausage worth useful legal winner thank yellow", "3c:52:82:1f:a0:4b", "48.856613", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c3lu", "is", "code 123456",
}
