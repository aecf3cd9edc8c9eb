package caddymodule

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
)

// progress shows how far long work is, on a terminal that shows nothing else.
// Anywhere else it is silent.
type progress struct {
	out   io.Writer // nil: silent
	name  string
	start time.Time
	shown time.Time
	done  int64 // bytes, or rows
	rows  int   // of how many, if rows are counted and not bytes; -1: nobody knows
}

// progressAfter is how long work takes before it is worth a line, and how
// long the line then stays the same.
const progressAfter = time.Second

func newProgress(cmd *cobra.Command, name string) *progress {
	p := &progress{name: name, start: time.Now()}
	p.shown = p.start
	if isTerminal(cmd.ErrOrStderr()) && !isTerminal(cmd.OutOrStdout()) {
		p.out = cmd.ErrOrStderr()
	}
	return p
}

// newCountProgress is one that counts rows, of work whose output comes at the
// end: it shows beside an output on the same terminal.
func newCountProgress(cmd *cobra.Command, name string, rows int) *progress {
	p := newProgress(cmd, name)
	p.rows = rows
	if isTerminal(cmd.ErrOrStderr()) {
		p.out = cmd.ErrOrStderr()
	}
	return p
}

// isTerminal reports whether w is a character device. /dev/null is one too;
// nobody minds what is written there.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (p *progress) add(n int) {
	p.done += int64(n)
	now := time.Now()
	if p.out == nil || now.Sub(p.shown) < progressAfter {
		return
	}
	p.shown = now
	switch {
	case p.rows > 0:
		fmt.Fprintf(p.out, "\r\x1b[K%s: %d of %d rows", p.name, p.done, p.rows)
		return
	case p.rows < 0:
		fmt.Fprintf(p.out, "\r\x1b[K%s: %d done", p.name, p.done)
		return
	}
	rate := float64(p.done) / now.Sub(p.start).Seconds()
	fmt.Fprintf(p.out, "\r\x1b[K%s: %.1f MB, %.1f MB/s", p.name, float64(p.done)/1e6, rate/1e6)
}

// clear removes the line, if there is one.
func (p *progress) clear() {
	if p.out != nil && p.shown != p.start {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
