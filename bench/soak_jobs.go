package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/coder/websocket"
	"github.com/vmihailenco/msgpack/v5"
)

// soakJob is one kind of client.
type soakJob struct {
	name string
	run  func(ctx context.Context, s *soak, rng *rand.Rand, site string) error
}

var soakJobs = []soakJob{
	{"JSON", echoed("application/json", "", func(v string) string { return `{"note": "Write to ` + v + ` about it.", "n": 1.0}` })},
	{"large JSON", echoed("application/json", "", func(v string) string {
		return `[` + strings.Repeat(`{"note": "Nothing to see here, nothing at all."}, `, 1500) + `{"mail": "` + v + `"}]`
	})},
	{"JSON in gzip", echoed("application/json", "gzip", func(v string) string { return `{"note": "Write to ` + v + ` about it."}` })},
	{"JSON lines", echoed("application/x-ndjson", "", func(v string) string {
		return strings.Repeat(`{"msg": "login", "user": "`+v+`"}`+"\n", 10)
	})},
	{"a form", echoed("application/x-www-form-urlencoded", "", func(v string) string { return "a=1&mail=" + url.QueryEscape(v) })},
	{"text", echoed("text/plain", "", func(v string) string { return "Write to " + v + " about it.\n" })},
	{"XML", echoed("application/xml", "", func(v string) string { return `<a to="` + v + `"><b>` + v + `</b></a>` })},
	{"HTML", echoed("text/html", "", func(v string) string { return "<!doctype html><p title='x'>Write to " + v + "</p>" })},
	{"CSV", echoed("text/csv", "", func(v string) string { return "id,mail\r\n1," + v + "\r\n2,\"" + v + "\"\r\n" })},
	{"YAML", echoed("application/yaml", "", func(v string) string { return "a: 1\nmail: " + v + "\n" })},
	{"MessagePack", echoed("application/msgpack", "", func(v string) string {
		doc, _ := msgpack.Marshal(map[string]any{"mail": v, "n": 1}) //nolint:errcheck // of strings and numbers
		return string(doc)
	})},
	{"multipart", postMultipart},
	{"an event stream", streamed("/events", 0)},
	{"lines as a stream", streamed("/lines", 0)},
	{"a list as a stream", streamed("/list", 0)},
	{"text as a stream", streamed("/text", 0)},
	{"a slow reader", streamed("/events", time.Millisecond)},
	{"a slow writer", writeSlowly},
	{"a WebSocket", overSocket},
	{"gone while asking", leaveAsking},
	{"gone while listening", leaveListening},
}

// ask makes a request. When Caddy replaces its listeners it closes connections
// that it has accepted and not yet read from, with or without the filter; such
// a request was never begun, so it is made again.
func (s *soak) ask(ctx context.Context, method, target string, header http.Header, body func() io.Reader) (resp *http.Response, err error) {
	tries := 0
	err = again(ctx, func() error {
		if tries++; tries > 1 {
			s.mu.Lock()
			s.retried++
			s.mu.Unlock()
		}
		req, err := http.NewRequestWithContext(ctx, method, target, body())
		if err != nil {
			return err
		}
		req.Header = header.Clone()
		resp, err = s.client.Do(req)
		return err
	})
	return resp, err
}

// masked reads an answer and wants it complete, masked and without what was
// planted. What it says of a failure holds none of the answer.
func masked(resp *http.Response, read func(io.Reader) ([]byte, error), end string) error {
	defer resp.Body.Close()
	body, err := read(resp.Body)
	switch {
	case resp.StatusCode != http.StatusOK:
		return fmt.Errorf("status %d", resp.StatusCode)
	case err != nil:
		return err
	}
	if resp.Header.Get("Content-Encoding") == "gzip" {
		zr, err := gzip.NewReader(bytes.NewReader(body))
		if err != nil {
			return err
		}
		if body, err = io.ReadAll(zr); err != nil {
			return err
		}
	}
	return judge(string(body), end)
}

func judge(body, end string) error {
	switch {
	case strings.Contains(body, planted):
		return errors.New("a planted value came back")
	case !strings.Contains(body, "PRIVATE_EMAIL"):
		return errors.New("nothing is masked")
	case !strings.Contains(body, end):
		return errors.New("the end is missing")
	}
	return nil
}

