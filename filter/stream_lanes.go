package filter

import (
	"context"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/filter/lane"
)

// growingText is what decides a text that arrives in parts: a lane.Lane, or a
// documentLane for the text of a JSON document.
type growingText interface {
	Append(ctx context.Context, text []byte) error
	End(ctx context.Context) error
	Len() int64
	Decided() int64
	Edits() []lane.Edit
	Forget(at int64)
}

// openLane is a text that goes on from unit to unit.
type openLane struct {
	growingText
	hash    maphash.Hash // of its text
	settled bool         // it has ended once
	forgot  bool         // its edits are not all remembered
	seen    wording
}

// wording is what the parts of a lane of unknown kind look like.
type wording struct {
	parts, length int
	first         string
	changes       bool // not all of them are equal
	text          bool // some of them are no words by themselves
}

// add looks at a part.
func (w *wording) add(part []byte) {
	if w.parts == 0 {
		w.first = string(part)
	}
	w.changes = w.changes || w.first != string(part)
	w.text = w.text || !isWord(part)
	w.parts++
	w.length += len(part)
}

// values reports whether the parts are values of their own, such as states and
// symbols. Texts that come in parts have spaces between their words.
func (w *wording) values() bool {
	const few, short = 4, 3 // parts; bytes
	return !w.text && (w.parts >= few && w.length >= short*w.parts || w.parts > 1 && !w.changes && len(w.first) > 1)
}

// isWord reports whether a part is one word or name of ASCII; a number may be a
// group of a longer one.
func isWord(part []byte) bool {
	letters := 0
	for _, c := range part {
		switch {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			letters++
		case '0' <= c && c <= '9', c == '_', c == '-':
		default:
			return false
		}
	}
	return letters > 0
}

// isValue reports whether a string that would be a part of a lane is a value of
// its own, judged by those before it.
func (s *Stream) isValue(key string, text []byte) bool {
	l := s.lanes[key]
	return l != nil && l.seen.values() && isWord(text)
}

// maxRemembered is how many edits of a lane are kept for units that repeat it.
const maxRemembered = 4 << 10

// used tells the lane that its text up to a place has left.
func (l *openLane) used(upTo int64) {
	if len(l.Edits()) > maxRemembered {
		l.Forget(upTo)
		l.forgot = true
	}
}

// open is the lane of a key.
func (s *Stream) open(key string, fragment bool) (*openLane, error) {
	if l, ok := s.lanes[key]; ok {
		return l, nil
	}
	if len(s.lanes) == maxLanes {
		maps.DeleteFunc(s.lanes, func(_ string, l *openLane) bool { return l.settled })
		clear(s.ended)
	}
	if len(s.lanes) == maxLanes {
		return nil, &Error{Reason: ReasonTooLarge, Detail: "a stream holds too many texts at once"}
	}
	l := &openLane{growingText: lane.New(&laneDetector{s})}
	if fragment {
		l.growingText = &documentLane{s: s}
	}
	l.hash.SetSeed(s.seed)
	s.lanes[key] = l
	return l, nil
}

// endLanes decides the rest of lanes whose keys begin in one of these ways.
// Should one go on all the same, what has left is its context; it is not ended
// a second time, or whoever ended it behind every character could have any
// value pass.
func (s *Stream) endLanes(ctx context.Context, beginnings []string) error {
	if len(beginnings) == 0 {
		return nil
	}
	for _, key := range slices.Sorted(maps.Keys(s.lanes)) {
		l := s.lanes[key]
		if l.settled || !slices.ContainsFunc(beginnings, func(b string) bool { return strings.HasPrefix(key, b) }) {
			continue
		}
		if err := l.End(ctx); err != nil {
			return laneError(ctx, err)
		}
		l.settled = true
		s.ended[l.hash.Sum64()] = l
	}
	return nil
}

// repeat is a string that is the text of a lane that has ended.
type repeat struct {
	node int32
	lane *openLane
}

// repeats finds them.
func (s *Stream) repeats(u *body.Unit, p *plan) (found []repeat) {
	if len(s.ended) == 0 || u.Record == nil {
		return nil
	}
	planned := make(map[int32]bool, len(p.parts))
	for _, t := range p.parts {
		planned[t.node] = true
	}
	for i := range u.Record.Nodes {
		node := int32(i)
		if u.Record.Nodes[i].Kind != body.StringNode || planned[node] {
			continue
		}
		value := u.Record.Value(node)
		if l := s.ended[maphash.Bytes(s.seed, value)]; l != nil && int64(len(value)) == l.Len() && !l.forgot {
			found = append(found, repeat{node, l})
		}
	}
	return found
}

// repeat masks a slot as the lane was whose text it is.
func (h *held) repeat(l *openLane, slot int32) error {
	edits := part{lane: l, slot: slot, end: l.Len()}.edits(nil)
	if len(edits) == 0 {
		return nil
	}
	cuts, ok := h.doc.Cuts(edits)
	if !ok {
		return errUnwritable()
	}
	h.cuts = append(h.cuts, cuts...)
	return nil
}
