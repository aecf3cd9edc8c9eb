package onnxtest

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// LibraryEnv is onnx.LibraryEnv, repeated so that onnx's own tests can
// import this package.
const LibraryEnv = "PRIVACY_FILTER_ONNXRUNTIME"

// SetLibrary points LibraryEnv at the library that `make native` put below the
// repository, unless the environment already names one. It is for TestMain:
// where the library is missing, tests that need it must fail, not skip, since
// a green run has to mean that the real thing ran.
func SetLibrary() error {
	if os.Getenv(LibraryEnv) != "" {
		return nil
	}
	path := NativeFile(libraryName())
	if path == "" {
		return fmt.Errorf("no %s below .native: run `make native`, or let %s name it", libraryName(), LibraryEnv)
	}
	return os.Setenv(LibraryEnv, path)
}

// NativeFile returns the path of a file in .native/<os>-<arch> of the
// repository that holds the working directory, or "".
func NativeFile(name string) string {
	dir, err := os.Getwd()
	if err != nil {
		return ""
	}
	for {
		path := filepath.Join(dir, ".native", runtime.GOOS+"-"+runtime.GOARCH, name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
		up := filepath.Dir(dir)
		if up == dir {
			return ""
		}
		dir = up
	}
}

func libraryName() string {
	if runtime.GOOS == "darwin" {
		return "libonnxruntime.dylib"
	}
	return "libonnxruntime.so"
}
