package document

import (
	"context"
	"io"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// memoryPages is how much memory one document may take, in WebAssembly's pages
// of 64 KiB: 512 MiB.
const memoryPages = 8192

// engine is PDFium as WebAssembly: hostile files meet no memory, no file and
// no socket of this process. It is compiled when the first document comes,
// which takes seconds, and once for all.
type engine struct {
	once sync.Once
	pool pdfium.Pool
	err  error
}

// start compiles PDFium. Instances are not used twice: their memory never
// shrinks, and one document must not see what another left.
func (e *engine) start(instances int) (pdfium.Pool, error) {
	e.once.Do(func() {
		e.pool, e.err = webassembly.Init(webassembly.Config{
			MaxIdle: 1, MaxTotal: instances,
			FSConfig: wazero.NewFSConfig(), // by default it sees the whole disk
			Stdout:   io.Discard, Stderr: io.Discard,
			RuntimeConfig: wazero.NewRuntimeConfig().
				WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
				WithCloseOnContextDone(true). // so that Kill ends a page that never ends
				WithMemoryLimitPages(memoryPages),
		})
	})
	return e.pool, e.err
}

// with runs a function with an instance of its own, which is killed when ctx
// ends first.
func (e *engine) with(ctx context.Context, instances int, run func(pdfium.Pdfium) error) (err error) {
	pool, err := e.start(instances)
	if err != nil {
		return ErrEngine
	}
	instance, err := pool.GetInstanceWithContext(ctx)
	if err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return ErrEngine
	}
	killed := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(killed)
		_ = instance.Kill() // nothing is left to do about an error
	})
	defer func() {
		if recover() != nil { // of memory that is not there any more
			err = ErrFormat
		}
		if !stop() {
			<-killed
			err = ctx.Err()
			return
		}
		_ = instance.Close()
	}()
	return run(instance)
}
