package e2e

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// patience bounds every wait for something that must happen. It is generous
// because it only costs time when a test is going to fail anyway.
const patience = 60 * time.Second

// server is one running caddy process.
type server struct {
	admin string // host:port of the admin endpoint
	dir   string // its home; removed with the test
	out   *lockedBuffer
	cmd   *exec.Cmd
	done  chan struct{} // closed when the process has ended
}

// lockedBuffer collects the process's stdout and stderr.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// startServer writes a Caddyfile, runs it and waits until the admin endpoint
// answers and every given address accepts connections. In the Caddyfile,
// {ADMIN} and {DIR} stand for the admin address and the server's own
// directory.
func startServer(t testing.TB, caddyfile string, addrs ...string) *server {
	t.Helper()
	s, err := launch(t.TempDir(), caddyfile, addrs...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.stop)
	return s
}

// launch is startServer for callers that stop the server themselves.
func launch(dir, caddyfile string, addrs ...string) (*server, error) {
	s := &server{admin: freeAddr(), dir: dir, out: new(lockedBuffer), done: make(chan struct{})}
	path := filepath.Join(dir, "Caddyfile")
	if err := os.WriteFile(path, []byte(s.expand(caddyfile)), 0o600); err != nil {
		return nil, err
	}
	s.cmd = exec.Command(caddyBinary, "run", "--config", path, "--adapter", "caddyfile")
	s.cmd.Dir = dir
	s.cmd.Env = append(os.Environ(), "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_DATA_HOME="+dir, "CADDY_ADMIN="+s.admin)
	s.cmd.Stdout, s.cmd.Stderr = s.out, s.out
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		s.cmd.Wait()
		close(s.done)
	}()
	if err := s.waitReady(addrs); err != nil {
		s.stop()
		return nil, fmt.Errorf("%w\n%s", err, s.out)
	}
	return s, nil
}

func (s *server) expand(caddyfile string) string {
	return strings.NewReplacer("{ADMIN}", s.admin, "{DIR}", s.dir).Replace(caddyfile)
}

func (s *server) waitReady(addrs []string) error {
	return eventually(func() error {
		select {
		case <-s.done:
			return permanent{fmt.Errorf("caddy ended before it was ready")}
		default:
		}
		resp, err := http.Get("http://" + s.admin + "/config/")
		if err != nil {
			return err
		}
		resp.Body.Close()
		for _, a := range addrs {
			c, err := net.Dial("tcp", a)
			if err != nil {
				return err
			}
			c.Close()
		}
		return nil
	})
}

// stop ends the process as an operator would, and by force if that fails.
func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.done:
	case <-time.After(patience):
		s.cmd.Process.Kill()
		<-s.done
	}
}

// adminGet reads a page of the admin endpoint. A reload replaces it, and
// with it the connections to it.
func (s *server) adminGet(t testing.TB, path string) string {
	t.Helper()
	var body []byte
	err := eventually(func() error {
		resp, err := http.Get("http://" + s.admin + path)
		if err != nil {
			return err
		}
		defer resp.Body.Close()
		body, err = io.ReadAll(resp.Body)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// permanent ends eventually at once.
type permanent struct{ error }

// eventually polls cond, which asks a real endpoint or file, until it
// succeeds or patience runs out. Each failed attempt backs off a little, so
// that polling does not starve what it waits for.
func eventually(cond func() error) error {
	deadline := time.Now().Add(patience)
	pause := time.NewTicker(10 * time.Millisecond)
	defer pause.Stop()
	for {
		err := cond()
		if err == nil {
			return nil
		}
		if p, ok := errors.AsType[permanent](err); ok {
			return p.error
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("gave up waiting: %w", err)
		}
		<-pause.C
	}
}

// ports counts the ports tried so far. It begins elsewhere in each process.
var ports atomic.Int64

func init() { ports.Store(int64(os.Getpid()) * 97) }

// freeAddr returns a loopback address that nobody listens on, and no address
// twice. Its port is below those the kernel gives to connections: one of
// those could be taken by any client before the server listens on it.
func freeAddr() string {
	const first, count = 20000, 12000
	for range count {
		addr := fmt.Sprintf("127.0.0.1:%d", first+ports.Add(1)%count)
		if l, err := net.Listen("tcp", addr); err == nil {
			l.Close()
			return addr
		}
	}
	panic("no port is free")
}
