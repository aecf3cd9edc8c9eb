package score

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/caddyprivacy/privacyfilter/pii"
)

const (
	person = pii.PrivatePerson
	phone  = pii.PrivatePhone
	date   = pii.PrivateDate
)

// text is eleven code points in sixteen bytes: "Zoë é☕ Bob" and a line end.
const text = "Zoë é☕ Bob\n"

func span(value string, category pii.Category) pii.Span {
	start := strings.Index(text, value)
	return pii.Span{Start: start, End: start + len(value), Category: category}
}

func TestRow(t *testing.T) {
	type spans = []pii.Span
	zoe, bob := span("Zoë", person), span("Bob", person)
	for _, tc := range []struct {
		name          string
		marked, found spans
		want          Counts
		mistakes      []Kind
	}{
		{"nothing marked, nothing found", nil, nil, Counts{}, nil},
		{
			"all found",
			spans{zoe, bob},
			spans{zoe, bob},
			Counts{Marked: 2, Found: 2, Exact: 2, Contained: 2, MarkedCharacters: 6, CoveredCharacters: 6, FoundCharacters: 6, RightCharacters: 6},
			nil,
		},
		{
			"missed",
			spans{zoe, bob},
			spans{bob},
			Counts{Marked: 2, Found: 1, Exact: 1, Contained: 1, MarkedCharacters: 6, CoveredCharacters: 3, FoundCharacters: 3, RightCharacters: 3},
			[]Kind{Missed},
		},
		{
			"false, in code points",
			nil,
			spans{span("é☕", phone)},
			Counts{Found: 1, False: 1, FoundCharacters: 2},
			[]Kind{False},
		},
		{
			"another category is found, but not exactly",
			spans{zoe},
			spans{span("Zoë", phone)},
			Counts{Marked: 1, Found: 1, Contained: 1, MarkedCharacters: 3, CoveredCharacters: 3, FoundCharacters: 3, RightCharacters: 3},
			nil,
		},
		{
			"cut",
			spans{zoe},
			spans{span("Zo", person)},
			Counts{Marked: 1, Found: 1, MarkedCharacters: 3, CoveredCharacters: 2, FoundCharacters: 2, RightCharacters: 2},
			[]Kind{Cut},
		},
		{
			"too long",
			spans{bob},
			spans{span("☕ Bob\n", person)},
			Counts{Marked: 1, Found: 1, Contained: 1, MarkedCharacters: 3, CoveredCharacters: 3, FoundCharacters: 6, RightCharacters: 3},
			nil,
		},
		{
			"contained in two that touch",
			spans{zoe},
			spans{span("Zo", person), span("ë é", person)},
			Counts{Marked: 1, Found: 2, Contained: 1, MarkedCharacters: 3, CoveredCharacters: 3, FoundCharacters: 5, RightCharacters: 3},
			nil,
		},
		{
			"found ones that overlap are one",
			nil,
			spans{span("é☕", phone), span("☕ ", phone)},
			Counts{Found: 1, False: 1, FoundCharacters: 3},
			[]Kind{False},
		},
		{
			"marked ones that overlap count each, their characters once",
			spans{zoe, span("Zoë é", phone)},
			spans{zoe},
			Counts{Marked: 2, Found: 1, Exact: 1, Contained: 1, MarkedCharacters: 5, CoveredCharacters: 3, FoundCharacters: 3, RightCharacters: 3},
			[]Kind{Cut},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, mistakes := Scorer{}.Row(&Row{Text: text, Marked: tc.marked}, tc.found)
			tc.want.Rows, tc.want.Characters, tc.want.Tokens = 1, 11, 3
			if got.Counts != tc.want {
				t.Errorf("got  %+v\nwant %+v", got.Counts, tc.want)
			}
			var kinds []Kind
			for _, m := range mistakes {
				kinds = append(kinds, m.Kind)
			}
			if !slices.Equal(kinds, tc.mistakes) {
				t.Errorf("mistakes %v, want %v", kinds, tc.mistakes)
			}
		})
	}
}

