//go:build cgo && tesseract

package ocr

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/caddyprivacy/privacyfilter/pii"
)

// planted are the values in the pictures, and what find looks for.
var planted = map[string]pii.Category{
	"Harriet Blackwood": pii.PrivatePerson, "harriet.blackwood@example.com": pii.PrivateEmail, "+44 20 7946 0318": pii.PrivatePhone,
}

var lines = []string{
	"Ticket 88213", "Customer: Harriet Blackwood", "Mail: harriet.blackwood@example.com", "Phone: +44 20 7946 0318",
	"The parcel arrived on Tuesday and is complete.",
}

// find knows the planted values and nothing else.
func find(_ context.Context, texts []string) ([][]pii.Span, error) {
	out := make([][]pii.Span, len(texts))
	for i, text := range texts {
		for value, category := range planted {
			if at := strings.Index(text, value); at >= 0 {
				out[i] = append(out[i], pii.Span{Start: at, End: at + len(value), Category: category, Score: 1})
			}
		}
	}
	return out, nil
}

// draws lines of text in a colour on a background.
func drawn(t testing.TB, size float64, ink, paper color.Color) *image.NRGBA {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewNRGBA(image.Rect(0, 0, int(size*26), int(size*2*float64(len(lines)+1))))
	draw.Draw(img, img.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face}
	for i, line := range lines {
		d.Dot = fixed.P(int(size), int(size*2*float64(i+1)))
		d.DrawString(line)
	}
	return img
}

