package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"syscall"
	"time"
)

// throughput sends mixed texts through the filter from many clients at once
// and compares the tokens a second with the bare loop. Both sides take turns
// in every round, on the same texts.
func throughput(ctx context.Context, out io.Writer, o options) error {
	loop, err := openBare(o.model)
	if err != nil {
		return err
	}
	defer loop.close()
	addr := freeAddr()
	// The answer is empty: what is measured is requests being masked.
	config := fmt.Sprintf(`{
	admin off
	auto_https off
	persist_config off
	privacy_filter {
		model %s
	}
}
http://%s {
	privacy_filter {
		response off
	}
	respond 200
}
`, o.model, addr)
	s, err := startServer(ctx, o, config, addr)
	if err != nil {
		return err
	}
	defer s.stop()
	idle := s.usage().rss
	var limits, reached, ratios []float64
	var perToken costs
	var peak int64
	for n := range o.rounds + 1 {
		texts := mixedTexts(n, o.texts)
		tokens, took, bareCPU, err := loop.run(ctx, texts)
		if err != nil {
			return err
		}
		r, err := measure(ctx, s, "http://"+addr, texts, o.clients)
		if err != nil {
			return err
		}
		peak = max(peak, r.rss)
		if n == 0 {
			continue // the first round warms both sides
		}
		limit := float64(tokens) / took.Seconds()
		rate := float64(tokens) / r.took.Seconds()
		limits, reached = append(limits, limit), append(reached, rate)
		ratios = append(ratios, rate/limit)
		perToken.add(tokens, bareCPU, r)
	}
	fmt.Fprintf(out, "## Mixed texts of 1 to 800 tokens, %d clients\n\n", o.clients)
	fmt.Fprintf(out, "| | tokens/s | ratio |\n|---|---|---|\n| bare ONNX Runtime loop, ideal batches | %.0f | 1.00 |\n| through HTTP and the filter | %.0f | %.2f |\n\n",
		median(limits), median(reached), median(ratios))
	fmt.Fprintf(out, "CPU time for 1,000 tokens: %.0f ms in the bare loop; through the filter %.0f ms in caddy and %.1f ms in the load generator (ratio %.2f).\n",
		median(perToken.bare), median(perToken.caddy), median(perToken.client), median(perToken.ratio))
	fmt.Fprintf(out, "Resident memory: %d MiB idle, %d MiB under load.\n\n", idle>>20, peak>>20)
	return nil
}

// costs are CPU times in milliseconds for 1,000 tokens, one a round. Unlike
// the clock they do not see what else the machine is doing.
type costs struct{ bare, caddy, client, ratio []float64 }

func (c *costs) add(tokens int, bare time.Duration, r load) {
	per := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(tokens) }
	c.bare = append(c.bare, per(bare))
	c.caddy = append(c.caddy, per(r.server))
	c.client = append(c.client, per(r.client))
	c.ratio = append(c.ratio, per(bare)/(per(r.server)+per(r.client)))
}

// load is what one round took.
type load struct {
	took   time.Duration
	server time.Duration // CPU time of caddy
	client time.Duration // CPU time of this process
	rss    int64         // of caddy, bytes
}

// measure sends every text once, from several clients at once.
func measure(ctx context.Context, s *server, url string, texts []string, clients int) (load, error) {
	client := newClient(clients)
	defer client.CloseIdleConnections()
	queue := make(chan string)
	var mu sync.Mutex
	var failed error
	var wg sync.WaitGroup
	before, own := s.usage(), ownCPU()
	start := time.Now()
	for range clients {
		wg.Go(func() {
			for text := range queue {
				if err := post(ctx, client, url, "text/plain", []byte(text)); err != nil {
					mu.Lock()
					failed = err
					mu.Unlock()
				}
			}
		})
	}
	for _, text := range texts {
		queue <- text
	}
	close(queue)
	wg.Wait()
	took := time.Since(start)
	after := s.usage()
	if failed == nil {
		failed = ctx.Err()
	}
	return load{took: took, server: after.cpu - before.cpu, client: ownCPU() - own, rss: after.rss}, failed
}

func ownCPU() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
