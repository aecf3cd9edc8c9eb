// Package document takes what is personal out of documents: the whole text of
// one in a single logical pass, spans back to the places they came from, and a
// new document without them that was read again before it is handed out.
//
// What may come in: containers, their text, and where in them it stands. What
// must never: HTTP, policy, detection (a Find is asked), and any error with
// text of a document or a name of one of its parts in it.
package document

import (
	"context"
	"errors"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Errors of documents. None says what is in them.
var (
	// ErrFormat: not a document of a kind that is read here, or a broken one.
	ErrFormat = errors.New("not a document that can be read")
	// ErrTooLarge: more parts, bytes or nesting than are read.
	ErrTooLarge = errors.New("the document is over the limit")
	// ErrPart: the document holds something that cannot be read, such as
	// macros, objects of other programs, or a picture nobody reads.
	ErrPart = errors.New("a part of the document cannot be read")
	// ErrResidue: the new document, read again, still held a value.
	ErrResidue = errors.New("a value could not be removed from the document")
)

// Find looks for personal data in texts; spans are in bytes of each.
type Find func(ctx context.Context, texts []string) ([][]pii.Span, error)

// Limits bound what is read. The zero value is the default of each.
type Limits struct {
	Bytes   int64 // of the file; 0: 64 MiB
	Entries int   // of all archives together; 0: 4,096
	Total   int64 // bytes of all parts when unpacked; 0: 256 MiB
	Ratio   int64 // unpacked to packed bytes of a part beyond 1 MiB; 0: 200
	Depth   int   // of elements in a part; 0: 512
}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	if l.Entries <= 0 {
		l.Entries = 4096
	}
	if l.Total <= 0 {
		l.Total = 256 << 20
	}
	if l.Ratio <= 0 {
		l.Ratio = 200
	}
	if l.Depth <= 0 {
		l.Depth = 512
	}
	return l
}

// Redactor takes personal data out of documents. It is safe for concurrent use.
type Redactor struct {
	Limits Limits
	// Image redacts an embedded picture and answers in the same format. If it
	// is nil, a document that holds a picture is ErrPart. Its errors are
	// returned as they are.
	Image func(ctx context.Context, data []byte) ([]byte, error)
	// Placeholder stands for a value; nil writes <category>.
	Placeholder func(category pii.Category, value string) string
}

func (r *Redactor) placeholder(category pii.Category, value string) string {
	if r.Placeholder == nil {
		return "<" + string(category) + ">"
	}
	return r.Placeholder(category, value)
}

// Finding is personal data in the text of a document.
type Finding struct {
	Start, End int // Unicode code points of Report.Text
	Category   pii.Category
	Score      float32
	Part       string // of a package, where it begins, such as word/header1.xml; for people, never for logs
	Page       int    // of a PDF document, where it begins, from 1
	Boxes      []Rect // of its characters on that page
}

// Report is what was found in a document. It holds the document's text.
type Report struct {
	Text     string    // all of it, as it was
	Findings []Finding // sorted, without overlaps
	Parts    int       // that were read, or pages
	Pictures int       // that were handed to Image
}

// Counts are the findings by category.
func (r *Report) Counts() map[pii.Category]int {
	counts := make(map[pii.Category]int)
	for _, f := range r.Findings {
		counts[f.Category]++
	}
	return counts
}
