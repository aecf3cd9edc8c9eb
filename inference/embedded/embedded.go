// Package embedded is the model that ships inside the binary, for everyone
// who has neither a GPU nor a 1.5 billion parameter download.
//
// It holds files and nothing else; inference/local runs them. The model is a
// fine-tune of Rampart by the National Design Studio (CC BY 4.0, see NOTICE);
// how it was trained, on what, and how well it does is in training/ and in
// the model card there.
package embedded

import (
	"embed"
	"io/fs"
)

// The folder always holds its README.md, so that the package compiles before
// a model was put there; local says so when it is asked for one then.
//
//go:embed all:model
var files embed.FS

// FS returns the model's directory: config.json, tokenizer.json,
// viterbi_calibration.json, manifest.json and onnx/model_quantized.onnx.
func FS() fs.FS {
	sub, err := fs.Sub(files, "model")
	if err != nil {
		panic(err) // the name is constant and valid
	}
	return sub
}

// Present says whether a model was put into this build.
func Present() bool {
	_, err := fs.Stat(files, "model/config.json")
	return err == nil
}
