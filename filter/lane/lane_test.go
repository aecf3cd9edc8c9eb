package lane

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// expressions is a detector that finds what they match.
type expressions struct {
	cheap, dear *regexp.Regexp
	asked       int
	taken       []pii.Category
}

func newExpressions() *expressions {
	return &expressions{
		cheap: regexp.MustCompile(`[\w.+-]+@[\w-]+(\.[\w-]+)*\.\w{2,}|\b\d{4}([\s.-]?\d{4}){3}\b|-----BEGIN [A-Z ]*PRIVATE KEY-----(?s:.*?)-----END [A-Z ]*PRIVATE KEY-----`),
		dear:  regexp.MustCompile(`Elena Markovic|Zoë Müller|李小龍|12 Long Road(, \w+)*`),
	}
}

func (e *expressions) Find(_ context.Context, text []byte, from int, cheap bool) (a Answer, err error) {
	e.asked++
	if from > len(text) {
		return a, errors.New("context behind the text")
	}
	lists := [][]int{}
	lists = append(lists, e.cheap.FindAllIndex(text, -1)...)
	if !cheap {
		lists = append(lists, e.dear.FindAllIndex(text, -1)...)
	}
	slices.SortFunc(lists, func(a, b []int) int { return a[0] - b[0] })
	for _, at := range lists {
		if n := len(a.Edits); n > 0 && at[0] < a.Edits[n-1].End {
			a.Edits[n-1].End = max(a.Edits[n-1].End, at[1])
			a.Seen[n-1].End = a.Edits[n-1].End
			continue
		}
		a.Edits = append(a.Edits, Found{at[0], at[1], []byte("<X>")})
		a.Seen = append(a.Seen, Seen{at[0], at[1], "x", true})
	}
	return a, nil
}

func (e *expressions) Take(s Seen) { e.taken = append(e.taken, s.Category) }

// run gives a text to a lane in parts and returns it masked.
func run(t interface{ Fatalf(string, ...any) }, parts ...string) (string, *Lane, error) {
	l := New(newExpressions())
	text := strings.Join(parts, "")
	for _, p := range parts {
		before := l.Decided()
		if err := l.Append(context.Background(), []byte(p)); err != nil {
			return "", l, err
		}
		if l.Decided() < before || l.Decided() > l.Len() {
			t.Fatalf("decided %d, then %d of %d bytes", before, l.Decided(), l.Len())
		}
	}
	if err := l.End(context.Background()); err != nil {
		return "", l, err
	}
	if l.Decided() != int64(len(text)) {
		t.Fatalf("%d of %d bytes are decided in the end", l.Decided(), len(text))
	}
	return masked(t, text, l.Edits()), l, nil
}

func masked(t interface{ Fatalf(string, ...any) }, text string, edits []Edit) string {
	var b strings.Builder
	at := int64(0)
	for _, e := range edits {
		if e.Start < at || e.End <= e.Start {
			t.Fatalf("edits cross: %v", edits)
		}
		b.WriteString(text[at:e.Start])
		b.Write(e.Text)
		at = e.End
	}
	return b.String() + text[at:]
}

func TestLane(t *testing.T) {
	long := strings.Repeat("word ", 60)
	key := "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEA7. Yes!\n", 40) + "-----END RSA PRIVATE KEY-----"
	for _, tt := range []struct{ name, text, want string }{
		{"a sentence", "I am Elena Markovic.", "I am <X>."},
		{"an address with a stop in it", "Write to elena.markovic@example.com.", "Write to <X>."},
		{"an address that begins as a sentence ends", "It was john.smith@example.com", "It was <X>"},
		{"a harmless word does not hold", "She left today.", "She left today."},
		{"two sentences without a space", "Yes.No. elena@example.com", "Yes.No. <X>"},
		{"a number over a line end", "4111 1111\n1111 1111 it is", "<X> it is"},
		{"a number with stops", "4111.1111.1111.1111.", "<X>."},
		{"a name over the end of the waiting text", long[:190] + "Elena Markovic" + long, long[:190] + "<X>" + long},
		{"something long", "x " + "12 Long Road" + strings.Repeat(", street", 80) + " end. More", "x <X>  end. More"},
		{"a key", "key: " + key + " done.", "key: <X> done."},
		{"a certificate is none", "-----BEGIN CERTIFICATE-----\nMII.\n-----END CERTIFICATE-----\n", "-----BEGIN CERTIFICATE-----\nMII.\n-----END CERTIFICATE-----\n"},
		{"no spaces", strings.Repeat("字", 300) + "李小龍" + strings.Repeat("字", 300), strings.Repeat("字", 300) + "<X>" + strings.Repeat("字", 300)},
		{"a long token", strings.Repeat("x", 2000) + " lena@example.com", strings.Repeat("x", 2000) + " <X>"},
		{"a long address", strings.Repeat("x", 700) + "@example.com/a b", "<X>/a b"},
		{"broken runes", "a\xff\xc3. b\xe6", "a\xff\xc3. b\xe6"},
		{"nothing but marks", "... !? \n\n", "... !? \n\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for name, parts := range map[string][]string{"whole": {tt.text}, "bytes": strings.SplitAfter(tt.text, ""), "words": strings.SplitAfter(tt.text, " ")} {
				if got, _, err := run(t, parts...); err != nil || got != tt.want {
					t.Errorf("%s: got %q, error %v", name, got, err)
				}
			}
		})
	}
}