func encoded(t testing.TB, img image.Image, format Format) []byte {
	t.Helper()
	data, err := encode(img, format)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// readAll is all that the engine reads in an image, with all effort.
func readAll(t testing.TB, p *Pool, data []byte) string {
	t.Helper()
	img, _, err := Decode(data, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r := Redactor{Pool: p, Effort: Balanced}
	readings, err := r.read(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, r := range readings {
		all.WriteString(r.text)
	}
	return all.String()
}

// TestPlantedValuesAreUnreadable covers values in every format, and reads the
// result again.
func TestPlantedValuesAreUnreadable(t *testing.T) {
	p := testPool(t)
	light := drawn(t, 18, color.Black, color.White)
	for _, c := range []struct {
		name   string
		img    image.Image
		format Format
	}{
		{"PNG", light, PNG},
		{"JPEG", light, JPEG},
		{"GIF", light, GIF},
		{"BMP", light, BMP},
		{"TIFF", light, TIFF},
		{"WebP", light, WebP},
		{"dark", drawn(t, 18, color.Gray{Y: 220}, color.Gray{Y: 24}), PNG},
		{"small", drawn(t, 13, color.Black, color.White), PNG},
		{"white on nothing", drawn(t, 18, color.White, color.Transparent), PNG},
		{"16 bits", sixteen(light), PNG},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := encoded(t, c.img, c.format)
			res, err := (&Redactor{Pool: p}).Redact(t.Context(), data, find)
			if err != nil {
				t.Fatal(err)
			}
			if len(res.Boxes) < 3 || !res.Changed || res.Format != c.format || Sniff(res.Data) != c.format {
				t.Fatalf("%d boxes, changed %v, %s", len(res.Boxes), res.Changed, res.Format)
			}
			got := readAll(t, p, res.Data)
			for _, word := range []string{"Harriet", "Blackwood", "blackwood@", "7946"} {
				if strings.Contains(got, word) {
					t.Errorf("%q is still there:\n%s", word, got)
				}
			}
			if !strings.Contains(got, "parcel arrived") || !strings.Contains(got, "88213") {
				t.Errorf("what is not personal is gone:\n%s", got)
			}
			if c.format == PNG {
				same(t, data, res)
			}
		})
	}
}

// same checks that nothing changed outside of the boxes.
func same(t *testing.T, before []byte, res *Result) {
	t.Helper()
	a, errA := png.Decode(bytes.NewReader(before))
	b, errB := png.Decode(bytes.NewReader(res.Data))
	if errA != nil || errB != nil || a.Bounds() != b.Bounds() {
		t.Fatal(errA, errB, a.Bounds(), b.Bounds())
	}
	area := 0
	for y := range a.Bounds().Dy() {
		for x := range a.Bounds().Dx() {
			covered := false
			for _, box := range res.Boxes {
				covered = covered || image.Pt(x, y).In(box.Rect)
			}
			if covered {
				if area++; color.NRGBAModel.Convert(b.At(x, y)) != (color.NRGBA{A: 255}) {
					t.Fatalf("(%d,%d) shows through", x, y)
				}
			} else if a.At(x, y) != b.At(x, y) {
				t.Fatalf("(%d,%d) has changed outside of the boxes", x, y)
			}
		}
	}
	if most := a.Bounds().Dx() * a.Bounds().Dy() / 4; area > most {
		t.Errorf("%d pixels are covered", area)
	}
}

func sixteen(img image.Image) image.Image {
	out := image.NewNRGBA64(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}

// TestTurnedPictures: what EXIF says is done before reading, and with all
// effort what it does not say is found out.
func TestTurnedPictures(t *testing.T) {
	p := testPool(t)
	for _, turn := range []int{2, 5, 6} { // TestUprightAndBack turns the others
		// The inverse of a turn, so that the picture stands upright after it.
		inverse := turn
		switch turn {
		case 6:
			inverse = 8
		case 8:
			inverse = 6
		}
		data := withOrientation(t, upright(drawn(t, 18, color.Black, color.White), inverse), byte(turn))
		res, err := (&Redactor{Pool: p}).Redact(t.Context(), data, find)
		if err != nil || len(res.Boxes) < 3 {
			t.Errorf("orientation %d: %v, %d boxes", turn, err, len(res.Boxes))
			continue
		}
		if got := readAll(t, p, res.Data); strings.Contains(got, "Harriet") || !strings.Contains(got, "parcel") {
			t.Errorf("orientation %d: %q", turn, got)
		}
	}
	for _, turn := range []int{6} {
		data := encoded(t, upright(drawn(t, 18, color.Black, color.White), turn), PNG)
		res, err := (&Redactor{Pool: p, Effort: Thorough}).Redact(t.Context(), data, find)
		if err != nil || len(res.Boxes) < 3 {
			t.Fatalf("turned by %d: %v", turn, err)
		}
		back, _, err := Decode(res.Data, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		inverse := map[int]int{3: 3, 6: 8, 8: 6}[turn]
		if got := readAll(t, p, encoded(t, upright(back, inverse), PNG)); strings.Contains(got, "Blackwood") || !strings.Contains(got, "parcel") {
			t.Errorf("turned by %d: %q", turn, got)
		}
	}
}

// withOrientation writes a JPEG with an EXIF tag.
func withOrientation(t testing.TB, img image.Image, orientation byte) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	exif := append([]byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0)
	segment := append([]byte{0xff, app1, 0, byte(len(exif) + 2)}, exif...)
	return append(append(out.Bytes()[:2:2], segment...), out.Bytes()[2:]...)
}

// TestWorkerDiesWithItsImage: a worker that is killed fails the image that it
// reads, and no other.
func TestWorkerDiesWithItsImage(t *testing.T) {
	p := testPool(t)
	gray := prepare(drawn(t, 18, color.Black, color.White), color.Gray{Y: 255}, p.MaxPixels()).gray
	w := <-p.seats
	if err := w.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.seats <- w
	if _, err := p.Recognise(t.Context(), gray, automatic); !errors.Is(err, ErrWorker) {
		t.Errorf("a dead worker: %v", err)
	}
	if page, err := p.Recognise(t.Context(), gray, automatic); err != nil || len(page.Blocks) == 0 {
		t.Errorf("its successor: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	if _, err := p.Recognise(ctx, gray, automatic); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("after the deadline: %v", err)
	}
	if _, err := p.Recognise(t.Context(), gray, automatic); err != nil {
		t.Errorf("after a kill: %v", err)
	}
}
