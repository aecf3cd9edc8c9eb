package local

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/remote"
)

// The names of the models that ship inside the binary.
const (
	Embedded     = embedded.Default
	EmbeddedFull = embedded.Full
	EmbeddedFast = embedded.Fast
)

// Options say which model runs, where, and within which bounds. The zero
// value runs the embedded model on the CPU.
type Options struct {
	// Model is "embedded" (or empty), its parts "embedded-fast" and
	// "embedded-full", or a directory with config.json, tokenizer.json and
	// .onnx files at the root or in onnx/.
	Model string
	// Variant names one of several graphs: "model_q4", "q4", "fp32"; empty
	// or "auto" takes the best one for the device that is there.
	Variant string
	// Device is "auto" (or empty), "cpu", "cuda" or "cuda:N"; auto is the
	// CPU.
	Device string
	// Threads share the work of one batch; 0 means one per CPU that this
	// process may use.
	Threads int

	// MaxBatchTokens bounds a batch, padding included, in tokens; 0: 2,048.
	MaxBatchTokens int
	// QueueTokens bounds what waits and runs, in tokens; 0: 131,072.
	QueueTokens int
	// QueueJobs bounds what waits and runs, in texts; 0: 4,096.
	QueueJobs int
	// CacheBytes bounds the span cache; 0: 64 MiB, negative: no cache.
	CacheBytes int64
	// Biases, if set, replace those of the model's viterbi_calibration.json.
	Biases *inference.Biases

	// Remote, if set, says on which other machines the graph runs. Model is
	// then a directory, of which only what lies beside the graph is read;
	// Variant, Device and Threads say nothing.
	Remote *remote.Options

	// OnEngineError is told the engine's own errors; see inference.Options.
	OnEngineError func(error)
}

// embedded is the name of the embedded model that is asked for, or "".
func (o Options) embedded() string {
	switch {
	case o.Model == "":
		return Embedded
	case embedded.Known(o.Model):
		return o.Model
	}
	return ""
}

// Key tells apart what Open would load: equal keys mean that a Service opened
// for one can serve the other. It covers the options, the library and, for a
// directory, the names, sizes and times of its files, so that a model that
// was replaced on disk is loaded anew. It reads no file's content and does
// not fail: what is missing is noticed by Check and Open.
func Key(o Options) string {
	h := sha256.New()
	model := o.embedded()
	if model == "" {
		model = o.Model
		if abs, err := filepath.Abs(model); err == nil {
			model = abs
		}
	}
	device := o.Device
	if d, err := onnx.ParseDevice(device); err == nil {
		device = d.String()
	}
	library, _ := onnx.FindLibrary()
	fmt.Fprintf(h, "%q %q %q %q %d %d %d %d %d\n", model, o.Variant, device, library,
		o.Threads, o.MaxBatchTokens, o.QueueTokens, o.QueueJobs, o.CacheBytes)
	if o.Biases != nil {
		fmt.Fprintf(h, "%v\n", *o.Biases)
	}
	if o.Remote != nil {
		identify(h, o.Remote)
	}
	if o.embedded() == "" {
		listFiles(h, model)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// listFiles writes what a model directory holds where models are looked for.
func listFiles(w io.Writer, dir string) {
	fsys := os.DirFS(dir)
	for _, folder := range []string{".", "onnx"} {
		entries, err := fs.ReadDir(fsys, folder) // sorted by name
		if err != nil {
			continue
		}
		for _, entry := range entries {
			// Through links: a Hugging Face cache consists of them.
			info, err := fs.Stat(fsys, filepath.ToSlash(filepath.Join(folder, entry.Name())))
			if err == nil && info.Mode().IsRegular() {
				fmt.Fprintf(w, "%q %q %d %d\n", folder, entry.Name(), info.Size(), info.ModTime().UnixNano())
			}
		}
	}
}
