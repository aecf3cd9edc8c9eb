package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
)

// unreadKind is an answer that the filter has nothing to look for in.
type unreadKind struct {
	name, path  string
	status      int
	contentType string
	body        []byte
}

func unreadKinds() []unreadKind {
	script := []byte(strings.Repeat("export function add(a, b) { return a + b; }\n", 200_000/44))
	binary := func(n int) []byte {
		out := make([]byte, n)
		for i := range out {
			out[i] = byte(i*i>>3 | 128)
		}
		return out
	}
	return []unreadKind{
		{"no body (304)", "/none", http.StatusNotModified, "", nil},
		{"a font, 20 kB", "/font", http.StatusOK, "font/woff2", append([]byte("wOF2\x00\x01\x00\x00"), binary(20_000)...)},
		{"a style sheet, 20 kB", "/style", http.StatusOK, "text/css", []byte(strings.Repeat("p { color: red; margin: 0 }\n", 20_000/28))},
		{"a script, 200 kB", "/script", http.StatusOK, "text/javascript", script},
		{"a film, 1 MB", "/film", http.StatusOK, "video/mp4", append([]byte("\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00"), binary(1_000_000)...)},
	}
}

// slicesEach is how many slices of time each side of a row gets in a round. The
// sides take turns, so that what else the machine does hits both.
const slicesEach = 10

// unread compares what the filter costs where it does not read.
func unread(ctx context.Context, out io.Writer, o options) error {
	kinds := unreadKinds()
	upstream, err := serveKinds(ctx, kinds)
	if err != nil {
		return err
	}
	sides := []*variant{{name: "without the filter"}, {name: "with the filter", filter: "privacy_filter {\n\t\trules_only\n\t}"}}
	s, err := startVariants(ctx, o, upstream, sides)
	if err != nil {
		return err
	}
	defer s.stop()
	client := newClient(overheadClients)
	fmt.Fprintf(out, "## Answers that are not read\n\n| | requests/s without | with | ratio | CPU of caddy a request without | with |\n|---|---|---|---|---|---|\n")
	for _, k := range kinds {
		var ratios []float64
		for _, v := range sides {
			v.rates, v.cpu = nil, nil
			v.get = func() error { return fetch(ctx, client, "http://"+v.addr+k.path, k.status, len(k.body)) }
			if err := v.slice(ctx, s, o.span/4); err != nil { // warms connections and pools
				return fmt.Errorf("%s, %s: %w", k.name, v.name, err)
			}
			v.rates, v.cpu = nil, nil
		}
		for i := range o.rounds * slicesEach {
			for j := range sides {
				v := sides[(i+j)%len(sides)]
				if err := v.slice(ctx, s, o.span/4); err != nil {
					return fmt.Errorf("%s, %s: %w", k.name, v.name, err)
				}
			}
			ratios = append(ratios, sides[1].rates[i]/sides[0].rates[i])
		}
		fmt.Fprintf(out, "| %s | %.0f | %.0f | %.3f | %.0f µs | %.0f µs |\n", k.name,
			median(sides[0].rates), median(sides[1].rates), median(ratios), median(sides[0].cpu), median(sides[1].cpu))
	}
	fmt.Fprintf(out, "\n%d clients, %d slices of %v a side, in turns; the ratio is the median over neighbours.\n\n", overheadClients, o.rounds*slicesEach, o.span/4)
	return nil
}

func serveKinds(ctx context.Context, kinds []unreadKind) (addr string, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	mux := http.NewServeMux()
	for _, k := range kinds {
		mux.HandleFunc(k.path, func(w http.ResponseWriter, _ *http.Request) {
			if k.contentType != "" {
				w.Header().Set("Content-Type", k.contentType)
				w.Header().Set("Content-Length", strconv.Itoa(len(k.body)))
			}
			w.Header().Set("Etag", `"v1"`)
			w.WriteHeader(k.status)
			w.Write(k.body) //nolint:errcheck,gosec // the client counts what it gets
		})
	}
	go http.Serve(l, mux) //nolint:errcheck,gosec // it serves until the program ends
	return l.Addr().String(), nil
}

func fetch(ctx context.Context, client *http.Client, url string, status, length int) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	n, err := io.Copy(io.Discard, resp.Body)
	switch {
	case err != nil:
		return err
	case resp.StatusCode != status:
		return fmt.Errorf("status %d", resp.StatusCode)
	case n != int64(length):
		return errors.New("the answer has another length")
	}
	return nil
}
