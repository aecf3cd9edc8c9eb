package ocr

import (
	"image"
	"image/color"
	"math"

	"golang.org/x/image/draw"
)

// What Tesseract reads best: letters of some 20 to 40 pixels, dark on light,
// with a margin (tessdoc, "Improving the quality of the output").
const (
	margin       = 24        // white pixels around what is read
	smallPicture = 400_000   // pixels below which letters are taken to be small
	screenSize   = 4_500_000 // pixels up to which a picture is taken for a screenshot
)

// prepared is a grey picture as the engine gets it, with the way back.
type prepared struct {
	gray  *image.Gray
	scale float64 // of the engine's pixels to the picture's
}

// back is where a rectangle of the engine lies in the picture: outward where
// it is between pixels.
func (p prepared) back(r image.Rectangle) image.Rectangle {
	r = r.Sub(image.Pt(margin, margin))
	return image.Rect(
		int(math.Floor(float64(r.Min.X)/p.scale)), int(math.Floor(float64(r.Min.Y)/p.scale)),
		int(math.Ceil(float64(r.Max.X)/p.scale)), int(math.Ceil(float64(r.Max.Y)/p.scale)),
	)
}

// prepare makes of a picture what the engine reads best. background shines
// through where the picture is transparent.
func prepare(img image.Image, background color.Gray, maxPixels int) prepared {
	b := img.Bounds()
	scale := scaleOf(b.Dx()*b.Dy(), maxPixels)
	w, h := max(int(float64(b.Dx())*scale), 1), max(int(float64(b.Dy())*scale), 1)

	flat := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(flat, flat.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	draw.Draw(flat, flat.Rect, img, b.Min, draw.Over)
	lighten(flat)

	out := image.NewGray(image.Rect(0, 0, w+2*margin, h+2*margin))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, image.Rect(margin, margin, margin+w, margin+h), flat, flat.Rect, draw.Src, nil)
	return prepared{out, scale}
}

func scaleOf(pixels, maxPixels int) float64 {
	scale := 1.0
	switch {
	case pixels < smallPicture:
		scale = 3
	case pixels < screenSize:
		scale = 2
	}
	// The margin is part of what the engine gets.
	if most := math.Sqrt(0.9 * float64(maxPixels) / float64(pixels)); scale > most {
		scale = most
	}
	return scale
}

// tile is the side of the squares whose background is judged by itself.
const tile = 48

// lighten turns dark backgrounds into light ones, square by square: a page may
// have a dark header over a light body.
func lighten(img *image.Gray) {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	columns, rows := (w+tile-1)/tile, (h+tile-1)/tile
	dark := make([]bool, columns*rows)
	for r := range rows {
		for c := range columns {
			dark[r*columns+c] = median(img, image.Rect(c*tile, r*tile, (c+1)*tile, (r+1)*tile).Intersect(img.Rect)) < 110
		}
	}
	for y := range h {
		line := img.Pix[y*img.Stride:][:w]
		for x := range line {
			if dark[y/tile*columns+x/tile] {
				line[x] = 255 - line[x]
			}
		}
	}
}

// median is the middle brightness of a part.
func median(img *image.Gray, r image.Rectangle) int {
	var counts [256]int
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range img.Pix[y*img.Stride+r.Min.X:][:r.Dx()] {
			counts[v]++
		}
	}
	half, seen := r.Dx()*r.Dy()/2, 0
	for v, n := range counts {
		if seen += n; seen > half {
			return v
		}
	}
	return 255
}

// transparent reports whether anything shines through a picture.
func transparent(img image.Image) bool {
	if o, ok := img.(interface{ Opaque() bool }); ok {
		return !o.Opaque()
	}
	return true
}
