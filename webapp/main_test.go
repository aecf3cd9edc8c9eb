package webapp

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/pii/rules"
)

func TestMain(m *testing.M) {
	if isReader() {
		return
	}
	goleak.VerifyTestMain(m)
}

// rig is the apps on a socket, finding by rules.
type rig struct {
	*Server
	t    testing.TB
	url  string
	http *http.Client
}

func newRig(t testing.TB, o Options) *rig {
	t.Helper()
	f, err := filter.New(filter.Options{Rules: rules.New(), Policy: filter.Policy{RulesOnly: true}})
	if err != nil {
		t.Fatal(err)
	}
	o.Find = func(ctx context.Context, texts []string) ([][]pii.Span, error) { return f.Spans(ctx, nil, texts) }
	if o.Apps == (Apps{}) {
		o.Apps = Apps{Text: true, Images: true, Documents: true, Paste: true}
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	g := &rig{Server: s, t: t, url: srv.URL, http: srv.Client()}
	t.Cleanup(func() {
		s.Close()
		g.http.CloseIdleConnections()
		srv.Close()
	})
	return g
}

func (g *rig) do(method, path, kind, body string, header ...string) (*http.Response, string) {
	g.t.Helper()
	req, err := http.NewRequestWithContext(g.t.Context(), method, g.url+path, strings.NewReader(body))
	if err != nil {
		g.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			req.Host = header[i+1]
		}
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := g.http.Do(req)
	if err != nil {
		g.t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	return resp, string(data)
}

// call runs an endpoint and returns its result, or the error that the caller sees.
func (g *rig) call(name string, args ...any) (result map[string]any, failure string) {
	g.t.Helper()
	body, err := json.Marshal(map[string]any{"data": args})
	if err != nil {
		g.t.Fatal(err)
	}
	resp, text := g.do(http.MethodPost, "/gradio_api/run/"+name, "application/json", string(body))
	var out struct {
		Data  []map[string]any `json:"data"`
		Error string           `json:"error"`
	}
	if err := json.Unmarshal([]byte(text), &out); err != nil || resp.StatusCode != http.StatusOK && out.Error == "" {
		g.t.Fatalf("%d %s", resp.StatusCode, text)
	}
	if out.Error != "" {
		return nil, out.Error
	}
	return out.Data[0], ""
}

func (g *rig) upload(name string, data []byte) map[string]any {
	g.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		g.t.Fatal(err)
	}
	_, _ = part.Write(data)
	_ = form.Close()
	_, text := g.do(http.MethodPost, "/gradio_api/upload", form.FormDataContentType(), body.String())
	var paths []string
	if err := json.Unmarshal([]byte(text), &paths); err != nil {
		g.t.Fatal(text)
	}
	return map[string]any{"path": paths[0], "orig_name": name, "meta": map[string]any{"_type": "gradio.FileData"}}
}
