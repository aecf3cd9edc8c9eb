package onnx

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// LibraryEnv names the environment variable that says which ONNX Runtime
// library to load, as a path to the file.
const LibraryEnv = "PRIVACY_FILTER_ONNXRUNTIME"

// ErrNoLibrary says that no ONNX Runtime library was found.
var ErrNoLibrary = errors.New("the ONNX Runtime library is missing")

// FindLibrary returns the path of the ONNX Runtime library: the file that
// LibraryEnv names, else the first of libonnxruntime.so, .so.1 or .dylib
// beside the executable, in ../lib and ../.native/<os>-<arch> from there, and
// in the system's library folders. The working directory is never searched: it may belong to someone
// else. The error says what was tried.
func FindLibrary() (string, error) {
	if path := os.Getenv(LibraryEnv); path != "" {
		if !isFile(path) {
			return "", fmt.Errorf("%w: %s names %s, which is not a file", ErrNoLibrary, LibraryEnv, path)
		}
		// A name without a slash would send the loader to the system's folders.
		return filepath.Abs(path)
	}
	folders := libraryFolders()
	for _, folder := range folders {
		for _, name := range libraryNames() {
			if path := filepath.Join(folder, name); isFile(path) {
				return path, nil
			}
		}
	}
	return "", fmt.Errorf("%w: looked for %s in %s; run `make native`, or let %s name the file",
		ErrNoLibrary, strings.Join(libraryNames(), ", "), strings.Join(folders, ", "), LibraryEnv)
}

func libraryNames() []string {
	if runtime.GOOS == "darwin" {
		return []string{"libonnxruntime.dylib"}
	}
	return []string{"libonnxruntime.so", "libonnxruntime.so.1"}
}

func libraryFolders() []string {
	var folders []string
	if exe, err := os.Executable(); err == nil {
		if resolved, err := filepath.EvalSymlinks(exe); err == nil {
			exe = resolved
		}
		dir := filepath.Dir(exe)
		up := filepath.Dir(dir)
		folders = append(folders, dir, filepath.Join(up, "lib"),
			filepath.Join(up, ".native", runtime.GOOS+"-"+runtime.GOARCH)) // bin/caddy in a checkout
	}
	folders = append(folders, "/usr/local/lib", "/usr/lib")
	if triplet := map[string]string{
		"linux/amd64": "x86_64-linux-gnu",
		"linux/arm64": "aarch64-linux-gnu",
	}[runtime.GOOS+"/"+runtime.GOARCH]; triplet != "" {
		folders = append(folders, "/usr/lib/"+triplet)
	}
	return folders
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
