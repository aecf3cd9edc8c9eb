package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"

	caddycmd "github.com/caddyserver/caddy/v2/cmd"
	"github.com/spf13/cobra"

	"github.com/caddyprivacy/privacyfilter/document"
	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

func init() {
	caddycmd.RegisterCommand(caddycmd.Command{
		Name:  "privacy-filter",
		Short: "Finds and masks personal data in files and pipes",
		Long: `
Finds and masks personal data without a server: the same rules, model and
policy that the privacy_filter directive applies to bodies.

Without --config, the default policy and the embedded model are used. With
it, the global options and the first privacy_filter handler of a Caddy
configuration are; "monitor" and "on_error open" in it are ignored, because a
command that was asked to mask must mask or fail.`,
		CobraFunc: func(cmd *cobra.Command) {
			cmd.Args = cobra.NoArgs
			cmd.AddCommand(redactCommand(), scanCommand(), evalCommand(), modelCommand(), readerSubcommand())
		},
	})
}

// exitInterrupted is what shells report for a command that SIGINT ended.
const exitInterrupted = 130

// commandFlags are the flags that every subcommand has.
type commandFlags struct {
	config    string
	adapter   string
	model     string
	preset    string
	rulesOnly bool
	uncached  bool // what was seen before is detected again; no flag of its own
}

func (f *commandFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.config, "config", "c", "", "Caddy configuration to take the policy and the global options from")
	flags.StringVarP(&f.adapter, "adapter", "a", "", "How to read the configuration (default: JSON if it ends in .json, else a Caddyfile)")
	flags.StringVar(&f.model, "model", "", `Model: "embedded", its parts "embedded-fast" and "embedded-full", or a directory laid out like openai/privacy-filter`)
	flags.StringVar(&f.preset, "preset", "", "Options by what they are good for: llm, code, logs or strict")
	flags.BoolVar(&f.rulesOnly, "rules-only", false, "Find with rules alone; no model is loaded")
}

// runCommand opens the pipeline, runs a subcommand with it, and ends well
// when the user interrupts.
func (f *commandFlags) runCommand(cmd *cobra.Command, run func(context.Context, *pipeline) error) error {
	ctx, stop := signal.NotifyContext(cmd.Context(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	err := f.withPipeline(ctx, run)
	if err == nil || ctx.Err() == nil {
		return err
	}
	cmd.SilenceErrors = true
	return caddycmd.WrapCommandFuncForCobra(func(caddycmd.Flags) (int, error) {
		return exitInterrupted, nil
	})(cmd, nil)
}

// pipeline is what a subcommand works with: one policy and one model.
type pipeline struct {
	filter  *filter.Filter
	policy  filter.Policy // of filter
	model   pii.Detector  // nil if the policy asks no model
	maxBody int64         // bytes of a body, at most

	pictures *pictures // nil if the policy reads none
	pdf      document.PDF

	turn sync.RWMutex // see withRoom
}

// process masks one body. Its errors name a reason and never the content.
func (p *pipeline) process(ctx context.Context, m filter.Message) (res filter.Result, err error) {
	err = p.withRoom(ctx, func() (err error) {
		res, err = p.filter.Process(ctx, p.model, m)
		return err
	})
	return res, err
}

// spans finds what the policy would act on in one text.
func (p *pipeline) spans(ctx context.Context, text string) ([]pii.Span, error) {
	var lists [][]pii.Span
	err := p.withRoom(ctx, func() (err error) {
		lists, err = p.filter.Spans(ctx, p.model, []string{text})
		return err
	})
	if err != nil {
		return nil, err
	}
	return lists[0], nil
}

// withRoom runs a call of the filter. The model's queue refuses what has no
// room in it, which a server's client may try again later; here the call just
// waits until it is alone and then has all the room there is.
func (p *pipeline) withRoom(ctx context.Context, call func() error) error {
	p.turn.RLock()
	err := silently(ctx, call)
	p.turn.RUnlock()
	var stopped *filter.Error
	if !errors.As(err, &stopped) || stopped.Reason != filter.ReasonOverload {
		return err
	}
	p.turn.Lock()
	defer p.turn.Unlock()
	return silently(ctx, call)
}

// silently runs a call and lets nothing out that may hold text (I7): of an
// error the reason remains, of a panic the type.
func silently(ctx context.Context, call func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic of type %s while inspecting", typeName(v))
		}
	}()
	switch err := call(); {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return stopReason(err)
	}
}
