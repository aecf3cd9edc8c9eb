package caddymodule

import (
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// evalReport is what an evaluation came to.
type evalReport struct {
	*evalFlags
	sources  map[string]*score.Result
	mistakes score.Analysis
	spent    effort
	refused  int // rows that are left out, because as bodies they would not pass
}

// total adds up all sources. Shares of it say more about which sources there
// are than about the detector, so they are not printed.
func (r *evalReport) total() (sum score.Result) {
	for _, result := range r.sources {
		sum.Add(*result)
	}
	return sum
}

// split tells sources with marks from clean ones, each by name.
func (r *evalReport) split() (marked, clean []string) {
	for _, name := range slices.Sorted(maps.Keys(r.sources)) {
		if r.sources[name].Marked > 0 {
			marked = append(marked, name)
		} else {
			clean = append(clean, name)
		}
	}
	return marked, clean
}

// print writes the tables.
func (r *evalReport) print(w io.Writer) error {
	marked, clean := r.split()
	total := r.total()
	var out strings.Builder
	if len(marked) > 0 {
		r.markedTable(marked).write(&out)
		out.WriteByte('\n')
	}
	if len(clean) > 0 {
		r.cleanTable(clean).write(&out)
		out.WriteByte('\n')
	}
	if len(total.Categories) > 0 {
		categoryTable(total.Categories).write(&out)
		out.WriteByte('\n')
	}
	r.printMistakes(&out, total)
	if r.refused > 0 {
		fmt.Fprintf(&out, "%d rows are left out: bodies of their types are refused\n", r.refused)
	}
	fmt.Fprintf(&out, "%d characters in %.2f s: %.0f a second", total.Characters, r.spent.wall.Seconds(), rate(total.Characters, r.spent.wall))
	if r.spent.processors > 0 {
		fmt.Fprintf(&out, ", %.0f a second of processor time", rate(total.Characters, r.spent.processors))
	}
	return printLine(w, out.String())
}

func (r *evalReport) markedTable(names []string) *table {
	t := newTable("source", "rows", "tokens", "marked", "char recall", "char precision", "whole", "exact P", "exact R", "exact F1", "false/1,000")
	for _, name := range names {
		c := r.sources[name].Counts
		t.add(name, number(c.Rows), number(c.Tokens), number(c.Marked), percent(c.CharacterRecall()), percent(c.CharacterPrecision()),
			percent(c.Containment()), percent(c.Precision()), percent(c.Recall()), percent(c.F1()), perThousand(c))
	}
	return t
}

func (r *evalReport) cleanTable(names []string) *table {
	t := newTable("source without marks", "rows", "tokens", "false spans", "false/1,000")
	for _, name := range names {
		c := r.sources[name].Counts
		t.add(name, number(c.Rows), number(c.Tokens), number(c.False), perThousand(c))
	}
	return t
}

func categoryTable(categories map[pii.Category]score.Counts) *table {
	t := newTable("category", "marked", "char recall", "whole", "exact R", "found", "char precision", "exact P", "false")
	for _, category := range slices.Sorted(maps.Keys(categories)) {
		c := categories[category]
		t.add(string(category), number(c.Marked), percent(c.CharacterRecall()), percent(c.Containment()), percent(c.Recall()),
			number(c.Found), percent(c.CharacterPrecision()), percent(c.Precision()), number(c.False))
	}
	return t
}

// printMistakes lists the classes of mistakes, the frequent ones first.
func (r *evalReport) printMistakes(out *strings.Builder, total score.Result) {
	if r.classes == 0 {
		return
	}
	for _, kind := range []struct {
		score.Kind
		title string
		of    int
	}{
		{score.Missed, "Missed: nothing of it was found", total.Marked},
		{score.Cut, "Cut: a part of it was found", total.Marked},
		{score.False, "False: nothing is marked there", total.Found},
	} {
		classes := r.mistakes.Classes(kind.Kind)
		if len(classes) == 0 {
			continue
		}
		count := 0
		for _, c := range classes {
			count += c.Count
		}
		fmt.Fprintf(out, "%s (%d of %d spans)\n", kind.title, count, kind.of)
		r.mistakeTable(classes).write(out)
		if more := len(classes) - r.classes; more > 0 {
			fmt.Fprintf(out, "and %d more classes\n", more)
		}
		out.WriteByte('\n')
	}
}

func (r *evalReport) mistakeTable(classes []score.ClassCount) *table {
	header := []string{"category", "spans", "shape", "where", "line"}
	if r.show {
		header[4] = "values"
	}
	t := newTable(header...)
	t.alignLeft(2, 3, 4)
	for _, c := range classes[:min(r.classes, len(classes))] {
		examples := make([]string, len(c.Examples))
		for i, m := range c.Examples {
			if r.show {
				examples[i] = strconv.Quote(m.Row.Text[m.Span.Start:m.Span.End])
			} else {
				examples[i] = fmt.Sprintf("%s:%d", filepath.Base(m.Row.File), m.Row.Line)
			}
		}
		t.add(string(c.Category), number(c.Count), c.Shape, c.Context, strings.Join(examples, " "))
	}
	return t
}

func number(n int) string { return strconv.Itoa(n) }

// percent writes a share, or a dash where there is nothing to divide by.
func percent(s score.Share) string {
	value, ok := s.Value()
	if !ok {
		return "–"
	}
	return strconv.FormatFloat(100*value, 'f', 1, 64)
}

func perThousand(c score.Counts) string {
	value, ok := c.FalseRate()
	if !ok {
		return "–"
	}
	return strconv.FormatFloat(value, 'f', 2, 64)
}
