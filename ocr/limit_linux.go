//go:build cgo && tesseract

package ocr

import "syscall"

// limitWorker keeps a worker that goes wild from taking the machine with it:
// memory in proportion to the largest image, and no core dumps, which would
// hold what it read.
func limitWorker(maxPixels int) {
	const base, perPixel = 1 << 30, 32
	memory := uint64(base + perPixel*maxPixels)
	_ = syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: memory, Max: memory})
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{})
}
