package inference

import (
	"slices"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// TestSpanMachine is the table of model.md §6.4. "-" is a token that was not
// visited, "?" one of an unknown class.
func TestSpanMachine(t *testing.T) {
	names := classNames("x", "y")
	set := labelSet(t, names...)
	for _, test := range []struct {
		says, tags string
		want       []tokenSpan
	}{
		{"nothing", "O O", nil},
		{"no tokens", "", nil},
		{"single", "O S-x O", []tokenSpan{{0, 1, 2}}},
		{"begin, inside, end", "B-x I-x E-x", []tokenSpan{{0, 0, 3}}},
		{"adjacent spans of one label stay two", "S-x S-x B-x E-x", []tokenSpan{{0, 0, 1}, {0, 1, 2}, {0, 2, 4}}},
		{"O closes", "B-x O", []tokenSpan{{0, 0, 1}}},
		{"single closes what is open", "B-x I-x S-y", []tokenSpan{{0, 0, 2}, {1, 2, 3}}},
		{"begin closes what is open", "B-x B-x E-x", []tokenSpan{{0, 0, 1}, {0, 1, 3}}},
		{"inside without begin opens", "I-x I-x", []tokenSpan{{0, 0, 2}}},
		{"inside of another label closes and opens", "B-x I-y I-y", []tokenSpan{{0, 0, 1}, {1, 1, 3}}},
		{"end without begin is a span of its own", "O E-x", []tokenSpan{{0, 1, 2}}},
		{"end of another label closes and is a span", "B-x I-x E-y", []tokenSpan{{0, 0, 2}, {1, 2, 3}}},
		{"the text's end closes", "O B-y I-y", []tokenSpan{{1, 1, 3}}},
		{"an unknown class inside is contained", "B-x ? E-x", []tokenSpan{{0, 0, 3}}},
		{"an unknown class at the end is contained", "B-x ?", []tokenSpan{{0, 0, 2}}},
		{"an unknown class opens nothing", "? ?", nil},
		{"a gap closes before it", "B-x - E-x", []tokenSpan{{0, 0, 1}, {0, 2, 3}}},
	} {
		t.Run(test.says, func(t *testing.T) {
			m := newSpanMachine(set)
			for i, tag := range strings.Fields(test.tags) {
				if tag != "-" {
					m.visit(i, int32(slices.Index(names, tag)))
				}
			}
			if got := m.finish(); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// spansOf decodes one token a row of favourites, at the given byte ranges.
func spansOf(t *testing.T, text string, tags string, ranges ...[2]int) []pii.Span {
	t.Helper()
	names := classNames("private_person", "private_phone")
	set := labelSet(t, names...)
	var path []Decoded
	for tag := range strings.FieldsSeq(strings.NewReplacer("-p", "-private_person", "-t", "-private_phone").Replace(tags)) {
		id := slices.Index(names, tag)
		if id < 0 {
			t.Fatalf("no class %s", tag)
		}
		path = append(path, Decoded{Class: int32(id), Prob: 0.5})
	}
	var tokens []Token
	for _, r := range ranges {
		tokens = append(tokens, Token{Start: r[0], End: r[1]})
	}
	return set.spans(path, tokens, text, NoID)
}

func TestSpansOfTheText(t *testing.T) {
	person := func(start, end int) pii.Span {
		return pii.Span{Start: start, End: end, Category: pii.PrivatePerson, Score: 0.5, Source: pii.SourceModel}
	}
	phone := func(start, end int) pii.Span {
		return pii.Span{Start: start, End: end, Category: pii.PrivatePhone, Score: 0.5, Source: pii.SourceModel}
	}
	for _, test := range []struct {
		says, text, tags string
		ranges           [][2]int
		want             []pii.Span
	}{
		{"offsets of byte-level tokens carry the blank before", "to Ada Li!", "O B-p E-p O", [][2]int{{0, 2}, {2, 6}, {6, 9}, {9, 10}}, []pii.Span{person(3, 9)}},
		{"white space on both sides is trimmed", "\u00a0\u3000Ada\u2028\x1f \n", "S-p", [][2]int{{0, 14}}, []pii.Span{person(5, 8)}},
		{"nothing but white space is no span", " \t\u0085 ", "S-p", [][2]int{{0, 5}}, nil},
		{"a token inside a rune takes all of it", "a\u00fcb", "O S-p O O", [][2]int{{0, 1}, {1, 2}, {2, 3}, {3, 4}}, []pii.Span{person(1, 3)}},
		{"so does one that starts in the middle", "\U0001F600x", "O S-p O", [][2]int{{0, 1}, {1, 4}, {4, 5}}, []pii.Span{person(0, 4)}},
		{"two spans that split a rune are joined", "\u4e2d\u6587", "B-p E-p S-p", [][2]int{{0, 3}, {3, 4}, {4, 6}}, []pii.Span{person(0, 6)}},
		{"of two categories that split a rune the second is clipped", "x\u4e2dyz", "B-p E-p B-t E-t", [][2]int{{0, 1}, {1, 2}, {2, 5}, {5, 6}}, []pii.Span{person(0, 4), phone(4, 6)}},
		{"what lies inside the span before is dropped", "\u4e2dx", "S-p S-t O", [][2]int{{0, 2}, {2, 3}, {3, 4}}, []pii.Span{person(0, 3)}},
		{"spans that touch stay two", "AdaLi", "S-p S-p", [][2]int{{0, 3}, {3, 5}}, []pii.Span{person(0, 3), person(3, 5)}},
		{"an empty token is no span", "Ada", "S-p O", [][2]int{{0, 0}, {0, 3}}, nil},
		{"accents that no token covers belong to their letter", "Jose\u0301 x", "S-p O", [][2]int{{0, 4}, {7, 8}}, []pii.Span{person(0, 6)}},
		{"accents that the next token covers do not", "e\u0301", "S-p O", [][2]int{{0, 1}, {1, 3}}, []pii.Span{person(0, 1)}},
	} {
		t.Run(test.says, func(t *testing.T) {
			if got := spansOf(t, test.text, test.tags, test.ranges...); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

// A model that sees [UNK] sees that something is there and not what: what it
// says of it is a guess (one that failed 134 times in 1,000 tokens of Thai).
func TestSpansOverUnknownTokensAreNone(t *testing.T) {
	const unknown = 1
	set := labelSet(t, classNames("x")...)
	for _, test := range []struct {
		says string
		ids  []int64
		want int // spans
	}{
		{"all unknown", []int64{1, 1, 1}, 0},
		{"most", []int64{1, 7, 1}, 0},
		{"a half", []int64{1, 7, 1, 7}, 1},
		{"few", []int64{7, 1, 7}, 1},
		{"one token, unknown", []int64{1}, 0},
		{"one token, known", []int64{7}, 1},
	} {
		path := []Decoded{{Class: 4, Prob: 0.5}}
		if n := len(test.ids); n > 1 {
			path = []Decoded{{Class: 1, Prob: 0.5}}
			for range n - 2 {
				path = append(path, Decoded{Class: 2, Prob: 0.5})
			}
			path = append(path, Decoded{Class: 3, Prob: 0.5})
		}
		var tokens []Token
		for i, id := range test.ids {
			tokens = append(tokens, Token{ID: id, Start: i, End: i + 1})
		}
		text := "abcd"[:len(tokens)]
		if got := set.spans(path, tokens, text, unknown); len(got) != test.want {
			t.Errorf("%s: got %v", test.says, got)
		}
		if got := set.spans(path, tokens, text, NoID); len(got) != 1 {
			t.Errorf("%s, of a model that knows everything: got %v", test.says, got)
		}
	}
}

func TestScoreIsTheMeanProbability(t *testing.T) {
	set := labelSet(t, classNames("x")...)
	path := []Decoded{{Class: 1, Prob: 0.25}, {Class: 2, Prob: 0.5}, {Class: 3, Prob: 0.75}}
	tokens := []Token{{Start: 0, End: 1}, {Start: 1, End: 2}, {Start: 2, End: 3}}
	if got := set.spans(path, tokens, "abc", NoID)[0].Score; got != 0.5 {
		t.Errorf("score %v", got)
	}
}

// isSpace must be Python's str.isspace; this is its whole set.
func TestSpacesAreThoseOfPython(t *testing.T) {
	python := []rune{
		0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680,
		0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a,
		0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
	}
	for r := range rune(0x110000) {
		if isSpace(r) != slices.Contains(python, r) {
			t.Errorf("%U: %v", r, isSpace(r))
		}
	}
}
