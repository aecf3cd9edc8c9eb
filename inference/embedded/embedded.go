// Package embedded is the models that ship inside the binary, for everyone
// who has neither a GPU nor a 1.5 billion parameter download.
//
// It holds files and nothing else; inference/local runs them. Full is a
// fine-tune of Rampart by the National Design Studio (CC BY 4.0, see NOTICE).
// Fast is a small convolutional network over hashed features that was taught by
// it, many times as fast and less sure. Default is made of both: Fast reads every
// text, and Full those places that Fast is unsure of (cascade/cascade.json). How
// they were trained, on what, how well they do and how fast they are is in
// training/ and in the model cards there.
package embedded

import (
	"embed"
	"io/fs"
)

// The names of the models, as configurations and commands know them.
const (
	Default = "embedded"
	Full    = "embedded-full"
	Fast    = "embedded-fast"
)

// The folders always hold their README.md, so that the package compiles before
// a model was put there; local says so when it is asked for one then.
//
//go:embed all:model all:fast all:cascade
var files embed.FS

// folders are where the files of each model lie.
var folders = map[string]string{Default: "cascade", Full: "model", Fast: "fast"}

// Known says whether a model of this name may be in a build.
func Known(name string) bool { return folders[name] != "" }

// Present says whether a model was put into this build.
func Present(name string) bool {
	if name == Default {
		return Present(Full) && Present(Fast)
	}
	_, err := fs.Stat(files, folders[name]+"/config.json")
	return err == nil
}

// FS returns the directory of a model that is Known: config.json,
// viterbi_calibration.json, manifest.json, onnx/model_quantized.onnx and, for
// Full, tokenizer.json; or, for Default, cascade.json, which names two others.
func FS(name string) fs.FS {
	sub, err := fs.Sub(files, folders[name])
	if err != nil {
		panic(err) // the names are constant and valid
	}
	return sub
}
