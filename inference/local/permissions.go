package local

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// refuseWorldWritable refuses files that any user of the machine could
// replace: a model decides what is masked. It looks at the files, at what
// their links point to, and at every folder on the way; a sticky folder such
// as /tmp is fine, since others cannot rename what is in it.
func refuseWorldWritable(paths ...string) error {
	if runtime.GOOS == "windows" {
		return nil // modes there say nothing about other users
	}
	seen := map[string]bool{}
	for _, path := range paths {
		resolved, err := filepath.EvalSymlinks(path)
		if err != nil {
			return fmt.Errorf("looking at the model's permissions: %w", err)
		}
		for _, p := range []string{path, resolved} {
			if err := refuseChain(p, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

func refuseChain(path string, seen map[string]bool) error {
	for !seen[path] {
		seen[path] = true
		info, err := os.Stat(path)
		if err != nil {
			return fmt.Errorf("looking at the model's permissions: %w", err)
		}
		const othersWrite = 0o002
		sticky := info.IsDir() && info.Mode()&os.ModeSticky != 0
		if info.Mode().Perm()&othersWrite != 0 && !sticky {
			return fmt.Errorf("%s can be written by every user of this machine, so the model in it cannot be trusted", path)
		}
		path = filepath.Dir(path)
	}
	return nil
}
