package coding

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// streamChains are the codings and stacks that streams are tested with.
var streamChains = [][]string{nil, {"gzip"}, {"deflate"}, {rawDeflate}, {"br"}, {"zstd"}, {"gzip", "br"}, {"zstd", "deflate", "gzip"}}

// wireNames spells a chain as headers do.
func wireNames(chain []string) []string {
	names := slices.Clone(chain)
	for i, c := range names {
		names[i] = strings.TrimSuffix(c, "-raw")
	}
	return names
}

// TestStreamIsDecodedFlushByFlush: what a sender has flushed comes out before
// anything more goes in, through every coding and stack of them.
func TestStreamIsDecodedFlushByFlush(t *testing.T) {
	for _, chain := range streamChains {
		t.Run(fmt.Sprint(chain), func(t *testing.T) {
			var wire, plain bytes.Buffer
			e, err := NewEncoder(&wire, chain)
			if err != nil {
				t.Fatal(err)
			}
			defer e.Stop()
			d, err := NewDecoder(wireNames(chain), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Stop()
			emit := func(p []byte) error { _, err := plain.Write(p); return err }
			for i := range 50 {
				event := fmt.Sprintf("data: event %d\n\n", i)
				if _, err := e.Write([]byte(event)); err != nil {
					t.Fatal(err)
				}
				if err := e.Flush(); err != nil {
					t.Fatal(err)
				}
				if err := d.Write(wire.Next(wire.Len()), emit); err != nil {
					t.Fatal(err)
				}
				if got := plain.String(); got != event {
					t.Fatalf("after event %d: %q", i, got)
				}
				plain.Reset()
			}
			if err := e.Close(); err != nil {
				t.Fatal(err)
			}
			if err := d.Write(wire.Bytes(), emit); err != nil {
				t.Fatal(err)
			}
			if err := d.Close(emit); err != nil || plain.Len() > 0 {
				t.Fatalf("the end: %q, %v", plain.String(), err)
			}
			if !slices.Equal(d.Chain(), chain) {
				t.Errorf("chain %v", d.Chain())
			}
		})
	}
}

// TestStreamOfMembers: an event that is a gzip member of its own is not held
// until the next.
func TestStreamOfMembers(t *testing.T) {
	d, err := NewDecoder([]string{"gzip"}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Stop()
	for _, event := range []string{"one", "", "three"} {
		var got string
		if err := d.Write(encode(t, []byte(event), "gzip"), func(p []byte) error { got += string(p); return nil }); err != nil || got != event {
			t.Errorf("%q came as %q, %v", event, got, err)
		}
	}
	if err := d.Close(nil); err != nil {
		t.Error(err)
	}
}

// decodeInPieces is Decode by a Decoder, with the cuts of a network.
func decodeInPieces(wire []byte, codings []string, size int) ([]byte, error) {
	d, err := NewDecoder(codings, Limits{})
	if err != nil {
		return nil, err
	}
	defer d.Stop()
	var plain []byte
	emit := func(p []byte) error { plain = append(plain, p...); return nil }
	for piece := range slices.Chunk(wire, size) {
		if err := d.Write(piece, emit); err != nil {
			return nil, err
		}
	}
	return plain, d.Close(emit)
}

// sameAsDecode checks that pieces decode like the whole, or fail like it.
func sameAsDecode(t interface{ Fatalf(string, ...any) }, wire []byte, codings []string, size int) {
	if len(wire) == 0 {
		return // Decode is never asked for nothing
	}
	want, _, wantErr := Decode(wire, codings, Limits{})
	got, err := decodeInPieces(wire, codings, size)
	if (err == nil) != (wantErr == nil) || err == nil && !bytes.Equal(got, want) {
		t.Fatalf("%v of %d bytes by %d: %d bytes, %v; whole: %d bytes, %v", codings, len(wire), size, len(got), err, len(want), wantErr)
	}
}

func TestStreamDecodesLikeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		chain := rapid.SampledFrom(streamChains[1:]).Draw(t, "chain")
		body := rapid.SliceOfN(rapid.Byte(), 0, 2000).Draw(t, "body")
		wire, err := Encode(body, chain)
		if err != nil {
			t.Fatal(err)
		}
		switch rapid.SampledFrom([]string{"whole", "cut off", "flipped", "longer"}).Draw(t, "damage") {
		case "cut off":
			wire = wire[:rapid.IntRange(0, len(wire)-1).Draw(t, "at")]
		case "flipped":
			wire[rapid.IntRange(0, len(wire)-1).Draw(t, "at")] ^= rapid.ByteMin(1).Draw(t, "by")
		case "longer":
			wire = append(wire, rapid.SliceOfN(rapid.Byte(), 1, 20).Draw(t, "tail")...)
		}
		sameAsDecode(t, wire, wireNames(chain), rapid.IntRange(1, 300).Draw(t, "size"))
	})
}

func FuzzDecoder(f *testing.F) {
	for i, chain := range streamChains {
		wire, err := Encode([]byte("data: hello\n\ndata: world\n\n"), chain)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(wire, uint8(i), uint8(7))
	}
	f.Fuzz(func(t *testing.T, wire []byte, chain, size uint8) {
		codings := wireNames(streamChains[int(chain)%len(streamChains)])
		sameAsDecode(t, wire, codings, 1+int(size))
	})
}

