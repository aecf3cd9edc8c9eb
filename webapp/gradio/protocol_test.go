package gradio

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// What clients break on, or leak by, when it is missing from the config.
func TestConfig(t *testing.T) {
	g := newRig(t, Options{Root: func(*http.Request) string { return "https://example.org/under" }})
	for _, path := range []string{"/config", "/config/", "/config?deep_link=x"} {
		var config struct {
			Version, Protocol, Root string
			RunHistory              *bool  `json:"run_history"`
			Prefix                  string `json:"api_prefix"`
			AppID                   string `json:"app_id"`
			MaxFile                 int64  `json:"max_file_size"`
			Components              []struct {
				ID    int
				Type  string
				Props map[string]any
			}
			Dependencies []struct {
				ID              int
				Inputs, Outputs []int
				Name            string `json:"api_name"`
				Visibility      string `json:"api_visibility"`
				Backend         bool   `json:"backend_fn"`
				Queue           *bool
				Types           map[string]bool
			}
		}
		g.json(g.get(path), &config)
		if config.Version != "6.25.0" || config.Protocol != "sse_v3" || config.Prefix != "/gradio_api" {
			t.Errorf("%s: %+v", path, config)
		}
		if config.RunHistory == nil || *config.RunHistory {
			t.Error("run_history is not false: browsers would keep what was sent")
		}
		if config.Root != "https://example.org/under" {
			t.Errorf("root: %s", config.Root)
		}
		if config.MaxFile != 50<<20 {
			t.Errorf("max_file_size: %d", config.MaxFile)
		}
		known := map[int]bool{}
		for _, c := range config.Components {
			known[c.ID] = c.Type == "api" && c.Props != nil
		}
		for i, d := range config.Dependencies {
			if d.ID != i+1 {
				t.Errorf("dependency %d has the id %d: the JavaScript client takes 0 for none", i, d.ID)
			}
			if d.Visibility != "public" || !d.Backend || d.Queue == nil || !*d.Queue || d.Types == nil || d.Name == "" {
				t.Errorf("dependency: %+v", d)
			}
			for _, id := range slices.Concat(d.Inputs, d.Outputs) {
				if !known[id] {
					t.Errorf("component %d of %s is missing", id, d.Name)
				}
			}
		}
		var app struct {
			ID string `json:"app_id"`
		}
		if g.json(g.get("/gradio_api/app_id"), &app); app.ID == "" || app.ID != config.AppID {
			t.Error("app_id is another than in the config")
		}
	}
}

func TestInfo(t *testing.T) {
	g := newRig(t, Options{})
	for _, path := range []string{"/gradio_api/info?serialize=False", "/gradio_api/info/", "/gradio_api/info?all_endpoints=True"} {
		var info struct {
			Named map[string]struct {
				Parameters, Returns []map[string]any
			} `json:"named_endpoints"`
			Unnamed map[string]any `json:"unnamed_endpoints"`
		}
		g.json(g.get(path), &info)
		if len(info.Named) != 7 || info.Unnamed == nil {
			t.Fatalf("%s: %d endpoints", path, len(info.Named))
		}
		for name, e := range info.Named {
			for _, p := range slices.Concat(e.Parameters, e.Returns) {
				if p["type"].(map[string]any)["type"] == nil || p["python_type"].(map[string]any)["type"] == "" {
					t.Errorf("%s: a parameter or result has no type: %v", name, p)
				}
			}
		}
		ttl := info.Named["/pair"].Parameters[1]
		if ttl["parameter_name"] != "ttl" || ttl["parameter_has_default"] != true || ttl["parameter_default"] != "never" {
			t.Errorf("ttl: %v", ttl)
		}
	}
}

// Two calls of one session end in one stream, which then closes: a program in
// Node could not exit otherwise. Events wait until the stream is opened.
func TestTwoCallsInOneSession(t *testing.T) {
	g := newRig(t, Options{})
	a, b := g.join(fnEcho, "s", "one"), g.join(fnEcho, "s", "two")
	all := g.stream("s")
	for id, want := range map[string]string{a: "one", b: "two"} {
		ok, out := ended(t, all, id)
		if data := out["data"].([]any); !ok || len(data) != 1 || data[0] != want {
			t.Errorf("ended with %v %v", ok, out)
		}
	}
	kinds := map[any]int{}
	for _, event := range all {
		kinds[event["msg"]]++
	}
	if kinds["estimation"] < 2 || kinds["process_starts"] != 2 || all[len(all)-1]["msg"] != "close_stream" {
		t.Errorf("events: %v", all)
	}
}

