package e2e

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// caddy runs a subcommand of privacy-filter and returns what it printed.
func caddy(t *testing.T, stdin string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, caddyBinary, append([]string{"privacy-filter"}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	var out, errs bytes.Buffer
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(stdin), &out, &errs
	err = cmd.Run()
	return out.String(), errs.String(), err
}

func writeFile(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o640); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRedact: files and pipes of every format, without a server.
func TestRedact(t *testing.T) {
	for _, f := range formats() {
		t.Run(f.name, func(t *testing.T) {
			if strings.Contains(f.contentType, "utf-16be") {
				t.Skip("a pipe has no label, and these bytes have no mark")
			}
			out, errs, err := caddy(t, f.body, "redact", "--rules-only")
			if err != nil || errs != "" {
				t.Fatalf("%v: %s", err, errs)
			}
			if out != f.want {
				t.Errorf("got  %q\nwant %q", clip([]byte(out)), clip([]byte(f.want)))
			}
		})
	}
	t.Run("a file with the embedded model", func(t *testing.T) {
		file := writeFile(t, "file.json", `{"note": "Hi, this is Elena Markovic, call me on +1 628 219 4407", "n": 1.0}`)
		out, errs, err := caddy(t, "", "redact", file)
		if err != nil || errs != "" {
			t.Fatalf("%v: %s", err, errs)
		}
		if want := `{"note": "Hi, this is <PRIVATE_PERSON>, call me on <PRIVATE_PHONE>", "n": 1.0}`; out != want {
			t.Errorf("got  %s\nwant %s", out, want)
		}
	})
	t.Run("several files in order", func(t *testing.T) {
		a, b := writeFile(t, "a.txt", canaryEmail+"\n"), writeFile(t, "b.txt", canaryIP+"\n")
		out, _, err := caddy(t, "", "redact", "--rules-only", b, a)
		if err != nil || out != "<PRIVATE_IP>\n<PRIVATE_EMAIL>\n" {
			t.Errorf("%v: %q", err, out)
		}
	})
	t.Run("in place", func(t *testing.T) {
		file := writeFile(t, "a.txt", "write to "+canaryEmail+"\n")
		out, _, err := caddy(t, "", "redact", "--rules-only", "--write", file)
		if err != nil || out != "" {
			t.Errorf("%v: %q", err, out)
		}
		got, err := os.ReadFile(file)
		if err != nil || string(got) != "write to <PRIVATE_EMAIL>\n" {
			t.Errorf("%v: %q", err, got)
		}
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	})
	t.Run("in place, or not at all", func(t *testing.T) {
		file := writeFile(t, "a.png", "\x89PNG\r\n\x1a\n\x00\x00"+canaryEmail)
		out, errs, err := caddy(t, "", "redact", "--rules-only", "--write", file)
		if err == nil || out != "" || !strings.Contains(errs, "a.png") || !strings.Contains(errs, "unsupported") {
			t.Errorf("%v: %q %q", err, out, errs)
		}
		left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), "*"))
		hidden, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*"))
		if len(left) != 1 || len(hidden) != 0 {
			t.Errorf("left behind: %v %v", left, hidden)
		}
	})
	t.Run("a policy from a Caddyfile", func(t *testing.T) {
		config := writeFile(t, "Caddyfile", "http://localhost {\n\troute {\n\t\tprivacy_filter {\n\t\t\trules_only\n\t\t\tmonitor\n\t\t\tcategory private_ip keep\n\t\t}\n\t}\n}\n")
		out, errs, err := caddy(t, canaryIP+" "+canaryEmail, "redact", "--config", config)
		if err != nil || out != canaryIP+" <PRIVATE_EMAIL>" {
			t.Errorf("%v: %q %s", err, out, errs)
		}
	})
	t.Run("a configuration without a filter", func(t *testing.T) {
		config := writeFile(t, "Caddyfile", "http://localhost {\n\trespond ok\n}\n")
		out, errs, err := caddy(t, canaryEmail, "redact", "--config", config)
		if err == nil || out != "" || !strings.Contains(errs, "no privacy_filter handler") {
			t.Errorf("%v: %q %q", err, out, errs)
		}
	})
	t.Run("a file that is not there", func(t *testing.T) {
		out, errs, err := caddy(t, "", "redact", "--rules-only", "missing.txt")
		if err == nil || out != "" || !strings.Contains(errs, "missing.txt") {
			t.Errorf("%v: %q %q", err, out, errs)
		}
	})
}

