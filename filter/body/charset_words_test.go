package body

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// TestWordsAreReadAsTheirBytes: what is decided eight bytes at a time is what
// each byte decides, wherever it stands.
func TestWordsAreReadAsTheirBytes(t *testing.T) {
	t.Parallel()
	for c := range 256 {
		for at := range 19 {
			text := []byte("0123456789abcdefghi")
			text[at] = byte(c)
			if got := hasControls(text); got != controls[c] {
				t.Errorf("byte %#x at %d: control %v", c, at, got)
			}
			if got := isASCII(text); got != (c < utf8.RuneSelf) {
				t.Errorf("byte %#x at %d: ASCII %v", c, at, got)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "text")
		ascii := true
		for _, c := range text {
			ascii = ascii && c < utf8.RuneSelf
		}
		if hasControls(text) != anyControl(text) || isASCII(text) != ascii {
			t.Fatalf("%x", text)
		}
	})
}
