package webapp

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
)

const (
	secretText = "Grüße 🎈: write to elena.markovic@example.org, today."
	maskedText = "Grüße 🎈: write to <PRIVATE_EMAIL>, today."
)

func TestRedactText(t *testing.T) {
	g := newRig(t, Options{})
	out, failed := g.call("redact_text", secretText)
	if failed != "" || out["text"] != maskedText {
		t.Fatalf("%v %s", out, failed)
	}
	span := out["spans"].([]any)[0].(map[string]any)
	points := []rune(secretText)
	if got := string(points[int(span["start"].(float64)):int(span["end"].(float64))]); got != "elena.markovic@example.org" || span["label"] != "private_email" {
		t.Errorf("%q %v", got, span)
	}
	if n := out["counts"].(map[string]any)["private_email"]; n != 1.0 {
		t.Errorf("counts: %v", n)
	}
	if out, failed := g.call("redact_text", ""); failed != "" || out["text"] != "" {
		t.Errorf("%v %s", out, failed)
	}
}

func TestAnalyzeDocument(t *testing.T) {
	g := newRig(t, Options{})
	out, failed := g.call("analyze_document", g.upload("a.txt", []byte("\xef\xbb\xbf"+secretText)))
	if failed != "" || out["text"] != secretText || len(out["spans"].([]any)) != 1 || out["stats"].(map[string]any)["spans"] != 1.0 {
		t.Fatalf("%v %s", out, failed)
	}
	for name, data := range map[string]string{
		"PDF": "%PDF-1.7 canary", "not UTF-8": "canary\xff", "UTF-16": "c\x00a\x00", "too long": strings.Repeat("x", maxDocument+1),
	} {
		if _, failed := g.call("analyze_document", g.upload("a", []byte(data))); failed == "" || strings.Contains(failed, "canary") {
			t.Errorf("%s: %q", name, failed)
		}
	}
}

