//go:build cgo

package onnx

import (
	"errors"
	"fmt"
	"os"
	"sync"

	ort "github.com/yalue/onnxruntime_go"
)

// environment is the process-wide state of the C library. It is initialised
// once and never destroyed: destroying it unloads the library, and any
// session, tensor or option freed later would then crash the process.
var environment struct {
	sync.Mutex
	library string // path of the loaded library, "" before
}

// initialize loads the library at path, or checks that the one already loaded
// is the same: two versions cannot live in one process.
func initialize(path string) error {
	environment.Lock()
	defer environment.Unlock()
	if environment.library == path {
		return nil
	}
	if environment.library != "" {
		return fmt.Errorf("another ONNX Runtime library is already loaded: %s", environment.library)
	}
	// The library reads it while the environment is being created; its own
	// DisableTelemetryEvents comes too late (microsoft/onnxruntime#27379).
	if err := os.Setenv("ORT_DISABLE_TELEMETRY", "1"); err != nil {
		return fmt.Errorf("switching off telemetry: %w", err)
	}
	ort.SetSharedLibraryPath(path)
	// Its messages go to standard error and may quote input; what fails
	// comes back as a status anyway.
	if err := ort.InitializeEnvironment(ort.WithLogLevelFatal()); err != nil {
		if !ort.IsInitialized() {
			return fmt.Errorf("loading ONNX Runtime (at least 1.28 is needed): %w", err)
		}
		return errors.Join(errors.New("initialising ONNX Runtime"), err)
	}
	environment.library = path
	return nil
}

// Version returns the version of the loaded library, or "" before the first
// Open.
func Version() string {
	environment.Lock()
	defer environment.Unlock()
	if environment.library == "" {
		return ""
	}
	return ort.GetVersion()
}
