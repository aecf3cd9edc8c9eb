// Package lane decides a text that arrives piece by piece: what must be masked
// in it, and how far that is known.
//
// A lane is a text that belongs together over the events of a stream: one
// answer, one tool call, one direction of a connection. It is cut where its
// text says so, at the ends of sentences and lines, never by time or by how it
// arrived, and each piece is judged with what stands before it. So what is
// masked is a function of the text alone, and what has left is never regretted.
//
// What may come in: where a text may be cut. What must never: events, formats,
// detectors, policy, and errors that hold text.
package lane

import (
	"context"
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Bounds of a lane, in bytes unless named otherwise.
const (
	maxRunes   = 256      // characters that wait for the end of their sentence
	lookahead  = 48       // characters that are seen behind a cut between words
	minContext = 256      // decided text that stands before a piece, at least
	maxContext = 1 << 10  // and at most
	maxToken   = 16 << 10 // what has no end that can be cut at: a token, a key block
)

// ErrTooLong reports text that cannot be cut anywhere: it cannot be told
// whether a part of it may leave before the rest has come.
var ErrTooLong = errors.New("text that cannot be cut is over the limit")

// Edit replaces a stretch of a lane.
type Edit struct {
	Start, End int64 // byte offsets in the lane
	Text       []byte
}

// Answer is what a text holds, in the order of the text.
type Answer struct {
	Edits []Found
	Seen  []Seen
}

// Found is a stretch of a text that must be replaced.
type Found struct {
	Start, End int // byte offsets in the text
	Text       []byte
}

// Seen is a stretch of a text that holds personal data, whatever becomes of it.
type Seen struct {
	Start, End int // byte offsets in the text
	Category   pii.Category
	Masked     bool
}

// Detector finds what is in text. It need not tell what ends at or before
// from: that has left. cheap asks only those that answer at once.
type Detector interface {
	Find(ctx context.Context, text []byte, from int, cheap bool) (Answer, error)
	// Take is told of what has been decided. Much is found that is not,
	// because more text has to be seen.
	Take(s Seen)
}

// Lane is one text. Use New.
type Lane struct {
	find Detector

	text  []byte // context, then what waits
	base  int64  // offset in the lane of text[0]
	cuts  []int  // where in text pieces have been cut
	seams []int  // where in text[from:] parts ended that may stand by themselves
	from  int    // text[:from] is decided
	pos   int    // text[from:pos] has been looked at
	size  int    // characters of text[from:pos]
	full  int    // characters that may wait
	word  int    // where the token begins that pos is in or behind
	end   int    // where it ends; -1 while pos is in it
	asks  int    // how often that was asked in this piece
	asked int    // the place that has been asked about in vain
	over  bool   // what follows belongs to a masked token
	key   keyBlock

	guess *guess // an answer about text[:at] that was not used
	edits []Edit
}

// guess is what the detector found in text[:at].
type guess struct {
	at int
	Answer
}

// New makes an empty lane.
func New(d Detector) *Lane { return &Lane{find: d, full: maxRunes} }

// Len is how long the lane is so far.
func (l *Lane) Len() int64 { return l.base + int64(len(l.text)) }

// Decided is up to where it is known what must be masked.
func (l *Lane) Decided() int64 { return l.base + int64(l.from) }

// Waiting is how many bytes are not decided.
func (l *Lane) Waiting() int { return len(l.text) - l.from }

// Edits are what must be masked up to Decided, in order, apart from each other.
func (l *Lane) Edits() []Edit { return l.edits }

// Forget drops the edits that end at or before a place.
func (l *Lane) Forget(at int64) {
	i := 0
	for i < len(l.edits) && l.edits[i].End <= at {
		i++
	}
	// The last one stays: what follows may belong to it.
	if i = min(i, len(l.edits)-1); i > 0 {
		l.edits = append([]Edit(nil), l.edits[i:]...)
	}
}

// Append adds text and decides what can be decided.
func (l *Lane) Append(ctx context.Context, text []byte) error {
	l.text = append(l.text, text...)
	return l.advance(ctx, false)
}

// End decides the rest: nothing follows.
func (l *Lane) End(ctx context.Context) error {
	if err := l.advance(ctx, true); err != nil {
		return err
	}
	if l.from == len(l.text) {
		return nil
	}
	l.pos = len(l.text)
	return l.decide(ctx, len(l.text))
}

// advance cuts off pieces as long as there are any.
func (l *Lane) advance(ctx context.Context, last bool) error {
	for {
		l.skip()
		b := l.next(last)
		var err error
		switch b.kind {
		case wait:
			return nil
		case cutHere:
			err = l.decide(ctx, b.at)
		case cutIfMasked:
			err = l.ask(ctx, b)
		case cutSomewhere:
			err = l.force(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// skip decides what needs no judgement: what follows a masked token without
// a space, and white space and marks at the beginning of a piece.
func (l *Lane) skip() {
	for l.over && l.from < len(l.text) {
		if isSpace(l.text[l.from]) {
			l.over = false
			break
		}
		l.from++
		l.edits[len(l.edits)-1].End = l.Decided()
		l.passed()
	}
	for !l.over && l.from < len(l.text) {
		n := leading(l.text[l.from:])
		if n == 0 {
			break
		}
		l.from += n
		l.passed()
	}
}

// passed keeps the position behind what is decided.
func (l *Lane) passed() {
	if l.pos <= l.from {
		l.pos, l.size, l.word, l.end = l.from, 0, l.from, -1
		return
	}
	l.size = utf8.RuneCount(l.text[l.from:l.pos])
	if l.word < l.from {
		l.word = l.from
	}
}

// decide makes text[from:at] a piece.
func (l *Lane) decide(ctx context.Context, at int) error {
	found, err := l.found(ctx, at)
	if err != nil {
		return err
	}
	return l.cut(at, found)
}

// found asks about text[:at], unless that has been asked before.
func (l *Lane) found(ctx context.Context, at int) (Answer, error) {
	if l.guess != nil && l.guess.at == at {
		return l.guess.Answer, nil
	}
	return l.find.Find(ctx, l.text[:at], l.from, false)
}

// cut takes over what was found up to a place, and begins the next piece there.
func (l *Lane) cut(at int, found Answer) error {
	for _, f := range found.Seen {
		if f.End > l.from && f.Start < at && !(f.Masked && l.isMasked(f.Start)) {
			l.find.Take(f)
		}
	}
	open := at // where a value begins that reaches to the cut
	for _, f := range found.Edits {
		if f.End <= l.from || f.Start >= at {
			continue
		}
		e := Edit{l.base + int64(max(f.Start, l.from)), l.base + int64(min(f.End, at)), f.Text}
		if l.isMasked(f.Start) { // it goes on
			e.Text = nil
		}
		l.edits = append(l.edits, e)
		if f.End >= at {
			open = f.Start
		}
	}
	l.from, l.guess, l.asks, l.asked, l.full, l.key = at, nil, 0, 0, maxRunes, keyBlock{}
	l.passed()
	l.trim(at, open)
	return nil
}

// isMasked reports whether a place before the piece has been masked.
func (l *Lane) isMasked(at int) bool {
	n := len(l.edits)
	return at < l.from && n > 0 && l.base+int64(at) < l.edits[n-1].End
}

// trim forgets text that is no context any more. Where it begins depends on
// the cuts alone, and on a value that may go on.
func (l *Lane) trim(at, open int) {
	start := 0
	for len(l.cuts) > 0 && l.cuts[0] <= min(at-minContext, open) {
		start, l.cuts = l.cuts[0], l.cuts[1:]
	}
	if at-start > maxContext {
		start = at - maxContext
		for start < at && !utf8.RuneStart(l.text[start]) {
			start++
		}
	}
	n := copy(l.text, l.text[start:])
	clear(l.text[n:])
	l.text = l.text[:n]
	l.base += int64(start)
	for i := range l.cuts {
		l.cuts[i] -= start
	}
	l.seams = slices.DeleteFunc(l.seams, func(seam int) bool { return seam <= l.from })
	for i := range l.seams {
		l.seams[i] -= start
	}
	l.cuts = append(l.cuts, at-start)
	l.from, l.pos, l.word = l.from-start, l.pos-start, l.word-start
	if l.end >= 0 {
		l.end -= start
	}
}

// ask cuts behind a token if it is masked to its end: then nothing can follow
// that would make it one that should have been.
func (l *Lane) ask(ctx context.Context, b boundary) error {
	found, err := l.find.Find(ctx, l.text[:b.at], l.from, b.cheap)
	if err != nil {
		return err
	}
	n := len(found.Edits)
	masked := n > 0 && found.Edits[n-1].End >= b.at-1
	if !b.cheap {
		l.guess = &guess{b.at, found}
	}
	if masked {
		return l.decide(ctx, b.at)
	}
	l.asked = b.at
	l.asks++
	return nil
}
