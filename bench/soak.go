package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// soakClients are as many as keep the machine busy without a queue that grows.
const soakClients = 8

// soak is one long run: clients of every kind against a filtered site whose
// configuration is replaced every second. Unlike the tables it judges, because
// what it looks for does not depend on how fast the machine is.
type soak struct {
	upstream *soakUpstream
	server   *server
	admin    string
	sites    []string // addresses: rules alone, and rules with a model
	client   *http.Client

	mu       sync.Mutex
	served   map[string]int // requests by kind; guarded by mu
	retried  int            // guarded by mu
	failures []string       // guarded by mu
	reloads  int
	samples  []sample
}

// sample is the process at one moment under load.
type sample struct {
	goroutines int
	rss        int64 // bytes
}

func runSoak(ctx context.Context, out io.Writer, o options) error {
	upstream, err := startSoakUpstream(ctx)
	if err != nil {
		return err
	}
	s := &soak{
		upstream: upstream, admin: freeAddr(), sites: []string{freeAddr(), freeAddr()}, client: newClient(soakClients),
		served: make(map[string]int),
	}
	if s.server, err = startServer(ctx, o, s.config(o, 0), s.sites[1]); err != nil {
		return err
	}
	defer s.server.stop()
	idle, err := s.sample(ctx, true)
	if err != nil {
		return err
	}

	loaded, done := context.WithTimeout(ctx, o.soak)
	defer done()
	var wg sync.WaitGroup
	for i := range soakClients {
		wg.Go(func() { s.work(loaded, uint64(i)) })
	}
	err = s.reload(loaded, o)
	wg.Wait()
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	s.client.CloseIdleConnections()
	after, err := s.settled(ctx, idle)
	if err != nil {
		return err
	}
	return s.report(out, o, idle, after)
}

// config is what the n-th reload loads. Upstream connections are not kept:
// Caddy leaves those of an old configuration behind for two minutes, filter or
// not, and goroutines are to count what is ours.
func (s *soak) config(o options, n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "{\n\tadmin %s\n\tauto_https off\n\tpersist_config off\n\tgrace_period 30s\n\tprivacy_filter {\n\t\tmodel %s\n\t}\n}\n", s.admin, o.model)
	for i, policy := range []string{"rules_only", ""} {
		fmt.Fprintf(&b, "http://%s {\n\theader X-Generation %d\n\tprivacy_filter {\n\t\t%s\n\t}\n\treverse_proxy %s {\n\t\tstream_close_delay 1m\n\t\ttransport http {\n\t\t\tkeepalive off\n\t\t}\n\t}\n}\n",
			s.sites[i], n, policy, s.upstream.addr)
	}
	return b.String()
}

// work makes one request after another until the time is up. One in four goes
// through the model.
func (s *soak) work(ctx context.Context, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 11)) //nolint:gosec // the same texts in every run
	for ctx.Err() == nil {
		job := soakJobs[rng.IntN(len(soakJobs))]
		site := s.sites[0]
		if rng.IntN(4) == 0 {
			site = s.sites[1]
		}
		// What has begun is brought to its end: a request that is cut off by
		// the end of the run would be a failure of nobody.
		err := job.run(context.WithoutCancel(ctx), s, rng, site)
		s.mu.Lock()
		s.served[job.name]++
		if err != nil {
			s.failures = append(s.failures, job.name+": "+err.Error())
		}
		s.mu.Unlock()
	}
}

// reload replaces the configuration and looks at the process, once a second.
func (s *soak) reload(ctx context.Context, o options) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		s.reloads++
		if err := s.load(ctx, s.config(o, s.reloads)); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		now, err := s.sample(ctx, false)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			return err
		}
		s.samples = append(s.samples, now)
	}
}

// load replaces the configuration. The admin endpoint is replaced with it, so
// the connection may break; asked again, Caddy does nothing.
func (s *soak) load(ctx context.Context, config string) error {
	return again(ctx, func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+s.admin+"/load", strings.NewReader(config))
		if err != nil {
			return err
		}
		req.Header.Set("Content-Type", "text/caddyfile")
		resp, err := s.client.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		said, err := io.ReadAll(resp.Body)
		if err == nil && resp.StatusCode != http.StatusOK {
			err = fmt.Errorf("loading a configuration: %d %s", resp.StatusCode, said)
		}
		return err
	})
}

