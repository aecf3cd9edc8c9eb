package filter

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/filter/body"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// Bounds of segments, in bytes unless named otherwise.
const (
	longRunes   = 64       // prose longer than this is a segment of its own
	longToken   = 512      // so is anything longer than this
	maxJoined   = 2 << 10  // short values joined into one segment
	maxSegment  = 64 << 10 // a longer text is cut into several
	overlap     = 4 << 10  // that see this much of each other
	maxKeyShown = 64       // of a key that stands before its value as context
)

// piece is a stretch of a segment that comes from a slot, and may be masked.
// What lies between pieces is context: keys, colons, line ends.
type piece struct {
	start, end int32 // in the segment's text
	slot       int32 // index into Document.Slots
	offset     int32 // of the piece in the slot's decoded text
}

// segment is a range of the pieces and of the text of a segmentation.
type segment struct {
	textStart, textEnd   int
	pieceStart, pieceEnd int
	rulesOnly            bool // what the policy keeps from the model: keys, numbers of logs, ids
}

// segmentation is how a document was cut. All segments share one text.
type segmentation struct {
	text     string
	segments []segment
	pieces   []piece
}

// cutter builds a segmentation.
type cutter struct {
	doc      *body.Document
	out      segmentation
	text     strings.Builder
	scratch  []byte
	short    []int32 // slots to join with their siblings
	perGroup []int32 // how many of them each group has
	keys     []int32 // slots of keys to inspect
	numbers  []int32 // slots of numbers that are kept from the model
	ids      []int32 // slots of ids
	name     int32   // the slot that names the next "value" of its group, or None
}

// cutting says what of a document is kept from the model.
type cutting struct {
	allKeys bool    // not the keys: the model sees all of them
	logs    bool    // numbers, which in logs are measures and differ from entry to entry
	without []int32 // slots to leave out altogether, in order
}

// cut makes the segments of a document: long values and lines of logs alone,
// short ones joined with their siblings as lines of "key: value", keys and ids
// among themselves.
func cut(doc *body.Document, how cutting) *segmentation {
	c := &cutter{doc: doc, perGroup: make([]int32, len(doc.Groups)+1)}
	c.text.Grow(c.estimate())
	c.out.pieces = make([]piece, 0, len(doc.Slots))
	c.short = make([]int32, 0, len(doc.Slots))
	for i := range doc.Slots {
		slot := int32(i)
		s := &doc.Slots[i]
		if len(how.without) > 0 && how.without[0] == slot {
			how.without = how.without[1:]
			continue
		}
		switch {
		case s.Kind == body.Key:
			if how.allKeys || c.suspicious(slot) {
				c.keys = append(c.keys, slot)
			}
		case s.Kind == body.Name, s.Kind == body.Picture:
		case s.Kind == body.Ident:
			c.ids = append(c.ids, slot)
		case how.logs && (s.Kind == body.Number || s.Kind == body.Integer):
			c.numbers = append(c.numbers, slot)
		case s.Kind == body.Line, c.isLong(slot):
			c.long(slot)
		default:
			c.short = append(c.short, slot)
			c.perGroup[s.Group+1]++
		}
	}
	c.joinGroups()
	c.joinNumbers()
	c.joinAlone(c.keys, !how.allKeys)
	c.joinAlone(c.ids, true)
	c.out.text = c.text.String()
	return &c.out
}

// estimate is about how long the text will be.
func (c *cutter) estimate() int {
	total := 0
	for i := range c.doc.Slots {
		if c.doc.Slots[i].Kind != body.Picture {
			total += c.doc.RawLen(int32(i)) + len(": \n")
		}
	}
	return total
}

// decode returns a slot's text, valid until the next call.
func (c *cutter) decode(slot int32) []byte {
	c.scratch = c.doc.AppendText(c.scratch[:0], slot)
	return c.scratch
}

// isLong tells prose and lines from the short values of a record. A token
// without a space stays with its key, which may be all that says what it is.
func (c *cutter) isLong(slot int32) bool {
	if c.doc.RawLen(slot) <= longRunes {
		return false
	}
	text := c.decode(slot)
	if len(text) > longToken || bytes.IndexByte(text, '\n') >= 0 {
		return true
	}
	return bytes.IndexByte(text, ' ') >= 0 && utf8.RuneCount(text) > longRunes
}

