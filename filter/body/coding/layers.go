package coding

import (
	"bufio"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
)

// openLayers are the pooled decoders of one stream.
type openLayers struct{ put []func() }

// release gives them back to their pools, without the body.
func (o *openLayers) release() {
	for _, put := range o.put {
		put()
	}
}

// layer decodes one coding. Its reader returns what it has before it asks
// src for more, and ends only where src ends.
func (o *openLayers) layer(src *bufio.Reader, c string) (io.Reader, error) {
	switch c {
	case "gzip", "x-gzip":
		z := gzipReaders.Get().(*gzip.Reader)
		o.put = append(o.put, func() {
			_ = z.Reset(nothing()) // only lets go of the body
			gzipReaders.Put(z)
		})
		g := &gzipMembers{z: z, src: src}
		return g, g.begin()
	case "deflate":
		z, err := zlib.NewReader(src)
		return &single{z, src}, err
	case rawDeflate:
		z := flateReaders.Get().(io.ReadCloser)
		reset := z.(flate.Resetter).Reset
		o.put = append(o.put, func() {
			_ = reset(nothing(), nil)
			flateReaders.Put(z)
		})
		return &single{z, src}, reset(src, nil)
	case "br":
		z := brotliReaders.Get().(*brotli.Reader)
		o.put = append(o.put, func() {
			_ = z.Reset(nothing())
			brotliReaders.Put(z)
		})
		return z, z.Reset(src)
	case "zstd":
		z := zstdReaders.Get().(*zstd.Decoder)
		o.put = append(o.put, func() {
			_ = z.Reset(nil)
			zstdReaders.Put(z)
		})
		return z, z.Reset(src)
	}
	return nil, ErrUnknown
}

// single is a coding with one end, behind which nothing may follow.
type single struct {
	io.Reader
	src *bufio.Reader
}

func (s *single) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if !errors.Is(err, io.EOF) {
		return n, err
	}
	if n > 0 {
		return n, nil // what is decoded does not wait for the end of src
	}
	if _, err := s.src.ReadByte(); !errors.Is(err, io.EOF) {
		return 0, ErrCorrupt
	}
	return 0, io.EOF
}

// gzipMembers reads members one by one (RFC 1952, section 2.2). The library
// does so too, but gives out the end of one only with the head of the next:
// an event that is a member of its own would come one event late.
type gzipMembers struct {
	z       *gzip.Reader
	src     *bufio.Reader
	between bool
}

// begin reads the head of a member; io.EOF says that there is none.
func (g *gzipMembers) begin() error {
	if err := g.z.Reset(g.src); err != nil {
		return err
	}
	g.z.Multistream(false)
	g.between = false
	return nil
}

func (g *gzipMembers) Read(p []byte) (int, error) {
	for {
		if g.between {
			if err := g.begin(); err != nil {
				return 0, err
			}
		}
		n, err := g.z.Read(p)
		if !errors.Is(err, io.EOF) {
			return n, err
		}
		if g.between = true; n > 0 {
			return n, nil
		}
	}
}
