package filter

import "strings"

// Bounds of what a stream remembers of segments in which there was nothing.
const (
	maxClean     = 16  // segments
	maxCleanText = 512 // bytes of each
)

// cleanTexts are segments of a stream in which nothing was found. The names and
// ids around a delta are the same in every event, and a segment's spans depend
// on the segment alone (I4): so they are looked at once. The texts themselves
// are compared, since a hash could be that of another one.
type cleanTexts map[cleanText]struct{}

// cleanText is all that detectors are told of a segment.
type cleanText struct {
	text              string
	rulesOnly, joined bool
}

func (t *segmentation) clean(i int) cleanText {
	s := &t.segments[i]
	return cleanText{t.textOf(s), s.rulesOnly, s.pieceEnd-s.pieceStart > 1}
}

// holds reports whether all segments are known to hold nothing.
func (c cleanTexts) holds(t *segmentation) bool {
	for i := range t.segments {
		if _, ok := c[t.clean(i)]; !ok {
			return false
		}
	}
	return true
}

// add remembers segments in which nothing was found.
func (c cleanTexts) add(t *segmentation) {
	for i := range t.segments {
		key := t.clean(i)
		if len(key.text) > maxCleanText {
			continue
		}
		if len(c) == maxClean {
			clear(c)
		}
		key.text = strings.Clone(key.text)
		c[key] = struct{}{}
	}
}
