//go:build !cgo || !tesseract

package webapp

func isReader() bool { return false }
