package caddymodule

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/caddyserver/caddy/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// TestRequestsBeforeTheModel: Caddy starts apps in random order, so requests
// may come first. They wait for the model, within their deadline.
func TestRequestsBeforeTheModel(t *testing.T) {
	g := newRig(t, &Handler{Response: modeOff, Deadline: caddy.Duration(20 * time.Millisecond)})
	ready := g.Handler.model.ready
	g.Handler.model.ready = make(chan struct{}) // not yet
	srv := serve(t, middleware{g.Handler, func(_ http.ResponseWriter, r *http.Request) error {
		_, err := io.Copy(io.Discard, r.Body)
		return err
	}})
	c := client(t, "h1")
	got := ask(t, c, "POST", srv.URL, jsonHeader(), strings.NewReader(`{"to":"`+person+`"}`))
	checkStopped(t, got, http.StatusServiceUnavailable, filter.ReasonOverload)
	g.Handler.model.ready = ready
	if got = ask(t, c, "POST", srv.URL, jsonHeader(), strings.NewReader(`{"to":"`+person+`"}`)); got.status != http.StatusOK {
		t.Errorf("with the model: status %d", got.status)
	}
}

// TestBrokenModelIsRefused: a configuration whose model cannot run does not
// take over, and leaves nothing behind.
func TestBrokenModelIsRefused(t *testing.T) {
	addr := freeAddr(t)
	loadCaddy(t, addr, "{ADDR} {\n\trespond \"the old one\"\n}\n", true)
	t.Cleanup(func() {
		if err := caddy.Stop(); err != nil {
			t.Error(err)
		}
	})
	broken := `{"admin":{"disabled":true},"apps":{"privacy_filter":{"model":"` + t.TempDir() + `"},
		"http":{"servers":{"a":{"listen":["` + addr + `"],"routes":[{"handle":[{"handler":"privacy_filter"}]}]}}}}}`
	if err := caddy.Load([]byte(broken), true); err == nil || !strings.Contains(err.Error(), "checking the model") {
		t.Fatalf("loading: %v", err)
	}
	if got := ask(t, client(t, "h1"), "GET", "http://"+addr, nil, nil); got.body != "the old one" {
		t.Errorf("body %q, %v", got.body, got.err)
	}
	if _, held := budgets.References(budgetSize(defaultMemory)); held {
		t.Error("the refused configuration still holds its budget")
	}
}

// TestAppsShareABudget: it is one for the process, whatever is reloaded.
func TestAppsShareABudget(t *testing.T) {
	ctx, cancel := caddy.NewContext(caddy.Context{Context: t.Context()})
	defer cancel()
	apps := []*App{{Memory: 12345}, {Memory: 12345}, {Memory: 54321}}
	for _, app := range apps {
		if err := app.Provision(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if apps[0].budget != apps[1].budget || apps[0].budget == apps[2].budget {
		t.Error("equal sizes do not share a budget, or others do")
	}
	for _, app := range apps {
		if err := app.Cleanup(); err != nil {
			t.Fatal(err)
		}
	}
	if _, held := budgets.References(budgetSize(12345)); held {
		t.Error("the budget outlives its apps")
	}
}

// TestMetricsJoinEveryRegistry: each configuration has a registry of its own,
// and each handler of it registers.
func TestMetricsJoinEveryRegistry(t *testing.T) {
	for range 2 {
		registry := prometheus.NewPedanticRegistry()
		for range 2 {
			if err := metrics.register(registry); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestMetricLabelsAreClosed: what a model calls its categories is no label.
func TestMetricLabelsAreClosed(t *testing.T) {
	metrics.spans(filter.Report{
		Found:  map[pii.Category]int{"someone_s_own": 3, pii.PrivateDate: 2},
		Masked: map[pii.Category]int{"someone_s_own": 1},
	})
	text := exposition(t)
	if strings.Contains(text, "someone_s_own") {
		t.Error("a category of a model became a label")
	}
	for _, want := range []string{`category="other"`, `action="kept",category="private_date"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is missing", want)
		}
	}
}
