package webapp

import (
	"context"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/mask"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// finding is a span as callers see it: offsets in Unicode code points.
type finding struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Label string `json:"label"`
}

// findings translates offsets. Spans are in order and do not overlap.
func findings(text string, spans []pii.Span) []finding {
	out := make([]finding, len(spans))
	points, at := 0, 0
	count := func(to int) int {
		points += utf8.RuneCountInString(text[at:to])
		at = to
		return points
	}
	for i, s := range spans {
		out[i] = finding{Start: count(s.Start), End: count(s.End), Label: string(s.Category)}
	}
	return out
}

// counts are how many values of a category were found.
func counts(spans []pii.Span) map[string]int {
	out := make(map[string]int)
	for _, s := range spans {
		out[string(s.Category)]++
	}
	return out
}

// masked is a text with placeholders in it.
func (s *Server) masked(text string, spans []pii.Span) string {
	var out []byte
	at := 0
	for _, span := range spans {
		out = append(out, text[at:span.Start]...)
		out = s.masker.AppendText(out, text[span.Start:span.End], span.Category, mask.Action{})
		at = span.End
	}
	return string(append(out, text[at:]...))
}

// inspect finds what is personal in one text.
func (s *Server) inspect(ctx context.Context, text string) ([]pii.Span, error) {
	if text == "" {
		return nil, nil
	}
	found, err := s.find(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	return found[0], nil
}

func (s *Server) textEndpoint() gradio.Endpoint {
	return gradio.Endpoint{
		Name: "redact_text", Description: "Replaces personal data in a text by placeholders.",
		Params: []gradio.Param{{Name: "text", Example: "This is Elena Markovic, call me on +1 628 219 4407"}}, Returns: gradio.JSON,
		Run: func(ctx context.Context, c *gradio.Call) (any, error) {
			text := c.Text("text")
			spans, err := s.inspect(ctx, text)
			if err != nil {
				return nil, err
			}
			return map[string]any{"text": s.masked(text, spans), "spans": findings(text, spans), "counts": counts(spans)}, nil
		},
	}
}
