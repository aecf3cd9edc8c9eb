package document

import (
	"sort"
	"strings"
)

// slot is a text of a part: that of a token, or one of its attributes.
type slot struct {
	part  *part
	token int
	attr  int // -1: the token's own text
	edits []edit
	whole string // what the slot says if anything in it is covered; "": the edits
}

// edit replaces bytes of a slot.
type edit struct {
	from, to int
	with     string
}

func (s *slot) text() string {
	t := &s.part.xml.tokens[s.token]
	if s.attr < 0 {
		return t.text
	}
	return t.attrs[s.attr].Value
}

// reading is one text made of many slots. Between their bytes stands what only
// helps to understand: line breaks, and what a value is called.
type reading struct {
	text   strings.Builder
	pieces []piece // in order
}

// piece says that a slot stands in the text, whole, from an offset on.
type piece struct {
	at, end int // bytes of the text
	slot    *slot
}

func (r *reading) literal(s string) { r.text.WriteString(s) }

// freshLine ends the line, if one has begun.
func (r *reading) freshLine() {
	if text := r.text.String(); text != "" && !strings.HasSuffix(text, "\n") {
		r.literal("\n")
	}
}

func (r *reading) add(s *slot) { r.addShown(s, s.text()) }

// addShown adds a slot as something else than its bytes. If that is not the
// same, the slot must have a whole.
func (r *reading) addShown(s *slot, shown string) {
	at := r.text.Len()
	r.text.WriteString(shown)
	r.pieces = append(r.pieces, piece{at, r.text.Len(), s})
}

// touched are the pieces that share bytes with a stretch of the text.
func (r *reading) touched(from, to int) []piece {
	first := sort.Search(len(r.pieces), func(i int) bool { return r.pieces[i].end > from })
	last := first
	for last < len(r.pieces) && r.pieces[last].at < to {
		last++
	}
	return r.pieces[first:last]
}

// values are the parts of a stretch that one can look for elsewhere: what
// stands in slots, a line at a time.
func (r *reading) values(from, to int) (out []string) {
	text := r.text.String()
	var line strings.Builder
	flush := func() {
		if s := strings.TrimSpace(line.String()); s != "" {
			out = append(out, s)
		}
		line.Reset()
	}
	last := -1
	for _, p := range r.touched(from, to) {
		if last >= 0 && strings.ContainsRune(text[last:p.at], '\n') {
			flush()
		} else if last >= 0 {
			line.WriteString(text[last:p.at]) // a tab, a hyphen
		}
		for i, s := range strings.Split(text[max(p.at, from):min(p.end, to)], "\n") {
			if i > 0 {
				flush()
			}
			line.WriteString(s)
		}
		last = p.end
	}
	flush()
	return out
}

// cover puts a placeholder into the first slot of a stretch and takes its
// other bytes out.
func (r *reading) cover(from, to int, placeholder string) {
	for i, p := range r.touched(from, to) {
		e := edit{from: max(p.at, from) - p.at, to: min(p.end, to) - p.at}
		if i == 0 {
			e.with = placeholder
		}
		p.slot.edits = append(p.slot.edits, e)
	}
}

// apply writes the edits of all slots into their tokens.
func (r *reading) apply() {
	for _, p := range r.pieces {
		if len(p.slot.edits) > 0 {
			p.slot.apply()
		}
	}
}

func (s *slot) apply() {
	text := s.whole
	if text == "" {
		text = edited(s.text(), s.edits)
	}
	tokens := s.part.xml.tokens
	t := &tokens[s.token]
	t.changed = true
	if s.attr >= 0 {
		t.attrs[s.attr].Value = text
		return
	}
	t.text = text
	keepBlanks(&tokens[t.parent], text)
}

func edited(text string, edits []edit) string {
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.from])
		b.WriteString(e.with)
		at = e.to
	}
	return b.String() + text[at:]
}
