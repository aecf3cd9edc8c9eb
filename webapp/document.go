package webapp

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// maxDocument bounds the text of a document, in bytes.
const maxDocument = 1 << 20

func (s *Server) documentEndpoint() gradio.Endpoint {
	return gradio.Endpoint{
		Name: "analyze_document", Description: "Finds personal data in a document. Offsets are in Unicode code points.",
		Params: []gradio.Param{{Name: "file", Kind: gradio.Upload}}, Returns: gradio.JSON,
		Run: func(ctx context.Context, c *gradio.Call) (any, error) {
			text, err := plainText(c.File("file").Data)
			if err != nil {
				return nil, err
			}
			c.Progress(0, 1, "documents", "Looking for personal data")
			spans, err := s.inspect(ctx, text)
			if err != nil {
				return nil, err
			}
			return map[string]any{"text": text, "spans": findings(text, spans), "stats": map[string]any{
				"characters": utf8.RuneCountInString(text), "words": len(strings.Fields(text)),
				"spans": len(spans), "counts": counts(spans),
			}}, nil
		},
	}
}

// plainText is a document that is text. What is not is refused: to read it as
// text would find nothing, and say so.
func plainText(data []byte) (string, error) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	switch {
	case len(data) > maxDocument:
		return "", gradio.Failure("The document is over 1 MiB of text.")
	case !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 || bytes.HasPrefix(data, []byte("%PDF-")):
		return "", gradio.Failure("Only text in UTF-8 can be read as a document here.")
	}
	return string(data), nil
}
