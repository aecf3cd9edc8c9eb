package score

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestShape(t *testing.T) {
	for _, tc := range []struct{ value, want string }{
		{"Ann", "Aa"},
		{"Ann Lee", "Aa Aa"},
		{"ann lee", "aa aa"},
		{"ANN LEE", "AA AA"},
		{"McAllister", "aA"},
		{"J. R. O’Neill-Smith", "A. A. A'Aa-Aa"},
		{"Иван Петров", "Aa Aa (Cyrillic)"},
		{"山田 花子", "Han{2} Han{2}"},
		{"김민준", "Hangul"},
		{"محمد علي", "Arabic Arabic"},
		{"628-219-4407", "9{3}-9{3}-9{4}"},
		{"+1 (628) 219 4407", "+9{1} (9{3}) 9{3} 9{4}"},
		{"１２３４", "9{4} (other digits)"},
		{"12\u200b34", "9{2}*9{2} (invisible characters)"},
		{"GB29NWBK60161331926819", "A{2}9{2}A{4}9{14}"},
		{"ann.lee@example.org", "aa.aa@aa.aa"},
		{"sk-live-a8F2k9Lq0Zx", "aa-aa-mixed{9–16}"},
		{"12 High Street\nLeeds LS1 4AP", "9{2} Aa Aa⏎Aa A{2}9{1} 9{1}A{2}"},
		{"one two three four five six seven eight nine", "9–16 words, 33–64 characters"},
		{strings.Repeat("a", 100), "one word, 65–128 characters"},
		{strings.Repeat("line of words\n", 10), "9–16 lines, 129–256 characters"},
		{"!!--??", "symbols, 5–8 characters"},
		{"x1", "a{1}9{1}"},
		{"Ab12", "Aa{2}9{2}"},
		{"", "symbols, 0 characters"},
	} {
		if got := Shape(tc.value); got != tc.want {
			t.Errorf("%q: %q, want %q", tc.value, got, tc.want)
		}
	}
}

// TestShapeTellsNoValue: the shape of a value is the shape of every value with
// other letters of the same case and other digits, so nobody can tell from it
// which of them it was. Signs that are no common separator do not show either.
func TestShapeTellsNoValue(t *testing.T) {
	other := func(r rune, by int) rune {
		rotate := func(first rune, n int) rune { return first + rune((int(r-first)+by)%n) }
		switch {
		case r >= 'a' && r <= 'z':
			return rotate('a', 26)
		case r >= 'A' && r <= 'Z':
			return rotate('A', 26)
		case r >= '0' && r <= '9':
			return rotate('0', 10)
		case r >= 'а' && r <= 'я':
			return rotate('а', 32)
		case strings.ContainsRune("!$^~", r):
			return []rune("!$^~")[(strings.IndexRune("!$^~", r)+by)%4]
		}
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringOfN(rapid.SampledFrom([]rune("abzABZ0189 -._/@:\n!$^~авя")), 0, 60, -1).Draw(t, "value")
		by := rapid.IntRange(1, 25).Draw(t, "by")
		changed := strings.Map(func(r rune) rune { return other(r, by) }, value)
		if a, b := Shape(value), Shape(changed); a != b {
			t.Fatalf("%q is %q, %q is %q", value, a, changed, b)
		}
	})
}

func TestContext(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"start of the text", "‹Ann wrote.", "start of the text"},
		{"after blank lines", "\n\n ‹Ann wrote.", "start of the text"},
		{"start of a line", "One line, much longer than a sign-off would ever be.\n‹Ann wrote.", "start of a line"},
		{"a list", "Guests of the evening who were invited to the house:\n- ‹Ann", "start of a line"},
		{"sign-off", "Kind regards,\n‹Ann", "after a sign-off"},
		{"sign-off in German", "Mit freundlichen Grüßen\n\n‹Ann", "after a sign-off"},
		{"greeting", "Dear ‹Ann,", "after a greeting"},
		{"greeting with a comma", "Hi, ‹Ann", "after a greeting"},
		{"greeting in Polish", "Cześć ‹Ann", "after a greeting"},
		{"title", "I saw Dr. ‹Lee", "after a title"},
		{"title without a stop", "wegen Frau ‹Lee", "after a title"},
		{"sentence", "We met. ‹Ann was late.", "start of a sentence"},
		{"inside", "We met ‹Ann.", "inside a sentence"},
		{"lower case", "we met ‹ann", "inside a sentence, text in lower case"},
		{"key", "Name: ‹Ann", "after a colon"},
		{"full-width colon", "姓名：‹山田", "after a colon"},
		{"JSON", `{"name": "‹Ann"}`, "value of a JSON member"},
		{"assignment", `password="‹x"`, "after an equals sign"},
		{"table", "1;‹Ann;2", "after a table's separator"},
		{"CSV", `1,"‹Ann",2`, "after a table's separator"},
		{"tabs", "1\t‹Ann", "after a table's separator"},
		{"a comma of prose", "With Bob, ‹Ann came.", "inside a sentence"},
		{"bracket", "the owner (‹Ann)", "after a bracket"},
		{"URL", "see https://‹ann.example", "inside an address of the net"},
		{"quotation", "She said “‹Ann”", "inside a sentence"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := strings.Index(tc.text, "‹")
			if got := Context(tc.text[:start]+tc.text[start+len("‹"):], start); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// TestContextTellsNoWord: contexts come from a closed set.
func TestContextTellsNoWord(t *testing.T) {
	known := map[string]bool{}
	for _, c := range []string{
		"start of the text", startOfLine, "after a sign-off", "after a greeting", "after a title",
		"start of a sentence", inSentence, "after a colon", "value of a JSON member", "after an equals sign",
		"after a table's separator", "after a bracket", "inside an address of the net",
	} {
		known[c], known[c+", text in lower case"] = true, true
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("aAb9 \n\t.,:;=|\"'(<@/“é字＝：Dr"))).Draw(t, "text")
		start := 0
		if text != "" {
			start = rapid.IntRange(0, len(text)-1).Draw(t, "start")
		}
		for start > 0 && !utf8.RuneStart(text[start]) {
			start--
		}
		if got := Context(text, start); !known[got] {
			t.Fatalf("%q", got)
		}
	})
}

func TestAnalysis(t *testing.T) {
	a := Analysis{Examples: 2}
	row := &Row{Text: "Ann and Bob and Cid and 12", Marked: nil}
	for _, value := range []string{"Bob", "Cid", "Ann", "12"} {
		start := strings.Index(row.Text, value)
		s := span("Bob", person)
		s.Start, s.End = start, start+len(value)
		a.Add(newMistake(False, row, s))
	}
	a.Add(newMistake(Missed, row, span("Bob", phone)))
	classes := a.Classes(False)
	if len(classes) != 3 || classes[0].Count != 2 || len(classes[0].Examples) != 2 || classes[0].Shape != "Aa" {
		t.Errorf("got %+v", classes)
	}
	if len(a.Classes(Missed)) != 1 || len(a.Classes(Cut)) != 0 {
		t.Error("kinds are mixed up")
	}
	for _, c := range classes {
		if strings.ContainsFunc(c.Shape, func(r rune) bool { return unicode.IsLetter(r) && r != 'A' && r != 'a' }) {
			t.Errorf("shape %q", c.Shape)
		}
	}
}
