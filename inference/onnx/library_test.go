package onnx

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestLibraryFromTheEnvironmentWins(t *testing.T) {
	path := filepath.Join(t.TempDir(), "libonnxruntime.so")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(LibraryEnv, path)
	if got, err := FindLibrary(); err != nil || got != path {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestLibraryFromTheEnvironmentMayBeRelative(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.WriteFile("mine.so", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv(LibraryEnv, "mine.so")
	if got, err := FindLibrary(); err != nil || !filepath.IsAbs(got) {
		t.Errorf("got %q, %v", got, err)
	}
}

// A wrong setting is an error, not a reason to look elsewhere.
func TestLibraryFromTheEnvironmentMustExist(t *testing.T) {
	t.Setenv(LibraryEnv, filepath.Join(t.TempDir(), "nothing.so"))
	if _, err := FindLibrary(); !errors.Is(err, ErrNoLibrary) || !strings.Contains(err.Error(), LibraryEnv) {
		t.Errorf("got %v", err)
	}
}

// A library planted in the working directory must not be picked up.
func TestLibraryIsNotSearchedInTheWorkingDirectory(t *testing.T) {
	t.Setenv(LibraryEnv, "")
	dir := t.TempDir()
	t.Chdir(dir)
	for _, name := range libraryNames() {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path, err := FindLibrary()
	if err == nil && strings.HasPrefix(path, dir) {
		t.Fatalf("found %s", path)
	}
	if err != nil && !strings.Contains(err.Error(), "make native") {
		t.Errorf("the error does not say what to do: %v", err)
	}
}
