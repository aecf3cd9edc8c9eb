package document

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/requests"
)

// mostPixels of the picture of a page; larger pages are drawn more coarsely.
const mostPixels = 20e6

// rebuild adds a page to the new document: its picture, painted over, and the
// text that may be read.
func (o *opened) rebuild(ctx context.Context, d *pdfDocument, i int, find Find, w *pdfWriter) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	page := &d.pages[i]
	canvas, err := o.render(page, i)
	if err != nil {
		return err
	}
	var lossless bytes.Buffer
	if err := png.Encode(&lossless, canvas); err != nil {
		return ErrFormat
	}
	boxes, err := o.Read(ctx, lossless.Bytes(), find)
	if err != nil {
		return err
	}
	var cover []image.Rectangle
	for _, b := range boxes {
		cover = append(cover, b.Rect)
	}
	seen := slices.Clone(cover) // what only the eye finds takes the text under it along
	for _, r := range d.covered(page) {
		cover = append(cover, pixels(r, canvas.Rect))
	}
	for _, r := range cover {
		draw.Draw(canvas, r, image.Black, image.Point{}, draw.Src)
	}
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, canvas, &jpeg.Options{Quality: 88}); err != nil {
		return ErrFormat
	}
	w.page(page.width, page.height, canvas.Rect.Size(), picture.Bytes(), d.lines(page, seen, canvas.Rect))
	return nil
}

// render draws a page on white.
func (o *opened) render(page *pdfPage, i int) (*image.RGBA, error) {
	dpi := float64(o.DPI)
	if dpi <= 0 {
		dpi = 150
	}
	scale := min(dpi/72, math.Sqrt(mostPixels/(page.width*page.height)))
	res, err := o.RenderPageInPixels(&requests.RenderPageInPixels{
		Page: o.page(i), Width: int(math.Ceil(page.width * scale)), Height: int(math.Ceil(page.height * scale)),
		RenderFlags: enums.FPDF_RENDER_FLAG_ANNOT, RenderForm: true, Document: &o.document,
	})
	if err != nil {
		return nil, ErrFormat
	}
	defer res.Cleanup()
	img := res.Result.RenderedImage
	canvas := image.NewRGBA(image.Rectangle{Max: img.Bounds().Size()})
	draw.Draw(canvas, canvas.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(canvas, canvas.Rect, img, img.Bounds().Min, draw.Over)
	return canvas, nil
}

// covered are the parts of a page that spans stand in: one for each line, since
// the outline of single characters would tell which they were.
func (d *pdfDocument) covered(page *pdfPage) (out []Rect) {
	at, last := 0, -1
	var previous Rect
	for _, c := range page.chars {
		for at < len(d.spans) && d.spans[at].End <= c.start {
			at++
		}
		if at == len(d.spans) || c.end <= d.spans[at].Start || c.box.empty() {
			continue
		}
		if last == at && beside(previous, c.box) {
			out[len(out)-1] = out[len(out)-1].union(c.box)
		} else {
			out = append(out, c.box)
		}
		last, previous = at, c.box
	}
	return out
}

// beside reports whether two characters stand in one line, whichever way it runs.
func beside(a, b Rect) bool {
	shared := func(a0, a1, b0, b1 float64) bool {
		return math.Min(a1, b1)-math.Max(a0, b0) > 0.3*math.Min(a1-a0, b1-b0)
	}
	near := math.Max(a.Top, b.Top)-math.Min(a.Bottom, b.Bottom) < math.Max(a.Bottom-a.Top, b.Bottom-b.Top)/2
	return shared(a.Top, a.Bottom, b.Top, b.Bottom) || near && shared(a.Left, a.Right, b.Left, b.Right)
}

// pixels is where a box lies in a picture, with a margin: glyphs reach out of
// the boxes that fonts give them.
func pixels(r Rect, in image.Rectangle) image.Rectangle {
	w, h := float64(in.Dx()), float64(in.Dy())
	margin := 2 + 0.2*math.Min((r.Right-r.Left)*w, (r.Bottom-r.Top)*h)
	return image.Rect(
		int(math.Floor(r.Left*w-margin)), int(math.Floor(r.Top*h-margin)),
		int(math.Ceil(r.Right*w+margin)), int(math.Ceil(r.Bottom*h+margin)),
	).Intersect(in)
}

// pdfLine is a line of text with the place of its beginning and its height, in
// shares of the page.
type pdfLine struct {
	text string
	box  Rect
}

// lines are the text of a page without what was covered.
func (d *pdfDocument) lines(page *pdfPage, seen []image.Rectangle, in image.Rectangle) (out []pdfLine) {
	text := d.text.String()
	var b strings.Builder
	var box Rect
	flush := func() {
		if s := strings.TrimSpace(b.String()); s != "" && !box.empty() {
			out = append(out, pdfLine{s, box})
		}
		b.Reset()
		box = Rect{}
	}
	at, said := 0, -1
	for _, c := range page.chars {
		for at < len(d.spans) && d.spans[at].End <= c.start {
			at++
		}
		s := text[c.start:c.end]
		switch inside := pixels(c.box, in); {
		case at < len(d.spans) && c.end > d.spans[at].Start:
			if span := d.spans[at]; said != at {
				said = at
				b.WriteString(d.placeholder(span.Category, text[span.Start:span.End]))
			}
		case s == "\n":
			flush()
			continue
		case s != " " && !c.box.empty() && slices.ContainsFunc(seen, inside.Overlaps):
		default:
			b.WriteString(s)
		}
		if !c.box.empty() {
			if box.empty() {
				box = c.box
			}
			box.Right = math.Max(box.Right, c.box.Right)
		}
	}
	flush()
	return out
}
