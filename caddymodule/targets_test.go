package caddymodule

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference"
)

// arrived is what a next handler saw of a request.
type arrived struct {
	uri, path, query string
	header           http.Header
}

// targeted sends one request through a handler with targets, to a next handler
// that answers with a header.
func targeted(t *testing.T, h *Handler, protocol, uri string, header, answer http.Header) (arrived, seen) {
	t.Helper()
	g := newRig(t, h)
	var got arrived
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		got = arrived{r.RequestURI, r.URL.EscapedPath(), r.URL.RawQuery, r.Header.Clone()}
		for name, values := range answer {
			w.Header()[name] = values
		}
		_, err := io.WriteString(w, "fine")
		return err
	}})
	return got, ask(t, client(t, protocol), "GET", srv.URL+uri, header, nil)
}

const maskedMail = "%3CPRIVATE_EMAIL%3E"

// TestTargetURL: the URL is masked wherever a next handler can see it, and by
// default it is not.
func TestTargetURL(t *testing.T) {
	mail := url.QueryEscape(canary)
	for _, row := range []struct {
		name, in, want string
		targets        *Targets
	}{
		{"none", "/u/" + mail + "?m=" + mail, "/u/" + mail + "?m=" + mail, nil},
		{"the query", "/u/" + mail + "?a=%41&m=" + mail + "&b=x+y%20z", "/u/" + mail + "?a=%41&m=" + maskedMail + "&b=x+y%20z", &Targets{Query: true}},
		{"the path", "/u/" + mail + "/%2e%2E/%41?m=" + mail, "/u/" + maskedMail + "/%2e%2E/%41?m=" + mail, &Targets{Path: true}},
		{"both", "/u/Elena%20Markovic?m=" + mail, "/u/%3CPRIVATE_PERSON%3E?m=" + maskedMail, &Targets{Path: true, Query: true}},
		{"a name with plus", "/?name=Elena+Markovic&x=1", "/?name=%3CPRIVATE_PERSON%3E&x=1", &Targets{Query: true}},
		{"encoded twice", "/?m=" + url.QueryEscape(mail), "/?m=" + url.QueryEscape(maskedMail), &Targets{Query: true}},
		{"semicolons", "/?a=1;m=" + mail + ";b", "/?a=1;m=" + maskedMail + ";b", &Targets{Query: true}},
		{"duplicates", "/?m=" + mail + "&m=2&m=" + mail, "/?m=" + maskedMail + "&m=2&m=" + maskedMail, &Targets{Query: true}},
		{"a name of a pair", "/?" + mail + "=1", "/?" + maskedMail + "=1", &Targets{Query: true}},
		{"nothing to find", "/a//b?&x&=&%7e", "/a//b?&x&=&%7e", &Targets{Path: true, Query: true}},
	} {
		for _, protocol := range protocols {
			t.Run(row.name+" "+protocol, func(t *testing.T) {
				got, answer := targeted(t, &Handler{Targets: row.targets}, protocol, row.in, nil, nil)
				path, query, _ := strings.Cut(row.want, "?")
				if answer.status != 200 || got.uri != row.want || got.path != path || got.query != query {
					t.Errorf("status %d\ngot  %+v\nwant %s", answer.status, got, row.want)
				}
			})
		}
	}
}