// again repeats what may fail because a listener is being replaced.
func again(ctx context.Context, do func() error) (err error) {
	for range 20 {
		if err = do(); err == nil || ctx.Err() != nil {
			return err
		}
	}
	return err
}

func (s *soak) sample(ctx context.Context, collect bool) (now sample, err error) {
	if collect {
		if _, err := s.profile(ctx, "heap?gc=1&debug=1"); err != nil {
			return now, err
		}
	}
	profile, err := s.profile(ctx, "goroutine?debug=1")
	if err != nil {
		return now, err
	}
	if _, err := fmt.Fscanf(bytes.NewReader(profile), "goroutine profile: total %d", &now.goroutines); err != nil {
		return now, err
	}
	now.rss = s.server.usage().rss
	return now, nil
}

func (s *soak) profile(ctx context.Context, name string) (profile []byte, err error) {
	err = again(ctx, func() error {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.admin+"/debug/pprof/"+name, nil)
		if err != nil {
			return err
		}
		resp, err := s.client.Do(req)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		profile, err = io.ReadAll(resp.Body)
		return err
	})
	return profile, err
}

// spareGoroutines are those that Caddy may have more at one moment than at
// another without anybody waiting for them.
const spareGoroutines = 10

// settled waits until what the load has started is gone, or for as long as the
// grace period of a reload.
func (s *soak) settled(ctx context.Context, idle sample) (now sample, err error) {
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	defer cancel()
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		at, err := s.sample(ctx, true)
		if err == nil {
			now = at
		}
		if err == nil && now.goroutines <= idle.goroutines+spareGoroutines {
			return now, nil
		}
		select {
		case <-ctx.Done():
			return now, nil // the report says so
		case <-tick.C:
		}
	}
}

// report prints what was seen, and judges it.
func (s *soak) report(out io.Writer, o options, idle, after sample) error {
	fmt.Fprintf(out, "## Soak, %v, %d clients, a reload every second\n\n| requests | served |\n|---|---|\n", o.soak, soakClients)
	total := 0
	for _, name := range slices.Sorted(maps.Keys(s.served)) {
		fmt.Fprintf(out, "| %s | %d |\n", name, s.served[name])
		total += s.served[name]
	}
	early, late := s.quarter(1), s.quarter(3)
	fmt.Fprintf(out, "\n%d requests, %d of them sent again because Caddy closed their connection unread, %d reloads, %d failures, %d raw values seen upstream.\n",
		total, s.retried, s.reloads, len(s.failures), s.upstream.leaks.Load())
	fmt.Fprintf(out, "Goroutines: %d idle, %d in the second quarter, %d in the last, %d after. Resident MiB: %d, %d, %d, %d.\n\n",
		idle.goroutines, early.goroutines, late.goroutines, after.goroutines, idle.rss>>20, early.rss>>20, late.rss>>20, after.rss>>20)

	var wrong []error
	for _, f := range s.failures[:min(len(s.failures), 20)] {
		wrong = append(wrong, errors.New(f))
	}
	if n := s.upstream.leaks.Load(); n > 0 {
		wrong = append(wrong, fmt.Errorf("%d raw values reached the upstream", n))
	}
	if after.goroutines > idle.goroutines+spareGoroutines {
		wrong = append(wrong, errors.New("goroutines stay behind"))
	}
	if late.rss > early.rss+early.rss/4+32<<20 {
		wrong = append(wrong, errors.New("resident memory grows"))
	}
	if said, err := os.ReadFile(filepath.Join(s.server.dir, "log")); err != nil || bytes.Contains(said, []byte(planted)) {
		wrong = append(wrong, fmt.Errorf("the log holds a planted value, or cannot be read: %w", err))
	}
	return errors.Join(wrong...)
}

// quarter is the median of one quarter of the samples, counted from 0. The
// first is not looked at: pools, arenas and the garbage collector find their
// size in it.
func (s *soak) quarter(n int) sample {
	part := s.samples[n*len(s.samples)/4 : (n+1)*len(s.samples)/4]
	if len(part) == 0 {
		return sample{}
	}
	var goroutines []float64
	var rss []float64
	for _, p := range part {
		goroutines, rss = append(goroutines, float64(p.goroutines)), append(rss, float64(p.rss))
	}
	return sample{goroutines: int(median(goroutines)), rss: int64(median(rss))}
}
