package ocr

import (
	"image"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is a page as one text, and where in it every character is from.
type reading struct {
	text  string
	lines []readLine
	chars []placed // in the order of the text

	confidence float64 // of its words, 0 to 100
}

// readLine is one line of the text.
type readLine struct {
	box        image.Rectangle
	start, end int // bytes of the text
}

// placed is a character of the text with its place in the picture.
type placed struct {
	start, end int // bytes of the text
	box        image.Rectangle
	word       image.Rectangle
	first      bool // of its word
	last       bool
	line       int
}

// read writes a page down: words parted by blanks, lines by line breaks,
// blocks by an empty line. place says where a rectangle of the engine lies in
// the picture.
func (p *Page) read(place func(image.Rectangle) image.Rectangle) *reading {
	var r reading
	var b strings.Builder
	for i, block := range p.Blocks {
		if i > 0 && b.Len() > 0 {
			b.WriteByte('\n')
		}
		for _, line := range block.Lines {
			r.line(&b, line, place)
		}
	}
	r.text = b.String()
	return &r
}

// confidence is the mean of the words', by their lengths.
func (p *Page) confidence() float64 {
	total, chars := 0.0, 0
	for _, block := range p.Blocks {
		for _, line := range block.Lines {
			for _, word := range line.Words {
				total += word.Confidence * float64(len(word.Chars))
				chars += len(word.Chars)
			}
		}
	}
	return total / float64(max(chars, 1))
}

func (r *reading) line(b *strings.Builder, line Line, place func(image.Rectangle) image.Rectangle) {
	box, start := place(line.Box), b.Len()
	for _, word := range line.Words {
		text := word.Text()
		if strings.TrimSpace(text) == "" {
			continue
		}
		if b.Len() > start {
			b.WriteByte(' ')
		}
		whole := within(place(word.Box), box)
		for i, c := range word.Chars {
			at := b.Len()
			b.WriteString(c.Text)
			r.chars = append(r.chars, placed{
				start: at, end: b.Len(), box: place(c.Box), word: whole,
				first: i == 0, last: i == len(word.Chars)-1, line: len(r.lines),
			})
		}
	}
	if b.Len() > start {
		r.lines = append(r.lines, readLine{box, start, b.Len()})
		b.WriteByte('\n')
	}
}

// within is the box of a word, or of its line where the engine's box of the
// word cannot be right: it must lie in its line.
func within(word, line image.Rectangle) image.Rectangle {
	slack := height(line)/2 + 2
	if word.Empty() || !word.In(line.Inset(-slack)) {
		return line
	}
	return word
}

// squeezed is the text without the blanks that the engine sees around the
// signs of addresses ("john @ example. com"), with the way back.
func (r *reading) squeezed() (text string, back []int) {
	signs := func(c byte) bool { return strings.IndexByte("@.:/_-", c) >= 0 }
	var b strings.Builder
	for i := 0; i < len(r.text); i++ {
		if r.text[i] == ' ' && (i > 0 && signs(r.text[i-1]) || i+1 < len(r.text) && signs(r.text[i+1])) {
			continue
		}
		b.WriteByte(r.text[i])
		back = append(back, i)
	}
	return b.String(), append(back, len(r.text))
}

// occurrences are all places of the text that read like one of its parts,
// without regard to case: what is covered once is covered everywhere.
func (r *reading) occurrences(start, end int) (places [][2]int) {
	const shortest = 3 // runes; shorter parts are in every other word
	part := strings.ToLower(r.text[start:end])
	if len([]rune(part)) < shortest {
		return nil
	}
	lower := strings.ToLower(r.text)
	if len(lower) != len(r.text) {
		return nil // offsets would not fit
	}
	for at := 0; ; {
		i := strings.Index(lower[at:], part)
		if i < 0 {
			return places
		}
		from, to := at+i, at+i+len(part)
		if at = to; (from != start || to != end) && wordEdge(lower, from) && wordEdge(lower, to) {
			places = append(places, [2]int{from, to})
		}
	}
}

// wordEdge reports whether no word goes on over an offset.
func wordEdge(text string, at int) bool {
	if at == 0 || at == len(text) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return !isWord(before) || !isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
