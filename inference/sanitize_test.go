package inference

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSanitize(t *testing.T) {
	for _, test := range []struct{ says, in, want string }{
		{"clean text", "Zoë 中 😀\t\n", "Zoë 中 😀\t\n"},
		{"a real U+FFFD stays", "a\ufffdb", "a\ufffdb"},
		{"NUL", "a\x00b", "a\x1ab"},
		{"a lone continuation byte", "a\x80b", "a\x1ab"},
		{"a rune cut short", "a\xe4\xb8", "a\x1a\x1a"},
		{"a surrogate", "\xed\xa0\x80", "\x1a\x1a\x1a"},
		{"an overlong NUL", "\xc0\x80", "\x1a\x1a"},
		{"beyond Unicode", "\xf5\x80\x80\x80x", "\x1a\x1a\x1a\x1ax"},
		{"Latin-1", "M\xfcller \x00", "M\x1aller \x1a"},
	} {
		if got := Sanitize(test.in); got != test.want {
			t.Errorf("%s: got %q, want %q", test.says, got, test.want)
		}
	}
	clean := strings.Repeat("Zoë ", 100)
	if n := testing.AllocsPerRun(10, func() { Sanitize(clean) }); n > 0 {
		t.Errorf("clean text costs %v allocations", n)
	}
}

func FuzzSanitize(f *testing.F) {
	f.Add("a\x00b\xff\xe4\xb8中")
	f.Fuzz(func(t *testing.T, text string) {
		got := Sanitize(text)
		switch {
		case len(got) != len(text):
			t.Fatal("the length changed")
		case !utf8.ValidString(got) || strings.ContainsRune(got, 0):
			t.Fatal("not clean")
		case Sanitize(got) != got:
			t.Fatal("not a fixed point")
		}
		for i, r := range text {
			if _, size := utf8.DecodeRuneInString(text[i:]); r != 0 && (r != utf8.RuneError || size > 1) && got[i:i+size] != text[i:i+size] {
				t.Fatalf("a good character at byte %d changed", i)
			}
		}
	})
}

func TestTokensMustAccountForTheText(t *testing.T) {
	for _, test := range []struct {
		says   string
		text   string
		tokens []Token
		want   error
	}{
		{"all read", "ab cd", []Token{{1, 0, 2}, {2, 3, 5}}, nil},
		{"overlapping inside a rune", "中", []Token{{1, 0, 3}, {2, 0, 3}}, nil},
		{"blanks, controls, marks and U+FFFD may be dropped", "a\u0301 \x1a\u200b\ufeff\ue000\ufffd", []Token{{1, 0, 1}}, nil},
		{"nothing to read", " \u200b\x01", nil, nil},
		{"no tokens", "Ada", nil, errUnread},
		{"the end is unread", "Ada Li", []Token{{1, 0, 3}}, errUnread},
		{"the middle is unread", "a b c", []Token{{1, 0, 1}, {1, 4, 5}}, errUnread},
		{"the start is unread", "é b", []Token{{1, 3, 4}}, errUnread},
		{"past the end", "ab", []Token{{1, 0, 3}}, errTokenOffsets},
		{"backwards", "ab", []Token{{1, 0, 1}, {1, 1, 2}, {1, 0, 1}}, errTokenOffsets},
		{"inverted", "ab", []Token{{1, 1, 0}}, errTokenOffsets},
		{"negative", "ab", []Token{{1, -1, 2}}, errTokenOffsets},
		{"an id beyond the vocabulary", "ab", []Token{{10, 0, 2}}, errTokenID},
		{"a negative id", "ab", []Token{{-1, 0, 2}}, errTokenID},
	} {
		if got := checkTokens(test.tokens, test.text, 10); !errors.Is(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.says, got, test.want)
		}
	}
}
