package coding

import (
	"bytes"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// resetter is what all encoders share.
type resetter interface {
	io.WriteCloser
	Reset(io.Writer)
}

// brotliLevel trades size for speed as proxies do on the fly.
const brotliLevel = 4

// encoders are pooled: their tables cost more than most bodies.
var encoders = map[string]*sync.Pool{
	"gzip":    {New: func() any { return gzip.NewWriter(nil) }},
	"x-gzip":  {New: func() any { return gzip.NewWriter(nil) }},
	"deflate": {New: func() any { return zlib.NewWriter(nil) }},
	rawDeflate: {New: func() any {
		w, err := flate.NewWriter(nil, flate.DefaultCompression)
		if err != nil {
			panic(err) // the level is a constant
		}
		return w
	}},
	"br": {New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
	"zstd": {New: func() any {
		w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(1<<20))
		if err != nil {
			panic(err) // the options are constants
		}
		return w
	}},
}

func encodeOne(body []byte, c string) ([]byte, error) {
	pool, ok := encoders[c]
	if !ok {
		return nil, ErrUnknown
	}
	w := pool.Get().(resetter)
	defer pool.Put(w)
	defer w.Reset(nil) // the pool keeps no body
	var out bytes.Buffer
	out.Grow(len(body)/3 + 64)
	w.Reset(&out)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
