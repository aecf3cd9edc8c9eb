package caddymodule

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyprivacy/privacyfilter/inference/embedded"
)

// presetSites is a Caddy with each preset under its own path and the models
// that ship; it answers with what an upstream would receive.
func presetSites(t *testing.T) string {
	t.Helper()
	if !embedded.Present(embedded.Default) {
		t.Fatal("there is no embedded model in this build")
	}
	var sites strings.Builder
	sites.WriteString("{ADDR} {\n")
	for name := range presets {
		sites.WriteString("\thandle /" + name + " {\n\t\tprivacy_filter {\n\t\t\tpreset " + name + "\n\t\t\tresponse off\n")
		if name == "logs" {
			sites.WriteString("\t\t\town_hosts halden.example 198.51.100.0/24 81.2.69.0/24\n")
		}
		sites.WriteString("\t\t}\n\t\trespond {http.request.body}\n\t}\n")
	}
	sites.WriteString("}\n")
	return startCaddy(t, sites.String())
}

func contentType(name string) string {
	if filepath.Ext(name) == ".json" {
		return "application/json"
	}
	return "text/plain"
}

// TestPresetsLeaveAlone: what a preset promises not to touch arrives byte by
// byte, by the rules and models that ship.
func TestPresetsLeaveAlone(t *testing.T) {
	url, c := presetSites(t), client(t, "h1")
	for _, row := range []struct{ preset, files string }{
		{"code", "code/*"},
		{"code", "llm/*"},
		{"llm", "llm/*"},
		{"logs", "logs/*"},
	} {
		files, err := filepath.Glob(filepath.Join("testdata", "presets", row.files))
		if err != nil || len(files) == 0 {
			t.Fatal(err, row.files)
		}
		for _, file := range files {
			t.Run(row.preset+"/"+filepath.Base(file), func(t *testing.T) {
				body, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				got := ask(t, c, "POST", url+"/"+row.preset, http.Header{"Content-Type": {contentType(file)}}, strings.NewReader(string(body)))
				if got.status != http.StatusOK || got.body != string(body) {
					t.Errorf("status %d, changed to\n%s", got.status, firstDifference(string(body), got.body))
				}
			})
		}
	}
}

// firstDifference shows the lines that differ.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	var out strings.Builder
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			out.WriteString("- " + w[i] + "\n+ " + g[i] + "\n")
		}
	}
	return out.String()
}

