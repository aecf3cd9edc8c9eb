// Command bench measures what the filter costs, side by side with the same
// machine doing the same work without it, and prints Markdown. How to read
// it: README.md.
//
// It drives the real binary over HTTP. The one thing that it does inside its
// own process is the bare loop, the upper bound that the first table compares
// with. What must never come in: thresholds of speed that fail a build; a
// benchmark reports, and a shared machine is no judge. The soak, which is run
// when it is asked for, judges: failures, leaks and growth are wrong anywhere.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"time"
)

// options are the command line.
type options struct {
	caddy   string
	model   string
	clients int
	texts   int
	rounds  int
	span    time.Duration // how long each closed-loop measurement runs
	only    string
	soak    time.Duration // how long the soak runs
}

func main() {
	var o options
	flag.StringVar(&o.caddy, "caddy", envOr("PRIVACY_FILTER_CADDY", "bin/caddy"), "the binary to measure")
	flag.StringVar(&o.model, "model", "embedded-full", "the model: embedded-full, embedded-fast, or a directory")
	flag.IntVar(&o.clients, "clients", 32, "clients at once in the throughput table")
	flag.IntVar(&o.texts, "texts", 200, "mixed texts a round")
	flag.IntVar(&o.rounds, "rounds", 3, "rounds; the sides take turns, and the median counts")
	flag.DurationVar(&o.span, "span", 3*time.Second, "length of each measurement in the overhead table")
	flag.StringVar(&o.only, "only", "", "one table: overhead, unread, events, throughput; or soak")
	flag.DurationVar(&o.soak, "soak", 10*time.Minute, "length of the soak")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, o options) error {
	fmt.Fprintf(out, "# Side by side, %s, %d CPUs (%s)\n\n", time.Now().Format(time.DateOnly), runtime.NumCPU(), cpuName())
	for _, table := range []struct {
		name string
		run  func(context.Context, io.Writer, options) error
	}{{"overhead", overhead}, {"unread", unread}, {"events", events}, {"throughput", throughput}, {"soak", runSoak}} {
		if o.only != table.name && (o.only != "" || table.name == "soak") {
			continue
		}
		if err := table.run(ctx, out, o); err != nil {
			return fmt.Errorf("%s: %w", table.name, err)
		}
	}
	return nil
}

func envOr(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

func cpuName() string {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return runtime.GOARCH
	}
	for line := range strings.Lines(string(info)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return runtime.GOARCH
}
