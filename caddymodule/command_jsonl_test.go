package caddymodule

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// wordDetector finds a word, and fails on texts that say so.
type wordDetector struct {
	word  string
	calls atomic.Int64
}

func (d *wordDetector) Detect(_ context.Context, segments []pii.Segment) ([][]pii.Span, error) {
	d.calls.Add(1)
	out := make([][]pii.Span, len(segments))
	for i, s := range segments {
		switch {
		case strings.Contains(s.Text, "FAIL"):
			return nil, fmt.Errorf("%w: %s", pii.ErrDetector, s.Text) // an ill-behaved detector: it quotes
		case strings.Contains(s.Text, "PANIC"):
			panic(s.Text)
		}
		for from := 0; ; {
			n := strings.Index(s.Text[from:], d.word)
			if n < 0 {
				break
			}
			out[i] = append(out[i], pii.Span{Start: from + n, End: from + n + len(d.word), Category: pii.PrivatePerson, Score: 0.5, Source: pii.SourceModel})
			from += n + len(d.word)
		}
	}
	return out, nil
}

func testPipeline(t testing.TB, d pii.Detector) *pipeline {
	t.Helper()
	f, err := filter.New(filter.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return &pipeline{filter: f, model: d, maxBody: 10 << 20}
}

func TestScanLines(t *testing.T) {
	const span = `{"start":%d,"end":%d,"label":"private_person","score":0.5,"source":"model"}`
	for _, tt := range []struct{ name, in, want string }{
		{"a string id", `{"id":"a","text":"hi Ann"}`, `{"id":"a","spans":[` + fmt.Sprintf(span, 3, 6) + `]}`},
		{"an id is echoed as it is written", `{"id":{"n": 1.0, "x":"\u00e9<"},"text":""}`, `{"id":{"n": 1.0, "x":"\u00e9<"},"spans":[]}`},
		{"a large number as id", `{"text":"","id":12345678901234567890123}`, `{"id":12345678901234567890123,"spans":[]}`},
		{"null as id", `{"id":null,"text":""}`, `{"id":null,"spans":[]}`},
		{"no id", `{"text":"Ann"}`, `{"id":null,"spans":[` + fmt.Sprintf(span, 0, 3) + `]}`},
		{"code points, not bytes", `{"id":1,"text":"é☕😀Ann\ud83d\ude00Ann"}`, `{"id":1,"spans":[` + fmt.Sprintf(span, 3, 6) + "," + fmt.Sprintf(span, 7, 10) + `]}`},
		{"fields nobody asked for", `{"id":1,"text":"","label":["x"],"Text":5}`, `{"id":1,"spans":[]}`},
		{"blank lines and line ends of Windows", "\n\r\n{\"id\":1,\"text\":\"\"}\r\n \n", `{"id":1,"spans":[]}`},
		{"not JSON", `{"id":1,"text":"Ann`, `{"error":"line 1: not a JSON object"}`},
		{"two objects on a line", `{"id":1,"text":""} {"id":2,"text":""}`, `{"error":"line 1: not a JSON object"}`},
		{"not an object", "\n[1]", `{"error":"line 2: not a JSON object"}`},
		{"null", "null", `{"error":"line 1: not a JSON object"}`},
		{"no text", `{"id":7}`, `{"id":7,"error":"line 1: no \"text\" that is a string"}`},
		{"text of another type", `{"id":7,"text":{"a":"Ann"}}`, `{"id":7,"error":"line 1: no \"text\" that is a string"}`},
		{"a detector that fails and quotes", `{"id":7,"text":"FAIL Ann"}`, `{"id":7,"error":"line 1: body stopped: detector: the detector failed"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			err := testPipeline(t, &wordDetector{word: "Ann"}).scanLines(t.Context(), strings.NewReader(tt.in), &out, false)
			if got := strings.TrimSuffix(out.String(), "\n"); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			if failed := strings.Contains(tt.want, `"error"`); failed != errors.Is(err, errLines) {
				t.Errorf("error %v", err)
			}
		})
	}
}

// TestScanLinesKeepsOrder: thousands of lines, some of them huge, some
// malformed, some failing; every one has its answer in its place.
func TestScanLinesKeepsOrder(t *testing.T) {
	const lines = 3000
	var in strings.Builder
	for i := range lines {
		switch {
		case i%101 == 50:
			in.WriteString("{broken\n")
		case i%701 == 9:
			fmt.Fprintf(&in, `{"id":%d,"text":"%s Ann"}`+"\n", i, strings.Repeat("words ", 100_000))
		case i%53 == 7:
			fmt.Fprintf(&in, `{"id":%d,"text":"PANIC Ann"}`+"\n", i)
		default:
			fmt.Fprintf(&in, `{"id":%d,"text":"Ann %d"}`+"\n", i, i)
		}
	}
	pr, pw := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := testPipeline(t, &wordDetector{word: "Ann"}).scanLines(t.Context(), strings.NewReader(in.String()), pw, false)
		pw.Close()
		ended <- err
	}()
	answers := bufio.NewScanner(pr)
	n := 0
	for ; answers.Scan(); n++ {
		var a struct {
			ID    *int
			Error string
			Spans []struct{ Start, End int }
		}
		if err := json.Unmarshal(answers.Bytes(), &a); err != nil {
			t.Fatalf("answer %d: %v", n, err)
		}
		broken, failing := n%101 == 50, n%701 != 9 && n%53 == 7
		switch {
		case broken && !strings.HasPrefix(a.Error, fmt.Sprintf("line %d:", n+1)):
			t.Fatalf("line %d is broken, its answer says %q", n+1, a.Error)
		case broken:
		case a.ID == nil || *a.ID != n:
			t.Fatalf("answer %d is for %v", n, a.ID)
		case failing != (a.Error != "") || !failing && len(a.Spans) != 1:
			t.Fatalf("answer %d: %+v", n, a)
		case strings.Contains(a.Error, "Ann"):
			t.Fatalf("answer %d quotes", n)
		}
	}
	if n != lines {
		t.Errorf("%d answers to %d lines", n, lines)
	}
	if err := <-ended; !errors.Is(err, errLines) {
		t.Errorf("ended with %v", err)
	}
}

// TestScanLinesAnswersAtOnce: a program that waits for each answer before it
// asks again is not left waiting.
func TestScanLinesAnswersAtOnce(t *testing.T) {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		err := testPipeline(t, &wordDetector{word: "Ann"}).scanLines(t.Context(), inR, outW, true)
		outW.Close()
		ended <- err
	}()
	answers := bufio.NewReader(outR)
	for i := range 3 {
		fmt.Fprintf(inW, `{"id":%d,"text":"Ann"}`+"\n", i)
		got, err := answers.ReadString('\n')
		if err != nil || !strings.HasPrefix(got, fmt.Sprintf(`{"id":%d,`, i)) || !strings.Contains(got, `"text":"Ann"`) {
			t.Fatalf("answer %d: %q, %v", i, got, err)
		}
	}
	inW.Close()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestScanLinesStops: nobody reads the answers, or the user interrupts.
func TestScanLinesStops(t *testing.T) {
	in := strings.Repeat(`{"id":1,"text":"Ann"}`+"\n", 100_000)
	t.Run("closed output", func(t *testing.T) {
		r, w := io.Pipe()
		r.Close()
		err := testPipeline(t, &wordDetector{word: "Ann"}).scanLines(t.Context(), strings.NewReader(in), w, false)
		if !errors.Is(err, errOutput) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("interrupted", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		err := testPipeline(t, &wordDetector{word: "Ann"}).scanLines(ctx, strings.NewReader(in), io.Discard, false)
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}
