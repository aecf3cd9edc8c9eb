// Package local makes a running inference.Service out of a model on this
// machine: the embedded one or a directory laid out as Hugging Face publishes
// token classifiers.
//
// It wires inference (files, queue, decoding), inference/hftokenizer and
// inference/onnx together and knows nothing of Caddy. What comes in are
// options and file names; texts go to the Service only. Loading is where a
// wrong model, device or library must be noticed: whatever Check or Open let
// pass will be trusted with every request.
package local
