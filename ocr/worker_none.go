//go:build !cgo || !tesseract

package ocr

import "io"

// Available says whether this program can read text in images.
const Available = false

// CheckLanguages says that there is no Tesseract.
func CheckLanguages([]string) error { return ErrUnavailable }

// RunWorker says that there is no Tesseract.
func RunWorker(io.Reader, io.Writer, []string, int) error { return ErrUnavailable }
