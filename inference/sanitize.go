package inference

import (
	"strings"
	"unicode/utf8"
)

// substitute stands for a byte that a tokenizer must not see. U+001A is the
// ASCII control character for just that; tokenizers that drop control
// characters read the letters around it as one word, as a person would.
const substitute = 0x1A

// Sanitize makes a text fit for a tokenizer without moving a byte: every NUL,
// where a C string would end, and every byte that is not part of valid UTF-8,
// which a lossy conversion would widen to three bytes, is replaced by one
// other byte (model.md §4.3). Offsets into the result are offsets into the
// text. A clean text is returned as it is.
func Sanitize(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == 0 || r == utf8.RuneError && size == 1 {
			b.WriteByte(substitute)
		} else {
			b.WriteString(text[i : i+size])
		}
		i += size
	}
	return b.String()
}
