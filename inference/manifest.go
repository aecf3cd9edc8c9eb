package inference

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
)

// manifestEntry is one file of a manifest.json:
//
//	{"files": [{"path": "onnx/model.onnx", "bytes": 123, "sha256": "…"}]}
type manifestEntry struct {
	Path   string `json:"path"`
	Bytes  *int64 `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// checkManifest compares every file that the manifest lists with it, without a
// graph only those that are used, and hashes what identifies the external data
// into id.
func (m *ModelFiles) checkManifest(id io.Writer, calibrated bool) error {
	raw, err := readSideFile(m.FS, manifestFile)
	if errors.Is(err, fs.ErrNotExist) {
		return m.identifyUnlisted(id)
	}
	if err != nil {
		return err
	}
	listed, err := parseManifest(raw)
	if err != nil {
		return fmt.Errorf("reading %s: %w", manifestFile, err)
	}
	used := []string{configFile}
	if m.ONNX != "" {
		used = append(append(used, m.ONNX), m.External...)
	}
	if m.Tokenizer != nil {
		used = append(used, tokenizerFile)
	}
	if calibrated {
		used = append(used, calibrationFile)
	}
	for _, name := range used {
		if _, ok := listed[name]; !ok {
			return fmt.Errorf("%s does not list %s", manifestFile, name)
		}
	}
	for name, entry := range listed {
		if m.ONNX == "" && !slices.Contains(used, name) {
			continue
		}
		if err := checkFile(m.FS, name, entry); err != nil {
			return err
		}
	}
	for _, name := range m.External {
		fmt.Fprintln(id, name, listed[name].SHA256)
	}
	return nil
}

// identifyUnlisted stands in for hashing gigabytes at every start.
func (m *ModelFiles) identifyUnlisted(id io.Writer) error {
	for _, name := range m.External {
		info, err := fs.Stat(m.FS, name)
		if err != nil {
			return fmt.Errorf("looking for external data: %w", err)
		}
		fmt.Fprintln(id, name, info.Size(), info.ModTime().UnixNano())
	}
	return nil
}

func parseManifest(raw []byte) (map[string]manifestEntry, error) {
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	var entries []manifestEntry
	if err := json.Unmarshal(fields["files"], &entries); err != nil || len(entries) == 0 {
		return nil, errors.New("files is missing or not a list of files")
	}
	listed := make(map[string]manifestEntry, len(entries))
	for _, entry := range entries {
		if !fs.ValidPath(entry.Path) || entry.Path == "." {
			return nil, fmt.Errorf("path %q leaves the model directory or names no file", entry.Path)
		}
		if sum, err := hex.DecodeString(entry.SHA256); err != nil || len(sum) != sha256.Size {
			return nil, fmt.Errorf("sha256 of %s is not 64 hexadecimal digits", entry.Path)
		}
		if entry.Bytes == nil || *entry.Bytes < 0 {
			return nil, fmt.Errorf("bytes of %s is missing or negative", entry.Path)
		}
		if _, twice := listed[entry.Path]; twice {
			return nil, fmt.Errorf("%s is listed twice", entry.Path)
		}
		listed[entry.Path] = entry
	}
	return listed, nil
}

func checkFile(fsys fs.FS, name string, want manifestEntry) error {
	f, err := fsys.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s lists %s, which is missing", manifestFile, name)
	}
	if err != nil {
		return fmt.Errorf("opening %s: %w", name, err)
	}
	defer f.Close()
	// The size first: a download that broke off is the common damage, and
	// hashing gigabytes to say so is not needed.
	if info, err := f.Stat(); err != nil {
		return fmt.Errorf("opening %s: %w", name, err)
	} else if info.Size() != *want.Bytes {
		return fmt.Errorf("%s has %d bytes, %s says %d", name, info.Size(), manifestFile, *want.Bytes)
	}
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return fmt.Errorf("reading %s: %w", name, err)
	}
	if wanted, _ := hex.DecodeString(want.SHA256); !bytes.Equal(sum.Sum(nil), wanted) {
		return fmt.Errorf("%s does not have the sha256 that %s says", name, manifestFile)
	}
	return nil
}
