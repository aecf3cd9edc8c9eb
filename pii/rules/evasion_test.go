package rules_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// valid holds one value of each family, and what it takes around it.
var valid = []struct {
	before, value, after string
	category             pii.Category
}{
	{"mail ", "jane.doe@example.com", " ok", pii.PrivateEmail},
	{"", "+1 628 219 4407", "", pii.PrivatePhone},
	{"call ", "(415) 555-2671", ", please", pii.PrivatePhone},
	{"phone: ", "4155552671", "\n", pii.PrivatePhone},
	{"card ", "4111111111111111", "", pii.AccountNumber},
	{"(", "5555-5555-5555-4444", ")", pii.AccountNumber},
	{"IBAN ", "DE89 3704 0044 0532 0130 00", " x", pii.AccountNumber},
	{"", "GB82WEST12345698765432", ".", pii.AccountNumber},
	{"ssn: ", "078051120", "", pii.AccountNumber},
	{"", "078-05-1120", "", pii.AccountNumber},
	{"from ", "203.0.113.7", " to", pii.PrivateIP},
	{"from ", "2001:db8::8a2e:370:7334", " to", pii.PrivateIP},
	{"see ", "https://joe:s3cret@host.example/x", " now", pii.PrivateURL},
	{"see ", "https://example.com/users/elena.markovic", " now", pii.PrivateURL},
	{"db postgres://app:", "s3cr3t", "@db/x", pii.Secret},
	{"key ", "sk-synthetic0123synthetic0123", " end", pii.Secret},
	{"key ", "ghp_synthetic0123synthetic0123synthetic01", " end", pii.Secret},
	{"", "AKIASYNTHETIC0123456", "", pii.Secret},
	{"jwt ", header + "." + claims + "." + mac, " end", pii.Secret},
	{"Authorization: Bearer ", "abc123def456ghi", "\n", pii.Secret},
	{"password: ", "hunter2", "\n", pii.Secret},
	{`"api_key":"`, "abcd1234efgh5678", `"`, pii.Secret},
	{"", "-----BEGIN PRIVATE KEY-----\n" + keyBody + "\n-----END PRIVATE KEY-----", "\n", pii.Secret},
}

// invisible are characters that change nothing for a reader.
var invisible = []string{
	"\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u200f", "\u202a", "\u202c", "\u2066", "\u2069", "\u180e", "\u034f", "\u061c",
	"\ufe0f", "\ufe00", "\U000e0001", "\U000e0020", "\U000e0061", "\U000e0100", "\u3164", "\x00", "\x01", "\x7f", "\u0336", "\u0301", "\u20e3", "\xff", "\ufffd", "\x1b[1m",
}

// oneSpan asserts that text has exactly one span, over [start, end).
func oneSpan(t *rapid.T, text string, start, end int, c pii.Category) {
	got := rules.New().AppendSpans(nil, text)
	if len(got) != 1 || got[0].Start != start || got[0].End != end || got[0].Category != c {
		t.Fatalf("%q: want [%d,%d) %s, got %v", text, start, end, c, got)
	}
	checkInvariants(t, text)
}

func TestValuesStandAsTheyAre(t *testing.T) {
	for _, v := range valid {
		got := rules.New().AppendSpans(nil, v.before+v.value+v.after)
		if len(got) != 1 || got[0].Start != len(v.before) || got[0].End != len(v.before)+len(v.value) || got[0].Category != v.category {
			t.Errorf("%q: %v", v.value, got)
		}
	}
}

// Invisible characters inside a value hide nothing, wherever they stand and
// however many they are.
func TestInvisibleCharactersHideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(valid).Draw(t, "value")
		var b strings.Builder
		for i, c := range v.value {
			if i > 0 {
				for range rapid.IntRange(0, 2).Draw(t, "count") {
					b.WriteString(rapid.SampledFrom(invisible).Draw(t, "invisible"))
				}
			}
			b.WriteRune(c)
		}
		text := v.before + b.String() + v.after
		oneSpan(t, text, len(v.before), len(v.before)+b.Len(), v.category)
	})
}