// TestTargetHeaders: named headers and cookies are masked in both directions,
// others are not, and all of them stay what they are.
func TestTargetHeaders(t *testing.T) {
	link := "https://a.example/u?m=" + url.QueryEscape(canary)
	masked := "https://a.example/u?m=" + maskedMail
	h := http.Header{
		"X-User":           {"by " + person, canary},
		"X-Other":          {canary},
		"X-Latin":          {"Jos\u00e9 " + canary},
		"Referer":          {link},
		"Link":             {"<" + link + ">; rel=next; title=\"" + canary + "\", </b>; rel=prev"},
		"Refresh":          {"5; url=" + link},
		"X-Disposition":    {"attachment; filename*=UTF-8''" + url.QueryEscape(canary)},
		"Location":         {link},
		"Content-Location": {"/u/" + canary},
		"X-Forwarded-Uri":  {"/u?m=" + canary},
	}
	want := http.Header{
		"X-User":           {"by <PRIVATE_PERSON>", "<PRIVATE_EMAIL>"},
		"X-Other":          {canary},
		"X-Latin":          {"Jos\u00e9 <PRIVATE_EMAIL>"},
		"Referer":          {masked},
		"Link":             {"<" + masked + ">; rel=next; title=\"<PRIVATE_EMAIL>\", </b>; rel=prev"},
		"Refresh":          {"5; url=" + masked},
		"X-Disposition":    {"attachment; filename*=UTF-8''" + maskedMail},
		"Location":         {masked},
		"Content-Location": {"/u/" + maskedMail},
		"X-Forwarded-Uri":  {"/u?m=" + maskedMail},
	}
	names := []string{"x-user", "X-LATIN", "Referer", "Link", "Refresh", "X-Disposition", "Location", "Content-Location"}
	request, response := h.Clone(), h.Clone()
	request["Cookie"] = []string{"sid=" + canary + "; mail=" + canary + "; x; mail=" + url.QueryEscape(canary)}
	response["Set-Cookie"] = []string{"mail=" + canary + "; Path=/" + canary + "; Max-Age=5", "sid=" + canary}
	for _, protocol := range protocols {
		got, answer := targeted(t, &Handler{Targets: &Targets{Query: true, Headers: names, Cookies: []string{"mail"}}}, protocol, "/", request, response)
		for name, values := range want {
			if g := got.header[name]; strings.Join(g, "|") != strings.Join(values, "|") {
				t.Errorf("%s: request %s: %q", protocol, name, g)
			}
			if name == "X-Forwarded-Uri" {
				continue // says again what was asked for, in requests only
			}
			if g := answer.header[name]; strings.Join(g, "|") != strings.Join(values, "|") {
				t.Errorf("%s: response %s: %q", protocol, name, g)
			}
		}
		cookie := strings.Join(got.header["Cookie"], "; ") // h2 may cut them apart
		if cookie != "sid="+canary+"; mail=<PRIVATE_EMAIL>; x; mail="+maskedMail {
			t.Errorf("%s: %q", protocol, cookie)
		}
		if set := answer.header["Set-Cookie"]; set[0] != "mail=<PRIVATE_EMAIL>; Path=/"+canary+"; Max-Age=5" || set[1] != "sid="+canary {
			t.Errorf("%s: %q", protocol, set)
		}
	}
}

// TestTargetsStop: what cannot pass does not, and says why.
func TestTargetsStop(t *testing.T) {
	blocks := Policy{Categories: map[string]string{"private_email": "block"}}
	all := func() *Targets {
		return &Targets{Query: true, Path: true, Headers: []string{"X-User"}, Cookies: []string{"*"}}
	}
	signed := http.Header{"Authorization": {"AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"}}
	for _, row := range []struct {
		name            string
		handler         Handler
		uri             string
		request, answer http.Header
		status          int
		d               direction
		reason          filter.Reason
	}{
		{"a blocked query", Handler{Policy: blocks}, "/?m=" + canary, nil, nil, 403, request, filter.ReasonBlocked},
		{"a blocked path", Handler{Policy: blocks}, "/" + canary, nil, nil, 403, request, filter.ReasonBlocked},
		{"a blocked header", Handler{Policy: blocks}, "/", http.Header{"X-User": {canary}}, nil, 403, request, filter.ReasonBlocked},
		{"a blocked cookie", Handler{Policy: blocks}, "/", http.Header{"Cookie": {"a=" + canary}}, nil, 403, request, filter.ReasonBlocked},
		{"a blocked header of a response", Handler{Policy: blocks}, "/", nil, http.Header{"X-User": {canary}}, 502, response, filter.ReasonBlocked},
		{"a blocked cookie of a response", Handler{Policy: blocks}, "/", nil, http.Header{"Set-Cookie": {"a=" + canary}}, 502, response, filter.ReasonBlocked},
		{"a broken query", Handler{}, "/?m=%zz", nil, nil, 415, request, filter.ReasonUnsupported},
		{"a signed request", Handler{}, "/?m=" + canary, signed, nil, 403, request, filter.ReasonSigned},
		{"a signed URL", Handler{}, "/?X-Amz-Signature=1&m=" + canary, nil, nil, 403, request, filter.ReasonSigned},
		{"a signed header", Handler{}, "/", nil, http.Header{"X-User": {canary}, "Signature": {"s"}}, 502, response, filter.ReasonSigned},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, protocol := range protocols {
				before := counted(t, row.d, row.reason)
				h := row.handler
				h.Targets = all()
				got, answer := targeted(t, &h, protocol, row.uri, row.request, row.answer)
				if answer.status != row.status || answer.header.Get("X-User") != "" || answer.header.Get("Set-Cookie") != "" {
					t.Errorf("%s: status %d, %v", protocol, answer.status, answer.header)
				}
				if row.d == request && got.uri != "" {
					t.Errorf("%s: it arrived", protocol)
				}
				if counted(t, row.d, row.reason) != before+1 {
					t.Errorf("%s: not counted", protocol)
				}
			}
		})
	}
	t.Run("signed pass", func(t *testing.T) {
		got, answer := targeted(t, &Handler{Signed: filter.UnsupportedPass, Targets: all()}, "h1", "/?m="+canary, signed, nil)
		if answer.status != 200 || got.query != "m="+canary {
			t.Errorf("status %d, %+v", answer.status, got)
		}
	})
	t.Run("monitor", func(t *testing.T) {
		before := counted(t, request, filter.OutcomeKept)
		got, answer := targeted(t, &Handler{Policy: blocks, Monitor: true, Targets: all()}, "h1", "/?m="+canary, nil, http.Header{"X-User": {canary}})
		if answer.status != 200 || got.query != "m="+canary || answer.header.Get("X-User") != canary || counted(t, request, filter.OutcomeKept) <= before {
			t.Errorf("status %d, %+v %v", answer.status, got, answer.header)
		}
	})
}