// What has been said must not wait for what comes next.
func TestSentencesLeaveAtOnce(t *testing.T) {
	for _, text := range []string{
		"How can I help you today?", "I am fine!", "It is done.", "My name is Elena Markovic.", "Write to elena@example.com.",
		"My card is 4111 1111 1111 1111.", "A line\n", "She asked. ", "That is all we need to know.", "これは文です。",
		"The answer is \"no\" ", "Das ist alles.", "Pourquoi pas ?", "Eso es todo.", "We need more information.",
	} {
		l := New(newExpressions())
		for i := range len(text) {
			if err := l.Append(t.Context(), []byte(text[i:i+1])); err != nil {
				t.Fatal(err)
			}
		}
		if end := strings.TrimRight(text, " "); !strings.HasSuffix(end, `"no"`) && int(l.Decided()) < len(end) {
			t.Errorf("%q: %q waits", text, text[l.Decided():])
		}
	}
}

func TestNoMoreThan256CharactersWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zäöü]{1,12}`), 100, 200).Draw(t, "words")
		l := New(newExpressions())
		text := strings.Join(words, " ")
		for _, r := range text {
			if err := l.Append(context.Background(), []byte(string(r))); err != nil {
				t.Fatal(err)
			}
			if n := utf8.RuneCountInString(text[l.Decided():l.Len()]); n > maxRunes {
				t.Fatalf("%d characters wait", n)
			}
		}
	})
}

// What follows a mark or a line decides whether it ends something, and may be
// long.
func TestLookingAheadIsBounded(t *testing.T) {
	for _, text := range []string{
		"Contoso." + strings.Repeat(".", 2000), "4111 1111\n" + strings.Repeat(" ", 2000), "in 2024." + strings.Repeat(" ", 2000),
		strings.Repeat("Aa.", 1000), strings.Repeat("Contoso.)", 300),
	} {
		l := New(newExpressions())
		for i := range len(text) {
			if err := l.Append(t.Context(), []byte(text[i:i+1])); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(text, " ") && l.Waiting() > 2*maxRunes+maxAhead {
				t.Fatalf("%.20q: %d bytes wait", text, l.Waiting())
			}
		}
		if l.Append(t.Context(), []byte(strings.Repeat(text, 1+maxToken/len(text)))) == nil && l.Waiting() > maxToken {
			t.Errorf("%.20q: %d bytes wait", text, l.Waiting())
		}
		if asked := l.find.(*expressions).asked; asked > maxToken/10 {
			t.Errorf("%.20q: asked %d times", text, asked)
		}
	}
}

func TestTooLong(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("x", maxToken+2000),
		"-----BEGIN PRIVATE KEY-----\n" + strings.Repeat("MIIE. Yes!\n", maxToken/10),
	} {
		_, l, err := run(t, text)
		if !errors.Is(err, ErrTooLong) {
			t.Errorf("error %v", err)
		}
		if l.Decided() > 10 {
			t.Errorf("%d bytes are decided", l.Decided())
		}
	}
}

// texts are made of what cuts and of what must not be cut.
func texts() *rapid.Generator[string] {
	piece := rapid.SampledFrom([]string{
		" ", " ", " ", "\n", "\r\n", ". ", ".", "!", "?", "...", "。", "\"", ")", "-", "@", "1", "12", "4111", "2024",
		"today", "it", "you", "Elena", "Markovic", "Elena Markovic", "Zoë Müller", "李小龍", "字", "lena@example.com", "john.", "smith@",
		"example.co", ".uk", "4111 1111 1111 1111", "4111-1111-1111-1111", "Dr", "e.g", "J", "12 Long Road, a, b, c, d", "\xff", "é",
		"-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----", "averyverylongtokenwithoutspaces",
		strings.Repeat("y", 90), strings.Repeat("word ", 20),
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 1, 80).Draw(t, "pieces"), "")
	})
}

func TestLaneDoesNotDependOnParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		whole, one, err := run(t, text)
		var parts []string
		for rest := text; rest != ""; {
			n := rapid.IntRange(1, min(len(rest), 40)).Draw(t, "part")
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		split, other, err2 := run(t, parts...)
		if split != whole || (err == nil) != (err2 == nil) {
			t.Fatalf("whole %q (%v)\nsplit %q (%v)", whole, err, split, err2)
		}
		if err != nil {
			return
		}
		if a, b := len(one.find.(*expressions).taken), len(other.find.(*expressions).taken); a != b {
			t.Fatalf("%d values are counted, split %d", a, b)
		}
		for _, raw := range []string{"lena@example.com", "4111 1111 1111 1111", "4111-1111-1111-1111"} {
			all := newExpressions().cheap.ReplaceAllString(text, "<X>")
			if strings.Contains(whole, raw) && !strings.Contains(all, raw) {
				t.Fatalf("%q is in %q", raw, whole)
			}
		}
	})
}

func FuzzLane(f *testing.F) {
	f.Add("I am Elena Markovic. Write to john.smith@example.com!", uint64(3))
	f.Add("4111 1111\n1111 1111 -----BEGIN PRIVATE KEY-----", uint64(1))
	f.Fuzz(func(t *testing.T, text string, seed uint64) {
		whole, _, err := run(t, text)
		var parts []string
		for rest := text; rest != ""; {
			seed = seed*6364136223846793005 + 1442695040888963407
			n := min(len(rest), 1+int(seed>>60))
			parts, rest = append(parts, rest[:n]), rest[n:]
		}
		split, _, err2 := run(t, parts...)
		if split != whole || (err == nil) != (err2 == nil) {
			t.Fatalf("whole %q (%v)\nsplit %q (%v)", whole, err, split, err2)
		}
	})
}
