package inference

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// The files of a model directory.
const (
	configFile      = "config.json"
	tokenizerFile   = "tokenizer.json"
	calibrationFile = "viterbi_calibration.json"
	manifestFile    = "manifest.json"
)

// maxSideFile bounds the files that are read whole; the published
// tokenizer.json has 27.9 MB.
const maxSideFile = 256 << 20

// ModelFiles is a model directory that was looked through: everything that is
// needed is there, has the size and the sha256 that its manifest states, and
// parses.
type ModelFiles struct {
	FS  fs.FS  // the directory
	Dir string // its real path; empty when the model is not on disk

	Config    *Config           // parsed config.json
	Biases    Biases            // of the default operating point; zeros without a viterbi_calibration.json
	Points    map[string]Biases // of all operating points
	Tokenizer []byte            // content of tokenizer.json; nil where Config.Tokenizer names another

	ONNX     string   // name of the graph in FS, such as "onnx/model_quantized.onnx"
	External []string // names in FS of the graph's external-data files, sorted

	// ID tells models apart: a hash over the side files and the graph, and
	// for external data over the manifest's hashes or, without a manifest,
	// the sizes and times of the files.
	ID string
}

// ReadModelDir reads a model directory on disk. See ReadModelFS.
func ReadModelDir(dir, variant string) (*ModelFiles, error) {
	return readDir(dir, func(fsys fs.FS) (*ModelFiles, error) { return ReadModelFS(fsys, variant) })
}

// ReadSideDir reads a model directory whose graph runs somewhere else: graphs
// that lie there are not looked at, and ONNX is empty. ID covers only what was
// read.
func ReadSideDir(dir string) (*ModelFiles, error) {
	return readDir(dir, func(fsys fs.FS) (*ModelFiles, error) {
		m := &ModelFiles{FS: fsys}
		id := sha256.New()
		calibrated, err := m.readSides(id)
		if err != nil {
			return nil, err
		}
		if err := m.checkManifest(id, calibrated); err != nil {
			return nil, err
		}
		m.ID = hex.EncodeToString(id.Sum(nil))
		return m, nil
	})
}

func readDir(dir string, read func(fs.FS) (*ModelFiles, error)) (*ModelFiles, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("resolving the model directory: %w", err)
	}
	info, err := os.Stat(abs)
	if err != nil {
		return nil, fmt.Errorf("opening the model directory: %w", err)
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("opening the model directory: %s is not a directory", abs)
	}
	// os.DirFS follows symbolic links out of the directory, which it must: a
	// Hugging Face cache is a directory of links into a pool of blobs. What
	// keeps names inside is that fs.FS refuses "..".
	files, err := read(os.DirFS(abs))
	if err != nil {
		return nil, fmt.Errorf("%w (in %s)", err, abs)
	}
	files.Dir = abs
	return files, nil
}

// ReadModelFS reads a model laid out as Hugging Face publishes token
// classifiers: config.json, tokenizer.json unless the configuration names a
// tokenizer of ours, optionally viterbi_calibration.json, and .onnx files at the root or in onnx/.
//
// variant names a graph by its file stem ("model_q4"), by what follows
// "model_" ("q4"), or as "fp32"; "auto" or "" takes the best one for a CPU
// that is there. A manifest.json, where present, must list every file that
// is used, and every listed file is checked against it.
func ReadModelFS(fsys fs.FS, variant string) (*ModelFiles, error) {
	m := &ModelFiles{FS: fsys}
	id := sha256.New()
	calibrated, err := m.readSides(id)
	if err != nil {
		return nil, err
	}
	if m.ONNX, err = findGraph(fsys, variant); err != nil {
		return nil, err
	}
	if err := m.readGraph(id); err != nil {
		return nil, err
	}
	if err := m.checkManifest(id, calibrated); err != nil {
		return nil, err
	}
	m.ID = hex.EncodeToString(id.Sum(nil))
	return m, nil
}

// readSides reads what lies beside the graph, hashes it into id, and says
// whether there is a calibration.
func (m *ModelFiles) readSides(id io.Writer) (calibrated bool, err error) {
	config, err := readSideFile(m.FS, configFile)
	if err != nil {
		return false, err
	}
	if m.Config, err = ParseConfig(config); err != nil {
		return false, err
	}
	if m.Config.Tokenizer == "" {
		if m.Tokenizer, err = readSideFile(m.FS, tokenizerFile); err != nil {
			return false, err
		}
	}
	calibration, err := readSideFile(m.FS, calibrationFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return false, err
	default:
		if m.Points, err = ParseCalibration(calibration); err != nil {
			return false, err
		}
		m.Biases = m.Points[PointDefault]
	}
	for _, part := range [][]byte{config, m.Tokenizer, calibration} {
		sum := sha256.Sum256(part)
		id.Write(sum[:]) //nolint:errcheck // a hash never fails
	}
	return calibration != nil, nil
}

// ONNXPath is the real path of the graph, or "" when the model is not on
// disk.
func (m *ModelFiles) ONNXPath() string {
	if m.Dir == "" {
		return ""
	}
	return filepath.Join(m.Dir, filepath.FromSlash(m.ONNX))
}

// readGraph hashes the graph into id, and finds and checks the external-data
// files it points to.
func (m *ModelFiles) readGraph(id io.Writer) error {
	f, err := m.FS.Open(m.ONNX)
	if err != nil {
		return fmt.Errorf("opening %s: %w", m.ONNX, err)
	}
	defer f.Close()
	sum := sha256.New()
	tee := io.TeeReader(f, sum)
	needs, err := externalData(tee)
	if err != nil {
		return fmt.Errorf("reading %s: %w", m.ONNX, err)
	}
	if _, err := io.Copy(io.Discard, tee); err != nil {
		return fmt.Errorf("reading %s: %w", m.ONNX, err)
	}
	id.Write(sum.Sum(nil)) //nolint:errcheck // a hash never fails
	for location, bytes := range needs {
		name := path.Join(path.Dir(m.ONNX), location)
		if path.Base(location) != location || location == "." || location == ".." || !fs.ValidPath(name) {
			return fmt.Errorf("reading %s: its external data is not beside it", m.ONNX)
		}
		info, err := fs.Stat(m.FS, name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("external data %s is missing: %s needs it beside it", name, m.ONNX)
		case err != nil:
			return fmt.Errorf("looking for external data: %w", err)
		case !info.Mode().IsRegular():
			return fmt.Errorf("external data %s is not a file", name)
		case info.Size() < bytes:
			return fmt.Errorf("external data %s has %d bytes, %s needs %d", name, info.Size(), m.ONNX, bytes)
		}
		m.External = append(m.External, name)
	}
	slices.Sort(m.External)
	return nil
}

func readSideFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s is missing: %w", name, fs.ErrNotExist)
	}
	if err != nil {
		return nil, fmt.Errorf("opening %s: %w", name, err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, maxSideFile+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading %s: %w", name, err)
	case len(raw) > maxSideFile:
		return nil, fmt.Errorf("reading %s: larger than %d bytes", name, maxSideFile)
	case len(raw) == 0:
		return nil, fmt.Errorf("reading %s: the file is empty", name)
	}
	return raw, nil
}