// TestPresetsMask: what each preset masks all the same, in bodies as they come.
func TestPresetsMask(t *testing.T) {
	url, c := presetSites(t), client(t, "h1")
	for _, row := range []struct{ name, preset, body, want string }{
		{
			"a secret in code", "code",
			"const apiKey = \"sk-proj-Zk3vN8qLw2Rt6Yb1Xc9Mf4Hs7Jd0Pg5A\";\n",
			"const apiKey = \"<SECRET>\";\n",
		},
		{
			"names in comments and trailers", "code",
			"// Elena Markovic wrote this, ask elena.markovic@corvid-arts.org\nfunc (m *Markovic) elena() {}\n\nSigned-off-by: Elena Markovic <elena.markovic@corvid-arts.org>\n",
			"// <PRIVATE_PERSON> wrote this, ask <PRIVATE_EMAIL>\nfunc (m *Markovic) elena() {}\n\nSigned-off-by: <PRIVATE_PERSON> <<PRIVATE_EMAIL>>\n",
		},
		{
			"a name in a string, not in an import", "code",
			"import \"github.com/elena-markovic/router\"\nauthor := \"Elena Markovic\"\n",
			"import \"github.com/elena-markovic/router\"\nauthor := \"<PRIVATE_PERSON>\"\n",
		},
		{
			"a remote is no mail address", "code",
			"git clone git@github.com:elena-markovic/router.git # ask elena.markovic@corvid-arts.org\n",
			"git clone git@github.com:elena-markovic/router.git # ask <PRIVATE_EMAIL>\n",
		},
		{
			"cards", "code",
			"var card = \"4242 4242 4242 4242\" // a test card\npay(\"5555 3412 4444 1115\", date(\"2026-11-20\"), \"81.2.69.142\")\n",
			"var card = \"<ACCOUNT_NUMBER>\" // a test card\npay(\"<ACCOUNT_NUMBER>\", date(\"2026-11-20\"), \"81.2.69.142\")\n",
		},
		{
			"a link with a token", "code",
			"curl https://hooks.corvid-arts.org/v1/run?token=9fQ2kLm8Zx4Tb7Vw1Rn5\n",
			"curl <PRIVATE_URL>\n",
		},
		{
			"a message to a model", "llm",
			`{"model":"gpt-5.1","user":"elena.markovic@corvid-arts.org","messages":[{"role":"user","content":"My name is Elena Markovic, write to elena.markovic@corvid-arts.org"},{"role":"assistant","tool_calls":[{"id":"call_1","function":{"name":"mail","arguments":"{\"to\":\"elena.markovic@corvid-arts.org\",\"name\":\"Elena Markovic\"}"}}]}],"tools":[{"name":"mail","description":"Answers to Elena Markovic only"}]}`,
			`{"model":"gpt-5.1","user":"<PRIVATE_EMAIL>","messages":[{"role":"user","content":"My name is <PRIVATE_PERSON>, write to <PRIVATE_EMAIL>"},{"role":"assistant","tool_calls":[{"id":"call_1","function":{"name":"mail","arguments":"{\"to\":\"<PRIVATE_EMAIL>\",\"name\":\"<PRIVATE_PERSON>\"}"}}]}],"tools":[{"name":"mail","description":"Answers to <PRIVATE_PERSON> only"}]}`,
		},
		{
			"a skipped name holds only where it is a name", "llm",
			`{"messages":[{"role":"user","content":"{\"id\":\"elena.markovic@corvid-arts.org\",\"role\":\"elena.markovic@corvid-arts.org\"}"}]}`,
			`{"messages":[{"role":"user","content":"{\"id\":\"<PRIVATE_EMAIL>\",\"role\":\"<PRIVATE_EMAIL>\"}"}]}`,
		},
		{
			"clients, not our machines", "logs",
			"2026-11-20T06:12:01Z INFO login ok user_mail=elena.markovic@corvid-arts.org client=93.184.215.14 upstream=198.51.100.7 via=10.0.0.4\n",
			"2026-11-20T06:12:01Z INFO login ok user_mail=<PRIVATE_EMAIL> client=<PRIVATE_IP> upstream=198.51.100.7 via=10.0.0.4\n",
		},
		{
			"a token in a log", "logs",
			"level=warn ts=2026-11-20T06:12:01Z msg=\"bad header\" authorization=\"Bearer 9fQ2kLm8Zx4Tb7Vw1Rn5Gh3J\"\n",
			"level=warn ts=2026-11-20T06:12:01Z msg=\"bad header\" authorization=\"Bearer <SECRET>\"\n",
		},
		{
			"all dates", "strict",
			"The meeting of 2026-11-20 moves to 3 March 2027.\n",
			"The meeting of <PRIVATE_DATE> moves to <PRIVATE_DATE>.\n",
		},
		{
			"what only its field tells", "strict",
			`{"username":"mdiaz82","city":"Bad Honnef","state":"open"}`,
			`{"username":"<PRIVATE_PERSON>","city":"<PRIVATE_ADDRESS>","state":"open"}`,
		},
		{
			"keys that are names", "strict",
			`{"votes":{"Elena Markovic":3},"mail":"elena.markovic@corvid-arts.org","from":"93.184.215.14"}`,
			`{"votes":{"<PRIVATE_PERSON>":3},"mail":"<PRIVATE_EMAIL>","from":"<PRIVATE_IP>"}`,
		},
	} {
		t.Run(row.preset+"/"+row.name, func(t *testing.T) {
			header := http.Header{"Content-Type": {"text/plain"}}
			if strings.HasPrefix(row.body, "{") {
				header.Set("Content-Type", "application/json")
			}
			got := ask(t, c, "POST", url+"/"+row.preset, header, strings.NewReader(row.body))
			if got.status != http.StatusOK || got.body != row.want {
				t.Errorf("status %d\ngot  %s\nwant %s", got.status, got.body, row.want)
			}
		})
	}
}

// TestPresetIsOnlyOptions: what is said beside a preset wins over it.
func TestPresetIsOnlyOptions(t *testing.T) {
	off := false
	for _, row := range []struct {
		name    string
		handler Handler
		check   func(h *Handler) bool
	}{
		{"code leaves dates", Handler{Preset: "code"}, func(h *Handler) bool { return h.Categories["private_date"] == "keep" && h.Protect == "code" }},
		{"an action", Handler{Preset: "code", Policy: Policy{Categories: map[string]string{"private_date": "replace"}}}, func(h *Handler) bool {
			return h.Categories["private_date"] == "replace" && h.Categories["private_ip"] == "keep"
		}},
		{"a direction", Handler{Preset: "llm", Response: modeMask}, func(h *Handler) bool { return h.Request == modeMask && h.Response == modeMask }},
		{"protection", Handler{Preset: "logs", Policy: Policy{Protect: "off"}}, func(h *Handler) bool { return h.Protect == "off" }},
		{"keys", Handler{Preset: "strict", Policy: Policy{Keys: &off}}, func(h *Handler) bool { return !*h.Keys && h.Dates == datesAll }},
		{"dates", Handler{Preset: "strict", Policy: Policy{Dates: datesBirth}}, func(h *Handler) bool { return *h.Keys && h.Dates == datesBirth }},
		{"paths add up", Handler{Preset: "llm", Policy: Policy{Skip: []string{"$.a"}}}, func(h *Handler) bool { return len(h.Skip) == len(llmPaths)+1 }},
		{"none", Handler{}, func(h *Handler) bool { return !*h.Keys && h.Protect == "" && len(h.Skip) == 0 }},
	} {
		row.handler.RulesOnly = true
		g := newRig(t, &row.handler)
		if !row.check(g.Handler) {
			t.Errorf("%s: %+v", row.name, g.Handler)
		}
	}
	if _, err := presetOf("lax"); err == nil || err.Error() != `preset: want code or llm or logs or strict, not "lax"` {
		t.Errorf("unknown preset: %v", err)
	}
}
