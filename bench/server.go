package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is a caddy with the sites of one table.
type server struct {
	cmd *exec.Cmd
	dir string
}

// startTimeout is how long a server may take to load its model.
const startTimeout = 2 * time.Minute

// startServer runs caddy with a Caddyfile and waits until addr answers.
func startServer(ctx context.Context, o options, caddyfile, addr string) (*server, error) {
	dir, err := os.MkdirTemp("", "privacy-filter-bench-")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(path, []byte(caddyfile), 0o600); err != nil {
		return nil, err
	}
	s := &server{dir: dir, cmd: exec.CommandContext(ctx, o.caddy, "run", "--config", path, "--adapter", "caddyfile")}
	s.cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir)
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	s.cmd.Stdout, s.cmd.Stderr = log, log
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	if err := waitFor(ctx, addr); err != nil {
		said, _ := os.ReadFile(log.Name())
		s.stop()
		return nil, fmt.Errorf("%w\n%s", err, said)
	}
	return s, nil
}

func waitFor(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		c, err := new(net.Dialer).DialContext(ctx, "tcp", addr)
		if err == nil {
			return c.Close()
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for caddy: %w", err)
		case <-tick.C:
		}
	}
}

func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM) //nolint:errcheck // Wait shows it
	s.cmd.Wait()                          //nolint:errcheck // its exit status says nothing
	os.RemoveAll(s.dir)
}

// usage is what a process has used up to now.
type usage struct {
	cpu time.Duration // user and system time
	rss int64         // resident bytes now
}

// ticksPerSecond is USER_HZ, 100 on every Linux that Go runs on.
const ticksPerSecond = 100

func processUsage(pid int) (usage, error) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return usage{}, err
	}
	// The second field is the name in parentheses and may hold anything.
	_, rest, ok := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if !ok || len(fields) < 22 {
		return usage{}, errors.New("/proc/pid/stat is short")
	}
	number := func(i int) int64 {
		n, _ := strconv.ParseInt(fields[i], 10, 64)
		return n
	}
	return usage{
		cpu: time.Duration(number(11)+number(12)) * time.Second / ticksPerSecond,
		rss: number(21) * int64(os.Getpagesize()),
	}, nil
}

func (s *server) usage() usage {
	u, err := processUsage(s.cmd.Process.Pid)
	if err != nil {
		return usage{}
	}
	return u
}

// startUpstream answers every request with the body it came with.
func startUpstream(ctx context.Context) (addr string, err error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { //nolint:errcheck // it serves until the program ends
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		w.Header().Set("Content-Type", r.Header.Get("Content-Type"))
		w.Write(body) //nolint:errcheck // the client counts what it gets
	}))
	return l.Addr().String(), nil
}

func freeAddr() string {
	l, err := new(net.ListenConfig).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// newClient keeps one connection for each of its users.
func newClient(users int) *http.Client {
	return &http.Client{Transport: &http.Transport{
		MaxIdleConnsPerHost: users, MaxIdleConns: users, DisableCompression: true,
	}}
}

// post sends a body and reads the answer to its end.
func post(ctx context.Context, client *http.Client, url, contentType string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", contentType)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}
