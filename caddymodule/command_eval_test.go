package caddymodule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

// rowFile writes a file of rows.
func rowFile(t testing.TB, dir, name string, rows ...string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(strings.Join(rows, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// The scripted model finds this name, and takes a word for one.
const markedMail = `{"text":"Dear Elena Markovic,\nwrite to e.markovic@korvin-labs.net","spans":[{"start":5,"end":19,"label":"private_person"},{"start":30,"end":56,"label":"private_email"}]}`

var evalRows = []string{
	markedMail,
	`{"text":"we met ann lee. Zagreb is nice","spans":{"private_person: ann lee":[[7,14]]}}`,
	`{"text":"Nothing in Zagreb","spans":[]}`,
	`{"text":"Elena Markovic, again","label":[{"category":"private_person","start":0,"end":14}],"info":{"source":"other"}}`,
}

// evaluated runs eval with the scripted model and returns what it prints.
func evaluated(t *testing.T, flags evalFlags, policy filter.Policy, files ...string) string {
	t.Helper()
	out, err := tryEval(t, flags, policy, files...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func tryEval(t *testing.T, flags evalFlags, policy filter.Policy, files ...string) (string, error) {
	t.Helper()
	if flags.third == "" {
		flags.third = "all"
	}
	flags.rounds = max(1, flags.rounds)
	rows, err := flags.read(files)
	if err != nil {
		return "", err
	}
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	model := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {"Elena Markovic", "Zagreb"}})
	p := &pipeline{filter: f, policy: policy, model: model.Service(t), maxBody: 10 << 20}
	cmd := new(cobra.Command)
	var out strings.Builder
	cmd.SetOut(&out)
	err = (&evaluation{pipeline: p, cmd: cmd, evalFlags: &flags, rows: rows}).run(t.Context())
	return out.String(), err
}

//nolint:dupword // shapes repeat words
func TestEvalTables(t *testing.T) {
	dir := t.TempDir()
	mail := rowFile(t, dir, "mail.jsonl", evalRows...)
	clean := rowFile(t, dir, "clean.jsonl", `{"text":"Zagreb is large","spans":[]}`, "", `{"text":"so is Rome","spans":{}}`)
	out := evaluated(t, evalFlags{classes: 5}, filter.Policy{}, mail, clean)
	for _, want := range []string{
		// 14 + 26 characters of 47 are found, and Zagreb twice, in 20 tokens.
		"mail 3 20 3 85.1 76.9 66.7 50.0 66.7 57.1 100.00",
		"other 1 3 1 100.0 100.0 100.0 100.0 100.0 100.0 0.00",
		"clean 2 6 1 166.67",
		"private_email 1 100.0 100.0 100.0 1 100.0 100.0 0",
		"private_person 3 80.0 66.7 66.7 5 60.9 40.0 3",
	} {
		if !hasLine(out, want) {
			t.Errorf("no line %q in\n%s", want, out)
		}
	}
	for _, want := range []string{
		"Missed: nothing of it was found (1 of 4 spans)",
		"aa aa  inside a sentence",
		"mail.jsonl:2",
		"False: nothing is marked there (3 of 6 spans)",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, value := range []string{"ann", "lee", "Zagreb", "Elena", "Markovic"} {
		if strings.Contains(out, value) {
			t.Errorf("the output shows %q", value)
		}
	}
	if shown := evaluated(t, evalFlags{classes: 5, show: true}, filter.Policy{}, mail); !strings.Contains(shown, `"ann lee"`) {
		t.Errorf("--show does not show:\n%s", shown)
	}
	if out := evaluated(t, evalFlags{}, filter.Policy{}, mail); strings.Contains(out, "Missed") {
		t.Error("classes of mistakes, and nobody asked for any")
	}
}

// hasLine reports whether a line has these cells.
func hasLine(out, cells string) bool {
	for line := range strings.Lines(out) {
		if strings.Join(strings.Fields(line), " ") == cells {
			return true
		}
	}
	return false
}

func evalDocument(t *testing.T, flags evalFlags, policy filter.Policy, files ...string) (doc evalJSON) {
	t.Helper()
	flags.json = true
	if err := json.Unmarshal([]byte(evaluated(t, flags, policy, files...)), &doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

//nolint:dupword // shapes repeat words
func TestEvalJSON(t *testing.T) {
	mail := rowFile(t, t.TempDir(), "mail.jsonl", evalRows...)
	doc := evalDocument(t, evalFlags{rounds: 2}, filter.Policy{}, mail)
	got := doc.Sources["mail"]
	if got.Rows != 3 || got.Marked != 3 || got.Exact != 2 || got.False != 2 || got.Categories[pii.PrivateEmail].Exact != 1 {
		t.Errorf("got %+v", got)
	}
	if doc.Characters != 124 || doc.Seconds <= 0 {
		t.Errorf("%d characters in %v s", doc.Characters, doc.Seconds)
	}
	if missed := doc.Mistakes["missed"]; len(missed) != 1 || missed[0].Shape != "aa aa" || missed[0].Examples[0].Line != 2 || missed[0].Examples[0].Value != nil {
		t.Errorf("missed %+v", missed)
	}
}

func TestEvalThirds(t *testing.T) {
	var rows []string
	for i := range 7 {
		rows = append(rows, fmt.Sprintf(`{"text":"row %d","spans":[]}`, i), "")
	}
	file := rowFile(t, t.TempDir(), "x.jsonl", rows...)
	for third, want := range map[string]int{"validation": 3, "test": 4, "all": 7} {
		if got := evalDocument(t, evalFlags{third: third}, filter.Policy{}, file).Sources["x"].Rows; got != want {
			t.Errorf("%s: %d rows, want %d", third, got, want)
		}
	}
}

// TestEvalFollowsThePolicy: what a policy keeps is not scored, rules alone do
// not find what the model finds, and the other way round.
func TestEvalFollowsThePolicy(t *testing.T) {
	mail := rowFile(t, t.TempDir(), "mail.jsonl", markedMail)
	keep := mask.Action{Kind: mask.Keep}
	replace := mask.Action{Kind: mask.Replace}
	for _, tc := range []struct {
		name          string
		flags         evalFlags
		policy        filter.Policy
		marked, exact int
	}{
		{"union", evalFlags{}, filter.Policy{}, 2, 2},
		{"rules alone", evalFlags{}, filter.Policy{RulesOnly: true}, 2, 1},
		{"model alone", evalFlags{modelOnly: true}, filter.Policy{}, 2, 1},
		{"as bodies", evalFlags{bodies: true}, filter.Policy{}, 2, 2},
		{"a category is kept", evalFlags{}, filter.Policy{Actions: map[pii.Category]mask.Action{pii.PrivateEmail: keep}}, 1, 1},
		{"all but one are kept", evalFlags{}, filter.Policy{Default: keep, Actions: map[pii.Category]mask.Action{pii.PrivateEmail: replace}}, 1, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := evalDocument(t, tc.flags, tc.policy, mail).Sources["mail"]
			if got.Marked != tc.marked || got.Exact != tc.exact || got.False != 0 {
				t.Errorf("got %+v", got.Counts)
			}
		})
	}
}

// TestEvalAsBodies: offsets are those of the text, whatever format it has, and
// what would be refused is left out and said so.
func TestEvalAsBodies(t *testing.T) {
	file := rowFile(t, t.TempDir(), "x.jsonl",
		`{"text":"{\"né\":\"☕\",\"name\":\"\\u0045lena Markovic\"}","spans":{"private_person":[[18,37]]}}`,
		`{"text": "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e \"x\">]><a>&e; Elena Markovic</a>", "spans": {"private_person": [[58, 72]]}}`)
	doc := evalDocument(t, evalFlags{bodies: true}, filter.Policy{}, file)
	if got := doc.Sources["x"]; doc.Refused != 1 || got.Rows != 1 || got.Exact != 1 {
		t.Errorf("%d refused, %+v", doc.Refused, got.Counts)
	}
}

func TestEvalErrors(t *testing.T) {
	dir := t.TempDir()
	good := rowFile(t, dir, "good.jsonl", markedMail)
	bad := rowFile(t, dir, "bad.jsonl", markedMail, `{"text":"SECRET","spans":[{"start":2,"end":9,"label":"secret"}]}`)
	empty := rowFile(t, dir, "empty.jsonl")
	for _, tc := range []struct {
		name  string
		flags evalFlags
		files []string
		want  string
	}{
		{"a bad row", evalFlags{}, []string{good, bad}, bad + `: line 2: "spans": a span from 2 to 9 does not fit a text of 6 code points`},
		{"no such file", evalFlags{}, []string{filepath.Join(dir, "none")}, filepath.Join(dir, "none") + ": no such file or directory"},
		{"no rows", evalFlags{}, []string{empty}, "there is no row to evaluate"},
		{"a folder without rows", evalFlags{}, []string{t.TempDir()}, ": the folder has no *.jsonl file"},
		{"another third", evalFlags{third: "fourth"}, []string{good}, "--third: want validation, test or all"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := tryEval(t, tc.flags, filter.Policy{}, tc.files...)
			if err == nil || !strings.HasSuffix(err.Error(), tc.want) || strings.Contains(err.Error(), "SECRET") {
				t.Errorf("got %v, want %s", err, tc.want)
			}
		})
	}
}

// TestEvalFailsWhereDetectionFails: a detector that fails and quotes is told
// by the row's line and the reason.
func TestEvalFailsWhereDetectionFails(t *testing.T) {
	file := rowFile(t, t.TempDir(), "x.jsonl", markedMail, `{"text":"FAIL Ann","spans":[]}`)
	flags := evalFlags{third: "all", rounds: 1}
	rows, err := flags.read([]string{file})
	if err != nil {
		t.Fatal(err)
	}
	cmd := new(cobra.Command)
	e := &evaluation{pipeline: testPipeline(t, &wordDetector{word: "Ann"}), cmd: cmd, evalFlags: &flags, rows: rows}
	err = e.run(t.Context())
	if err == nil || !strings.HasPrefix(err.Error(), file+": line 2: ") || strings.Contains(err.Error(), "Ann") {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := e.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted: %v", err)
	}
}

func TestTableAlignsByCharacters(t *testing.T) {
	var out strings.Builder
	tb := newTable("näme", "n", "x")
	tb.alignLeft(2)
	tb.add("a", "1000", "é")
	tb.write(&out)
	if want := "näme     n  x\na     1000  é\n"; out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
}
