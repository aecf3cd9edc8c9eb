package body

// minPicture64 is the length of the smallest picture, in characters of base64.
const minPicture64 = 64

// isPicture64 reports whether a run of base64 begins like a picture.
func (b *builder) isPicture64(run []byte) bool {
	if b.picture == nil || len(run) < minPicture64 {
		return false
	}
	var says [probe64]byte
	n, _ := begin64(&says, run)
	return b.picture(says[:n])
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
	to = end64(text, from, to)
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
