package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// errFiles reports that some inputs of a scan could not be read.
var errFiles = errors.New("some inputs could not be scanned")

// scanFlags are the flags of scan beside the common ones.
type scanFlags struct {
	commandFlags
	json  bool
	jsonl bool
	show  bool
}

func scanCommand() *cobra.Command {
	var flags scanFlags
	cmd := &cobra.Command{
		Use:   "scan [--json | --jsonl] [--show] [FILE...]",
		Short: "Counts the personal data in files, or in standard input",
		Long: `
Counts the personal data in files, or in standard input, by category. Nothing
is changed. The values themselves are not shown, unless --show asks for them.

With --json, each file gets a line of JSON:

  {"file": "a.log", "format": "text", "found": {"private_email": 1},
   "spans": [{"start": 9, "end": 25, "label": "private_email", "score": 1, "source": "rules"}]}

where start and end are byte offsets in the file.

With --jsonl, standard input (or each file) holds a line of JSON for each text,
{"id": anything, "text": "..."}, and each line gets a line in answer, in the
same order:

  {"id": anything, "spans": [...]}

where start and end count Unicode code points of the text. A line that cannot
be read or scanned gets {"error": "..."} with its number in its place, and the
command fails at the end.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return flags.runCommand(cmd, func(ctx context.Context, p *pipeline) error {
				failed := false
				total := make(map[pii.Category]int)
				for _, name := range inputs(args) {
					err := scanInput(ctx, cmd, p, &flags, name, total)
					switch {
					case ctx.Err() != nil:
						return ctx.Err()
					case errors.Is(err, errOutput):
						return err
					case err != nil:
						fmt.Fprintf(cmd.ErrOrStderr(), "%s: %v\n", displayName(name), err)
						failed = true
					}
				}
				if failed {
					return errFiles
				}
				if len(args) > 1 && !flags.json && !flags.jsonl {
					return printLine(cmd.OutOrStdout(), "total: "+counts(total))
				}
				return nil
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "Print a line of JSON for each file, with spans")
	cmd.Flags().BoolVar(&flags.jsonl, "jsonl", false, `Read lines of {"id", "text"} and answer each`)
	cmd.Flags().BoolVar(&flags.show, "show", false, "Show the values that were found, too")
	cmd.MarkFlagsMutuallyExclusive("json", "jsonl")
	return cmd
}

func scanInput(ctx context.Context, cmd *cobra.Command, p *pipeline, flags *scanFlags, name string, total map[pii.Category]int) error {
	s := scan{input: input{cmd: cmd, name: name, locate: flags.json}, show: flags.show, found: make(map[pii.Category]int)}
	r, err := s.open()
	if err != nil {
		return err
	}
	defer r.Close()
	if flags.jsonl {
		return p.scanLines(ctx, r, cmd.OutOrStdout(), flags.show)
	}
	if err := p.eachPiece(ctx, s.input, r, s.add); err != nil {
		return err
	}
	for category, n := range s.found {
		total[category] += n
	}
	if flags.json {
		return printLine(cmd.OutOrStdout(), s.json())
	}
	return printLine(cmd.OutOrStdout(), displayName(name)+": "+counts(s.found))
}

// scan counts what is in one input.
type scan struct {
	input
	show   bool
	format string
	found  map[pii.Category]int
	spans  []byte // as elements of a JSON array
}

func (s *scan) add(m masked) error {
	if s.format == "" {
		s.format = m.result.Report.Format
	}
	for category, n := range m.result.Report.Found {
		s.found[category] += n
	}
	for _, span := range m.result.Spans {
		if len(s.spans) > 0 {
			s.spans = append(s.spans, ',')
		}
		var value *string
		if s.show {
			v := string(m.body[span.Start:span.End])
			value = &v
		}
		s.spans = appendSpan(s.spans, span, m.offset+int64(span.Start), m.offset+int64(span.End), value)
	}
	return nil
}

// json is the line of one input.
func (s *scan) json() string {
	line := appendString([]byte(`{"file":`), s.name)
	line = appendString(append(line, `,"format":`...), s.format)
	line = append(line, `,"found":{`...)
	for i, category := range slices.Sorted(maps.Keys(s.found)) {
		if i > 0 {
			line = append(line, ',')
		}
		line = strconv.AppendInt(append(appendString(line, string(category)), ':'), int64(s.found[category]), 10)
	}
	line = append(append(line, `},"spans":[`...), s.spans...)
	return string(append(line, "]}"...))
}

// counts writes counts by category, the most frequent first.
func counts(found map[pii.Category]int) string {
	if len(found) == 0 {
		return "nothing found"
	}
	order := slices.SortedFunc(maps.Keys(found), func(a, b pii.Category) int {
		if d := found[b] - found[a]; d != 0 {
			return d
		}
		return strings.Compare(string(a), string(b))
	})
	parts := make([]string, len(order))
	for i, category := range order {
		parts[i] = fmt.Sprintf("%d %s", found[category], category)
	}
	return strings.Join(parts, ", ")
}

// errOutput marks that nobody takes what is printed.
var errOutput = errors.New("writing standard output")

func printLine(w io.Writer, line string) error {
	if _, err := io.WriteString(w, line+"\n"); err != nil {
		return fmt.Errorf("%w: %w", errOutput, withoutPath(err))
	}
	return nil
}