// gradio_client 1 dies when a stream tells the end of a call of which the answer
// to its request has not told yet.
func TestACallIsNotOverBeforeItIsKnown(t *testing.T) {
	g := newRig(t, Options{grace: time.Hour, beat: time.Millisecond})
	first := g.join(fnWait, "s", "x")
	<-g.started
	resp := g.get("/gradio_api/queue/data?session_hash=s")
	second := g.join(fnEcho, "s", "x")
	g.release <- struct{}{}
	g.queue.all.Wait() // both have run
	seen, part := "", make([]byte, 4096)
	for strings.Count(seen, `"heartbeat"`) < 3 || !strings.Contains(seen, `"process_completed"`) || !strings.HasSuffix(seen, "\n\n") {
		n, err := resp.Body.Read(part)
		if seen += string(part[:n]); err != nil {
			t.Fatal(err)
		}
	}
	all := events(t, seen)
	if ok, _ := ended(t, all, first); !ok {
		t.Error("the call that opened the stream has not ended")
	}
	for _, event := range all {
		if event["msg"] == "process_completed" && event["event_id"] == second {
			t.Error("the end came before the client knew of the call")
		}
	}
}

func TestStreamHeaders(t *testing.T) {
	g := newRig(t, Options{})
	g.join(fnEcho, "s", "x")
	resp := g.get("/gradio_api/queue/data?session_hash=s")
	for name, want := range map[string]string{"Content-Type": "text/event-stream", "X-Accel-Buffering": "no", "Cache-Control": "no-store"} {
		if !strings.HasPrefix(resp.Header.Get(name), want) {
			t.Errorf("%s: %q", name, resp.Header.Get(name))
		}
	}
}

func TestProgressAndHeartbeatInTheStream(t *testing.T) {
	g := newRig(t, Options{beat: time.Millisecond})
	id := g.join(fnWait, "s", "x")
	<-g.started
	resp := g.get("/gradio_api/queue/data?session_hash=s")
	head := make([]byte, 4096)
	seen := ""
	for !strings.Contains(seen, `"heartbeat"`) {
		n, err := resp.Body.Read(head)
		if seen += string(head[:n]); err != nil {
			t.Fatal(err)
		}
	}
	close(g.release)
	rest, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	all := events(t, seen+string(rest))
	if ok, _ := ended(t, all, id); !ok {
		t.Error("the call failed")
	}
	if !strings.Contains(seen, `"progress_data":[{"desc":"Reading","index":1,"length":2,"progress":null,"unit":"pages"}]`) {
		t.Errorf("no progress: %s", seen)
	}
}

// Without a stream that stays open, one idle Python client asks hundreds of
// times in a second. Its end is the end of what the client waits for.
func TestHeartbeatStaysOpen(t *testing.T) {
	g := newRig(t, Options{beat: time.Millisecond})
	g.join(fnWait, "s", "x")
	<-g.started
	resp := g.get("/gradio_api/heartbeat/s")
	const want = "data: ALIVE\n\ndata: ALIVE\n\ndata: ALIVE\n\n"
	got := make([]byte, len(want))
	if _, err := io.ReadFull(resp.Body, got); err != nil || string(got) != want {
		t.Fatalf("%q %v", got, err)
	}
	resp.Body.Close()
	<-g.ended
}

func TestLeavingTheStreamCancels(t *testing.T) {
	g := newRig(t, Options{})
	g.join(fnWait, "s", "x")
	<-g.started
	g.get("/gradio_api/queue/data?session_hash=s").Body.Close()
	<-g.ended
}

func TestNobodyComesForASession(t *testing.T) {
	// Long enough for the call to start: one that did not would not end.
	g := newRig(t, Options{SessionIn: time.Second})
	g.join(fnWait, "s", "x")
	<-g.started
	<-g.ended
}

