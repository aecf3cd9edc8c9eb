package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// system is something that finds spans.
type system struct {
	name    string // in flags and in results.csv
	title   string // in tables
	measure func(context.Context, []*score.Row) ([]result, error)
}

// result is what a system came to, under one way to read its labels.
type result struct {
	name, title string
	peer        string // whose it is; "" for ourselves
	reading     string // which of a peer's labels count
	preset      bool   // one of our policies, which masks less or more than all
	sources     map[string]score.Counts
	categories  map[pii.Category]score.Counts
	seconds     float64 // that the fastest run took
	processor   float64 // seconds of processor time of that run
	versions    string
	problem     string // why there is nothing else
}

func (r *result) ok() bool { return r.problem == "" }

// characters is how many were read.
func (r *result) characters() (n int) {
	for _, c := range r.sources {
		n += c.Characters
	}
	return n
}

// speed is characters in a second of processor time, or 0.
func (r *result) speed() float64 {
	if r.processor <= 0 {
		return 0
	}
	return float64(r.characters()) / r.processor
}

// mean is the mean of a share over the sources where it exists: each source
// counts the same, so that no figure depends on how long a source is.
func (r *result) mean(share func(score.Counts) (float64, bool)) (mean float64, ok bool) {
	n := 0
	for _, c := range r.sources {
		if value, ok := share(c); ok {
			mean += value
			n++
		}
	}
	return mean / float64(max(1, n)), n > 0
}

// The shares that tables show. Recall and precision exist where something is
// marked, false spans are shown where nothing is.
func recall(c score.Counts) (float64, bool) { return c.CharacterRecall().Value() }

func precision(c score.Counts) (float64, bool) {
	if c.Marked == 0 {
		return 0, false
	}
	return c.CharacterPrecision().Value()
}

func characterF1(c score.Counts) (float64, bool) {
	if c.Marked == 0 {
		return 0, false
	}
	return score.Share{Part: 2 * c.CoveredCharacters, Whole: c.MarkedCharacters + c.FoundCharacters}.Value()
}

func exactF1(c score.Counts) (float64, bool) {
	if c.Marked == 0 {
		return 0, false
	}
	return c.F1().Value()
}

func falseOnClean(c score.Counts) (float64, bool) {
	if c.Marked > 0 {
		return 0, false
	}
	return c.FalseRate()
}

// command runs a program on one thread of one processor, where the system can
// be told to: every runtime that a detector may use has a variable for it.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	if taskset, err := exec.LookPath("taskset"); err == nil {
		args = append([]string{"-c", strconv.Itoa(lastProcessor()), name}, args...)
		name = taskset
	}
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = os.Environ()
	for _, variable := range []string{
		"GOMAXPROCS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS",
	} {
		cmd.Env = append(cmd.Env, variable+"=1")
	}
	return cmd
}

// lastProcessor is the last one that this process may use: the first is where
// a system does its own work.
func lastProcessor() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "Cpus_allowed_list:")
	list, _, _ := strings.Cut(strings.TrimSpace(rest), "\n")
	last := list[strings.LastIndexAny(list, ",-")+1:]
	n, _ := strconv.Atoi(last)
	return n
}

// failed describes how a program ended, by the last line that it printed.
func failed(err error, stderr string) error {
	stderr = strings.TrimSpace(stderr)
	if line := stderr[strings.LastIndexByte(stderr, '\n')+1:]; line != "" {
		return fmt.Errorf("%w: %.200s", err, line)
	}
	return err
}
