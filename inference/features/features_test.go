package features

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/inference"
)

func TestTokens(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"words and marks", "Hi, O'Neill-Smith!", "Hi|,|O|'|Neill|-|Smith|!"},
		{"digits belong to words", "born 12Mar1980", "born|12Mar1980"},
		{"numbers", "+1 628-219.4407", "+|1|628|-|219|.|4407"},
		{"a mark that repeats", "-- *** ?!", "--|***|?|!"},
		{"scripts without spaces", "張偉さん สมชาย", "張|偉|さ|ん|ส|ม|ช|า|ย"},
		{"accents belong to their letter", "Zoe\u0308 M", "Zoe\u0308|M"},
		{"vowel signs too", "ที่", "ที่"},
		{"what cannot be seen hides nothing", "An\u200bna\u00ad Ma\x1arie", "An\u200bna\u00ad|Ma\x1arie"},
		{"long words are cut", strings.Repeat("x", 50), strings.Repeat("x", 24) + "|" + strings.Repeat("x", 24) + "|xx"},
		{"emoji", "😀😀👍", "😀😀|👍"},
		{"bytes that are no text", "a\xff\xfeb \xff", "a\xff\xfeb"},
		{"an accent alone", " \u0301", "\u0301"},
		{"nothing", " \t\u3000\n", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tokens, _ := encode(t, test.text)
			var got []string
			for _, token := range tokens {
				got = append(got, test.text[token.Start:token.End])
			}
			if strings.Join(got, "|") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// column is one feature of the last token of a text.
func column(t *testing.T, text string, c int) int64 {
	t.Helper()
	_, rows := encode(t, text)
	return rows[len(rows)-Columns+c]
}

func TestWhatCountsAsEqual(t *testing.T) {
	tests := []struct {
		name   string
		column int
		a, b   string
		equal  bool
	}{
		{"case is no other word", colWord, "Müller", "MULLER", true},
		{"but another shape", colShape, "Müller", "MULLER", false},
		{"wide letters are letters", colWord, "ＡＢＣ", "abc", true},
		{"digits of other scripts are digits", colWord, "१२", "12", true},
		{"years are words", colWord, "1980", "1981", false},
		{"long numbers are not", colWord, "41111111", "52222222", true},
		{"names by their ends", colSuffix3, "Kowalski", "Nowalski", true},
		{"a short word has no ends", colSuffix3, "abc", "xyz", true},
		{"a line is no space", colGap, "a b", "a\nb", false},
		{"CRLF is one line end", colGap, "a\r\nb", "a\nb", true},
		{"but two are an empty line", colGap, "a\n\nb", "a\nb", false},
		{"indented", colGap, "a\n b", "a\nb", false},
		{"what cannot be seen hides nothing", colWord, "An\u200bna", "Anna", true},
		{"neighbours count where words have no spaces", colPrefix2, "張偉", "王偉", false},
		{"up to a space", colPrefix2, "張 偉", "王 偉", true},
		{"hexadecimal", colMix, "deadbeef", "deadbeeg", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a, b := column(t, test.a, test.column), column(t, test.b, test.column)
			if (a == b) != test.equal {
				t.Errorf("%q is %d, %q is %d", test.a, a, test.b, b)
			}
		})
	}
}

func TestColumnsFillTheTable(t *testing.T) {
	row := 1
	for c, size := range sizes {
		if base[c] != row || size&(size-1) != 0 {
			t.Errorf("column %d has %d rows from %d, not a power of two from %d", c, size, base[c], row)
		}
		row += size
	}
	if row != Rows {
		t.Errorf("%d rows, not %d", row, Rows)
	}
	if last := direct(colKind, 20*lengthKinds+7); last >= int64(base[colKind+1]) {
		t.Errorf("kinds run into the next column")
	}
}

// The table must know every character that the engine's own check counts as
// one that has to be read, whatever version of Unicode this Go has.
func TestNoInkIsInvisible(t *testing.T) {
	p := table()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if r >= 0xD800 && r < 0xE000 || !unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.M) {
			continue
		}
		c, size := p.at(string(r), 0)
		if size != utf8.RuneLen(r) || c.class == invisible || c.class == space || c.class == newline {
			t.Fatalf("%U is of class %d", r, c.class)
		}
	}
}

// Features of a part of the tokens are those of the whole: windows of a long
// text see what the whole would.
func TestFeaturesOfAWindow(t *testing.T) {
	text := "Dear Zoë,\n\n  張偉 called +1 628 219 4407.\r\nสมชาย a1B2c3-D4\t"
	tokens, all := encode(t, text)
	for from := range tokens {
		for to := from; to <= len(tokens); to++ {
			if got := (Words{}).Append(nil, text, tokens, from, to); !slices.Equal(got, all[from*Columns:to*Columns]) {
				t.Fatalf("tokens %d to %d differ", from, to)
			}
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, text := range []string{"", "Hi, Zoë 12\n", "\x00\xff", "張偉\u0301\u200b", "\U0010ffff\U000e0041", strings.Repeat("-", 99)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tokens, rows := encode(t, text)
		if len(rows) != len(tokens)*Columns {
			t.Fatalf("%d tokens, %d features", len(tokens), len(rows))
		}
		p, end := table(), 0
		for i, token := range tokens {
			if token.Start < end || token.End <= token.Start || token.End > len(text) {
				t.Fatalf("token %d is %v after %d in %d bytes", i, token, end, len(text))
			}
			requireGap(t, p, text[end:token.Start])
			end = token.End
			if utf8.ValidString(text) && !utf8.ValidString(text[token.Start:token.End]) {
				t.Fatalf("token %d cuts a character", i)
			}
			for c, v := range rows[i*Columns:][:Columns] {
				if v != 0 && (v < int64(base[c]) || v >= int64(base[c]+sizes[c])) {
					t.Fatalf("token %d, column %d: %d", i, c, v)
				}
			}
		}
		requireGap(t, p, text[end:])
		again, more := encode(t, text)
		if !reflect.DeepEqual(again, tokens) || !slices.Equal(more, rows) {
			t.Fatal("the second time, other tokens")
		}
	})
}

// requireGap fails unless what no token covers is white space, or invisible.
func requireGap(t *testing.T, p *pages, gap string) {
	t.Helper()
	for i := 0; i < len(gap); {
		c, size := p.at(gap, i)
		if c.class != space && c.class != newline && c.class != invisible {
			t.Fatalf("a character of class %d is in no token", c.class)
		}
		i += size
	}
}

func BenchmarkWords(b *testing.B) {
	text := strings.Repeat("Hi, this is Elena Markovic, call me on +1 628 219 4407.\nThe build failed; see build-1a2b3c.log\n", 40)
	var tokens []inference.Token
	var rows []int64
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		tokens, _ = Words{}.Encode(tokens[:0], text)
		rows = Words{}.Append(rows[:0], text, tokens, 0, len(tokens))
	}
	b.ReportMetric(float64(len(tokens)*b.N)/b.Elapsed().Seconds(), "tokens/s")
}
