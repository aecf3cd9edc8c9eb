package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"
)

// planted is a part of every value that must not pass the filter.
const planted = "plantedvalue"

// plant invents a value. The rules find it in every format.
func plant(rng *rand.Rand) string {
	return fmt.Sprintf("%s.%06d@example.org", planted, rng.IntN(1_000_000))
}

// soakUpstream looks for planted values in all that it receives, and plants
// some in what it answers.
type soakUpstream struct {
	addr  string
	leaks atomic.Int64
}

func startSoakUpstream(ctx context.Context) (*soakUpstream, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	u := &soakUpstream{addr: l.Addr().String()}
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", u.echo)
	mux.HandleFunc("/socket", u.socket)
	for path, kind := range streamKinds {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { kind.serve(w, r) })
	}
	go http.Serve(l, mux) //nolint:errcheck,gosec // it serves until the program ends
	return u, nil
}

func (u *soakUpstream) look(text []byte) {
	if bytes.Contains(text, []byte(planted)) {
		u.leaks.Add(1)
	}
}

// echo answers with the body it came with. A body that breaks off is looked at
// as well.
func (u *soakUpstream) echo(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	u.look(body)
	if zr, bad := gzip.NewReader(bytes.NewReader(body)); bad == nil {
		plain, _ := io.ReadAll(zr)
		u.look(plain)
	}
	if err != nil {
		return
	}
	for _, name := range []string{"Content-Type", "Content-Encoding"} {
		if v := r.Header.Get(name); v != "" {
			w.Header().Set(name, v)
		}
	}
	w.Write(body) //nolint:errcheck,gosec // the client counts what it gets
}

func (u *soakUpstream) socket(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	defer c.CloseNow()
	for {
		kind, message, err := c.Read(r.Context())
		if err != nil {
			return
		}
		u.look(message)
		if err := c.Write(r.Context(), kind, message); err != nil {
			return
		}
	}
}

// streamKind is an answer in pieces, with a planted value in each sentence.
type streamKind struct {
	contentType         string
	before, after, last string // around each piece, and at the end
}

var streamKinds = map[string]streamKind{
	"/events": {"text/event-stream", `data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"`, `"}}]}` + "\n\n", "data: [DONE]\n\n"},
	"/lines":  {"application/x-ndjson", `{"log": "`, `"}` + "\n", `{"log": "[DONE]"}` + "\n"},
	"/list":   {"application/json", `{"text": "`, `"},` + "\n", `{"text": "[DONE]"}]`},
	"/text":   {"text/plain", "", "", "[DONE]"},
}

// serve writes sentences in pieces that cut through the values, with a moment
// between some of them. A list begins with its bracket.
func (k streamKind) serve(w http.ResponseWriter, r *http.Request) {
	rng := rand.New(rand.NewPCG(uint64(len(r.URL.RawQuery)), 3)) //nolint:gosec // no secret
	w.Header().Set("Content-Type", k.contentType)
	if strings.HasSuffix(r.URL.Path, "list") {
		io.WriteString(w, "[") //nolint:errcheck,gosec // as below
	}
	for i := range 20 {
		value := plant(rng)
		pieces := []string{"Please write ", "to " + value + " ", "about it. "}
		if k.contentType == "text/event-stream" || k.contentType == "text/plain" {
			pieces[1], pieces[2] = "to "+value[:5], value[5:]+" about it. "
		}
		for _, p := range pieces {
			if _, err := io.WriteString(w, k.before+p+k.after); err != nil {
				return
			}
			http.NewResponseController(w).Flush() //nolint:errcheck,gosec // the next write fails as well
		}
		if i%4 == 0 {
			select {
			case <-time.After(5 * time.Millisecond):
			case <-r.Context().Done():
				return
			}
		}
	}
	io.WriteString(w, k.last) //nolint:errcheck,gosec // the client counts what it gets
}