// Cancelling answers, ends the function, and tells the client the end of the
// call, for which it waits.
func TestCancel(t *testing.T) {
	g := newRig(t, Options{Workers: 1})
	running := g.join(fnWait, "s", "x")
	<-g.started
	waiting := g.join(fnWait, "s", "x")
	for _, id := range []string{waiting, running} {
		got := g.body(g.post("/gradio_api/cancel", `{"session_hash":"s","fn_index":2,"event_id":"`+id+`"}`), http.StatusOK)
		if got != `{"success":true}` {
			t.Error(got)
		}
	}
	<-g.ended
	all := g.stream("s")
	for _, id := range []string{waiting, running} {
		if ok, out := ended(t, all, id); !ok || len(out) != 0 {
			t.Errorf("ended with %v %v", ok, out)
		}
	}
	if len(g.started) > 0 {
		t.Error("a call that was cancelled began")
	}
}

func TestReset(t *testing.T) {
	g := newRig(t, Options{})
	id := g.join(fnWait, "s", "x")
	<-g.started
	g.body(g.post("/gradio_api/reset", `{"event_id":"`+id+`"}`, "Test-Owner", "stranger"), http.StatusOK)
	if len(g.ended) > 0 {
		t.Error("a stranger ended the call")
	}
	g.body(g.post("/gradio_api/reset", `{"event_id":"`+id+`"}`), http.StatusOK)
	<-g.ended
}

func TestQueueFull(t *testing.T) {
	g := newRig(t, Options{Workers: 1, Queue: 1})
	g.join(fnWait, "s", "x")
	<-g.started
	g.join(fnWait, "s", "x")
	body := g.body(g.post("/gradio_api/queue/join", `{"data":["x"],"fn_index":2,"session_hash":"s"}`), http.StatusServiceUnavailable)
	if !strings.HasPrefix(body, `{"detail":"Queue is full.`) {
		t.Error(body)
	}
}

// Messages for callers arrive. Other errors and panics may quote what was
// sent, and do not. unexpected_error kills the Python client.
func TestFailures(t *testing.T) {
	for fn, want := range map[int]string{fnFail: "No such thing.", fnPanic: string(errUnknown), fnQuote: string(errUnknown)} {
		g := newRig(t, Options{})
		id := g.join(fn, "s", "canary")
		all := g.stream("s")
		ok, out := ended(t, all, id)
		if ok || out["error"] != want {
			t.Errorf("%d: ended with %v %v", fn, ok, out)
		}
		for _, event := range all {
			if event["msg"] == "unexpected_error" {
				t.Error("the Python client dies of unexpected_error")
			}
		}
	}
}

func TestCallsThatDoNotFit(t *testing.T) {
	g := newRig(t, Options{MaxJSON: 1000})
	for name, c := range map[string]struct {
		path, body string
		status     int
	}{
		"no JSON":            {"/gradio_api/queue/join", `{`, 422},
		"number 0":           {"/gradio_api/queue/join", `{"data":["x"],"fn_index":0,"session_hash":"s"}`, 422},
		"number too high":    {"/gradio_api/queue/join", `{"data":["x"],"fn_index":99,"session_hash":"s"}`, 422},
		"no session":         {"/gradio_api/queue/join", `{"data":["x"],"fn_index":1}`, 422},
		"session of another": {"/gradio_api/queue/join", `{"data":["x"],"fn_index":1,"session_hash":"call\u0000x"}`, 422},
		"too few":            {"/gradio_api/queue/join", `{"data":[],"fn_index":1,"session_hash":"s"}`, 422},
		"too many":           {"/gradio_api/queue/join", `{"data":["x","y"],"fn_index":1,"session_hash":"s"}`, 422},
		"no text":            {"/gradio_api/queue/join", `{"data":[1],"fn_index":1,"session_hash":"s"}`, 422},
		"no file":            {"/gradio_api/queue/join", `{"data":["x"],"fn_index":6,"session_hash":"s"}`, 422},
		"too large":          {"/gradio_api/queue/join", `{"data":["` + strings.Repeat("x", 1000) + `"]}`, 413},
		"unknown endpoint":   {"/gradio_api/call/none", `{"data":[]}`, 404},
		"unknown argument":   {"/gradio_api/call/v2/echo", `{"text":"x","more":"y"}`, 422},
	} {
		if body := g.body(g.post(c.path, c.body), c.status); !strings.HasPrefix(body, `{"detail":"`) {
			t.Errorf("%s: %s", name, body)
		}
	}
	// What another origin's page may send unasked is no JSON by its type.
	for _, kind := range []string{"text/plain", "", "application/x-www-form-urlencoded", "text/plain; application/json"} {
		for _, path := range []string{"queue/join", "cancel", "reset", "call/echo", "call/v2/echo", "run/echo"} {
			g.body(g.do(http.MethodPost, "/gradio_api/"+path, kind, `{"data":["x"],"fn_index":1,"session_hash":"s"}`), http.StatusUnsupportedMediaType)
		}
	}
	g.body(g.get("/gradio_api/queue/data?session_hash=unknown"), http.StatusNotFound)
}

