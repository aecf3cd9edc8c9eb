package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// events measures what the filter adds to the first event of a stream: from
// the request to the end of the first sentence, which the upstream sends at
// once, in one event, and then waits.
func events(ctx context.Context, out io.Writer, o options) error {
	upstream, err := serveEvents(ctx)
	if err != nil {
		return err
	}
	variants := []*variant{
		{name: "without the filter"},
		{name: "rules only", filter: "privacy_filter {\n\t\trules_only\n\t}"},
		{name: "rules and model, no cache", filter: "privacy_filter"},
	}
	s, err := startVariants(ctx, o, upstream, variants)
	if err != nil {
		return err
	}
	defer s.stop()
	client := newClient(1)
	for i := range o.rounds*100 + 10 {
		for _, v := range variants {
			took, err := firstEvent(ctx, client, "http://"+v.addr+"/?order="+fmt.Sprint(i))
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			if i >= 10 { // the first ones warm connections and pools
				v.times = append(v.times, took)
			}
		}
	}
	fmt.Fprintf(out, "## The first event of a stream\n\n| | p50 | p99 | added p50 |\n|---|---|---|---|\n")
	base := percentile(variants[0].times, 50)
	for _, v := range variants {
		p50 := percentile(v.times, 50)
		fmt.Fprintf(out, "| %s | %v | %v | %v |\n", v.name, round(p50), round(percentile(v.times, 99)), round(p50-base))
	}
	fmt.Fprintf(out, "\n%d streams a side, in turns, one client; model %s.\n\n", len(variants[0].times), o.model)
	return nil
}

// firstEvent asks for a stream and leaves it after its first event, which has
// to be the sentence as a whole.
func firstEvent(ctx context.Context, client *http.Client, url string) (time.Duration, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	resp, err := client.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	lines := bufio.NewReader(resp.Body)
	first, err := lines.ReadString('\n')
	if err != nil {
		return 0, err
	}
	took := time.Since(start)
	if resp.StatusCode != http.StatusOK || !strings.Contains(first, "tomorrow.") {
		return 0, errors.New("the first event is another")
	}
	return took, nil
}

func serveEvents(ctx context.Context) (addr string, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { //nolint:errcheck,gosec // it serves until the program ends
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"Thank you, the parcel of order %s will be with you tomorrow.\n"}}]}`+"\n\n", r.URL.Query().Get("order")) //nolint:gosec // a number of ours
		http.NewResponseController(w).Flush()                                                                                                                                                                      //nolint:errcheck,gosec // the client has gone
		<-r.Context().Done()
	}))
	return l.Addr().String(), nil
}
