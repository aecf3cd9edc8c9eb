package gradio

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rig is a server on a socket, with endpoints for tests.
type rig struct {
	*Server
	t       testing.TB
	url     string
	http    *http.Client
	started chan struct{} // one for each call of wait that runs
	ended   chan struct{} // one for each call of wait whose context ended
	release chan struct{} // lets a call of wait go on
}

// The numbers of the endpoints.
const (
	fnEcho = iota + 1
	fnWait
	fnFail
	fnPanic
	fnQuote
	fnFile
	fnPair
)

func newRig(t testing.TB, o Options) *rig {
	g := &rig{t: t, started: make(chan struct{}, 64), ended: make(chan struct{}, 64), release: make(chan struct{})}
	text := []Param{{Name: "text"}}
	o.Endpoints = []Endpoint{
		{Name: "echo", Params: text, Run: func(_ context.Context, c *Call) (any, error) { return c.Text("text"), nil }},
		{Name: "wait", Params: text, Run: func(ctx context.Context, c *Call) (any, error) {
			c.Progress(1, 2, "pages", "Reading")
			g.started <- struct{}{}
			select {
			case <-g.release:
				return c.Text("text"), nil
			case <-ctx.Done():
				g.ended <- struct{}{}
				return nil, ctx.Err()
			}
		}},
		{Name: "fail", Params: text, Run: func(context.Context, *Call) (any, error) { return nil, Failure("No such thing.") }},
		{Name: "panic", Params: text, Run: func(_ context.Context, c *Call) (any, error) { panic(c.Text("text")) }},
		{Name: "quote", Params: text, Run: func(_ context.Context, c *Call) (any, error) { return nil, errors.New(c.Text("text")) }},
		{Name: "file", Params: []Param{{Name: "file", Kind: Upload}}, Returns: Upload, Run: func(_ context.Context, c *Call) (any, error) {
			f := *c.File("file")
			f.Data = bytes.ToUpper(f.Data)
			return &f, nil
		}},
		{Name: "pair", Params: []Param{{Name: "text"}, {Name: "ttl", Optional: true, Default: "never"}}, Returns: JSON, Run: func(_ context.Context, c *Call) (any, error) {
			return map[string]any{"text": c.Text("text"), "ttl": c.Text("ttl")}, nil
		}},
	}
	if o.linger == 0 {
		o.linger = time.Millisecond
	}
	if o.grace == 0 {
		o.grace = 1
	}
	if o.Owner == nil {
		o.Owner = func(r *http.Request) string { return r.Header.Get("Test-Owner") }
	}
	g.Server = New(o)
	srv := httptest.NewServer(g.Server)
	g.url, g.http = srv.URL, srv.Client()
	t.Cleanup(func() {
		g.Close()
		g.http.CloseIdleConnections()
		srv.Close()
	})
	return g
}

func (g *rig) do(method, path, kind, body string, header ...string) *http.Response {
	g.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	g.t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, method, g.url+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := g.http.Do(req)
	if err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func (g *rig) get(path string, header ...string) *http.Response {
	return g.do(http.MethodGet, path, "", "", header...)
}

func (g *rig) post(path, body string, header ...string) *http.Response {
	return g.do(http.MethodPost, path, "application/json", body, header...)
}

// body reads a response, which must have a status.
func (g *rig) body(resp *http.Response, status int) string {
	g.t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	if resp.StatusCode != status {
		g.t.Fatalf("status %d, want %d: %s", resp.StatusCode, status, data)
	}
	return string(data)
}

func (g *rig) json(resp *http.Response, to any) {
	g.t.Helper()
	if err := json.Unmarshal([]byte(g.body(resp, http.StatusOK)), to); err != nil {
		g.t.Fatal(err)
	}
}

// join queues a call and returns its event.
func (g *rig) join(fn int, session string, data ...any) string {
	g.t.Helper()
	body, err := json.Marshal(map[string]any{"data": data, "fn_index": fn, "session_hash": session, "event_data": nil, "trigger_id": nil})
	if err != nil {
		g.t.Fatal(err)
	}
	var out struct {
		ID string `json:"event_id"`
	}
	g.json(g.post("/gradio_api/queue/join", string(body)), &out)
	return out.ID
}

// events reads a stream as the Python client does: whatever is not data, or
// not JSON, is an error.
func events(t testing.TB, stream string) (all []map[string]any) {
	t.Helper()
	if strings.Contains(stream, "\r") || !strings.HasSuffix(stream, "\n\n") {
		t.Fatalf("the stream has a CR, or ends within a block: %q", stream)
	}
	for block := range strings.SplitSeq(strings.TrimSuffix(stream, "\n\n"), "\n\n") {
		text, ok := strings.CutPrefix(block, "data: ")
		var event map[string]any
		if !ok || strings.Contains(text, "\n") || json.Unmarshal([]byte(text), &event) != nil {
			t.Fatalf("not a block of data: %q", block)
		}
		all = append(all, event)
	}
	return all
}

// stream reads a session's stream to its end.
func (g *rig) stream(session string) []map[string]any {
	g.t.Helper()
	return events(g.t, g.body(g.get("/gradio_api/queue/data?session_hash="+session), http.StatusOK))
}

// completed finds how a call ended.
func ended(t testing.TB, all []map[string]any, id string) (success bool, output map[string]any) {
	t.Helper()
	n := 0
	for _, event := range all {
		if event["msg"] == "process_completed" && event["event_id"] == id {
			n++
			success, output = event["success"] == true, event["output"].(map[string]any)
		}
	}
	if n != 1 {
		t.Fatalf("%d ends of a call in %v", n, all)
	}
	return success, output
}

func (g *rig) upload(name, content string, header ...string) *http.Response {
	g.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		g.t.Fatal(err)
	}
	_, _ = io.WriteString(part, content)
	_ = form.Close()
	return g.do(http.MethodPost, "/gradio_api/upload", form.FormDataContentType(), body.String(), header...)
}

func (g *rig) uploaded(name, content string, header ...string) map[string]any {
	g.t.Helper()
	var paths []string
	g.json(g.upload(name, content, header...), &paths)
	if len(paths) != 1 {
		g.t.Fatalf("paths: %v", paths)
	}
	return map[string]any{"path": paths[0], "orig_name": name, "meta": map[string]any{"_type": "gradio.FileData"}}
}
