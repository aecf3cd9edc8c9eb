//go:build cgo && tesseract

package caddymodule

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"testing"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// written is a picture of some lines.
func written(t testing.TB, lines ...string) []byte {
	t.Helper()
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: 20, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewGray(image.Rect(0, 0, 560, 50*len(lines)+30))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: img, Src: image.Black, Face: face}
	for i, line := range lines {
		d.Dot = fixed.P(20, 50*(i+1))
		d.DrawString(line)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// blackened is how much of a strip of a picture is black.
func blackened(t testing.TB, data []byte, line int) float64 {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	black, all := 0, 0
	for y := 50*(line+1) - 12; y < 50*(line+1); y++ {
		for x := 20; x < 540; x++ {
			if all++; color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y < 32 {
				black++
			}
		}
	}
	return float64(black) / float64(all)
}

// TestPictures sends a picture in every carrier; the upstream must get it with
// the name covered and the rest as it was.
func TestPictures(t *testing.T) {
	t.Setenv("PRIVACY_FILTER_OCR_WORKER", "1")
	readerCommand = []string{os.Args[0]}
	t.Cleanup(func() { readerCommand = nil })
	picture := written(t, "Customer: "+person, "The parcel arrived on Tuesday.")
	if share := blackened(t, picture, 0); share > 0.3 {
		t.Fatalf("%f of the first line is black before", share)
	}
	code := base64.StdEncoding.EncodeToString(picture)
	inJSON := func(document any, before int) ([]byte, func([]byte) []byte) {
		body, err := json.Marshal(document)
		if err != nil {
			t.Fatal(err)
		}
		after := len(body) - before - len(code)
		return body, func(got []byte) []byte {
			out, err := base64.StdEncoding.DecodeString(string(got[before : len(got)-after]))
			if err != nil || !json.Valid(got) {
				t.Fatal(err)
			}
			return out
		}
	}
	const uri = "data:image/png;base64,"
	chat, chatUnwrap := inJSON(map[string]any{"image_url": map[string]any{"url": uri + code}}, len(`{"image_url":{"url":"`+uri))
	bare, bareUnwrap := inJSON(map[string]any{"images": []any{code}}, len(`{"images":["`))
	form, formType, formUnwrap := pictureInForm(t, picture)
	same := func(b []byte) []byte { return b }
	for _, c := range []struct {
		name, contentType string
		body              []byte
		unwrap            func([]byte) []byte
	}{
		{"raw", "image/png", picture, same},
		{"wrong label", "application/octet-stream", picture, same},
		{"data URI in JSON", "application/json", chat, chatUnwrap},
		{"bare base64 in JSON", "application/json", bare, bareUnwrap},
		{"part of a form", formType, form, formUnwrap},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newRig(t, &Handler{Images: "redact", Response: modeOff})
			t.Cleanup(func() {
				if err := h.app.pictures.release(); err != nil {
					t.Error(err)
				}
			})
			var got []byte
			r := httptest.NewRequest(http.MethodPost, "http://h/", bytes.NewReader(c.body))
			r.Header.Set("Content-Type", c.contentType)
			w := httptest.NewRecorder()
			err := h.ServeHTTP(w, r, nextFunc(func(_ http.ResponseWriter, r *http.Request) (err error) {
				got, err = io.ReadAll(r.Body)
				return err
			}))
			if err != nil || w.Code != http.StatusOK {
				t.Fatalf("%v, status %d: %s", err, w.Code, w.Body)
			}
			out := c.unwrap(got)
			if share := blackened(t, out, 0); share < 0.2 {
				t.Errorf("%f of the line with the name is black", share)
			}
			if share := blackened(t, out, 1); share > 0.3 {
				t.Errorf("%f of the line without a name is black", share)
			}
		})
	}
}

type nextFunc func(http.ResponseWriter, *http.Request) error

func (f nextFunc) ServeHTTP(w http.ResponseWriter, r *http.Request) error { return f(w, r) }

// pictureInForm is an upload with a text beside the picture.
func pictureInForm(t testing.TB, picture []byte) (body []byte, contentType string, unwrap func([]byte) []byte) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	head := textproto.MIMEHeader{}
	head.Set("Content-Disposition", `form-data; name="file"; filename="shot.png"`)
	head.Set("Content-Type", "image/png")
	part, err := w.CreatePart(head)
	if err == nil {
		_, err = part.Write(picture)
	}
	if err := errors.Join(err, w.WriteField("note", "hello"), w.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), w.FormDataContentType(), func(got []byte) []byte {
		form, err := multipart.NewReader(bytes.NewReader(got), w.Boundary()).ReadForm(1 << 20)
		if err != nil {
			t.Fatal(err)
		}
		file, err := form.File["file"][0].Open()
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		data, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
}

// TestPicturesThatCannotBeRead are stopped, and what is said names no text.
func TestPicturesThatCannotBeRead(t *testing.T) {
	t.Setenv("PRIVACY_FILTER_OCR_WORKER", "1")
	readerCommand = []string{os.Args[0]}
	t.Cleanup(func() { readerCommand = nil })
	good := written(t, person)
	broken := base64.StdEncoding.EncodeToString(good)
	broken = broken[:100] + "+-+-" + broken[104:] // two alphabets
	for _, c := range []struct {
		name   string
		images string
		body   []byte
		status int
	}{
		{"blocked", "block", good, http.StatusUnsupportedMediaType},
		{"truncated", "redact", good[:len(good)/2], http.StatusUnsupportedMediaType},
		{"base64 that breaks", "redact", []byte(`{"images":["` + broken + `"]}`), http.StatusUnsupportedMediaType},
		{"passed", "pass", good, http.StatusOK},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newRig(t, &Handler{Images: c.images, Response: modeOff})
			t.Cleanup(func() {
				if h.app.pictures != nil {
					_ = h.app.pictures.release()
				}
			})
			r := httptest.NewRequest(http.MethodPost, "http://h/", bytes.NewReader(c.body))
			w := httptest.NewRecorder()
			err := h.ServeHTTP(w, r, nextFunc(func(_ http.ResponseWriter, r *http.Request) error {
				got, err := io.ReadAll(r.Body)
				if !bytes.Equal(got, c.body) {
					t.Error("it has changed")
				}
				return err
			}))
			if err != nil || w.Code != c.status {
				t.Errorf("%v, status %d: %s", err, w.Code, w.Body)
			}
		})
	}
}
