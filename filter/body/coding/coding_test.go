package coding

import (
	"bytes"
	"compress/flate"
	stdgzip "compress/gzip"
	"errors"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func encode(t testing.TB, body []byte, chain ...string) []byte {
	t.Helper()
	out, err := Encode(body, chain)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRoundTrip(t *testing.T) {
	all := []string{"gzip", "x-gzip", "deflate", "br", "zstd"}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOf(rapid.Byte()).Draw(t, "body")
		chain := rapid.SliceOfN(rapid.SampledFrom(all), 0, 3).Draw(t, "chain")
		encoded, err := Encode(body, chain)
		if err != nil {
			t.Fatal(err)
		}
		decoded, again, err := Decode(encoded, chain, Limits{})
		if err != nil || !bytes.Equal(decoded, body) {
			t.Fatalf("decoding %v: %v", chain, err)
		}
		if encoded, err = Encode(decoded, again); err != nil {
			t.Fatal(err)
		}
		if decoded, _, err = Decode(encoded, chain, Limits{}); err != nil || !bytes.Equal(decoded, body) {
			t.Fatalf("decoding %v again: %v", chain, err)
		}
	})
}

func TestDecodeReadsOtherWriters(t *testing.T) {
	var members bytes.Buffer
	for _, part := range []string{"hello ", "world"} {
		w := stdgzip.NewWriter(&members)
		_, _ = w.Write([]byte(part))
		_ = w.Close()
	}
	var raw bytes.Buffer
	w, _ := flate.NewWriter(&raw, 9)
	_, _ = w.Write([]byte("hello world"))
	_ = w.Close()
	for _, tt := range []struct {
		name   string
		body   []byte
		coding string
		chain  string
	}{
		{"gzip of two members", members.Bytes(), "gzip", "gzip"},
		{"deflate without its wrapper", raw.Bytes(), "deflate", rawDeflate},
		{"upper case and identity", members.Bytes(), "identity, GZIP", "gzip"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, chain, err := Decode(tt.body, []string{tt.coding}, Limits{})
			if err != nil || string(got) != "hello world" || !slices.Equal(chain, []string{tt.chain}) {
				t.Fatalf("got %q, chain %v, error %v", got, chain, err)
			}
			back, _, err := Decode(encode(t, got, chain...), []string{tt.coding}, Limits{})
			if err != nil || string(back) != "hello world" {
				t.Fatalf("back again: %q, error %v", back, err)
			}
		})
	}
}

func TestDecodeRefuses(t *testing.T) {
	text := []byte("the quick brown fox")
	zeros := make([]byte, 16<<20)
	for _, tt := range []struct {
		name    string
		body    []byte
		codings []string
		limits  Limits
		want    error
	}{
		{"an unknown coding", text, []string{"snappy"}, Limits{}, ErrUnknown},
		{"an unknown coding below", encode(t, text, "gzip"), []string{"compress, gzip"}, Limits{}, ErrUnknown},
		{"our own name for raw deflate", text, []string{rawDeflate}, Limits{}, ErrUnknown},
		{"four layers", encode(t, text, "gzip", "gzip", "gzip", "gzip"), []string{"gzip, gzip", "gzip, gzip"}, Limits{}, ErrLayers},
		{"plain text called gzip", text, []string{"gzip"}, Limits{}, ErrCorrupt},
		{"plain text called br", text, []string{"br"}, Limits{}, ErrCorrupt},
		{"plain text called zstd", text, []string{"zstd"}, Limits{}, ErrCorrupt},
		{"plain text called deflate", text, []string{"deflate"}, Limits{}, ErrCorrupt},
		{"nothing called gzip", nil, []string{"gzip"}, Limits{}, ErrCorrupt},
		{"the wrong order", encode(t, text, "gzip", "br"), []string{"br, gzip"}, Limits{}, ErrCorrupt},
		{"more than the limit", encode(t, bytes.Repeat([]byte("0123456789abcdef"), 100), "gzip"), []string{"gzip"}, Limits{MaxOutput: 1000}, ErrTooLarge},
		{"a large body", encode(t, noise(4<<20), "gzip"), []string{"gzip"}, Limits{MaxOutput: 1 << 20}, ErrTooLarge},
		{"a gzip bomb", encode(t, zeros, "gzip"), []string{"gzip"}, Limits{}, ErrBomb},
		{"a deflate bomb", encode(t, zeros, "deflate"), []string{"deflate"}, Limits{}, ErrBomb},
		{"a br bomb", encode(t, zeros, "br"), []string{"br"}, Limits{}, ErrBomb},
		{"a zstd bomb", encode(t, zeros, "zstd"), []string{"zstd"}, Limits{}, ErrBomb},
		{"a bomb in a parcel", encode(t, zeros, "gzip", "gzip"), []string{"gzip, gzip"}, Limits{}, ErrBomb},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _, err := Decode(tt.body, tt.codings, tt.limits)
			if !errors.Is(err, tt.want) || got != nil {
				t.Fatalf("got %d bytes, error %v, want %v", len(got), err, tt.want)
			}
		})
	}
}

// noise is text that does not compress well.
func noise(size int) []byte {
	out, x := make([]byte, size), uint32(1)
	for i := range out {
		x = x*1664525 + 1013904223
		out[i] = byte(x >> 24)
	}
	return out
}

func TestDecodeRefusesDamage(t *testing.T) {
	text := []byte(strings.Repeat("lena@example.com wrote to us. ", 20))
	for _, c := range []string{"gzip", "deflate", "br", "zstd"} {
		whole := encode(t, text, c)
		t.Run(c+" cut off", func(t *testing.T) {
			for n := range whole {
				if got, _, err := Decode(whole[:n], []string{c}, Limits{}); !errors.Is(err, ErrCorrupt) {
					t.Fatalf("%d of %d bytes: got %q, error %v", n, len(whole), got, err)
				}
			}
		})
		t.Run(c+" with garbage behind", func(t *testing.T) {
			for _, garbage := range []string{"x", "\x00\x00\x00\x00", "lena@example.com"} {
				if _, _, err := Decode(append(bytes.Clone(whole), garbage...), []string{c}, Limits{}); !errors.Is(err, ErrCorrupt) {
					t.Fatalf("%q behind: error %v", garbage, err)
				}
			}
		})
	}
}

func TestDecodeWithoutCodingsCopiesNothing(t *testing.T) {
	body := []byte("abc")
	got, chain, err := Decode(body, []string{" identity ,"}, Limits{})
	if err != nil || &got[0] != &body[0] || len(chain) != 0 {
		t.Fatalf("got %q, %v, %v", got, chain, err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, c := range Supported() {
		f.Add(encode(f, []byte("one two one two"), c), c)
	}
	f.Fuzz(func(t *testing.T, body []byte, c string) {
		limits := Limits{MaxOutput: 1 << 16}
		got, chain, err := Decode(body, []string{c}, limits)
		if err != nil {
			return
		}
		if int64(len(got)) > limits.MaxOutput && len(chain) > 0 {
			t.Fatalf("%d bytes past the limit", len(got))
		}
		again, _, err := Decode(encode(t, got, chain...), []string{c}, limits)
		if err != nil || !bytes.Equal(got, again) {
			t.Fatalf("round trip: %v", err)
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	text := []byte(strings.Repeat(`{"id":"ord_1","status":"shipped","note":"leave it with the neighbour"}`, 150))
	for _, c := range Supported() {
		b.Run(c, func(b *testing.B) {
			body := encode(b, text, c)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := Decode(body, []string{c}, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