// TestRowLeavesCategoriesAlone: a policy that keeps dates is neither praised
// for finding them nor blamed for anything around them.
func TestRowLeavesCategoriesAlone(t *testing.T) {
	s := Scorer{Left: func(c pii.Category) bool { return c == date }}
	row := &Row{Text: text, Marked: []pii.Span{span("Zoë", date), span("Bob", person)}}
	for _, tc := range []struct {
		name  string
		found []pii.Span
		want  Counts
	}{
		{"not found", nil, Counts{Marked: 1, MarkedCharacters: 3}},
		{"found as it is", []pii.Span{span("Zoë", date)}, Counts{Marked: 1, MarkedCharacters: 3}},
		{"covered by another", []pii.Span{span("Zoë", phone)}, Counts{Marked: 1, MarkedCharacters: 3}},
		{"covered and more", []pii.Span{span("Zoë é", phone)}, Counts{Marked: 1, MarkedCharacters: 3, Found: 1, FoundCharacters: 2}},
		{"something else", []pii.Span{span("☕", phone)}, Counts{Marked: 1, MarkedCharacters: 3, Found: 1, False: 1, FoundCharacters: 1}},
		{"left alone where another is marked", []pii.Span{span("Bob", date)}, Counts{Marked: 1, MarkedCharacters: 3}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, _ := s.Row(row, tc.found)
			tc.want.Rows, tc.want.Characters, tc.want.Tokens = 1, 11, 3
			if got.Counts != tc.want {
				t.Errorf("got  %+v\nwant %+v", got.Counts, tc.want)
			}
		})
	}
}

func TestCategoriesAreBlindToWhatCovers(t *testing.T) {
	row := &Row{Text: text, Marked: []pii.Span{span("Zoë", person), span("Bob", person)}}
	got, _ := Scorer{}.Row(row, []pii.Span{span("Zoë", phone), span("é☕", phone)})
	wantPerson := Counts{Marked: 2, Contained: 1, MarkedCharacters: 6, CoveredCharacters: 3}
	wantPhone := Counts{Found: 2, False: 1, FoundCharacters: 5, RightCharacters: 3}
	if got.Categories[person] != wantPerson || got.Categories[phone] != wantPhone {
		t.Errorf("got %+v", got.Categories)
	}
}

func TestShares(t *testing.T) {
	c := Counts{Tokens: 500, Marked: 10, Found: 8, Exact: 6, Contained: 7, False: 1, MarkedCharacters: 100, CoveredCharacters: 90, FoundCharacters: 120, RightCharacters: 60}
	rate, ok := c.FalseRate()
	if !ok || rate != 2 {
		t.Errorf("%v false spans per 1,000 tokens", rate)
	}
	for _, tc := range []struct {
		name string
		of   func(Counts) Share
		want float64
	}{
		{"character recall", Counts.CharacterRecall, 0.9},
		{"character precision", Counts.CharacterPrecision, 0.5},
		{"containment", Counts.Containment, 0.7},
		{"precision", Counts.Precision, 0.75},
		{"recall", Counts.Recall, 0.6},
		{"F1", Counts.F1, 2 * 0.75 * 0.6 / (0.75 + 0.6)},
	} {
		if got, ok := tc.of(c).Value(); !ok || math.Abs(got-tc.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", tc.name, got, tc.want)
		}
		if got, ok := tc.of(Counts{}).Value(); ok {
			t.Errorf("%s of nothing is %v", tc.name, got)
		}
	}
	if _, ok := (Counts{}).FalseRate(); ok {
		t.Error("a rate without tokens")
	}
}

func TestTokens(t *testing.T) {
	for _, tc := range []struct {
		text string
		want int
	}{
		{"", 0},
		{" \n\t…", 0},
		{"Hello, world!", 2},
		{"snake_case x1", 2},
		{"can't", 2},
		{"a@b.example", 3},
		{"e\u0301te", 1}, // a mark inside a word
		{"192.168.0.1", 4},
		{"你好 world", 3},
		{"你好world", 3},
		{"สวัสดี", 4}, // vowel signs are marks
		{"안녕 하세요", 2},
		{"١٢٣", 1},
	} {
		if got := Tokens(tc.text); got != tc.want {
			t.Errorf("%q: %d tokens, want %d", tc.text, got, tc.want)
		}
	}
}

// drawText is text of several widths, with line ends.
func drawText(t *rapid.T) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("abAB12 \n.:,é☕字ñΑж")), 0, 40, -1).Draw(t, "text")
}