// TestTargetsWithABrokenDetector: no header and no URL passes raw.
func TestTargetsWithABrokenDetector(t *testing.T) {
	h := &Handler{Targets: &Targets{Query: true, Headers: []string{"X-User"}}}
	g := newRig(t, h)
	g.model.Engine.Hook = func(context.Context, *inference.Batch) error { return errors.New("no") }
	reached := false
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, r *http.Request) error {
		reached = reached || r.URL.RawQuery != ""
		w.Header().Set("X-User", person)
		_, err := io.WriteString(w, "1")
		return err
	}})
	if got := ask(t, client(t, "h1"), "GET", srv.URL+"/?m=Elena+Markovic", nil, nil); got.status != 503 || reached {
		t.Errorf("request: status %d", got.status)
	}
	if got := ask(t, client(t, "h1"), "GET", srv.URL+"/", nil, nil); got.status != 502 || got.header.Get("X-User") != "" {
		t.Errorf("response: status %d, %v", got.status, got.header)
	}
}

// TestTargetsInEarlyHints: what an interim response says is masked as well.
func TestTargetsInEarlyHints(t *testing.T) {
	g := newRig(t, &Handler{RulesOnly: true, Targets: &Targets{Headers: []string{"Link"}}})
	srv := serve(t, middleware{g.Handler, func(w http.ResponseWriter, _ *http.Request) error {
		w.Header().Set("Link", "</u/"+canary+">; rel=preload")
		w.WriteHeader(http.StatusEarlyHints)
		_, err := io.WriteString(w, "fine")
		return err
	}})
	for _, protocol := range protocols {
		got := ask(t, client(t, protocol), "GET", srv.URL, nil, nil)
		if len(got.interim) != 1 || got.header.Get("Link") != "</u/"+maskedMail+">; rel=preload" {
			t.Errorf("%s: %v %v", protocol, got.interim, got.header)
		}
	}
}

