package inference

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Second is a slower model that understands more than the one that reads every
// text. It is shown the places that the first one doubts, with some context,
// and its answer counts there; elsewhere the first one's does. What comes out
// depends on the text and the two models alone (I4).
type Second struct {
	Service *Service         // owned by the first Service once NewService succeeds
	Doubts  map[string]Doubt // by operating point; PointDefault's where one is missing
	Context int              // tokens of the first model on each side of a doubtful place
}

func (s *Second) check() error {
	switch {
	case s.Service == nil:
		return errors.New("the second reader is missing")
	case s.Service.second != nil:
		return errors.New("the second reader has a second one itself")
	case s.Context < 0:
		return errors.New("the second reader's context is negative")
	}
	if _, ok := s.Doubts[PointDefault]; !ok {
		return errors.New("what the second reader is asked about is not said")
	}
	return nil
}

func (s *Second) at(point string) Doubt {
	if d, ok := s.Doubts[point]; ok {
		return d
	}
	return s.Doubts[PointDefault]
}

// readAgain asks the second reader about doubtful places and puts its spans
// where theirs were.
func (s *Service) readAgain(ctx context.Context, c *call, text string, spans []pii.Span, doubts []doubt) ([]pii.Span, error) {
	pieces := piecesOf(doubts)
	segments := make([]pii.Segment, len(pieces))
	for i, p := range pieces {
		segments[i].Text = text[p.start:p.end]
		s.againBytes.Add(int64(p.end - p.start))
	}
	s.pieces.Add(int64(len(pieces)))
	found, err := s.second.answer(ctx, c.second, segments)
	if err != nil {
		return nil, err
	}
	all := slices.DeleteFunc(spans, func(span pii.Span) bool { return touches(span, doubts) })
	for i, p := range pieces {
		for _, span := range found[i] {
			span.Start += p.start
			span.End += p.start
			if touches(span, p.doubts) {
				all = append(all, span)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pii.Span) int { return cmp.Compare(a.Start, b.Start) })
	out := make([]pii.Span, 0, len(all))
	for _, span := range all {
		out = appendSpan(out, span, text)
	}
	return out, nil
}

// piece is a stretch of text for the second reader, in bytes, and what it is
// asked about there.
type piece struct {
	start, end int
	doubts     []doubt
}

// piecesOf joins doubts whose contexts meet: nothing is read twice.
func piecesOf(doubts []doubt) (out []piece) {
	for i, d := range doubts {
		if n := len(out); n > 0 && d.start <= out[n-1].end {
			last := &out[n-1]
			last.end = max(last.end, d.end)
			last.doubts = last.doubts[:len(last.doubts)+1] // they lie one after the other
			continue
		}
		out = append(out, piece{d.start, d.end, doubts[i : i+1]})
	}
	return out
}

// touches says whether a span has a character in a doubtful place.
func touches(span pii.Span, doubts []doubt) bool {
	i, _ := slices.BinarySearchFunc(doubts, span.Start, func(d doubt, start int) int {
		if d.to <= start {
			return -1
		}
		return 1
	})
	return i < len(doubts) && doubts[i].from < span.End
}
