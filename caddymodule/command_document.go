package caddymodule

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/document"
	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// documentBytes is how large a document may be, whatever max_body says of
// bodies: pictures are most of it.
const documentBytes = 64 << 20

// isDocument tells by its name a file that is unpacked and not just read.
func isDocument(name string) bool {
	return isPDF(name) || slices.Contains([]string{".docx", ".dotx"}, strings.ToLower(filepath.Ext(name)))
}

func isPDF(name string) bool { return strings.EqualFold(filepath.Ext(name), ".pdf") }

// errNoReader: the text of a PDF document need not be what its pages show.
var errNoReader = errors.New("PDF documents need images redact, and a program built with Tesseract")

// document writes a document without what the policy covers.
func (r *redaction) document(ctx context.Context, in io.Reader, out io.Writer) (changed bool, err error) {
	data, err := io.ReadAll(io.LimitReader(in, documentBytes+1))
	if err != nil {
		return false, withoutPath(err)
	}
	var redacted []byte
	var failed error // one that says which rule of the document was broken
	err = silently(ctx, func() error {
		if redacted, err = r.rewrite(ctx, data); known(err) {
			failed, err = err, nil
		}
		return err
	})
	if err = errors.Join(failed, err); err != nil {
		return false, err
	}
	if _, err := out.Write(redacted); err != nil {
		return false, fmt.Errorf("writing: %w", withoutPath(err))
	}
	return true, nil
}

func (r *redaction) rewrite(ctx context.Context, data []byte) (redacted []byte, err error) {
	if isPDF(r.name) {
		if r.pictures == nil {
			return nil, errNoReader
		}
		redacted, _, err = r.pdf.RedactPDF(ctx, data, r.covered)
		return redacted, err
	}
	redactor := &document.Redactor{
		Limits:      document.Limits{Bytes: documentBytes},
		Image:       r.embedded,
		Placeholder: r.filter.Placeholder,
	}
	redacted, _, err = redactor.RedactDOCX(ctx, data, r.covered)
	return redacted, err
}

// known reports an error of documents, which are sentences of ours.
func known(err error) bool {
	return slices.ContainsFunc([]error{document.ErrFormat, document.ErrTooLarge, document.ErrPart, document.ErrResidue, document.ErrEngine, errNoReader},
		func(e error) bool { return errors.Is(err, e) })
}

// covered finds what the policy covers.
func (p *pipeline) covered(ctx context.Context, texts []string) (spans [][]pii.Span, err error) {
	err = p.withRoom(ctx, func() (err error) {
		spans, err = p.filter.Cover(ctx, p.model, texts)
		return err
	})
	return spans, err
}

// embedded redacts a picture in a document as one in a file.
func (p *pipeline) embedded(ctx context.Context, data []byte) ([]byte, error) {
	res, err := p.process(ctx, filter.Message{Body: data})
	if err != nil {
		return nil, document.ErrPart
	}
	return res.Body, nil
}
