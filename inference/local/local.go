package local

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

// Check says whether Open can be expected to succeed, without building a
// session: the files are there and match their manifest, the configuration
// parses, the tokenizer loads, the graph takes and returns what it must, the
// library is found. It takes tens of milliseconds for the embedded model; with
// a manifest over gigabytes, the time to hash them.
func Check(o Options) error {
	c, err := cascadeOf(o)
	if err != nil {
		return err
	}
	if c != nil {
		return errors.Join(Check(c.first(o)), Check(c.second(o)))
	}
	p, err := prepare(o)
	if err != nil {
		return err
	}
	return p.tokenizer.Close()
}

// Open loads the model, starts its queue, and lets the model find something
// in a sentence before it is trusted with more: a wrong graph or provider
// typically answers "nothing" everywhere. The Service is the caller's to
// Close. Loading takes from a second to, for the published sizes, a minute;
// ctx is looked at between the steps.
func Open(ctx context.Context, o Options) (*inference.Service, error) {
	c, err := cascadeOf(o)
	if err != nil {
		return nil, err
	}
	if c == nil {
		return openOne(ctx, o, nil)
	}
	second, err := openOne(ctx, c.second(o), nil)
	if err != nil {
		return nil, err
	}
	service, err := openOne(ctx, c.first(o), &reader{c, second})
	if err != nil {
		return nil, errors.Join(err, second.Close())
	}
	return service, nil
}

// openOne opens a model, whose second reader is the Service's once there is no
// error.
func openOne(ctx context.Context, o Options, second *reader) (*inference.Service, error) {
	p, err := prepare(o)
	if err != nil {
		return nil, err
	}
	service, err := p.start(ctx, o, second)
	if err != nil {
		return nil, err
	}
	if err := service.SelfTest(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("starting the model: %w", err), service.Close())
	}
	// What loading left behind, the graph's bytes above all, is several
	// times what a quiet service needs; do not wait for the next cycle.
	debug.FreeOSMemory()
	return service, nil
}

// maxThreads keeps a typing mistake from becoming a million threads.
const maxThreads = 1024

// prepared is a model that was checked, with its tokenizer.
type prepared struct {
	files     *inference.ModelFiles
	model     onnx.Model
	device    onnx.Device
	tokenizer inference.Tokenizer
	features  inference.Features // or nil
	input     onnx.Input         // where the graph reads the features
}

func prepare(o Options) (*prepared, error) {
	if !withCgo {
		return nil, ErrNoCgo
	}
	if o.Remote != nil {
		return prepareRemote(o)
	}
	p := new(prepared)
	var err error
	if p.device, err = onnx.ParseDevice(o.Device); err != nil {
		return nil, err
	}
	if o.Threads < 0 || o.Threads > maxThreads {
		return nil, fmt.Errorf("%d threads: want 0 (one per CPU) to %d", o.Threads, maxThreads)
	}
	if _, err = onnx.FindLibrary(); err != nil {
		return nil, err
	}
	if p.files, err = readFiles(o, p.device); err != nil {
		return nil, err
	}
	if p.model, err = modelOf(p.files); err != nil {
		return nil, err
	}
	if p.features, p.input, err = featuresOf(p.files.Config); err != nil {
		return nil, err
	}
	if err = checkGraph(p.model, p.files, p.input, p.device); err != nil {
		return nil, err
	}
	p.tokenizer, err = tokenizerOf(p.files)
	return p, err
}

// open builds what runs the model.
func (p *prepared) open(ctx context.Context, o Options) (inference.Engine, error) {
	if o.Remote != nil {
		return remote.Open(ctx, *o.Remote, p.contract())
	}
	return onnx.Open(p.model, p.files.Config.Labels.Classes(), onnx.Options{
		Device:  p.device,
		Threads: o.Threads,

		RowThreads: p.files.Config.RowThreads,
		Features:   p.input,
	})
}

// start builds the session and the Service, which then owns the tokenizer.
// On an error everything is freed.
func (p *prepared) start(ctx context.Context, o Options, second *reader) (*inference.Service, error) {
	if err := ctx.Err(); err != nil {
		return nil, errors.Join(err, p.tokenizer.Close())
	}
	engine, err := p.open(ctx, o)
	if err != nil {
		return nil, errors.Join(err, p.tokenizer.Close())
	}
	if o.Remote != nil && o.MaxBatchTokens == 0 {
		o.MaxBatchTokens = o.Remote.BatchTokens()
	}
	biases := p.files.Biases
	if o.Biases != nil {
		biases = *o.Biases
	}
	service, err := inference.NewService(second.join(inference.Options{
		Config:         p.files.Config,
		Biases:         biases,
		Points:         p.files.Points,
		ID:             p.files.ID,
		Tokenizer:      p.tokenizer,
		Features:       p.features,
		Engine:         engine,
		MaxBatchTokens: o.MaxBatchTokens,
		QueueTokens:    o.QueueTokens,
		QueueJobs:      o.QueueJobs,
		CacheBytes:     o.CacheBytes,
		OnEngineError:  o.OnEngineError,
	}))
	if err != nil {
		return nil, errors.Join(err, engine.Close(), p.tokenizer.Close())
	}
	return service, nil
}