// long makes a slot one segment, or several that overlap: cut where a line
// or sentence ends, so that the cut depends on the text alone.
func (c *cutter) long(slot int32) {
	text := c.decode(slot)
	for start := 0; start < len(text); {
		end := boundary(text, start)
		from, to := max(0, start-overlap), min(len(text), end+overlap)
		if to == len(text) {
			end = to
		}
		from, to = runeStart(text, from), runeStart(text, to)
		c.open(false)
		c.add(slot, from, text[from:to])
		c.close()
		start = end
	}
}

// boundary finds where to end a segment that begins at start.
func boundary(text []byte, start int) int {
	if len(text)-start <= maxSegment {
		return len(text)
	}
	window := text[start : start+maxSegment]
	half := len(window) / 2
	for _, end := range []string{"\n\n", "\n", ". ", " "} {
		if i := bytes.LastIndex(window[half:], []byte(end)); i >= 0 {
			return start + half + i + len(end)
		}
	}
	return runeStart(text, start+maxSegment)
}

// runeStart moves an offset back to where a rune starts, if it stands inside
// a valid one. Between stray bytes it stays: they are nobody's.
func runeStart(text []byte, i int) int {
	for start := i - 1; start >= 0 && start > i-utf8.UTFMax; start-- {
		if utf8.RuneStart(text[start]) {
			if _, size := utf8.DecodeRune(text[start:]); start+size > i {
				return start
			}
			break
		}
	}
	return i
}

func (c *cutter) open(rulesOnly bool) {
	c.out.segments = append(c.out.segments, segment{
		textStart: c.text.Len(), pieceStart: len(c.out.pieces), textEnd: -1, rulesOnly: rulesOnly,
	})
}

// current is the open segment, or nil.
func (c *cutter) current() *segment {
	if n := len(c.out.segments); n > 0 && c.out.segments[n-1].textEnd < 0 {
		return &c.out.segments[n-1]
	}
	return nil
}

func (c *cutter) openLen() int {
	if s := c.current(); s != nil {
		return c.text.Len() - s.textStart
	}
	return 0
}

func (c *cutter) add(slot int32, offset int, text []byte) {
	at := c.openLen()
	c.text.Write(text)
	c.out.pieces = append(c.out.pieces, piece{
		start: int32(at), end: int32(at + len(text)), slot: slot, offset: int32(offset),
	})
}

func (c *cutter) close() {
	if s := c.current(); s != nil {
		s.textEnd, s.pieceEnd = c.text.Len(), len(c.out.pieces)
	}
}

// memory is about how many bytes a segmentation takes.
func (t *segmentation) memory() int64 {
	const perPiece, perSegment = 20, 40 + 2*24 // with what detectors return
	return int64(len(t.text) + cap(t.pieces)*perPiece + len(t.segments)*perSegment)
}

func (t *segmentation) textOf(s *segment) string { return t.text[s.textStart:s.textEnd] }

// onlyRules keeps every segment from the model.
func (t *segmentation) onlyRules() { t.exempt(func(int32) bool { return true }) }

// exempt keeps segments from the model that hold nothing but exempt slots.
func (t *segmentation) exempt(slot func(int32) bool) {
	for i := range t.segments {
		s := &t.segments[i]
		only := true
		for _, p := range t.pieces[s.pieceStart:s.pieceEnd] {
			only = only && slot(p.slot)
		}
		s.rulesOnly = s.rulesOnly || only
	}
}

// forRules and forModel select what a detector is given.
func (t *segmentation) forRules() []pii.Segment {
	out := make([]pii.Segment, len(t.segments))
	for i := range t.segments {
		out[i].Text = t.textOf(&t.segments[i])
	}
	return out
}

func (t *segmentation) forModel() (m forModel) {
	for i := range t.segments {
		switch s := &t.segments[i]; {
		case s.rulesOnly:
		case s.pieceEnd-s.pieceStart > 1: // joined short values are no log
			m.part(i, 0, t.textOf(s))
		default:
			m.add(i, t.textOf(s))
		}
	}
	return m
}
