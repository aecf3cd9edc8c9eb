//go:build cgo && tesseract

package webapp

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"net/http"
	"os"
	"strings"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/caddyprivacy/privacyfilter/ocr"
)

const readerEnv = "PRIVACY_FILTER_OCR_WORKER"

// isReader makes of this program one that reads pictures, where the tests start
// it as such.
func isReader() bool {
	if os.Getenv(readerEnv) == "" {
		return false
	}
	if ocr.RunWorker(os.Stdin, os.Stdout, []string{"eng"}, 25_000_000) != nil {
		os.Exit(1)
	}
	return true
}

func reader(t testing.TB) func() (*ocr.Redactor, error) {
	t.Setenv(readerEnv, "1")
	pool, err := ocr.NewPool(ocr.PoolOptions{Command: []string{os.Args[0]}, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	return func() (*ocr.Redactor, error) { return &ocr.Redactor{Pool: pool}, nil }
}

const written = "Write to elena.markovic@example.org"

func picture(t testing.TB) []byte {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 24, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 560, 90))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(20, 55)}
	d.DrawString(written)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAnonymizeScreenshot(t *testing.T) {
	g := newRig(t, Options{Images: reader(t)})
	out, failed := g.call("anonymize_screenshot", g.upload("a.png", picture(t)))
	if failed != "" {
		t.Fatal(failed)
	}
	data, _ := strings.CutPrefix(out["image_data_url"].(string), "data:image/png;base64,")
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(raw))
	if err != nil || img.Bounds().Dx() != 560 || out["width"] != 560.0 || out["height"] != 90.0 {
		t.Errorf("%v: %v × %v", err, out["width"], out["height"])
	}
	boxes := out["boxes"].([]any)
	if len(boxes) != 1 {
		t.Fatalf("boxes: %v", boxes)
	}
	b := boxes[0].(map[string]any)
	if b["label"] != "private_email" || !strings.Contains(b["text"].(string), "@example.org") || b["x"].(float64) < 90 || b["w"].(float64) < 200 {
		t.Errorf("box: %v", b)
	}
}

func TestRedactImage(t *testing.T) {
	g := newRig(t, Options{Images: reader(t)})
	out, failed := g.call("redact_image", g.upload("a.png", picture(t)))
	if failed != "" {
		t.Fatal(failed)
	}
	_, path, _ := strings.Cut(out["url"].(string), g.url)
	resp, body := g.do(http.MethodGet, path, "", "")
	if resp.Header.Get("Content-Type") != "image/png" || out["orig_name"] != "redacted-a.png" {
		t.Errorf("%v %v", resp.Header, out)
	}
	img, err := png.Decode(strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	// Within the address; and the word before it stays.
	for x, black := range map[int]bool{200: true, 300: true, 400: true, 100: false} {
		if got := color.GrayModel.Convert(img.At(x, 38)).(color.Gray).Y == 0; got != black {
			t.Errorf("pixel at %d: black is %v", x, got)
		}
	}
}

func TestNoPicture(t *testing.T) {
	g := newRig(t, Options{Images: reader(t)})
	if _, failed := g.call("redact_image", g.upload("a.png", []byte("canary"))); failed != "That is no image that can be read here." {
		t.Error(failed)
	}
}
