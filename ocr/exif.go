package ocr

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/draw"
)

// orientation is EXIF's (tag 0x0112): how the picture must be turned to stand
// upright, 1 to 8; 1 where nothing is said.
func orientation(data []byte, format Format) int {
	switch format {
	case TIFF:
		return tiffOrientation(data)
	case JPEG:
		found := 1
		jpegSegments(data, func(marker byte, body []byte) {
			if tag, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok && marker == app1 && found == 1 {
				found = tiffOrientation(tag)
			}
		})
		return found
	case PNG:
		found := 1
		pngChunks(data, func(kind string, body []byte) {
			if kind == "eXIf" {
				found = tiffOrientation(body)
			}
		})
		return found
	case WebP:
		return webpOrientation(data)
	}
	return 1
}

const (
	app0  = 0xe0
	app1  = 0xe1
	app14 = 0xee // how colours are to be read
	app15 = 0xef
	com   = 0xfe
	sos   = 0xda
)

// jpegSegments visits the segments before the picture's data, and returns
// where that begins, or -1.
func jpegSegments(data []byte, visit func(marker byte, body []byte)) int {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker := data[at+1]
		if marker == 0xff { // a fill byte
			at++
			continue
		}
		if marker == sos {
			return at
		}
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if length < 2 || at+2+length > len(data) {
			return -1
		}
		visit(marker, data[at+4:at+2+length])
		at += 2 + length
	}
	return -1
}

func webpOrientation(data []byte) int {
	for at := 12; at+8 <= len(data); {
		length := int(binary.LittleEndian.Uint32(data[at+4:]))
		if length < 0 || length > len(data)-at-8 {
			break
		}
		if string(data[at:at+4]) == "EXIF" {
			body := data[at+8 : at+8+length]
			return tiffOrientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		}
		at += 8 + length + length&1
	}
	return 1
}

// tiffOrientation looks through the first directory of a TIFF structure.
func tiffOrientation(data []byte) int {
	if len(data) < 8 || !bytes.HasPrefix(data, []byte("II*\x00")) && !bytes.HasPrefix(data, []byte("MM\x00*")) {
		return 1
	}
	order := byteOrder(data)
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return 1
	}
	for i := range int64(order.Uint16(data[at:])) {
		entry := at + 2 + 12*i
		if entry+12 > int64(len(data)) {
			break
		}
		if order.Uint16(data[entry:]) == 0x0112 {
			if o := int(order.Uint16(data[entry+8:])); o >= 1 && o <= 8 {
				return o
			}
		}
	}
	return 1
}

// upright turns a picture as its orientation says.
func upright(img image.Image, orientation int) image.Image {
	if orientation == 1 {
		return img
	}
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	turned := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		turned = image.Rect(0, 0, h, w)
	}
	out := canvasLike(img, turned)
	for y := range h {
		for x := range w {
			tx, ty := x, y
			switch orientation {
			case 2:
				tx = w - 1 - x
			case 3:
				tx, ty = w-1-x, h-1-y
			case 4:
				ty = h - 1 - y
			case 5:
				tx, ty = y, x
			case 6:
				tx, ty = h-1-y, x
			case 7:
				tx, ty = h-1-y, w-1-x
			case 8:
				tx, ty = y, w-1-x
			}
			out.Set(tx, ty, img.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// unturned is where a rectangle of a turned picture lies in the picture of w by
// h that upright was given. It knows the turns without a mirror.
func unturned(r image.Rectangle, orientation, w, h int) image.Rectangle {
	switch orientation {
	case 3:
		return image.Rect(w-r.Max.X, h-r.Max.Y, w-r.Min.X, h-r.Min.Y)
	case 6:
		return image.Rect(r.Min.Y, h-r.Max.X, r.Max.Y, h-r.Min.X)
	case 8:
		return image.Rect(w-r.Max.Y, r.Min.X, w-r.Min.Y, r.Max.X)
	}
	return r
}

// canvasLike is a fresh canvas that can hold the colours of img.
func canvasLike(img image.Image, r image.Rectangle) draw.Image {
	switch src := img.(type) {
	case *image.Gray16, *image.RGBA64, *image.NRGBA64:
		return image.NewNRGBA64(r)
	case *image.Gray:
		return image.NewGray(r)
	case *image.Paletted:
		return image.NewPaletted(r, src.Palette)
	}
	return image.NewNRGBA(r)
}
