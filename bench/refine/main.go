// Command refine measures what each step of filter/refine is worth: it finds
// personal data in held-out texts with rules and model, once with all steps
// and once without each of them, and prints Markdown.
//
//	. scripts/env.sh && go run ./bench/refine
//
// Choices are made on the validation part (every third row), which is the
// default; -third test is for reporting. What must never come in: thresholds
// that fail a build.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/refine"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

type options struct {
	model string
	third string
	texts string
	show  bool

	segments bool
}

func main() {
	var o options
	flag.StringVar(&o.model, "model", "embedded", "the model: embedded, embedded-fast, or a directory")
	flag.StringVar(&o.third, "third", "validation", "rows to use: validation, test or all")
	flag.StringVar(&o.texts, "texts", "bench/quality/heldout", "folder of marked texts")
	flag.BoolVar(&o.show, "show", false, "list the mistakes that remain, with their values")
	flag.BoolVar(&o.segments, "segments", false, "measure how JSON is cut into segments, and not the steps")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "refine:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	rows, err := readRows(o)
	if err != nil {
		return err
	}
	model, err := local.Open(ctx, local.Options{Model: o.model})
	if err != nil {
		return err
	}
	defer model.Close()
	m := &measure{rows: rows, model: model}
	if o.segments {
		return m.segments(ctx)
	}
	return m.print(ctx, o.show)
}

// readRows reads the rows of the wanted part; a row's source is its file.
func readRows(o options) (rows []*score.Row, err error) {
	files, err := filepath.Glob(filepath.Join(o.texts, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		reader := score.NewReader(file, filepath.Base(name))
		for {
			row, err := reader.Next()
			if err != nil {
				break
			}
			if o.third == "all" || (row.Index%3 == 0) == (o.third == "validation") {
				row.Source = strings.TrimSuffix(row.File, ".jsonl")
				rows = append(rows, row)
			}
		}
		file.Close()
	}
	return rows, nil
}

// measure runs the same rows with different sets of steps. The model's cache
// makes all runs but the first cheap.
type measure struct {
	rows  []*score.Row
	model pii.Detector
}

// outcome is what a set of steps comes to: on texts with personal data, and
// on clean ones.
type outcome struct{ marked, clean score.Counts }

func (m *measure) run(ctx context.Context, without refine.Steps, see func(score.Mistake)) (outcome, error) {
	f, err := filter.New(filter.Options{Rules: rules.New(), Without: without})
	if err != nil {
		return outcome{}, err
	}
	var marked, clean score.Result
	for _, row := range m.rows {
		found, err := f.Spans(ctx, m.model, []string{row.Text})
		if err != nil {
			return outcome{}, err
		}
		result, mistakes := score.Scorer{}.Row(row, found[0])
		if strings.HasPrefix(row.Source, "clean-") {
			clean.Add(result)
		} else {
			marked.Add(result)
		}
		for _, mistake := range append(mistakes, inexact(row, found[0])...) {
			see(mistake)
		}
	}
	return outcome{marked.Counts, clean.Counts}, nil
}

// inexact are found spans that hold a part of a marked one, but have other
// ends or another category.
func inexact(row *score.Row, found []pii.Span) (out []score.Mistake) {
	for _, f := range found {
		touched, exact := false, false
		for _, m := range row.Marked {
			touched = touched || m.Start < f.End && f.Start < m.End
			exact = exact || m.Start == f.Start && m.End == f.End && m.Category == f.Category
		}
		if touched && !exact {
			out = append(out, score.Mistake{Class: score.Class{Kind: "inexact", Category: f.Category}, Row: row, Span: f})
		}
	}
	return out
}

func (m *measure) print(ctx context.Context, show bool) error {
	fmt.Printf("| steps | character recall | character precision | strict F1 | false/1,000, clean | false spans |\n|---|---|---|---|---|---|\n")
	line := func(name string, without refine.Steps, see func(score.Mistake)) error {
		o, err := m.run(ctx, without, see)
		if err != nil {
			return err
		}
		recall, _ := o.marked.CharacterRecall().Value()
		precision, _ := o.marked.CharacterPrecision().Value()
		f1, _ := o.marked.F1().Value()
		rate, _ := o.clean.FalseRate()
		fmt.Printf("| %s | %.2f | %.2f | %.2f | %.2f | %d |\n", name, 100*recall, 100*precision, 100*f1, rate, o.marked.False+o.clean.False)
		return nil
	}
	ignore := func(score.Mistake) {}
	var mistakes []score.Mistake
	if err := line("all", 0, func(x score.Mistake) { mistakes = append(mistakes, x) }); err != nil {
		return err
	}
	for _, step := range refine.Each() {
		if err := line("without "+step.String(), step, ignore); err != nil {
			return err
		}
	}
	if err := line("none", refine.All, ignore); err != nil {
		return err
	}
	if !show {
		return nil
	}
	for _, x := range mistakes {
		s, t := x.Span, x.Row.Text
		fmt.Printf("%s\t%s\t%s:%d\t%s %.2f\t[%s]\t%s\n", x.Kind, s.Category, x.Row.Source, x.Row.Line, s.Source, s.Score,
			strings.ReplaceAll(t[s.Start:s.End], "\n", "⏎"), strings.ReplaceAll(t[max(0, s.Start-25):min(len(t), s.End+25)], "\n", "⏎"))
	}
	return nil
}