// logLine is line n of a long log, and what becomes of it.
func logLine(n int) (line, want string) {
	return fmt.Sprintf(`[%06d] INFO user=%s did "something" from %s`+"\n", n, canaryEmail, canaryIP),
		fmt.Sprintf(`[%06d] INFO user=<PRIVATE_EMAIL> did "something" from <PRIVATE_IP>`+"\n", n)
}

// TestRedactLongPipe: a log longer than max_body streams through in order,
// with memory that does not follow its length.
func TestRedactLongPipe(t *testing.T) {
	const lines = 150_000 // about 13 MB
	cmd, stdin, stdout := start(t, "redact", "--rules-only")
	go func() {
		w := bufio.NewWriter(stdin)
		for n := range lines {
			line, _ := logLine(n)
			w.WriteString(line)
		}
		w.Flush()
		stdin.Close()
	}()
	for n := range lines {
		line, err := stdout.ReadString('\n')
		if _, want := logLine(n); err != nil || line != want {
			t.Fatalf("line %d: %v\n got %q\nwant %q", n, err, line, want)
		}
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	if rss := cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss; rss > 400<<10 {
		t.Errorf("%d MiB of memory", rss>>10)
	}
}

// TestRedactStops: at the first piece that may not pass, output ends and the
// error says where and why, not what.
func TestRedactStops(t *testing.T) {
	config := writeFile(t, "Caddyfile", "http://localhost {\n\tprivacy_filter {\n\t\trules_only\n\t\tcategory account_number block\n\t}\n}\n")
	lines := make([]string, 20_000)
	for n := range lines {
		lines[n] = fmt.Sprintf("%06d nothing to see in this line of the log\n", n+1)
	}
	lines[14_999] = "015000 card " + canaryCard + "\n"
	out, errs, err := caddy(t, strings.Join(lines, ""), "redact", "--config", config)
	if err == nil {
		t.Error("the command succeeds")
	}
	var from, to int
	if _, err := fmt.Sscanf(errs, "Error: standard input: lines %d to %d: body stopped: blocked", &from, &to); err != nil || from > 15_000 || to < 15_000 || to-from > 5_000 {
		t.Errorf("it says %q", errs)
	}
	if findCanary(errs) != "" || findCanary(out) != "" {
		t.Error("it shows a canary")
	}
	if want := strings.Join(lines[:max(from-1, 0)], ""); out != want {
		t.Errorf("%d bytes came out, want the %d before line %d", len(out), len(want), from)
	}
}

// TestRedactLive: with --line-by-line, each line of a log that is still
// being written comes out before the next one is there.
func TestRedactLive(t *testing.T) {
	cmd, stdin, stdout := start(t, "redact", "--rules-only", "--line-by-line")
	for n := range 5 {
		line, want := logLine(n)
		io.WriteString(stdin, line)
		if got, err := stdout.ReadString('\n'); err != nil || got != want {
			t.Fatalf("line %d: %v\n got %q\nwant %q", n, err, got, want)
		}
	}
	stdin.Close()
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
}

// start runs a subcommand whose input stays open.
func start(t *testing.T, args ...string) (*exec.Cmd, io.WriteCloser, *bufio.Reader) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, caddyBinary, append([]string{"privacy-filter"}, args...)...)
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, stdin, bufio.NewReader(stdout)
}

// TestCommandsEndWell: a reader that leaves and a user who interrupts both
// end a command at once, and without a word.
func TestCommandsEndWell(t *testing.T) {
	t.Run("interrupted", func(t *testing.T) {
		cmd, stdin, stdout := start(t, "redact", "--rules-only", "--line-by-line")
		io.WriteString(stdin, "one line\n")
		if _, err := stdout.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		cmd.Process.Signal(os.Interrupt)
		err := cmd.Wait()
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != 130 {
			t.Errorf("ended with %v, want exit status 130", err)
		}
	})
	t.Run("nobody reads", func(t *testing.T) {
		for _, args := range [][]string{{"redact", "--rules-only"}, {"scan", "--jsonl", "--rules-only"}} {
			r, w, err := os.Pipe()
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			cmd := exec.CommandContext(ctx, caddyBinary, append([]string{"privacy-filter"}, args...)...)
			cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
			var errs bytes.Buffer
			cmd.Stdin, cmd.Stdout, cmd.Stderr = endless{}, w, &errs
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			w.Close()
			io.ReadFull(r, make([]byte, 10))
			r.Close()
			cmd.Wait()
			if ctx.Err() != nil {
				t.Errorf("%v goes on without a reader", args)
			}
			if strings.Contains(errs.String(), "panic") || findCanary(errs.String()) != "" {
				t.Errorf("%v says %s", args, errs.String())
			}
		}
	})
}

