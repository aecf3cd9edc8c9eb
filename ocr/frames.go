package ocr

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/gif"
)

// pngFrames looks for the chunk that makes an animation of a PNG.
func pngFrames(data []byte) int {
	frames := 1
	pngChunks(data, func(kind string, _ []byte) {
		if kind == "acTL" {
			frames = 2
		}
	})
	return frames
}

// pngChunks visits the chunks of a PNG, up to the end of the picture.
func pngChunks(data []byte, visit func(kind string, body []byte)) {
	for at := 8; at+12 <= len(data); {
		length := int(binary.BigEndian.Uint32(data[at:]))
		if length < 0 || length > len(data)-at-12 {
			return
		}
		kind := string(data[at+4 : at+8])
		visit(kind, data[at+8:at+8+length])
		if at += 12 + length; kind == "IEND" {
			return
		}
	}
}

// gifFrames counts pictures by walking the blocks; nothing is unpacked.
func gifFrames(data []byte) int {
	if len(data) < 13 {
		return 0
	}
	at, frames := 13, 0
	if flags := data[10]; flags&0x80 != 0 {
		at += 3 << (flags&7 + 1)
	}
	for at < len(data) {
		switch data[at] {
		case 0x21: // extension: label, then blocks
			at = gifBlocks(data, at+2)
		case 0x2c: // picture
			frames++
			if at+10 > len(data) {
				return frames
			}
			flags := data[at+9]
			if at += 10; flags&0x80 != 0 {
				at += 3 << (flags&7 + 1)
			}
			at = gifBlocks(data, at+1)
		default: // the end, or nonsense
			return frames
		}
	}
	return frames
}

// gifBlocks is where a row of blocks ends.
func gifBlocks(data []byte, at int) int {
	for at < len(data) && data[at] != 0 {
		at += 1 + int(data[at])
	}
	return at + 1
}

// decodeGIF puts the picture on its canvas, which may be larger.
func decodeGIF(data []byte) (image.Image, error) {
	img, err := gif.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	config, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil || img.Bounds() == image.Rect(0, 0, config.Width, config.Height) {
		return img, err
	}
	canvas := image.NewNRGBA(image.Rect(0, 0, config.Width, config.Height))
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			canvas.Set(x, y, img.At(x, y))
		}
	}
	return canvas, nil
}

// webpFrames looks at the flag of the extended header.
func webpFrames(data []byte) int {
	const animation = 0x02
	if len(data) > 20 && string(data[12:16]) == "VP8X" && data[20]&animation != 0 {
		return 2
	}
	return 1
}

// tiffFrames counts image directories; a file may chain them without end.
func tiffFrames(data []byte) int {
	order := byteOrder(data)
	at, frames := int64(order.Uint32(data[4:])), 0
	for at != 0 && at+2 <= int64(len(data)) && frames < 2 {
		frames++
		next := at + 2 + 12*int64(order.Uint16(data[at:]))
		if next+4 > int64(len(data)) {
			break
		}
		at = int64(order.Uint32(data[next:]))
	}
	return frames
}

func byteOrder(data []byte) binary.ByteOrder {
	if data[0] == 'M' {
		return binary.BigEndian
	}
	return binary.LittleEndian
}
