package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// evalFlags are the flags of eval beside the common ones.
type evalFlags struct {
	commandFlags
	modelOnly bool
	bodies    bool
	third     string
	rounds    int
	classes   int
	json      bool
	show      bool
}

func evalCommand() *cobra.Command {
	var flags evalFlags
	cmd := &cobra.Command{
		Use:   "eval [--third validation|test] [--json] [--show] FILE|DIR...",
		Short: "Measures what is found against what a person has marked",
		Long: `
Measures how well personal data is found in texts that a person has marked. A
file holds a row of JSON for each text (of a folder, its *.jsonl files are
read), as openai/privacy-filter's tools take them, or as scan --jsonl writes
them, with offsets in Unicode code points:

  {"text": "Hi Ann", "spans": {"private_person: Ann": [[3, 6]]}}
  {"text": "Hi Ann", "label": [{"category": "private_person", "start": 3, "end": 6}]}
  {"text": "Hi Ann", "spans": [{"start": 3, "end": 6, "label": "private_person"}]}

The texts go through the same queue, rules and model as bodies do, and what is
found is scored for each source: the row's "source", or the file's name.

  char recall     marked characters that were found, as whatever category
  char precision  found characters that are marked, as whatever category
  whole           marked spans of which nothing is left to read
  exact P, R, F1  spans with the right ends and the right category
  false/1,000     found spans without any marked character, in 1,000 tokens; a
                  token is a run of letters and digits, or a letter of a script
                  without spaces

Categories that the policy keeps are not scored. Mistakes are listed by what
they look like (Aa is a capitalised word, 9{3} three digits) and where they
stand; their values are shown only with --show.

Every third row of a file, from the first, is its validation part, on which
choices may be made. The other two thirds are the test.`,
		Example: `  caddy privacy-filter eval --third test marked.jsonl
  caddy privacy-filter eval --rules-only --json marked/ > rules.json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rows, err := flags.read(args)
			if err != nil {
				return err
			}
			flags.uncached = true
			return flags.runCommand(cmd, func(ctx context.Context, p *pipeline) error {
				e := &evaluation{pipeline: p, cmd: cmd, evalFlags: &flags, rows: rows}
				return e.run(ctx)
			})
		},
	}
	flags.register(cmd)
	cmd.Flags().BoolVar(&flags.modelOnly, "model-only", false, "Find with the model alone, without rules")
	cmd.Flags().BoolVar(&flags.bodies, "bodies", false, "Take each text for a body, with a format of its own, and not for a stretch of text")
	cmd.Flags().StringVar(&flags.third, "third", "all", "Rows to use: validation, test or all")
	cmd.Flags().IntVar(&flags.rounds, "rounds", 1, "Find everything that often, to measure the speed; the fastest counts")
	cmd.Flags().IntVar(&flags.classes, "classes", 12, "List so many classes of each kind of mistake; 0 for none")
	cmd.Flags().BoolVar(&flags.json, "json", false, "Print one JSON document")
	cmd.Flags().BoolVar(&flags.show, "show", false, "Show the values of mistakes, too")
	cmd.MarkFlagsMutuallyExclusive("rules-only", "model-only")
	return cmd
}

// check refuses what cannot be meant.
func (f *evalFlags) check() error {
	switch {
	case !slices.Contains([]string{"validation", "test", "all"}, f.third):
		return errors.New("--third: want validation, test or all")
	case f.rounds < 1:
		return errors.New("--rounds: want 1 or more")
	case f.classes < 0:
		return errors.New("--classes: want 0 or more")
	}
	return nil
}

// evaluation is one run of eval.
type evaluation struct {
	*pipeline
	*evalFlags
	cmd  *cobra.Command
	rows []*score.Row
}

func (e *evaluation) run(ctx context.Context) error {
	if e.modelOnly {
		var err error
		if e.filter, err = filter.New(filter.Options{Policy: e.policy}); err != nil {
			return err
		}
	}
	answers, spent, err := e.find(ctx)
	if err != nil {
		return err
	}
	r := e.score(answers)
	r.spent = spent
	if e.json {
		return r.printJSON(e.cmd.OutOrStdout())
	}
	return r.print(e.cmd.OutOrStdout())
}

// evalAnswer is what became of one row.
type evalAnswer struct {
	row     *score.Row
	spans   []pii.Span
	refused bool // a body of a type that nobody here reads
	err     error
}

// find finds the spans of all rows, and says what the fastest round took.
func (e *evaluation) find(ctx context.Context) (answers []evalAnswer, fastest effort, err error) {
	for round := range e.rounds {
		before := effortNow()
		if answers, err = e.round(ctx, round); err != nil {
			return nil, effort{}, err
		}
		if spent := effortNow().since(before); round == 0 || spent.wall < fastest.wall {
			fastest = spent
		}
	}
	return answers, fastest, nil
}

// round finds the spans of all rows, many at a time, so that the model's
// batches are full.
func (e *evaluation) round(ctx context.Context, round int) ([]evalAnswer, error) {
	progress := newCountProgress(e.cmd, fmt.Sprintf("round %d of %d", round+1, e.rounds), len(e.rows))
	defer progress.clear()
	at := 0
	next := func() (*score.Row, bool, error) {
		if at == len(e.rows) {
			return nil, false, nil
		}
		at++
		return e.rows[at-1], true, nil
	}
	answers := make([]evalAnswer, 0, len(e.rows))
	err := ordered(ctx, e.width(), next, e.answer, func(a evalAnswer) error {
		if a.err != nil {
			return fmt.Errorf("%s: line %d: %w", a.row.File, a.row.Line, a.err)
		}
		answers = append(answers, a)
		progress.add(1)
		return nil
	})
	return answers, err
}

// width is how many texts are on their way at once.
func (e *evaluation) width() int {
	if e.model == nil {
		return runtime.GOMAXPROCS(0) // nothing waits for a batch
	}
	return jsonlLines
}

// answer finds the spans of a row: of a stretch of text, or of a body.
func (e *evaluation) answer(ctx context.Context, row *score.Row) evalAnswer {
	a := evalAnswer{row: row}
	if !e.bodies {
		a.spans, a.err = e.spans(ctx, row.Text)
		return a
	}
	result, err := e.process(ctx, filter.Message{
		Body: []byte(row.Text), ContentType: []string{"text/plain"}, ReadCode: true, Locate: true,
	})
	a.spans, a.err = result.Spans, err
	if stopped, ok := errors.AsType[*filter.Error](err); ok && stopped.Reason == filter.ReasonUnsupported {
		a.refused, a.err = true, nil
	}
	return a
}

// left reports whether the policy leaves a category alone.
func (e *evaluation) left(c pii.Category) bool {
	action, ok := e.policy.Actions[c]
	if !ok {
		action = e.policy.Default
	}
	return action.Kind == mask.Keep
}

// score compares what was found with what is marked.
func (e *evaluation) score(answers []evalAnswer) *evalReport {
	r := &evalReport{evalFlags: e.evalFlags, sources: make(map[string]*score.Result), mistakes: score.Analysis{Examples: 3}}
	scorer := score.Scorer{Left: e.left}
	for _, a := range answers {
		if a.refused {
			r.refused++
			continue
		}
		result, mistakes := scorer.Row(a.row, a.spans)
		source := r.sources[a.row.Source]
		if source == nil {
			source = new(score.Result)
			r.sources[a.row.Source] = source
		}
		source.Add(result)
		for _, m := range mistakes {
			r.mistakes.Add(m)
		}
	}
	return r
}
