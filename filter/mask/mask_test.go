package mask

import (
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func newMasker(t testing.TB, format, key string) *Masker {
	t.Helper()
	m, err := New(format, []byte(key))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAppendText(t *testing.T) {
	for _, tt := range []struct {
		name, format, value string
		action              Action
		want                string
	}{
		{"replace", "", "lena@example.com", Action{}, "<PRIVATE_EMAIL>"},
		{"format", "[{category}]", "lena@example.com", Action{}, "[PRIVATE_EMAIL]"},
		{"format without category", "***", "lena@example.com", Action{}, "***"},
		{"redact", "", "lena@example.com", Action{Kind: Redact}, ""},
		{"partial keeps separators", "", "4111-1111-1111-1234", Action{Kind: Partial, KeepLast: 4}, "****-****-****-1234"},
		{"partial of e-mail", "", "lena@example.com", Action{Kind: Partial, KeepLast: 3}, "****@*******.com"},
		{"partial of a short value", "", "1234", Action{Kind: Partial, KeepLast: 4}, "****"},
		{"partial of one more", "", "12345", Action{Kind: Partial, KeepLast: 4}, "*2345"},
		{"partial keeps none", "", "Zoë Müller", Action{Kind: Partial}, "*** ******"},
		{"partial of other scripts", "", "李小龍", Action{Kind: Partial, KeepLast: 1}, "**龍"},
		{"an unknown action masks", "", "x", Action{Kind: 99}, "<PRIVATE_EMAIL>"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMasker(t, tt.format, "")
			if got := string(m.AppendText(nil, tt.value, pii.PrivateEmail, tt.action)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestHash(t *testing.T) {
	m, other := newMasker(t, "", "key one"), newMasker(t, "", "key two")
	hash := func(m *Masker, value string, c pii.Category) string {
		return string(m.AppendText(nil, value, c, Action{Kind: Hash}))
	}
	lena := hash(m, "lena@example.com", pii.PrivateEmail)
	if !strings.HasPrefix(lena, "<PRIVATE_EMAIL:") || len(lena) != len("<PRIVATE_EMAIL:>")+tokenChars {
		t.Errorf("token %q", lena)
	}
	for _, tt := range []struct {
		name string
		got  string
		same bool
	}{
		{"the same value again", hash(m, "lena@example.com", pii.PrivateEmail), true},
		{"another case", hash(m, "Lena@Example.COM", pii.PrivateEmail), true},
		{"another value", hash(m, "lena@example.org", pii.PrivateEmail), false},
		{"another category", strings.Replace(hash(m, "lena@example.com", pii.Secret), "SECRET", "PRIVATE_EMAIL", 1), false},
		{"another key", hash(other, "lena@example.com", pii.PrivateEmail), false},
	} {
		if (tt.got == lena) != tt.same {
			t.Errorf("%s: %q and %q", tt.name, tt.got, lena)
		}
	}
	if a, b := hash(m, "4111 1111 1111 1111", pii.AccountNumber), hash(m, "4111-1111-1111-1111", pii.AccountNumber); a != b {
		t.Errorf("separators change a pseudonym: %q and %q", a, b)
	}
}

// A client that writes a placeholder of its own must not get a value past the
// filter in it.
func TestIsPlaceholder(t *testing.T) {
	m, other := newMasker(t, "", "key one"), newMasker(t, "", "key two")
	token := string(m.AppendText(nil, "lena@example.com", pii.PrivateEmail, Action{Kind: Hash}))
	foreign := string(other.AppendText(nil, "lena@example.com", pii.PrivateEmail, Action{Kind: Hash}))
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"<PRIVATE_EMAIL>", true},
		{"<SECRET>", true},
		{token, true},
		{foreign, false},
		{strings.Replace(token, "EMAIL", "PHONE", 1), false},
		{"<PRIVATE_EMAIL:411111111111111100000000deadbeef>", false},
		{"<private_email>", false},
		{"<ELENA>", false},
		{"PRIVATE_EMAIL", false},
		{"<PRIVATE_EMAIL", false},
	} {
		if got := m.IsPlaceholder([]byte(tt.text), 0, len(tt.text)); got != tt.want {
			t.Errorf("%q: got %v", tt.text, got)
		}
	}
	if text := "to <PRIVATE_EMAIL>."; !m.IsPlaceholder([]byte(text), 4, 17) {
		t.Error("the inside of a placeholder is not recognised")
	}
}

func TestAppendNumber(t *testing.T) {
	for _, tt := range []struct {
		name, number string
		start, end   int
		action       Action
		how          Numbers
		want         string
	}{
		{"digits", "4012888888881881", 0, 16, Action{}, NumbersDigits, "1111111111111111"},
		{"only what was found", "-12.5678e10", 4, 8, Action{}, NumbersDigits, "1111"},
		{"redact stays a number", "123456", 0, 6, Action{Kind: Redact}, NumbersDigits, "111111"},
		{"partial", "123456", 0, 6, Action{Kind: Partial, KeepLast: 2}, NumbersDigits, "111156"},
		{"partial of a short one", "1234", 0, 4, Action{Kind: Partial, KeepLast: 4}, NumbersDigits, "1111"},
		{"string", "4012888888881881", 0, 16, Action{}, NumbersString, `"<ACCOUNT_NUMBER>"`},
		{"redact as string", "123456", 0, 6, Action{Kind: Redact}, NumbersString, `""`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := string(newMasker(t, "", "").AppendNumber(nil, tt.number, tt.start, tt.end, pii.AccountNumber, tt.action, tt.how))
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestMaskedNumbersAreNumbers(t *testing.T) {
	m := newMasker(t, `"\{category}`, "key")
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(
			rapid.Custom(func(t *rapid.T) string { return strconv.FormatInt(rapid.Int64().Draw(t, "int"), 10) }),
			rapid.Custom(func(t *rapid.T) string {
				return strconv.FormatFloat(rapid.Float64().Draw(t, "float"), 'g', -1, 64)
			}),
		).Filter(func(s string) bool { return json.Valid([]byte(s)) }).Draw(t, "number")
		start := rapid.IntRange(0, len(number)-1).Draw(t, "start")
		end := rapid.IntRange(start+1, len(number)).Draw(t, "end")
		kind := rapid.SampledFrom([]Kind{Replace, Redact, Partial, Hash}).Draw(t, "kind")
		a := Action{Kind: kind, KeepLast: rapid.IntRange(0, 4).Draw(t, "keep")}
		digits := number[:start] + string(m.AppendNumber(nil, number, start, end, pii.AccountNumber, a, NumbersDigits)) + number[end:]
		if !json.Valid([]byte(digits)) || len(digits) != len(number) {
			t.Fatalf("%s became %s", number, digits)
		}
		if s := m.AppendNumber(nil, number, start, end, pii.AccountNumber, a, NumbersString); !json.Valid(s) || s[0] != '"' {
			t.Fatalf("%s became %s", number, s)
		}
	})
}

func TestPartialNeverShowsMore(t *testing.T) {
	m := newMasker(t, "", "")
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.String().Draw(t, "value")
		keep := rapid.IntRange(0, maxKeepLast).Draw(t, "keep")
		got := string(m.AppendText(nil, value, pii.Secret, Action{Kind: Partial, KeepLast: keep}))
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(value) {
			t.Fatalf("%q became %q", value, got)
		}
		shown := 0
		for _, r := range got {
			if hidden(r) {
				shown++
			}
		}
		if shown > keep {
			t.Fatalf("%q shows %d of %q", got, shown, value)
		}
	})
}

func TestParseAction(t *testing.T) {
	for _, tt := range []struct {
		words string
		want  Action
		bad   bool
	}{
		{"replace", Action{}, false},
		{"redact", Action{Kind: Redact}, false},
		{"partial", Action{Kind: Partial, KeepLast: 4}, false},
		{"partial 2", Action{Kind: Partial, KeepLast: 2}, false},
		{"partial 0", Action{Kind: Partial}, false},
		{"hash", Action{Kind: Hash}, false},
		{"keep", Action{Kind: Keep}, false},
		{"block", Action{Kind: Block}, false},
		{"", Action{}, true},
		{"mask", Action{}, true},
		{"Replace", Action{}, true},
		{"partial -1", Action{}, true},
		{"partial 17", Action{}, true},
		{"partial four", Action{}, true},
		{"partial 1 2", Action{}, true},
		{"keep it", Action{}, true},
	} {
		got, err := ParseAction(strings.Fields(tt.words))
		if (err != nil) != tt.bad || err == nil && got != tt.want {
			t.Errorf("%q: got %+v, error %v", tt.words, got, err)
		}
	}
}

func TestNewRefusesFormats(t *testing.T) {
	for _, format := range []string{"a\nb", "\xff", strings.Repeat("x", maxFormat+1)} {
		if _, err := New(format, nil); err == nil {
			t.Errorf("%q was taken", format)
		}
	}
}
