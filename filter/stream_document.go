package filter

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/lane"
)

// documentLane is the text of a JSON document that arrives in parts: what a
// model calls a tool with. Nobody can use it before it is complete, and only
// then is it certain what is a key, a number or text in it: so it is decided
// then, as the same document is in a body, and stays one.
type documentLane struct {
	s        *Stream
	text     []byte // since the last complete value
	seen     int    // how far the text has been looked at
	base     int64  // offset in the lane of text[0]
	depth    int    // of brackets
	inString bool
	escaped  bool // the next character of a string is
	edits    []lane.Edit
}

func (d *documentLane) Len() int64         { return d.base + int64(len(d.text)) }
func (d *documentLane) Decided() int64     { return d.base }
func (d *documentLane) Edits() []lane.Edit { return d.edits }

// Forget drops the edits that end at or before a place.
func (d *documentLane) Forget(at int64) {
	i := 0
	for i < len(d.edits) && d.edits[i].End <= at {
		i++
	}
	d.edits = append([]lane.Edit(nil), d.edits[i:]...)
}

// Append adds text, and decides it where a value is complete.
func (d *documentLane) Append(ctx context.Context, text []byte) error {
	d.text = append(d.text, text...)
	for d.seen < len(d.text) {
		c := d.text[d.seen]
		d.seen++
		if d.closes(c) {
			if err := d.decide(ctx, d.seen); err != nil {
				return err
			}
		}
	}
	if len(d.text) > maxJSON {
		return lane.ErrTooLong
	}
	return nil
}

// End decides what there is, complete or not.
func (d *documentLane) End(ctx context.Context) error {
	d.depth, d.inString, d.escaped = 0, false, false
	if len(d.text) == 0 {
		return nil
	}
	return d.decide(ctx, len(d.text))
}

// closes reports whether a character ends the outermost object or list.
func (d *documentLane) closes(c byte) bool {
	switch {
	case d.escaped:
		d.escaped = false
	case d.inString:
		d.inString, d.escaped = c != '"', c == '\\'
	case c == '"':
		d.inString = true
	case c == '{', c == '[':
		d.depth++
	case c == '}', c == ']':
		d.depth--
		return d.depth == 0
	}
	return false
}

func (d *documentLane) decide(ctx context.Context, end int) error {
	doc, err := body.Parse(d.text[:end:end], body.Hint{Types: []string{"application/json"}}, body.Options{MaxDecoded: d.s.f.opts.Policy.MaxBody, Done: ctx.Done()})
	if err != nil {
		return bodyError(ctx, err)
	}
	if !doc.Inspected() || doc.Unread > 0 {
		return &Error{Reason: ReasonUnsupported, Detail: "nobody here can read a part of it"}
	}
	if err := d.s.f.doubt(ctx, doc); err != nil {
		return err
	}
	found, err := d.s.find(ctx, doc, 0, false)
	if err != nil {
		return err
	}
	for _, seen := range found.Seen {
		d.s.count(seen.Category, seen.Masked)
	}
	for _, f := range found.Edits {
		d.edits = append(d.edits, lane.Edit{Start: d.base + int64(f.Start), End: d.base + int64(f.End), Text: f.Text})
	}
	d.base += int64(end)
	d.text, d.seen = d.text[end:], 0
	return nil
}