// endless is an input that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	line := `{"id":1,"text":"` + canaryEmail + `"}` + "\n"
	return copy(p, strings.Repeat(line, len(p)/len(line)+1)), nil
}

// TestScan: counts, never values.
func TestScan(t *testing.T) {
	a := writeFile(t, "a.log", strings.Repeat(canaryEmail+"\n", 3)+canaryIP+"\n")
	b := writeFile(t, "b.json", `{"nothing": "here"}`)
	out, errs, err := caddy(t, "", "scan", "--rules-only", a, b)
	want := fmt.Sprintf("%s: 3 private_email, 1 private_ip\n%s: nothing found\ntotal: 3 private_email, 1 private_ip\n", a, b)
	if err != nil || errs != "" || out != want {
		t.Errorf("%v: %s\n got %q\nwant %q", err, errs, out, want)
	}
	for _, show := range []bool{false, true} {
		args := []string{"scan", "--rules-only", "--json", a}
		if show {
			args = append(args, "--show")
		}
		out, errs, err := caddy(t, "", args...)
		if err != nil || errs != "" {
			t.Fatalf("%v: %s", err, errs)
		}
		var line struct {
			File   string
			Format string
			Found  map[string]int
			Spans  []struct {
				Start, End    int
				Label, Source string
				Score         float64
				Text          string
			}
		}
		if err := json.Unmarshal([]byte(out), &line); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if line.File != a || line.Format != "text" || line.Found["private_email"] != 3 || len(line.Spans) != 4 {
			t.Errorf("%s", out)
		}
		content, err := os.ReadFile(a)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range line.Spans {
			value := string(content[s.Start:s.End])
			if value != canaryEmail && value != canaryIP || s.Source != "rules" || s.Score <= 0 || s.Score > 1 {
				t.Errorf("span %+v is %q", s, value)
			}
			if show != (s.Text == value) {
				t.Errorf("with show=%v the text is %q", show, s.Text)
			}
		}
	}
	out, errs, err = caddy(t, "", "scan", "--rules-only", writeFile(t, "x.png", "\x89PNG\r\n\x1a\n\x00\x00"), b)
	if err == nil || !strings.Contains(errs, "x.png") || !strings.Contains(out, "nothing found") {
		t.Errorf("%v: %q %q", err, out, errs)
	}
}

// TestScanLines: the contract of scan --jsonl, with the embedded model.
func TestScanLines(t *testing.T) {
	in := `{"id": "a", "text": "☕ mail ` + canaryEmail + `"}` + "\n" +
		`{"id": {"n": 1.0}, "text": "Hi, this is Elena Markovic, call me on +1 628 219 4407"}` + "\n" +
		`{"id": 3, "text": 5}` + "\n" +
		`{"id": 12345678901234567890, "text": ""}` + "\n"
	out, _, err := caddy(t, in, "scan", "--jsonl")
	if err == nil {
		t.Error("a malformed line, and the command succeeds")
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 4 {
		t.Fatalf("%d answers: %s", len(lines), out)
	}
	if want := `{"id":"a","spans":[{"start":7,"end":40,"label":"private_email","score":`; !strings.HasPrefix(lines[0], want) {
		t.Errorf("line 1: %s", lines[0])
	}
	if !strings.HasPrefix(lines[1], `{"id":{"n": 1.0},"spans":[{"start":12,"end":26,"label":"private_person"`) || !strings.Contains(lines[1], `"start":39,"end":54,"label":"private_phone"`) {
		t.Errorf("line 2: %s", lines[1])
	}
	if !strings.HasPrefix(lines[2], `{"id":3,"error":"line 3:`) {
		t.Errorf("line 3: %s", lines[2])
	}
	if lines[3] != `{"id":12345678901234567890,"spans":[]}` {
		t.Errorf("line 4: %s", lines[3])
	}
}
