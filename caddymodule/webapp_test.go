package caddymodule

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/caddyauth"
	_ "github.com/caddyserver/caddy/v2/modules/caddyhttp/rewrite"
	_ "github.com/caddyserver/caddy/v2/modules/filestorage"
)

// A page that everybody could use by mistake is no configuration.
func TestWebAppIsNotOpenByMistake(t *testing.T) {
	const refusal = "listens on more than this machine"
	for name, c := range map[string]struct{ site, options, want string }{
		"everywhere":           {":8082 {\n%s\n}", "", refusal},
		"a name":               {"http://example.org:8082 {\n%s\n}", "", refusal},
		"localhost, as a name": {"http://localhost:8082 {\n%s\n}", "", refusal},
		"a private address":    {":8082 {\nbind 10.0.0.1\n%s\n}", "", refusal},
		"one too many":         {":8082 {\nbind 127.0.0.1 0.0.0.0\n%s\n}", "", refusal},
		"IPv4":                 {":8082 {\nbind 127.0.0.1\n%s\n}", "", ""},
		"IPv6":                 {":8082 {\nbind [::1]\n%s\n}", "", ""},
		"both":                 {":8082 {\nbind 127.0.0.1 [::1]\n%s\n}", "", ""},
		"in a route":           {":8082 {\nhandle_path /pii/* {\n%s\n}\n}", "", refusal},
		"authenticated":        {":8082 {\n%s\n}", "authenticated", ""},
		"insecure":             {":8082 {\n%s\n}", "insecure", ""},
	} {
		t.Run(name, func(t *testing.T) {
			config := "{\nadmin off\nauto_https off\nlog {\noutput discard\n}\nstorage file_system " + t.TempDir() + "\n}\n" +
				strings.Replace(c.site, "%s", "privacy_filter_webapp {\nrules_only\napps text paste\n"+c.options+"\n}", 1)
			raw, _, err := adapter().Adapt([]byte(config), nil)
			if err != nil {
				t.Fatal(err)
			}
			var parsed caddy.Config
			if err := json.Unmarshal(raw, &parsed); err != nil {
				t.Fatal(err)
			}
			err = caddy.Validate(&parsed)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestWebAppCaddyfile(t *testing.T) {
	for name, c := range map[string]struct{ options, want string }{
		"all": {
			"apps text images documents paste\nauthenticated\ninsecure\nhosts a b\nhosts c\nmodel embedded-fast\nrules_only\nmax_file 1MiB\npaste_ttl 1d\npaste_storage memory",
			`{"apps":["text","images","documents","paste"],"authenticated":true,"handler":"privacy_filter_webapp","hosts":["a","b","c"],"insecure":true,"max_file":1048576,"model":"embedded-fast","paste_storage":"memory","paste_ttl":86400000000000,"rules_only":true}`,
		},
		"none":            {"", `{"handler":"privacy_filter_webapp"}`},
		"an unknown app":  {"apps chess", ""},
		"an app twice":    {"apps text text", ""},
		"twice":           {"insecure\ninsecure", ""},
		"an unknown word": {"open", ""},
		"another storage": {"paste_storage disk", ""},
		"an argument":     {"insecure yes", ""},
	} {
		t.Run(name, func(t *testing.T) {
			raw, _, err := adapter().Adapt([]byte(":80 {\nprivacy_filter_webapp {\n"+c.options+"\n}\n}\n"), nil)
			if c.want == "" {
				if err == nil {
					t.Errorf("accepted: %s", raw)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(raw, []byte(c.want)) {
				t.Errorf("%s", raw)
			}
		})
	}
}

// webApp starts a site with the page in it.
func webApp(t *testing.T, site string) string {
	t.Helper()
	site = strings.NewReplacer("{WEBAPP}", "privacy_filter_webapp {\nrules_only\napps text paste\n}").Replace(site)
	addr := freeAddr(t)
	_, port, _ := strings.Cut(addr, ":")
	// A site without a name: the page itself knows the names of this machine.
	loadCaddy(t, addr, "{\nstorage file_system "+t.TempDir()+"\n}\n:"+port+" {\nbind 127.0.0.1\n"+site+"\n}\n", false)
	t.Cleanup(func() {
		if err := caddy.Stop(); err != nil {
			t.Error(err)
		}
	})
	return "http://" + addr
}

func call(t *testing.T, url, endpoint, data string) map[string]any {
	t.Helper()
	got := ask(t, client(t, "h1"), "POST", url+"/gradio_api/run/"+endpoint, http.Header{"Content-Type": {"application/json"}}, strings.NewReader(`{"data":`+data+`}`))
	var out struct{ Data []map[string]any }
	if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	return out.Data[0]
}

// The page works at the root of a site and under a path, and tells clients the
// URL by which they reached it.
func TestWebAppUnderAPath(t *testing.T) {
	for mount, site := range map[string]string{"": "{WEBAPP}", "/pii": "handle_path /pii/* {\n{WEBAPP}\n}", "/a/b": "handle_path /a/* {\nhandle_path /b/* {\n{WEBAPP}\n}\n}"} {
		t.Run("at "+mount, func(t *testing.T) {
			url := webApp(t, site) + mount
			got := ask(t, client(t, "h1"), "GET", url+"/config", nil, nil)
			var config struct{ Root string }
			if err := json.Unmarshal([]byte(got.body), &config); err != nil || config.Root != url {
				t.Errorf("root %q, want %q (%v)", config.Root, url, err)
			}
			if out := call(t, url, "redact_text", `["write to elena.markovic@canary-mailbox.net"]`); out["text"] != "write to <PRIVATE_EMAIL>" {
				t.Errorf("%v", out)
			}
			out := call(t, url, "create_paste", `["write to elena.markovic@canary-mailbox.net"]`)
			if page := ask(t, client(t, "h1"), "GET", url+out["view_path"].(string), nil, nil); !strings.Contains(page.body, "&lt;PRIVATE_EMAIL&gt;") {
				t.Errorf("%s", page.body)
			}
			if page := ask(t, client(t, "h1"), "GET", url+out["reveal_path"].(string), nil, nil); !strings.Contains(page.body, canary) {
				t.Errorf("%s", page.body)
			}
		})
	}
}

// Names that were made to point here do not lead to the page.
func TestWebAppOnThisMachineKnowsItsNames(t *testing.T) {
	url := webApp(t, "{WEBAPP}")
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = "evil.example"
	resp, err := client(t, "h1").Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("status %d", resp.StatusCode)
	}
}

// A privacy_filter on the same site leaves the page alone; one around it is an
// error that says so.
func TestWebAppIsNotFiltered(t *testing.T) {
	const text = `["write to elena.markovic@canary-mailbox.net"]`
	url := webApp(t, "privacy_filter {\nrules_only\n}\n{WEBAPP}")
	out := call(t, url, "create_paste", text)
	if page := ask(t, client(t, "h1"), "GET", url+out["reveal_path"].(string), nil, nil); !strings.Contains(page.body, canary) {
		t.Error("the filter read the page")
	}
}

func TestWebAppWithinTheFilter(t *testing.T) {
	url := webApp(t, "route {\nprivacy_filter {\nrules_only\n}\n{WEBAPP}\n}")
	if got := ask(t, client(t, "h1"), "GET", url+"/config", nil, nil); got.status != http.StatusInternalServerError || !strings.Contains(got.body, "take it from this route") {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// A client that stays does not keep an old configuration alive.
func TestWebAppLetsReloadsPass(t *testing.T) {
	dir := t.TempDir()
	site := "{\nstorage file_system " + dir + "\n}\n{ADDR} {\nbind 127.0.0.1\nprivacy_filter_webapp {\nrules_only\napps text paste\n}\n}\n"
	url := startCaddy(t, site)
	paste := call(t, url, "create_paste", `["write to elena.markovic@canary-mailbox.net"]`)
	resp, err := client(t, "h1").Get(url + "/gradio_api/heartbeat/abc")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	first := make([]byte, 5)
	if _, err := io.ReadFull(resp.Body, first); err != nil {
		t.Fatal(err)
	}
	loadCaddy(t, strings.TrimPrefix(url, "http://"), site, true)
	if _, err := io.ReadAll(resp.Body); err != nil {
		t.Logf("the stream ended: %T", err)
	}
	// What is in storage outlives it.
	if page := ask(t, client(t, "h1"), "GET", url+paste["reveal_path"].(string), nil, nil); !strings.Contains(page.body, canary) {
		t.Errorf("%s", page.body)
	}
	// And tells nothing.
	err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if data, err := os.ReadFile(path); err != nil || leaks(string(data)) != "" {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// Tokens of pastes are in no log, and the requests are.
func TestWebAppTokensStayOutOfLogs(t *testing.T) {
	logFile := filepath.Join(t.TempDir(), "access.log")
	url := webApp(t, "log {\noutput file "+logFile+" {\nroll_disabled\n}\n}\n{WEBAPP}")
	out := call(t, url, "create_paste", `["write to elena.markovic@canary-mailbox.net"]`)
	reveal := out["reveal_path"].(string)
	_, token, _ := strings.Cut(reveal, "token=")
	ask(t, client(t, "h1"), "GET", url+reveal, nil, nil)
	if err := caddy.Stop(); err != nil {
		t.Fatal(err)
	}
	log, err := os.ReadFile(logFile)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(log), token) || !strings.Contains(string(log), out["view_path"].(string)+"?token=REDACTED") {
		t.Errorf("%s", log)
	}
}
