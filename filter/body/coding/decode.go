package coding

import (
	"bytes"
	"errors"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// errOverflow: more output than allowed.
var errOverflow = errors.New("output limit")

// zstdWindow bounds a frame's window, and with it memory: RFC 9659 lets
// senders of HTTP content use at most 8 MiB.
const zstdWindow = 8 << 20

var (
	gzipReaders   = sync.Pool{New: func() any { return new(gzip.Reader) }}
	brotliReaders = sync.Pool{New: func() any { return brotli.NewReader(nil) }}
	flateReaders  = sync.Pool{New: func() any { return flate.NewReader(nil) }}
	zstdReaders   = sync.Pool{New: func() any { return newZstdReader() }}
)

func newZstdReader() *zstd.Decoder {
	// One goroutine-free decoder; the options are constants, so there is
	// nothing that could fail.
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		panic(err)
	}
	return d
}

// decodeOne takes one coding off. Library errors are not passed on: some
// quote input. Too much output is a bomb if so little input made it, and
// just a large body otherwise.
func decodeOne(body []byte, c string, limit, ratio int64) ([]byte, error) {
	if len(body) == 0 {
		return nil, ErrCorrupt // zstd would take it for no frames at all
	}
	src := bytes.NewReader(body)
	out, err := readFrom(src, c, limit)
	switch {
	case errors.Is(err, errOverflow):
		if read := int64(len(body) - src.Len()); limit >= ratioFloor && limit > ratio*read {
			return nil, ErrBomb
		}
		return nil, ErrTooLarge
	case err != nil, src.Len() > 0: // corrupt, or bytes behind the end
		return nil, ErrCorrupt
	}
	return out, nil
}

func readFrom(src *bytes.Reader, c string, limit int64) ([]byte, error) {
	switch c {
	case "gzip", "x-gzip":
		r := gzipReaders.Get().(*gzip.Reader)
		defer gzipReaders.Put(r)
		defer r.Reset(nothing()) //nolint:errcheck // only lets go of the body
		if err := r.Reset(src); err != nil {
			return nil, err
		}
		return readLimited(r, src.Len(), limit)
	case "deflate":
		r, err := zlib.NewReader(src)
		if err != nil {
			return nil, err
		}
		return readLimited(r, src.Len(), limit)
	case rawDeflate:
		r := flateReaders.Get().(io.ReadCloser)
		defer flateReaders.Put(r)
		defer r.(flate.Resetter).Reset(nothing(), nil) //nolint:errcheck // only lets go of the body
		if err := r.(flate.Resetter).Reset(src, nil); err != nil {
			return nil, err
		}
		return readLimited(r, src.Len(), limit)
	case "br":
		r := brotliReaders.Get().(*brotli.Reader)
		defer brotliReaders.Put(r)
		defer r.Reset(nothing()) //nolint:errcheck // only lets go of the body
		if err := r.Reset(src); err != nil {
			return nil, err
		}
		return readLimited(r, src.Len(), limit)
	case "zstd":
		r := zstdReaders.Get().(*zstd.Decoder)
		defer zstdReaders.Put(r)
		defer r.Reset(nil) //nolint:errcheck // lets go of the body; cannot fail on nil
		if err := r.Reset(src); err != nil {
			return nil, err
		}
		return readLimited(r, src.Len(), limit)
	}
	return nil, ErrUnknown
}

// nothing is what a pooled reader holds while it waits.
func nothing() io.Reader { return bytes.NewReader(nil) }

// readLimited reads to the end, or fails with errOverflow past limit bytes.
func readLimited(r io.Reader, compressed int, limit int64) ([]byte, error) {
	var out bytes.Buffer
	out.Grow(int(min(4*int64(compressed), limit)) + bytes.MinRead)
	n, err := out.ReadFrom(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, err
	case n > limit:
		return nil, errOverflow
	}
	return out.Bytes(), nil
}
