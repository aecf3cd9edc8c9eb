package caddymodule

import (
	"context"
	"errors"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/caddyserver/caddy/v2/modules/caddyhttp"
	"go.uber.org/zap"
	"go.uber.org/zap/zaptest/observer"

	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// person is what the scripted model of the tests finds.
const person = "Elena Markovic"

// rig is a handler with an app of its own, without the rest of Caddy.
type rig struct {
	*Handler
	logs  *observer.ObservedLogs
	model *inferencetest.Model
}

// newRig provisions h as Caddy would, with a scripted model in the place of
// the embedded one unless the handler has rules only.
func newRig(t testing.TB, h *Handler) *rig {
	t.Helper()
	core, logs := observer.New(zap.DebugLevel)
	g := &rig{Handler: h, logs: logs}
	app := &App{}
	ctx, cancel := caddy.NewContext(caddy.Context{Context: context.Background()})
	t.Cleanup(cancel)
	if err := app.Provision(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { releaseBudget(app.memory) })
	if !h.RulesOnly {
		g.model = inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}})
		h.model = &appModel{service: g.model.Service(t), ready: make(chan struct{})}
		close(h.model.ready)
	}
	if err := h.provision(app, zap.New(core)); err != nil {
		t.Fatal(err)
	}
	if err := h.Validate(); err != nil {
		t.Fatal(err)
	}
	return g
}

// middleware runs a handler of ours, or none, in front of next.
type middleware struct {
	filter *Handler // nil: plain
	next   func(http.ResponseWriter, *http.Request) error
}

// ServeHTTP treats errors like Caddy without error routes: the status, and no
// body.
func (m middleware) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var err error
	if m.filter == nil {
		err = m.next(w, r)
	} else {
		err = m.filter.ServeHTTP(w, r, caddyhttp.HandlerFunc(m.next))
	}
	if err == nil {
		return
	}
	status := http.StatusInternalServerError
	if he, ok := errors.AsType[caddyhttp.HandlerError](err); ok {
		status = he.StatusCode
	}
	w.WriteHeader(status)
}

// serve starts a real server over m that speaks HTTP/1.1 and cleartext HTTP/2.
func serve(t testing.TB, m middleware) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(m)
	srv.Config.Protocols = new(http.Protocols)
	srv.Config.Protocols.SetHTTP1(true)
	srv.Config.Protocols.SetUnencryptedHTTP2(true)
	srv.Config.ErrorLog = zap.NewStdLog(zap.NewNop())
	srv.Start()
	t.Cleanup(srv.Close)
	return srv
}

// serveOnce starts a server for one request, and tells when it has been served.
func serveOnce(t testing.TB, m middleware) (srv *httptest.Server, done <-chan struct{}) {
	t.Helper()
	served := make(chan struct{})
	return serve(t, middleware{nil, func(w http.ResponseWriter, r *http.Request) error {
		defer close(served)
		m.ServeHTTP(w, r)
		return nil
	}}), served
}

var protocols = []string{"h1", "h2"}

func client(t testing.TB, protocol string) *http.Client {
	t.Helper()
	transport := &http.Transport{DisableCompression: true, Protocols: new(http.Protocols)}
	transport.Protocols.SetHTTP1(protocol == "h1")
	transport.Protocols.SetUnencryptedHTTP2(protocol == "h2")
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{
		Transport:     transport,
		Timeout:       time.Minute,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// seen is what a client sees of a response.
type seen struct {
	status  int
	header  http.Header
	trailer http.Header
	body    string
	interim []int // 1xx
	failed  bool  // the request or the body ended in an error
	err     error // of the request
}

// ask makes one request and reads the answer.
func ask(t testing.TB, c *http.Client, method, url string, header http.Header, body io.Reader) seen {
	t.Helper()
	var s seen
	ctx := httptrace.WithClientTrace(context.Background(), &httptrace.ClientTrace{
		Got1xxResponse: func(code int, _ textproto.MIMEHeader) error {
			s.interim = append(s.interim, code)
			return nil
		},
	})
	req, err := http.NewRequestWithContext(ctx, method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(req.Header, header)
	resp, err := c.Do(req)
	if err != nil {
		s.failed, s.err = true, err
		return s
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	s.failed = err != nil
	s.status, s.header, s.trailer, s.body = resp.StatusCode, resp.Header, resp.Trailer, string(raw)
	s.header.Del("Date")
	return s
}

// stream hides the length of a body.
func stream(s string) io.Reader { return io.MultiReader(strings.NewReader(s)) }

func jsonHeader(more ...string) http.Header {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(more); i += 2 {
		h.Add(more[i], more[i+1])
	}
	return h
}

// answer is a next handler that says one thing.
func answer(status int, body string, header ...string) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, _ *http.Request) error {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Add(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, err := io.WriteString(w, body)
		return err
	}
}
