package ocr

import (
	"bytes"
	"encoding/binary"
)

// strip removes from a picture in which nothing is covered what is not
// picture: metadata, which may name places and people and hold a thumbnail,
// and whatever lies behind the end. ok is false where only writing it anew
// does that.
func strip(data []byte, format Format) (clean []byte, ok bool) {
	switch format {
	case PNG:
		return stripPNG(data)
	case JPEG:
		return stripJPEG(data)
	}
	return nil, false
}

// pngKept are the chunks that pixels need: the picture, its colours, its size.
var pngKept = map[string]bool{
	"IHDR": true, "PLTE": true, "IDAT": true, "IEND": true, "tRNS": true,
	"gAMA": true, "cHRM": true, "sRGB": true, "iCCP": true, "cICP": true, "sBIT": true, "pHYs": true, "bKGD": true,
}

func stripPNG(data []byte) ([]byte, bool) {
	out, ended, at := append([]byte(nil), data[:8]...), false, 8
	pngChunks(data, func(kind string, body []byte) {
		if pngKept[kind] {
			out = append(out, data[at:at+12+len(body)]...)
		}
		at += 12 + len(body)
		ended = kind == "IEND"
	})
	return out, ended
}

// stripJPEG drops application segments, but for JFIF's and the one that says
// how colours are to be read, and comments. Between the scans of a progressive
// picture there may be segments, too; such data is written anew.
func stripJPEG(data []byte) ([]byte, bool) {
	out := []byte{0xff, 0xd8}
	scan := jpegSegments(data, func(marker byte, body []byte) {
		isMetadata := marker == com || marker >= app0 && marker <= app15
		keep := marker == app0 && bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) == 14 || // without a thumbnail
			marker == app14 && bytes.HasPrefix(body, []byte("Adobe"))
		if isMetadata && !keep {
			return
		}
		out = append(out, 0xff, marker)
		out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
		out = append(out, body...)
	})
	if scan < 0 {
		return nil, false
	}
	end := jpegEnd(data, scan)
	if end < 0 {
		return nil, false
	}
	return append(out, data[scan:end]...), true
}

// jpegEnd is where the picture ends, if it has one scan and nothing else is
// in it.
func jpegEnd(data []byte, scan int) int {
	for at := scan + 2; at+1 < len(data); at++ {
		if data[at] != 0xff {
			continue
		}
		switch marker := data[at+1]; {
		case marker == 0xd9:
			return at + 2
		case marker == 0 || marker >= 0xd0 && marker <= 0xd7 || marker == 0xff:
		default:
			return -1
		}
	}
	return -1
}
