package inference

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// cpuPreference is what "auto" tries in order: int8 runs at the speed of
// fp32 with a quarter of its memory, 4 bit several times slower (engine.md
// §4). q4f16 is not among them: on a CPU it is 14 times slower than fp32.
var cpuPreference = []string{"model_quantized", "model", "model_q4"}

// graphDirs are where graphs may lie.
var graphDirs = []string{"onnx", "."}

// findGraph returns the name of the .onnx file of a variant.
func findGraph(fsys fs.FS, variant string) (string, error) {
	stems := cpuPreference
	if variant != "" && variant != "auto" {
		stem, err := variantStem(variant)
		if err != nil {
			return "", err
		}
		stems = []string{stem}
	}
	for _, stem := range stems {
		for _, dir := range graphDirs {
			name := path.Join(dir, stem+".onnx")
			info, err := fs.Stat(fsys, name)
			switch {
			case errors.Is(err, fs.ErrNotExist):
			case err != nil:
				return "", fmt.Errorf("looking for a graph: %w", err)
			case !info.Mode().IsRegular():
				return "", fmt.Errorf("looking for a graph: %s is not a file", name)
			default:
				return name, nil
			}
		}
	}
	found := graphs(fsys)
	if len(found) == 0 {
		return "", errors.New("there is no .onnx file at the root or in onnx/")
	}
	return "", fmt.Errorf("there is no %s.onnx; there are %s", strings.Join(stems, ".onnx, "), strings.Join(found, ", "))
}

// variantStem turns what a user writes into the stem of a file name.
func variantStem(variant string) (string, error) {
	switch {
	case strings.ContainsAny(variant, `/\`) || !fs.ValidPath(variant) || variant == ".":
		return "", errors.New("the name of a variant must not be a path")
	case variant == "fp32":
		return "model", nil
	case variant == "int8":
		return "model_quantized", nil
	case variant == "model" || strings.HasPrefix(variant, "model_"):
		return variant, nil
	default:
		return "model_" + variant, nil
	}
}

func graphs(fsys fs.FS) []string {
	var found []string
	for _, dir := range graphDirs {
		names, err := fs.Glob(fsys, path.Join(dir, "*.onnx"))
		if err == nil {
			found = append(found, names...)
		}
	}
	slices.Sort(found)
	return found
}
