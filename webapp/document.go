package webapp

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/document"
	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// maxDocument bounds the text of a document, in bytes.
const maxDocument = 1 << 20

func (s *Server) documentEndpoint() gradio.Endpoint {
	return gradio.Endpoint{
		Name: "analyze_document", Description: "Finds personal data in a document. Offsets are in Unicode code points.",
		Params: []gradio.Param{{Name: "file", Kind: gradio.Upload}}, Returns: gradio.JSON,
		Run: func(ctx context.Context, c *gradio.Call) (any, error) {
			c.Progress(0, 1, "documents", "Looking for personal data")
			text, found, stats, err := s.analyse(ctx, c.File("file").Data)
			if err != nil {
				return nil, err
			}
			return map[string]any{"text": text, "spans": found, "stats": map[string]any{
				"characters": utf8.RuneCountInString(text), "words": len(strings.Fields(text)),
				"spans": len(found), "counts": stats,
			}}, nil
		},
	}
}

// analyse reads a Word document or a text. PDF documents are refused: many are
// pictures of pages, in which nothing would be found.
func (s *Server) analyse(ctx context.Context, data []byte) (text string, found []finding, byCategory map[string]int, err error) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return s.analyseWord(ctx, data)
	}
	if text, err = plainText(data); err != nil {
		return "", nil, nil, err
	}
	spans, err := s.inspect(ctx, text)
	if err != nil {
		return "", nil, nil, err
	}
	return text, findings(text, spans), counts(spans), nil
}

func (s *Server) analyseWord(ctx context.Context, data []byte) (text string, found []finding, byCategory map[string]int, err error) {
	report, err := new(document.Redactor).AnalyseDOCX(ctx, data, s.find)
	switch {
	case errors.Is(err, document.ErrFormat), errors.Is(err, document.ErrPart):
		return "", nil, nil, gradio.Failure("This is no Word document that can be read here.")
	case errors.Is(err, document.ErrTooLarge):
		return "", nil, nil, gradio.Failure("The document is over the limit.")
	case err != nil:
		return "", nil, nil, err
	}
	found, byCategory = make([]finding, len(report.Findings)), make(map[string]int)
	for i, f := range report.Findings {
		found[i] = finding{Start: f.Start, End: f.End, Label: string(f.Category)}
		byCategory[string(f.Category)]++
	}
	return report.Text, found, byCategory, nil
}

// plainText is a document that is text. What is not is refused: to read it as
// text would find nothing, and say so.
func plainText(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > maxDocument:
		return "", gradio.Failure("The document is over 1 MiB of text.")
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 || bytes.HasPrefix(data, []byte("%PDF-")):
		return "", gradio.Failure("Only Word documents and text in UTF-8 can be read as a document here.")
	}
	return string(data), nil
}
