package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
)

// table is the head of a Markdown table, whose rows are written as they come.
type table []string

func (t table) header(out *strings.Builder) {
	t.row(out, t...)
	out.WriteString("|---" + strings.Repeat("|---:", len(t)-1) + "|\n")
}

func (t table) row(out *strings.Builder, cells ...string) {
	out.WriteString("| " + strings.Join(cells, " | ") + " |\n")
}

func decimal(v float64, digits int) string { return strconv.FormatFloat(v, 'f', digits, 64) }

func percent(v float64) string { return decimal(100*v, 1) }

// share writes a share in percent, and rate a number, or a dash.
func share(v float64, ok bool) string {
	if !ok {
		return "–"
	}
	return percent(v)
}

func rate(v float64, ok bool) string {
	if !ok {
		return "–"
	}
	return decimal(v, 2)
}

// thousands writes a large number to three digits that mean something.
func thousands(v float64) string {
	switch {
	case v >= 1e6:
		return decimal(v/1e6, 2) + " M"
	case v >= 1e3:
		return decimal(v/1e3, 1) + " k"
	default:
		return decimal(v, 0)
	}
}

// machine is where it was measured.
type machine struct {
	processor string
	count     int
	load      string // of the minute before
}

func (m machine) String() string {
	s := fmt.Sprintf("%s, %d processors", m.processor, m.count)
	if m.load != "" {
		s += ", load " + m.load + " before it began"
	}
	return s
}

func describeMachine() machine {
	m := machine{processor: runtime.GOARCH, count: runtime.NumCPU()}
	if info, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		_, rest, _ := strings.Cut(string(info), "model name")
		line, _, _ := strings.Cut(strings.TrimLeft(rest, "\t :"), "\n")
		if line != "" {
			m.processor = line
		}
	}
	if load, err := os.ReadFile("/proc/loadavg"); err == nil {
		m.load, _, _ = strings.Cut(string(load), " ")
	}
	return m
}

// version is the commit that this is run in, since our program is built from
// it, and the Go that compiled this.
func version(caddy string) string {
	v := runtime.Version()
	out, err := exec.CommandContext(context.Background(), "git", "describe", "--always", "--dirty").Output()
	if err == nil {
		v = "commit " + strings.TrimSpace(string(out)) + ", " + v
	}
	if info, err := os.Stat(caddy); err == nil {
		v += fmt.Sprintf(", a program of %d MB", info.Size()/1e6)
	}
	return v
}
