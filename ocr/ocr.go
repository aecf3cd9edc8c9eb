// Package ocr reads text in images and paints over what is personal in it:
// decoding with limits, Tesseract in child processes, text with the places of
// its characters, rectangles, painting, encoding anew.
//
// What may come in: pixels and where text stands in them. What must never: HTTP,
// policy, and Tesseract in this process: it leaks, it crashes on hostile
// input, and it takes standard error for itself. Errors are sentences with no
// text of an image in them.
package ocr

import (
	"errors"
	"image"
)

// Errors of images. None says what is in them.
var (
	// ErrUnavailable: this program was built without Tesseract.
	ErrUnavailable = errors.New("ocr_unavailable: this program was built without Tesseract (build tag tesseract)")
	// ErrFormat: not an image of a kind that is read here, or a broken one.
	ErrFormat = errors.New("not an image that can be read")
	// ErrTooLarge: more bytes, pixels or frames than are decoded.
	ErrTooLarge = errors.New("the image is over the limit")
	// ErrAnimated: more than one picture in one file.
	ErrAnimated = errors.New("the image holds more than one picture")
	// ErrWorker: the process that reads text died or did not answer in time.
	ErrWorker = errors.New("the text of the image could not be read")
)

// Page is the text of one image, in pixels of the image that was read.
type Page struct {
	Blocks []Block
}

// Block is a column or a paragraph that belongs together.
type Block struct {
	Lines []Line
}

// Line is words on one line.
type Line struct {
	Box   image.Rectangle
	Words []Word
}

// Word is a word with its characters.
type Word struct {
	Box        image.Rectangle
	Confidence float64 // 0 to 100
	Chars      []Char
}

// Char is one character, or what the engine took for one.
type Char struct {
	Text string
	Box  image.Rectangle
}

// Text is the word as it reads.
func (w Word) Text() string {
	var out []byte
	for _, c := range w.Chars {
		out = append(out, c.Text...)
	}
	return string(out)
}
