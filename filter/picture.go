package filter

import (
	"bytes"
	"context"
	"errors"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// What Policy.Images may be.
const (
	ImagesRedact = "redact" // what is personal in them is painted over
	ImagesBlock  = "block"  // a body that holds one is stopped
	ImagesPass   = "pass"   // they pass unread, and are counted
)

// Pictures reads the text of pictures and paints over parts of it.
type Pictures interface {
	// Is tells a picture by its first bytes.
	Is(head []byte) bool
	// Redact covers what find finds, and returns the very slice if nothing had
	// to change. An error is a *Error or that of find or ctx.
	Redact(ctx context.Context, data []byte, find func(context.Context, []string) ([][]pii.Span, error)) ([]byte, error)
}

// IsPicture is what finds pictures in bodies, or nil if the policy says
// nothing of them.
func (f *Filter) IsPicture() func([]byte) bool {
	if f.opts.Policy.Images == "" {
		return nil
	}
	return f.opts.Pictures.Is
}

// pictures redacts those of a document and returns the edits that put them in
// their places.
func (f *Filter) pictures(ctx context.Context, model pii.Detector, doc *body.Document, memory *Reservation, r *Report) (edits []body.Edit, err error) {
	for i := range doc.Slots {
		if doc.Slots[i].Kind != body.Picture {
			continue
		}
		switch f.opts.Policy.Images {
		case ImagesBlock:
			return nil, &Error{Reason: ReasonUnsupported, Detail: "the body holds a picture"}
		case ImagesPass:
			if r.Unread++; doc.Format == body.Image {
				r.Outcome = OutcomeUninspected
			}
			continue
		}
		data := doc.AppendText(nil, int32(i))
		if !memory.Grow(int64(len(data))) {
			return nil, errMemory()
		}
		look := look{f: f, model: model, report: r}
		out, err := f.opts.Pictures.Redact(ctx, data, look.find)
		if err == nil && look.blocked {
			err = errBlocked()
		}
		var known *Error
		switch {
		case errors.As(err, &known):
			return nil, known
		case err != nil:
			return nil, failure(ctx, err)
		}
		if !f.opts.Policy.Monitor && !bytes.Equal(out, data) {
			edits = append(edits, body.Edit{Slot: int32(i), Start: 0, End: len(data), Text: out})
		}
	}
	return edits, nil
}
