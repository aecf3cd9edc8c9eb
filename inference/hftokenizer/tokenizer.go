//go:build cgo

package hftokenizer

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/daulet/tokenizers"

	"github.com/caddyprivacy/privacyfilter/inference"
)

// Tokenizer implements inference.Tokenizer. Encode may be called from many
// goroutines: the library only reads, apart from a cache behind its own lock.
type Tokenizer struct {
	native         *tokenizers.Tokenizer
	prefix, suffix []int64
	unknown        int64
}

var _ inference.Tokenizer = (*Tokenizer)(nil)

// New loads a tokenizer from the content of a tokenizer.json. Errors wrap
// ErrDefinition.
func New(raw []byte) (*Tokenizer, error) {
	d, err := parseDefinition(raw)
	if err != nil {
		return nil, err
	}
	native, err := tokenizers.FromBytes(d.json, tokenizers.WithEncodeSpecialTokens())
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDefinition, err) // quotes the file, not a text
	}
	t := &Tokenizer{native: native, unknown: d.unknownID()}
	if err := errors.Join(t.findSpecials(), t.refuseForgery(d)); err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

// Encode implements inference.Tokenizer. Tokens are in text order with
// offsets that cover every visible character; neighbours overlap where both
// are parts of one character.
func (t *Tokenizer) Encode(dst []inference.Token, text string) ([]inference.Token, error) {
	if strings.IndexByte(text, 0) >= 0 || !utf8.ValidString(text) {
		return dst, ErrText
	}
	if text == "" {
		return dst, nil
	}
	e, err := t.native.EncodeWithOptionsErr(text, false, tokenizers.WithReturnOffsets())
	switch {
	case err != nil:
		return dst, ErrEncode
	case len(e.IDs) == 0 && anyVisible(text):
		return dst, ErrNoTokens
	case len(e.IDs) != len(e.Offsets):
		return dst, ErrOffsets
	}
	all := slices.Grow(dst, len(e.IDs))
	for i, id := range e.IDs {
		all = append(all, inference.Token{ID: int64(id), Start: int(e.Offsets[i][0]), End: int(e.Offsets[i][1])})
	}
	tokens := all[len(dst):]
	if err := check(tokens, len(text)); err != nil {
		return dst, err
	}
	fillGaps(tokens, text)
	return all, nil
}

// Specials implements inference.Tokenizer.
func (t *Tokenizer) Specials() (prefix, suffix []int64) { return t.prefix, t.suffix }

// Unknown is the id of the token that stands for what the vocabulary lacks, or
// inference.NoID.
func (t *Tokenizer) Unknown() int64 { return t.unknown }

// VocabSize is how many ids the tokenizer knows, special ones included.
func (t *Tokenizer) VocabSize() int { return int(t.native.VocabSize()) }

// Close implements inference.Tokenizer.
func (t *Tokenizer) Close() error { return t.native.Close() }

// probe is a text that every tokenizer knows.
const probe = "a"

// findSpecials learns what the post-processor puts around a text from what it
// does to one.
func (t *Tokenizer) findSpecials() error {
	bare, err := t.ids(probe, false)
	if err != nil {
		return err
	}
	whole, err := t.ids(probe, true)
	if err != nil {
		return err
	}
	for at := 0; at+len(bare) <= len(whole); at++ {
		if slices.Equal(whole[at:at+len(bare)], bare) {
			t.prefix, t.suffix = whole[:at], whole[at+len(bare):]
			return nil
		}
	}
	return fmt.Errorf("%w: its post-processor changes the text's tokens", ErrDefinition)
}

func (t *Tokenizer) ids(text string, special bool) ([]int64, error) {
	e, err := t.native.EncodeWithOptionsErr(text, special)
	if err != nil || len(e.IDs) == 0 {
		return nil, fmt.Errorf("%w: it cannot encode a letter", ErrDefinition)
	}
	out := make([]int64, len(e.IDs))
	for i, id := range e.IDs {
		out[i] = int64(id)
	}
	return out, nil
}

// refuseForgery checks that nobody can write a special token in a text. The
// library is told not to parse them, but a vocabulary may also contain one as
// an ordinary word.
func (t *Tokenizer) refuseForgery(d *definition) error {
	for _, s := range d.specials {
		if d.isUnknown(s) || strings.IndexByte(s.Content, 0) >= 0 {
			continue
		}
		for _, text := range []string{s.Content, "a " + s.Content + " a", "a" + s.Content + "a"} {
			e, err := t.native.EncodeWithOptionsErr(text, false)
			if err != nil {
				return fmt.Errorf("%w: it cannot encode its own special tokens as text", ErrDefinition)
			}
			if slices.Contains(e.IDs, uint32(s.ID)) {
				return fmt.Errorf("%w: a text can forge its special token %q", ErrDefinition, s.Content)
			}
		}
	}
	return nil
}
