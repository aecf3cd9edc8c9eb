package document

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/klippa-app/go-pdfium"

	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// ErrEngine: PDF documents cannot be read by this process now.
var ErrEngine = errors.New("PDF documents cannot be read")

// PDF takes personal data out of PDF documents. It is safe for concurrent use;
// Close it at the end.
type PDF struct {
	// Read finds what is personal in the picture of a page, as the Analyse of
	// an ocr.Redactor does. Every page is read so, beside its text: what a
	// page shows and what its text says need not be the same. Must be set.
	Read func(ctx context.Context, png []byte, find Find) ([]ocr.Box, error)
	// Placeholder stands for a value in the text of the new document; nil
	// writes <category>.
	Placeholder func(category pii.Category, value string) string

	Bytes     int           // of a file; 0: 64 MiB
	Pages     int           // of a document; 0: 500
	Time      time.Duration // for a document; 0: 10 minutes
	DPI       int           // of the pictures that pages become; 0: 150
	Documents int           // at the same time; 0: 2

	engine engine
}

// Close ends the engine. No document must be in work.
func (p *PDF) Close() {
	p.engine.once.Do(func() { p.engine.err = ErrEngine })
	if p.engine.pool != nil {
		_ = p.engine.pool.Close()
	}
}

// AnalysePDF finds what is personal in the text of a document, in one pass
// over all pages. Pictures of pages are not read.
func (p *PDF) AnalysePDF(ctx context.Context, data []byte, find Find) (*Report, error) {
	var d *pdfDocument
	err := p.open(ctx, data, func(ctx context.Context, o *opened) (err error) {
		d, err = o.read(ctx, find)
		return err
	})
	if err != nil {
		return nil, err
	}
	return d.report(), nil
}

// RedactPDF makes a new document of the pictures of all pages, with what is
// personal painted over and the remaining text, invisible, for those who
// search. Nothing else of the old one is kept: no objects, forms, scripts,
// attachments, metadata or older versions. The new document was read again;
// one that still holds a value is ErrResidue. An error means that the document
// must not pass: one of this package's, or that of find, Read or ctx.
func (p *PDF) RedactPDF(ctx context.Context, data []byte, find Find) ([]byte, *Report, error) {
	if p.Read == nil {
		return nil, nil, ErrEngine
	}
	var d *pdfDocument
	var w pdfWriter
	err := p.open(ctx, data, func(ctx context.Context, o *opened) (err error) {
		if d, err = o.read(ctx, find); err != nil {
			return err
		}
		for i := range d.pages {
			if err := o.rebuild(ctx, d, i, find, &w); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	out := w.finish()
	if err := p.verify(ctx, out, d); err != nil {
		return nil, nil, err
	}
	return out, d.report(), nil
}

// verify reads the new document and looks for every value.
func (p *PDF) verify(ctx context.Context, data []byte, d *pdfDocument) error {
	gone := &residue{d.gone, d.placeholders()}
	return p.open(ctx, data, func(ctx context.Context, o *opened) error {
		again, err := o.text(ctx)
		if err != nil || len(again.pages) != len(d.pages) || gone.remain(again.text.String()) {
			return ErrResidue
		}
		return nil
	})
}

// open opens a document in an instance of its own.
func (p *PDF) open(ctx context.Context, data []byte, run func(context.Context, *opened) error) error {
	limit, patience := p.Bytes, p.Time
	if limit <= 0 {
		limit = 64 << 20
	}
	if patience <= 0 {
		patience = 10 * time.Minute
	}
	if len(data) > limit {
		return ErrTooLarge
	}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return ErrFormat // a reader that skips what is before it reads another file
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return p.engine.with(ctx, max(p.Documents, 2), func(instance pdfium.Pdfium) error {
		o, err := openPDF(p, instance, data)
		if err != nil {
			return err
		}
		return run(ctx, o)
	})
}

// pdfDocument is the text of a document and where its characters stand.
type pdfDocument struct {
	*PDF
	text  strings.Builder
	pages []pdfPage
	spans []pii.Span
	gone  values
}

// pdfPage is one page; its text is a stretch of the document's.
type pdfPage struct {
	width, height float64 // points, as it is shown
	chars         []pdfChar
	end           int // of its text
}

// pdfChar is a character. Blanks that the engine adds have an empty box.
type pdfChar struct {
	start, end int // bytes of the document's text
	box        Rect
}

func (d *pdfDocument) placeholder(c pii.Category, value string) string {
	return (&Redactor{Placeholder: d.Placeholder}).placeholder(c, value)
}

func (d *pdfDocument) placeholders() *strings.Replacer {
	seen := make(map[string]bool)
	var pairs []string
	for _, s := range d.spans {
		if p := d.placeholder(s.Category, d.text.String()[s.Start:s.End]); p != "" && !seen[p] {
			seen[p] = true
			pairs = append(pairs, p, "\n")
		}
	}
	return strings.NewReplacer(pairs...)
}

func (d *pdfDocument) report() *Report {
	r := describe(d.text.String(), d.spans)
	page := 0
	for i, s := range d.spans {
		f := &r.Findings[i]
		for page < len(d.pages)-1 && s.Start > d.pages[page].end {
			page++
		}
		f.Page = page + 1
		for _, c := range d.pages[page].chars {
			if c.end > s.Start && c.start < s.End && !c.box.empty() {
				f.Boxes = append(f.Boxes, c.box)
			}
		}
	}
	r.Parts = len(d.pages)
	return r
}
