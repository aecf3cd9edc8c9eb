package caddymodule

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/score"
)

// evalJSON is the document that eval --json prints.
type evalJSON struct {
	Third            string                     `json:"third"`
	Refused          int                        `json:"refused,omitempty"` // rows left out, see evalReport
	Characters       int                        `json:"characters"`
	Seconds          float64                    `json:"seconds"`           // that the fastest round took
	ProcessorSeconds float64                    `json:"processor_seconds"` // of that round; 0 where not known
	Sources          map[string]sourceJSON      `json:"sources"`
	Mistakes         map[score.Kind][]classJSON `json:"mistakes"`
}

type sourceJSON struct {
	score.Counts
	Categories map[pii.Category]score.Counts `json:"categories"`
}

// classJSON is a class of mistakes.
type classJSON struct {
	Category pii.Category  `json:"category"`
	Shape    string        `json:"shape"`
	Context  string        `json:"context"`
	Count    int           `json:"count"`
	Examples []exampleJSON `json:"examples"`
}

// exampleJSON is where a mistake is, with its value if values are shown.
type exampleJSON struct {
	File  string  `json:"file"`
	Line  int     `json:"line"`
	Value *string `json:"value,omitempty"`
}

// printJSON writes one document, with all classes of mistakes.
func (r *evalReport) printJSON(w io.Writer) error {
	doc := evalJSON{
		Third:            r.third,
		Refused:          r.refused,
		Characters:       r.total().Characters,
		Seconds:          r.spent.wall.Seconds(),
		ProcessorSeconds: r.spent.processors.Seconds(),
		Sources:          make(map[string]sourceJSON, len(r.sources)),
		Mistakes:         make(map[score.Kind][]classJSON),
	}
	for name, result := range r.sources {
		doc.Sources[name] = sourceJSON{result.Counts, result.Categories}
	}
	for _, kind := range []score.Kind{score.Missed, score.Cut, score.False} {
		doc.Mistakes[kind] = r.classesJSON(kind)
	}
	raw, err := json.MarshalIndent(doc, "", "  ")
	if err != nil {
		return fmt.Errorf("encoding the result: %w", err)
	}
	return printLine(w, string(raw))
}

func (r *evalReport) classesJSON(kind score.Kind) []classJSON {
	classes := r.mistakes.Classes(kind)
	out := make([]classJSON, 0, len(classes)) // an empty list and not null
	for _, c := range classes {
		class := classJSON{c.Category, c.Shape, c.Context, c.Count, nil}
		for _, m := range c.Examples {
			example := exampleJSON{File: filepath.Base(m.Row.File), Line: m.Row.Line}
			if r.show {
				value := m.Row.Text[m.Span.Start:m.Span.End]
				example.Value = &value
			}
			class.Examples = append(class.Examples, example)
		}
		out = append(out, class)
	}
	return out
}