func drawSpans(t *rapid.T, text, name string) []pii.Span {
	starts := make([]int, 0, len(text)+1)
	for i := range text {
		starts = append(starts, i)
	}
	starts = append(starts, len(text))
	if len(starts) < 2 {
		return nil
	}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pii.Span {
		a := rapid.IntRange(0, len(starts)-2).Draw(t, "start")
		b := rapid.IntRange(a+1, min(len(starts)-1, a+12)).Draw(t, "end")
		return pii.Span{Start: starts[a], End: starts[b], Category: rapid.SampledFrom([]pii.Category{person, phone, date}).Draw(t, "category")}
	}), 0, 8).Draw(t, name)
}

// TestRowAgainstSets counts everything again with sets of code points.
func TestRowAgainstSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		marked, found := drawSpans(t, text, "marked"), drawSpans(t, text, "found")
		got, mistakes := Scorer{}.Row(&Row{Text: text, Marked: marked}, found)

		points := func(spans ...pii.Span) map[int]bool {
			set := make(map[int]bool)
			for _, s := range spans {
				for i := range text[s.Start:s.End] {
					set[s.Start+i] = true
				}
			}
			return set
		}
		both := func(a, b map[int]bool) (n int) {
			for i := range a {
				if b[i] {
					n++
				}
			}
			return n
		}
		m, f := points(marked...), points(found...)
		want := Counts{
			Rows: 1, Characters: utf8.RuneCountInString(text), Tokens: Tokens(text),
			Marked: len(marked), Found: len(pii.Union(found)),
			MarkedCharacters: len(m), CoveredCharacters: both(m, f),
			FoundCharacters: len(f), RightCharacters: both(m, f),
		}
		missed, cut := 0, 0
		for _, s := range marked {
			switch p := points(s); both(p, f) {
			case len(p):
				want.Contained++
			case 0:
				missed++
			default:
				cut++
			}
		}
		for _, s := range pii.Union(found) {
			if both(points(s), m) == 0 {
				want.False++
			}
			if slices.ContainsFunc(marked, func(m pii.Span) bool {
				return m.Start == s.Start && m.End == s.End && m.Category == s.Category
			}) {
				want.Exact++
			}
		}
		if got.Counts != want {
			t.Fatalf("got  %+v\nwant %+v", got.Counts, want)
		}
		kinds := map[Kind]int{}
		for _, m := range mistakes {
			kinds[m.Kind]++
		}
		if kinds[Missed] != missed || kinds[Cut] != cut || kinds[False] != want.False {
			t.Fatalf("mistakes %v, want %d missed, %d cut, %d false", kinds, missed, cut, want.False)
		}
	})
}

// TestRowProperties: what is found as marked is perfect; to find more never
// lowers recall; a share is between 0 and 1; rows add up.
func TestRowProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		marked := pii.Union(drawSpans(t, text, "marked"))
		found, more := drawSpans(t, text, "found"), drawSpans(t, text, "more")
		row := &Row{Text: text, Marked: marked}

		perfect, mistakes := Scorer{}.Row(row, marked)
		if n := len(marked); perfect.Exact != n || perfect.Contained != n || perfect.False != 0 || len(mistakes) != 0 {
			t.Fatalf("what is marked scores %+v", perfect.Counts)
		}
		one, _ := Scorer{}.Row(row, found)
		two, _ := Scorer{}.Row(row, slices.Concat(found, more))
		if two.CoveredCharacters < one.CoveredCharacters || two.Contained < one.Contained {
			t.Fatalf("finding more loses: %+v, then %+v", one.Counts, two.Counts)
		}
		for _, share := range []Share{one.CharacterRecall(), one.CharacterPrecision(), one.Containment(), one.Precision(), one.Recall(), one.F1()} {
			if share.Part < 0 || share.Part > share.Whole {
				t.Fatalf("share %v of %+v", share, one.Counts)
			}
		}
		var sum Result
		sum.Add(one)
		sum.Add(two)
		if sum.Found != one.Found+two.Found || sum.Rows != 2 || sum.Categories[person].Marked != 2*one.Categories[person].Marked {
			t.Fatalf("the sum is %+v", sum)
		}
		left, _ := Scorer{Left: func(pii.Category) bool { return true }}.Row(row, found)
		if left.Marked+left.Found+left.FoundCharacters != 0 {
			t.Fatalf("nothing is asked for, and there is %+v", left.Counts)
		}
	})
}
