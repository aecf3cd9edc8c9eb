package ocr

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"
)

// Format is a way to write an image.
type Format string

// The formats that are read. Everything is written in the format it came in.
const (
	PNG  Format = "png"
	JPEG Format = "jpeg"
	GIF  Format = "gif"
	BMP  Format = "bmp"
	TIFF Format = "tiff"
	WebP Format = "webp"
)

// MediaType is the format's content type.
func (f Format) MediaType() string { return "image/" + string(f) }

// Limits bound what is decoded.
type Limits struct {
	Bytes  int // of the file; 0: 32 MiB
	Pixels int // 0: 40 million
	Side   int // pixels of the longer side; 0: 20,000
}

func (l Limits) withDefaults() Limits {
	if l.Bytes == 0 {
		l.Bytes = 32 << 20
	}
	if l.Pixels == 0 {
		l.Pixels = 40_000_000
	}
	if l.Side == 0 {
		l.Side = 20_000
	}
	return l
}

// Sniff tells an image's format by its first bytes; "" is none that is read
// here. What a label says does not count.
func Sniff(data []byte) Format {
	switch {
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return PNG
	case bytes.HasPrefix(data, []byte("\xff\xd8\xff")):
		return JPEG
	case bytes.HasPrefix(data, []byte("GIF87a")), bytes.HasPrefix(data, []byte("GIF89a")):
		return GIF
	case len(data) > 26 && bytes.HasPrefix(data, []byte("BM")) && bytes.Equal(data[6:10], []byte{0, 0, 0, 0}):
		return BMP
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		return TIFF
	case len(data) > 12 && bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP":
		return WebP
	}
	return ""
}

// codec reads one format.
type codec struct {
	config func(data []byte) (image.Config, error)
	decode func(data []byte) (image.Image, error)
	// frames is how many pictures are in the file, 1 if that is not known to
	// be more.
	frames func(data []byte) int
}

var codecs = map[Format]codec{
	PNG: {
		func(d []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(d)) },
		func(d []byte) (image.Image, error) { return png.Decode(bytes.NewReader(d)) },
		pngFrames,
	},
	JPEG: {
		func(d []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(d)) },
		func(d []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(d)) },
		func([]byte) int { return 1 },
	},
	GIF: {
		func(d []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(d)) },
		decodeGIF,
		gifFrames,
	},
	BMP: {
		func(d []byte) (image.Config, error) { return bmp.DecodeConfig(bytes.NewReader(d)) },
		func(d []byte) (image.Image, error) { return bmp.Decode(bytes.NewReader(d)) },
		func([]byte) int { return 1 },
	},
	TIFF: {
		func(d []byte) (image.Config, error) { return tiff.DecodeConfig(bytes.NewReader(d)) },
		func(d []byte) (image.Image, error) { return tiff.Decode(bytes.NewReader(d)) },
		tiffFrames,
	},
	WebP: {
		func(d []byte) (image.Config, error) { return webp.DecodeConfig(bytes.NewReader(d)) },
		func(d []byte) (image.Image, error) { return webp.Decode(bytes.NewReader(d)) },
		webpFrames,
	},
}

// Decode reads an image, whose size is looked at before anything is decoded:
// a few bytes can ask for gigabytes. Its orientation is baked in. The error is
// ErrFormat, ErrTooLarge or ErrAnimated.
func Decode(data []byte, limits Limits) (img image.Image, format Format, err error) {
	defer func() {
		if recover() != nil { // decoders of strangers' bytes
			img, format, err = nil, "", ErrFormat
		}
	}()
	limits = limits.withDefaults()
	if len(data) > limits.Bytes {
		return nil, "", ErrTooLarge
	}
	format = Sniff(data)
	c, ok := codecs[format]
	if !ok {
		return nil, "", ErrFormat
	}
	config, err := c.config(data)
	switch {
	case err != nil || config.Width <= 0 || config.Height <= 0:
		return nil, "", ErrFormat
	case config.Width > limits.Side || config.Height > limits.Side || config.Width > limits.Pixels/config.Height:
		return nil, "", ErrTooLarge
	case c.frames(data) > 1:
		return nil, "", ErrAnimated
	}
	if img, err = c.decode(data); err != nil {
		return nil, "", ErrFormat
	}
	return upright(img, orientation(data, format)), format, nil
}
