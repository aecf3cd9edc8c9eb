//go:build cgo && tesseract && !linux

package ocr

func limitWorker(int) {}
