package privacyfilter_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2/caddyconfig"
	_ "github.com/caddyserver/caddy/v2/modules/standard"

	"github.com/caddyprivacy/privacyfilter/caddymodule"
)

func adapt(caddyfile string) error {
	_, _, err := caddyconfig.GetAdapter("caddyfile").Adapt([]byte(caddyfile), map[string]any{"filename": "Caddyfile"})
	return err
}

// Every Caddyfile that users may copy is one that Caddy reads.
func TestCaddyfilesInDocumentsAreRead(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```caddyfile\n(.*?)```").FindAllStringSubmatch(document(t, "README.md"), -1)
	if len(blocks) == 0 {
		t.Error("README.md shows no Caddyfile")
	}
	for i, block := range blocks {
		if err := adapt(block[1]); err != nil {
			t.Errorf("Caddyfile %d of README.md: %v", i+1, err)
		}
	}
	for _, name := range []string{"Caddyfile.example", "deploy/Caddyfile"} {
		if err := adapt(document(t, name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// README.md lists the options that there are: all of them and no other.
func TestReadmeListsTheOptions(t *testing.T) {
	readme := document(t, "README.md")
	for _, section := range []struct {
		heading string
		module  any
		block   string // a Caddyfile with the option in it
	}{
		{"### The directive", caddymodule.Handler{}, ":80 {\n privacy_filter {\n  %s\n }\n}"},
		{"### Caddy's own logs", caddymodule.LogWriter{}, ":80 {\n log {\n  output privacy_filter {\n   %s\n  }\n }\n}"},
		{"## The page", caddymodule.WebApp{}, ":80 {\n privacy_filter_webapp {\n  %s\n }\n}"},
		{"### Global options", caddymodule.App{}, "{\n privacy_filter {\n  %s\n }\n}"},
	} {
		_, text, found := strings.Cut(readme, section.heading+"\n")
		if !found {
			t.Fatalf("README.md has no section %q", section.heading)
		}
		text, _, _ = strings.Cut(text, "\n##")
		listed := map[string]bool{}
		for _, row := range regexp.MustCompile("(?m)^\\| (`[a-z_ <>`,]+`) \\|").FindAllStringSubmatch(text, -1) {
			for option := range strings.SplitSeq(row[1], ", ") {
				name, _, _ := strings.Cut(strings.Trim(option, "`"), " ")
				listed[name] = true
				err := adapt(fmt.Sprintf(section.block, name))
				if err != nil && (strings.Contains(err.Error(), "unrecognized") || strings.Contains(err.Error(), "not available")) {
					t.Errorf("README.md lists %s: %v", name, err)
				}
			}
		}
		for name := range jsonNames(section.module) {
			// These have another name in the Caddyfile, or share an option.
			name = strings.NewReplacer("categories", "category", "variant", "model", "targets", "target", "writer", "output", "remote", "engine").Replace(name)
			if !listed[name] {
				t.Errorf("README.md, %s: %s is missing", section.heading, name)
			}
		}
	}
}

// The tests that ARCHITECTURE.md names as the proof of an invariant exist.
func TestArchitectureNamesRealTests(t *testing.T) {
	declared := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		for _, f := range regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)`).FindAllStringSubmatch(document(t, path), -1) {
			declared[f[1]] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Z]\\w+)`").FindAllStringSubmatch(document(t, "ARCHITECTURE.md"), -1)
	if len(named) == 0 {
		t.Error("ARCHITECTURE.md names no test")
	}
	for _, name := range named {
		if !declared[name[1]] {
			t.Errorf("ARCHITECTURE.md names %s, which does not exist", name[1])
		}
	}
}

// Links between documents lead somewhere.
func TestLinksInDocumentsAreAlive(t *testing.T) {
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"} {
		for _, link := range regexp.MustCompile(`\]\(([^)#:]+)\)`).FindAllStringSubmatch(document(t, name), -1) {
			if _, err := os.Stat(link[1]); err != nil {
				t.Errorf("%s links to %s, which is missing", name, link[1])
			}
		}
	}
}

func jsonNames(module any) map[string]bool {
	names := map[string]bool{}
	for _, field := range reflect.VisibleFields(reflect.TypeOf(module)) {
		if tag, ok := field.Tag.Lookup("json"); ok && tag != "-" {
			name, _, _ := strings.Cut(tag, ",")
			names[name] = true
		}
	}
	return names
}

func document(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
