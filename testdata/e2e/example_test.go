package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestCaddyfileExample runs Caddyfile.example as `make run` does, on ports
// that are free, and sends it what the README tells a newcomer to send.
func TestCaddyfileExample(t *testing.T) {
	content, err := os.ReadFile(filepath.Join(repositoryRoot(), "Caddyfile.example"))
	if err != nil {
		t.Fatal(err)
	}
	example := strings.ReplaceAll(string(content), "localhost:2019", "{ADMIN}")
	ports := make(map[string]string)
	for _, port := range []string{"8080", "8081", "8082"} {
		_, free, _ := strings.Cut(freeAddr(), ":")
		ports[port] = free
		example = strings.ReplaceAll(example, ":"+port, ":"+free)
	}
	startServer(t, example, "127.0.0.1:"+ports["8080"], "127.0.0.1:"+ports["8081"])

	cmd := exec.CommandContext(t.Context(), "curl", "--silent", "--show-error", "--max-time", "60",
		"localhost:"+ports["8080"]+"/anything", "-H", "Content-Type: application/json",
		"-d", `{"note": "Hi, this is Elena Markovic, call me on +1 628 219 4407", "n": 1.0}`)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	const want = `{"note": "Hi, this is <PRIVATE_PERSON>, call me on <PRIVATE_PHONE>", "n": 1.0}`
	if got := strings.TrimSuffix(string(out), "\n"); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
