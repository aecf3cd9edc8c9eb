package ocr

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
)

// What is spoken over a worker's pipes, all numbers big-endian:
//
//	request:  4 bytes length, 1 byte page segmentation mode, 4 width, 4 height, grey pixels
//	answer:   4 bytes length, 1 byte status, hOCR if that is 0
const (
	requestHead = 9
	statusOK    = 0
	maxAnswer   = 256 << 20 // bytes
)

func writeRequest(w io.Writer, mode byte, img *image.Gray) error {
	width, height := img.Rect.Dx(), img.Rect.Dy()
	head := binary.BigEndian.AppendUint32(nil, uint32(requestHead+width*height))
	head = append(head, mode)
	head = binary.BigEndian.AppendUint32(head, uint32(width))
	head = binary.BigEndian.AppendUint32(head, uint32(height))
	if _, err := w.Write(head); err != nil {
		return err
	}
	for y := range height {
		if _, err := w.Write(img.Pix[y*img.Stride:][:width]); err != nil {
			return err
		}
	}
	return nil
}

var errFrame = errors.New("a frame that makes no sense")

func readAnswer(r io.Reader) ([]byte, error) {
	var head [5]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return nil, err
	}
	length := binary.BigEndian.Uint32(head[:])
	if length == 0 || length > maxAnswer {
		return nil, errFrame
	}
	hocr := make([]byte, length-1)
	if _, err := io.ReadFull(r, hocr); err != nil {
		return nil, err
	}
	if head[4] != statusOK {
		return nil, fmt.Errorf("%w: the engine failed", ErrWorker)
	}
	return hocr, nil
}
