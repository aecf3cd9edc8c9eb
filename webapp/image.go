package webapp

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/caddyprivacy/privacyfilter/ocr"
	"github.com/caddyprivacy/privacyfilter/webapp/gradio"
)

// box is a rectangle as callers see it.
type box struct {
	X     int    `json:"x"`
	Y     int    `json:"y"`
	W     int    `json:"w"`
	H     int    `json:"h"`
	Label string `json:"label"`
	Text  string `json:"text"`
}

func boxesOf(found []ocr.Box) []box {
	out := make([]box, len(found))
	for i, b := range found {
		out[i] = box{X: b.Rect.Min.X, Y: b.Rect.Min.Y, W: b.Rect.Dx(), H: b.Rect.Dy(), Label: b.Label, Text: b.Text}
	}
	return out
}

func (s *Server) imageEndpoints() []gradio.Endpoint {
	param := []gradio.Param{{Name: "image", Kind: gradio.Upload}}
	return []gradio.Endpoint{
		{
			Name: "anonymize_screenshot", Description: "Finds personal data in an image: rectangles, one a line.",
			Params: param, Returns: gradio.JSON, Run: s.analyseImage,
		},
		{
			Name: "redact_image", Description: "Paints over personal data in an image, and returns it in its format.",
			Params: param, Returns: gradio.Upload, Run: s.redactImage,
		},
	}
}

func (s *Server) redactor() (*ocr.Redactor, error) {
	if s.o.Images == nil {
		return nil, failure(ocr.ErrUnavailable)
	}
	r, err := s.o.Images()
	if err != nil {
		return nil, failure(err)
	}
	return r, nil
}

func (s *Server) analyseImage(ctx context.Context, c *gradio.Call) (any, error) {
	r, err := s.redactor()
	if err != nil {
		return nil, err
	}
	c.Progress(0, 1, "images", "Reading the text")
	img, format, found, err := r.Analyse(ctx, c.File("image").Data, s.find)
	if err != nil {
		return nil, failure(err)
	}
	url, err := dataURL(img, format)
	if err != nil {
		return nil, err
	}
	b := img.Bounds()
	within := image.Rect(0, 0, b.Dx(), b.Dy())
	for i := range found {
		found[i].Rect = found[i].Rect.Intersect(within)
	}
	return map[string]any{"image_data_url": url, "width": b.Dx(), "height": b.Dy(), "boxes": boxesOf(found)}, nil
}

// dataURL is the image as it was read: upright, without metadata.
func dataURL(img image.Image, format ocr.Format) (string, error) {
	var out bytes.Buffer
	kind, err := ocr.PNG, error(nil)
	if format == ocr.JPEG {
		kind, err = ocr.JPEG, jpeg.Encode(&out, img, &jpeg.Options{Quality: 92})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&out, img)
	}
	if err != nil {
		return "", failure(ocr.ErrFormat)
	}
	return "data:" + kind.MediaType() + ";base64," + base64.StdEncoding.EncodeToString(out.Bytes()), nil
}

func (s *Server) redactImage(ctx context.Context, c *gradio.Call) (any, error) {
	r, err := s.redactor()
	if err != nil {
		return nil, err
	}
	c.Progress(0, 1, "images", "Reading the text")
	in := c.File("image")
	res, err := r.Redact(ctx, in.Data, s.find)
	if err != nil {
		return nil, failure(err)
	}
	return &gradio.File{Name: "redacted-" + in.Name, Type: res.Format.MediaType(), Data: res.Data}, nil
}
