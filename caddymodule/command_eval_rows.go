package caddymodule

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// read reads the rows of files, and of the *.jsonl files of folders.
func (f *evalFlags) read(names []string) (rows []*score.Row, err error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	for _, name := range names {
		files, err := rowFiles(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for _, file := range files {
			if rows, err = f.readFile(rows, file); err != nil {
				return nil, err
			}
		}
	}
	if len(rows) == 0 {
		return nil, errors.New("there is no row to evaluate")
	}
	return rows, nil
}

// rowFiles is the file itself, or the files of rows in a folder.
func rowFiles(name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, withoutPath(err)
	}
	if !info.IsDir() {
		return []string{name}, nil
	}
	entries, err := os.ReadDir(name) // in order of names
	if err != nil {
		return nil, withoutPath(err)
	}
	var files []string
	for _, entry := range entries {
		if !entry.IsDir() && filepath.Ext(entry.Name()) == ".jsonl" {
			files = append(files, filepath.Join(name, entry.Name()))
		}
	}
	if len(files) == 0 {
		return nil, errors.New("the folder has no *.jsonl file")
	}
	return files, nil
}

// readFile appends those rows of a file that are asked for.
func (f *evalFlags) readFile(rows []*score.Row, name string) ([]*score.Row, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, withoutPath(err))
	}
	defer file.Close()
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	reader := score.NewReader(file, name)
	for {
		row, err := reader.Next()
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case err != nil:
			return nil, err
		case !f.wants(row.Index):
			continue
		}
		row.Source = cmp.Or(row.Source, base)
		rows = append(rows, row)
	}
}

// wants reports whether the row with this index in its file is asked for.
func (f *evalFlags) wants(index int) bool {
	switch f.third {
	case "validation":
		return index%3 == 0
	case "test":
		return index%3 != 0
	}
	return true
}
