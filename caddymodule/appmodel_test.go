package caddymodule

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/caddyserver/caddy/v2"

	"github.com/caddyprivacy/privacyfilter/filter"
	"github.com/caddyprivacy/privacyfilter/inference"
	"github.com/caddyprivacy/privacyfilter/inference/embedded"
	"github.com/caddyprivacy/privacyfilter/inference/inferencetest"
	"github.com/caddyprivacy/privacyfilter/pii"
)

// held is a model that has been loaded.
func held(service *inference.Service) *appModel {
	m := &appModel{service: service, ready: make(chan struct{})}
	close(m.ready)
	return m
}

// TestFallback: a second model answers for one whose engine fails, and for
// that alone; without one, or where both fail, the body is stopped.
func TestFallback(t *testing.T) {
	broken := errors.New("the engine is broken and quotes " + canary)
	for _, row := range []struct {
		name          string
		first, second error
		with          bool
		want          string
		reason        filter.Reason
	}{
		{name: "the first one works", with: true, want: "a <PRIVATE_PERSON> and Ann"},
		{name: "the first one fails", first: broken, with: true, want: "a " + person + " and <PRIVATE_PERSON>"},
		{name: "there is no second", first: broken, reason: filter.ReasonDetector},
		{name: "both fail", first: broken, second: broken, with: true, reason: filter.ReasonDetector},
	} {
		t.Run(row.name, func(t *testing.T) {
			g := newRig(t, &Handler{Response: modeOff})
			g.model.Engine.Hook = func(context.Context, *inference.Batch) error { return row.first }
			if row.with {
				second := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {"Ann"}})
				second.Engine.Hook = func(context.Context, *inference.Batch) error { return row.second }
				g.Handler.model.fallback = held(second.Service(t))
			}
			srv := serve(t, middleware{g.Handler, echo})
			got := ask(t, client(t, "h1"), "POST", srv.URL, http.Header{"Content-Type": {"text/plain"}}, strings.NewReader("a "+person+" and Ann"))
			if row.reason != "" {
				checkStopped(t, got, http.StatusServiceUnavailable, row.reason)
				checkSilence(t, g, got)
				return
			}
			if got.body != row.want {
				t.Errorf("status %d, body %q", got.status, got.body)
			}
		})
	}
}

// TestOperatingPoint: a handler decodes at its point, where the model has it.
func TestOperatingPoint(t *testing.T) {
	// So much against words between names that any token becomes one.
	eager := map[string]inference.Biases{inference.PointRecall: {BackgroundStay: -1000}}
	for _, row := range []struct {
		name   string
		points map[string]inference.Biases
		point  string
		clean  bool
	}{
		{"balanced", eager, pointBalanced, true},
		{"recall", eager, pointRecall, false},
		{"a model without the point", nil, pointRecall, true},
	} {
		options := inferencetest.NewModel(map[pii.Category][]string{pii.PrivatePerson: {person}}).Options()
		options.Points = row.points
		d, release, err := held(inferencetest.Service(t, options)).acquire(t.Context(), row.point)
		if err != nil {
			t.Fatal(err)
		}
		defer release()
		found, err := d.Detect(t.Context(), []pii.Segment{{Text: "some plain words"}})
		if err != nil {
			t.Fatal(err)
		}
		if clean := len(found[0]) == 0; clean != row.clean {
			t.Errorf("%s: found %v", row.name, found[0])
		}
	}
}

// TestChoiceOfModel: what a handler names comes before what the app names, and
// that before the wish of a preset. Equal choices are one model.
func TestChoiceOfModel(t *testing.T) {
	if !embedded.Present(embedded.Default) {
		t.Fatal("there is no embedded model in this build")
	}
	wish := embedded.Default
	if embedded.Present(embedded.Fast) {
		wish = embedded.Fast
	}
	for _, row := range []struct{ app, named, wish, want string }{
		{"", "", "", ""},
		{"", "", embedded.Fast, wish},
		{embedded.Default, "", embedded.Fast, embedded.Default},
		{"", embedded.Default, embedded.Fast, embedded.Default},
		{"", "", "no such model", ""},
	} {
		app := &App{Model: row.app}
		options, err := app.localOptions(caddy.NewReplacer())
		if err != nil {
			t.Fatal(err)
		}
		app.options = options
		first, err := app.needModel(row.named, row.wish)
		if err != nil {
			t.Fatal(err)
		}
		again, err := app.needModel(row.named, row.wish)
		if err != nil || first != again || len(app.models) != 1 {
			t.Errorf("%+v: %d models, %v", row, len(app.models), err)
		}
		if got := first.options.Model; got != row.want && (row.want != embedded.Default || got != "") {
			t.Errorf("%+v: %q", row, got)
		}
	}
	if _, err := (&App{}).needModel(t.TempDir(), ""); err == nil || !strings.Contains(err.Error(), "checking the model") {
		t.Errorf("an empty directory is a model: %v", err)
	}
}
