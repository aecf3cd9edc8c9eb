// Package e2e drives the real caddy binary over loopback sockets: the proof
// that a client and an upstream see what DESIGN.md promises.
//
// It knows the product only through its command line, its Caddyfile and the
// wire; it must never import a package of ours, because a test that shares
// code with what it tests agrees with it by construction.
//
// Every expected body is written out by hand in a table. Personal values in
// the fixtures are invented and are called canaries: a test that lets one
// pass where it should not fails, whatever else it checks.
package e2e

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// caddyBinary is the caddy under test: PRIVACY_FILTER_CADDY if that is set (the
// Makefile points it at bin/caddy), else one built here with the same flags.
var caddyBinary string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "privacy-filter-e2e-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	caddyBinary, err = buildBinary(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	code := m.Run()
	stopShared()
	return code
}

func buildBinary(dir string) (string, error) {
	if path := os.Getenv("PRIVACY_FILTER_CADDY"); path != "" {
		return filepath.Abs(path)
	}
	path := filepath.Join(dir, "caddy")
	cmd := exec.Command("go", "build", "-o", path, "./cmd/caddy")
	cmd.Dir = repositoryRoot()
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building caddy: %w\n%s", err, out)
	}
	return path, nil
}

// repositoryRoot is two levels up: go test runs in the package's directory.
func repositoryRoot() string {
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return root
}
