package remote

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/caddyprivacy/privacyfilter/inference"
)

const (
	partTokens = 2048    // of a request, with padding, below which dividing a batch gains nothing
	maxCells   = 1 << 20 // Rows × Cols of a batch
)

// Engine is a model on other machines. It implements inference.Engine.
type Engine struct {
	options   Options
	contract  Contract
	endpoints []*endpoint

	ctx    context.Context // of probes
	cancel context.CancelFunc
	probes sync.WaitGroup

	mu    sync.Mutex
	first int // where the next search begins; guarded by mu
}

var _ inference.Engine = (*Engine)(nil)

// Open asks all servers what they serve. One that is well is enough, since the
// others may come back; one that serves something else is an error.
func Open(ctx context.Context, o Options, c Contract) (*Engine, error) {
	return open(ctx, o, c, time.Now)
}

func open(ctx context.Context, o Options, c Contract, now func() time.Time) (*Engine, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	e := &Engine{options: o, contract: c}
	check, err := checker(o, c)
	if err != nil {
		return nil, err
	}
	for _, raw := range o.URLs {
		u, err := parseURL(raw, o.Insecure)
		if err != nil {
			return nil, err
		}
		client, err := newClient(o, u.Scheme == "http")
		if err != nil {
			return nil, err
		}
		e.endpoints = append(e.endpoints, &endpoint{
			name: u.String(), base: u.String(), header: o.Header, client: client,
			slots: make(chan struct{}, o.InFlight), check: check, now: now,
		})
	}
	e.ctx, e.cancel = context.WithCancel(context.Background())
	if err := e.proveAll(ctx); err != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, nil
}

func (e *Engine) proveAll(ctx context.Context) error {
	results := make([]error, len(e.endpoints))
	var wg sync.WaitGroup
	for i, endpoint := range e.endpoints {
		wg.Go(func() { results[i] = endpoint.prove(ctx) })
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	well := false
	for _, err := range results {
		var contract *ContractError
		if errors.As(err, &contract) {
			return err
		}
		well = well || err == nil
	}
	if !well {
		return errors.Join(results...)
	}
	return nil
}

// Run implements inference.Engine. The rows of a large batch are divided among
// the requests that may be in flight.
func (e *Engine) Run(ctx context.Context, b *inference.Batch, logits []float32) error {
	if err := e.fits(b, logits); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	slots := len(e.endpoints) * e.options.InFlight
	count := max(ceil(b.Rows, e.options.MaxRows), min(slots, ceil(b.Rows*b.Cols, partTokens), b.Rows))
	if count == 1 {
		return e.ask(ctx, b, logits)
	}
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(slots)
	for i := range count {
		from, to := i*b.Rows/count, (i+1)*b.Rows/count
		group.Go(func() error {
			return e.ask(inner, part(b, from, to), logits[from*b.Cols*b.Labels:to*b.Cols*b.Labels])
		})
	}
	err := group.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func ceil(n, by int) int { return (n + by - 1) / by }

// part is the rows [from, to) of a batch.
func part(b *inference.Batch, from, to int) *inference.Batch {
	p := *b
	p.Rows = to - from
	p.IDs, p.Mask = b.IDs[from*b.Cols:to*b.Cols], b.Mask[from*b.Cols:to*b.Cols]
	p.Features = b.Features[from*b.Cols*b.Columns : to*b.Cols*b.Columns]
	return &p
}

func (e *Engine) fits(b *inference.Batch, logits []float32) error {
	switch {
	case b.Rows <= 0, b.Cols <= 0, b.Rows > maxCells/b.Cols:
	case len(b.IDs) != b.Rows*b.Cols, len(b.Mask) != len(b.IDs):
	case b.Columns != e.contract.Columns, len(b.Features) != len(b.IDs)*b.Columns:
	case b.Labels != e.contract.Labels, len(logits) != len(b.IDs)*b.Labels:
	default:
		return nil
	}
	return ErrShape
}

// ask asks one server after the other, as long as it is safe, each once.
func (e *Engine) ask(ctx context.Context, b *inference.Batch, logits []float32) error {
	tried := make(map[*endpoint]bool, 1)
	var last error
	for {
		server, s, err := e.choose(ctx, tried)
		switch {
		case err != nil:
			return err
		case server == nil && last != nil:
			return last
		case server == nil:
			return ErrNoServer
		}
		if last = server.run(ctx, s, e.options.Timeout, b, logits); last == nil || !elsewhere(last) || ctx.Err() != nil {
			return last
		}
		tried[server] = true
	}
}

// choose picks the server with the least to do that is well and was not tried,
// and adds to its load. Where none is well, it waits for the probes of those
// that may be again; there may be none.
func (e *Engine) choose(ctx context.Context, tried map[*endpoint]bool) (*endpoint, session, error) {
	for {
		server, s, probes := e.look(tried)
		if server != nil || len(probes) == 0 {
			return server, s, nil
		}
		for _, probe := range probes {
			select {
			case <-probe:
			case <-ctx.Done():
				return nil, nil, ctx.Err()
			}
		}
	}
}

// look is one look at all servers. It starts the probes that are due.
func (e *Engine) look(tried map[*endpoint]bool) (best *endpoint, s session, probes []chan struct{}) {
	e.mu.Lock()
	defer e.mu.Unlock()
	least := 0
	for i := range e.endpoints {
		server := e.endpoints[(e.first+i)%len(e.endpoints)]
		server.mu.Lock()
		if server.session == nil && server.probe == nil && server.breaker.probing(server.now()) {
			server.probe = make(chan struct{})
			e.probes.Go(func() { e.reprove(server) })
		}
		switch {
		case tried[server]:
		case server.session == nil:
			if server.probe != nil {
				probes = append(probes, server.probe)
			}
		case best == nil || server.load < least:
			best, s, least = server, server.session, server.load
		}
		server.mu.Unlock()
	}
	e.first = (e.first + 1) % len(e.endpoints)
	if best != nil {
		best.mu.Lock()
		best.load++
		best.mu.Unlock()
	}
	return best, s, probes
}

func (e *Engine) reprove(server *endpoint) {
	_ = server.prove(e.ctx) // the next look sees how it ended
	server.mu.Lock()
	close(server.probe)
	server.probe = nil
	server.mu.Unlock()
}

// Name implements inference.Engine: "kserve" or "vllm".
func (e *Engine) Name() string { return e.options.Protocol }

// Close implements inference.Engine. It never fails.
func (e *Engine) Close() error {
	e.cancel()
	e.probes.Wait()
	for _, server := range e.endpoints {
		if t, ok := server.client.Transport.(*http.Transport); ok {
			t.CloseIdleConnections()
		}
	}
	return nil
}
