package main

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// write writes RESULTS.md and results.csv.
func (c *comparison) write() error {
	var out strings.Builder
	c.head(&out)
	c.systemTable(&out)
	c.sourceTables(&out)
	c.categoryTable(&out)
	c.presetTables(&out)
	if err := os.WriteFile(filepath.Join(c.out, "RESULTS.md"), []byte(out.String()), 0o644); err != nil { //nolint:gosec // to be read by all
		return err
	}
	return c.writeCSV(filepath.Join(c.out, "results.csv"))
}

func (c *comparison) head(out *strings.Builder) {
	total := score.Counts{}
	for _, row := range c.rows {
		one, _ := score.Scorer{}.Row(row, nil)
		total.Rows += one.Rows
		total.Characters += one.Characters
		total.Marked += one.Marked
	}
	fmt.Fprintf(out, `# How good the detection is

Written by `+"`make bench-quality`"+` on %s; do not edit. [README.md](README.md) says what the figures mean.

- Rows: %d of [heldout/](heldout/README.md) (%s), %d characters, %d marked spans.
- Machine: %s. Every system ran alone, one after another, on one thread of one processor.
- We: %s.
`, c.began.UTC().Format("2006-01-02 15:04 UTC"), total.Rows, thirdName(c.third), total.Characters, total.Marked, c.machine, version(c.caddy))
	for _, r := range c.results {
		switch {
		case !r.ok():
			fmt.Fprintf(out, "- **%s was not measured**: %s.\n", r.title, r.problem)
		case r.versions != "" && !strings.HasSuffix(r.name, "-all"):
			fmt.Fprintf(out, "- %s: %s.\n", strings.TrimSuffix(r.title, ", counterparts"), r.versions)
		}
	}
	out.WriteByte('\n')
}

func thirdName(third string) string {
	if third == "all" {
		return "all of them"
	}
	return "the " + third + " part"
}

// systemTable is one line for each system.
func (c *comparison) systemTable(out *strings.Builder) {
	out.WriteString("## All systems\n\nMeans over the sources, each of which counts the same.\n\n")
	t := table{"system", "char recall", "char precision", "char F1", "exact F1", "false spans / 1,000 tokens of clean text", "seconds", "characters / s of a core", "× Presidio"}
	t.header(out)
	yardstick := c.find("presidio")
	for i := range c.results {
		r := &c.results[i]
		if !r.ok() {
			continue
		}
		speed, times := "", ""
		if !r.preset {
			speed = thousands(r.speed())
			if yardstick != nil && yardstick.speed() > 0 {
				times = decimal(r.speed()/yardstick.speed(), 1)
			}
		}
		t.row(out, r.title, share(r.mean(recall)), share(r.mean(precision)), share(r.mean(characterF1)), share(r.mean(exactF1)),
			rate(r.mean(falseOnClean)), decimal(r.seconds, 2), speed, times)
	}
	out.WriteByte('\n')
}

// sourceTables hold us against the peers, source by source.
func (c *comparison) sourceTables(out *strings.Builder) {
	us, fast := c.find(defaultName), c.find(fastName)
	if us == nil {
		return
	}
	columns := []*result{us}
	if fast != nil {
		columns = append(columns, fast)
	}
	columns = append(columns, c.peers(true)...)
	titles := func(first string) table {
		t := table{first}
		for _, r := range columns {
			t = append(t, shortTitle(r))
		}
		return append(t, "the default against every peer")
	}
	marked, clean := c.sources()
	ahead := 0
	verdict := func(source string) string {
		behind := c.behind(us, source)
		if behind == "" {
			ahead++
			return "ahead"
		}
		return behind
	}
	line := func(t table, source string, cell func(score.Counts) string) {
		cells := []string{source}
		for _, r := range columns {
			cells = append(cells, cell(r.sources[source]))
		}
		t.row(out, append(cells, verdict(source))...)
	}

	out.WriteString("## By source\n\nCharacter recall / character precision, untyped. Of each peer the reading that does it more favour is shown; the last column holds the default against both readings of all peers.\n\n")
	t := titles("source")
	t.header(out)
	for _, source := range marked {
		line(t, source, func(n score.Counts) string { return share(recall(n)) + " / " + share(precision(n)) })
	}
	fmt.Fprintf(out, "\nAhead of every peer in both on %d of %d sources.\n\n", ahead, len(marked))
	ahead = 0
	out.WriteString("False spans in 1,000 tokens of text where nothing is marked:\n\n")
	t = titles("source")
	t.header(out)
	for _, source := range clean {
		line(t, source, func(n score.Counts) string { return rate(falseOnClean(n)) })
	}
	fmt.Fprintf(out, "\nAhead of every peer on %d of %d sources.\n\n", ahead, len(clean))
}