// word is a document of one paragraph, cut into runs.
func word(t *testing.T, runs ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	body := ""
	for _, run := range runs {
		body += `<w:r><w:t xml:space="preserve">` + run + `</w:t></w:r>`
	}
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>` + body + `</w:p></w:body></w:document>`},
	} {
		f, err := w.Create(part[0])
		if err == nil {
			_, err = io.WriteString(f, part[1])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAnalyzeWord(t *testing.T) {
	g := newRig(t, Options{})
	at := strings.Index(secretText, "markovic") // within the value
	out, failed := g.call("analyze_document", g.upload("a.docx", word(t, secretText[:at], secretText[at:])))
	if failed != "" || !strings.Contains(out["text"].(string), secretText) || len(out["spans"].([]any)) != 1 {
		t.Fatalf("%v %s", out, failed)
	}
	if _, failed := g.call("analyze_document", g.upload("a.docx", []byte("PK\x03\x04 canary"))); failed == "" || strings.Contains(failed, "canary") {
		t.Errorf("%q", failed)
	}
}

func TestWithoutTesseract(t *testing.T) {
	g := newRig(t, Options{})
	for _, name := range []string{"anonymize_screenshot", "redact_image"} {
		if _, failed := g.call(name, g.upload("a.png", []byte("x"))); !strings.HasPrefix(failed, "ocr_unavailable") {
			t.Errorf("%s: %q", name, failed)
		}
	}
}

func TestAppsThatAreOff(t *testing.T) {
	g := newRig(t, Options{Apps: Apps{Text: true}})
	_, body := g.do(http.MethodGet, "/config", "", "")
	var config struct{ Dependencies []struct{ Api_name string } } //nolint:revive // as in JSON
	if err := json.Unmarshal([]byte(body), &config); err != nil || len(config.Dependencies) != 1 {
		t.Errorf("%v %+v", err, config)
	}
	for _, path := range []string{"/view/abcdefgh", "/api/paste/abcdefgh"} {
		if resp, _ := g.do(http.MethodGet, path, "", ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestPages(t *testing.T) {
	g := newRig(t, Options{})
	for path, kind := range map[string]string{
		"/": "text/html; charset=utf-8", "/static/app.js": "text/javascript; charset=utf-8",
		"/static/api.js": "text/javascript; charset=utf-8", "/static/style.css": "text/css; charset=utf-8",
	} {
		resp, body := g.do(http.MethodGet, path, "", "")
		if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != kind || body == "" {
			t.Errorf("%s: %d %s", path, resp.StatusCode, resp.Header.Get("Content-Type"))
		}
	}
	for _, path := range []string{"/static/view.html", "/static/..%2fapp.go", "/static/", "/nothing"} {
		if resp, _ := g.do(http.MethodGet, path, "", ""); resp.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

// The pages keep to their policy: no code and no style within them, and none
// from elsewhere.
func TestPagesKeepToThePolicy(t *testing.T) {
	files, err := static.ReadDir("static")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := static.ReadFile("static/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"<style", "style=", "onclick", "onload=", "javascript:", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "localStorage", "sessionStorage", "indexedDB", "http://", "https://", "<script>"} {
			if strings.Contains(string(data), word) {
				t.Errorf("%s has %s", file.Name(), word)
			}
		}
	}
}

// What stands on every response, whatever it is.
func TestHeaders(t *testing.T) {
	g := newRig(t, Options{})
	for _, path := range []string{"/", "/static/app.js", "/config", "/gradio_api/info", "/view/abcdefgh", "/api/paste/abcdefgh", "/nothing"} {
		resp, _ := g.do(http.MethodGet, path, "", "")
		for name, want := range map[string]string{
			"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cache-Control": "no-store", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q", path, name, got)
			}
		}
		for name := range resp.Header {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s: %s", path, name)
			}
		}
	}
}

func TestGuard(t *testing.T) {
	g := newRig(t, Options{Hosts: Loopback()})
	host := strings.TrimPrefix(g.url, "http://")
	const ok = http.StatusOK
	for name, c := range map[string]struct {
		method, path string
		header       []string
		status       int
	}{
		"a program":                    {"GET", "/config", nil, ok},
		"localhost":                    {"GET", "/config", []string{"Host", "localhost:8082"}, ok},
		"IPv6":                         {"GET", "/config", []string{"Host", "[::1]:8082"}, ok},
		"upper case":                   {"GET", "/config", []string{"Host", "LOCALHOST"}, ok},
		"rebound name":                 {"GET", "/config", []string{"Host", "evil.example"}, 421},
		"rebound name with our port":   {"GET", "/", []string{"Host", "evil.example:8082"}, 421},
		"localhost as a label":         {"GET", "/", []string{"Host", "localhost.evil.example"}, 421},
		"the page itself":              {"GET", "/config", []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://" + host}, ok},
		"a link from elsewhere":        {"GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, ok},
		"a frame":                      {"GET", "/", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 403},
		"a link to the interface":      {"GET", "/config", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 403},
		"a script from elsewhere":      {"GET", "/config", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "no-cors"}, 403},
		"a sister site":                {"GET", "/config", []string{"Sec-Fetch-Site", "same-site"}, 403},
		"another origin":               {"GET", "/config", []string{"Origin", "http://evil.example"}, 403},
		"no origin":                    {"GET", "/config", []string{"Origin", "null"}, 403},
		"another port of this machine": {"POST", "/gradio_api/upload", []string{"Origin", "http://127.0.0.1:1"}, 403},
		"an upload from elsewhere":     {"POST", "/gradio_api/upload", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"an upload by an old browser":  {"POST", "/gradio_api/upload", []string{"Origin", "http://evil.example"}, 403},
		"a stream for another origin":  {"GET", "/gradio_api/heartbeat/x", []string{"Origin", "http://evil.example"}, 403},
		"reveal by another origin":     {"POST", "/api/paste/abcdefgh/reveal", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"preflight of another origin":  {"OPTIONS", "/gradio_api/queue/join", []string{"Origin", "http://evil.example", "Access-Control-Request-Method", "POST"}, 403},
	} {
		if resp, _ := g.do(c.method, c.path, "", "", c.header...); resp.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, c.status)
		}
	}
}

func TestFindings(t *testing.T) {
	for _, text := range []string{secretText, "", "🎈"} {
		var back strings.Builder
		for p := range slices.Values(pieces(text, nil)) {
			back.WriteString(p.Text)
		}
		if back.String() != text {
			t.Errorf("%q", back.String())
		}
	}
}
