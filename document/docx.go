package document

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// word is a Word document that was read.
type word struct {
	*Redactor
	archive *archive
	walker
	report *Report
	spans  []pii.Span // in bytes of the text
	gone   values
}

// AnalyseDOCX finds what is personal in the text of a Word document. Embedded
// pictures are not read.
func (r *Redactor) AnalyseDOCX(ctx context.Context, data []byte, find Find) (*Report, error) {
	w, err := r.openDOCX(ctx, data, find)
	if err != nil {
		return nil, err
	}
	return w.report, nil
}

// RedactDOCX writes a Word document without what is personal in it: in its
// text, headers, notes, comments, fields, links, properties and pictures.
// Authors, tracked deletions, XML comments, embedded fonts, the thumbnail and
// signatures go always. The new document was read again; one that still holds
// a value is ErrResidue. An error means that the document must not pass: one
// of this package's, or that of find or Image.
func (r *Redactor) RedactDOCX(ctx context.Context, data []byte, find Find) ([]byte, *Report, error) {
	w, err := r.openDOCX(ctx, data, find)
	if err != nil {
		return nil, nil, err
	}
	placeholders := w.cover()
	if err := w.redactPictures(ctx); err != nil {
		return nil, nil, err
	}
	out, err := w.archive.zip()
	if err != nil {
		return nil, nil, err
	}
	if err := (&residue{w.gone, placeholders}).verify(out); err != nil {
		return nil, nil, err
	}
	return out, w.report, nil
}

func (r *Redactor) openDOCX(ctx context.Context, data []byte, find Find) (*word, error) {
	b := budget{r.Limits.withDefaults()}
	if int64(len(data)) > b.Bytes {
		return nil, ErrTooLarge
	}
	a, err := b.open(data, 0)
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(a.find("[Content_Types].xml").data, []byte("wordprocessingml")) {
		return nil, ErrFormat
	}
	w := &word{Redactor: r, archive: a, gone: make(values)}
	w.walker.archive(a)
	if err := w.find(ctx, find); err != nil {
		return nil, err
	}
	w.report = w.describe()
	return w, nil
}

// find asks once about the whole text; what is found in one place is covered
// in all.
func (w *word) find(ctx context.Context, find Find) error {
	text := w.text.text.String()
	found, err := spansOf(ctx, text, find)
	if err != nil {
		return err
	}
	for _, s := range found {
		for _, v := range w.text.values(s.Start, s.End) {
			w.gone.add(v, s.Category)
		}
	}
	w.spans = found
	for _, p := range w.persons {
		if v := text[p.at:p.end]; strings.Contains(strings.TrimSpace(v), " ") {
			w.gone.add(v, pii.PrivatePerson)
		}
		w.spans = append(w.spans, pii.Span{Start: p.at, End: p.end, Category: pii.PrivatePerson, Score: 1, Source: pii.SourceRules})
	}
	w.gone.in(fold(text), func(from, to int, category pii.Category) {
		w.spans = append(w.spans, pii.Span{Start: from, End: to, Category: category, Score: 1, Source: pii.SourceRules})
	})
	w.spans = pii.Join(w.spans)
	return nil
}

// spansOf asks about a text, and believes only what can be.
func spansOf(ctx context.Context, text string, find Find) ([]pii.Span, error) {
	found, err := find(ctx, []string{text})
	if err != nil {
		return nil, err
	}
	if len(found) != 1 {
		return nil, pii.ErrDetector
	}
	for _, s := range found[0] {
		if s.Start < 0 || s.End > len(text) || s.Start >= s.End || !boundary(text, s.Start) || !boundary(text, s.End) {
			return nil, pii.ErrDetector
		}
	}
	return slices.Clone(found[0]), nil
}

func boundary(s string, at int) bool { return at == len(s) || utf8.RuneStart(s[at]) }

// cover writes the edits into the parts, and returns what takes placeholders
// out of a text.
func (w *word) cover() *strings.Replacer {
	text := w.text.text.String()
	seen := make(map[string]bool)
	var pairs []string
	for _, s := range w.spans {
		p := w.placeholder(s.Category, text[s.Start:s.End])
		if p != "" && !seen[p] {
			seen[p] = true
			pairs = append(pairs, p, "\n")
		}
		w.text.cover(s.Start, s.End, p)
	}
	w.text.apply()
	w.gone.in(fold(w.rest.text.String()), func(from, to int, _ pii.Category) {
		// Names of styles and the like: alike values become alike ones.
		w.rest.cover(from, to, "redacted")
	})
	w.rest.apply()
	return strings.NewReplacer(pairs...)
}

func (w *word) redactPictures(ctx context.Context) error {
	for _, p := range w.pictures {
		if w.Image == nil {
			return ErrPart
		}
		out, err := w.Image(ctx, p.data)
		if err != nil {
			return err
		}
		if ocr.Sniff(out) != ocr.Sniff(p.data) {
			return ErrPart // what the document says about it would be wrong
		}
		p.data = out
	}
	return nil
}

// describe tells what was found in the parts.
func (w *word) describe() *Report {
	r := describe(w.text.text.String(), w.spans)
	r.Parts, r.Pictures = w.parts, len(w.pictures)
	for i, s := range w.spans {
		if touched := w.text.touched(s.Start, s.End); len(touched) > 0 {
			r.Findings[i].Part = touched[0].slot.part.name
		}
	}
	return r
}

// describe counts in code points what was found in bytes.
func describe(text string, spans []pii.Span) *Report {
	r := &Report{Text: text}
	at, points := 0, 0
	count := func(to int) int {
		points += utf8.RuneCountInString(text[at:to])
		at = to
		return points
	}
	for _, s := range spans {
		r.Findings = append(r.Findings, Finding{Start: count(s.Start), End: count(s.End), Category: s.Category, Score: s.Score})
	}
	return r
}
