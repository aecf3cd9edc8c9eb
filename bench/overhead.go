package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// variant is one site of the overhead table.
type variant struct {
	name   string
	filter string // the directive, or ""
	addr   string
	get    func() error    // makes one request
	rates  []float64       // requests a second, one a round
	times  []time.Duration // of single requests, one client
	cpu    []float64       // of caddy, microseconds a request, one a round
}

// overhead sends the same clean JSON document through the same Caddy without
// the filter, with rules alone, and with rules and a model whose cache is
// warm: what a site pays for traffic in which there is nothing to do.
func overhead(ctx context.Context, out io.Writer, o options) error {
	upstream, err := startUpstream(ctx)
	if err != nil {
		return err
	}
	variants := []*variant{
		{name: "without the filter"},
		{name: "rules only", filter: "privacy_filter {\n\t\trules_only\n\t}"},
		{name: "rules and model, warm cache", filter: "privacy_filter"},
	}
	s, err := startVariants(ctx, o, upstream, variants)
	if err != nil {
		return err
	}
	defer s.stop()
	idle := s.usage().rss
	body := cleanJSON()
	client := newClient(overheadClients)
	for _, v := range variants { // warm connections, pools and the cache
		for range 50 {
			if err := post(ctx, client, "http://"+v.addr, "application/json", body); err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
		}
	}
	for range o.rounds {
		for _, v := range variants {
			if err := v.measure(ctx, s, client, body, o.span); err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
		}
	}
	fmt.Fprintf(out, "## Clean JSON, %d bytes, masked in both directions\n\n", len(body))
	fmt.Fprintln(out, "| | requests/s | ratio | CPU of caddy a request | p50, one client | p99, one client | added p50 |\n|---|---|---|---|---|---|---|")
	base := variants[0]
	for _, v := range variants {
		fmt.Fprintf(out, "| %s | %.0f | %.2f | %.0f µs | %v | %v | %v |\n", v.name, median(v.rates), median(v.rates)/median(base.rates), median(v.cpu),
			round(percentile(v.times, 50)), round(percentile(v.times, 99)), round(percentile(v.times, 50)-percentile(base.times, 50)))
	}
	fmt.Fprintf(out, "\n%d clients for requests/s; the load generator and the upstream share the CPUs.\nResident memory: %d MiB idle, %d MiB after the load.\n\n",
		overheadClients, idle>>20, s.usage().rss>>20)
	return nil
}

const overheadClients = 8

// startVariants starts one Caddy with a site for each variant, all in front of
// the same upstream.
func startVariants(ctx context.Context, o options, upstream string, variants []*variant) (*server, error) {
	var config strings.Builder
	config.WriteString("{\n\tadmin off\n\tauto_https off\n\tpersist_config off\n\tprivacy_filter {\n\t\tmodel " + o.model + "\n\t}\n}\n")
	for _, v := range variants {
		v.addr = freeAddr()
		fmt.Fprintf(&config, "http://%s {\n\t%s\n\treverse_proxy %s\n}\n", v.addr, v.filter, upstream)
	}
	return startServer(ctx, o, config.String(), variants[0].addr)
}

func (v *variant) measure(ctx context.Context, s *server, client *http.Client, body []byte, span time.Duration) error {
	v.get = func() error { return post(ctx, client, "http://"+v.addr, "application/json", body) }
	if err := v.slice(ctx, s, span); err != nil {
		return err
	}
	for start := time.Now(); time.Since(start) < span/3; {
		one := time.Now()
		if err := v.get(); err != nil {
			return err
		}
		v.times = append(v.times, time.Since(one))
	}
	return nil
}

// slice makes requests for a while and notes how many, and what they took.
func (v *variant) slice(ctx context.Context, s *server, span time.Duration) error {
	start, before := time.Now(), s.usage().cpu
	count, err := closedLoop(ctx, overheadClients, span, v.get)
	v.cpu = append(v.cpu, float64((s.usage().cpu-before).Microseconds())/float64(max(count, 1)))
	v.rates = append(v.rates, float64(count)/time.Since(start).Seconds())
	return err
}

// closedLoop has clients make one request after another, and counts them.
func closedLoop(ctx context.Context, clients int, span time.Duration, get func() error) (count int, err error) {
	var mu sync.Mutex
	var wg sync.WaitGroup
	start := time.Now()
	for range clients {
		wg.Go(func() {
			n, failed := 0, error(nil)
			for failed == nil && ctx.Err() == nil && time.Since(start) < span {
				if failed = get(); failed == nil {
					n++
				}
			}
			mu.Lock()
			defer mu.Unlock()
			count, err = count+n, cmp.Or(failed, err)
		})
	}
	wg.Wait()
	return count, cmp.Or(err, ctx.Err())
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	if len(v) == 0 {
		return 0
	}
	return v[len(v)/2]
}

func percentile(v []time.Duration, p int) time.Duration {
	v = slices.Sorted(slices.Values(v))
	if len(v) == 0 {
		return 0
	}
	return v[min(len(v)-1, len(v)*p/100)]
}

func round(d time.Duration) time.Duration { return d.Round(time.Microsecond) }
