package caddymodule

import (
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/caddyserver/caddy/v2"
	"go.uber.org/zap"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

func init() {
	caddy.RegisterModule(new(App))
}

const (
	appName    = "privacy_filter"
	engineONNX = "onnx"
)

// engines are what may run the app's model.
var engines = []string{engineONNX, remote.KServe, remote.VLLM}

// The queue is bounded in texts and in tokens, since texts are of any length.
// One that is made larger than the default has room for its texts, at 32 tokens
// each: a chat line or a log line.
const (
	defaultQueueTexts = 4096
	tokensPerText     = 32
)

// Defaults of the app.
const (
	defaultMemory   = 1 << 30 // bytes
	defaultDeadline = 10 * time.Second
)

// App holds the model that all privacy_filter handlers share. It needs no
// configuration: without any, handlers use the embedded model on the best
// device of the machine.
//
// A model is loaded once in the process for each combination of files, device
// and options, and stays over reloads that do not change them. A
// configuration whose model does not load is refused, and the one before it
// goes on. While a changed model replaces another, both are in memory until
// the last request of the old configuration has ended.
type App struct {
	// The model: "embedded" (the default), which is made of two others,
	// "embedded-fast", which reads every text, and "embedded-full", which
	// reads again what the first one doubts; one of these alone; or a
	// directory laid out like openai/privacy-filter on Hugging Face.
	// Placeholders are supported. Handlers may name another one for
	// themselves.
	Model string `json:"model,omitempty"`

	// Which of the directory's ONNX files to use, such as "int8" or "q4".
	Variant string `json:"variant,omitempty"`

	// Where the model runs: "auto" (the default), "cpu", "cuda", or
	// "cuda:N" for the card with that index.
	Device string `json:"device,omitempty"`

	// What runs the model: "onnx" (the default), which is this machine, or
	// "kserve" or "vllm", which are servers. The model is a directory then, of
	// which only what lies beside the graph is read. Models that handlers or
	// fallback name beside it run on this machine.
	Engine string `json:"engine,omitempty"`

	// Where the engines kserve and vllm are.
	Remote *Remote `json:"remote,omitempty"`

	// The most tokens of one run of the model, padding included.
	MaxBatchTokens int `json:"max_batch_tokens,omitempty"`

	// How sure the model must be: balanced (the default), or recall, which
	// finds more and errs more often. Handlers may say otherwise. A model that
	// was not calibrated for recall stays balanced.
	OperatingPoint string `json:"operating_point,omitempty"`

	// What waits for the model.
	Queue *Queue `json:"queue,omitempty"`

	// How much memory remembers the spans of texts seen before, in bytes.
	// Default: 64 MiB. Negative: none.
	Cache int64 `json:"cache,omitempty"`

	// How much memory the bodies held in the whole process may take, in
	// bytes. Default: 1 GiB.
	Memory int64 `json:"memory,omitempty"`

	// The model that answers where the other one fails to run, such as
	// "embedded-fast". It is loaded beside it and finds less. Default: none,
	// bodies are stopped then. Placeholders are supported.
	Fallback string `json:"fallback,omitempty"`

	// The key of the hash action. Give it as {env.NAME} or {file./path}:
	// then it is in no configuration that Caddy shows or saves.
	Key string `json:"key,omitempty"`

	// How the text of pictures is read, for handlers with images redact. The
	// processes that do it are started for the first picture, or at once if
	// this is set.
	OCR *OCR `json:"ocr,omitempty"`

	options  local.Options
	key      []byte
	deadline time.Duration
	logger   *zap.Logger

	memory int64          // size of the budget, in bytes
	budget *filter.Budget // nil until it is held

	models   []*appModel // that handlers ask; written while provisioning
	pictures *pictures   // nil if no handler reads any
}

// Queue bounds the texts that wait for the model.
type Queue struct {
	// How many texts may be waiting or running. Their tokens are bounded too,
	// at 131072, or 32 for each text if that is more. Default: 4096.
	Size int `json:"size,omitempty"`

	// How long a body waits for its result. Default: 10s.
	Deadline caddy.Duration `json:"deadline,omitempty"`
}

// CaddyModule returns the Caddy module information.
func (*App) CaddyModule() caddy.ModuleInfo {
	return caddy.ModuleInfo{
		ID:  appName,
		New: func() caddy.Module { return new(App) },
	}
}

// Provision checks the configuration. The model is loaded by Start, so that
// validating a configuration stays cheap.
func (a *App) Provision(ctx caddy.Context) error {
	a.logger = ctx.Logger()
	repl := caddy.NewReplacer()
	options, err := a.localOptions(repl)
	if err != nil {
		return err
	}
	a.options = options
	if a.Fallback, err = repl.ReplaceOrErr(a.Fallback, true, true); err != nil {
		return fmt.Errorf("fallback: %w", err)
	}
	key, err := repl.ReplaceOrErr(a.Key, true, true)
	if err != nil {
		// The error quotes what it could not read; this is a secret.
		return errors.New("key: a placeholder is unknown or empty")
	}
	a.key = []byte(key)
	a.deadline = defaultDeadline
	if a.Queue != nil && a.Queue.Deadline > 0 {
		a.deadline = time.Duration(a.Queue.Deadline)
	}
	a.memory = a.Memory
	if a.memory == 0 {
		a.memory = defaultMemory
	}
	a.budget, err = holdBudget(a.memory)
	return err
}

// localOptions says what to load, with placeholders resolved.
func (a *App) localOptions(repl *caddy.Replacer) (local.Options, error) {
	o := local.Options{
		MaxBatchTokens: a.MaxBatchTokens,
		CacheBytes:     a.Cache,
		OnEngineError:  logEngineError,
	}
	if a.Queue != nil {
		o.QueueJobs = a.Queue.Size
		if a.Queue.Size > defaultQueueTexts {
			o.QueueTokens = a.Queue.Size * tokensPerText
		}
	}
	for _, field := range []struct {
		name, from string
		to         *string
	}{
		{"model", a.Model, &o.Model},
		{"variant", a.Variant, &o.Variant},
		{"device", a.Device, &o.Device},
	} {
		resolved, err := repl.ReplaceOrErr(field.from, true, true)
		if err != nil {
			return local.Options{}, fmt.Errorf("%s: %w", field.name, err)
		}
		*field.to = resolved
	}
	return o, a.remoteOptions(&o, repl)
}

// logEngineError says that the engine failed, but not how: a native library may
// quote what it was given. It logs to whatever configuration runs then, since
// the model outlives the one that loaded it. A log may itself be masked by the
// model, so that every failure makes an entry, which fails: one entry a second
// ends that, and model_failed_total counts them all.
func logEngineError(err error) {
	now := time.Now().UnixNano()
	if last := lastEngineError.Load(); now-last < int64(time.Second) || !lastEngineError.CompareAndSwap(last, now) {
		return
	}
	caddy.Log().Named(appName).Error("the engine failed", zap.String("type", typeName(err)))
}

var lastEngineError atomic.Int64 // Unix time, in nanoseconds

// Validate refuses what cannot be meant.
func (a *App) Validate() error {
	switch {
	case a.Engine != "" && !slices.Contains(engines, a.Engine):
		return errors.New("engine: want onnx, kserve or vllm")
	case a.Engine != "" && a.Engine != engineONNX && a.Remote == nil:
		return fmt.Errorf("engine %s: want the address of a server and the name of the model there", a.Engine)
	case a.OperatingPoint != "" && points[a.OperatingPoint] == "":
		return errors.New("operating_point: want balanced or recall")
	case a.MaxBatchTokens < 0:
		return errors.New("max_batch_tokens must not be negative")
	case a.Memory < 0:
		return errors.New("memory must not be negative")
	case a.Queue != nil && (a.Queue.Size < 0 || a.Queue.Deadline < 0):
		return errors.New("queue: neither size nor deadline may be negative")
	}
	return nil
}

// Start loads the models that handlers need. It waits until they are ready: a
// configuration must not take over before it can protect.
func (a *App) Start() error {
	for _, m := range a.models {
		if err := m.hold(a.logger); err != nil {
			return err
		}
	}
	if a.pictures != nil && a.OCR != nil {
		if _, err := a.pictures.reader(); err != nil {
			return fmt.Errorf("ocr: %w", err)
		}
	}
	return nil
}

// Stop does nothing: requests of this configuration may still be running, and
// each has a lease. Cleanup gives the models back.
func (a *App) Stop() error { return nil }

// Cleanup gives back what was taken, however far provisioning came.
func (a *App) Cleanup() error {
	if a.budget != nil {
		releaseBudget(a.memory)
	}
	var errs []error
	if a.pictures != nil {
		errs = append(errs, a.pictures.release())
	}
	for _, m := range a.models {
		errs = append(errs, m.release())
	}
	return errors.Join(errs...)
}

// Interface guards
var (
	_ caddy.App          = (*App)(nil)
	_ caddy.Provisioner  = (*App)(nil)
	_ caddy.Validator    = (*App)(nil)
	_ caddy.CleanerUpper = (*App)(nil)
)
