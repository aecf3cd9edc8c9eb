package score

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

func readAll(r io.Reader) (rows []*Row, err error) {
	reader := NewReader(r, "x.jsonl")
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, row)
	}
}

// show writes a row's spans as category=value.
func show(row *Row) string {
	var out []string
	for _, s := range row.Marked {
		out = append(out, fmt.Sprintf("%s=%s", s.Category, row.Text[s.Start:s.End]))
	}
	return strings.Join(out, " ")
}

func TestReaderShapes(t *testing.T) {
	const want = "private_person=Zoë private_phone=0123"
	for _, tc := range []struct{ name, line, source string }{
		{"spans by label and value", `{"text":"☕ Zoë 0123","spans":{"private_person: Zoë":[[2,5]],"private_phone: 0123":[[6,10]]},"info":{"id":"x","source":"mail"}}`, "mail"},
		{"spans by label", `{"text":"☕ Zoë 0123","spans":{"private_person":[[2,5]],"private_phone":[[6,10]]}}`, ""},
		{"labels", `{"text":"☕ Zoë 0123","label":[{"category":"private_phone","start":6,"end":10},{"category":"private_person","start":2,"end":5}],"info":{}}`, ""},
		{"what opf prints", `{"schema_version":1,"text":"☕ Zoë 0123","detected_spans":[{"label":"private_person","start":2,"end":5,"text":"Zoë","placeholder":"<PRIVATE_PERSON>"},{"label":"private_phone","start":6,"end":10}]}`, ""},
		{"ours", `{"id":7,"text":"☕ Zoë 0123","spans":[{"start":2,"end":5,"label":"private_person"},{"start":6,"end":10,"label":"private_phone","score":1}],"source":"chat"}`, "chat"},
		{"a span twice", `{"text":"☕ Zoë 0123","spans":{"private_person: Zoë":[[2,5],[2,5]],"private_phone":[[6,10]]},"info":null,"source":["x"]}`, ""},
		{"a source that is no name", `{"text":"☕ Zoë 0123","spans":{"private_person":[[2,5]],"private_phone":[[6,10]]},"source":"a\nb"}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rows, err := readAll(strings.NewReader("\ufeff" + tc.line + "\r\n\n"))
			if err != nil || len(rows) != 1 {
				t.Fatalf("%d rows, %v", len(rows), err)
			}
			if got := show(rows[0]); got != want || rows[0].Source != tc.source {
				t.Errorf("got %s from %q, want %s from %q", got, rows[0].Source, want, tc.source)
			}
		})
	}
}

func TestReaderCountsLinesAndRows(t *testing.T) {
	rows, err := readAll(strings.NewReader("\n{\"text\":\"a\",\"spans\":[]}\n \n{\"text\":\"b\",\"spans\":{}}"))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, line := range []int{2, 4} {
		if rows[i].Line != line || rows[i].Index != i || rows[i].Marked != nil {
			t.Errorf("row %d: %+v", i, rows[i])
		}
	}
}

// TestReaderErrors: every bad row is told by its line, and no error quotes it.
func TestReaderErrors(t *testing.T) {
	const fits = `"spans": a span from %d to %d does not fit a text of 6 code points`
	for _, tc := range []struct{ name, line, want string }{
		{"not JSON", `{"text":"SECRET`, "not a JSON object"},
		{"not an object", `["SECRET"]`, "not a JSON object"},
		{"null", `null`, "not a JSON object"},
		{"no text", `{"spans":[]}`, `no "text" that is a string`},
		{"text of another type", `{"text":["SECRET"],"spans":[]}`, `no "text" that is a string`},
		{"never marked", `{"text":"SECRET"}`, `nothing is marked: want "spans" or "label", empty if there is nothing to mark`},
		{"null for spans", `{"text":"SECRET","spans":null}`, `"spans": ` + errMarks.Error()},
		{"spans of another type", `{"text":"SECRET","spans":"SECRET"}`, `"spans": ` + errMarks.Error()},
		{"ends before it starts", `{"text":"SECRET","spans":[{"label":"secret","start":4,"end":2}]}`, fmt.Sprintf(fits, 4, 2)},
		{"empty", `{"text":"SECRET","spans":{"secret":[[3,3]]}}`, fmt.Sprintf(fits, 3, 3)},
		{"negative", `{"text":"SECRET","spans":{"secret":[[-1,3]]}}`, fmt.Sprintf(fits, -1, 3)},
		{"beyond the text", `{"text":"SECRET","spans":{"secret":[[0,7]]}}`, fmt.Sprintf(fits, 0, 7)},
		{"three numbers", `{"text":"SECRET","spans":{"secret":[[0,1,2]]}}`, `"spans": ` + errMarks.Error()},
		{"half a code point", `{"text":"SECRET","spans":{"secret":[[0,1.5]]}}`, `"spans": ` + errMarks.Error()},
		{"no end", `{"text":"SECRET","label":[{"category":"secret","start":0}]}`, `"label": ` + errMarks.Error()},
		{"no label", `{"text":"SECRET","label":[{"start":0,"end":1}]}`, `"label": a span's label is no name of a category`},
		{"a label that is a value", `{"text":"SECRET","spans":{"SECRET value":[[0,6]]}}`, `"spans": a span's label is no name of a category`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := readAll(strings.NewReader("{\"text\":\"\",\"spans\":[]}\n" + tc.line + "\n"))
			bad, ok := errors.AsType[*RowError](err)
			if !ok || bad.Line != 2 || bad.Reason != tc.want {
				t.Errorf("got %v, want line 2: %s", err, tc.want)
			}
			if err == nil || strings.Contains(err.Error(), "SECRET") || !strings.HasPrefix(err.Error(), "x.jsonl: line 2: ") {
				t.Errorf("the error says %v", err)
			}
		})
	}
	if _, err := readAll(iotest.ErrReader(io.ErrUnexpectedEOF)); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a reader that fails: %v", err)
	}
}

// FuzzReader: whatever is read, its spans lie in its text and at characters,
// and can be scored.
func FuzzReader(f *testing.F) {
	f.Add(`{"text":"é☕😀","spans":{"private_person: é":[[0,1]],"secret":[[1,3]]}}`)
	f.Add(`{"text":"\ud800 é","label":[{"category":"secret","start":0,"end":2}]}`)
	f.Add("{\"text\":\"\xff\xfe\",\"spans\":[{\"label\":\"secret\",\"start\":1,\"end\":2}]}")
	f.Fuzz(func(t *testing.T, in string) {
		rows, _ := readAll(strings.NewReader(in))
		for _, row := range rows {
			for _, s := range row.Marked {
				if s.Start < 0 || s.Start >= s.End || s.End > len(row.Text) || !utf8.RuneStart(row.Text[s.Start]) || s.End < len(row.Text) && !utf8.RuneStart(row.Text[s.End]) {
					t.Fatalf("span %v of a text of %d bytes", s, len(row.Text))
				}
			}
			Scorer{}.Row(row, []pii.Span{{Start: 0, End: len(row.Text), Category: pii.Secret}})
			if r, mistakes := (Scorer{}).Row(row, nil); len(mistakes) != r.Marked {
				t.Fatalf("%d mistakes where %d spans are marked and none is found", len(mistakes), r.Marked)
			}
		}
	})
}
