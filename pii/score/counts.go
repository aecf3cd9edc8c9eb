package score

import "unicode"

// Counts says how found spans compare with marked ones. Counts of several rows
// add up. Characters are Unicode code points. Of a single category the
// comparison is blind to what it was taken for: a marked span counts under its
// own category, whatever covers it, and a found span under its own, whatever
// it covers. Only Exact asks for the same category.
type Counts struct {
	Rows       int `json:"rows,omitempty"`
	Characters int `json:"characters,omitempty"`
	Tokens     int `json:"tokens,omitempty"` // see the function Tokens

	Marked    int `json:"marked"`    // spans that were marked
	Found     int `json:"found"`     // spans that were found
	Exact     int `json:"exact"`     // found spans with the ends and the category of a marked one
	Contained int `json:"contained"` // marked spans of which no character is left uncovered
	False     int `json:"false"`     // found spans that share no character with a marked one

	MarkedCharacters  int `json:"marked_characters"`  // in marked spans
	CoveredCharacters int `json:"covered_characters"` // of those, in found spans too
	FoundCharacters   int `json:"found_characters"`   // in found spans
	RightCharacters   int `json:"right_characters"`   // of those, in marked spans too
}

func (c *Counts) add(o Counts) {
	c.Rows += o.Rows
	c.Characters += o.Characters
	c.Tokens += o.Tokens
	c.Marked += o.Marked
	c.Found += o.Found
	c.Exact += o.Exact
	c.Contained += o.Contained
	c.False += o.False
	c.MarkedCharacters += o.MarkedCharacters
	c.CoveredCharacters += o.CoveredCharacters
	c.FoundCharacters += o.FoundCharacters
	c.RightCharacters += o.RightCharacters
}

// Share is a part of a whole.
type Share struct{ Part, Whole int }

// Value is the share in [0, 1]. It is not ok where there is no whole.
func (s Share) Value() (value float64, ok bool) {
	if s.Whole == 0 {
		return 0, false
	}
	return float64(s.Part) / float64(s.Whole), true
}

// CharacterRecall is the share of marked characters that were covered.
func (c Counts) CharacterRecall() Share { return Share{c.CoveredCharacters, c.MarkedCharacters} }

// CharacterPrecision is the share of found characters that are marked.
func (c Counts) CharacterPrecision() Share { return Share{c.RightCharacters, c.FoundCharacters} }

// Containment is the share of marked spans of which nothing is left to read.
func (c Counts) Containment() Share { return Share{c.Contained, c.Marked} }

// Precision is the share of found spans that are exact.
func (c Counts) Precision() Share { return Share{c.Exact, c.Found} }

// Recall is the share of marked spans that were found exactly.
func (c Counts) Recall() Share { return Share{c.Exact, c.Marked} }

// F1 is the harmonic mean of Precision and Recall.
func (c Counts) F1() Share { return Share{2 * c.Exact, c.Found + c.Marked} }

// FalseRate is the number of false spans in 1,000 tokens.
func (c Counts) FalseRate() (per1000 float64, ok bool) {
	rate, ok := Share{c.False, c.Tokens}.Value()
	return 1000 * rate, ok
}

// Tokens counts the words of a text: runs of letters, digits and underscores,
// with the marks on them. In scripts that do without spaces between words (Han, Kana,
// Thai, Lao, Khmer, Burmese) every letter is a token. Punctuation is none. No
// model's own tokens are meant, so that figures of different detectors compare.
func Tokens(text string) (n int) {
	inWord := false
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Mark, r): // part of the letter before
		case unspaced(r):
			n++
			inWord = false
		case r == '_' || unicode.In(r, unicode.Letter, unicode.Number):
			if !inWord {
				n++
			}
			inWord = true
		default:
			inWord = false
		}
	}
	return n
}

// unspaced reports whether a letter is of a script without spaces.
func unspaced(r rune) bool {
	return r >= 0x0E00 && unicode.IsLetter(r) && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
