//go:build cgo && tesseract

package ocr

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/otiai10/gosseract/v2"
)

// Available says whether this program can read text in images.
const Available = true

// CheckLanguages says whether Tesseract has data for the languages. It asks in
// this process, once, for a list of files; nothing is recognised.
func CheckLanguages(languages []string) error {
	have, err := gosseract.GetAvailableLanguages()
	if err != nil {
		return fmt.Errorf("looking for language data of Tesseract: %w", err)
	}
	for _, language := range languages {
		if !slices.Contains(have, language) {
			return fmt.Errorf("no language data of Tesseract for %q: install tesseract-ocr-%s; there are %s", language, language, strings.Join(have, ", "))
		}
	}
	return nil
}

// RunWorker is the life of a child process: it reads images from r and answers
// with their text on w, until r ends. Nothing else may run in its process.
func RunWorker(r io.Reader, w io.Writer, languages []string, maxPixels int) error {
	runtime.LockOSThread() // one engine, one thread
	limitWorker(maxPixels)
	client := gosseract.NewClient()
	defer client.Close()
	client.Trim = false
	if err := client.SetLanguage(languages...); err != nil {
		return err
	}
	for name, value := range map[gosseract.SettableVariable]string{
		"hocr_char_boxes":  "1",
		"user_defined_dpi": "300",
	} {
		if err := client.SetVariable(name, value); err != nil {
			return err
		}
	}
	in, out := bufio.NewReaderSize(r, 1<<20), bufio.NewWriterSize(w, 1<<20)
	for {
		mode, img, err := readRequest(in, maxPixels)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		status := byte(statusOK)
		hocr, err := recognise(client, mode, img)
		if err != nil {
			status, hocr = statusError, "" // its words may quote
		}
		if err := errors.Join(writeAnswer(out, status, []byte(hocr)), out.Flush()); err != nil {
			return err
		}
	}
}

// recognise makes exactly one call that recognises: every one of gosseract's
// questions does it again.
func recognise(client *gosseract.Client, mode byte, img *image.Gray) (string, error) {
	// Not SetPageSegMode: what that sets is lost when the engine is built.
	if err := client.SetVariable("tessedit_pageseg_mode", strconv.Itoa(int(mode))); err != nil {
		return "", err
	}
	pgm := fmt.Appendf(nil, "P5\n%d %d\n255\n", img.Rect.Dx(), img.Rect.Dy())
	if err := client.SetImageFromBytes(append(pgm, img.Pix...)); err != nil {
		return "", err
	}
	return client.HOCRText()
}

// statusError is the answer for an image that the engine failed on.
const statusError = 1

func readRequest(r io.Reader, maxPixels int) (mode byte, img *image.Gray, err error) {
	var head [4 + requestHead]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	width, height := binary.BigEndian.Uint32(head[5:]), binary.BigEndian.Uint32(head[9:])
	pixels := uint64(width) * uint64(height)
	if pixels == 0 || pixels > uint64(maxPixels) || uint64(binary.BigEndian.Uint32(head[:])) != requestHead+pixels {
		return 0, nil, errFrame
	}
	img = image.NewGray(image.Rect(0, 0, int(width), int(height)))
	_, err = io.ReadFull(r, img.Pix)
	return head[4], img, err
}

func writeAnswer(w io.Writer, status byte, hocr []byte) error {
	head := append(binary.BigEndian.AppendUint32(nil, uint32(1+len(hocr))), status)
	if _, err := w.Write(head); err != nil {
		return err
	}
	_, err := w.Write(hocr)
	return err
}