func TestCallForCurl(t *testing.T) {
	g := newRig(t, Options{})
	for name, c := range map[string]struct{ path, body, want string }{
		"call":    {"call/pair", `{"data":["x"]}`, "event: complete\ndata: [{\"text\":\"x\",\"ttl\":\"never\"}]\n\n"},
		"call v2": {"call/v2/pair", `{"text":"x","ttl":"1h"}`, "event: complete\ndata: [{\"text\":\"x\",\"ttl\":\"1h\"}]\n\n"},
		"failure": {"call/fail", `{"data":["x"]}`, "event: error\ndata: {\"duration\":10,\"error\":\"No such thing.\",\"title\":\"Error\",\"visible\":true}\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var out struct {
				ID string `json:"event_id"`
			}
			g.json(g.post("/gradio_api/"+c.path, c.body), &out)
			g.body(g.get("/gradio_api/"+c.path+"/"+out.ID, "Test-Owner", "stranger"), http.StatusNotFound)
			if got := g.body(g.get("/gradio_api/"+c.path+"/"+out.ID), http.StatusOK); got != c.want {
				t.Errorf("got %q", got)
			}
			g.body(g.get("/gradio_api/"+c.path+"/"+out.ID), http.StatusNotFound)
		})
	}
}

func TestRun(t *testing.T) {
	g := newRig(t, Options{})
	var out struct {
		Data       []any
		Generating *bool `json:"is_generating"`
	}
	g.json(g.post("/gradio_api/run/echo", `{"data":["x"]}`), &out)
	if len(out.Data) != 1 || out.Data[0] != "x" || out.Generating == nil {
		t.Errorf("%+v", out)
	}
	if got := g.body(g.post("/gradio_api/api/fail", `{"data":["x"]}`), http.StatusInternalServerError); got != `{"error":"No such thing."}` {
		t.Error(got)
	}
}

func TestCloseEndsStreams(t *testing.T) {
	g := newRig(t, Options{})
	g.join(fnWait, "s", "x")
	<-g.started
	data, heart := g.get("/gradio_api/queue/data?session_hash=s"), g.get("/gradio_api/heartbeat/s")
	g.Close()
	<-g.ended
	_, _ = io.ReadAll(data.Body)
	_, _ = io.ReadAll(heart.Body)
	g.body(g.post("/gradio_api/queue/join", `{"data":["x"],"fn_index":1,"session_hash":"s"}`), http.StatusServiceUnavailable)
}

func TestStreamsAreBounded(t *testing.T) {
	g := newRig(t, Options{Streams: 1})
	g.get("/gradio_api/heartbeat/a")
	g.body(g.get("/gradio_api/heartbeat/b"), http.StatusServiceUnavailable)
}

func TestSessionsAreBounded(t *testing.T) {
	g := newRig(t, Options{Sessions: 1})
	g.join(fnEcho, "a", "x")
	g.body(g.post("/gradio_api/queue/join", `{"data":["x"],"fn_index":1,"session_hash":"b"}`), http.StatusServiceUnavailable)
}
