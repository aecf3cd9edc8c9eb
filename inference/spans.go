package inference

import (
	"unicode"
	"unicode/utf8"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// tokenSpan is a run of tokens [from, to) under one label.
type tokenSpan struct {
	label    int // index into LabelSet.Labels
	from, to int // token indices
}

// spanMachine turns classes into token spans as the reference does
// (model.md §6.4). It tolerates sequences that are not valid BIOES, such as
// those of an argmax or of a part of a text.
type spanMachine struct {
	labels *LabelSet
	out    []tokenSpan

	open     int // label of the open span, or -1
	from     int // its first token
	previous int // the last token visited, known class or not
}

func newSpanMachine(labels *LabelSet) spanMachine {
	return spanMachine{labels: labels, open: -1, previous: -1}
}

// visit takes the class of a token. Tokens come in index order; gaps close
// what is open, and an unknown class leaves it open.
func (m *spanMachine) visit(index int, id int32) {
	if index != m.previous+1 {
		m.close(m.previous + 1)
	}
	defer func() { m.previous = index }()
	if id < 0 || int(id) >= len(m.labels.classes) {
		return
	}
	switch c := m.labels.classes[id]; c.tag {
	case outside:
		m.close(index)
	case single:
		m.close(m.previous + 1)
		m.emit(c.label, index, index+1)
	case begin:
		m.reopen(c.label, index)
	case inside:
		if m.open != c.label {
			m.reopen(c.label, index)
		}
	case end:
		if m.open != c.label {
			m.reopen(c.label, index)
		}
		m.close(index + 1)
	}
}

func (m *spanMachine) reopen(label, index int) {
	m.close(m.previous + 1)
	m.open, m.from = label, index
}

// close ends the open span, if any, before the token to.
func (m *spanMachine) close(to int) {
	if m.open >= 0 {
		m.emit(m.open, m.from, to)
		m.open = -1
	}
}

func (m *spanMachine) emit(label, from, to int) {
	m.out = append(m.out, tokenSpan{label, from, to})
}

// finish ends the text.
func (m *spanMachine) finish() []tokenSpan {
	m.close(m.previous + 1)
	return m.out
}

// spans turns a decoded path into spans of the text: token spans, widened to
// whole runes, trimmed of white space, without overlaps. The score is the
// mean probability of the chosen classes. A span of which most tokens are
// unknown to the vocabulary is none: the model saw where something was, not what.
func (s *LabelSet) spans(path []Decoded, tokens []Token, text string, unknown int64) []pii.Span {
	m := newSpanMachine(s)
	for i, d := range path {
		m.visit(i, d.Class)
	}
	var out []pii.Span
	for _, t := range m.finish() {
		if mostly(tokens[t.from:t.to], unknown) {
			continue
		}
		span := pii.Span{
			Category: s.Labels[t.label].Category,
			Score:    meanProbability(path[t.from:t.to]),
			Source:   pii.SourceModel,
		}
		span.Start, span.End = byteRange(tokens, t, text)
		out = appendSpan(out, span, text)
	}
	return out
}

// mostly says whether more than half of the tokens have an id.
func mostly(tokens []Token, id int64) bool {
	if id == NoID {
		return false
	}
	n := 0
	for _, t := range tokens {
		if t.ID == id {
			n++
		}
	}
	return 2*n > len(tokens)
}

// byteRange is where a token span lies in the text. Byte-level tokens may end
// inside a rune; the span takes the whole of it. Combining marks that no
// token covers, because the tokenizer strips accents, go with the letter
// before them.
func byteRange(tokens []Token, t tokenSpan, text string) (start, end int) {
	start = tokens[t.from].Start
	for _, token := range tokens[t.from:t.to] {
		end = max(end, token.End)
	}
	start, end = wholeRunes(text, start, end)
	limit := len(text)
	if t.to < len(tokens) {
		limit = tokens[t.to].Start
	}
	for end < limit {
		r, size := utf8.DecodeRuneInString(text[end:])
		if !unicode.Is(unicode.Mn, r) {
			break
		}
		end += size
	}
	return start, end
}

// wholeRunes widens a range to what it cuts of the runes at its ends.
func wholeRunes(text string, start, end int) (int, int) {
	for start > 0 && start < len(text) && !utf8.RuneStart(text[start]) {
		start--
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return start, end
}

// appendSpan adds a span to a list in order, trimmed and without overlap.
// Two tokens that split one rune overlap by that rune once widened. The
// reference then drops the second span whole; a mask must not: spans of one
// category are joined, of two the second is clipped (model.md §6.6).
func appendSpan(out []pii.Span, span pii.Span, text string) []pii.Span {
	span.Start, span.End = trim(text, span.Start, span.End)
	if span.Start >= span.End {
		return out
	}
	if n := len(out); n > 0 && span.Start < out[n-1].End {
		last := &out[n-1]
		if span.Category == last.Category {
			last.End = max(last.End, span.End)
			last.Score = max(last.Score, span.Score)
			return out
		}
		span.Start, span.End = trim(text, last.End, span.End)
		if span.Start >= span.End {
			return out
		}
	}
	return append(out, span)
}

// trim narrows [start, end) to leave white space outside.
func trim(text string, start, end int) (int, int) {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		end -= size
	}
	return start, end
}

// isSpace is Python's str.isspace for one character. Beside what Go calls
// space it knows the four information separators U+001C to U+001F.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) || r >= 0x1C && r <= 0x1F
}

func meanProbability(path []Decoded) float32 {
	sum := 0.0
	for _, d := range path {
		sum += float64(d.Prob)
	}
	return float32(sum / float64(len(path)))
}
