package score

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Row is a text with what a person marked in it.
type Row struct {
	Text   string
	Marked []pii.Span // in byte offsets, sorted, none twice; they may overlap
	Source string     // what the row says of its source, or ""
	File   string     // the input, as the caller calls it
	Line   int        // of the input, from 1
	Index  int        // of the row in the input, from 0; blank lines are no rows
}

// RowError says which line cannot be read, and why. It quotes nothing.
type RowError struct {
	File   string
	Line   int
	Reason string
}

func (e *RowError) Error() string { return fmt.Sprintf("%s: line %d: %s", e.File, e.Line, e.Reason) }

// Reader reads rows from JSON Lines. The marked spans of a row may be given as
// openai/privacy-filter's tools read and write them, or as ours do, always in
// Unicode code points, with the end after the last:
//
//	{"text": "…", "spans": {"private_person: Ann": [[3, 6]]}, "info": {"source": "mail"}}
//	{"text": "…", "spans": {"private_person": [[3, 6]]}}
//	{"text": "…", "label": [{"category": "private_person", "start": 3, "end": 6}]}
//	{"text": "…", "detected_spans": [{"label": "private_person", "start": 3, "end": 6}]}
//	{"id": 7, "text": "…", "spans": [{"label": "private_person", "start": 3, "end": 6}], "source": "mail"}
//
// Further members are ignored. A row without spans must say so with an empty
// list: one that says nothing was perhaps never looked at.
type Reader struct {
	in   *bufio.Reader
	file string
	line int
	rows int
}

// NewReader reads from in, and more than it gives out. File is what rows and
// errors call it.
func NewReader(in io.Reader, file string) *Reader {
	return &Reader{in: bufio.NewReaderSize(in, 64<<10), file: file}
}

// Next returns the next row, or io.EOF. An error of the text is a *RowError.
func (r *Reader) Next() (*Row, error) {
	for {
		raw, err := r.in.ReadBytes('\n')
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case len(raw) == 0:
			return nil, io.EOF
		}
		r.line++
		if r.line == 1 {
			raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		}
		if raw = bytes.TrimSpace(raw); len(raw) == 0 {
			continue
		}
		row, err := parseRow(raw)
		if err != nil {
			return nil, &RowError{r.file, r.line, err.Error()}
		}
		row.File, row.Line, row.Index = r.file, r.line, r.rows
		r.rows++
		return row, nil
	}
}

// parseRow reads one line. Errors of encoding/json quote it and stay here.
func parseRow(raw []byte) (*Row, error) {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		return nil, errors.New("not a JSON object")
	}
	row := new(Row)
	if text := fields["text"]; len(text) == 0 || text[0] != '"' || json.Unmarshal(text, &row.Text) != nil {
		return nil, errors.New(`no "text" that is a string`)
	}
	row.Source = source(fields)
	for _, name := range []string{"spans", "label", "detected_spans"} {
		value, ok := fields[name]
		if !ok {
			continue
		}
		marks, err := parseMarks(value)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
		if row.Marked, err = locate(row.Text, marks); err != nil {
			return nil, fmt.Errorf("%q: %w", name, err)
		}
		return row, nil
	}
	return nil, errors.New(`nothing is marked: want "spans" or "label", empty if there is nothing to mark`)
}

// sourceName is what a source may be called in a table.
var sourceName = regexp.MustCompile(`^[\pL\pN._/+-][\pL\pN._/+ -]{0,63}$`)

// source is what the row, or its info, says of where it is from. Anything that
// is no name is ignored.
func source(fields map[string]json.RawMessage) (name string) {
	var info map[string]json.RawMessage
	_ = json.Unmarshal(fields["info"], &info)
	for _, value := range []json.RawMessage{fields["source"], info["source"]} {
		if json.Unmarshal(value, &name) == nil && sourceName.MatchString(name) {
			return name
		}
	}
	return ""
}

// mark is a marked span in code points.
type mark struct {
	Label    string `json:"label"`
	Category string `json:"category"`
	Start    *int   `json:"start"`
	End      *int   `json:"end"`
}

var errMarks = errors.New("want a list of spans with label, start and end, or lists of [start, end] by label")

// parseMarks reads a list of spans, or lists of ranges by label.
func parseMarks(value json.RawMessage) (marks []mark, err error) {
	switch value[0] {
	case '[':
		if json.Unmarshal(value, &marks) != nil {
			return nil, errMarks
		}
	case '{':
		var byLabel map[string][][]int
		if json.Unmarshal(value, &byLabel) != nil {
			return nil, errMarks
		}
		for key, ranges := range byLabel {
			label, _, _ := strings.Cut(key, ":") // then the value itself
			for _, r := range ranges {
				if len(r) != 2 {
					return nil, errMarks
				}
				marks = append(marks, mark{Label: label, Start: &r[0], End: &r[1]})
			}
		}
	default:
		return nil, errMarks
	}
	return marks, nil
}

// labelName is what a category may be called.
var labelName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_.-]{0,63}$`)

// locate turns marks into spans of bytes.
func locate(text string, marks []mark) ([]pii.Span, error) {
	if len(marks) == 0 {
		return nil, nil
	}
	offsets := make([]int, 0, len(text)+1) // byte offset of each code point
	for i := range text {
		offsets = append(offsets, i)
	}
	offsets = append(offsets, len(text))
	spans := make([]pii.Span, len(marks))
	for i, m := range marks {
		label := m.Label
		if label == "" {
			label = m.Category
		}
		switch {
		case !labelName.MatchString(label):
			return nil, errors.New("a span's label is no name of a category")
		case m.Start == nil || m.End == nil:
			return nil, errMarks
		case *m.Start < 0 || *m.Start >= *m.End || *m.End >= len(offsets):
			return nil, fmt.Errorf("a span from %d to %d does not fit a text of %d code points", *m.Start, *m.End, len(offsets)-1)
		}
		spans[i] = pii.Span{Start: offsets[*m.Start], End: offsets[*m.End], Category: pii.Category(label)}
	}
	slices.SortFunc(spans, func(a, b pii.Span) int {
		if a.Start != b.Start {
			return a.Start - b.Start
		}
		if a.End != b.End {
			return b.End - a.End
		}
		return strings.Compare(string(a.Category), string(b.Category))
	})
	return slices.Compact(spans), nil
}
