package ocr

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"

	"golang.org/x/image/tiff"
)

func pngOf(t testing.TB, w, h int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func chunk(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// insert puts bytes behind a PNG's header chunk.
func insert(data, more []byte) []byte {
	const header = 8 + 12 + 13
	return append(append(data[:header:header], more...), data[header:]...)
}

// TestHostileImages: each is one clear error, before it costs anything.
func TestHostileImages(t *testing.T) {
	good := pngOf(t, 40, 30)
	bomb := bytes.Clone(good)
	binary.BigEndian.PutUint32(bomb[16:], 60_000)
	binary.BigEndian.PutUint32(bomb[20:], 60_000)
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	gifBomb := []byte("GIF89a\xff\xff\xff\xff\x80\x00\x00\x00\x00\x00\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00;")
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, ErrFormat},
		{"text", []byte("Harriet Blackwood, harriet@example.com"), ErrFormat},
		{"header alone", good[:20], ErrFormat},
		{"truncated", good[:len(good)-20], ErrFormat},
		{"a wrong type under a PNG's beginning", append([]byte("\x89PNG\r\n\x1a\n"), "<svg onload='x'/>"...), ErrFormat},
		{"pixels without end", bomb, ErrTooLarge},
		{"a canvas of 4 GiB in 34 bytes", gifBomb, ErrTooLarge},
		{"animated PNG", insert(good, chunk("acTL", make([]byte, 8))), ErrAnimated},
		{"animated GIF", animated(t), ErrAnimated},
		{"pages of TIFF that go round", roundTIFF(), ErrFormat},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, _, err := Decode(c.data, Limits{}); !errors.Is(err, c.want) {
				t.Errorf("%v, want %v", err, c.want)
			}
		})
	}
	if _, _, err := Decode(good, Limits{Bytes: 10}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("over the limit of bytes: %v", err)
	}
}

func animated(t testing.TB) []byte {
	t.Helper()
	frame := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White})
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// roundTIFF has a directory that follows itself.
func roundTIFF() []byte {
	return []byte("II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00")
}

// TestNothingButThePicture: what is not picture goes from images in which
// nothing is covered, and the picture stays as it was.
func TestNothingButThePicture(t *testing.T) {
	secret := []byte("GPS 51.5N, harriet@example.com")
	good := pngOf(t, 40, 30)
	dirty := append(insert(good, append(chunk("tEXt", secret), chunk("eXIf", secret)...)), secret...)
	clean, ok := strip(dirty, PNG)
	if !ok || !bytes.Equal(clean, good) {
		t.Errorf("PNG: %v, %d bytes, want %d", ok, len(clean), len(good))
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, image.NewGray(image.Rect(0, 0, 40, 30)), nil); err != nil {
		t.Fatal(err)
	}
	plain := buf.Bytes()
	segment := append([]byte{0xff, app1, 0, byte(len(secret) + 2)}, secret...)
	comment := append([]byte{0xff, com, 0, byte(len(secret) + 2)}, secret...)
	dirty = append(plain[:2:2], append(segment, comment...)...)
	dirty = append(append(dirty, plain[2:]...), secret...)
	if clean, ok = strip(dirty, JPEG); !ok || !bytes.Equal(clean, plain) {
		t.Errorf("JPEG: %v, %d bytes, want %d", ok, len(clean), len(plain))
	}
}

// TestPictureFormats: what is written is read, and colours stay.
func TestPictureFormats(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 32, 24))
	for i := range img.Pix {
		img.Pix[i] = byte(i * 7)
	}
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 255
	}
	for _, format := range []Format{PNG, BMP, TIFF, WebP} {
		data, err := encode(paint(img, nil), format)
		if err != nil {
			t.Fatal(format, err)
		}
		back, got, err := Decode(data, Limits{})
		if err != nil || got != format {
			t.Fatal(format, got, err)
		}
		for y := range 24 {
			for x := range 32 {
				if color.NRGBAModel.Convert(back.At(x, y)) != img.At(x, y) {
					t.Fatalf("%s: (%d,%d) is %v, was %v", format, x, y, back.At(x, y), img.At(x, y))
				}
			}
		}
	}
}

// TestPalettesStay: a picture of few colours stays one, and what covers it is
// opaque.
func TestPalettesStay(t *testing.T) {
	palette := color.Palette{color.Transparent, color.White}
	for len(palette) < 256 {
		palette = append(palette, color.NRGBA{R: byte(len(palette)), G: 40, A: 255})
	}
	img := image.NewPaletted(image.Rect(0, 0, 10, 10), palette)
	out := paint(img, []Box{{Rect: image.Rect(2, 2, 5, 5)}})
	if _, _, _, a := out.At(3, 3).RGBA(); a != 0xffff {
		t.Errorf("alpha %#x", a)
	}
	if _, ok := out.(*image.Paletted); !ok || out.At(8, 8) != img.At(8, 8) {
		t.Error("it changed outside of the box")
	}
}

// TestUprightAndBack: what is turned and turned back is as it was, and a
// rectangle in the turned picture is found in the picture.
func TestUprightAndBack(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 7, 4))
	for i := range img.Pix {
		img.Pix[i] = byte(i*5 + 3)
	}
	inverse := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 8, 7: 7, 8: 6}
	for turn, back := range inverse {
		turned := upright(img, turn)
		again := upright(turned, back)
		for y := range 4 {
			for x := range 7 {
				if again.At(x, y) != img.At(x, y) {
					t.Fatalf("orientation %d: (%d,%d) is another", turn, x, y)
				}
			}
		}
		if turn != 1 && turn != 3 && turn != 6 && turn != 8 {
			continue
		}
		b := turned.Bounds()
		for y := range b.Dy() {
			for x := range b.Dx() {
				at := unturned(image.Rect(x, y, x+1, y+1), turn, 7, 4)
				if img.At(at.Min.X, at.Min.Y) != turned.At(x, y) {
					t.Fatalf("orientation %d: (%d,%d) is not at %v", turn, x, y, at)
				}
			}
		}
	}
}

func FuzzDecode(f *testing.F) {
	var t bytes.Buffer
	_ = tiff.Encode(&t, image.NewGray(image.Rect(0, 0, 4, 4)), nil)
	f.Add(t.Bytes())
	f.Add([]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"))
	f.Fuzz(func(t *testing.T, data []byte) {
		img, format, err := Decode(data, Limits{Pixels: 1 << 16})
		if err != nil {
			return
		}
		if _, err := encode(paint(img, []Box{{Rect: image.Rect(0, 0, 2, 2)}}), format); err != nil && img.Bounds().Dx() < 1<<14 && img.Bounds().Dy() < 1<<14 {
			t.Errorf("%s of %v is not written again: %v", format, img.Bounds(), err)
		}
		strip(data, format)
	})
}
