package features

import "github.com/caddyprivacy/privacyfilter/inference"

// maxToken is how many visible characters a token holds; longer ones are cut.
const maxToken = 24

// Words is an inference.Tokenizer and inference.Features. Its zero value is
// ready, and all values are equal.
//
// A token is a run of letters and digits, a character of a script without
// spaces, or a run of one punctuation mark or symbol; marks, accents and
// invisible characters belong to what they follow. Tokens and the white space
// between them tile the text.
type Words struct{}

var (
	_ inference.Tokenizer = Words{}
	_ inference.Features  = Words{}
)

// Encode implements inference.Tokenizer. It accepts any string and never
// fails. The id of a token says nothing and is zero: its features are what
// counts.
func (Words) Encode(dst []inference.Token, text string) ([]inference.Token, error) {
	p := table()
	var open opening
	for i := 0; i < len(text); {
		c, size := p.at(text, i)
		switch {
		case c.class == space || c.class == newline:
			open = opening{}
		case open.takes(c) || open.started && (c.class == mark || c.class == invisible):
			dst[len(dst)-1].End = i + size
		case c.class == invisible: // after white space: part of the gap
		default:
			dst = append(dst, inference.Token{Start: i, End: i + size})
			open.start(c)
		}
		i += size
	}
	return dst, nil
}

// opening is the token that may go on.
type opening struct {
	started bool
	word    bool
	repeat  rune // the mark that a run repeats, folded; -1 for none
	visible int
}

func (o *opening) start(c character) {
	*o = opening{started: true, word: c.class.inWord(), repeat: -1, visible: 1}
	if c.class.repeats() {
		o.repeat = c.fold
	}
}

// takes says whether a visible character goes on with the token, and counts it
// if so.
func (o *opening) takes(c character) bool {
	more := o.word && c.class.inWord() || c.class.repeats() && c.fold == o.repeat
	if !o.started || !more || o.visible == maxToken {
		return false
	}
	o.visible++
	return true
}

// Specials implements inference.Tokenizer: there are none.
func (Words) Specials() (prefix, suffix []int64) { return nil, nil }

// Close implements inference.Tokenizer.
func (Words) Close() error { return nil }