func echoed(contentType, coding string, document func(value string) string) func(context.Context, *soak, *rand.Rand, string) error {
	return func(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
		body := []byte(document(plant(rng)))
		header := http.Header{"Content-Type": {contentType}}
		if coding == "gzip" {
			var buf bytes.Buffer
			zw := gzip.NewWriter(&buf)
			zw.Write(body) //nolint:errcheck,gosec // into memory
			zw.Close()     //nolint:errcheck,gosec // into memory
			body = buf.Bytes()
			header.Set("Content-Encoding", coding)
			header.Set("Accept-Encoding", coding)
		}
		resp, err := s.ask(ctx, http.MethodPost, "http://"+site+"/echo", header, func() io.Reader { return bytes.NewReader(body) })
		if err != nil {
			return err
		}
		return masked(resp, io.ReadAll, "")
	}
}

func postMultipart(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	w.WriteField("mail", plant(rng)) //nolint:errcheck,gosec // into memory
	part, err := w.CreateFormFile("file", "notes.txt")
	if err != nil {
		return err
	}
	fmt.Fprintf(part, "Write to %s about it.\n", plant(rng))
	w.Close() //nolint:errcheck,gosec // into memory
	header := http.Header{"Content-Type": {w.FormDataContentType()}}
	resp, err := s.ask(ctx, http.MethodPost, "http://"+site+"/echo", header, func() io.Reader { return bytes.NewReader(buf.Bytes()) })
	if err != nil {
		return err
	}
	return masked(resp, io.ReadAll, "")
}

// slowly reads or writes a few bytes at a time.
type slowly struct {
	io.Reader
	pause time.Duration
}

func (s slowly) Read(p []byte) (int, error) {
	time.Sleep(s.pause)
	return s.Reader.Read(p[:min(len(p), 200)])
}

func streamed(path string, pause time.Duration) func(context.Context, *soak, *rand.Rand, string) error {
	return func(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
		target := "http://" + site + path + "?" + strings.Repeat("x", rng.IntN(50))
		resp, err := s.ask(ctx, http.MethodGet, target, nil, func() io.Reader { return nil })
		if err != nil {
			return err
		}
		return masked(resp, func(r io.Reader) ([]byte, error) {
			if pause > 0 {
				r = slowly{r, pause}
			}
			body, err := io.ReadAll(r)
			return spoken(body), err
		}, "[DONE]")
	}
}

// spoken puts the text of deltas together, so that a value that was cut up is
// seen in one piece.
func spoken(body []byte) []byte {
	const before, after = `"delta":{"content":"`, `"}}]}`
	var text []byte
	for line := range bytes.Lines(body) {
		if _, rest, ok := bytes.Cut(line, []byte(before)); ok {
			delta, _, _ := bytes.Cut(rest, []byte(after))
			text = append(text, delta...)
		}
	}
	return append(append(text, '\n'), body...)
}

func writeSlowly(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
	body := `{"pad": "` + strings.Repeat("Nothing to see here. ", 200) + `", "mail": "` + plant(rng) + `"}`
	resp, err := s.ask(ctx, http.MethodPost, "http://"+site+"/echo", http.Header{"Content-Type": {"application/json"}},
		func() io.Reader { return slowly{strings.NewReader(body), time.Millisecond} })
	if err != nil {
		return err
	}
	return masked(resp, io.ReadAll, "")
}

func overSocket(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var conn *websocket.Conn
	err := again(ctx, func() (err error) {
		conn, _, err = websocket.Dial(ctx, "http://"+site+"/socket", nil) //nolint:bodyclose // the library's
		return err
	})
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	for range 5 {
		if err := conn.Write(ctx, websocket.MessageText, []byte(`{"text": "Write to `+plant(rng)+` about it."}`)); err != nil {
			return err
		}
		_, message, err := conn.Read(ctx)
		if err != nil {
			return err
		}
		if err := judge(string(message), ""); err != nil {
			return err
		}
	}
	return conn.Close(websocket.StatusNormalClosure, "")
}

// leaveAsking goes away in the middle of a body, leaveListening in the middle
// of an answer. Neither can fail; what they leave behind shows in goroutines
// and memory.
func leaveAsking(ctx context.Context, s *soak, rng *rand.Rand, site string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprintf(pw, `{"mail": "%s", "pad": "`, plant(rng))
		cancel()
		pw.CloseWithError(context.Canceled)
	}()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+site+"/echo", pr)
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if resp, err := s.client.Do(req); err == nil {
		resp.Body.Close() //nolint:errcheck,gosec // it left
	}
	return nil
}

func leaveListening(ctx context.Context, s *soak, _ *rand.Rand, site string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+site+"/events", nil)
	if err != nil {
		return err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return nil // a listener was replaced
	}
	defer resp.Body.Close()
	io.CopyN(io.Discard, resp.Body, 300) //nolint:errcheck,gosec // as much as came
	return nil
}
