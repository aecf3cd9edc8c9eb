package filter

import (
	"strings"

	"github.com/caddyprivacy/privacyfilter/filter/refine"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// minEntries is how many entries make a log of a text.
const minEntries = 4

// forModel is what the model is given: parts of texts, and where they are from.
type forModel struct {
	parts []pii.Segment
	from  []partOf
}

// partOf is the place of a part: the text's index, and where in it the part
// begins, in bytes.
type partOf struct{ text, offset int }

// add adds a text. A log is cut into its entries, because an entry is
// understood alone: entries that are equal cost once, short rows run faster
// than long ones, and none needs the overlap of windows. Everything else stays
// whole. The cut depends on the text alone (I4).
func (m *forModel) add(index int, text string) {
	start := 0
	for _, end := range entryStarts(text) {
		m.part(index, start, text[start:end])
		start = end
	}
	m.part(index, start, text[start:])
}

func (m *forModel) part(index, offset int, text string) {
	if readable(text) {
		m.parts = append(m.parts, pii.Segment{Text: text})
		m.from = append(m.from, partOf{index, offset})
	}
}

// merge adds what the model found in the parts to what was found in the texts,
// of which it asks for those that it needs. The model's spans are copied: they
// may be the cache's.
func (m *forModel) merge(found, byModel [][]pii.Span, texts []pii.Segment, steps refine.Steps) {
	var moved []pii.Span
	for i := 0; i < len(byModel); {
		text := m.from[i].text
		moved = moved[:0]
		for ; i < len(byModel) && m.from[i].text == text; i++ {
			for _, s := range byModel[i] {
				s.Start += m.from[i].offset
				s.End += m.from[i].offset
				moved = append(moved, s)
			}
		}
		if len(moved) > 0 {
			found[text] = steps.Union(texts[text].Text, found[text], moved)
		}
	}
}

// entryStarts returns where the entries of a log begin, but for the beginning
// of the text; nil if the text is no log, in which at least half of the lines
// begin an entry. What follows an entry without a head of its own, such as a
// stack trace, belongs to it.
func entryStarts(text string) (starts []int) {
	lines := 0
	for at := 0; ; lines++ {
		line := strings.IndexByte(text[at:], '\n')
		if line < 0 {
			break
		}
		at += line + 1
		if at < len(text) && beginsEntry(text[at:]) {
			starts = append(starts, at)
		}
	}
	if len(starts) < minEntries || 2*len(starts) < lines {
		return nil
	}
	return starts
}

// headLen is how much of a line is looked at for its head, in bytes.
const headLen = 48

// beginsEntry recognises the head of a log line: a time of day (ISO 8601,
// RFC 3164, Apache, klog), or the level or time field of logfmt and JSON, near
// its beginning.
func beginsEntry(line string) bool {
	head := line[:min(len(line), headLen)]
	if end := strings.IndexByte(head, '\n'); end >= 0 {
		head = head[:end]
	}
	if head == "" || head[0] == ' ' || head[0] == '\t' {
		return false
	}
	for _, field := range []string{"level=", "lvl=", "time=", "ts=", `"level":`, `"ts":`, `"time":`} {
		if strings.Contains(head, field) {
			return true
		}
	}
	for i := 2; i+5 < len(head); i++ {
		if head[i] == ':' && head[i+3] == ':' && digits(head[i-2:i]) && digits(head[i+1:i+3]) && digits(head[i+4:i+6]) {
			return true
		}
	}
	return false
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
