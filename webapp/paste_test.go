package webapp

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

const value = "elena.markovic@example.org"

func (g *rig) paste(args ...any) (view, reveal string) {
	g.t.Helper()
	out, failed := g.call("create_paste", args...)
	if failed != "" {
		g.t.Fatal(failed)
	}
	return out["view_path"].(string), out["reveal_path"].(string)
}

func (g *rig) api(path string) (int, shown) {
	g.t.Helper()
	resp, body := g.do(http.MethodGet, strings.Replace(path, "/view/", "/api/paste/", 1), "", "")
	var out shown
	if resp.StatusCode == http.StatusOK {
		if err := json.Unmarshal([]byte(body), &out); err != nil {
			g.t.Fatal(err)
		}
	}
	return resp.StatusCode, out
}

func TestPaste(t *testing.T) {
	g := newRig(t, Options{})
	view, reveal := g.paste(secretText)
	pid, _ := strings.CutPrefix(view, "/view/")
	_, token, _ := strings.Cut(reveal, "?token=")
	if len(pid) != 8 || len(token) != 30 || !strings.HasPrefix(reveal, view+"?") {
		t.Fatalf("%s %s", view, reveal)
	}
	if status, out := g.api(view); status != http.StatusOK || out.Text != maskedText || out.Revealed || out.Spans != nil {
		t.Errorf("%d %+v", status, out)
	}
	if status, out := g.api(reveal); status != http.StatusOK || out.Text != secretText || !out.Revealed || len(out.Spans) != 1 {
		t.Errorf("%d %+v", status, out)
	}
	if _, body := g.do(http.MethodGet, "/api/paste/"+pid, "", "", tokenHeader, token); !strings.Contains(body, value) {
		t.Error("the header does not reveal")
	}
	if _, body := g.do(http.MethodPost, "/api/paste/"+pid+"/reveal", "application/json", `{"token":"`+token+`"}`); !strings.Contains(body, value) {
		t.Error("POST does not reveal")
	}
	if _, page := g.do(http.MethodGet, view, "", ""); !strings.Contains(page, "&lt;PRIVATE_EMAIL&gt;") || strings.Contains(page, value) {
		t.Errorf("%s", page)
	}
	if _, page := g.do(http.MethodGet, reveal, "", ""); !strings.Contains(page, `<mark title="private_email">`+value+`</mark>`) {
		t.Errorf("%s", page)
	}
	for path, want := range map[string]int{
		view + "?token=" + strings.Repeat("A", 30): 403, view + "?token=x": 403, "/view/abcdefgh": 404, "/view/x": 404, "/view/" + strings.Repeat("x", 5000): 404,
	} {
		if status, _ := g.api(path); status != want {
			t.Errorf("%s: %d", path, status)
		}
		if resp, page := g.do(http.MethodGet, path, "", ""); resp.StatusCode != want || strings.Contains(page, value) {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestMarkupInAPasteIsText(t *testing.T) {
	g := newRig(t, Options{})
	view, reveal := g.paste(`</pre><script>alert(1)</script> ` + value)
	for _, path := range []string{view, reveal} {
		if _, page := g.do(http.MethodGet, path, "", ""); strings.Contains(page, "<script>") {
			t.Errorf("%s", page)
		}
	}
}

func TestRevoke(t *testing.T) {
	g := newRig(t, Options{})
	view, reveal := g.paste(secretText)
	_, token, _ := strings.Cut(reveal, "?token=")
	path := strings.Replace(view, "/view/", "/api/paste/", 1) + "/revoke"
	for body, want := range map[string]int{`{"token":"wrong"}`: 403, `{}`: 422, `x`: 422} {
		if resp, _ := g.do(http.MethodPost, path, "application/json", body); resp.StatusCode != want {
			t.Errorf("%s: %d", body, resp.StatusCode)
		}
	}
	if resp, _ := g.do(http.MethodPost, path, "text/plain", `{"token":"`+token+`"}`); resp.StatusCode != http.StatusUnsupportedMediaType {
		t.Error("a form of another origin could revoke")
	}
	if resp, _ := g.do(http.MethodPost, path, "application/json", `{"token":"`+token+`"}`); resp.StatusCode != http.StatusOK {
		t.Error(resp.StatusCode)
	}
	if status, _ := g.api(view); status != http.StatusNotFound {
		t.Error(status)
	}
}

// A paste that burns is shown to one reader only, and to none who only follows
// the link: what previews links must not burn it.
func TestBurn(t *testing.T) {
	g := newRig(t, Options{})
	view, reveal := g.paste(secretText, "never", "yes")
	_, token, ok := strings.Cut(reveal, "#token=")
	if !ok {
		t.Fatalf("the token would be sent: %s", reveal)
	}
	if status, out := g.api(view); status != http.StatusOK || out.Text != maskedText || !out.Burn {
		t.Errorf("%d %+v", status, out)
	}
	if status, _ := g.api(view + "?token=" + token); status != http.StatusConflict {
		t.Errorf("GET: %d", status)
	}
	var readers sync.WaitGroup
	var told atomic.Int64
	for range 8 {
		readers.Go(func() {
			req, _ := http.NewRequest(http.MethodPost, g.url+strings.Replace(view, "/view/", "/api/paste/", 1)+"/reveal", strings.NewReader(`{"token":"`+token+`"}`))
			req.Header.Set("Content-Type", "application/json")
			resp, err := g.http.Do(req)
			if err != nil {
				return
			}
			defer resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				told.Add(1)
			}
		})
	}
	readers.Wait()
	if told.Load() != 1 {
		t.Errorf("revealed to %d", told.Load())
	}
	if status, _ := g.api(view); status != http.StatusNotFound {
		t.Error(status)
	}
}

func TestPasteLimits(t *testing.T) {
	g := newRig(t, Options{Pastes: PasteLimits{MaxText: 100, Count: 1}})
	for name, args := range map[string][]any{
		"empty": {""}, "too long": {strings.Repeat("x", 101)}, "ttl": {"x", "soon"}, "ttl of nothing": {"x", "0s"}, "negative": {"x", "-1h"},
		"many days": {"x", "99999d"}, "burn": {"x", "never", "maybe"},
	} {
		if _, failed := g.call("create_paste", args...); failed == "" {
			t.Errorf("%s: no failure", name)
		}
	}
	g.paste("x")
	if _, failed := g.call("create_paste", "x"); failed != "There is no room for more pastes at the moment." {
		t.Error(failed)
	}
}

// Expired pastes are gone at once for readers, and from storage when it is
// swept, even by a server that did not write them. The server's maximum holds.
func TestPastesExpire(t *testing.T) {
	ctx := t.Context()
	records := NewMemory()
	start := time.Now()
	at := func(d time.Duration) *pastes {
		p := &pastes{records: records, limits: PasteLimits{MaxTTL: time.Hour, Count: 9}, now: func() time.Time { return start.Add(d) }, expires: map[string]int64{}}
		return p
	}
	short, _, _, err := at(0).create(ctx, "m", original{}, time.Minute, false)
	if err != nil {
		t.Fatal(err)
	}
	never, _, expires, err := at(0).create(ctx, "m", original{}, 0, false)
	if err != nil || expires.Sub(start) != time.Hour {
		t.Fatalf("%v %v", expires, err)
	}
	for _, c := range []struct {
		pid   string
		after time.Duration
		there bool
	}{{short, 59 * time.Second, true}, {never, 59 * time.Minute, true}} {
		if _, err := at(c.after).find(ctx, c.pid); err != nil {
			t.Error(err)
		}
	}
	later := at(2 * time.Minute)
	later.sweep(ctx)
	if keys, _ := records.List(ctx, recordPrefix, false); len(keys) != 1 || len(later.expires) != 1 {
		t.Errorf("after the sweep: %d", len(keys))
	}
	if _, err := at(time.Hour).find(ctx, never); err == nil {
		t.Error("never is for ever")
	}
	if keys, _ := records.List(ctx, recordPrefix, false); len(keys) != 0 {
		t.Error("a paste that was found expired is still kept")
	}
}

// Who reads the storage learns neither text nor token, and cannot move, prolong
// or exchange what is in it.
func TestStorageTellsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ctx := t.Context()
		records := NewMemory().(*memory)
		p := &pastes{records: records, limits: PasteLimits{MaxTTL: time.Hour, Count: 9}, now: time.Now, expires: map[string]int64{}}
		text := "canary-" + rapid.String().Draw(t, "text")
		pid, token, _, err := p.create(ctx, "canary-masked", original{Text: text}, 0, false)
		if err != nil {
			t.Fatal(err)
		}
		for key, data := range records.all {
			for _, secret := range []string{"canary", pid, token} {
				if bytes.Contains(data, []byte(secret)) || strings.Contains(key, secret) {
					t.Fatalf("storage shows %q", secret)
				}
			}
			var r record
			if err := json.Unmarshal(data, &r); err != nil {
				t.Fatal(err)
			}
			switch rapid.IntRange(0, 2).Draw(t, "forgery") {
			case 0:
				r.Expires++
			case 1:
				r.Original[rapid.IntRange(0, len(r.Original)-1).Draw(t, "byte")] ^= 1
			case 2:
				r.Burn = true
			}
			records.all[key], _ = json.Marshal(r)
		}
		if o, err := p.reveal(ctx, pid, token, true); err == nil || o.Text != "" {
			t.Fatalf("a forged record opens: %q", o.Text)
		}
	})
}

func TestSealedWithOtherKeys(t *testing.T) {
	r := &record{Version: 1}
	sealed, err := r.seal("pid", "secret", partOriginal, original{Text: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][3]string{"another paste": {"other", "secret", partOriginal}, "another token": {"pid", "other", partOriginal}, "the other part": {"pid", "secret", partMasked}} {
		if err := r.open(c[0], c[1], c[2], sealed, new(original)); err == nil {
			t.Errorf("%s opens it", name)
		}
	}
}
