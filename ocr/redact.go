package ocr

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"slices"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// Effort is how hard text is looked for.
type Effort string

// The efforts.
const (
	Fast     Effort = "fast"     // one pass
	Balanced Effort = "balanced" // also as scattered text: forms, receipts, screenshots
	Thorough Effort = "thorough" // also turned, where little is read
)

// Tesseract's page segmentation modes.
const (
	automatic = 3  // a page with columns and paragraphs
	sparse    = 11 // as much text as there is, in no order
)

// Find looks for personal data in texts; spans are in bytes of each.
type Find func(ctx context.Context, texts []string) ([][]pii.Span, error)

// Redactor covers what is personal in images. It is safe for concurrent use.
type Redactor struct {
	Pool   *Pool
	Limits Limits
	Effort Effort // "" is Balanced
}

// Result is an image without what was personal in it.
type Result struct {
	Data          []byte // in the format it came in; the very slice, if nothing had to change
	Format        Format
	Width, Height int
	Boxes         []Box
	Changed       bool
}

// Redact reads an image's text, asks find about it, and covers what it finds.
// Metadata goes from every image. An error means that the image must not pass:
// one of this package's, or find's.
func (r *Redactor) Redact(ctx context.Context, data []byte, find Find) (*Result, error) {
	img, format, boxes, err := r.Analyse(ctx, data, find)
	if err != nil {
		return nil, err
	}
	b := img.Bounds()
	out := &Result{Format: format, Width: b.Dx(), Height: b.Dy(), Boxes: boxes}
	if len(boxes) == 0 && orientation(data, format) == 1 {
		if clean, ok := strip(data, format); ok {
			out.Data, out.Changed = clean, !bytes.Equal(clean, data)
			if !out.Changed {
				out.Data = data
			}
			return out, nil
		}
	}
	out.Changed = true
	out.Data, err = encode(paint(img, boxes), format)
	return out, err
}

// Analyse decodes an image and finds what is personal in it.
func (r *Redactor) Analyse(ctx context.Context, data []byte, find Find) (image.Image, Format, []Box, error) {
	img, format, err := Decode(data, r.Limits)
	if err != nil {
		return nil, "", nil, err
	}
	readings, err := r.read(ctx, img)
	if err != nil {
		return nil, "", nil, err
	}
	boxes, err := locate(ctx, readings, find)
	if err != nil {
		return nil, "", nil, err
	}
	return img, format, boxes, nil
}

// read makes the passes that the effort asks for.
func (r *Redactor) read(ctx context.Context, img image.Image) ([]*reading, error) {
	backgrounds := []color.Gray{{Y: 255}}
	if transparent(img) {
		// White letters on nothing would vanish on white.
		backgrounds = append(backgrounds, color.Gray{})
	}
	modes := []byte{automatic}
	if r.Effort != Fast {
		modes = append(modes, sparse)
	}
	var readings []*reading
	for _, background := range backgrounds {
		for _, mode := range modes {
			one, err := r.pass(ctx, img, background, mode, 1)
			if err != nil {
				return nil, err
			}
			readings = append(readings, one)
		}
	}
	if r.Effort != Thorough || readable(readings) {
		return readings, nil
	}
	for _, turn := range []int{6, 3, 8} { // EXIF's orientations of quarters and a half
		one, err := r.pass(ctx, img, backgrounds[0], automatic, turn)
		if err != nil {
			return nil, err
		}
		readings = append(readings, one)
	}
	return readings, nil
}

// pass reads an image once, turned as an orientation says.
func (r *Redactor) pass(ctx context.Context, img image.Image, background color.Gray, mode byte, turn int) (*reading, error) {
	b := img.Bounds()
	p := prepare(upright(img, turn), background, r.Pool.MaxPixels())
	page, err := r.Pool.Recognise(ctx, p.gray, mode)
	if err != nil {
		return nil, err
	}
	one := page.read(func(r image.Rectangle) image.Rectangle { return unturned(p.back(r), turn, b.Dx(), b.Dy()) })
	one.confidence = page.confidence()
	return one, nil
}

// readable reports whether so much was read, and so surely, that the image
// stands upright.
func readable(readings []*reading) bool {
	const sure, letters = 70, 12
	for _, r := range readings {
		if r.confidence >= sure && len(r.chars) >= letters {
			return true
		}
	}
	return false
}

// addresses are the categories that are looked for without the blanks that
// the engine sees in them.
var addresses = []pii.Category{pii.PrivateEmail, pii.PrivateURL, pii.AccountNumber, pii.PrivatePhone}

// locate asks about all readings and joins their rectangles.
func locate(ctx context.Context, readings []*reading, find Find) ([]Box, error) {
	texts := make([]string, 0, 2*len(readings))
	backs := make([][]int, len(readings))
	for i, r := range readings {
		squeezed, back := r.squeezed()
		backs[i] = back
		texts = append(texts, r.text, squeezed)
	}
	found, err := find(ctx, texts)
	if err != nil {
		return nil, err
	}
	var boxes []Box
	for i, r := range readings {
		for _, s := range found[2*i] {
			boxes = append(boxes, r.everywhere(s)...)
		}
		for _, s := range found[2*i+1] {
			if slices.Contains(addresses, s.Category) {
				s.Start, s.End = backs[i][s.Start], backs[i][s.End-1]+1
				boxes = append(boxes, r.everywhere(s)...)
			}
		}
	}
	return joined(boxes), nil
}

// everywhere is where a span stands, and all that reads like it.
func (r *reading) everywhere(s pii.Span) []Box {
	boxes := r.boxes(s.Start, s.End, string(s.Category))
	for _, place := range r.occurrences(s.Start, s.End) {
		boxes = append(boxes, r.boxes(place[0], place[1], string(s.Category))...)
	}
	return boxes
}

// joined drops rectangles that lie within others: the passes see the same.
func joined(boxes []Box) []Box {
	slices.SortStableFunc(boxes, func(a, b Box) int {
		return b.Rect.Dx()*b.Rect.Dy() - a.Rect.Dx()*a.Rect.Dy()
	})
	var out []Box
	for _, b := range boxes {
		if !slices.ContainsFunc(out, func(o Box) bool { return b.Rect.In(o.Rect) }) {
			out = append(out, b)
		}
	}
	return out
}