// TestStreamRefuses: what a stream may not be. Of a bomb no more comes out
// than its ratio allows.
func TestStreamRefuses(t *testing.T) {
	zeros := make([]byte, 64<<20)
	text := []byte("the quick brown fox")
	for _, tt := range []struct {
		name    string
		wire    []byte
		codings []string
		want    error
	}{
		{"a gzip bomb", encode(t, zeros, "gzip"), []string{"gzip"}, ErrBomb},
		{"a deflate bomb", encode(t, zeros, "deflate"), []string{"deflate"}, ErrBomb},
		{"a br bomb", encode(t, zeros, "br"), []string{"br"}, ErrBomb},
		{"a zstd bomb", encode(t, zeros, "zstd"), []string{"zstd"}, ErrBomb},
		{"a bomb in a parcel", encode(t, zeros, "gzip", "gzip"), []string{"gzip, gzip"}, ErrBomb},
		{"plain text called gzip", text, []string{"gzip"}, ErrCorrupt},
		{"plain text called br", text, []string{"br"}, ErrCorrupt},
		{"plain text called zstd", text, []string{"zstd"}, ErrCorrupt},
		{"plain text called deflate", text, []string{"deflate"}, ErrCorrupt},
		{"half of a gzip", encode(t, text, "gzip")[:20], []string{"gzip"}, ErrCorrupt},
		{"half of a br", encode(t, text, "br")[:10], []string{"br"}, ErrCorrupt},
		{"bytes behind the end of deflate", append(encode(t, text, "deflate"), 0), []string{"deflate"}, ErrCorrupt},
		{"bytes behind the end of br", append(encode(t, text, "br"), 0), []string{"br"}, ErrCorrupt},
		{"nothing in a parcel", encode(t, nil, "gzip"), []string{"br, gzip"}, ErrCorrupt},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := NewDecoder(tt.codings, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Stop()
			out := 0
			emit := func(p []byte) error { out += len(p); return nil }
			if err = d.Write(tt.wire, emit); err == nil {
				err = d.Close(emit)
			}
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if most := ratioFloor + 200*len(tt.wire); out > most {
				t.Errorf("%d bytes came out of %d", out, len(tt.wire))
			}
			if again := d.Write([]byte("more"), emit); again == nil {
				t.Error("it went on")
			}
		})
	}
	for _, codings := range [][]string{{"snappy"}, {rawDeflate}, {"compress, gzip"}} {
		if _, err := NewDecoder(codings, Limits{}); !errors.Is(err, ErrUnknown) {
			t.Errorf("%v: %v", codings, err)
		}
	}
	if _, err := NewDecoder([]string{"gzip, gzip, gzip, gzip"}, Limits{}); !errors.Is(err, ErrLayers) {
		t.Errorf("four layers: %v", err)
	}
}

// TestLongStreamIsNoBomb: savings do not add up, and a stream that compresses
// well may go on for ever.
func TestLongStreamIsNoBomb(t *testing.T) {
	var wire bytes.Buffer
	e, err := NewEncoder(&wire, []string{"gzip"})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Stop()
	d, err := NewDecoder([]string{"gzip"}, Limits{MaxOutput: 2 << 20})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Stop()
	emit := func([]byte) error { return nil }
	event := []byte(strings.Repeat("data: tick tock\n\n", 100))
	for range 5000 {
		_, _ = e.Write(event)
		_ = e.Flush()
		if err := d.Write(wire.Next(wire.Len()), emit); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Write(bombAfterFlush(t, e, &wire), emit); !errors.Is(err, ErrBomb) {
		t.Errorf("a bomb at the end: %v", err)
	}
}

func bombAfterFlush(t *testing.T, e *Encoder, wire *bytes.Buffer) []byte {
	t.Helper()
	if _, err := e.Write(make([]byte, 64<<20)); err != nil {
		t.Fatal(err)
	}
	if err := e.Flush(); err != nil {
		t.Fatal(err)
	}
	return wire.Bytes()
}

// TestEmitEndsTheDecoder: whoever takes the output may stop it.
func TestEmitEndsTheDecoder(t *testing.T) {
	d, err := NewDecoder([]string{"gzip"}, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Stop()
	enough := errors.New("enough")
	wire := encode(t, noise(1<<20), "gzip")
	for range 2 {
		if err := d.Write(wire, func([]byte) error { return enough }); !errors.Is(err, enough) {
			t.Errorf("error %v", err)
		}
	}
}

// TestEmptyStreamStaysEmpty: no coding makes something of nothing.
func TestEmptyStreamStaysEmpty(t *testing.T) {
	for _, chain := range streamChains {
		d, err := NewDecoder(wireNames(chain), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Close(func([]byte) error { return errors.New("output") }); err != nil {
			t.Errorf("%v: %v", chain, err)
		}
		d.Stop()
		var wire bytes.Buffer
		e, err := NewEncoder(&wire, chain)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(e.Flush(), e.Close()); err != nil || wire.Len() > 0 {
			t.Errorf("%v: %d bytes, %v", chain, wire.Len(), err)
		}
		e.Stop()
	}
}
