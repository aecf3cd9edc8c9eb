package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The table is what the pinned module says, byte for byte.
func TestTableIsThatOfThePinnedModule(t *testing.T) {
	dir, version, err := pinned(filepath.FromSlash("../../../../tools"))
	if err != nil {
		t.Fatal(err)
	}
	if dir == "" {
		t.Skipf("%s %s is not in the module cache", module, version)
	}
	want, err := render(dir, version)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../table.go")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("table.go is not what go generate makes of the pinned module")
	}
	license, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
	if err != nil {
		t.Fatal(err)
	}
	if ours, err := os.ReadFile("../LICENSE"); err != nil || !bytes.Equal(ours, license) {
		t.Error("LICENSE is not that of the pinned module")
	}
}