// categoryTable is recall by what was marked, under whatever category it was
// found.
func (c *comparison) categoryTable(out *strings.Builder) {
	us := c.find(defaultName)
	if us == nil {
		return
	}
	out.WriteString("## By category\n\nCharacter recall of what is marked, as whatever category it was found.\n\n")
	columns := []*result{}
	for _, name := range []string{"rules", "model", defaultName, fastName} {
		if r := c.find(name); r != nil {
			columns = append(columns, r)
		}
	}
	columns = append(columns, c.peers(true)...)
	t := table{"category", "marked"}
	for _, r := range columns {
		t = append(t, shortTitle(r))
	}
	t.header(out)
	for _, category := range slices.Sorted(maps.Keys(us.categories)) {
		if us.categories[category].Marked == 0 {
			continue
		}
		cells := []string{"`" + string(category) + "`", strconv.Itoa(us.categories[category].Marked)}
		for _, r := range columns {
			cells = append(cells, share(recall(r.categories[category])))
		}
		t.row(out, cells...)
	}
	out.WriteByte('\n')
}

// presetTables show the presets, each by what it is asked for: categories that
// a preset keeps are not scored.
func (c *comparison) presetTables(out *strings.Builder) {
	columns := []*result{}
	for i := range c.results {
		if r := &c.results[i]; r.ok() && (r.preset || r.name == defaultName) {
			columns = append(columns, r)
		}
	}
	if len(columns) < 2 {
		return
	}
	out.WriteString("## Presets\n\nCharacter recall / character precision of what a preset masks; where nothing is marked, false spans in 1,000 tokens.\n\n")
	t := table{"source"}
	for _, r := range columns {
		t = append(t, shortTitle(r))
	}
	t.header(out)
	marked, clean := c.sources()
	for _, source := range slices.Concat(marked, clean) {
		cells := []string{source}
		for _, r := range columns {
			n := r.sources[source]
			if slices.Contains(clean, source) {
				cells = append(cells, rate(n.FalseRate()))
			} else {
				cells = append(cells, share(recall(n))+" / "+share(precision(n)))
			}
		}
		t.row(out, cells...)
	}
	out.WriteByte('\n')
}

// shortTitle is a title for the head of a column.
func shortTitle(r *result) string {
	switch {
	case r.peer != "":
		return r.title
	case r.name == "model":
		return "`embedded` alone"
	case r.name == "rules":
		return "rules alone"
	default:
		return "`" + r.name + "`"
	}
}

// writeCSV writes all figures, a line for each source of each system, and for
// each of its categories.
func (c *comparison) writeCSV(name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	w := csv.NewWriter(file)
	_ = w.Write([]string{"system", "source", "category", "rows", "tokens", "marked", "found", "exact", "contained", "false", "marked_characters", "covered_characters", "found_characters", "right_characters"}) // Error below
	line := func(system, source, category string, n score.Counts) {
		record := []string{system, source, category}
		for _, v := range []int{n.Rows, n.Tokens, n.Marked, n.Found, n.Exact, n.Contained, n.False, n.MarkedCharacters, n.CoveredCharacters, n.FoundCharacters, n.RightCharacters} {
			record = append(record, strconv.Itoa(v))
		}
		_ = w.Write(record) // Error below
	}
	for _, r := range c.results {
		for _, source := range slices.Sorted(maps.Keys(r.sources)) {
			line(r.name, source, "", r.sources[source])
		}
		for _, category := range slices.Sorted(maps.Keys(r.categories)) {
			line(r.name, "", string(named(category)), r.categories[category])
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return file.Close()
}

// named names what a peer finds and we have no category for.
func named(c pii.Category) pii.Category {
	if c == "" {
		return "other"
	}
	return c
}
