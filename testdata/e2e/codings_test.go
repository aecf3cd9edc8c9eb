package e2e

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// codings are the Content-Encoding values of the matrix, "" for none.
var codings = []string{"", "gzip", "deflate", "br", "zstd", "gzip, br"}

// encode applies a Content-Encoding list in order, as RFC 9110 §8.4 says.
func encode(t testing.TB, body []byte, coding string) []byte {
	t.Helper()
	for _, name := range splitCodings(coding) {
		var buf bytes.Buffer
		w := encoder(t, &buf, name)
		if _, err := w.Write(body); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		body = buf.Bytes()
	}
	return body
}

func encoder(t testing.TB, w io.Writer, name string) io.WriteCloser {
	t.Helper()
	switch name {
	case "gzip", "x-gzip":
		return gzip.NewWriter(w)
	case "deflate":
		return zlib.NewWriter(w) // RFC 9110 §8.4.1.2: deflate is the zlib format
	case "br":
		return brotli.NewWriter(w)
	case "zstd":
		z, err := zstd.NewWriter(w)
		if err != nil {
			t.Fatal(err)
		}
		return z
	default:
		t.Fatalf("no encoder for %q", name)
		return nil
	}
}

// decode undoes encode.
func decode(t testing.TB, body []byte, coding string) []byte {
	t.Helper()
	for _, name := range slices.Backward(splitCodings(coding)) {
		plain, err := decodeOne(body, name)
		if err != nil {
			t.Fatalf("decoding %s: %v (%d bytes)", name, err, len(body))
		}
		body = plain
	}
	return body
}

func decodeOne(body []byte, name string) ([]byte, error) {
	src := bytes.NewReader(body)
	switch name {
	case "gzip", "x-gzip":
		r, err := gzip.NewReader(src)
		if err != nil {
			return nil, err
		}
		return io.ReadAll(r)
	case "deflate":
		r, err := zlib.NewReader(src)
		if err != nil {
			return io.ReadAll(flate.NewReader(bytes.NewReader(body)))
		}
		return io.ReadAll(r)
	case "br":
		return io.ReadAll(brotli.NewReader(src))
	case "zstd":
		r, err := zstd.NewReader(src)
		if err != nil {
			return nil, err
		}
		defer r.Close()
		return io.ReadAll(r)
	default:
		return nil, fmt.Errorf("no decoder for %q", name)
	}
}

func splitCodings(coding string) []string {
	if coding == "" {
		return nil
	}
	return strings.Split(strings.ReplaceAll(coding, " ", ""), ",")
}
