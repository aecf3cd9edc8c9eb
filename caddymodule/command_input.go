package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/filter"
)

// input is a file, or standard input, that a subcommand reads.
type input struct {
	cmd        *cobra.Command
	name       string // "-" for standard input
	lineByLine bool   // give out each line as it comes
	locate     bool   // say where things are
}

// masked is what became of one piece of an input.
type masked struct {
	piece
	result filter.Result
	err    error
}

// inputs are the files to read: standard input if none are named.
func inputs(args []string) []string {
	if len(args) == 0 {
		return []string{"-"}
	}
	return args
}

// displayName is how an input is called in messages.
func displayName(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

func (in input) open() (io.ReadCloser, error) {
	if in.name == "-" {
		return io.NopCloser(in.cmd.InOrStdin()), nil
	}
	f, err := os.Open(in.name)
	return f, withoutPath(err)
}

// eachPiece filters what r holds, piece by piece, and hands the results to
// emit in order. It ends with the first piece that cannot be masked.
func (p *pipeline) eachPiece(ctx context.Context, in input, r io.Reader, emit func(masked) error) error {
	src := newPieces(r, p.maxBody, in.lineByLine)
	progress := newProgress(in.cmd, displayName(in.name))
	defer progress.clear()
	next := func() (piece, bool, error) {
		part, err := src.next()
		switch {
		case errors.Is(err, io.EOF):
			return part, false, nil
		case err != nil:
			return part, false, fmt.Errorf("line %d: %w", part.firstLine, withoutPath(err))
		}
		return part, true, nil
	}
	work := func(ctx context.Context, part piece) masked {
		result, err := p.process(ctx, in.message(part))
		return masked{piece: part, result: result, err: err}
	}
	// While the model runs one piece, rules and tokenizer prepare the next.
	return ordered(ctx, runtime.GOMAXPROCS(0), next, work, func(m masked) error {
		switch {
		case m.err != nil && m.whole:
			return m.err
		case m.err != nil:
			return fmt.Errorf("lines %d to %d: %w", m.firstLine, m.lastLine, m.err)
		}
		progress.add(len(m.body))
		return emit(m)
	})
}

// message describes a piece to the filter. After the first piece it is known
// that the input is read line by line; a line that happens to begin like a
// page must not make its piece one.
func (in input) message(part piece) filter.Message {
	m := filter.Message{Body: part.body, Locate: in.locate, ReadCode: true}
	if in.name != "-" {
		m.FileName = filepath.Base(in.name)
	}
	if !part.first {
		m.ContentType = []string{"text/plain"}
	}
	return m
}

// withoutPath takes the path out of an error whose caller names the file.
func withoutPath(err error) error {
	if path, ok := errors.AsType[*os.PathError](err); ok {
		return path.Err
	}
	return err
}
