package caddymodule

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

// readPieces cuts everything that src holds.
func readPieces(src io.Reader, limit int64, lineByLine bool) ([]string, error) {
	p := newPieces(src, limit, lineByLine)
	var out []string
	for {
		part, err := p.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return out, err
		}
		out = append(out, string(part.body))
	}
}

// stutter reads in the given sizes, over and over.
type stutter struct {
	io.Reader
	sizes []int
	n     int
}

func (s *stutter) Read(p []byte) (int, error) {
	size := s.sizes[s.n%len(s.sizes)]
	s.n++
	return s.Reader.Read(p[:min(size, len(p))])
}

func TestPiecesDoNotDependOnReads(t *testing.T) {
	line := rapid.OneOf(
		rapid.StringMatching(`[a-z0-9 \[\]{}"]{0,60}`),
		rapid.Just(strings.Repeat("long line ", 2000)),
		rapid.Just("-----BEGIN PRIVATE KEY-----"),
		rapid.Just("-----END PRIVATE KEY-----"),
		rapid.Just(`{"a": [1, "}"]}`),
		rapid.Just(""),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(line, 0, 30).Draw(t, "lines"), "\n")
		text = strings.Repeat(text+"\n", rapid.IntRange(1, 4).Draw(t, "times"))
		lineByLine := rapid.Bool().Draw(t, "line by line")
		sizes := rapid.SliceOfN(rapid.IntRange(1, 40000), 1, 5).Draw(t, "reads")

		want, errWant := readPieces(strings.NewReader(text), 4<<20, lineByLine)
		got, errGot := readPieces(&stutter{Reader: strings.NewReader(text), sizes: sizes}, 4<<20, lineByLine)
		if (errWant == nil) != (errGot == nil) {
			t.Fatalf("errors %v and %v", errWant, errGot)
		}
		if len(got) != len(want) {
			t.Fatalf("%d pieces, %d with other reads", len(want), len(got))
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("piece %d differs", i)
			}
		}
		if errGot == nil && strings.Join(got, "") != text {
			t.Fatal("the pieces are not the input")
		}
		for _, p := range got[:max(0, len(got)-1)] {
			if !strings.HasSuffix(p, "\n") {
				t.Fatal("a piece ends inside a line")
			}
		}
	})
}

func TestPiecesKeepDocumentsWhole(t *testing.T) {
	filler := strings.Repeat("  \"key\": \"value\",\n", 20000)
	key := "-----BEGIN RSA PRIVATE KEY-----\n" + strings.Repeat(strings.Repeat("A", 64)+"\n", 30) + "-----END RSA PRIVATE KEY-----\n"
	for _, tt := range []struct {
		name, text string
		several    bool
	}{
		{"a short text", "one\ntwo\n", false},
		{"a long log", strings.Repeat("a line of a log\n", 20000), true},
		{"NDJSON", strings.Repeat(`{"level":"info","msg":"x"}`+"\n", 20000), true},
		{"a log whose lines start with a bracket", strings.Repeat("[12:00:01] started {worker}\n", 20000), true},
		{"syslog", strings.Repeat("<134>Nov 24 10:00:00 host app: x\n", 20000), true},
		{"blank lines before a log", "\n\n" + strings.Repeat("a line of a log\n", 20000), true},
		{"a JSON document over many lines", "{\n" + filler + "  \"n\": 1\n}\n", false},
		{"a JSON array over many lines", "[\n" + filler, false},
		{"markup", "<!DOCTYPE html>\n" + filler, false},
		{"UTF-16", "\xff\xfea\x00\n\x00" + strings.Repeat("b\x00\n\x00", 90000), false},
		{"one long line", strings.Repeat("x", 300000), false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := readPieces(strings.NewReader(tt.text), 10<<20, false)
			if err != nil {
				t.Fatal(err)
			}
			if several := len(got) > 1; several != tt.several {
				t.Errorf("cut into %d pieces", len(got))
			}
		})
	}
	t.Run("a private key stays in one piece wherever it stands", func(t *testing.T) {
		for before := 2*pieceBytes - len(key) - 100; before < 2*pieceBytes+100; before += 50 {
			text := strings.Repeat("x", before) + "\n" + key + strings.Repeat("a line of a log\n", 20000)
			got, err := readPieces(strings.NewReader(text), 10<<20, false)
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range got {
				if strings.Contains(p, "-----BEGIN") != strings.Contains(p, "-----END") {
					t.Fatalf("key after %d bytes is cut", before)
				}
			}
		}
	})
}

func TestPiecesLineByLine(t *testing.T) {
	pr, pw := io.Pipe()
	p := newPieces(pr, 10<<20, true)
	for _, line := range []string{"\n", "first\n", "\n", "second\n"} {
		go pw.Write([]byte(line))
		if line == "\n" {
			// A blank line may come alone or with the next one.
			continue
		}
		var got []byte
		for !bytes.HasSuffix(got, []byte(line)) {
			part, err := p.next()
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, part.body...)
		}
	}
	pw.Close()
	if _, err := p.next(); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
}

func TestPiecesAreBounded(t *testing.T) {
	if _, err := readPieces(strings.NewReader(strings.Repeat("\n", 8<<20)), 10<<20, false); err != nil {
		t.Error(err) // quadratic work would show here
	}
	_, err := readPieces(strings.NewReader(`{"a":`+strings.Repeat("\n", 3<<20)), 1<<20, false)
	if !errors.Is(err, errTooLong) {
		t.Errorf("got %v, want errTooLong", err)
	}
	got, err := readPieces(iotest.ErrReader(io.ErrUnexpectedEOF), 1<<20, false)
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(got) != 0 {
		t.Errorf("got %d pieces and %v from a reader that fails", len(got), err)
	}
}
