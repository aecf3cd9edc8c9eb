package caddymodule

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/inference/local"
	"github.com/caddyprivacy/privacyfilter/inference/onnx"
	"github.com/caddyprivacy/privacyfilter/inference/remote/remotetest"
	"github.com/caddyprivacy/privacyfilter/pii"
	"github.com/caddyprivacy/privacyfilter/testdata/models/openai"
)

const remoteToken = "Bearer of-the-test"

// inferenceServer serves the tiny model by KServe, to whoever has the token.
func inferenceServer(t *testing.T) (dir, url string) {
	t.Helper()
	m, err := openai.Tiny()
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := m.Write(dir, 2<<20, "fp32"); err != nil {
		t.Fatal(err)
	}
	engine, err := onnx.Open(onnx.Model{Path: filepath.Join(dir, "onnx", "model.onnx")}, 33, onnx.Options{Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	s, handler := remotetest.KServe(remotetest.Model{Name: "privacy-filter", Labels: 33, Engine: engine})
	s.Set(remotetest.Faults{Before: func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("Authorization") == remoteToken {
			return false
		}
		w.WriteHeader(http.StatusUnauthorized)
		return true
	}})
	server := httptest.NewServer(handler)
	t.Cleanup(func() { server.Close(); _ = engine.Close() })
	return dir, server.URL
}

// TestRemoteEngine: the app's model runs on a server, and what handlers or
// fallback name beside it runs here.
func TestRemoteEngine(t *testing.T) {
	dir, url := inferenceServer(t)
	t.Setenv("PF_TEST_TOKEN", remoteToken)
	ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
	defer cancel()
	app := &App{
		Model: dir, Engine: "kserve", Fallback: local.EmbeddedFast,
		Remote: &Remote{URLs: []string{url}, Model: "privacy-filter", Headers: map[string]string{"authorization": "{env.PF_TEST_TOKEN}"}},
	}
	if err := errors.Join(app.Provision(ctx), app.Validate()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := app.Cleanup(); err != nil {
			t.Error(err)
		}
	}()
	there, err := app.needModel("", "")
	if err != nil {
		t.Fatal(err)
	}
	here, err := app.needModel(local.EmbeddedFast, "")
	if err != nil {
		t.Fatal(err)
	}
	if here != there.fallback {
		t.Error("the fallback is another model than the one of the same name")
	}
	if err := app.Start(); err != nil {
		t.Fatal(err)
	}
	if got := there.service.Stats().Engine; got != "kserve" {
		t.Errorf("the app's model runs on %s", got)
	}
	if got := here.service.Stats().Engine; got != "onnx/cpu" {
		t.Errorf("the handler's model runs on %s", got)
	}
	found, err := there.service.Detect(t.Context(), []pii.Segment{{Text: "My name is Harriet Blackwood."}})
	if err != nil || len(found[0]) == 0 || found[0][0].Category != pii.PrivatePerson {
		t.Errorf("found %v, %v", found, err)
	}
}

// TestRemoteConfigurations that cannot be meant.
func TestRemoteConfigurations(t *testing.T) {
	ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
	defer cancel()
	servers := func() *Remote { return &Remote{URLs: []string{"https://a.example"}, Model: "m"} }
	header := servers()
	header.Headers = map[string]string{"Authorization": "Bearer secret {env.PF_TEST_NOT_SET}"}
	for _, row := range []struct {
		name, want string
		app        *App
	}{
		{"no servers", "servers are missing", &App{Model: "/m", Engine: "kserve"}},
		{"no directory", "model must name the directory", &App{Engine: "kserve", Remote: servers()}},
		{"a variant", "server chooses the variant", &App{Model: "/m", Variant: "q4", Engine: "kserve", Remote: servers()}},
		{"a device", "server chooses the device", &App{Model: "/m", Device: "cuda", Engine: "vllm", Remote: servers()}},
		{"servers of no engine", "only the engines kserve and vllm", &App{Model: "/m", Remote: servers()}},
		{"in the clear", "insecure", &App{Model: "/m", Engine: "kserve", Remote: &Remote{URLs: []string{"http://a.example"}, Model: "m"}}},
		{"a secret that is not there", "header Authorization: a placeholder", &App{Model: "/m", Engine: "kserve", Remote: header}},
		{"another engine", "want onnx, kserve or vllm", &App{Model: "/m", Engine: "tpu"}},
	} {
		err := row.app.Provision(ctx)
		if err == nil {
			err = row.app.Validate()
			if cleanup := row.app.Cleanup(); cleanup != nil {
				t.Error(cleanup)
			}
		}
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "secret ") {
			t.Errorf("%s: got %v", row.name, err)
		}
	}
}

// TestRemoteModelCommands: check asks the servers, info has nothing to read.
func TestRemoteModelCommands(t *testing.T) {
	dir, url := inferenceServer(t)
	t.Setenv("PF_TEST_TOKEN", remoteToken)
	run := func(args ...string) (string, error) {
		cmd := modelCommand()
		var out strings.Builder
		cmd.SetOut(&out)
		cmd.SetErr(&out)
		cmd.SilenceUsage, cmd.SilenceErrors = true, true
		cmd.SetArgs(append(args, dir, "--engine", "kserve", "--url", url, "--served", "privacy-filter"))
		err := cmd.ExecuteContext(t.Context())
		return out.String(), err
	}
	if out, err := run("check", "--header", "Authorization: {env.PF_TEST_TOKEN}"); err != nil || !strings.HasPrefix(out, "ok: it runs on kserve") {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := run("check"); err == nil || !strings.Contains(err.Error(), "answered status 401") {
		t.Errorf("%v: %s", err, out)
	}
	if out, err := run("info"); !errors.Is(err, local.ErrElsewhere) {
		t.Errorf("%v: %s", err, out)
	}
}
