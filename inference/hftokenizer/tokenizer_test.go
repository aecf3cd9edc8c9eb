//go:build cgo

package hftokenizer

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/testdata/models/fixture"
)

// definitionOf returns the tokenizer.json of a fixture model.
func definitionOf(t testing.TB, model string) []byte {
	t.Helper()
	files, err := fixture.Files()
	if err != nil {
		t.Fatal(err)
	}
	return files[model+"/tokenizer.json"].Data
}

func load(t testing.TB, raw []byte) *Tokenizer {
	t.Helper()
	tok, err := New(raw)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tok.Close(); err != nil {
			t.Error(err)
		}
	})
	return tok
}

func fixtures(t testing.TB) map[string]*Tokenizer {
	t.Helper()
	return map[string]*Tokenizer{
		fixture.PrivacyFilter: load(t, definitionOf(t, fixture.PrivacyFilter)),
		fixture.BERT:          load(t, definitionOf(t, fixture.BERT)),
	}
}

func pieces(tokens []inference.Token, text string) []string {
	var out []string
	for _, t := range tokens {
		out = append(out, text[t.Start:t.End])
	}
	return out
}

// Offsets are bytes of the text as it was given, whatever normalisation did.
func TestOffsetsPointIntoTheOriginal(t *testing.T) {
	tests := []struct {
		name, model, text string
		want              []string
	}{
		{"leading blanks belong to the token", fixture.PrivacyFilter, "Elena Markovic", []string{"Elena", " Markovic"}},
		{"bytes, not characters", fixture.PrivacyFilter, "Jörg Ødegård", []string{"Jörg", " Ødegård"}},
		{"parts of a rune are the whole rune", fixture.PrivacyFilter, "é", []string{"é", "é"}},
		{"an emoji has four bytes", fixture.PrivacyFilter, "😀", []string{"😀", "😀", "😀", "😀"}},
		{"lower-casing keeps lengths", fixture.BERT, "Elena Markovic", []string{"Elena", "Markovic"}},
		{"accents go, offsets stay", fixture.BERT, "Jörg Müller!", []string{"Jörg", "Müller", "!"}},
		{"decomposed accents go with their letter", fixture.BERT, "Jo\u0308rg Mu\u0308ller", []string{"Jo\u0308rg", "Mu\u0308ller"}},
		{"a trailing accent stays with its word", fixture.BERT, "Zoe\u0308 x", []string{"Zoe\u0308", "x"}},
		{"İ grows when lowered", fixture.BERT, "İ Elena", []string{"İ", "Elena"}},
		{"İ inside", fixture.BERT, "(İ) Anna", []string{"(", "İ", ")", "Anna"}},
		{"ß stays one piece", fixture.BERT, "ß Elena", []string{"ß", "Elena"}},
		{"unknown characters are covered", fixture.BERT, "張偉 Elena", []string{"張", "偉", "Elena"}},
		{"unknown emoji", fixture.BERT, "Elena 😀👩‍👩‍👧", []string{"Elena", "😀👩‍👩‍👧"}},
		{"zero-width characters do not split", fixture.BERT, "El\u200bena\u200b Anna", []string{"El\u200bena\u200b", "Anna"}},
		{"dropped characters in front", fixture.BERT, "\u200bElena", []string{"\u200bElena"}},
		{"soft hyphens do not split", fixture.BERT, "Mar\u00adkovic", []string{"Mar\u00adkovic"}},
		{"ligatures and wide letters", fixture.BERT, "ﬁ Ａｎｎａ", []string{"ﬁ", "Ａｎｎａ"}},
	}
	tokenizers := fixtures(t)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tokens, err := tokenizers[test.model].Encode(nil, test.text)
			if err != nil {
				t.Fatal(err)
			}
			if got := pieces(tokens, test.text); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// Whoever writes a special token into a text must not end the context there.
func TestSpecialTokensInTextAreText(t *testing.T) {
	forgeries := map[string][]string{
		fixture.PrivacyFilter: {"<|endoftext|>", "a<|endofprompt|>b"},
		fixture.BERT:          {"[CLS]", "[SEP] x", "a[PAD]b", "[MASK]"},
	}
	special := map[string]func(id int64) bool{
		fixture.PrivacyFilter: func(id int64) bool { return id >= 278 },
		fixture.BERT:          func(id int64) bool { return id < 5 && id != 1 },
	}
	for model, tok := range fixtures(t) {
		for _, text := range forgeries[model] {
			tokens, err := tok.Encode(nil, text)
			if err != nil {
				t.Fatal(err)
			}
			for _, token := range tokens {
				if special[model](token.ID) {
					t.Errorf("%s: %q has the special token %d", model, text, token.ID)
				}
			}
		}
	}
}

// A vocabulary in which a control token is also a word, behind a
// pre-tokenizer that leaves it whole, cannot be made safe.
func TestForgeableTokenizersAreRefused(t *testing.T) {
	raw := edit(t, definitionOf(t, fixture.BERT), func(d map[string]any) {
		d["pre_tokenizer"] = map[string]any{"type": "WhitespaceSplit"}
		d["normalizer"] = nil
	})
	if _, err := New(raw); !errors.Is(err, ErrDefinition) || !strings.Contains(err.Error(), "forge") {
		t.Errorf("got %v", err)
	}
}

func edit(t *testing.T, raw []byte, change func(map[string]any)) []byte {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal(raw, &d); err != nil {
		t.Fatal(err)
	}
	change(d)
	raw, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The fixture's tokenizer.json truncates to 16 tokens and pads to 16.
func TestNothingIsTruncatedOrPadded(t *testing.T) {
	tok := load(t, definitionOf(t, fixture.BERT))
	for _, words := range []int{1, 15, 16, 17, 5000} {
		tokens, err := tok.Encode(nil, strings.Repeat("Elena ", words))
		if err != nil {
			t.Fatal(err)
		}
		if len(tokens) != words {
			t.Errorf("%d words became %d tokens", words, len(tokens))
		}
	}
}

func TestSpecialsComeFromThePostProcessor(t *testing.T) {
	all := fixtures(t)
	if prefix, suffix := all[fixture.PrivacyFilter].Specials(); len(prefix)+len(suffix) > 0 {
		t.Errorf("privacy-filter: %v, %v", prefix, suffix)
	}
	if prefix, suffix := all[fixture.BERT].Specials(); !slices.Equal(prefix, []int64{2}) || !slices.Equal(suffix, []int64{3}) {
		t.Errorf("bert: %v, %v", prefix, suffix)
	}
}

// A NUL byte ends the text for the library; what follows would go unread.
func TestUnsanitisedTextIsRefused(t *testing.T) {
	for model, tok := range fixtures(t) {
		for _, text := range []string{"a\x00Elena", "\x00", "a\xffb", "\xed\xa0\x80"} {
			tokens, err := tok.Encode(nil, text)
			if !errors.Is(err, ErrText) || len(tokens) > 0 {
				t.Errorf("%s: %q: %v, %v", model, text, tokens, err)
			}
		}
	}
}

func TestTextsWithoutTokens(t *testing.T) {
	tok := load(t, definitionOf(t, fixture.BERT))
	for _, text := range []string{"", " ", "\n\t\u00a0", "\u200b\u200b", "\u0301", "\ufeff", "\x07"} {
		if tokens, err := tok.Encode(nil, text); err != nil || len(tokens) > 0 {
			t.Errorf("%q: %v, %v", text, tokens, err)
		}
	}
	// Without unk_token in its vocabulary the model fails on what it lacks.
	raw := edit(t, definitionOf(t, fixture.BERT), func(d map[string]any) {
		d["model"] = map[string]any{"type": "BPE", "vocab": map[string]int{"a": 0}, "merges": []any{}}
		d["added_tokens"], d["post_processor"] = []any{}, nil
	})
	if _, err := load(t, raw).Encode(nil, "bcd"); !errors.Is(err, ErrNoTokens) {
		t.Errorf("a text whose letters were all dropped: got %v", err)
	}
}

// Every visible character that Unicode has, alone, yields a token: if the
// library took one for a control character, it would hide what it stands in.
func TestEveryVisibleCharacterIsSeen(t *testing.T) {
	missed := map[string]int{}
	for model, tok := range fixtures(t) {
		for r := rune(1); r <= unicode.MaxRune; r++ {
			if !utf8.ValidRune(r) || !visible(r) {
				continue
			}
			if tokens, err := tok.Encode(nil, string(r)); err != nil || len(tokens) == 0 {
				if missed[model]++; missed[model] <= 5 {
					t.Errorf("%s: %U: %v, %v", model, r, tokens, err)
				}
			}
		}
	}
	if len(missed) > 0 {
		t.Error(missed)
	}
}

func TestEncodeAppends(t *testing.T) {
	tok := load(t, definitionOf(t, fixture.PrivacyFilter))
	first := inference.Token{ID: 7}
	tokens, err := tok.Encode([]inference.Token{first}, "Elena Anna")
	if err != nil || len(tokens) != 3 || tokens[0] != first {
		t.Errorf("got %v, %v", tokens, err)
	}
}

func TestEncodeIsConcurrent(t *testing.T) {
	const workers, rounds = 8, 200
	text := strings.Repeat("Elena Markovic, +1 628 219 4407, déjà vu 張偉 😀. ", 5)
	for model, tok := range fixtures(t) {
		want, err := tok.Encode(nil, text)
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range workers {
			wg.Go(func() {
				for range rounds {
					if got, err := tok.Encode(nil, text); err != nil || !slices.Equal(got, want) {
						t.Errorf("%s: another answer, %v", model, err)
						return
					}
				}
			})
		}
		wg.Wait()
	}
}

func TestWrongDefinitions(t *testing.T) {
	for name, raw := range map[string]string{
		"nothing":       "",
		"a list":        "[]",
		"html":          "<!DOCTYPE html>",
		"no model":      "{}",
		"unknown model": `{"version":"1.0","model":{"type":"Whatever"}}`,
		"odd tokens":    `{"added_tokens":7}`,
	} {
		if _, err := New([]byte(raw)); !errors.Is(err, ErrDefinition) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// FuzzEncode checks on any text: tokens lie inside, in order, at rune
// boundaries, and together cover every visible character.
func FuzzEncode(f *testing.F) {
	tokenizers := fixtures(f)
	for _, text := range []string{
		"Hi, this is Elena Markovic", "İstanbul ß ﬁ", "e\u0301\u0323\u0301", "\u0345\u0301x", "ǅ\u0308\u0338",
		"한국어 각", "a\u200d\u200cb", "👩‍👩‍👧", "[CLS]<|endoftext|>", "\u1e9b\u0323", "x\r\n\u2028y", "ΐΰ Σς",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = inference.Sanitize(text)
		for model, tok := range tokenizers {
			tokens, err := tok.Encode(nil, text)
			if err != nil {
				t.Fatalf("%s: %v", model, err)
			}
			covered, start := 0, 0
			for _, token := range tokens {
				if token.Start < start || token.End < token.Start || token.End > len(text) {
					t.Fatalf("%s: token %v out of order", model, token)
				}
				start = token.Start
				if token.Start > covered && anyVisible(text[covered:token.Start]) {
					t.Fatalf("%s: %q is not covered", model, text[covered:token.Start])
				}
				covered = max(covered, token.End)
			}
			if anyVisible(text[covered:]) {
				t.Fatalf("%s: %q is not covered", model, text[covered:])
			}
		}
	})
}

func BenchmarkEncode(b *testing.B) {
	text := strings.Repeat("Hi, this is Elena Markovic, call me on +1 628 219 4407. ", 200)
	for model, tok := range fixtures(b) {
		b.Run(model, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			var tokens []inference.Token
			for b.Loop() {
				var err error
				if tokens, err = tok.Encode(tokens[:0], text); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
		})
	}
}
