package ocr

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"

	"github.com/HugoSmits86/nativewebp"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// jpegQuality is that of pictures that are written anew.
const jpegQuality = 92

// paint covers rectangles on a fresh canvas, opaque and in one colour: what is
// blurred or pixelated can be read again.
func paint(img image.Image, boxes []Box) image.Image {
	b := img.Bounds()
	canvas := canvasLike(img, image.Rect(0, 0, b.Dx(), b.Dy()))
	if from, ok := img.(*image.Paletted); ok {
		copyPalette(canvas.(*image.Paletted), from)
	} else {
		draw.Draw(canvas, canvas.Bounds(), img, b.Min, draw.Src)
	}
	var ink color.Color = color.Black
	if p, ok := canvas.(*image.Paletted); ok {
		ink = darkest(p)
	}
	for _, box := range boxes {
		draw.Draw(canvas, box.Rect.Intersect(canvas.Bounds()), image.NewUniform(ink), image.Point{}, draw.Src)
	}
	return canvas
}

func copyPalette(to, from *image.Paletted) {
	for y := range to.Rect.Dy() {
		copy(to.Pix[y*to.Stride:][:to.Rect.Dx()], from.Pix[y*from.Stride:][:to.Rect.Dx()])
	}
}

// darkest gives a palette an opaque black, or takes its darkest opaque colour.
func darkest(img *image.Paletted) color.Color {
	if len(img.Palette) < 256 {
		img.Palette = append(img.Palette[:len(img.Palette):len(img.Palette)], color.NRGBA{A: 255})
		return color.Black
	}
	best, least := color.Color(color.Black), uint32(1<<31)
	for _, c := range img.Palette {
		if r, g, b, a := c.RGBA(); a == 0xffff && r+g+b < least {
			best, least = c, r+g+b
		}
	}
	return best
}

// encode writes nothing but pixels: no metadata, no thumbnail, nothing behind
// the end.
func encode(img image.Image, format Format) ([]byte, error) {
	var out bytes.Buffer
	var err error
	switch format {
	case PNG:
		err = png.Encode(&out, img)
	case JPEG:
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: jpegQuality})
	case GIF:
		err = gif.Encode(&out, img, nil)
	case BMP:
		err = bmp.Encode(&out, img)
	case TIFF:
		err = tiff.Encode(&out, img, &tiff.Options{Compression: tiff.Deflate})
	case WebP:
		err = nativewebp.Encode(&out, img, nil)
	default:
		err = ErrFormat
	}
	if err != nil {
		return nil, ErrFormat
	}
	return out.Bytes(), nil
}
