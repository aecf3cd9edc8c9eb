package local

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
)

// ErrNoCgo says that this program was built without cgo.
var ErrNoCgo = errors.New("this program was built without cgo and cannot run models itself: build with CGO_ENABLED=1 and a C compiler (make build)")

// ErrNoEmbedded says that this program was built before a model was put into
// inference/embedded.
var ErrNoEmbedded = errors.New("this build does not hold this embedded model; name a model directory, or put the model's files into inference/embedded and build again")

// readFiles looks through the model's files, by their manifest if they have
// one. On a GPU "auto" means half precision, else full: the quantised graphs
// have no kernels there.
func readFiles(o Options, device onnx.Device) (*inference.ModelFiles, error) {
	if !device.CUDA || o.Variant != "" && o.Variant != "auto" {
		return readVariant(o)
	}
	o.Variant = "fp16"
	files, err := readVariant(o)
	if err == nil {
		return files, nil
	}
	o.Variant = "fp32"
	files, errFull := readVariant(o)
	if errFull != nil {
		return nil, errors.Join(err, errFull)
	}
	return files, nil
}

func readVariant(o Options) (*inference.ModelFiles, error) {
	if name := o.embedded(); name != "" {
		if !embedded.Present(name) {
			return nil, ErrNoEmbedded
		}
		files, err := inference.ReadModelFS(embedded.FS(name), o.Variant)
		if err != nil {
			return nil, fmt.Errorf("reading the embedded model: %w", err)
		}
		return files, nil
	}
	files, err := inference.ReadModelDir(o.Model, o.Variant)
	if err != nil {
		return nil, err
	}
	return files, refuseWorldWritable(pathsOf(files)...)
}

// pathsOf lists the files that decide what the model does.
func pathsOf(files *inference.ModelFiles) []string {
	names := append([]string{"config.json"}, files.External...)
	if files.ONNX != "" {
		names = append(names, files.ONNX)
	}
	for _, optional := range []string{"tokenizer.json", "viterbi_calibration.json", "manifest.json"} {
		if _, err := fs.Stat(files.FS, optional); err == nil {
			names = append(names, optional)
		}
	}
	paths := make([]string, len(names))
	for i, name := range names {
		paths[i] = filepath.Join(files.Dir, filepath.FromSlash(name))
	}
	return paths
}

// modelOf says where the graph is: a file, beside which the library finds
// external data, or bytes for a model that is not on disk.
func modelOf(files *inference.ModelFiles) (onnx.Model, error) {
	if path := files.ONNXPath(); path != "" {
		return onnx.Model{Path: path}, nil
	}
	data, err := fs.ReadFile(files.FS, files.ONNX)
	if err != nil {
		return onnx.Model{}, fmt.Errorf("reading the graph: %w", err)
	}
	return onnx.Model{Data: data}, nil
}

// checkGraph refuses a graph that does not fit the configuration or the
// device, from its structure alone.
func checkGraph(m onnx.Model, files *inference.ModelFiles, features onnx.Input, device onnx.Device) error {
	graph, err := readGraph(m)
	if err != nil {
		return fmt.Errorf("reading %s: %w", files.ONNX, err)
	}
	if err := errors.Join(graph.Fits(files.Config.Labels.Classes(), features), graph.RunsOn(device)); err != nil {
		return fmt.Errorf("checking %s: %w", files.ONNX, err)
	}
	return nil
}

func readGraph(m onnx.Model) (*onnx.Graph, error) {
	if m.Data != nil {
		return onnx.ReadGraph(bytes.NewReader(m.Data), int64(len(m.Data)))
	}
	f, err := os.Open(m.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return onnx.ReadGraph(f, info.Size())
}