// disguise returns a character that stands for c.
func disguise(t *rapid.T, c byte) string {
	var forms []string
	switch {
	case c >= '0' && c <= '9':
		for _, zero := range []rune{'０', '٠', '۰', '०', '০', '๐', '𝟎', '𝟘', '𝟶', '𞥐'} {
			forms = append(forms, string(zero+rune(c-'0')))
		}
		if c > '0' {
			forms = append(forms, string('①'+rune(c-'1')))
		}
	case c >= 'A' && c <= 'Z':
		forms = []string{string('Ａ' + rune(c-'A')), string('𝐀' + rune(c-'A')), string('Ⓐ' + rune(c-'A'))}
	case c >= 'a' && c <= 'z':
		forms = []string{string('ａ' + rune(c-'a')), string('𝐚' + rune(c-'a')), string('ⓐ' + rune(c-'a'))}
	case c == '-':
		forms = []string{"‐", "‑", "‒", "–", "—", "−", "－", "﹣"}
	case c == ' ':
		forms = []string{"\u00a0", "\u2009", "\u202f", "\u3000", "\u2003"}
	case c == '.':
		forms = []string{"．", "。", "․", "·"}
	case c > ' ' && c < 0x7f:
		forms = []string{string('！' + rune(c-'!'))}
	default:
		return string(c)
	}
	return rapid.SampledFrom(forms).Draw(t, "form")
}

// Full-width and other forms of digits, letters and marks hide nothing.
func TestDisguisedCharactersHideNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(valid).Draw(t, "value")
		var b strings.Builder
		for i := 0; i < len(v.value); i++ {
			if rapid.Bool().Draw(t, "disguised") {
				b.WriteString(disguise(t, v.value[i]))
			} else {
				b.WriteByte(v.value[i])
			}
		}
		text := v.before + b.String() + v.after
		oneSpan(t, text, len(v.before), len(v.before)+b.Len(), v.category)
	})
}

// A value keeps its span whatever harmless text stands around it: the offset
// map is right after any mixture of scripts, marks and broken bytes.
func TestSurroundingsShiftNothing(t *testing.T) {
	pieces := append([]string{"日本語 ", "é ", "ﬁ ", "㎏ ", "½ ", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 ", "\xc3 ", "ß ", "हिन्दी ", "… ", "„x“ "}, invisible...)
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.SampledFrom(valid).Draw(t, "value")
		around := func(name string) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, name), "")
		}
		left := around("left") + " . " + v.before
		if strings.HasPrefix(v.before, "pass") {
			left = around("left") + "\n" + v.before
		}
		text := left + v.value + v.after + "\n" + around("right")
		oneSpan(t, text, len(left), len(left)+len(v.value), v.category)
	})
}

// Arbitrary strings, also broken ones, never break the promises of spans.
func TestInvariantsOnAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkInvariants(t, rapid.String().Draw(t, "text")) })
	rapid.Check(t, func(t *rapid.T) {
		checkInvariants(t, string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")))
	})
	vocabulary := []string{
		"@", ".", ":", "//", "://", "=", "-", "_", "+", "(", ")", "[", "]", "%40", "eyJ", "-----BEGIN ", "PRIVATE KEY-----", "password", "ssn", "tel ",
		"1", "4111", "12", "a", "com", " ", "\n", "\u200b", "０", "é", "日", "\xff", "\x00", "\"", "\\", "'", "/", "~", "users/", "sk-", "bearer ", "is ", "&", ";", ",", "::", "fe80", "DE89", "at", "dot",
	}
	rapid.Check(t, func(t *rapid.T) {
		checkInvariants(t, strings.Join(rapid.SliceOf(rapid.SampledFrom(vocabulary)).Draw(t, "words"), ""))
	})
}
