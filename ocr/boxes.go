package ocr

import "image"

// Box is a part of a picture that says something personal.
type Box struct {
	Rect  image.Rectangle
	Label string
	Text  string // what stands there; for pages that show it, never for logs
}

// boxes are the rectangles of a stretch of the text, one a line. A character
// that is touched counts.
func (r *reading) boxes(start, end int, label string) (out []Box) {
	line := -1
	for i, c := range r.chars {
		if c.end <= start || c.start >= end {
			continue
		}
		part := c.box
		if r.widen(i, start, end) {
			part = c.word
		}
		if c.line != line {
			line = c.line
			from, to := max(start, r.lines[line].start), min(end, r.lines[line].end)
			out = append(out, Box{Rect: part, Label: label, Text: r.text[from:to]})
			continue
		}
		b := &out[len(out)-1]
		b.Rect = b.Rect.Union(part)
	}
	for i := range out {
		out[i].Rect = padded(out[i].Rect)
	}
	return out
}

// widen reports whether the whole word of a character goes: all of it is
// covered, hardly anything of it would be left, or the engine's boxes of its
// characters make no sense.
func (r *reading) widen(i, start, end int) bool {
	first, last := i, i
	for !r.chars[first].first {
		first--
	}
	for !r.chars[last].last {
		last++
	}
	const least = 2 // characters that are worth leaving
	left := 0
	for _, c := range r.chars[first : last+1] {
		if c.end <= start || c.start >= end {
			left++
		}
		slack := height(c.word)/4 + 2
		if c.box.Empty() || !c.box.In(c.word.Inset(-slack)) {
			return true
		}
	}
	return left < least
}

// padded covers the edges of letters, which boxes cut, and what a lossy format
// spreads around them.
func padded(r image.Rectangle) image.Rectangle {
	const least = 2
	return r.Inset(-max(least, height(r)*15/100))
}

// height is that of letters in a box, whichever way its line runs.
func height(r image.Rectangle) int { return min(r.Dx(), r.Dy()) }
