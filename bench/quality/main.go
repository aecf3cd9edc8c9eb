// Command quality holds what we find in marked texts against what a person
// marked and against what other detectors find there: on the same rows, one
// after another, each on one thread of one processor, scored by one scorer
// (pii/score). It writes RESULTS.md and results.csv. README.md says how to
// read them; `make bench-quality` sets up what is needed and runs it.
//
// What may come in: systems to compare, and ways to show the comparison. What
// must never: a threshold or a mapping that was chosen on the test rows.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// options are the flags.
type options struct {
	heldout string // folder of *.jsonl
	caddy   string // our program
	peers   string // folder with a virtual environment for each peer
	out     string // folder for the results
	readme  string // file whose tables are replaced, too; "" for none
	third   string // of the rows, as eval takes it
	only    string // systems to run, by name, with commas; "" for all
	rounds  int
}

// patience is how long one system may take.
const patience = 10 * time.Minute

func main() {
	var o options
	flag.StringVar(&o.heldout, "heldout", "bench/quality/heldout", "folder of marked rows")
	flag.StringVar(&o.caddy, "caddy", "bin/caddy", "our program")
	flag.StringVar(&o.peers, "peers", "", "folder of the peers' environments, as peers/setup.sh prints it")
	flag.StringVar(&o.out, "out", "bench/quality", "folder to write the results to")
	flag.StringVar(&o.readme, "readme", "", "file to replace the tables in, where it has the lines for them")
	flag.StringVar(&o.third, "third", "test", "rows to use: validation, test or all")
	flag.StringVar(&o.only, "only", "", "names of systems to run, with commas between")
	flag.IntVar(&o.rounds, "rounds", 3, "runs of each system whose speed is compared; the fastest counts")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	rows, err := readRows(o.heldout, o.third)
	if err != nil {
		return err
	}
	c := &comparison{options: o, rows: rows, machine: describeMachine(), began: time.Now()}
	for _, s := range append(ours(o), others(o)...) {
		if o.only != "" && !strings.Contains(","+o.only+",", ","+s.name+",") {
			continue
		}
		fmt.Fprintf(os.Stderr, "%s …", s.name)
		limited, cancel := context.WithTimeout(ctx, patience)
		began := time.Now()
		results, err := s.measure(limited, rows)
		cancel()
		if err != nil {
			fmt.Fprintf(os.Stderr, " failed: %v\n", err)
			results = []result{{name: s.name, title: s.title, problem: err.Error()}}
		} else {
			fmt.Fprintf(os.Stderr, " %.0f s\n", time.Since(began).Seconds())
		}
		c.results = append(c.results, results...)
	}
	if ctx.Err() != nil {
		return errors.New("interrupted; nothing is written")
	}
	return c.write()
}

// readRows reads the rows of a third of every file, as eval does.
func readRows(folder, third string) (rows []*score.Row, err error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s: no *.jsonl files", folder)
	}
	for _, name := range files { // in order of names
		if rows, err = readFile(rows, name, third); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

func readFile(rows []*score.Row, name, third string) ([]*score.Row, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	reader := score.NewReader(file, name)
	for {
		row, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		validation := row.Index%3 == 0
		if third == "validation" && !validation || third == "test" && validation {
			continue
		}
		if row.Source == "" {
			row.Source = strings.TrimSuffix(filepath.Base(name), ".jsonl")
		}
		rows = append(rows, row)
	}
}
