package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/filter"
)

func redactCommand() *cobra.Command {
	var (
		flags      commandFlags
		write      bool
		lineByLine bool
	)
	cmd := &cobra.Command{
		Use:   "redact [--write] [--line-by-line] [FILE...]",
		Short: "Writes files, or standard input, with personal data masked",
		Long: `
Masks personal data in files, or in standard input, and writes the result to
standard output, several files one after another. The format is known by the
file's content and name; every byte outside of what is masked stays as it is.

Text, logs and NDJSON of any length are read in pieces of whole lines, cut by
what they say and not by how they arrive. Other documents are read whole, up
to max_body of the policy (10 MiB). Word documents (.docx, .dotx) and PDF are
known by their names, and written anew. Of Word's, authors, tracked deletions
and thumbnails go, too; a PDF becomes pictures of its pages with the text that
may be read behind them.

What cannot be masked is not written: the command stops with an error that
names the file, the lines and the reason.`,
		Example: `  caddy privacy-filter redact dump.json > safe.json
  kubectl logs -f api | caddy privacy-filter redact --line-by-line`,
		RunE: func(cmd *cobra.Command, args []string) error {
			files := inputs(args)
			if write && len(args) == 0 {
				return errors.New("--write needs the names of files")
			}
			return flags.runCommand(cmd, func(ctx context.Context, p *pipeline) error {
				for _, name := range files {
					r := redaction{p, input{cmd: cmd, name: name, lineByLine: lineByLine}}
					if err := r.run(ctx, write); err != nil {
						return fmt.Errorf("%s: %w", displayName(name), err)
					}
				}
				return nil
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().BoolVarP(&write, "write", "w", false, "Replace each file by its masked version, whole or not at all")
	cmd.Flags().BoolVar(&lineByLine, "line-by-line", false, "Mask and write each line as it comes, for live logs; less context for the model")
	return cmd
}

// redaction masks one input.
type redaction struct {
	*pipeline
	input
}

func (r *redaction) run(ctx context.Context, write bool) error {
	in, err := r.open()
	if err != nil {
		return withoutPath(err)
	}
	defer in.Close()
	if !write {
		_, err := r.mask(ctx, in, r.cmd.OutOrStdout())
		return err
	}
	if r.name == "-" {
		return errors.New("--write needs a file")
	}
	return r.replace(ctx, in)
}

// replace writes the masked version beside the file and renames it over the
// file when it is complete.
func (r *redaction) replace(ctx context.Context, in io.Reader) (err error) {
	target, err := filepath.EvalSymlinks(r.name)
	if err != nil {
		return withoutPath(err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return withoutPath(err)
	}
	tmp, err := os.CreateTemp(filepath.Dir(target), ".privacy-filter-*")
	if err != nil {
		return withoutPath(err)
	}
	defer func() {
		tmp.Close()           // closed below if it matters
		os.Remove(tmp.Name()) // gone if it was renamed
	}()
	changed, err := r.mask(ctx, in, tmp)
	if err != nil || !changed {
		return err
	}
	if err := errors.Join(tmp.Chmod(info.Mode().Perm()), tmp.Sync(), tmp.Close()); err != nil {
		return withoutPath(err)
	}
	return withoutPath(os.Rename(tmp.Name(), target))
}

// mask copies in to out, piece by piece and in order.
func (r *redaction) mask(ctx context.Context, in io.Reader, out io.Writer) (changed bool, err error) {
	if isDocument(r.name) {
		return r.document(ctx, in, out)
	}
	err = r.eachPiece(ctx, r.input, in, func(m masked) error {
		if m.result.Report.Outcome == filter.OutcomeUninspected {
			fmt.Fprintf(r.cmd.ErrOrStderr(), "%s: passed unread, as %s\n", displayName(r.name), m.result.Report.Format)
		}
		changed = changed || m.result.Changed
		if _, err := out.Write(m.result.Body); err != nil {
			return fmt.Errorf("writing: %w", withoutPath(err))
		}
		return nil
	})
	return changed, err
}
