package gradio

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestFileInAndOut(t *testing.T) {
	g := newRig(t, Options{Root: func(*http.Request) string { return "http://here" }})
	in := g.uploaded("../a b.txt", "canary")
	id := g.join(fnFile, "s", in)
	ok, out := ended(t, g.stream("s"), id)
	if !ok {
		t.Fatal(out)
	}
	file := out["data"].([]any)[0].(map[string]any)
	url, _ := strings.CutPrefix(file["url"].(string), "http://here")
	if file["orig_name"] != "a b.txt" || !strings.HasPrefix(url, "/gradio_api/file=") || file["meta"].(map[string]any)["_type"] != "gradio.FileData" {
		t.Errorf("%v", file)
	}
	for _, path := range []string{url, "/file/" + strings.TrimPrefix(url, "/gradio_api/file=")} {
		resp := g.get(path)
		if got := g.body(resp, http.StatusOK); got != "CANARY" {
			t.Errorf("%q", got)
		}
		for name, want := range map[string]string{
			"Content-Disposition": `attachment; filename="a b.txt"`, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Content-Type": "application/octet-stream",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %q", name, got)
			}
		}
		g.body(g.get(path, "Test-Owner", "stranger"), http.StatusNotFound)
		if got := g.body(g.do(http.MethodHead, path, "", ""), http.StatusOK); got != "" {
			t.Errorf("HEAD: %q", got)
		}
	}
	// What was sent is gone with the call.
	g.body(g.get("/gradio_api/file="+in["path"].(string)), http.StatusNotFound)
}

func TestFilesThatAreNotHere(t *testing.T) {
	g := newRig(t, Options{})
	strangers := g.uploaded("a.txt", "canary", "Test-Owner", "stranger")
	for name, c := range map[string]struct {
		file any
		want Failure
	}{
		"remote":       {map[string]any{"path": "http://127.0.0.1:2019/config/", "url": "http://127.0.0.1:2019/config/"}, errRemote},
		"file scheme":  {map[string]any{"path": "file:///etc/passwd"}, errRemote},
		"local":        {map[string]any{"path": "/etc/passwd"}, errNoFile},
		"traversal":    {map[string]any{"path": "../../etc/passwd"}, errNoFile},
		"a stranger's": {strangers, errNoFile},
	} {
		id := g.join(fnFile, "s", c.file)
		if ok, out := ended(t, g.stream("s"), id); ok || out["error"] != string(c.want) {
			t.Errorf("%s: %v %v", name, ok, out)
		}
	}
	for _, path := range []string{"/etc/passwd", "../../etc/passwd", "%2e%2e/etc/passwd", ""} {
		if resp := g.get("/gradio_api/file=" + path); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %d", path, resp.StatusCode)
		}
	}
}

func TestUploadLimits(t *testing.T) {
	const mega = 1 << 20
	g := newRig(t, Options{MaxFile: mega, PerOwner: mega + mega/2, MaxFiles: 2 * mega})
	large := strings.Repeat("x", mega)
	if got := g.body(g.upload("a", large+"x"), http.StatusRequestEntityTooLarge); got != `{"detail":"The file is over 1 MiB."}` {
		t.Error(got)
	}
	g.uploaded("a", large)
	g.body(g.upload("a", large), http.StatusRequestEntityTooLarge)                           // the quota of one
	g.body(g.upload("a", large, "Test-Owner", "stranger"), http.StatusRequestEntityTooLarge) // of all
	g.uploaded("a", large[:mega/4])
	g.body(g.do(http.MethodPost, "/gradio_api/upload", "application/json", "{}"), http.StatusBadRequest)
	g.body(g.do(http.MethodPost, "/gradio_api/upload", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"files\"\r\n\r\ncut"), http.StatusBadRequest)
}

func TestFilesExpire(t *testing.T) {
	s := newStore(time.Millisecond, 1<<20, 1<<20)
	defer s.close()
	key, ok := s.put("o", File{Name: "a", Data: []byte("x")})
	if !ok {
		t.Fatal("no room")
	}
	for deadline := time.Now().Add(10 * time.Second); s.get("o", key) != nil; {
		if time.Now().After(deadline) {
			t.Fatal("the file stays")
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.sum != 0 || len(s.used) != 0 {
		t.Error("its bytes are still counted")
	}
}

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"a.png": "a.png", "../../a.png": "a.png", `C:\dir\a.png`: "a.png", "": "file_", ".": "file_", "..": "file_", "/": "_",
		"a\r\nb": "a__b", `a";b`: "a__b", "NUL.txt": "file_NUL.txt", "com1": "file_com1", "Grüße.txt": "Grüße.txt", "a\xff": "a_", ".htaccess": "htaccess",
	} {
		if got := safeName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("../a\x00.png")
	f.Fuzz(func(t *testing.T, name string) {
		got := safeName(name)
		if got == "" || len(got) > 220 || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\\r\n\x00\"<>:|?*") || strings.HasPrefix(got, ".") {
			t.Errorf("%q", got)
		}
	})
}
