package body

import "encoding/base64"

// Bounds of pictures in base64.
const (
	minPicture64  = 64 // characters of the smallest one
	pictureHead64 = 40 // characters that tell it
)

// isPicture64 reports whether a run of base64 begins like a picture.
func (b *builder) isPicture64(run []byte) bool {
	if b.picture == nil || len(run) < minPicture64 {
		return false
	}
	var head [pictureHead64]byte
	for i, c := range run[:pictureHead64] {
		switch c {
		case '-':
			c = '+'
		case '_':
			c = '/'
		}
		head[i] = c
	}
	var says [pictureHead64]byte
	n, err := base64.StdEncoding.Decode(says[:], head[:])
	return err == nil && b.picture(says[:n])
}

// may64 is the cheap question whether a value may hold base64 that is read.
func (b *builder) may64(text []byte) bool {
	if mayHold64(text) {
		return true
	}
	if b.picture == nil || len(text) < minPicture64 {
		return false
	}
	for start, end := run64(text, 0); start >= 0; start, end = run64(text, end) {
		if b.isPicture64(text[start:end]) {
			return true
		}
	}
	return false
}

// picture64 emits the picture that a run of base64 begins, text from done to it
// before, and returns where it ends.
func (b *builder) picture64(layer int32, done, from, to int, end int, e escapeID, k Kind, at place) (next int, ok bool) {
	text := b.doc.layers[layer].text[:end]
	to = wrapped64(text, from, to)
	for padding := 0; padding < 2 && to < len(text) && text[to] == '='; padding++ {
		to++
	}
	code, ok := readBase64(text[from:to])
	if !ok { // readers will make something of it that we cannot
		b.doc.Unread++
		return to, false
	}
	if done < from {
		b.slot(layer, done, from, e, k, at)
	}
	inner := b.push(layer, from, to, code)
	b.slot(inner, 0, len(b.doc.layers[inner].text), plain, Picture, at)
	return to, true
}
