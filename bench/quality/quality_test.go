package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

const text = "Zoë rang ☕ +1 628 219 4407 in Split"

func TestTranslate(t *testing.T) {
	for _, tc := range []struct {
		name         string
		spans        []foreignSpan
		counterparts bool
		want         string
	}{
		{"code points become bytes", []foreignSpan{{11, 26, "PHONE_NUMBER", 0.4}, {0, 3, "PERSON", 0.85}}, false, "private_person=Zoë private_phone=+1 628 219 4407"},
		{"what has no counterpart", []foreignSpan{{0, 3, "ORGANIZATION", 0.85}}, false, "=Zoë"},
		{"is left out of the second reading", []foreignSpan{{0, 3, "ORGANIZATION", 0.85}, {30, 35, "LOCATION", 0.85}}, true, "private_address=Split"},
		{"overlaps are joined under the best name", []foreignSpan{{11, 20, "US_SSN", 0.05}, {14, 26, "PHONE_NUMBER", 0.4}}, false, "private_phone=+1 628 219 4407"},
		{"inside the better one", []foreignSpan{{11, 26, "PHONE_NUMBER", 0.4}, {14, 17, "US_SSN", 0.05}}, false, "private_phone=+1 628 219 4407"},
		{"nothing outside of the text", []foreignSpan{{-1, 3, "PERSON", 1}, {33, 99, "PERSON", 1}, {4, 4, "PERSON", 1}}, false, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, s := range translate(text, tc.spans, tc.counterparts) {
				got = append(got, string(s.Category)+"="+text[s.Start:s.End])
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestCounterpartsAreCategories(t *testing.T) {
	for label, category := range counterparts {
		if !slices.Contains(pii.Categories(), category) {
			t.Errorf("%s is %s", label, category)
		}
	}
}

func TestParseAnswers(t *testing.T) {
	rows := []*score.Row{{Text: text}, {Text: ""}}
	raw := `{"spans":[{"start":0,"end":3,"label":"PERSON","score":0.85}]}` + "\n" + `{"spans":[]}` + "\n"
	end := `{"seconds":1.5,"processor_seconds":1.25,"versions":{"presidio-analyzer":"2.2"}}` + "\n"
	answers, took, err := parseAnswers([]byte(raw+end), rows)
	if err != nil || len(answers) != 2 || len(answers[0]) != 1 || took.ProcessorSeconds != 1.25 {
		t.Errorf("%v, %+v, %v", answers, took, err)
	}
	// A peer that died in the middle must not look like one that found less.
	if _, _, err := parseAnswers([]byte(raw), rows); err == nil {
		t.Error("an answer is missing, and there is no error")
	}
}

// made is a result from counts of one source with marks and one without.
func made(name, peer string, covered, found, falseSpans int) result {
	return result{
		name: name, title: name, peer: peer,
		sources: map[string]score.Counts{
			"mail":  {Characters: 1000, Tokens: 200, Marked: 10, MarkedCharacters: 100, CoveredCharacters: covered, FoundCharacters: found, RightCharacters: covered},
			"clean": {Characters: 1000, Tokens: 1000, Found: falseSpans, False: falseSpans},
		},
		categories: map[pii.Category]score.Counts{pii.PrivatePerson: {Marked: 10, MarkedCharacters: 100, CoveredCharacters: covered}},
		seconds:    2, processor: 1,
	}
}

func madeComparison(results ...result) *comparison {
	return &comparison{
		options: options{third: "test"},
		rows: []*score.Row{
			{Text: "Ann", Source: "mail", Marked: []pii.Span{{Start: 0, End: 3, Category: pii.PrivatePerson}}},
			{Text: "and", Source: "clean"},
		},
		results: results, began: time.Unix(0, 0),
	}
}

func TestVerdict(t *testing.T) {
	us := made(defaultName, "", 90, 100, 3)
	for _, tc := range []struct {
		name        string
		peer        result
		mail, clean string
	}{
		{"worse in everything", made("x", "x", 50, 80, 9), "ahead", "ahead"},
		{"the same", made("x", "x", 90, 100, 3), "ahead", "ahead"},
		{"finds more", made("x", "x", 95, 190, 9), "recall: x 95.0", "ahead"},
		{"is right more often", made("x", "x", 50, 51, 9), "precision: x 98.0 (of 50.0)", "ahead"},
		{"finds nothing", made("x", "x", 0, 0, 0), "ahead", "false spans: x 0.00"},
		{"better in both", made("x", "x", 100, 100, 9), "recall: x 100.0; precision: x 100.0 (of 100.0)", "ahead"},
		{"failed", result{name: "x", peer: "x", problem: "not installed"}, "ahead", "ahead"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			c := madeComparison(us, tc.peer)
			for source, want := range map[string]string{"mail": tc.mail, "clean": tc.clean} {
				if got := c.verdict(&c.results[0], source); got != want {
					t.Errorf("%s: %q, want %q", source, got, want)
				}
			}
		})
	}
}

// TestReadingsOfAPeer: tables show the better one, the verdict asks both.
func TestReadingsOfAPeer(t *testing.T) {
	all, some := made("x-all", "x", 95, 300, 9), made("x", "x", 91, 100, 5)
	c := madeComparison(made(defaultName, "", 90, 100, 3), all, some, made("y", "y", 10, 100, 5))
	favoured := c.peers(true)
	if len(favoured) != 2 || favoured[0].name != "x" || favoured[1].name != "y" {
		t.Errorf("favoured %v", favoured)
	}
	us := &c.results[0]
	if got := c.verdict(us, "mail"); got != "recall: x-all 95.0; precision: x 91.0 (of 91.0)" {
		t.Errorf("got %q", got)
	}
	sources := []string{"mail"}
	if c.ahead(us, sources, "x", byRecall) != 0 || c.ahead(us, sources, "y", byRecall, byPrecision) != 1 || c.ahead(us, sources, "", byPrecision) != 0 {
		t.Error("counted wrongly who is ahead")
	}
}

func TestWrite(t *testing.T) {
	preset := made("code", "", 80, 100, 0)
	preset.preset = true
	c := madeComparison(made("rules", "", 40, 41, 0), made(defaultName, "", 90, 100, 3), preset,
		made("presidio", "presidio", 50, 80, 9), result{name: "datafog", title: "DataFog", problem: "not installed"})
	c.results[3].processor = 4
	c.out = t.TempDir()
	c.readme = filepath.Join(c.out, "README.md")
	if err := os.WriteFile(c.readme, []byte("# X\n"+blockBegin+"old\n"+blockEnd+"\nend\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.write(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(c.out, "RESULTS.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"**DataFog was not measured**: not installed.",
		"| **embedded** | 90.0 | 90.0 | 90.0 | 0.0 | 3.00 | 2.00 | 2.0 k | 4.0 |",
		"| code | 80.0 | 80.0 | 80.0 | 0.0 | 0.00 | 2.00 |  |  |",
		"| mail | 90.0 / 90.0 | 50.0 / 62.5 | ahead |",
		"| all of them | 1 | 1 | 1 | 1 |",
		"| clean | 3.00 | 9.00 | ahead |",
		"| `private_person` | 10 | 40.0 | 90.0 | 50.0 |",
		"| mail | 90.0 / 90.0 | 80.0 / 80.0 |",
	} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("no %q in\n%s", want, raw)
		}
	}
	readme, err := os.ReadFile(c.readme)
	if err != nil || !strings.HasPrefix(string(readme), "# X\n"+blockBegin+"\n### All systems\n") || !strings.HasSuffix(string(readme), "|\n\n"+blockEnd+"\nend\n") || strings.Contains(string(readme), "old") {
		t.Errorf("%v\n%s", err, readme)
	}
	table, err := os.ReadFile(filepath.Join(c.out, "results.csv"))
	if err != nil || !strings.Contains(string(table), "\npresidio,mail,,0,200,10,0,0,0,0,100,50,80,50\n") {
		t.Errorf("%v\n%s", err, table)
	}
}

// TestHeldOutRows: the rows that everything is measured on can be read, and a
// part is what it says.
func TestHeldOutRows(t *testing.T) {
	all, err := readRows("heldout", "all")
	if err != nil {
		t.Fatal(err)
	}
	test, err := readRows("heldout", "test")
	if err != nil {
		t.Fatal(err)
	}
	validation, err := readRows("heldout", "validation")
	if err != nil || len(test)+len(validation) != len(all) || len(test) <= len(validation) {
		t.Errorf("%d + %d of %d rows, %v", len(test), len(validation), len(all), err)
	}
	marked := 0
	for _, row := range all {
		for _, s := range row.Marked {
			if !slices.Contains(pii.Categories(), s.Category) {
				t.Errorf("%s:%d: category %s", row.File, row.Line, s.Category)
			}
		}
		marked += len(row.Marked)
	}
	if marked < 1000 {
		t.Errorf("%d spans are marked", marked)
	}
	questions, err := questions(all)
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(questions)
	for _, row := range all {
		var q struct{ Text string }
		if err := decoder.Decode(&q); err != nil || q.Text != row.Text {
			t.Fatalf("%s:%d: a peer is asked about something else (%v)", row.File, row.Line, err)
		}
	}
}
