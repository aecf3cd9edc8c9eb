package features

import "github.com/caddyprivacy/privacyfilter/inference"

// Input implements inference.Features: the graph's input.
func (Words) Input() string { return "feature_ids" }

// Columns implements inference.Features.
func (Words) Columns() int { return Columns }

// Rows implements inference.Features.
func (Words) Rows() int { return Rows }

// Append implements inference.Features: it appends the features of the tokens
// [from, to) of a text, row by row. They depend on the token, on the white
// space around it and, in scripts without spaces, on up to two characters on
// each side.
func (Words) Append(dst []int64, text string, tokens []inference.Token, from, to int) []int64 {
	s := scan{table: table(), text: text, tokens: tokens}
	before := s.gap(from)
	for i := from; i < to; i++ {
		after := s.gap(i + 1)
		dst = append(dst, make([]int64, Columns)...)
		s.token(dst[len(dst)-Columns:], i)
		dst[len(dst)-Columns+colGap] = direct(colGap, int(before)*gapKinds+int(after))
		before = after
	}
	return dst
}

// scan reads tokens one after the other.
type scan struct {
	table  *pages
	text   string
	tokens []inference.Token
	word   word
}

// token fills in all columns but the gap.
func (s *scan) token(row []int64, i int) {
	t := s.tokens[i]
	w := &s.word
	w.read(s.table, s.text[t.Start:t.End])
	w.glued = i > 0 && s.tokens[i-1].End == t.Start
	row[colWord] = newHash(colWord).addAll(w.key()).row(colWord)
	row[colShape] = w.shape()
	row[colKind] = direct(colKind, w.kind()*lengthKinds+lengthKind(w.visible))
	row[colMix] = direct(colMix, w.mix())
	if w.first.class.inWord() {
		affixes(row, w.runes)
	} else if w.first.class == single {
		s.neighbours(row, i)
	}
}

// affixes hashes the ends of a word.
func affixes(row []int64, runes []rune) {
	for k := 2; k <= 4 && k < len(runes); k++ {
		prefix, suffix := colPrefix2+k-2, colSuffix2+k-2
		row[prefix] = newHash(prefix).addAll(runes[:k]).row(prefix)
		row[suffix] = newHash(suffix).addAll(runes[len(runes)-k:]).row(suffix)
	}
}

// neighbours hashes a character together with those beside it, in the columns
// of a word's ends.
func (s *scan) neighbours(row []int64, i int) {
	own := s.word.runes[0]
	left, right := s.beside(i, -1), s.beside(i, 1)
	row[colPrefix2] = newHash(colPrefix2).add(left).add(own).row(colPrefix2)
	row[colSuffix2] = newHash(colSuffix2).add(own).add(right).row(colSuffix2)
	row[colPrefix3] = newHash(colPrefix3).add(s.beside(i, -2)).add(left).add(own).row(colPrefix3)
	row[colSuffix3] = newHash(colSuffix3).add(own).add(right).add(s.beside(i, 2)).row(colSuffix3)
	row[colPrefix4] = newHash(colPrefix4).add(left).add(own).add(right).row(colPrefix4)
}

// beside is the first character, folded, of the token some places away, or 0
// if white space or the end of the text comes first.
func (s *scan) beside(i, places int) rune {
	step := 1
	if places < 0 {
		step = -1
	}
	for at := i; at != i+places; at += step {
		left := min(at, at+step)
		if left < 0 || left+1 >= len(s.tokens) || s.tokens[left].End != s.tokens[left+1].Start {
			return 0
		}
	}
	c, _ := s.table.at(s.text, s.tokens[i+places].Start)
	return c.fold
}

// gapKind is what lies between two tokens.
type gapKind int

const (
	gapNone gapKind = iota
	gapSpace
	gapSpaces // two or more
	gapTab
	gapNewline
	gapIndent // a new line that begins with white space
	gapBlank  // an empty line
	gapEdge   // the start or the end of the text

	gapKinds = 8
)

// gap is what lies before token i, which may be the end of the text.
func (s *scan) gap(i int) gapKind {
	if i == 0 || i == len(s.tokens) {
		return gapEdge
	}
	between := s.text[s.tokens[i-1].End:s.tokens[i].Start]
	spaces, tabs, lines, indent := 0, 0, 0, 0
	for at := 0; at < len(between); {
		c, size := s.table.at(between, at)
		switch b := between[at]; {
		case c.class == newline:
			if b != '\n' || at == 0 || between[at-1] != '\r' {
				lines++
			}
			indent = 0
		case b == '\t':
			tabs++
			indent++
		case c.class == space:
			spaces++
			indent++
		}
		at += size
	}
	switch {
	case lines > 1:
		return gapBlank
	case lines == 1 && indent > 0:
		return gapIndent
	case lines == 1:
		return gapNewline
	case tabs > 0:
		return gapTab
	case spaces > 1:
		return gapSpaces
	case spaces == 1:
		return gapSpace
	}
	return gapNone
}
