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

// write writes RESULTS.md and results.csv, and the tables of the README.
func (c *comparison) write() error {
	var out, short strings.Builder
	c.head(&out)
	c.systemTable(&out, false)
	c.peerTable(&out)
	c.sourceTables(&out)
	c.categoryTable(&out)
	c.presetTables(&out)
	if err := os.WriteFile(filepath.Join(c.out, "RESULTS.md"), []byte(out.String()), 0o644); err != nil {
		return err
	}
	c.systemTable(&short, true)
	c.peerTable(&short)
	c.sourceTables(&short)
	if err := replaceBlock(c.readme, short.String()); err != nil {
		return err
	}
	return c.writeCSV(filepath.Join(c.out, "results.csv"))
}

// The tables of a README stand between these lines.
const (
	blockBegin = "<!-- make bench-quality: begin -->\n"
	blockEnd   = "<!-- make bench-quality: end -->"
)

// replaceBlock writes text between the lines of a file that ask for it, if it
// has any.
func replaceBlock(name, text string) error {
	if name == "" {
		return nil
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(raw), blockBegin)
	_, after, closed := strings.Cut(rest, blockEnd)
	if !ok || !closed {
		return nil
	}
	text = strings.ReplaceAll(strings.TrimSpace(text), "## ", "### ")
	return os.WriteFile(name, []byte(before+blockBegin+"\n"+text+"\n\n"+blockEnd+after), 0o644)
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
		case r.versions != "" && r.name == r.peer:
			fmt.Fprintf(out, "- %s: %s.\n", r.title, r.versions)
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

// systemTable is one line for each system, or for those that matter most.
func (c *comparison) systemTable(out *strings.Builder, short bool) {
	out.WriteString("## All systems\n\nMeans over the sources, each of which counts the same; shares in percent.\n\n")
	t := table{"system", "char recall", "char precision", "char F1", "exact F1", "false spans / 1,000 clean tokens", "seconds", "characters / s of a core", "× Presidio"}
	t.header(out)
	yardstick := c.find("presidio")
	for i := range c.results {
		r := &c.results[i]
		if !r.ok() || short && (r.preset || r.peer != r.name && r.peer != "") {
			continue
		}
		speed, times := "", ""
		if !r.preset {
			speed = thousands(r.speed())
			if yardstick != nil && yardstick.speed() > 0 {
				times = decimal(r.speed()/yardstick.speed(), 1)
			}
		}
		title := r.title
		if r.reading != "" {
			title += ", " + r.reading
		}
		if r.name == defaultName || r.name == fastName {
			title = "**" + title + "**"
		}
		t.row(out, title, share(r.mean(recall)), share(r.mean(precision)), share(r.mean(characterF1)), share(r.mean(exactF1)),
			rate(r.mean(falseOnClean)), decimal(r.seconds, 2), speed, times)
	}
	out.WriteByte('\n')
}

// peerTable says on how many sources the default is ahead of each peer.
func (c *comparison) peerTable(out *strings.Builder) {
	us := c.find(defaultName)
	peers := c.peers(true)
	if us == nil || len(peers) == 0 {
		return
	}
	marked, clean := c.sources()
	fmt.Fprintf(out, "## On how many sources the default is ahead\n\nOf %d with marked spans and %d clean ones, against the better reading of each peer in each figure.\n\n", len(marked), len(clean))
	t := table{"against", "in recall", "in precision", "in both", "in false spans on clean text"}
	t.header(out)
	line := func(title, peer string) {
		number := func(sources []string, contests ...contest) string {
			return strconv.Itoa(c.ahead(us, sources, peer, contests...))
		}
		t.row(out, title, number(marked, byRecall), number(marked, byPrecision), number(marked, byRecall, byPrecision), number(clean, byFalseSpans))
	}
	for _, p := range peers {
		line(p.title, p.peer)
	}
	line("all of them", "")
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
	var readings []string
	for _, r := range c.peers(true) {
		columns = append(columns, r)
		readings = append(readings, r.title+": "+r.reading)
	}
	lines := func(sources []string, cell func(score.Counts) string) {
		t := append(make(table, 0, len(columns)+2), "source")
		for _, r := range columns {
			t = append(t, shortTitle(r))
		}
		t = append(t, "the default against all")
		t.header(out)
		for _, source := range sources {
			cells := append(make([]string, 0, len(columns)+2), source)
			for _, r := range columns {
				cells = append(cells, cell(r.sources[source]))
			}
			t.row(out, append(cells, c.verdict(us, source))...)
		}
		out.WriteByte('\n')
	}
	out.WriteString("## By source\n\nCharacter recall / character precision, untyped, in percent. The last column names who is better than the default, and in what; behind a precision stands how much of what is marked was found with it.")
	if len(readings) > 0 {
		out.WriteString(" Readings shown: " + strings.Join(readings, ", ") + ".")
	}
	out.WriteString("\n\n")
	marked, clean := c.sources()
	lines(marked, func(n score.Counts) string { return share(recall(n)) + " / " + share(precision(n)) })
	out.WriteString("False spans in 1,000 tokens of text where nothing is marked:\n\n")
	lines(clean, func(n score.Counts) string { return rate(falseOnClean(n)) })
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
		record := append(make([]string, 0, 14), system, source, category)
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
