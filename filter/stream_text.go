package filter

import (
	"context"

	"github.com/caddyprivacy/privacyfilter/filter/lane"
)

// plainText is a body that is one text.
type plainText struct {
	lane    *lane.Lane
	waiting []byte // what has not left
	left    int64  // how much has
	edits   int    // how many of the lane's edits have been written
}

// runText reads on in a body that is one text.
func (s *Stream) runText(ctx context.Context, p []byte, last bool) ([][]byte, error) {
	t := s.text
	t.waiting = append(t.waiting, p...)
	if err := ctx.Err(); err != nil {
		return nil, failure(ctx, err)
	}
	if !s.memory.GrowTo(int64(3 * cap(t.waiting))) {
		return nil, errMemory()
	}
	if err := t.lane.Append(ctx, p); err != nil {
		return nil, laneError(ctx, err)
	}
	if last {
		if err := t.lane.End(ctx); err != nil {
			return nil, laneError(ctx, err)
		}
	}
	if out := t.take(); len(out) > 0 {
		return [][]byte{out}, nil
	}
	return nil, nil
}

// take returns what is decided, with the edits written in. An edit that ends
// where the decided text does may grow: its text is written once, where it
// begins, and what it grows by is left out.
func (t *plainText) take() []byte {
	upTo := t.lane.Decided()
	out := make([]byte, 0, upTo-t.left)
	edits := t.lane.Edits()
	for t.left < upTo {
		if t.edits == len(edits) || edits[t.edits].Start >= upTo {
			out = append(out, t.waiting[:upTo-t.left]...)
			t.drop(upTo)
			break
		}
		e := edits[t.edits]
		if e.Start >= t.left {
			out = append(append(out, t.waiting[:e.Start-t.left]...), e.Text...)
		}
		t.drop(min(e.End, upTo))
		if e.End < upTo {
			t.edits++
		}
	}
	return out
}

// drop forgets what has left.
func (t *plainText) drop(upTo int64) {
	t.waiting = t.waiting[upTo-t.left:]
	t.left = upTo
}
