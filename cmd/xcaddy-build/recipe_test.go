package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// The recipe builds what go.mod, cmd/caddy and the Makefile build: the same
// Caddy, the same modules of ours, with cgo, with the same tags.
func TestRecipeKeepsStepWithTheRepository(t *testing.T) {
	b, err := readRecipe(filepath.Join(root, "xcaddy.json"))
	if err != nil {
		t.Fatal(err)
	}
	goMod := read(t, "go.mod")
	if want := submatch(t, goMod, `(?m)^\s*github\.com/caddyserver/caddy/v2 (\S+)$`); b.CaddyVersion != want {
		t.Errorf("caddy_version is %s, go.mod requires %s", b.CaddyVersion, want)
	}
	if !b.Cgo {
		t.Error(`"cgo": true is missing: xcaddy would build without the model`)
	}

	module := submatch(t, goMod, `(?m)^module (\S+)$`)
	checkout, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Replacements) != 1 || b.Replacements[0].Old.String() != module ||
		b.Replacements[0].New.String() != checkout {
		t.Errorf("replacements are %v, want %s by this checkout", b.Replacements, module)
	}

	// The plugin is the module itself: xcaddy asks the network for a package
	// below a replaced module. Its root package imports what cmd/caddy does.
	if len(b.Plugins) != 1 || b.Plugins[0].PackagePath != module || b.Plugins[0].Version == "" {
		t.Errorf("plugins are %v, want %s with any version", b.Plugins, module)
	}
	ours := regexp.MustCompile(`"` + regexp.QuoteMeta(module) + `/[^"]*"`)
	plugin := ours.FindAllString(read(t, "privacyfilter.go"), -1)
	binary := ours.FindAllString(read(t, "cmd/caddy/main.go"), -1)
	if len(plugin) == 0 || !slices.Equal(plugin, binary) {
		t.Errorf("the plugin imports %v, cmd/caddy imports %v", plugin, binary)
	}

	// Without build_flags xcaddy adds tags of its own; with them it adds nothing.
	tags := "nobadger,nomysql,nopgx"
	for _, flag := range []string{"-trimpath", tags} {
		if b.BuildFlags == "" || strings.Contains(b.BuildFlags, flag) {
			continue
		}
		t.Errorf("build_flags %q replace xcaddy's own and lack %s", b.BuildFlags, flag)
	}
	if !strings.Contains(read(t, "scripts/env.sh"), tags) {
		t.Errorf("scripts/env.sh builds with other tags than %s", tags)
	}
}

func TestReadRecipe(t *testing.T) {
	for name, test := range map[string]struct {
		json    string
		wantErr string
	}{
		"unknown key":    {`{"caddy-version": "v2.11.9"}`, "unknown field"},
		"wrong type":     {`{"cgo": "true"}`, "cannot unmarshal"},
		"trailing value": {`{"cgo": true} {}`, "more than one JSON value"},
		"empty file":     {``, "EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "xcaddy.json")
			if err := os.WriteFile(path, []byte(test.json), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := readRecipe(path); err == nil || !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("got error %v, want one with %q", err, test.wantErr)
			}
		})
	}
}

func TestReplacementsAreRelativeToTheFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "xcaddy.json")
	recipe := `{"replacements": [
		{"old": "a.example/m", "new": "./sub"},
		{"old": "b.example/m", "new": "../beside"},
		{"old": "c.example/m", "new": "/elsewhere"},
		{"old": "d.example/m", "new": "e.example/fork v1.2.3"}]}`
	if err := os.WriteFile(path, []byte(recipe), 0o600); err != nil {
		t.Fatal(err)
	}
	b, err := readRecipe(path)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(dir, "sub"), filepath.Join(filepath.Dir(dir), "beside"), "/elsewhere", "e.example/fork v1.2.3"}
	for i, r := range b.Replacements {
		if r.New.String() != want[i] {
			t.Errorf("%s is replaced by %s, want %s", r.Old, r.New, want[i])
		}
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func submatch(t *testing.T, text, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("nothing matches %s", pattern)
	}
	return m[1]
}
