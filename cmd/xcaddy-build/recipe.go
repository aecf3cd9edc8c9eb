package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/caddyserver/xcaddy"
)

// readRecipe reads a Builder from a JSON file. Unknown keys are errors, since
// xcaddy would ignore a misspelt one silently. Replacements that are paths are
// relative to the file, whatever directory the command runs in.
func readRecipe(path string) (xcaddy.Builder, error) {
	var b xcaddy.Builder
	data, err := os.ReadFile(path)
	if err != nil {
		return b, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b); err != nil {
		return b, fmt.Errorf("reading %s: %w", path, err)
	}
	if err := dec.Decode(new(any)); !errors.Is(err, io.EOF) {
		return b, fmt.Errorf("reading %s: more than one JSON value", path)
	}
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return b, err
	}
	for i, r := range b.Replacements {
		if to := r.New.String(); to == "." || strings.HasPrefix(to, "./") || strings.HasPrefix(to, "../") {
			b.Replacements[i] = xcaddy.NewReplace(r.Old.String(), filepath.Join(dir, to))
		}
	}
	return b, nil
}
