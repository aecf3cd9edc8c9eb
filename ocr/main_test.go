//go:build cgo && tesseract

package ocr

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain makes of this program a worker where a pool of the tests asks for
// one.
func TestMain(m *testing.M) {
	if os.Getenv(workerEnv) != "" {
		if RunWorker(os.Stdin, os.Stdout, []string{"eng"}, 25_000_000) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

func testPool(t testing.TB) *Pool {
	t.Helper()
	t.Setenv(workerEnv, "1")
	p, err := NewPool(PoolOptions{Command: []string{os.Args[0]}, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}
