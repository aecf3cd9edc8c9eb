package caddymodule

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"text/tabwriter"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/inference/local"
)

// errRefused says that a model was described, and cannot be used.
var errRefused = errors.New("the model cannot run here as it is")

// modelFlags are the flags of the model subcommands.
type modelFlags struct {
	variant, device string
	threads         int
	json            bool
	remote          remoteFlags
}

func modelCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "model",
		Short: "Looks into a model, checks it, measures it",
		Args:  cobra.NoArgs,
	}
	cmd.AddCommand(
		modelSubcommand("info", "Says what is in a model, and what it would run on", `
Reads a model's files and says what is in them: the graph that would be taken
and its weights, labels, windows, operators, and whether they run on the
device. Nothing is run, and nothing is loaded but headers.`, describeModel),
		modelSubcommand("check", "Loads a model and lets it find something", `
Loads a model as a server would, with every check that a server makes, and lets
it find a name, an e-mail address and a phone number in a sentence. Fails with
one sentence that says what is wrong. With --engine, --url and --served it asks
the servers that have the graph.`, checkModel),
		modelSubcommand("bench", "Measures a model's tokens a second", `
Runs batches of random tokens of many lengths and sizes, and says how fast each
is and what max_batch_tokens to set. Other work on the machine distorts it.`, benchModel),
	)
	return cmd
}

func modelSubcommand(use, short, long string, run func(context.Context, *cobra.Command, local.Options, bool) error) *cobra.Command {
	var flags modelFlags
	cmd := &cobra.Command{
		Use:   use + " [embedded|embedded-fast|DIR]",
		Short: short,
		Long:  long,
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			o := local.Options{Variant: flags.variant, Device: flags.device, Threads: flags.threads}
			if len(args) > 0 {
				o.Model = args[0]
			}
			var err error
			if o.Remote, err = flags.remote.options(); err != nil {
				return err
			}
			return run(ctx, cmd, o, flags.json)
		},
	}
	cmd.Flags().StringVar(&flags.variant, "variant", "", "One of several graphs, such as int8, q4 or fp16 (default: the best one for the device)")
	cmd.Flags().StringVar(&flags.device, "device", "", "auto, cpu or cuda[:N] (default: auto)")
	cmd.Flags().IntVar(&flags.threads, "threads", 0, "Threads that share a batch (default: one per CPU)")
	flags.remote.add(cmd)
	cmd.Flags().BoolVar(&flags.json, "json", false, "Print JSON")
	return cmd
}

func describeModel(_ context.Context, cmd *cobra.Command, o local.Options, asJSON bool) error {
	d, err := local.Describe(o)
	if err != nil {
		return err
	}
	if asJSON {
		err = printJSON(cmd, d)
	} else {
		err = printDescription(cmd, d)
	}
	if err == nil && d.Refused != "" {
		return errRefused
	}
	return err
}

func printDescription(cmd *cobra.Command, d *local.Description) error {
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', 0)
	row := func(name, format string, args ...any) { fmt.Fprintf(w, "%s\t%s\n", name, fmt.Sprintf(format, args...)) }
	row("model", "%s (%s)", d.Model, d.ModelType)
	row("graph", "%s, %s", d.Graph, humanize.IBytes(uint64(d.GraphBytes)))
	if len(d.External) > 0 {
		row("weights", "%s, %s", strings.Join(d.External, ", "), humanize.IBytes(uint64(d.WeightBytes)))
	}
	if len(d.OtherGraphs) > 0 {
		row("other graphs", "%s", strings.Join(d.OtherGraphs, ", "))
	}
	row("finds", "%s (%d classes)", strings.Join(d.Categories, ", "), d.Classes)
	row("vocabulary", "%d tokens", d.Vocabulary)
	exact := "an approximation of the whole text"
	if d.Exact {
		exact = "exact"
	}
	row("windows", "%d tokens with %d of context on each side, %s", d.Window, d.Halo, exact)
	row("operating points", "%s", strings.Join(d.Points, ", "))
	row("inputs", "%s", strings.Join(d.Inputs, ", "))
	row("outputs", "%s", strings.Join(d.Outputs, ", "))
	row("operators", "%s", countsOf(d.Operators))
	row("id", "%.16s", d.ID)
	if d.Refused != "" {
		row("runs on "+d.Device, "no: %s", d.Refused)
	} else {
		row("runs on "+d.Device, "yes")
	}
	return w.Flush()
}

// countsOf lists nodes by name, the commonest first.
func countsOf(operators map[string]int) string {
	names := slices.SortedFunc(maps.Keys(operators), func(a, b string) int {
		if operators[a] != operators[b] {
			return operators[b] - operators[a]
		}
		return strings.Compare(a, b)
	})
	for i, name := range names {
		names[i] = fmt.Sprintf("%d %s", operators[name], name)
	}
	return strings.Join(names, ", ")
}

func checkModel(ctx context.Context, cmd *cobra.Command, o local.Options, asJSON bool) error {
	service, err := local.Open(ctx, o)
	if err != nil {
		return err
	}
	engine := service.Stats().Engine
	if err := service.Close(); err != nil {
		return err
	}
	if asJSON {
		return printJSON(cmd, map[string]any{"ok": true, "engine": engine})
	}
	return printLine(cmd.OutOrStdout(), "ok: it runs on "+engine+" and finds what it should")
}

func benchModel(ctx context.Context, cmd *cobra.Command, o local.Options, asJSON bool) error {
	progress := newCountProgress(cmd, "measuring", -1)
	speed, err := local.Measure(ctx, o, func(local.Measurement) { progress.add(1) })
	progress.clear()
	if err != nil {
		return err
	}
	if asJSON {
		return printJSON(cmd, speed)
	}
	w := tabwriter.NewWriter(cmd.OutOrStdout(), 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "rows\ttokens a row\ttokens/s\tms a batch\t\n")
	for _, m := range speed.Measurements {
		fmt.Fprintf(w, "%d\t%d\t%.0f\t%.1f\t\n", m.Rows, m.Tokens, m.TokensPerSecond, 1e3*m.Seconds)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return printLine(cmd.OutOrStdout(), fmt.Sprintf("%s, open in %.1f s; recommended: max_batch_tokens %d", speed.Engine, speed.OpenSeconds, speed.MaxBatchTokens))
}

func printJSON(cmd *cobra.Command, v any) error {
	out, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return printLine(cmd.OutOrStdout(), string(out))
}