// TestTargetPlaceholders: within Caddy, no placeholder and no route for errors
// shows what was masked.
func TestTargetPlaceholders(t *testing.T) {
	url := startCaddy(t, `{ADDR} {
	privacy_filter {
		rules_only
		response off
		target query path
		target header X-User
	}
	@fails path /fails/*
	route {
		error @fails 500
		header X-Masked {http.privacy_filter.request.masked}
		respond "{http.request.uri} {http.request.orig_uri} {http.request.uri.query.m} {http.request.orig_uri.path} {http.request.orig_uri.query} {http.request.header.X-User}"
	}
	handle_errors {
		respond "{http.request.uri} {http.request.orig_uri}"
	}
}
`)
	h := http.Header{"X-User": {canary}}
	got := ask(t, client(t, "h1"), "GET", url+"/u/"+canary+"?m="+canary, h, nil)
	want := "/u/" + maskedMail + "?m=" + maskedMail + " /u/" + maskedMail + "?m=" + maskedMail + " <PRIVATE_EMAIL> /u/<PRIVATE_EMAIL> m=" + maskedMail + " <PRIVATE_EMAIL>"
	if got.body != want || got.header.Get("X-Masked") != "3" {
		t.Errorf("got  %s (%s)\nwant %s", got.body, got.header.Get("X-Masked"), want)
	}
	got = ask(t, client(t, "h1"), "GET", url+"/fails/"+canary+"?m="+canary, h, nil)
	if want := "/fails/" + maskedMail + "?m=" + maskedMail; got.body != want+" "+want {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// TestTargetsInTheAccessLog: Caddy's access log shows what was masked as it was
// passed on, once, with the fields of any other entry, and nothing of a request
// that was stopped.
func TestTargetsInTheAccessLog(t *testing.T) {
	for _, broken := range []bool{false, true} {
		file := filepath.Join(t.TempDir(), "access.log")
		addr := freeAddr(t)
		option := "category private_email replace"
		if broken {
			option = "category private_email block"
		}
		loadCaddy(t, addr, "{ADDR} {\n\tlog {\n\t\toutput file "+file+" {\n\t\t\troll_disabled\n\t\t}\n\t}\n\tencode gzip\n\tprivacy_filter {\n\t\trules_only\n\t\ttarget query path\n\t\ttarget header X-User\n\t\t"+option+
			"\n\t}\n\t@fails path /fails/*\n\terror @fails 503\n\trespond /skipped/* 404\n\trespond \"fine\"\n}\n", true)
		for _, protocol := range protocols[:1] {
			c := client(t, protocol)
			ask(t, c, "POST", "http://"+addr+"/u/"+canary+"?m="+canary, http.Header{"X-User": {canary}}, strings.NewReader("four"))
			ask(t, c, "GET", "http://"+addr+"/fails/x?m="+canary, nil, nil)
			ask(t, c, "GET", "http://"+addr+"/plain?m=1", http.Header{"X-User": {"nobody"}}, nil)
		}
		if err := caddy.Stop(); err != nil {
			t.Fatal(err)
		}
		entries := readLog(t, file)
		if len(entries) != 3 {
			t.Fatalf("%d entries", len(entries))
		}
		want := [][3]any{
			{"/u/" + maskedMail + "?m=" + maskedMail, 200, "<PRIVATE_EMAIL>"},
			{"/fails/x?m=" + maskedMail, 503, ""},
			{"/plain?m=1", 200, "nobody"},
		}
		if broken {
			want[0], want[1] = [3]any{"<REDACTED>", 403, ""}, [3]any{"<REDACTED>", 403, ""}
		}
		for i, e := range entries {
			user := strings.Join(e.Request.Headers["X-User"], "|")
			if got := [3]any{e.Request.URI, e.Status, user}; got != want[i] {
				t.Errorf("blocks %v: got %v, want %v", broken, got, want[i])
			}
			if leaks(e.raw) != "" || e.Logger != entries[2].Logger || e.Msg != entries[2].Msg || e.Duration <= 0 || e.TS == 0 {
				t.Errorf("%s", e.raw)
			}
			if fields(t, e.raw) != fields(t, entries[2].raw) {
				t.Errorf("fields %s\nof Caddy %s", e.raw, entries[2].raw)
			}
		}
	}
}

// fields are the names of an entry, in order.
func fields(t *testing.T, entry string) string {
	t.Helper()
	var names []string
	d := json.NewDecoder(strings.NewReader(entry))
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			t.Fatal(err)
		}
		names = append(names, name.(string))
	}
	return strings.Join(names, " ")
}

func TestTargetCaddyfile(t *testing.T) {
	if got := adapt(t, site("target query path", "target header X-User Referer", "target header Link", "target cookie sid", "target cookie *")); !containsJSON(t, got,
		`{"handler":"privacy_filter","targets":{"query":true,"path":true,"headers":["X-User","Referer","Link"],"cookies":["sid","*"]}}`) {
		t.Errorf("%s", got)
	}
	for _, option := range []string{"target", "target body", "target header", "target cookie", "target query query", "target query header X"} {
		if _, _, err := adapter().Adapt([]byte(site(option)), nil); err == nil {
			t.Errorf("%s: no error", option)
		}
	}
	for _, targets := range []Targets{
		{Headers: []string{"Content-Length"}}, {Headers: []string{"cookie"}}, {Headers: []string{"a b"}}, {Headers: []string{""}}, {Cookies: []string{"a=b"}},
	} {
		h := &Handler{RulesOnly: true, Targets: &targets}
		app := &App{}
		ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
		if err := app.Provision(ctx); err != nil {
			t.Fatal(err)
		}
		if err := h.provision(app, app.logger); err == nil {
			t.Errorf("%+v: no error", targets)
		}
		releaseBudget(app.memory)
		cancel()
	}
	if err := (&Targets{Cookies: []string{"*"}}).provision("[{category}; x]"); err == nil {
		t.Error("a format that is no cookie")
	}
}
